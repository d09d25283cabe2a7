"""What stands at a web address, read as the kind of file that it is."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message
from typing import Final

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.dates import parse_date
from kg.read.decode import find_byte_order_mark
from kg.read.fetch.address import clean_address, is_same_site, read_address
from kg.read.fetch.memory import Kept
from kg.read.kinds import PLAIN
from kg.read.listed import Listed
from kg.read.sniff import find_kind

MOST_HTML: Final = 4 << 20
"""Bytes of the longest page that is read: it takes some ten seconds for each million to find the article in one."""

ONE_ARTICLE: Final = (".html", ".txt", ".md", ".pdf")
"""The kinds that hold one article; others name their articles themselves."""

_TEXTS: Final = (".html", ".txt", ".md")
_NOT_OF_THE_WEB: Final = ("utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode")
"""Codecs in which other characters than those that stand there could hide; no page is written in them."""
_WEB_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d|[A-Za-z]{3}, \d")
"""How dates begin in feeds and sitemaps: as in ISO 8601 and RFC 5322, which nobody can misread."""


def read_page(answer: Kept, listed: Listed, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the articles of what stands at an address: one of a page, all of a file of records.

    The id of a page is the address that it gives as its own, where that is on the same site, else the one it was found
    at. What it does not tell itself (title, date, author) is what is told where it was `listed`. Raises SourceError
    for what cannot be read or is no page.
    """
    kind, declared = kind_of(answer), content_type(answer.type)
    if kind not in PLAIN:
        raise SourceError("is packed in another way than a page is; unpack it yourself")
    if kind == ".html" and len(answer.body) > MOST_HTML:
        raise SourceError(
            f"is a page of more than {MOST_HTML >> 20} MB, as no article is; save its text as a .txt file"
        )
    body = _as_utf8(answer.body, declared.get_param("charset")) if kind in _TEXTS else answer.body
    stream: io.BufferedReader = io.BufferedReader(io.BytesIO(body))
    for found in PLAIN[kind](stream, replace(origin, fallback_id=answer.url), max_characters):
        yield _complete(found, answer, listed) if isinstance(found, Article) and kind in ONE_ARTICLE else found


def kind_of(answer: Kept) -> str:
    """Name the kind of an answer by its suffix; raises SourceError for what cannot be read."""
    return find_kind(answer.body, content_type(answer.type).get_content_type() if answer.type else "", answer.url)


def content_type(header: str) -> Message:
    """Read a Content-Type header."""
    message = Message()
    if header:
        message["Content-Type"] = " ".join(header.split())
    return message


def _as_utf8(body: bytes, charset: object) -> bytes:
    """Give a text in UTF-8 where its server says how it is encoded; what is UTF-8, or has a mark, is left as it is."""
    if not isinstance(charset, str) or find_byte_order_mark(body[:4]):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        try:
            name = codecs.lookup(charset.strip("'\" ")).name
            if name in _NOT_OF_THE_WEB:
                return body
            # the HTML standard reads the label of Latin-1 as windows-1252
            return body.decode({"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name)).encode("utf-8")
        except (LookupError, ValueError, AttributeError, TypeError):
            return body
    return body


def _complete(article: Article, answer: Kept, listed: Listed) -> Article:
    url = _own_address(article.url, answer.url)
    return replace(
        article,
        id=url,
        url=url,
        title=article.title or listed.title,
        published=article.published or read_web_date(listed.published),
        author=article.author or listed.author,
    )


def _own_address(told: str | None, found: str) -> str:
    """Choose between the address that a page gives as its own and the one that it was found at.

    A page of another site must not take the place of an article there, and what all pages of a site give is of none.
    """
    if told is not None:
        try:
            own, here = read_address(told), read_address(found)
        except SourceError:
            return clean_address(found)
        if is_same_site(own, here) and (own.path != "/" or here.path == "/"):
            return clean_address(str(own))
    return clean_address(found)


def read_web_date(text: str | None) -> str | None:
    """Turn the date of a feed or a sitemap into ISO 8601; None where it is none, or could be misread."""
    if text is None or not _WEB_DATE.match(text):
        return None
    try:
        return parse_date(text)
    except SourceError:
        return None
