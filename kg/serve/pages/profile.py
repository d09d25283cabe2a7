"""All that a page shows of an entity, a bounded part of it at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import NamedNode

from kg.knowledge import terms as t
from kg.lookup import Claim, Event, Fact, Thing
from kg.serve.pages.reader import Node, Reader
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import KG, SCHEMA, SKOS, TYPE

FEW: Final = 5
MANY: Final = 25
_CROWDED: Final = 60
"""A thing with more facts than this shows but FEW of each relation at first."""

_READ_AT_ONCE: Final = 300
"""Triples that are read at once; what a thing with more has of each relation is counted and read by itself."""

MOST_CLAIMS: Final = 10
MOST_EVENTS: Final = 10
MOST_DATED: Final = 25
_MOST_EVENT_FACTS: Final = 20
_ENDS: Final = (t.RDF_SUBJECT, t.RDF_OBJECT)
_LINKS: Final = {
    SKOS + "exactMatch": "the same as",
    SKOS + "closeMatch": "probably the same as",
    SCHEMA + "sameAs": "a page about it",
}


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one relation, `inverse` where the thing is at the far end; `total` counts all, shown or not."""

    relation: Thing
    inverse: bool
    facts: tuple[Fact, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """Some of many, from `offset` on; `total` counts all."""

    items: tuple[object, ...]
    total: int
    offset: int = 0


class Profile:
    """Reads what is known of an entity, when it is asked for."""

    def __init__(self, reader: Reader, iri: str) -> None:
        self.reader = reader
        self.iri = iri
        self.node = NamedNode(iri)
        self.thing = reader.shown(iri)
        self._own = self._read(self.node, None)
        self._back = self._read(None, self.node)
        self._plain: set[str] = set()
        self._total = sum(self._outgoing.values()) + sum(self._incoming.values())

    def _read(self, subject: NamedNode | None, object: NamedNode | None) -> dict[str, list[Node]] | None:
        """Read what stands at the other ends, by property; None where that is more than is read at once."""
        found = self.reader.store.quads(subject, None, object, graph=DEFAULT_GRAPH)
        quads = list(islice(found, _READ_AT_ONCE + 1))
        ends: dict[str, list[Node]] = {}
        for quad in quads:
            end = quad.subject if subject is None else quad.object
            ends.setdefault(quad.predicate.value, []).append(end)  # type: ignore[arg-type]
        return ends if len(quads) <= _READ_AT_ONCE else None

    @cached_property
    def _outgoing(self) -> dict[str, int]:
        counts = self._counted(f"{self.node} ?p ?o") if self._own is None else _lengths(self._own)
        return {p: n for p, n in counts.items() if p == TYPE or self._is_relation(p)}

    @cached_property
    def _about(self) -> dict[str, int]:
        return self._counted(f"?s ?p {self.node}") if self._back is None else _lengths(self._back)

    @property
    def _incoming(self) -> dict[str, int]:
        return {p: n for p, n in self._about.items() if self._is_relation(p) and p not in self._roles}

    @cached_property
    def _roles(self) -> list[str]:
        """The properties by which the thing has part in events."""
        return sorted(p for p in self._about if self._is_relation(p) and self.reader.is_role(p))

    def _counted(self, pattern: str) -> dict[str, int]:
        rows = self.reader.ask(f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ {pattern} }} GROUP BY ?p")
        return {row[0].value: int(row[1].value) for row in rows}

    def _is_relation(self, predicate: str) -> bool:
        return predicate in self.reader.ontology.properties and not predicate.startswith(KG)

    # -- plain facts ----------------------------------------------------------------------------------

    def groups(self) -> list[Group]:
        """Give the plain facts by relation, what it is first; a few of each where there are many."""
        return [*self._groups(inverse=False), *self._groups(inverse=True)]

    def _groups(self, *, inverse: bool) -> list[Group]:
        limit = FEW if self._total > _CROWDED else MANY
        found = [
            self.group(each, inverse=inverse, limit=limit) for each in (self._incoming if inverse else self._outgoing)
        ]
        return sorted((each for each in found if each.facts), key=_group_order)

    def group(self, predicate: str, *, inverse: bool = False, limit: int = MANY, offset: int = 0) -> Group:
        """Give some facts of one relation in the order of the names at the other end."""
        own = self._about if inverse else self._outgoing
        counted = own.get(predicate, 0)
        mirror = self._mirror(predicate) if inverse else None
        if mirror is not None and mirror == predicate and counted == self._outgoing.get(predicate, 0):
            return Group(self.reader.thing(predicate), inverse, (), 0)  # all of it is told in the other direction
        ends = self._read_ends(predicate, inverse, mirror)
        if ends is not None:
            counted = len(ends)
        elif mirror is not None:
            counted = self.reader.count(self._pattern(predicate, inverse, mirror))
        if counted > limit or offset:
            ends = self._page(predicate, inverse, mirror, limit, offset) if counted else []
        elif ends is None:
            ends = self._ends(predicate, inverse, mirror)
        facts = [self._fact(predicate, end, inverse) for end in ends]
        if offset == 0 and counted <= limit:
            facts.sort(key=lambda fact: ((fact.subject if inverse else fact.object).label.casefold(), fact.iri))
        return Group(self.reader.thing(predicate), inverse, tuple(facts), counted)

    def _mirror(self, predicate: str) -> str | None:
        """Give the property by which the other direction is told already of some: itself where it is symmetric."""
        declared = self.reader.ontology.properties[predicate]
        mirror = declared.iri if declared.symmetric else declared.inverse
        return mirror if mirror in self._outgoing else None

    def _pattern(self, predicate: str, inverse: bool, mirror: str | None) -> str:
        if not inverse:
            return f"{self.node} <{predicate}> ?end ."
        told = "" if mirror is None else f" FILTER NOT EXISTS {{ {self.node} <{mirror}> ?end }}"
        return f"?end <{predicate}> {self.node} .{told}"

    def _read_ends(self, predicate: str, inverse: bool, mirror: str | None) -> list[Node] | None:
        """Give what is at the other ends of a relation, of what was read at once; None where that is not all."""
        if not inverse:
            return None if self._own is None else self._own.get(predicate, [])
        if self._back is None or (mirror is not None and self._own is None):
            return None
        told = set() if mirror is None or self._own is None else set(self._own.get(mirror, ()))
        return [end for end in self._back.get(predicate, []) if end not in told]

    def _ends(self, predicate: str, inverse: bool, mirror: str | None) -> list[Node]:
        if not inverse:
            return self._objects(predicate)
        if mirror is None:
            found = self.reader.store.quads(None, NamedNode(predicate), self.node, graph=DEFAULT_GRAPH)
            return [quad.subject for quad in found]  # type: ignore[misc]
        return [row[0] for row in self.reader.ask(f"SELECT ?end WHERE {{ {self._pattern(predicate, True, mirror)} }}")]

    def _objects(self, predicate: str) -> list[Node]:
        if self._own is not None:
            return self._own.get(predicate, [])
        found = self.reader.store.quads(self.node, NamedNode(predicate), graph=DEFAULT_GRAPH)
        return [quad.object for quad in found]  # type: ignore[misc]

    def _page(self, predicate: str, inverse: bool, mirror: str | None, limit: int, offset: int) -> list[Node]:
        pattern = self._pattern(predicate, inverse, mirror)
        query = f"SELECT ?end WHERE {{ {pattern} OPTIONAL {{ ?end {t.RDFS_LABEL} ?label }} }}"
        return [row[0] for row in self.reader.ask(f"{query} ORDER BY ?label ?end LIMIT {limit} OFFSET {offset}")]

    def _fact(self, predicate: str, end: Node, inverse: bool) -> Fact:
        subject, object = (end.value, self.node) if inverse else (self.iri, end)
        fact = self.reader.plain_fact(subject, predicate, object)
        self._plain.add(fact.iri)
        return fact

    # -- qualified facts, events, claims --------------------------------------------------------------

    def dated(self, offset: int = 0, limit: int = MOST_DATED) -> Part:
        """Give what is former, acting, future or dated, the latest first."""
        if not any(str(each.value) in self._about for each in _ENDS) or self._is_all_plain():
            return Part((), 0)
        rows = self.reader.ask(
            f"SELECT ?f ?from ?until WHERE {{ {{ ?f {t.RDF_SUBJECT} {self.node} }}"
            f" UNION {{ ?f {t.RDF_OBJECT} {self.node} }} FILTER EXISTS {{ ?f a {t.QUALIFIED_FACT} }}"
            f" OPTIONAL {{ ?f {t.FROM} ?from }} OPTIONAL {{ ?f {t.UNTIL} ?until }} }}"
        )
        found = [((row[1] or row[2]), row[0].value) for row in rows]
        found.sort(key=lambda each: each[1])
        found.sort(key=lambda each: each[0].value if each[0] else "", reverse=True)
        facts = (self.reader.fact(iri) for _, iri in found[offset : offset + limit])
        shown = tuple(fact for fact in facts if not self._is_mirrored(fact))
        return Part(shown, len(found), offset)

    def _is_all_plain(self) -> bool:
        """Say whether the thing is in no other facts than the plain ones that were read already."""
        if self._back is None:
            return False
        return all(node.value in self._plain for each in _ENDS for node in self._back.get(each.value, ()))

    def _is_mirrored(self, fact: Fact) -> bool:
        declared = self.reader.ontology.properties.get(fact.relation.iri)
        return declared is not None and declared.symmetric and fact.object.iri == self.iri

    def events(self, offset: int = 0, limit: int = MOST_EVENTS) -> Part:
        """Give the events that the thing has part in, each with what is known of it, the latest first."""
        if not self._roles:
            return Part((), 0)
        roles = " ".join(f"<{each}>" for each in self._roles)
        dates = "|".join(f"<{each}>" for each in self.reader.date_properties)
        dated = f"OPTIONAL {{ ?e {dates} ?date }}" if dates else ""
        rows = self.reader.ask(f"SELECT ?e ?date WHERE {{ VALUES ?role {{ {roles} }} ?e ?role {self.node} . {dated} }}")
        found: dict[str, str] = {}
        for row in rows:
            date = row["date"].value if dates and row["date"] else ""
            found[row["e"].value] = max(date, found.get(row["e"].value, ""))
        ranked = sorted(sorted(found), key=lambda iri: found[iri], reverse=True)
        return Part(tuple(map(self._event, ranked[offset : offset + limit])), len(ranked), offset)

    def _event(self, iri: str) -> Event:
        other = Profile(self.reader, iri)
        facts = [fact for group in other._groups(inverse=False) for fact in group.facts]
        return Event(other.thing, tuple(fact for fact in facts if fact.relation.iri != TYPE)[:_MOST_EVENT_FACTS])

    def claims(self, *, by: bool, offset: int = 0, limit: int = MOST_CLAIMS) -> Part:
        """Give the claims that the thing makes, or those about it, the latest first."""
        role = t.SPEAKER if by else t.ABOUT
        total = self._about.get(role.value, 0)
        if not total:
            return Part((), 0)
        rows = self.reader.ask(
            f"SELECT ?c (MAX(?date) AS ?last) WHERE {{ ?c {role} {self.node} ; {t.STATED_IN} ?a ."
            f" OPTIONAL {{ GRAPH ?a {{ ?a {t.PUBLISHED} ?date }} }} }}"
            f" GROUP BY ?c ORDER BY DESC(?last) ?c LIMIT {limit} OFFSET {offset}"
        )
        claims: list[Claim] = [self.reader.claim(row[0].value) for row in rows]
        return Part(tuple(claims), total, offset)

    # -- links ----------------------------------------------------------------------------------------

    def links(self) -> list[tuple[str, str]]:
        """Give what the thing is elsewhere, in words and as an IRI, sorted."""
        found = (
            (words, end.value)
            for predicate, words in _LINKS.items()
            for end in self._objects(predicate)
            if isinstance(end, NamedNode)
        )
        return sorted(found)


def _group_order(group: Group) -> tuple[object, ...]:
    return group.relation.iri != TYPE, group.relation.label, group.relation.iri


def _lengths(ends: Mapping[str, Sequence[Node]]) -> dict[str, int]:
    return {predicate: len(own) for predicate, own in ends.items()}
