"""RSS and Atom feeds: the pages that they list, and the texts that stand in them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final

from kg.errors import SourceError
from kg.escape import escape
from kg.model import Article, Issue
from kg.read.articles import Origin, iter_article
from kg.read.decode import read_bytes
from kg.read.extras import load_library
from kg.read.fetch.address import clean_address
from kg.read.html import read_html
from kg.read.listed import Listed
from kg.read.sniff import decode_head, find_root

MOST_BYTES: Final = 16 << 20
_END: Final = 400
LEAST_TEXT: Final = 1000
"""A text in a feed of fewer characters is a summary."""

_ENTITY: Final = re.compile(rb"<\0?!\0?E\0?N\0?T\0?I\0?T\0?Y")
_TAG: Final = re.compile(r"<[^<>]*>")
_CUT: Final = re.compile(
    r"(?:\.{3}|…|\[…\]|\[\.{3}\]|(?:read|continue|view|full)\s+(?:more|reading|article|story|on)\b[^.\n]{0,80}"
    r"|appeared first on\b[^\n]{0,200}\.?)\W*\Z",
    re.IGNORECASE,
)


def read_feed(stream: BinaryIO, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the articles whose full texts stand in a feed that was saved as a file; nothing is fetched.

    Those of which only a summary stands there are one issue.
    """
    data = read_bytes(stream, MOST_BYTES)
    if data is None:
        raise SourceError(f"has more than {MOST_BYTES >> 20} MB; that is no feed")
    if find_root(decode_head(data)) in ("urlset", "sitemapindex"):
        raise SourceError("is a sitemap, which holds no texts; give its web address to fetch the pages that it lists")
    entries = list_entries(data)
    without = 0
    for number, entry in enumerate(entries, start=1):
        found = list(read_content(entry, Origin(f"{origin.place}: entry {number}", origin.fallback_id), max_characters))
        without += not found
        yield from found
    if without:
        told = "1 entry has" if without == 1 else f"{without:,} entries have"
        yield Issue(origin.place, f"{told} no full text in it; give the web address of the feed to fetch the pages")


def list_entries(data: bytes, address: str = "", declared: str = "") -> list[Listed]:
    """List what a feed lists, in its order; `address` and `declared` are where it came from, and its Content-Type.

    Raises SourceError when it is no feed or an empty one, and where the extra `web` is not installed.
    """
    if len(data) > MOST_BYTES:
        raise SourceError(f"is a feed of more than {MOST_BYTES >> 20} MB, which is not read; give the pages themselves")
    if _ENTITY.search(data):
        raise SourceError("declares entities, as no feed needs to, so it is not read; give the pages themselves")
    feedparser = load_library("feedparser", "web")
    headers = {"content-location": address, "content-type": declared or "application/xml"}
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception as error:  # the parser publishes no errors of its own
        raise SourceError(f"cannot be read as a feed ({type(error).__name__}); give the pages themselves") from error
    if not found.entries:
        if not found.get("version"):
            raise SourceError("is no feed that can be read; give the pages themselves")
        raise SourceError("is a feed without entries; try again later")
    # the one date of an entry in RSS is that of its publication, also where it is called dc:date
    one_date = found.version.startswith("rss")
    return [_read_entry(entry, one_date=one_date) for entry in found.entries]


def read_content(listed: Listed, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the article whose text stands in a feed, nothing where that is but a summary; what is wrong is an issue.

    Its id is the address of its page or, without one, its id in the feed after that of the origin.
    """
    if listed.content is None or (listed.url is None and listed.id is None):
        return
    page = f"<html><head><meta charset='utf-8'></head><body><article>{listed.content}</article></body></html>"
    try:
        found = list(read_html(io.BytesIO(page.encode("utf-8", errors="replace")), Origin("", "none"), max_characters))
    except SourceError:
        return
    text = next((each.text for each in found if isinstance(each, Article)), "")
    if len(text) < LEAST_TEXT or _CUT.search(text, len(text) - _END):
        return
    url = None if listed.url is None else clean_address(listed.url)
    fields = {"text": text, "title": listed.title, "published": listed.published, "author": listed.author, "url": url}
    yield from iter_article({**fields, "id": url or f"{origin.fallback_id}#{listed.id}"}, origin, max_characters)


def _read_entry(entry: Mapping[str, Any], *, one_date: bool) -> Listed:
    # of a time that is not told the parser gives another one, with a warning: only what is there is taken
    told = dict(dict.items(entry)) if isinstance(entry, dict) else dict(entry)
    texts = [each.get("value") or "" for each in told.get("content", ())]
    texts.append(told.get("summary") or "")
    link = _plain(told.get("link"))
    published, updated = _plain(told.get("published")), _plain(told.get("updated"))
    if published is None and one_date:
        published, updated = updated, None
    return Listed(
        url=link.replace(" ", "%20") if link and link.lower().startswith(("http://", "https://")) else None,
        title=_plain(told.get("title")),
        published=published,
        updated=updated,
        author=_plain(told.get("author")),
        content=max(texts, key=len) or None,
        id=escape(told["id"].strip()) if isinstance(told.get("id"), str) and told["id"].strip() else None,
    )


def _plain(value: object) -> str | None:
    """Give a text without its markup, in one line."""
    if not isinstance(value, str):
        return None
    return " ".join(html.unescape(_TAG.sub("", value)).split()) or None
