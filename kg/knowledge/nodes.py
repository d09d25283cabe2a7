"""The nodes of facts and claims as they stand in the default graph of a store."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.knowledge import terms as t
from kg.knowledge.periods import Holding
from kg.model import Qualification
from kg.store import DEFAULT_GRAPH, Store
from kg.store.base import Object
from kg.vocabulary import KG

Term = NamedNode | Literal


class Nodes:
    """Reads nodes of a store that does not change meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._published: dict[str, str | None] = {}
        self._about: dict[NamedNode, dict[NamedNode, list[Term]]] = {}

    def quads(
        self, subject: NamedNode | None, predicate: NamedNode | None, object: Object | None = None
    ) -> Iterator[Quad]:
        """Iterate over the quads of the default graph that match, in no order."""
        return self._store.quads(subject, predicate, object, graph=DEFAULT_GRAPH)

    def subjects(self, predicate: NamedNode, object: Term) -> Iterator[NamedNode]:
        """Iterate over the things that stand in a relation to another, in no order."""
        for quad in self.quads(None, predicate, object):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def terms(self, node: NamedNode, predicate: NamedNode) -> list[Term]:
        """Give the values of a property, sorted."""
        about = self._about.get(node)
        if about is None:
            about = self._about[node] = {}
            for quad in self.quads(node, None):
                if isinstance(quad.object, NamedNode | Literal):
                    about.setdefault(quad.predicate, []).append(quad.object)
        return sorted(about.get(predicate, ()), key=str)

    def triple(self, node: NamedNode) -> tuple[NamedNode, NamedNode, Term] | None:
        """Give what a fact or a claim says; None for a claim in words only."""
        parts = [self.terms(node, part) for part in (t.RDF_SUBJECT, t.RDF_PREDICATE, t.RDF_OBJECT)]
        if not all(parts):
            return None
        subject, predicate, object = (part[0] for part in parts)
        assert isinstance(subject, NamedNode)
        assert isinstance(predicate, NamedNode)
        return subject, predicate, object

    def facts_that_say(self, subject: NamedNode, predicate: NamedNode, object: Term) -> list[NamedNode]:
        """Give the facts without qualification that say a triple, sorted."""
        if not any(self.quads(subject, predicate, object)):
            return []
        about = set(self.subjects(t.RDF_OBJECT, object))
        found = (node for node in self.subjects(t.RDF_SUBJECT, subject) if node in about)
        return sorted(
            (node for node in found if predicate in self.terms(node, t.RDF_PREDICATE) and self.is_a(node, t.FACT)),
            key=str,
        )

    def is_a(self, node: NamedNode, kind: NamedNode) -> bool:
        """Say whether a node is of a class."""
        return kind in self.terms(node, t.TYPE)

    def qualification(self, node: NamedNode) -> Qualification | None:
        """Give what qualifies a fact or a claim; None when nothing does."""
        kind, start, end = (
            next((each.value for each in self.terms(node, part)), None) for part in (t.QUALIFICATION, t.FROM, t.UNTIL)
        )
        found = Qualification(None if kind is None else kind.removeprefix(KG), start, end)
        return None if found == Qualification() else found

    def holding(self, *nodes: NamedNode) -> Holding:
        """Give all that facts or claims of one triple tell of when it holds."""
        holding = Holding()
        for node in nodes:
            articles = {article.value: self._date(article) for article in self.terms(node, t.STATED_IN)}
            holding.add(articles, self.qualification(node))
        return holding

    def _date(self, article: Term) -> str | None:
        if article.value not in self._published and isinstance(article, NamedNode):
            dates = self._store.quads(article, t.PUBLISHED, graph=article)
            self._published[article.value] = next((_text(quad.object) for quad in dates), None)
        return self._published.get(article.value)


def _text(term: Object) -> str | None:
    return term.value if isinstance(term, Literal) else None
