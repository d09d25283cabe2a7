"""Knowledge bases: what is known of things before an article is read, and which of them articles tell of."""

from __future__ import annotations

from kg.kb.build import build_index
from kg.kb.entries import Entry, KnownFact, KnownType
from kg.kb.gazetteer import Gazetteer
from kg.kb.index import KbIndex, open_index
from kg.kb.linker import Link, Linker
from kg.kb.quads import KnownFacts, link_triples

__all__ = [
    "Entry",
    "Gazetteer",
    "KbIndex",
    "KnownFact",
    "KnownFacts",
    "KnownType",
    "Link",
    "Linker",
    "build_index",
    "link_triples",
    "open_index",
]
