"""Links: which entry of a knowledge base a thing of the articles is, with the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.identity.names import bare_name, has_honorific, is_whole_name, name_key
from kg.identity.profiles import Profile
from kg.kb.comparing import Comparer
from kg.kb.entries import Entry, in_time
from kg.kb.evidence import LEAD, NAMES, RELATIONS, Evidence, Feature, Weighing, is_likely, is_sure
from kg.kb.index import KbIndex
from kg.kb.names import Spelling, person_keys
from kg.kb.terms import Terms
from kg.ontology import Ontology

MOST_PROFILES: Final = 300
"""So many profiles of one thing are compared, by the ids of their articles: what these do not tell, no others will."""

_SPELLINGS: Final = dict(zip(Spelling, NAMES, strict=True))
_SAID: Final = {
    Spelling.LABEL: "has the name {}",
    Spelling.ALIAS: "has another name of {}",
    Spelling.SHORT: "has the name {} in short",
    Spelling.OUTER: "has the first and the last name of {}",
    Spelling.NICKNAME: "has another form of the name {}",
}


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a knowledge base that a thing of the articles is: sure, or likely.

    `score` is the sum of the evidence (`kg.kb.evidence.WEIGHTS`); `reasons` are words, what counts most first.
    """

    entry: str
    sure: bool
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with the evidence on it."""

    entry: Entry
    weighing: Weighing
    comparable: bool


class Linker:
    """Finds the entries of a knowledge base that things of the articles are."""

    def __init__(self, index: KbIndex, ontology: Ontology) -> None:
        self.index = index
        self.terms = Terms(ontology)
        self.comparer = Comparer(index, self.terms)

    def link(self, profiles: Sequence[Profile], types: Sequence[str], label: str, names: Sequence[str]) -> list[Link]:
        """Link one thing, all of whose profiles, classes and names are given; their order does not matter.

        There is one link, or none where no entry leads clearly; several only to entries of one thing, that one names
        the other's identifier.
        """
        candidates = self.weigh(profiles, types, label, names)
        if not candidates:
            return []
        best, *others = self._things(candidates)
        if others and best[0].weighing.score < others[0][0].weighing.score + LEAD:
            return []
        person = self._is_person(types, label)
        leading = best[0]
        sure = is_sure(leading.weighing, person=person)
        if not sure and not is_likely(leading.weighing, person=person, comparable=leading.comparable):
            return []
        return [
            Link(each.entry.id, sure, leading.weighing.score, leading.weighing.reasons())
            for each in sorted(best, key=lambda each: each.entry.id)
        ]

    def weigh(
        self, profiles: Sequence[Profile], types: Sequence[str], label: str, names: Sequence[str]
    ) -> list[Candidate]:
        """Weigh all entries that a thing may be by its names and classes, the best first."""
        found = self._candidates(types, label, names)
        fitting = {
            number: spelling
            for number, spelling in found.items()
            if self._fits(self.index.entry(number), types, profiles)
        }
        things = self._count_things(map(self.index.entry, fitting))
        ordered = sorted(profiles, key=lambda profile: profile.member)[:MOST_PROFILES]
        candidates = [
            self._weigh(self.index.entry(number), spelling, ordered, types, label, only=things == 1)
            for number, spelling in fitting.items()
        ]
        return sorted(candidates, key=lambda each: (-each.weighing.score, each.entry.id))

    def _is_person(self, types: Sequence[str], label: str) -> bool:
        return self.terms.is_person(types) if types else has_honorific(label)

    def _candidates(self, types: Sequence[str], label: str, names: Sequence[str]) -> dict[int, Spelling]:
        """Find entries by the names of a thing: their numbers, and the truest spelling by which each was found."""
        asked: dict[str, Spelling] = {}
        for name in dict.fromkeys((label, *names)):
            for key, spelling in self._asked_keys(name, types, label).items():
                asked[key] = min(spelling, asked.get(key, spelling))
        person = self._is_person(types, label)
        found: dict[int, Spelling] = {}
        for key, asking in asked.items():
            for number, stored in self.index.find(key):
                spelling = max(asking, stored)
                if spelling > Spelling.SHORT and not person:
                    continue
                found[number] = min(spelling, found.get(number, spelling))
        return found

    def _asked_keys(self, name: str, types: Sequence[str], label: str) -> dict[str, Spelling]:
        if self._is_person(types, label):
            return person_keys(name) if is_whole_name(name) else {}
        key = name_key(name)
        if not key:
            return {}
        keys = {key: Spelling.LABEL}
        for kind in types:
            for form in sorted(self.terms.forms(key, kind)):
                keys.setdefault(form, Spelling.SHORT)
        for kind, tails in self.index.tails.items():
            classes = self.terms.classes(kind)
            if types and classes and self.terms.compatible(classes, types) and not self.terms.is_person(classes):
                for tail in tails:
                    keys.setdefault(f"{key} {tail}", Spelling.SHORT)
        return keys

    def _fits(self, entry: Entry, types: Sequence[str], profiles: Sequence[Profile]) -> bool:
        """Refuse what cannot be of both classes, and what was not there yet."""
        classes = self.comparer.classes(entry, None)
        if not self.terms.compatible(classes, types):
            return False
        if classes and types and self.terms.is_person(classes) != self.terms.is_person(types):
            return False
        return not any(in_time(entry.start, None, profile.published) is False for profile in profiles)

    def _weigh(
        self,
        entry: Entry,
        spelling: Spelling,
        profiles: Sequence[Profile],
        types: Sequence[str],
        label: str,
        *,
        only: bool,
    ) -> Candidate:
        evidence = [Evidence(_SPELLINGS[spelling], _SAID[spelling].format(entry.label))]
        if len(name_key(bare_name(label)).split()) > 1:
            evidence.append(Evidence(Feature.SEVERAL_WORDS, "a name of several words"))
        if only:
            evidence.append(Evidence(Feature.ONLY_BEARER, "nothing else here has the name"))
        evidence += self._of_types(entry, types, profiles)
        told = [each for profile in profiles for each in self.comparer.relations(profile, entry)]
        evidence += [each for _, each in told]
        agreeing = [relation for relation, each in told if each.feature in RELATIONS]
        related = frozenset(key for relation in agreeing for key in self.terms.keys_of(relation.other))
        evidence += self.comparer.company(profiles, entry, related)
        evidence += self.comparer.elsewhere(profiles, entry)
        if not agreeing:
            evidence += self._of_dates(entry, profiles)
        return Candidate(entry, Weighing(tuple(dict.fromkeys(evidence))), self._is_comparable(entry))

    def _is_comparable(self, entry: Entry) -> bool:
        """Say whether more is known of an entry than its name and that it is a person, an organisation, a place."""
        if any(map(self.terms.specific, self.comparer.classes(entry, None))):
            return True
        return any(
            self.terms.properties(fact.property) or (fact.other and self.index.by_id(fact.other) is not None)
            for fact in entry.facts
        )

    def _of_types(self, entry: Entry, types: Sequence[str], profiles: Sequence[Profile]) -> Iterator[Evidence]:
        ontology = self.terms.ontology
        dates = {profile.published[:10] if profile.published else None for profile in profiles} or {None}
        classes = frozenset(each for date in dates for each in self.comparer.classes(entry, date))
        pairs = [(one, other) for one in types for other in sorted(classes)]
        special = [(a, b) for a, b in pairs if self.terms.specific(a) and self.terms.specific(b)]
        agreeing = [(a, b) for a, b in special if ontology.is_a(a, b) or ontology.is_a(b, a)]
        if agreeing:
            narrow = max(agreeing, key=lambda pair: (len(ontology.ancestors(pair[0])), pair))[0]
            yield Evidence(Feature.SPECIFIC_TYPE, f"both are of the class {ontology.label(narrow)}")
        elif special and not any(self._common_specific(a, b) for a, b in special):
            one, other = special[0]
            yield Evidence(Feature.OTHER_TYPE, f"{ontology.label(one)} in articles, {ontology.label(other)} here")
        if pairs:
            yield Evidence(Feature.SAME_KIND, "the same kind of thing")

    def _common_specific(self, a: str, b: str) -> bool:
        """Say whether a class that says more than what kind of thing it is stands above both."""
        ontology = self.terms.ontology
        shared = ontology.ancestors(a) & ontology.ancestors(b)
        return any(each in ontology.classes and self.terms.specific(each) for each in shared)

    def _of_dates(self, entry: Entry, profiles: Sequence[Profile]) -> Iterator[Evidence]:
        told = {self.comparer.dates(profile, entry) for profile in profiles}
        if True in told:
            yield Evidence(Feature.IN_TIME, "what is known of it holds at the time")
        elif False in told:
            yield Evidence(Feature.OUT_OF_TIME, "what is known of it holds at another time")

    def _things(self, candidates: Sequence[Candidate]) -> list[list[Candidate]]:
        """Put candidates together that are entries of one thing, the best first."""
        things: list[tuple[set[str], list[Candidate]]] = []
        for candidate in candidates:
            own = {candidate.entry.id, *candidate.entry.identifiers}
            same = next((thing for thing in things if not own.isdisjoint(thing[0])), None)
            if same is None:
                things.append((own, [candidate]))
            else:
                same[0].update(own)
                same[1].append(candidate)
        return [thing for _, thing in things]

    def _count_things(self, entries: Iterable[Entry]) -> int:
        """Count the things that some entries are."""
        known: list[set[str]] = []
        for entry in sorted(entries, key=lambda each: each.id):
            own = {entry.id, *entry.identifiers}
            same = [each for each in known if not own.isdisjoint(each)]
            known = [each for each in known if each not in same] + [own.union(*same)]
        return len(known)
