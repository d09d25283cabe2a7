"""The terms in which decisions are written, as nodes."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.decisions.records import Kind
from kg.knowledge.terms import (
    ABOUT,
    EXACT,
    FROM,
    QUALIFICATION,
    QUOTED,
    SPEAKER,
    STATED_IN,
    STATUS,
    TEXT,
    TYPE,
    UNTIL,
)
from kg.knowledge.terms import RDF_OBJECT as OBJECT
from kg.knowledge.terms import RDF_PREDICATE as PREDICATE
from kg.knowledge.terms import RDF_SUBJECT as SUBJECT
from kg.knowledge.terms import RDFS_LABEL as LABEL
from kg.vocabulary import KG, PROV, XSD

__all__ = [
    "ABOUT",
    "EXACT",
    "FROM",
    "LABEL",
    "OBJECT",
    "PREDICATE",
    "QUALIFICATION",
    "QUOTED",
    "SPEAKER",
    "STATED_IN",
    "STATUS",
    "SUBJECT",
    "TEXT",
    "TYPE",
    "UNTIL",
]

DECISIONS: Final = "decision"
"""What stands between the base and the hash in the IRI of a decision."""

DECISION: Final = NamedNode(KG + "Decision")
KINDS: Final = {kind: NamedNode(KG + kind.capitalize()) for kind in Kind}
DATE_TIME: Final = NamedNode(XSD + "dateTime")

WHEN: Final = NamedNode(PROV + "endedAtTime")
BY: Final = NamedNode(KG + "by")
WHY: Final = NamedNode(KG + "why")
ONE: Final = NamedNode(KG + "one")
OTHER: Final = NamedNode(KG + "other")
NAME: Final = NamedNode(KG + "name")
UNDOES: Final = NamedNode(KG + "undoes")
THING: Final = NamedNode(KG + "thing")
ANCHOR: Final = NamedNode(KG + "anchor")
STANDING: Final = NamedNode(KG + "standing")
