"""Decisions: what people decided on identity and on facts, as data that outlives every rebuild."""

from __future__ import annotations

from kg.decisions.applying import Application, decisions_graph, recorded_quads
from kg.decisions.author import find_author
from kg.decisions.evidence import Evidence
from kg.decisions.facts import Facts
from kg.decisions.naming import Namer
from kg.decisions.reading import read_decisions, write_time
from kg.decisions.records import Content, Decision, Kind, Standing
from kg.decisions.requests import Desk
from kg.decisions.words import Describer, short_id
from kg.decisions.written import decision_iri, write_decisions

__all__ = [
    "Application",
    "Content",
    "Decision",
    "Describer",
    "Desk",
    "Evidence",
    "Facts",
    "Kind",
    "Namer",
    "Standing",
    "decision_iri",
    "decisions_graph",
    "find_author",
    "read_decisions",
    "recorded_quads",
    "short_id",
    "write_decisions",
    "write_time",
]
