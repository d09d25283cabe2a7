"""The facts and claims of the graph, as decisions on them need them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.knowledge import terms as t
from kg.model import Qualification, Status
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import KG


@dataclass(frozen=True, slots=True)
class Saying:
    """What makes a claim: its status, its words, the IRIs of speaker and article, whether it is quoted."""

    status: Status
    text: str
    speaker: str | None
    article: str
    quoted: bool | None


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A fact or a claim of the graph; a claim has a `saying`, and a `subject` when it is known what it says."""

    iri: str
    subject: str | None
    predicate: str
    object: NamedNode | Literal | None
    qualification: Qualification | None
    saying: Saying | None = None


class Facts:
    """Looks facts up in the default graph of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def at(self, iri: str) -> FoundFact | None:
        """Give the fact or claim with an IRI; None when there is none."""
        node = NamedNode(iri)
        kinds = [
            each
            for each in (t.FACT, t.QUALIFIED_FACT, t.CLAIM)
            if any(self._store.quads(node, t.TYPE, each, graph=DEFAULT_GRAPH))
        ]
        if not kinds:
            return None
        object = next(self._objects(node, t.RDF_OBJECT), None)
        kind, start, end = (self._text(node, each) for each in (t.QUALIFICATION, t.FROM, t.UNTIL))
        qualification = Qualification(None if kind is None else kind.removeprefix(KG), start, end)
        return FoundFact(
            iri,
            self._text(node, t.RDF_SUBJECT),
            self._text(node, t.RDF_PREDICATE) or "",
            object,
            None if qualification == Qualification() else qualification,
            self._saying(node) if t.CLAIM in kinds else None,
        )

    def of(self, subject: str) -> list[FoundFact]:
        """Give the facts with a subject, qualified ones among them, claims not, sorted by their IRIs."""
        found = (
            self.at(quad.subject.value)
            for quad in self._store.quads(None, t.RDF_SUBJECT, NamedNode(subject), graph=DEFAULT_GRAPH)
            if isinstance(quad.subject, NamedNode)
        )
        return sorted((each for each in found if each is not None and each.saying is None), key=lambda each: each.iri)

    def types(self, iri: str) -> list[str]:
        """Give the classes that the graph knows of a thing, sorted."""
        return sorted(each.value for each in self._objects(NamedNode(iri), t.TYPE))

    def _saying(self, node: NamedNode) -> Saying:
        quoted = self._text(node, t.QUOTED)
        return Saying(
            Status((self._text(node, t.STATUS) or "").removeprefix(KG).lower()),
            self._text(node, t.TEXT) or "",
            self._text(node, t.SPEAKER),
            self._text(node, t.STATED_IN) or "",
            None if quoted is None else quoted == "true",
        )

    def _objects(self, node: NamedNode, predicate: NamedNode) -> Iterator[NamedNode | Literal]:
        for quad in self._store.quads(node, predicate, graph=DEFAULT_GRAPH):
            if isinstance(quad.object, NamedNode | Literal):
                yield quad.object

    def _text(self, node: NamedNode, predicate: NamedNode) -> str | None:
        return min((each.value for each in self._objects(node, predicate)), default=None)
