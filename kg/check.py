"""Checks of a graph: what breaks the shapes of its ontology, and what its articles contradict one another in."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, serialize

from kg.errors import OntologyError, SettingError
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
    lookup = Lookup(graph.store, graph.ontology, graph.base)
    found = find_conflicts(graph.store, graph.ontology)
    return [read_contradiction(each, lookup) for each in found if changes or each.kind is not Kind.CHANGE]


def read_contradiction(found: Conflict, lookup: Lookup) -> Contradiction:
    """Read the facts and claims of a conflict."""
    values = tuple(tuple(map(lookup.fact, facts)) for facts in found.values)
    thing, relation = lookup.thing(found.thing), lookup.thing(found.relation)
    return Contradiction(found.kind, thing, relation, found.reason, values, tuple(map(lookup.claim, found.claims)))


def check_graph(graph: Graph) -> list[Violation]:
    """Validate the knowledge of a graph by the SHACL shapes of its ontology; give what breaks them, sorted.

    Raises SettingError when pySHACL is not installed, OntologyError for shapes that it does not understand.
    """
    try:
        from pyshacl import validate
    except ImportError:
        raise SettingError('shapes are checked by pySHACL, which is missing; run `pip install "kg[check]"`') from None

    shapes, ontology = graph.ontology.shapes, graph.ontology.graph
    try:
        _, results, _ = validate(_knowledge(graph), shacl_graph=shapes, ont_graph=ontology)
        if isinstance(results, Exception):
            raise results
    except Exception as error:  # of shapes that it does not understand pySHACL raises many kinds
        told = " ".join(f"{type(error).__name__} {error}".partition("\n")[0].split())
        raise OntologyError(
            f"the shapes of the ontology cannot be used ({told}); mend or leave out the one meant"
        ) from error
    return sorted(_violations(results, graph), key=lambda each: tuple(part or "" for part in astuple(each)))


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
