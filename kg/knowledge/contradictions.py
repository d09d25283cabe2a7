"""Contradictions: facts that cannot all be right at one time, found in the knowledge of a store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.knowledge import terms as t
from kg.knowledge.grains import Grains
from kg.knowledge.limits import Limit, find_limits
from kg.knowledge.nodes import Nodes, Term
from kg.knowledge.periods import Holding, Meeting, ends_before_it_starts
from kg.ontology import Ontology
from kg.store import Store
from kg.vocabulary import KG

_CLAIMED: Final = NamedNode(KG + "Claimed")
_DENIED: Final = NamedNode(KG + "Denied")
_WHEN: Final = {
    Meeting.TOGETHER: "said of one time",
    Meeting.CLOSE: "said within a month, and nothing tells of a change",
    Meeting.UNKNOWN: "said without dates, so that one may have followed the other",
}


class Kind(StrEnum):
    """How facts stand against one another, the worst first."""

    CONTRADICTION = "contradiction"
    POSSIBLE = "possible contradiction"
    DISPUTED = "disputed"
    CHANGE = "change"


_KINDS: Final = tuple(Kind)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that do not go together, by their IRIs: those of one value beside each other, values in the order of time.

    `thing` is what they are about: the subject, or the object where that can have one subject only. `relation` is the
    property that is limited so, or rdf:type for classes that exclude one another. `claims` dispute the facts.
    """

    kind: Kind
    thing: str
    relation: str
    reason: str
    values: tuple[tuple[str, ...], ...]
    claims: tuple[str, ...] = ()


@dataclass(slots=True)
class _Value:
    """A value of a thing: the nodes of the facts that say so, and of the claims; when it holds, by the facts."""

    term: Term
    facts: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)
    holding: Holding = field(default_factory=Holding)

    @property
    def order(self) -> tuple[object, ...]:
        return self.holding.first, str(self.term)


_Candidates = dict[tuple[Limit, str], dict[Term, list[str]]]


def find_conflicts(store: Store, ontology: Ontology) -> list[Conflict]:
    """Find the facts that contradict one another, those that may, those that claims dispute, and changes; sorted.

    - Two values of a property that the ontology limits to one contradict when both are said of one time: by articles of
      one day, by one article, or by one that stands between two that say the other; at any time where a value is fixed.
      Without dates, within a month, for a property that can have two, or where one value may be part of the other, they
      possibly do. Else one changed into the other. Values that say the same more or less exactly agree.
    - Two classes of a thing that are declared disjoint contradict one another; so does an end before its start.
    - A claim contradicts no fact: a fact that is denied, or beside which something else is claimed, is disputed.
    """
    search = _Search(Nodes(store), ontology, Grains(store, ontology))
    found = [*search.limited(), *search.denied(), *search.disjoint(), *search.backward()]
    about: defaultdict[str, list[Conflict]] = defaultdict(list)
    for each in found:
        about[each.thing].append(each)
    kept = (each for each in found if not any(_says_more(other, each, ontology) for other in about[each.thing]))
    return sorted(kept, key=lambda each: (_KINDS.index(each.kind), each.thing, each.relation, each.values, each.claims))


class _Search:
    def __init__(self, nodes: Nodes, ontology: Ontology, grains: Grains) -> None:
        self._nodes = nodes
        self._ontology = ontology
        self._grains = grains

    # -- properties that are limited to one value -----------------------------------------------------

    def limited(self) -> Iterator[Conflict]:
        """Iterate over values that do not go together, and over claims of other values."""
        for (limit, thing), nodes in self._candidates().items():
            values = sorted((self._value(*each) for each in nodes.items()), key=lambda value: value.order)
            held = [value for value in values if value.facts and value.holding.known]
            yield from self._compare(held, limit, thing)
            for value in values:
                yield from self._dispute(value, held, limit, thing)

    def _candidates(self) -> _Candidates:
        """Give the nodes of each value of each thing that has several."""
        limits = find_limits(self._ontology)
        predicates = {
            node: predicate
            for predicate in limits
            for node in self._nodes.subjects(t.RDF_PREDICATE, NamedNode(predicate))
        }
        subjects = {
            quad.subject: quad.object for quad in self._nodes.quads(None, t.RDF_SUBJECT) if quad.subject in predicates
        }
        found: defaultdict[tuple[Limit, str], defaultdict[Term, list[str]]] = defaultdict(lambda: defaultdict(list))
        for quad in self._nodes.quads(None, t.RDF_OBJECT):
            node, object = quad.subject, quad.object
            subject = subjects.get(node)
            if not isinstance(node, NamedNode) or not isinstance(subject, NamedNode):
                continue
            for limit in limits[predicates[node]]:
                thing, value = (object, subject) if limit.inverse else (subject, object)
                if isinstance(thing, NamedNode) and isinstance(value, NamedNode | Literal):
                    found[limit, thing.value][value].append(node.value)
        return {key: dict(values) for key, values in found.items() if len(values) > 1}

    def _value(self, term: Term, nodes: Iterable[str]) -> _Value:
        value = _Value(term)
        for node in map(NamedNode, sorted(nodes)):
            if self._nodes.is_a(node, t.CLAIM):
                if _CLAIMED in self._nodes.terms(node, t.STATUS):
                    value.claims.append(node.value)
            else:
                value.facts.append(node.value)
        value.holding = self._nodes.holding(*map(NamedNode, value.facts))
        return value

    def _compare(self, values: list[_Value], limit: Limit, thing: str) -> Iterator[Conflict]:
        groups: dict[Kind, _Groups] = {}
        for (first, a), (second, b) in combinations(enumerate(values), 2):
            judged = self._judge(a, b, limit)
            if judged is not None:
                groups.setdefault(judged[0], _Groups()).join(first, second, judged[1])
        for kind, found in groups.items():
            for numbers, reasons in found.all():
                facts = tuple(tuple(values[number].facts) for number in numbers)
                yield Conflict(kind, thing, limit.property, "; ".join(reasons), facts)

    def _judge(self, a: _Value, b: _Value, limit: Limit) -> tuple[Kind, str] | None:
        if self._grains.agree(a.term, b.term):
            return None
        part = self._grains.may_agree(a.term, b.term)
        if part and limit.mostly:
            return None
        meeting = Meeting.TOGETHER if limit.fixed else a.holding.meets(b.holding)
        if meeting is Meeting.APART:
            return Kind.CHANGE, "one after the other"
        doubts = ["there can be more than one"] * limit.mostly + ["one may be part of the other"] * part
        when = "what never changes" if limit.fixed else _WHEN[meeting]
        certain = meeting is Meeting.TOGETHER and not doubts
        return Kind.CONTRADICTION if certain else Kind.POSSIBLE, ", but ".join((when, *doubts))

    # -- claims ---------------------------------------------------------------------------------------

    def _dispute(self, value: _Value, held: list[_Value], limit: Limit, thing: str) -> Iterator[Conflict]:
        if not value.claims or any(self._grains.agree(value.term, each.term) for each in held):
            return
        claimed = _Value(value.term, holding=self._nodes.holding(*map(NamedNode, value.claims)))
        against = [each for each in held if self._is_contradiction(each, claimed, limit)]
        if against:
            facts = tuple(tuple(each.facts) for each in against)
            yield Conflict(Kind.DISPUTED, thing, limit.property, "somebody says otherwise", facts, tuple(value.claims))

    def _is_contradiction(self, a: _Value, b: _Value, limit: Limit) -> bool:
        judged = self._judge(a, b, limit)
        return judged is not None and judged[0] is Kind.CONTRADICTION

    def denied(self) -> Iterator[Conflict]:
        """Iterate over facts that somebody, or another article, denies at about the same time.

        Not over classes: what is denied (a resignation, say) is named by the very words that deny it.
        """
        denials: defaultdict[NamedNode, list[str]] = defaultdict(list)
        for claim in self._nodes.subjects(t.STATUS, _DENIED):
            triple = self._nodes.triple(claim)
            if triple is None or triple[1] == t.TYPE or self._nodes.qualification(claim) is not None:
                continue
            for fact in self._nodes.facts_that_say(*triple):
                if self._nodes.holding(fact).meets(self._nodes.holding(claim)) is not Meeting.APART:
                    denials[fact].append(claim.value)
        for fact, claims in denials.items():
            yield self._about(fact, Kind.DISPUTED, "it is denied", tuple(sorted(claims)))

    # -- classes and dates ----------------------------------------------------------------------------

    def disjoint(self) -> Iterator[Conflict]:
        """Iterate over classes of one thing that exclude one another."""
        types: defaultdict[NamedNode, list[str]] = defaultdict(list)
        classes = sorted(self._ontology.classes)
        for iri in (each for each in classes if not all(self._ontology.compatible(each, other) for other in classes)):
            for thing in self._nodes.subjects(t.TYPE, NamedNode(iri)):
                types[thing].append(iri)
        for thing, found in types.items():
            pairs = [pair for pair in combinations(found, 2) if not self._ontology.compatible(*pair)]
            excluded = [iri for iri in found if any(iri in pair for pair in pairs)]
            facts = [self._nodes.facts_that_say(thing, t.TYPE, NamedNode(iri)) for iri in excluded]
            if any(facts):
                values = tuple(tuple(fact.value for fact in each) for each in facts)
                yield Conflict(Kind.CONTRADICTION, thing.value, t.TYPE.value, "nothing is both", values)

    def backward(self) -> Iterator[Conflict]:
        """Iterate over what ends before it starts."""
        for node in self._nodes.subjects(t.TYPE, t.QUALIFIED_FACT):
            qualification = self._nodes.qualification(node)
            if qualification is not None and ends_before_it_starts(qualification):
                yield self._about(node, Kind.CONTRADICTION, "it ends before it starts")

    def _about(self, fact: NamedNode, kind: Kind, reason: str, claims: tuple[str, ...] = ()) -> Conflict:
        triple = self._nodes.triple(fact)
        assert triple is not None
        return Conflict(kind, triple[0].value, triple[1].value, reason, ((fact.value,),), claims)


class _Groups:
    """Values, by their numbers, that hang together by pairs of them; each group with the reasons of its pairs."""

    def __init__(self) -> None:
        self._leaders: dict[int, int] = {}
        self._reasons: dict[tuple[int, str], None] = {}

    def join(self, one: int, other: int, reason: str) -> None:
        """Add a pair."""
        self._leaders[self._find(one)] = self._find(other)
        self._reasons[one, reason] = None

    def all(self) -> Iterator[tuple[list[int], list[str]]]:
        """Iterate over the groups in the order of their first pairs, the numbers of each sorted."""
        reasons: dict[int, dict[str, None]] = {}
        for number, reason in self._reasons:
            reasons.setdefault(self._find(number), {})[reason] = None
        members: dict[int, list[int]] = {}
        for number in sorted(self._leaders):
            members.setdefault(self._find(number), []).append(number)
        for leader, told in reasons.items():
            yield members[leader], list(told)

    def _find(self, number: int) -> int:
        while (leader := self._leaders.setdefault(number, number)) != number:
            self._leaders[number] = number = self._leaders[leader]
        return number


def _says_more(one: Conflict, other: Conflict, ontology: Ontology) -> bool:
    """Say whether a conflict shows the same values of a thing as another by a property that is below the other's."""
    return (
        one.thing == other.thing
        and one.relation != other.relation
        and ontology.is_a(one.relation, other.relation)
        and len(one.values) == len(other.values)
        and _KINDS.index(one.kind) <= _KINDS.index(other.kind)
        and {fact for facts in one.values for fact in facts} <= {fact for facts in other.values for fact in facts}
    )
