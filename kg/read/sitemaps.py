"""Sitemaps (sitemaps.org, protocol 0.9, with the extension for news): the pages and the sitemaps that they list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.errors import SourceError
from kg.read.listed import Listed

MOST_BYTES: Final = 50 << 20
"""The protocol's limit."""

_FIELDS: Final = {"loc": "url", "lastmod": "updated", "publication_date": "published", "title": "title"}
_NOT_OURS: Final = ("image", "video")
"""The extensions that have fields of the same names, of pictures and films."""


@dataclass(slots=True)
class Sitemap:
    """What a sitemap lists, in its order; an index of sitemaps lists other sitemaps only."""

    pages: list[Listed] = field(default_factory=list)
    sitemaps: list[Listed] = field(default_factory=list)


def read_sitemap(data: bytes) -> Sitemap:
    """Read a sitemap or an index of sitemaps; no entity is resolved and nothing is fetched.

    Raises SourceError when it lists nothing.
    """
    if len(data) > MOST_BYTES:
        raise SourceError(f"is a sitemap of more than {MOST_BYTES >> 20} MB, which no sitemap has; give the pages")
    found = Sitemap()
    for kind, listed in _iter_listed(data):
        (found.sitemaps if kind == "sitemap" else found.pages).append(listed)
    if not found.pages and not found.sitemaps:
        raise SourceError("is a sitemap that lists nothing; check it, or give the pages themselves")
    return found


def _iter_listed(data: bytes) -> Iterator[tuple[str, Listed]]:
    from lxml import etree

    fields: dict[str, str] = {}
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, recover=True
    )
    try:
        for _, element in events:
            if not isinstance(element.tag, str):
                continue
            namespace, _, name = element.tag.rpartition("}")
            if name in ("url", "sitemap"):
                if fields.get("url"):
                    yield name, Listed(**fields)
                fields = {}
                element.clear()
                while (before := element.getprevious()) is not None and (parent := before.getparent()) is not None:
                    parent.remove(before)
            elif name in _FIELDS and not any(each in namespace for each in _NOT_OURS):
                fields.setdefault(_FIELDS[name], " ".join((element.text or "").split()))
    except etree.LxmlError:
        return  # what came before is read; where that is nothing, the caller says so
