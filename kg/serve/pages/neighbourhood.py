"""The neighbourhood of a thing: what is related to it and to what is, as far as a picture can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pyoxigraph import NamedNode

from kg.draw.styles import styles_of
from kg.knowledge import terms as t
from kg.knowledge.iris import fact_iri
from kg.model import Qualification
from kg.phrases import count, in_time
from kg.serve.pages.reader import Reader, Shown
from kg.vocabulary import KG, RDF, RDFS, SCHEMA, SKOS, TYPE

MOST_NODES: Final = 300
MOST_HOPS: Final = 3
_MOST_FOLLOWED: Final = 5_000
"""Of a thing with more neighbours than this so many are looked at."""

_AT_ONCE: Final = 100
_FORMER: Final = "Former"
_FUTURE: Final = "Future"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a picture is to show: kinds and relations of none are all."""

    around: str
    hops: int = 1
    limit: int = MOST_NODES
    kinds: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()


@dataclass(slots=True)
class Edge:
    """Facts or claims of one status between two things, as one line; the first of them gives the address."""

    source: str
    target: str
    status: str
    statement: str
    labels: list[str] = field(default_factory=list)
    properties: list[str] = field(default_factory=list)
    directed: bool = True


Pair = tuple[str, str, str, str, str, str]
"""Subject, property, object, status, what qualifies it in words, and the IRI of the fact or claim."""


class Neighbourhood:
    """Walks from a thing to its neighbours, those told of most first, and gathers what relates them."""

    def __init__(self, reader: Reader, wanted: Wanted, told: Mapping[str, int]) -> None:
        self._reader = reader
        self._wanted = wanted
        self._told = told
        self.relations: set[str] = set()
        self.hidden = 0
        self.nodes = self._walk()
        self.edges = list(self._edges().values())

    def _walk(self) -> list[str]:
        """Give the things to show, the nearest first."""
        found = {self._wanted.around: 0}
        frontier = [self._wanted.around]
        for hop in range(1, min(self._wanted.hops, MOST_HOPS) + 1):
            met: dict[str, None] = {}
            for each in frontier:
                met |= dict.fromkeys(iri for iri in self._neighbours(each) if iri not in found)
            ranked = [iri for iri in sorted(met, key=self._rank) if self._fits(iri)]
            room = max(0, self._wanted.limit - len(found))
            self.hidden += len(ranked) - len(ranked[:room])
            frontier = ranked[:room]
            found |= dict.fromkeys(frontier, hop)
        return list(found)

    def _rank(self, iri: str) -> tuple[int, str]:
        return -self._told.get(iri, 0), iri

    def _fits(self, iri: str) -> bool:
        return not self._wanted.kinds or self._reader.shown(iri).kind in self._wanted.kinds

    def _neighbours(self, iri: str) -> Iterator[str]:
        """Iterate over the other ends of the facts and claims about a thing."""
        node = NamedNode(iri)
        parts = f"{t.RDF_SUBJECT} {node} ; {t.RDF_PREDICATE} ?p ; {t.RDF_OBJECT} ?o"
        back = f"{t.RDF_OBJECT} {node} ; {t.RDF_PREDICATE} ?p ; {t.RDF_SUBJECT} ?o"
        plain = f"{{ {node} ?p ?o }} UNION {{ ?o ?p {node} }}"
        for pattern in (plain, f"{{ ?f {parts} }} UNION {{ ?f {back} }}"):
            query = f"SELECT DISTINCT ?p ?o WHERE {{ {pattern} FILTER(ISIRI(?o)) }} LIMIT {_MOST_FOLLOWED}"
            for row in self._reader.ask(query):
                if self._is_relation(row[0].value) and self._reader.is_entity(row[1].value):
                    self.relations.add(row[0].value)
                    if self._is_wanted(row[0].value):
                        yield row[1].value

    def _is_relation(self, predicate: str) -> bool:
        known = predicate in self._reader.ontology.properties or not predicate.startswith(KG)
        return known and predicate != TYPE and not predicate.startswith(_NOT_RELATIONS)

    def _is_wanted(self, predicate: str) -> bool:
        return not self._wanted.relations or predicate in self._wanted.relations

    # -- edges ----------------------------------------------------------------------------------------

    def _edges(self) -> dict[tuple[str, str, str], Edge]:
        """Give the lines between the things shown, one for each pair and status."""
        edges: dict[tuple[str, str, str], Edge] = {}
        for subject, predicate, object, status, note, statement in sorted(set(self._pairs())):
            declared = self._reader.ontology.properties.get(predicate)
            symmetric = declared is not None and declared.symmetric
            if symmetric and subject > object:
                subject, object = object, subject
            edge = edges.setdefault(
                (subject, object, f"{status}{'' if symmetric else '>'}"), Edge(subject, object, status, statement)
            )
            edge.directed = not symmetric
            label = f"{self._reader.ontology.label(predicate)}{f' ({note})' if note else ''}"
            if label not in edge.labels:
                edge.labels.append(label)
            if predicate not in edge.properties:
                edge.properties.append(predicate)
        for edge in edges.values():  # what is dated says more than the same without a date
            edge.labels = [each for each in edge.labels if not any(o.startswith(f"{each} (") for o in edge.labels)]
        return edges

    def _pairs(self) -> Iterator[Pair]:
        shown = frozenset(self.nodes)
        for start in range(0, len(self.nodes), _AT_ONCE):
            names = " ".join(str(NamedNode(iri)) for iri in self.nodes[start : start + _AT_ONCE])
            for pair in (*self._plain(names), *self._told_of(names)):
                if pair[2] in shown and self._is_relation(pair[1]) and self._is_wanted(pair[1]):
                    self.relations.add(pair[1])
                    yield pair

    def _plain(self, names: str) -> Iterator[Pair]:
        for row in self._reader.ask(f"SELECT ?s ?p ?o WHERE {{ VALUES ?s {{ {names} }} ?s ?p ?o FILTER(ISIRI(?o)) }}"):
            subject, predicate, object = row[0].value, row[1].value, row[2].value
            if self._is_relation(predicate) and self._reader.is_entity(object):
                said = " ".join(str(NamedNode(each)) for each in (subject, predicate, object))
                yield subject, predicate, object, "asserted", "", fact_iri(self._reader.base, said)

    def _told_of(self, names: str) -> Iterator[Pair]:
        """Iterate over what is former or dated, and over claims."""
        kinds = f"FILTER EXISTS {{ VALUES ?kind {{ {t.QUALIFIED_FACT} {t.CLAIM} }} ?f a ?kind }}"
        rows = self._reader.ask(
            "SELECT ?f ?s ?p ?o ?status ?q ?from ?until WHERE {"
            f" VALUES ?s {{ {names} }} ?f {t.RDF_SUBJECT} ?s . {kinds}"
            f" ?f {t.RDF_PREDICATE} ?p ; {t.RDF_OBJECT} ?o FILTER(ISIRI(?o)) OPTIONAL {{ ?f {t.STATUS} ?status }}"
            f" OPTIONAL {{ ?f {t.QUALIFICATION} ?q }} OPTIONAL {{ ?f {t.FROM} ?from }}"
            f" OPTIONAL {{ ?f {t.UNTIL} ?until }} }}"
        )
        for row in rows:
            kind, start, end = (None if row[name] is None else row[name].value for name in ("q", "from", "until"))
            qualification = Qualification(None if kind is None else kind.removeprefix(KG), start, end)
            said = row["status"]
            status = _status(qualification) if said is None else said.value.removeprefix(KG).lower()
            note = in_time(qualification)
            yield row["s"].value, row["p"].value, row["o"].value, status, note, row["f"].value


def _status(qualification: Qualification) -> str:
    """Give how a line looks that stands for a qualified fact."""
    if qualification.kind == _FUTURE:
        return "possible"
    return "former" if qualification.kind == _FORMER or qualification.end is not None else "asserted"


_NOT_RELATIONS: Final = (RDF, RDFS, SKOS, SCHEMA + "sameAs")


def as_json(reader: Reader, found: Neighbourhood, told: Mapping[str, int]) -> dict[str, Any]:
    """Give a neighbourhood as the graph view takes it."""
    things = [reader.shown(iri) for iri in found.nodes]
    labels = {each.iri: each.label for each in things}
    return {
        "nodes": [_node(each, told.get(each.iri, 0)) for each in things],
        "edges": [_edge(number, each, reader) for number, each in enumerate(found.edges)],
        "kinds": list(_kinds(things, reader)),
        "relations": sorted(
            ({"iri": iri, "label": reader.ontology.label(iri)} for iri in found.relations),
            key=lambda each: (each["label"], each["iri"]),
        ),
        "hidden": found.hidden,
        "title": labels[found.nodes[0]],
    }


def _node(thing: Shown, told: int) -> dict[str, Any]:
    return {
        "iri": thing.iri,
        "label": thing.label,
        "kind": thing.kind,
        "type": ", ".join(thing.types),
        "note": count(told, "fact or claim", "facts and claims"),
        "href": thing.href,
        "degree": told,
    }


def _edge(number: int, edge: Edge, reader: Reader) -> dict[str, Any]:
    return {
        "id": f"e{number}",
        "source": edge.source,
        "target": edge.target,
        "labels": edge.labels,
        "properties": edge.properties,
        "status": edge.status,
        "directed": edge.directed,
        "href": reader.addresses.href(edge.statement) if reader.is_known(edge.statement) else None,
    }


def _kinds(things: Iterable[Shown], reader: Reader) -> Iterator[dict[str, str]]:
    """Iterate over the kinds of some things as `kg draw` colours and shapes them."""
    for kind, style in sorted(styles_of({each.kind for each in things}, reader.ontology).items()):
        yield {"kind": kind, "label": reader.kind_label(kind), "colour": style.colour, "shape": style.shape}
