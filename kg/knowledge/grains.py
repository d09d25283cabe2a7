"""Values that say the same more or less exactly: a part and its whole, a day and its year."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal, InvalidOperation
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.knowledge import terms as t
from kg.knowledge.nodes import Term
from kg.ontology import Ontology
from kg.ontology.wholes import PART_OF
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import XSD

_DATES: Final = frozenset(XSD + name for name in ("gYear", "gYearMonth", "date", "dateTime"))
_ROUNDED: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))


class Grains:
    """What is part of what, by the facts of a store and the individuals of its ontology."""

    def __init__(self, store: Store, ontology: Ontology) -> None:
        self._store = store
        self._ontology = ontology
        self._parts = [each for iri, each in ontology.properties.items() if ontology.ancestors(iri) & PART_OF]
        self._known = {
            quad.subject.value: quad.object.value
            for quad in store.quads(None, t.EXACT_MATCH, graph=DEFAULT_GRAPH)
            if isinstance(quad.subject, NamedNode)
            and isinstance(quad.object, NamedNode)
            and quad.object.value in ontology.individuals
        }
        self._wholes = self._find_wholes()
        self._classes: dict[NamedNode, frozenset[str]] = {}
        self._fitting: dict[tuple[frozenset[str], frozenset[str]], bool] = {}
        self._far: dict[str, set[str]] = {}
        self._inner = {parent for each in ontology.classes.values() for parent in each.parents}

    def agree(self, a: Term, b: Term) -> bool:
        """Say whether two values are one thing, or one of them says the same less exactly.

        Dates agree when one is the beginning of the other, decimals when one is the other rounded, things when one is
        known to be part of the other.
        """
        if isinstance(a, Literal) or isinstance(b, Literal):
            return isinstance(a, Literal) and isinstance(b, Literal) and _same_value(a, b)
        one, other = self._plain(a), self._plain(b)
        return one == other or other in self._above(one) or one in self._above(other)

    def may_agree(self, a: Term, b: Term) -> bool:
        """Say whether one thing could be part of the other for all that is known of their classes.

        Not so when both are of one class that has no class below it, for then they are of one grain.
        """
        if isinstance(a, Literal) or isinstance(b, Literal):
            return False
        ends = self._types(a), self._types(b)
        if ends not in self._fitting:
            self._fitting[ends] = self._may_fit(*ends)
        return self._fitting[ends]

    def _may_fit(self, one: frozenset[str], other: frozenset[str]) -> bool:
        if one & other - self._inner:
            return False
        ends = ((one, other), (other, one))
        return any(
            self._fits(inner, each.domain) and self._fits(outer, each.range)
            for each in self._parts
            for inner, outer in ends
        )

    def _find_wholes(self) -> dict[str, set[str]]:
        wholes: defaultdict[str, set[str]] = defaultdict(set)
        for part in self._parts:
            for quad in self._store.quads(None, NamedNode(part.iri), graph=DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
                    wholes[self._plain(quad.subject)].add(self._plain(quad.object))
            for iri in self._ontology.individuals:
                wholes[iri].update(self._ontology.triples.iris(iri, part.iri))
        return wholes

    def _plain(self, node: NamedNode) -> str:
        return self._known.get(node.value, node.value)

    def _above(self, iri: str) -> set[str]:
        if iri not in self._far:
            found: set[str] = set()
            todo = [iri]
            while todo:
                new = self._wholes.get(todo.pop(), set()) - found
                found |= new
                todo += new
            self._far[iri] = found
        return self._far[iri]

    def _types(self, node: NamedNode) -> frozenset[str]:
        if node not in self._classes:
            quads = self._store.quads(node, t.TYPE, graph=DEFAULT_GRAPH)
            self._classes[node] = frozenset(q.object.value for q in quads if isinstance(q.object, NamedNode))
        return self._classes[node]

    def _fits(self, types: frozenset[str], ends: tuple[str, ...]) -> bool:
        return not ends or any(self._ontology.is_a(each, end) for each in types for end in ends)


def _same_value(a: Literal, b: Literal) -> bool:
    if a.datatype.value in _DATES and b.datatype.value in _DATES:
        return a.value.startswith(b.value) or b.value.startswith(a.value)
    if {a.datatype.value, b.datatype.value} & _ROUNDED:
        try:
            one, other = Decimal(a.value), Decimal(b.value)
            return abs(one - other) * 2 <= Decimal(1).scaleb(-min(_digits(one), _digits(other)))
        except InvalidOperation:
            return False
    return a.value == b.value


def _digits(number: Decimal) -> int:
    """Count the digits after the point that are not idle zeros at the end."""
    return max(0, -int(number.normalize().as_tuple().exponent)) if number.is_finite() else 0
