"""The formats of answers, and which of them a client wants (RFC 9110, 12.5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

ROWS: Final = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of SELECT and ASK, the preferred first, and the format that the worker writes."""

TRIPLES: Final = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/x-turtle": "ttl",
    "application/json": "jsonld",
    "application/xml": "rdf",
}
"""Media types of CONSTRUCT and DESCRIBE, the preferred first, and the format that the worker writes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The media types that suit a client best for rows and for triples, None where none does.

    `page` is whether it would rather have a page of HTML, as a browser does.
    """

    rows: str | None
    triples: str | None
    page: bool


@lru_cache(maxsize=256)
def negotiate(accept: str) -> Wanted:
    """Choose formats by the value of an Accept header; an empty one accepts anything.

    >>> negotiate("text/csv;q=0.5, application/n-triples, */*;q=0.1")
    Wanted(rows='text/csv', triples='application/n-triples', page=False)
    >>> negotiate("image/png").rows
    """
    ranges = _read(accept) if accept.strip() else {"*/*": 1.0}
    html = ranges.get("text/html", ranges.get("application/xhtml+xml", 0.0))
    return Wanted(_choose(ROWS, ranges), _choose(TRIPLES, ranges), html > 0 and html >= max(ranges.values()))


def _choose(offered: dict[str, str], ranges: dict[str, float]) -> str | None:
    best = max(offered, key=lambda media: _weigh(media, ranges))
    return best if _weigh(best, ranges) > 0 else None


def _weigh(media: str, ranges: dict[str, float]) -> float:
    general = media.partition("/")[0] + "/*"
    return next((ranges[each] for each in (media, general, "*/*") if each in ranges), 0.0)


def _read(accept: str) -> dict[str, float]:
    """Give the weight of each media range."""
    ranges = {}
    for each in accept.lower().split(","):
        media, *parameters = (part.strip() for part in each.split(";"))
        weight = next((part[2:] for part in parameters if part.startswith("q=")), "1")
        try:
            ranges[media] = min(1.0, max(0.0, float(weight)))
        except ValueError:
            ranges[media] = 0.0
    return ranges
