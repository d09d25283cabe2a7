"""Entities and relations of a store, read no further than is needed, of quads, or of a networkx graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from kg.draw.relation import Reader, Relation
from kg.knowledge import terms as t
from kg.model import Qualification, Status
from kg.network import Source, describe_entity, is_entity, label_of
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import KG, TYPE, XSD

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

_FACTS: Final = (t.FACT, NamedNode(KG + "KnownFact"))
_SUPPORT: Final = f"""
SELECT ?fact ?subject ?predicate ?object ?article WHERE {{
    ?fact {t.RDF_SUBJECT} ?subject ; {t.RDF_PREDICATE} ?predicate ; {t.RDF_OBJECT} ?object .
    FILTER (isIRI(?object) && ?predicate != {t.TYPE})
    VALUES ?kind {{ {" ".join(map(str, _FACTS))} }}
    ?fact a ?kind .
    OPTIONAL {{ ?fact {t.STATED_IN} ?article }}
}}"""
_DATES: Final = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth"))

_Node = dict[NamedNode, list[str]]
_Triple = tuple[str, str, str]
_Support = dict[_Triple, tuple[str, set[str]]]
"""The first fact that says a triple, and the articles that do."""


class _StoreReader(Reader):
    """Reads a store that does not change meanwhile, or quads."""

    def __init__(self, source: Source, ontology: Ontology) -> None:
        super().__init__(ontology)
        self._store: Store | pyoxigraph.Store
        if isinstance(source, Store | pyoxigraph.Store):
            self._store = source
        else:
            self._store = pyoxigraph.Store()
            self._store.extend(list(source))
        self._known: dict[str, bool] = {}
        self._published: dict[str, str | None] = {}

    def _quads(
        self, subject: NamedNode | None, predicate: NamedNode | None, object: NamedNode | None = None
    ) -> Iterator[Quad]:
        if isinstance(self._store, Store):
            return self._store.quads(subject, predicate, object, graph=DEFAULT_GRAPH)
        return self._store.quads_for_pattern(subject, predicate, object, DEFAULT_GRAPH)

    @cached_property
    def _all(self) -> dict[str, list[Quad]]:
        """The classes and labels of everything that has one, by IRI."""
        about: defaultdict[str, list[Quad]] = defaultdict(list)
        for predicate in (t.TYPE, t.RDFS_LABEL):
            for quad in self._quads(None, predicate):
                if isinstance(quad.subject, NamedNode):
                    about[quad.subject.value].append(quad)
        return about

    def entities(self) -> list[str]:
        individuals = self.ontology.individuals
        self._known.update({iri: iri not in individuals and is_entity(quads) for iri, quads in self._all.items()})
        return sorted(iri for iri in self._all if self._known[iri])

    def is_entity(self, iri: str) -> bool:
        if iri not in self._known:
            node = NamedNode(iri)
            quads = [*self._quads(node, t.TYPE), *self._quads(node, t.RDFS_LABEL)]
            self._known[iri] = iri not in self.ontology.individuals and is_entity(quads)
        return self._known[iri]

    def names(self) -> Iterator[tuple[str, str, bool]]:
        for predicate in (t.RDFS_LABEL, t.ALT_LABEL):
            for quad in self._quads(None, predicate):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    yield quad.subject.value, quad.object.value, predicate == t.RDFS_LABEL

    def types(self, iri: str) -> list[str]:
        return sorted(_values(self._quads(NamedNode(iri), t.TYPE)))

    def dates(self, iri: str) -> list[tuple[str, str]]:
        return sorted(
            (quad.predicate.value, quad.object.value)
            for quad in self._quads(NamedNode(iri), None)
            if isinstance(quad.object, Literal) and quad.object.datatype.value in _DATES
        )

    def published(self, article: str) -> str | None:
        if article not in self._published:
            node = NamedNode(article)
            if isinstance(self._store, Store):
                quads = self._store.quads(node, t.PUBLISHED, graph=node)
            else:
                quads = self._store.quads_for_pattern(node, t.PUBLISHED, None, node)
            self._published[article] = next(iter(sorted(_values(quads))), None)
        return self._published[article]

    def label(self, iri: str) -> str:
        if iri in self._data:
            return super().label(iri)
        if "_all" in self.__dict__:
            return label_of(self._all.get(iri, [])) or self.ontology.label(iri)
        return label_of(list(self._quads(NamedNode(iri), t.RDFS_LABEL))) or self.ontology.label(iri)

    def _describe(self, iri: str) -> dict[str, Any]:
        return describe_entity(iri, list(self._quads(NamedNode(iri), None)), self.ontology, self.is_entity)

    # -- relations ------------------------------------------------------------------------------------

    def relations(self, *, qualified: bool = True) -> list[Relation]:
        plain = {each for iri in self.entities() for each in self._plain(iri)}
        support: _Support = {}
        for fact, subject, predicate, object, article in self._solutions(_SUPPORT):
            triple = subject.value, predicate.value, object.value
            _add(support, triple, fact.value, () if article is None else (article.value,))
        kinds = (t.QUALIFIED_FACT, t.CLAIM) if qualified else ()
        found = {each for kind in kinds for each in _subjects(self._quads(None, t.TYPE, kind))}
        return self._make(plain, support, {each: self._node(each) for each in found})

    def _solutions(self, query: str) -> Iterator[Any]:
        solutions = self._store.query(query)
        assert isinstance(solutions, pyoxigraph.QuerySolutions)
        return iter(solutions)

    def relations_of(self, iri: str) -> list[Relation]:
        node = NamedNode(iri)
        plain = set(self._plain(iri))
        for quad in self._quads(None, None, node):
            if isinstance(quad.subject, NamedNode) and quad.predicate.value != TYPE:
                plain.add((quad.subject.value, quad.predicate.value, iri))
        found = {iri for end in (t.RDF_SUBJECT, t.RDF_OBJECT) for iri in _subjects(self._quads(None, end, node))}
        nodes = {each: self._node(each) for each in found}
        return self._make({each for each in plain if each[0] not in found}, _support(nodes), nodes)

    def relations_among(self, iris: Collection[str]) -> list[Relation]:
        wanted = set(iris)
        plain = {each for iri in wanted for each in self._plain(iri) if each[2] in wanted}
        found = {each for iri in wanted for each in _subjects(self._quads(None, t.RDF_SUBJECT, NamedNode(iri)))}
        inside = {each for each in found if wanted.intersection(_values(self._quads(NamedNode(each), t.RDF_OBJECT)))}
        nodes = {each: self._node(each) for each in inside}
        return self._make(plain, _support(nodes), nodes)

    def _plain(self, iri: str) -> Iterator[_Triple]:
        for quad in self._quads(NamedNode(iri), None):
            if isinstance(quad.object, NamedNode) and quad.predicate.value != TYPE:
                yield iri, quad.predicate.value, quad.object.value

    def _node(self, iri: str) -> _Node:
        node: _Node = {}
        for quad in self._quads(NamedNode(iri), None):
            if quad.predicate != t.RDF_OBJECT or isinstance(quad.object, NamedNode):
                node.setdefault(quad.predicate, []).append(_value(quad.object))
        return node

    def _make(self, plain: set[_Triple], support: _Support, nodes: dict[str, _Node]) -> list[Relation]:
        """Make relations of triples and what supports them, and of qualified facts and claims."""
        nothing: tuple[str, set[str]] = ("", set())
        made: list[Relation] = []
        for triple in plain:
            if self._between_entities(triple):
                iri, articles = support.get(triple, nothing)
                made.append(Relation(*triple, articles=frozenset(articles), iri=iri))
        for iri, node in nodes.items():
            said = _triple(node)
            if said and _is_a(node, t.QUALIFIED_FACT, t.CLAIM) and self._between_entities(said):
                made.append(_relation(iri, said, node))
        return sorted(made, key=lambda relation: relation.order)

    def _between_entities(self, triple: _Triple) -> bool:
        return triple[1] != TYPE and self.is_entity(triple[0]) and self.is_entity(triple[2])


class _NetworkReader(Reader):
    """Reads a graph of `to_networkx`: plain facts alone."""

    def __init__(self, graph: nx.MultiDiGraph, ontology: Ontology) -> None:
        super().__init__(ontology)
        self._graph = graph

    def entities(self) -> list[str]:
        return sorted(self._graph)

    def is_entity(self, iri: str) -> bool:
        return iri in self._graph

    def names(self) -> Iterator[tuple[str, str, bool]]:
        for iri, data in self._graph.nodes(data=True):
            yield iri, data["label"], True
            other = data.get("skos:altLabel", [])
            yield from ((iri, name, False) for name in ([other] if isinstance(other, str) else other))

    def types(self, iri: str) -> list[str]:
        return sorted(expand(each, self.ontology) for each in self.data(iri)["types"])

    def dates(self, iri: str) -> list[tuple[str, str]]:
        return []

    def published(self, article: str) -> str | None:
        return None

    def _describe(self, iri: str) -> dict[str, Any]:
        found: dict[str, Any] = self._graph.nodes[iri]
        return found

    def relations(self, *, qualified: bool = True) -> list[Relation]:
        return self._make(self._graph.edges(keys=True, data="support"))

    def relations_of(self, iri: str) -> list[Relation]:
        there = self._graph.out_edges(iri, keys=True, data="support")
        back = self._graph.in_edges(iri, keys=True, data="support")
        return self._make([*there, *(edge for edge in back if edge[0] != iri)])

    def relations_among(self, iris: Collection[str]) -> list[Relation]:
        return self._make(self._graph.subgraph(iris).edges(keys=True, data="support"))

    def _make(self, edges: Iterable[tuple[str, str, str, list[str] | None]]) -> list[Relation]:
        made = (
            Relation(source, key, target, articles=frozenset(each.partition("#")[0] for each in support or ()))
            for source, target, key, support in edges
        )
        return sorted(made, key=lambda relation: relation.order)


def open_reader(source: Source | nx.MultiDiGraph, ontology: Ontology) -> Reader:
    """Make the reader of a store, of quads, or of a graph of `to_networkx`."""
    import networkx as nx

    return _NetworkReader(source, ontology) if isinstance(source, nx.MultiDiGraph) else _StoreReader(source, ontology)


def expand(compact: str, ontology: Ontology) -> str:
    """Give the IRI of a compact name."""
    prefix, _, local = compact.partition(":")
    return ontology.prefixes[prefix] + local if prefix in ontology.prefixes else compact.strip("<>")


def _relation(iri: str, triple: _Triple, node: _Node) -> Relation:
    kind, start, end, status, speaker = (
        next(iter(sorted(node.get(part, ()))), None) for part in (t.QUALIFICATION, t.FROM, t.UNTIL, t.STATUS, t.SPEAKER)
    )
    qualification = Qualification(kind and kind.removeprefix(KG), start, end)
    return Relation(
        *triple,
        status=Status(status.removeprefix(KG).lower()) if status else Status.ASSERTED,
        qualification=qualification if qualification != Qualification() or not status else None,
        speaker=speaker,
        articles=frozenset(node.get(t.STATED_IN, ())),
        iri=iri,
    )


def _support(nodes: dict[str, _Node]) -> _Support:
    support: _Support = {}
    for iri, node in nodes.items():
        said = _triple(node)
        if said and _is_a(node, *_FACTS):
            _add(support, said, iri, node.get(t.STATED_IN, ()))
    return support


def _add(support: _Support, triple: _Triple, fact: str, articles: Iterable[str]) -> None:
    known = support.get(triple)
    if known is None:
        support[triple] = fact, set(articles)
    else:
        support[triple] = min(known[0], fact), known[1].union(articles)


def _triple(node: _Node) -> _Triple | None:
    """Give what the node of a fact or a claim says of two things; None where it says something else."""
    ends = [sorted(node.get(part, ())) for part in (t.RDF_SUBJECT, t.RDF_PREDICATE, t.RDF_OBJECT)]
    return (ends[0][0], ends[1][0], ends[2][0]) if all(ends) else None


def _is_a(node: _Node, *kinds: NamedNode) -> bool:
    return any(kind.value in node.get(t.TYPE, ()) for kind in kinds)


def _subjects(quads: Iterable[Quad]) -> Iterator[str]:
    return (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))


def _values(quads: Iterable[Quad]) -> Iterator[str]:
    return (_value(quad.object) for quad in quads)


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)
