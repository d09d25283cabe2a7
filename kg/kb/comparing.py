"""What articles relate a thing to, compared with what a knowledge base relates an entry to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from typing import Final

from kg.identity.names import name_key
from kg.identity.profiles import Profile, Relation
from kg.kb.entries import Entry, KnownFact, in_time
from kg.kb.evidence import Evidence, Feature
from kg.kb.index import KbIndex, other_key
from kg.kb.names import Spelling
from kg.kb.tails import without_tail
from kg.kb.terms import Terms
from kg.vocabulary import TYPE

SHARED: Final = 50
"""What more entries than this are related to tells none of them from the others."""
HUB: Final = 2000
"""What more entries than this are related to says little of any of them."""

_DAY: Final = 10
"""So many characters of a date and time are the date."""
_MOST_FACTS: Final = 500
"""So many facts of one entry are compared."""
_MOST_AROUND: Final = 50
_MOST_NAMESAKES: Final = 3
"""A name in the company of more bearers than this names none of them."""
_REMEMBERED: Final = 1 << 15


class Comparer:
    """Compares profiles with entries of a knowledge base."""

    def __init__(self, index: KbIndex, terms: Terms) -> None:
        self.index = index
        self.terms = terms
        self.keys = lru_cache(_REMEMBERED)(self._keys)
        self.classes = lru_cache(_REMEMBERED)(self._classes)
        self.lasting_classes = lru_cache(_REMEMBERED)(self._lasting_classes)
        self._reach = lru_cache(_REMEMBERED)(self._make_reach)
        self._named = lru_cache(_REMEMBERED)(self._find_named)
        self._around = lru_cache(_REMEMBERED)(self._make_around)
        self._home = lru_cache(_REMEMBERED)(self._find_home)

    def _classes(self, entry: Entry, date: str | None) -> frozenset[str]:
        """Give the classes of the ontology that an entry is of on a date; on any date for None."""
        kinds = (kind for kind in entry.types if date is None or in_time(kind.start, kind.end, date) is not False)
        return frozenset(iri for kind in kinds for iri in self.terms.classes(kind.text))

    def _lasting_classes(self, entry: Entry) -> frozenset[str]:
        """Give the classes that an entry is of whenever it is."""
        kinds = (kind for kind in entry.types if kind.start is None and kind.end is None)
        return frozenset(iri for kind in kinds for iri in self.terms.classes(kind.text))

    def _keys(self, entry: Entry) -> frozenset[str]:
        """Give the keys by which articles may name an entry: its names, with and without the word for its kind."""
        classes = self._classes(entry, None)
        keys = {name_key(name) for name in entry.names}
        if self.terms.is_person(classes):
            return frozenset(keys)
        for kind in entry.types:
            tails = self.index.tails.get(kind.text, ())
            keys |= {without_tail(key, tails) for key in keys}
        return frozenset(form for key in keys for each in classes or ("",) for form in self.terms.forms(key, each))

    def _other_keys(self, fact: KnownFact, classes: frozenset[str]) -> frozenset[str]:
        """Give the keys by which articles may name the other end of a fact; `classes` are those that it may be of."""
        other = self.index.by_id(fact.other) if fact.other else None
        if other is not None:
            return self.keys(other)
        key = name_key(fact.label)
        return frozenset((key, *(form for each in classes for form in self.terms.forms(key, each)))) - {""}

    def _names_of(self, fact: KnownFact) -> Iterator[str]:
        """Iterate over the keys of the names of the other end of a fact as they are."""
        other = self.index.by_id(fact.other) if fact.other else None
        yield from map(name_key, (fact.label,) if other is None else other.names)

    def relations(self, profile: Profile, entry: Entry) -> Iterator[tuple[Relation, Evidence]]:
        """Iterate over the relations of a profile that say something for or against an entry, and what."""
        for relation in profile.relations:
            if relation.predicate != TYPE:
                yield from ((relation, evidence) for evidence in self._relation(relation, profile, entry))

    def _relation(self, relation: Relation, profile: Profile, entry: Entry) -> Iterator[Evidence]:
        """Give the best that the facts of an entry say of one relation."""
        date = profile.published[:_DAY] if profile.published else None
        given = self.terms.keys_of(relation.other)
        found: list[Evidence] = []
        against: list[Evidence] = []
        for fact in entry.facts[:_MOST_FACTS]:
            properties = self._shared_properties(relation, fact, entry)
            if not properties:
                continue
            ranges = frozenset(each for iri in properties for each in self.terms.ontology.properties[iri].range)
            keys = self._other_keys(fact, ranges)
            holds = _holds(relation, fact, date)
            words = self._say(relation)
            if not given.isdisjoint(keys):
                found.append(_agreement(holds, words, fact, shared=self.index.degree(other_key(fact)) > SHARED))
            elif any(_in_part(one, other) for one in given for other in self._names_of(fact)):
                found.append(Evidence(Feature.RELATION_PART, f"{words}, the knowledge base to {self._name(fact)}"))
            elif holds is not False and not relation.former and self._one_at_a_time(relation, properties):
                feature = Feature.CONTRADICTION if holds else Feature.CONTRADICTION_UNDATED
                against.append(Evidence(feature, f"{words}, but the knowledge base to {self._name(fact)}{_span(fact)}"))
        found += self._from_other_end(relation, profile, entry)
        order = list(Feature)
        yield from sorted(found, key=lambda each: (order.index(each.feature), each.reason))[:1] or sorted(against)[:1]

    def _from_other_end(self, relation: Relation, profile: Profile, entry: Entry) -> Iterator[Evidence]:
        """Iterate over what the entries that the other end may be say of this one."""
        date = profile.published[:_DAY] if profile.published else None
        predicate = self._inverse(relation.predicate) if relation.forward else relation.predicate
        if predicate is None:
            return
        for other in self._named(relation.other):
            for fact in other.facts[:_MOST_FACTS]:
                if fact.other == entry.id and self._agreeing(fact, predicate, other, entry):
                    yield _agreement(_holds(relation, fact, date), self._say(relation), fact, shared=False)

    def _shared_properties(self, relation: Relation, fact: KnownFact, entry: Entry) -> list[str]:
        """Give the properties that a fact may be of and that are that of a relation, or above or below it."""
        predicate = relation.predicate if relation.forward else self._inverse(relation.predicate)
        other = self.index.by_id(fact.other) if fact.other else None
        return [] if predicate is None else self._agreeing(fact, predicate, entry, other)

    def _agreeing(self, fact: KnownFact, predicate: str, subject: Entry, other: Entry | None) -> list[str]:
        ontology = self.terms.ontology
        ends = self._classes(subject, None), frozenset() if other is None else self._classes(other, None)
        return [
            each
            for each in self.terms.properties(fact.property)
            if (ontology.is_a(each, predicate) or ontology.is_a(predicate, each)) and self.terms.fits(each, *ends)
        ]

    def _inverse(self, predicate: str) -> str | None:
        term = self.terms.ontology.properties.get(predicate)
        return None if term is None else predicate if term.symmetric else term.inverse

    def _one_at_a_time(self, relation: Relation, properties: Iterable[str]) -> bool:
        """Say whether what an article asserts is of a property that has one value at a time."""
        ontology = self.terms.ontology
        return relation.forward and any(
            ontology.properties[each].functional and ontology.is_a(relation.predicate, each) for each in properties
        )

    def company(self, profiles: Sequence[Profile], entry: Entry, related: Set[str]) -> Iterator[Evidence]:
        """Iterate over what else is named in the articles, and what of it belongs to an entry or to its fellows.

        What has one of the `related` keys tells nothing more: it is known to be related.
        """
        names = {key for profile in profiles for name in profile.company for key in self.terms.keys_of(name)}
        own = self.keys(entry)
        names -= own
        told: set[str] = set()
        for fact in entry.facts[:_MOST_FACTS]:
            keys = self._other_keys(fact, frozenset())
            if self.index.degree(other_key(fact)) > HUB or other_key(fact) in told:
                continue
            if not related.isdisjoint(keys):
                told.add(other_key(fact))
            elif not names.isdisjoint(keys):
                told.add(other_key(fact))
                yield Evidence(Feature.NEAR, f"articles name {self._name(fact)} with it")
        reach = self._reach(entry)
        for name in sorted(names - related):
            for other in self._named(name):
                if other.id in told or other.id == entry.id:
                    continue
                if entry.id in self._reach(other):
                    told.add(other.id)
                    yield Evidence(Feature.NEAR, f"articles name {other.label} with it")
                elif reach & self._reach(other):
                    told.add(other.id)
                    yield Evidence(Feature.FELLOW, f"articles name {other.label} with it, related to the same")

        for other in self._around(entry):
            if other.label not in told and not names.isdisjoint(self.keys(other)):
                yield Evidence(Feature.AROUND, f"articles name {other.label} with it, one step further away")

    def elsewhere(self, profiles: Sequence[Profile], entry: Entry) -> Iterator[Evidence]:
        """Say whether all articles are about other countries than that of an entry, as far as both can be told."""
        told = {whole for profile in profiles if profile.setting is not None for whole in profile.setting.wholes}
        home = self._home(entry)
        if told and home and home.isdisjoint(told):
            where = ", ".join(sorted(self.terms.ontology.label(iri) for iri in told))
            yield Evidence(Feature.ELSEWHERE, f"articles with it are about {where}")

    def _make_around(self, entry: Entry) -> tuple[Entry, ...]:
        """Give the entries that what an entry is related to is itself related to."""
        found = {other.id: other for near in self._near(entry) for other in self._near(near)}
        return tuple(other for iri, other in found.items() if iri != entry.id)

    def _near(self, entry: Entry) -> Iterator[Entry]:
        for fact in entry.facts[:_MOST_AROUND]:
            other = self.index.by_id(fact.other) if fact.other else None
            if other is not None:
                yield other

    def _find_home(self, entry: Entry) -> frozenset[str]:
        """Find the largest wholes that what an entry is related to, directly or by one step more, is a part of."""
        others = (*self._near(entry), *self._around(entry))
        return frozenset(
            whole for other in others for whole in self.terms.wholes(self.keys(other), self.lasting_classes(other))
        )

    def _make_reach(self, entry: Entry) -> frozenset[str]:
        """Give what stands for the things that an entry is related to, but for those that a great many are."""
        others = {other_key(fact) for fact in entry.facts[:_MOST_FACTS]}
        return frozenset(other for other in others if self.index.degree(other) <= HUB)

    def _find_named(self, key: str) -> tuple[Entry, ...]:
        """Find the few entries that a name in the company of something may mean."""
        if " " not in key:
            return ()
        found = [number for number, spelling in self.index.find(key) if spelling <= Spelling.SHORT]
        return tuple(map(self.index.entry, found)) if len(found) <= _MOST_NAMESAKES else ()

    def dates(self, profile: Profile, entry: Entry) -> bool | None:
        """Say whether something dated is known of an entry that holds on the date of a profile."""
        date = profile.published[:_DAY] if profile.published else None
        spans = [(kind.start, kind.end) for kind in entry.types]
        spans += [(fact.start, fact.end) for fact in entry.facts[:_MOST_FACTS]]
        told = {in_time(start, end, date) for start, end in (*spans, (None, entry.end))}
        return True if True in told else False if False in told else None

    def _name(self, fact: KnownFact) -> str:
        other = self.index.by_id(fact.other) if fact.other else None
        return fact.label or (other.label if other is not None else fact.other)

    def _say(self, relation: Relation) -> str:
        return f"articles relate it to {relation.label} ({self.terms.ontology.label(relation.predicate)})"


def _holds(relation: Relation, fact: KnownFact, date: str | None) -> bool | None:
    """Say whether a fact holds when a relation does: what is over need only have begun."""
    if relation.former or relation.end is not None:
        return in_time(fact.start, None, date)
    return in_time(fact.start, fact.end, relation.start or date)


def _agreement(holds: bool | None, words: str, fact: KnownFact, *, shared: bool) -> Evidence:
    feature = {True: Feature.RELATION, None: Feature.RELATION_UNDATED, False: Feature.RELATION_ONCE}[holds]
    if shared and holds is not False:
        feature = Feature.RELATION_SHARED
    return Evidence(feature, f"{words}, and so does the knowledge base{_span(fact)}")


def _span(fact: KnownFact) -> str:
    if fact.start is None or fact.end is None:
        return f" (since {fact.start})" if fact.start else f" (until {fact.end})" if fact.end else ""
    return f" ({fact.start} to {fact.end})"


def _in_part(one: str, other: str) -> bool:
    """Say whether all words of one key are among those of the other."""
    a, b = set(one.split()), set(other.split())
    return bool(a and b) and (a <= b or b <= a)
