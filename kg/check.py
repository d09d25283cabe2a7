"""Checks of a graph by the shapes of its ontology, and of ontologies by lint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from kg.errors import SettingError
from kg.graph import Graph
from kg.lookup import Lookup
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import SH

if TYPE_CHECKING:
    import rdflib

_PARTS: Final = ("focusNode", "resultMessage", "resultPath", "value", "resultSeverity")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """A thing of the graph that breaks a shape: `relation` and `value` are those at fault, where there are any."""

    label: str
    iri: str
    message: str
    relation: str | None = None
    value: str | None = None
    severity: str = "Violation"

    def __str__(self) -> str:
        fault = " ".join(part for part in (self.relation, self.value) if part is not None)
        return f"{self.label} <{self.iri}>: {self.message}{f' ({fault})' if fault else ''}"


def check_graph(graph: Graph) -> list[Violation]:
    """Validate the knowledge of a graph by the SHACL shapes of its ontology; give what breaks them, sorted.

    Raises SettingError when pySHACL is not installed.
    """
    try:
        from pyshacl import validate
    except ImportError:
        raise SettingError('shapes are checked by pySHACL, which is missing; run `pip install "kg[check]"`') from None

    _, results, _ = validate(_knowledge(graph), shacl_graph=graph.ontology.shapes, ont_graph=graph.ontology.graph)
    return sorted(_violations(results, graph))


def _knowledge(graph: Graph) -> rdflib.Graph:
    import rdflib

    lines = serialize((quad.triple for quad in graph.store.quads(graph=DEFAULT_GRAPH)), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=lines or b"", format="nt")


def _violations(results: rdflib.Graph, graph: Graph) -> set[Violation]:
    import rdflib

    shacl = rdflib.Namespace(SH)
    lookup = Lookup(graph.store, graph.ontology, graph.base)
    found: set[Violation] = set()
    for result in results.subjects(rdflib.RDF.type, shacl.ValidationResult):
        focus, message, path, value, severity = (results.value(result, shacl[part]) for part in _PARTS)
        relation = graph.ontology.label(str(path)) if isinstance(path, rdflib.URIRef) else None
        shown = None if value is None else _label(value, lookup)
        level = str(severity or "").removeprefix(SH)
        told = str(message or "breaks a shape")
        found.add(Violation(_label(focus, lookup), str(focus), told, relation, shown, level))
    return found


def _label(term: object, lookup: Lookup) -> str:
    from rdflib import URIRef

    return lookup.thing(str(term)).label if isinstance(term, URIRef) else str(term)
