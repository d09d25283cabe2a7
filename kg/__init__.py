"""News articles become a knowledge graph in which every fact shows its words.

>>> import kg
>>> sorted(kg.__all__)[:4]
['Article', 'Attribution', 'BuildReport', 'DEFAULT_BASE']

Importing this package is light: what a name needs is loaded when the name is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.build_report import BuildReport
    from kg.builder import build
    from kg.errors import KgError, OntologyError, PipelineError, QueryError, SettingError, SourceError, StoreError
    from kg.explanation import explain
    from kg.graph import Graph, open_graph
    from kg.language import load_pipeline
    from kg.model import (
        Article,
        Attribution,
        Entity,
        Issue,
        Mention,
        Qualification,
        Reading,
        Referent,
        Span,
        Statement,
        Status,
        Value,
    )
    from kg.ontology import Ontology, load_ontology
    from kg.query import QueryResult
    from kg.read import read_articles
    from kg.read.fetch import Fetching
    from kg.records import extract_articles
    from kg.vocabulary import DEFAULT_BASE

__version__: Final = "0.1.0"

_HOMES: Final = {
    "kg.builder": ("build",),
    "kg.errors": (
        "KgError",
        "OntologyError",
        "PipelineError",
        "QueryError",
        "SettingError",
        "SourceError",
        "StoreError",
    ),
    "kg.explanation": ("explain",),
    "kg.graph": ("Graph", "open_graph"),
    "kg.language": ("load_pipeline",),
    "kg.model": (
        "Article",
        "Attribution",
        "Entity",
        "Issue",
        "Mention",
        "Qualification",
        "Reading",
        "Referent",
        "Span",
        "Statement",
        "Status",
        "Value",
    ),
    "kg.ontology": ("Ontology", "load_ontology"),
    "kg.query": ("QueryResult",),
    "kg.read": ("read_articles",),
    "kg.read.fetch": ("Fetching",),
    "kg.records": ("extract_articles",),
    "kg.build_report": ("BuildReport",),
    "kg.vocabulary": ("DEFAULT_BASE",),
}
_HOME: Final = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [
    "DEFAULT_BASE",
    "Article",
    "Attribution",
    "BuildReport",
    "Entity",
    "Fetching",
    "Graph",
    "Issue",
    "KgError",
    "Mention",
    "Ontology",
    "OntologyError",
    "PipelineError",
    "Qualification",
    "QueryError",
    "QueryResult",
    "Reading",
    "Referent",
    "SettingError",
    "SourceError",
    "Span",
    "Statement",
    "Status",
    "StoreError",
    "Value",
    "build",
    "explain",
    "extract_articles",
    "load_ontology",
    "load_pipeline",
    "open_graph",
    "read_articles",
]


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
