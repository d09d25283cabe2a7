"""Checks of a graph: what breaks the shapes of its ontology, and what its articles contradict one another in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from kg.errors import SettingError
from kg.knowledge.contradictions import Conflict, Kind, find_conflicts
from kg.lookup import Claim, Fact, Lookup, Thing
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import SH

if TYPE_CHECKING:
    import rdflib

    from kg.graph import Graph

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


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Facts about a thing that do not go together, each with the words of the articles that say it.

    `kind` tells how sure that is and `reason` why; `relation` is the property in which they differ. `values` are the
    facts of each value, in the order of time where that is known; `claims` are those that dispute the facts.
    """

    kind: Kind
    thing: Thing
    relation: Thing
    reason: str
    values: tuple[tuple[Fact, ...], ...]
    claims: tuple[Claim, ...] = ()

    def __str__(self) -> str:
        facts = (f"{each.subject.label} {each.relation.label} {each.object.label}" for each in self.facts)
        return f"{self.kind}: {'; '.join(dict.fromkeys(facts))} ({self.reason})"

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of all values."""
        return tuple(fact for facts in self.values for fact in facts)


def find_contradictions(graph: Graph, *, changes: bool = False) -> list[Contradiction]:
    """Give what contradicts one another in a graph, what may, and what is disputed, as `find_conflicts` says.

    The worst come first, those of one kind in the order of the IRIs of the things that they are about. With `changes`
    values that followed one another come last.
    """
    reader = _Reader(graph.store, graph.ontology, graph.base)
    found = find_conflicts(graph.store, graph.ontology)
    return [reader.contradiction(each) for each in found if changes or each.kind is not Kind.CHANGE]


class _Reader(Lookup):
    def contradiction(self, found: Conflict) -> Contradiction:
        values = tuple(tuple(map(self.fact, facts)) for facts in found.values)
        claims = tuple(map(self.claim, found.claims))
        return Contradiction(
            found.kind, self.thing(found.thing), self.thing(found.relation), found.reason, values, claims
        )


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
