"""Which decisions count, which say the same twice, and which contradict each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from kg.decisions.evidence import Locator
from kg.decisions.records import Add, Decision, Different, End, Reject, Relation, Rename, Same, Target, Undo
from kg.model import Iri
from kg.ontology import Ontology

Key = Hashable
"""What two targets share that are one thing: a referent; a mention or an IRI while there is no evidence of either."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two decisions that cannot both hold, the earlier first, and those by which they are about the same things."""

    earlier: Decision
    later: Decision
    through: tuple[Decision, ...] = ()


@dataclass(slots=True)
class Judgement:
    """What is known of decisions before they are applied.

    `effective` are those that were not undone, in the order of their times; `undone` tells by which decision.
    `superfluous` are those of the same thing, with the decisions from which they follow; `blurred` those that two
    things are different of which no article tells one from the other.
    """

    effective: list[Decision] = field(default_factory=list)
    undone: dict[str, Decision] = field(default_factory=dict)
    superfluous: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    blurred: set[str] = field(default_factory=set)
    contradictions: list[Contradiction] = field(default_factory=list)


def find_effective(decisions: Iterable[Decision]) -> Judgement:
    """Find out which decisions were not undone; the order in which they come does not matter."""
    judgement = Judgement()
    _find_effective(sorted(decisions, key=lambda decision: decision.order), judgement)
    return judgement


def judge(judgement: Judgement, locator: Locator, ontology: Ontology) -> None:
    """Find out which of the effective decisions say nothing new, and which contradict each other."""
    ties = _Ties(locator)
    for decision in judgement.effective:
        if isinstance(decision.content, Same):
            ties.join(decision, decision.content, judgement)
    for decision in judgement.effective:
        if isinstance(decision.content, Different):
            ties.check(decision, decision.content, judgement)
    judgement.contradictions += _renames(judgement.effective, ties)
    judgement.contradictions += _facts(judgement.effective, ties, ontology)


def _find_effective(ordered: list[Decision], judgement: Judgement) -> None:
    by_iri = {decision.iri: decision for decision in ordered}
    undoers: dict[str, list[Decision]] = {}
    for decision in ordered:
        if isinstance(decision.content, Undo):
            undoers.setdefault(decision.content.decision, []).append(decision)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for decision in ordered:
        sorter.add(decision.iri, *(each.iri for each in undoers.get(decision.iri, ())))
    try:
        order = list(sorter.static_order())
    except CycleError as error:
        circle = sorted((by_iri[iri] for iri in set(error.args[1])), key=lambda decision: decision.order)
        judgement.contradictions.append(Contradiction(circle[0], circle[-1], tuple(circle[1:-1])))
        return
    for iri in order:
        undoer = next((each for each in undoers.get(iri, ()) if each.iri not in judgement.undone), None)
        if undoer is not None and iri in by_iri:
            judgement.undone[iri] = undoer
    judgement.effective = [decision for decision in ordered if decision.iri not in judgement.undone]


class _Ties:
    """Which targets are one thing by decisions that they are the same."""

    def __init__(self, locator: Locator) -> None:
        self._locator = locator
        self._parents: dict[Key, Key] = {}
        self._edges: dict[Key, list[tuple[Key, Decision]]] = {}

    def join(self, decision: Decision, same: Same, judgement: Judgement) -> None:
        """Take both targets for one thing from now on."""
        if self.roots(same.one) & self.roots(same.other):
            judgement.superfluous[decision.iri] = self._chain(self._keys(same.one), self._keys(same.other))
        first, *rest = (*self._keys(same.one), *self._keys(same.other))
        for key in rest:
            self._parents[self._root(key)] = self._root(first)
            self._edges.setdefault(first, []).append((key, decision))
            self._edges.setdefault(key, []).append((first, decision))

    def check(self, decision: Decision, different: Different, judgement: Judgement) -> None:
        """See whether two things can be different."""
        one, other = self._keys(different.one), self._keys(different.other)
        ones, others = ([key for key in keys if key not in rest] for keys, rest in ((one, other), (other, one)))
        if not ones or not others:
            judgement.blurred.add(decision.iri)
        elif {self._root(key) for key in ones} & {self._root(key) for key in others}:
            chain = self._chain(ones, others)
            earlier, later = sorted((decision, chain[-1]), key=lambda each: each.order)
            judgement.contradictions.append(Contradiction(earlier, later, chain[:-1]))

    def roots(self, target: Target) -> set[Key]:
        """Give what two targets share when they are one thing."""
        return {self._root(key) for key in self._keys(target)}

    def end_roots(self, end: End) -> set[Key]:
        """Give the same for any object of a relation."""
        if isinstance(end, Target):
            return self.roots(end)
        known = self._locator.things.known(end.iri) if isinstance(end, Iri) else None
        return {end} if known is None else {self._root(member) for member in known.referents}

    def _chain(self, one: Iterable[Key], other: Iterable[Key]) -> tuple[Decision, ...]:
        """Give the fewest decisions by which two targets are one thing, the latest last."""
        ends = set(other)
        before: dict[Key, tuple[Key, Decision] | None] = dict.fromkeys(one)
        queue = deque(before)
        while queue and queue[0] not in ends:
            key = queue.popleft()
            for near, decision in self._edges.get(key, ()):
                if near not in before:
                    before[near] = key, decision
                    queue.append(near)
        found: dict[str, Decision] = {}
        step = before[queue[0]] if queue else None
        while step is not None:
            found[step[1].iri] = step[1]
            step = before[step[0]]
        return tuple(sorted(found.values(), key=lambda decision: decision.order))

    def _keys(self, target: Target) -> tuple[Key, ...]:
        return self._locator.members(target) or target.anchors or (target.iri,)

    def _root(self, key: Key) -> Key:
        while (parent := self._parents.get(key, key)) != key:
            self._parents[key] = self._parents.get(parent, parent)
            key = parent
        return key


def _renames(decisions: Iterable[Decision], ties: _Ties) -> Iterator[Contradiction]:
    named: dict[Key, Decision] = {}
    for decision in decisions:
        if not isinstance(decision.content, Rename):
            continue
        earlier = [named[root] for root in ties.roots(decision.content.one) if root in named]
        for each in sorted(set(earlier), key=lambda decision: decision.order):
            if isinstance(each.content, Rename) and each.content.name != decision.content.name:
                yield Contradiction(each, decision)
        named |= dict.fromkeys(ties.roots(decision.content.one), decision)


def _facts(decisions: list[Decision], ties: _Ties, ontology: Ontology) -> Iterator[Contradiction]:
    """Find what is both added and rejected."""
    rejected: dict[Key, Decision] = {}
    for decision in decisions:
        relation = _plainly_rejected(decision)
        if relation is not None:
            for key in _fact_keys(relation, ties, ontology):
                rejected.setdefault(key, decision)
    for decision in decisions:
        if isinstance(decision.content, Add):
            keys = _fact_keys(decision.content.relation, ties, ontology)
            found = {rejected[key].iri: rejected[key] for key in keys if key in rejected}
            for other in found.values():
                earlier, later = sorted((decision, other), key=lambda each: each.order)
                yield Contradiction(earlier, later)


def _plainly_rejected(decision: Decision) -> Relation | None:
    match decision.content:
        case Reject(Relation(qualification=None) as relation, None):
            return relation
    return None


def _fact_keys(relation: Relation, ties: _Ties, ontology: Ontology) -> Iterator[Key]:
    for one in ties.roots(relation.subject):
        for other in ties.end_roots(relation.object):
            yield one, relation.predicate, other
            for mirrored in mirrors(relation.predicate, ontology):
                yield other, mirrored, one


def mirrors(predicate: str, ontology: Ontology) -> tuple[str, ...]:
    """Give the properties that say the same of object and subject."""
    declared = ontology.properties.get(predicate)
    if declared is None or declared.datatype:
        return ()
    own = (predicate,) if declared.symmetric else ()
    return (*own, declared.inverse) if declared.inverse is not None else own
