"""Web pages saved as files."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin, iter_article
from kg.read.decode import decode
from kg.read.text import read_limited

HEAD_BYTES: Final = 1024
"""How far a page's own word on its encoding is looked for (HTML standard, section 4.2.5.5)."""

LATEST_DATE: Final = "2100-01-01"
"""Later dates on a page are no dates of publication; without it the extractor asks the clock."""

ATTRIBUTES: Final = {"text": "text", "title": "title", "published": "date", "author": "author", "url": "url"}
"""The fields of an article and what the extractor calls them."""

_DECLARED = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_NO_CHARSETS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"})
"""Codecs of Python that are no encoding of a page, or that browsers refuse."""
_MOST_ATTRIBUTES: Final = 1_000
"""The parser takes a time that grows with the square of the attributes of one tag."""
_QUOTED = r"""=\s*+(?:"[^"]*+"|'[^']*+')"""
_TAG = re.compile(rf"""<[a-zA-Z](?:[^>=]++|{_QUOTED}|=)*+""")
_BETWEEN = re.compile(rf"{_QUOTED}|[\s/]+")


def read_html(stream: BinaryIO, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the one article of a page: the text of its main part, offsets counting in that text.

    Title, date, author and canonical address are those that the page's metadata give.
    """
    page = decode_page(read_limited(stream, max_characters))
    _check_tags(page)
    fields = _extract(page)
    if not fields.get("text"):
        raise SourceError("has no article text that could be found; save the text as a .txt file")
    yield from iter_article(fields, origin, max_characters)


def decode_page(data: bytes) -> str:
    """Decode a page: as any text or, where it is not UTF-8, in the encoding that it declares.

    Raises SourceError when it is no text or when its encoding cannot be told.
    """
    declared = _DECLARED.search(data[:HEAD_BYTES])
    if declared and not _is_utf8(data):
        try:
            name = codecs.lookup(declared[1].decode("ascii")).name
            if name.replace("_", "-") not in _NO_CHARSETS:
                # the HTML standard reads the label of Latin-1 as windows-1252
                return data.decode({"iso8859-1": "cp1252", "ascii": "cp1252"}.get(name, name))
        except (LookupError, ValueError):
            return decode(data)
    return decode(data)


def _check_tags(page: str) -> None:
    for found in _TAG.finditer(page):
        tag = found[0]
        if len(tag) > _MOST_ATTRIBUTES and len(_BETWEEN.sub(" ", tag).split()) > _MOST_ATTRIBUTES:
            raise SourceError(f"has a tag with more than {_MOST_ATTRIBUTES:,} attributes; save its text as a .txt file")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _extract(page: str) -> dict[str, object]:
    from trafilatura import bare_extraction

    dates = {"original_date": True, "extensive_search": False, "max_date": LATEST_DATE}
    try:
        found = bare_extraction(
            page, with_metadata=True, include_comments=False, include_tables=False, date_extraction_params=dates
        )
    except Exception as error:  # the extractor publishes no errors of its own
        raise SourceError(f"cannot be read as HTML ({type(error).__name__}); save the text as a .txt file") from error
    fields = {name: getattr(found, attribute, None) for name, attribute in ATTRIBUTES.items()}
    address = fields["url"]
    return fields if address and _ADDRESS.fullmatch(address) else {**fields, "url": None}
