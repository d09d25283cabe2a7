"""Ontologies: Turtle in, classes, properties, individuals, frames, rules and shapes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ontology.load import find_ontology, load_ontology, load_prefixes, shipped_ontologies

if TYPE_CHECKING:
    from kg.ontology.ontology import Ontology

__all__ = ["Ontology", "find_ontology", "load_ontology", "load_prefixes", "shipped_ontologies"]


def __getattr__(name: str) -> object:
    if name != "Ontology":  # which a query does not need, nor what it is made of
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kg.ontology.ontology import Ontology

    return Ontology
