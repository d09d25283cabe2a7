"""Tell what an answer from the web is: by its first bytes, then by what its server calls it, then by its address.

Servers get types wrong more often than files begin wrongly: feeds come as text/html, PDF as application/octet-stream.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

from kg.errors import SourceError
from kg.escape import quote
from kg.read.decode import find_byte_order_mark

FEED: Final = ".rss"
SITEMAP: Final = ".sitemap"
WARC: Final = ".warc"
GZIP: Final = ".gz"

_HEAD: Final = 1 << 16
_PDF_HEAD: Final = 1024
"""A PDF may have something before its header (PDF 1.7, annex H)."""
_GZIP_MARK: Final = b"\x1f\x8b"
_WARC_MARK: Final = b"WARC/"
_ROOTS: Final = {"rss": FEED, "feed": FEED, "urlset": SITEMAP, "sitemapindex": SITEMAP, "html": ".html"}
_RDF_FEEDS: Final = ("purl.org/rss/", "netscape.com/rdf/")
_TYPES: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/csv": ".csv",
}
_VAGUE: Final = ("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/xml", "text/xml")
_SUFFIXES: Final = (".html", ".htm", ".txt", ".md", ".jsonl", ".ndjson", ".json", ".csv")
_SKIPPED: Final = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>", re.DOTALL | re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,80}:)?([\w.-]{1,80})")
_HTML: Final = re.compile(r"<!doctype html|<html\b|<body\b|<article\b", re.IGNORECASE)


def find_kind(data: bytes, declared: str, address: str) -> str:
    """Name the kind of some data by the suffix that a file of it has.

    `declared` is its Content-Type, parameters apart, in small letters. Raises SourceError for what cannot be read.
    """
    mark = _find_mark(data)
    if mark is not None:
        return mark
    head = decode_head(data)
    root = find_root(head)
    if root in _ROOTS:
        return _ROOTS[root]
    if root == "rdf" and any(each in head for each in _RDF_FEEDS):
        return FEED
    if declared in _TYPES:
        return _TYPES[declared]
    if declared in _VAGUE:
        path = address.partition("?")[0].lower()
        suffix = next((each for each in _SUFFIXES if path.endswith(each)), None)
        if _HTML.search(head):
            return ".html"
        if suffix or declared == "text/plain":
            return suffix or ".txt"
    raise SourceError(
        f"is {quote(declared)[1:-1] or 'of no kind that is told'}, which cannot be read; readable are pages, feeds, "
        "sitemaps, PDF, text, JSON Lines, CSV, WARC and ZIP"
    )


def _find_mark(data: bytes) -> str | None:
    if b"%PDF-" in data[:_PDF_HEAD]:
        return ".pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return ".zip"
    if data.startswith(_WARC_MARK):
        return WARC
    if data.startswith(_GZIP_MARK):
        return ".warc.gz" if _begins_packed(data) else GZIP
    return None


def _begins_packed(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data[:_HEAD], len(_WARC_MARK)) == _WARC_MARK
    except zlib.error:
        return False


def decode_head(data: bytes) -> str:
    """Decode the beginning of some data, well enough to find markup in it."""
    head = data[:_HEAD]
    return head.decode(find_byte_order_mark(head) or "latin-1", errors="ignore").removeprefix("ï»¿")


def find_root(head: str) -> str | None:
    """Find the local name of the first element of XML, in small letters; None where there is none.

    >>> find_root('<?xml version="1.0"?><!-- made by hand --><rss version="2.0">')
    'rss'
    """
    position = 0
    while skipped := _SKIPPED.match(head, position):
        position = skipped.end()
    found = _ROOT.match(head, position)
    return found[1].lower() if found else None
