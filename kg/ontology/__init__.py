"""Ontologies: Turtle in, classes, properties, individuals, frames, rules and shapes out."""

from __future__ import annotations

from kg.ontology.load import find_ontology, load_ontology, shipped_ontologies
from kg.ontology.ontology import Ontology

__all__ = ["Ontology", "find_ontology", "load_ontology", "shipped_ontologies"]
