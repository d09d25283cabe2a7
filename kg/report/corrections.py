"""What people decided on a graph: the corrections that a report lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.decisions import Describer, Standing, decisions_graph, read_decisions
from kg.decisions.records import Decision, Target
from kg.folder import DECISIONS
from kg.phrases import day
from kg.report.records import Correction
from kg.store import DEFAULT_GRAPH, OxigraphStore
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.lookup import Thing

_STANDING: Final = NamedNode(KG + "standing")
_NOT_YET: Final = "not applied yet"
_TOLD: Final = {
    Standing.APPLIED: "",
    Standing.SUPERFLUOUS: "without effect: the articles say so already",
    Standing.UNDONE: "taken back since",
    Standing.WAITING: "waits: what it is about is not there now",
    Standing.PENDING: _NOT_YET,
}


def find_corrections(graph: Graph, thing: Thing | None = None) -> tuple[Correction, ...]:
    """Give the decisions of a graph in the order of their times, or those on one entity; a graph in memory has none."""
    if not isinstance(graph.store, OxigraphStore):
        return ()
    decisions = read_decisions(graph.store.path.parent / DECISIONS, graph.base)
    if not decisions:
        return ()
    describer = Describer(graph.ontology, decisions)
    known = {each.iri: each for each in decisions}
    standing = {
        quad.subject.value: Standing(quad.object.value)
        for quad in graph.store.quads(None, _STANDING, graph=decisions_graph(graph.base))
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
    }
    told = {iri: _TOLD[found] for iri, found in standing.items()}
    return tuple(
        Correction(describer.say(each), each.by, day(each.when), each.why or "", told.get(each.iri, _NOT_YET))
        for each in decisions
        if thing is None or any(_is(target, thing, graph) for target in _targets(each.content, known))
    )


def _is(target: Target, thing: Thing, graph: Graph) -> bool:
    """Say whether a target is a thing: by its IRI, or by its name when nothing has that IRI any more."""
    if target.iri == thing.iri:
        return True
    gone = next(graph.store.quads(NamedNode(target.iri), graph=DEFAULT_GRAPH), None) is None
    return gone and target.label in (thing.label, *thing.names)


def _targets(content: object, decisions: dict[str, Decision]) -> set[Target]:
    """Give the things that a decision is about, those of the decision that it undoes among them."""
    if isinstance(content, Target):
        return {content}
    if isinstance(content, str):
        undone = decisions.get(content)
        return set() if undone is None else _targets(undone.content, decisions)
    parts = (getattr(content, name) for name in getattr(content, "__dataclass_fields__", ()))
    return {target for part in parts for target in _targets(part, decisions)}
