"""Knowledge: evidence as quads and back, and the default graph made of all of it."""

from __future__ import annotations

from kg.knowledge.evidence import write_reading
from kg.knowledge.iris import article_iri, passage_iri, passage_span
from kg.knowledge.make import MIN_CONFIDENCE, make_knowledge
from kg.knowledge.order import in_order
from kg.knowledge.reading import read_reading
from kg.knowledge.turtle import write_turtle
from kg.vocabulary import graph_prefixes

__all__ = [
    "MIN_CONFIDENCE",
    "article_iri",
    "graph_prefixes",
    "in_order",
    "make_knowledge",
    "passage_iri",
    "passage_span",
    "read_reading",
    "write_reading",
    "write_turtle",
]
