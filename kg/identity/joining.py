"""Joining: referents of one name become clusters as far as what is told allows, then clusters whose names are alike.

All decisions are taken on sets in an order of their own, so that the order of articles cannot matter.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product
from typing import Final, TypeAlias

import numpy as np

from kg.identity.choosing import best_pair
from kg.identity.clusters import Cluster, Comparison, best_of, full_key, in_touch, make_cluster, tell, time_of
from kg.identity.components import Components, linked_sets
from kg.identity.kinds import Kind, Kinds, kind_of
from kg.identity.likeness import LEFT_OUT, SPELLING, SPELT, Likeness, OtherNames, PeopleNames
from kg.identity.profiles import Profile
from kg.identity.weighing import Scale
from kg.model import Ruling
from kg.ontology import Ontology

PERSON: Final = Likeness("the same name, of people", 0.4)
THING: Final = Likeness("the same name", 1.5)
GENERIC: Final = Likeness("the same name, but words for a kind of thing", -0.5)
WORDS: Final = Likeness("the same common noun", 9.0)
KNOWN: Final = Likeness("names of one individual of the ontologies", 9.0)
OTHER_KIND: Final = Likeness("the same name, taken for another kind of thing", -0.5)
ALIAS: Final = Likeness("a name that an article gives it", 2.0)
OFTEN: Final = 0.5
"""What it says that a name is often that thing's, for each e-fold of articles."""
TOGETHER: Final = -3.0
"""What it says of two people, or of two spellings, that all articles of one name the other too, as somebody else."""
FAINT: Final = -1.5
"""Names that are so little alike are not compared where too many are."""
MUCH: Final = 1.0
"""So much is told for one thing before names are joined that were taken for different kinds of thing."""
MORE: Final = 2.0
"""The same where one of the names is but a part of the other."""
MANY: Final = 3
"""A kind that so many times more articles see is the surer one, whatever either was taken from."""
CROWD: Final = 60
"""More clusters than this under one key of likeness are not compared: the key says nothing."""
WINDOW: Final = 256
"""A referent is compared with so many of its name before it, and some more."""

OnComparison: TypeAlias = Callable[[Comparison], object]
Compare: TypeAlias = Callable[[Cluster, Cluster], Comparison | None]


class Joiner:
    """Makes clusters of referents by one ontology and some rulings; `on_comparison` hears of each that mattered."""

    def __init__(
        self, ontology: Ontology, rulings: Iterable[Ruling] = (), on_comparison: OnComparison | None = None
    ) -> None:
        self.kinds = Kinds(ontology)
        self._scale = Scale(ontology)
        self._people = PeopleNames()
        self._others = OtherNames(ontology)
        both: Sequence[PeopleNames | OtherNames] = (self._people, self._others)
        self._namings = {(True, True): both[:1], (False, False): both[1:], (True, False): both, (False, True): both}
        self._compared: dict[tuple[Kind, bool, Kind, bool], bool] = {}
        self._rulings = tuple(rulings)
        self._apart = [(set(each.one), set(each.other)) for each in self._rulings if not each.same]
        self._ruled = {member for sides in self._apart for side in sides for member in side}
        self._tell = on_comparison or (lambda comparison: None)

    def join(self, profiles: Iterable[Profile]) -> list[Cluster]:
        """Give the clusters of all referents, in no order."""
        named: dict[str, list[Profile]] = defaultdict(list)
        found: list[Cluster] = []
        for profile in profiles:
            key = full_key(profile, self.kinds)
            if key or profile.referent.known is not None:
                named[key or f"<{profile.referent.known}>"].append(profile)
            else:
                found.append(make_cluster([profile], "", self.kinds))
        for key, same in named.items():
            own = "" if key.startswith("<") else key
            parts = [cluster for part in self._by_kind(same) for cluster in self._by_telling(part, own)]
            found += self._settle(parts, self._across_kinds) if len(parts) > 1 else parts
        found = self._join_known(found)
        found = self._join_alike(found)
        return self._join_ruled(found)

    def compare(self, one: Sequence[Profile], other: Sequence[Profile]) -> Comparison | None:
        """Compare the referents of two things as `join` does; None where no name of one could mean the other."""
        a, b = (make_cluster(each, full_key(each[0], self.kinds), self.kinds) for each in (one, other))
        if a.kind.known & b.kind.known:
            return Comparison(a.first, b.first, KNOWN, 0.0)
        if not a.keys & b.keys:
            return self._alike(a, b)
        return self._namesakes(a, b, min(a.keys)) if self._same_kind(a, b) else self._across_kinds(a, b)

    # -- one name ---------------------------------------------------------------------------------

    def _by_kind(self, profiles: Iterable[Profile]) -> Iterator[list[Profile]]:
        """Split the bearers of one name by what they can be.

        A kind that fits two which exclude each other says nothing about which of them it is: it stays in its article.
        """
        by_kind: dict[Kind, list[Profile]] = defaultdict(list)
        for profile in profiles:
            by_kind[kind_of(profile.referent)].append(profile)
        fits = {kind: [other for other in by_kind if self.kinds.compatible(kind, other)] for kind in by_kind}
        clear = frozenset(kind for kind in by_kind if self.kinds.all_compatible(fits[kind]))
        parts: dict[object, list[Profile]] = defaultdict(list)
        for kind, same in by_kind.items():
            for profile in same:
                part = clear.intersection(fits[kind]) if kind in clear else (kind, profile.article)
                parts[part].append(profile)
        yield from parts.values()

    def _by_telling(self, profiles: list[Profile], key: str) -> list[Cluster]:
        """Split the bearers of one name that can be one thing by what is told of them.

        In the order of time, those that somebody ruled on first, each joins the cluster that what is told in the
        WINDOW articles before it speaks for most, or begins one; then the clusters are joined.
        """
        if len(profiles) == 1 or self._is_told(profiles):
            return [make_cluster(profiles, key, self.kinds)]
        ordered = sorted(profiles, key=lambda each: (each.member not in self._ruled, time_of(each)))
        person = any(self.kinds.person(each.referent) for each in ordered)
        numbers: list[int] = []
        found: list[Cluster] = []
        for start in range(0, len(ordered), WINDOW):
            first = max(0, start - WINDOW)
            block, before = ordered[start : start + WINDOW], ordered[first : start + WINDOW]
            weights = self._scale.weigh(block, before, person=person)
            for place, profile in enumerate(block):
                own = make_cluster([profile], key, self.kinds)
                near = np.array(numbers[first : start + place], dtype=np.int64)
                told = {
                    number: best_of(weights[place, : near.size][near == number]) for number in np.unique(near).tolist()
                }
                near_by = {n: self._same_name(own, found[n], key, told[n]) for n in told}
                number = self._choose_cluster(own, near_by, found)
                if number is None:
                    number = len(found)
                    found.append(own)
                else:
                    self._tell(replace(near_by[number], joined=True))
                    found[number].absorb(own)
                numbers.append(number)
        return self._settle(found, lambda one, other: self._namesakes(one, other, key)) if len(found) > 1 else found

    def _is_told(self, profiles: Iterable[Profile]) -> bool:
        """Say whether the name alone tells that its bearers are one thing: one individual, or a common noun's."""
        if any(each.member in self._ruled for each in profiles):
            return False
        kinds = {kind_of(each.referent) for each in profiles}
        known = {each.known for each in kinds}
        return (len(known) == 1 and known != {frozenset()}) or all(map(self.kinds.noun, kinds))

    def _choose_cluster(self, own: Cluster, near: dict[int, Comparison], clusters: list[Cluster]) -> int | None:
        allowed = [n for n, each in near.items() if each.weight >= 0 and not self._forbidden(own, clusters[n])]
        return max(allowed, key=lambda number: (near[number].weight, -number), default=None)

    def _namesakes(self, one: Cluster, other: Cluster, key: str) -> Comparison:
        """Compare two clusters of one name."""
        person = one.person or other.person
        return self._same_name(one, other, key, tell(one.members, other.members, self._scale, person=person))

    def _same_name(self, one: Cluster, other: Cluster, key: str, told: float) -> Comparison:
        """Weigh what is told of two clusters of one name."""
        if self.kinds.noun(one.kind) and self.kinds.noun(other.kind):
            return Comparison(one.first, other.first, WORDS, 0.0)
        generic = key and self._others.generic(key)
        likeness = PERSON if one.person or other.person else GENERIC if generic else THING
        few, many = sorted((len(one.articles), len(other.articles)))
        often = OFTEN * math.log(many / few)
        if (one.kind.known and one.kind.known == other.kind.known) or one.articles & other.articles:
            told = max(told, 0.0)
        return Comparison(one.first, other.first, likeness, told + often)

    def _across_kinds(self, one: Cluster, other: Cluster) -> Comparison | None:
        """Compare two clusters of one name that were taken for different kinds of thing.

        None unless one of them was but guessed to be of its kind, and much that is told is in common.
        """
        guessed = self.kinds.guessed(one.kind) or self.kinds.guessed(other.kind)
        if not guessed or (one.kind.known and other.kind.known):
            return None
        told = tell(one.members, other.members, self._scale, person=one.person and other.person)
        return Comparison(one.first, other.first, OTHER_KIND, told) if told >= MUCH else None

    # -- other names --------------------------------------------------------------------------------

    def _join_known(self, clusters: list[Cluster]) -> list[Cluster]:
        """Join the clusters of each individual."""
        first: dict[str, Cluster] = {}
        found: list[Cluster] = []
        for cluster in sorted(clusters, key=lambda each: each.first):
            known = next(iter(cluster.kind.known), None)
            own = first.setdefault(known, cluster) if known is not None else cluster
            if own is cluster or self._forbidden(own, cluster) or not self.kinds.compatible(own.kind, cluster.kind):
                found.append(cluster)
            else:
                own.absorb(cluster)
        return found

    def _join_alike(self, clusters: list[Cluster]) -> list[Cluster]:
        """Join clusters whose names are alike, each group that may be compared by itself."""
        links: dict[tuple[int, int], float] = {}
        seen: set[int] = set()
        for numbers in self._blocks(clusters):
            for first, second in combinations(numbers, 2):
                pair = first * len(clusters) + second
                if pair not in seen:
                    seen.add(pair)
                    likeness = self._likeness(clusters[first], clusters[second])
                    if likeness is not None:
                        links[first, second] = likeness.weight
        found: list[Cluster] = []
        for group in linked_sets(range(len(clusters)), links, most=CROWD, least=FAINT):
            parts = [clusters[number] for number in group]
            found += self._settle(parts, self._alike) if len(parts) > 1 else parts
        return found

    def _blocks(self, clusters: Sequence[Cluster]) -> Iterator[list[int]]:
        """Iterate over small sets of clusters of which some may be one thing: those that share a key of their names.

        Where too many do, those that share the key and a rare name that their articles are about.
        """
        for numbers in self._keyed(clusters).values():
            if len(numbers) <= CROWD:
                yield numbers
                continue
            together: dict[str, list[int]] = defaultdict(list)
            for number in numbers:
                for name in clusters[number].rare_names():
                    together[name].append(number)
            yield from (few for few in together.values() if len(few) <= CROWD)

    def _keyed(self, clusters: Sequence[Cluster]) -> dict[str, list[int]]:
        keyed: dict[str, list[int]] = defaultdict(list)
        for number, cluster in enumerate(clusters):
            if self.kinds.noun(cluster.kind):
                continue
            keys = {f"name {key}" for key in cluster.keys | cluster.aliases}
            # Where its kind is but a guess, its names may be of a person or not.
            guessed = self.kinds.guessed(cluster.kind)
            for names in self._namings[guessed or cluster.person, not guessed and cluster.person]:
                for label in cluster.shortest():
                    keys.update(names.keys_of(label))
            for key in keys:
                keyed[key].append(number)
        return keyed

    def _alike(self, one: Cluster, other: Cluster) -> Comparison | None:
        """Compare two clusters by their names; None when these are not alike."""
        likeness = self._likeness(one, other)
        if likeness is None or (likeness.weight < 0 and not in_touch(one.members, other.members)):
            return None
        told = tell(one.members, other.members, self._scale, person=one.person or other.person)
        if (one.person or other.person or likeness.words == SPELT) and likeness.name == "":
            share = len(one.articles & other.articles) / min(len(one.articles), len(other.articles))
            told = min(told, told * (1 - share) + TOGETHER * share)
        if not self._same_kind(one, other):
            if told < (MORE if likeness.words.startswith(LEFT_OUT) else MUCH):
                return None
            likeness = Likeness(
                f"{likeness.words}, taken for another kind of thing", likeness.weight + OTHER_KIND.weight
            )
        return Comparison(one.first, other.first, likeness, told)

    def _same_kind(self, one: Cluster, other: Cluster) -> bool:
        return one.person == other.person and self.kinds.compatible(one.kind, other.kind)

    def _likeness(self, one: Cluster, other: Cluster) -> Likeness | None:
        """Give the best likeness of any two names; None for what has no name that others could mean."""
        if not (one.keys or other.keys) or not self._comparable(one, other):
            return None
        if one.aliases or other.aliases:
            shared = sorted((one.keys & other.aliases) | (other.keys & one.aliases))
            given = next((key for key in shared if not self._others.generic(key)), None)
            if given is not None:
                return replace(ALIAS, name=given)
        if not one.keys.isdisjoint(other.keys):
            return None
        best: Likeness | None = None
        for names in self._namings[one.person, other.person]:
            for a, b in product(one.shortest(), other.shortest()):
                found = names.compare(a, b)
                if found is not None and (best is None or found.weight > best.weight):
                    best = found
        if best is None or self._of_two_countries(one, other):
            return None
        if best.words.startswith(LEFT_OUT) and not self._fits(best.left_out, one, other):
            return None
        return None if best.weight == SPELLING and one.kind.known | other.kind.known else best

    def _comparable(self, one: Cluster, other: Cluster) -> bool:
        """Say whether what two clusters were taken for allows that they are one thing by another name."""
        key = one.kind, one.person, other.kind, other.person
        found = self._compared.get(key)
        if found is None:
            guessed = self.kinds.guessed(one.kind) or self.kinds.guessed(other.kind)
            known = bool(one.kind.known and other.kind.known)
            found = self._compared[key] = not known and (guessed or self._same_kind(one, other))
        return found

    def _of_two_countries(self, one: Cluster, other: Cluster) -> bool:
        """Say whether the names of two things name countries, and no country in common."""
        a, b = (
            {word for label in each.labels for word in self._others.words(label) & self._others.countries}
            for each in (one, other)
        )
        return bool(a and b) and a.isdisjoint(b) and not (one.person or other.person)

    def _fits(self, left_out: Iterable[str], one: Cluster, other: Cluster) -> bool:
        """Say whether words for a kind of thing may be left out: both are of a related kind, and of those things.

        What is known to be of a narrower kind is none of them: a council is not its library.
        """
        classes = [iri for word in left_out for iri in self._others.classes[word]]
        both = [one.kind, other.kind]
        if not self._same_kind(one, other):  # one of them was guessed, and wrongly if they are one thing
            both = [kind for kind in both if not self.kinds.guessed(kind)]
        elif not self.kinds.related(*both):
            return False
        return all(self.kinds.fits(iri, kind) for iri in classes for kind in both)

    # -- joining ------------------------------------------------------------------------------------

    def _settle(self, clusters: Sequence[Cluster], compare: Compare) -> list[Cluster]:
        """Join the best pair again and again, until none is left that leads all others of its two."""
        if len(clusters) > CROWD:
            return list(clusters)
        left = dict(enumerate(sorted(clusters, key=lambda each: each.first)))
        near: dict[int, dict[int, Comparison]] = {number: {} for number in left}

        def look(one: int, other: int) -> None:
            found = compare(left[one], left[other])
            if found is not None and not self._forbidden(left[one], left[other]):
                near[one][other] = near[other][one] = found

        for one, other in combinations(left, 2):
            look(one, other)
        while (best := best_pair(near)) is not None:
            one, other = sorted(best)
            self._tell(replace(near[one][other], joined=True))
            winner = None if self._same_kind(left[one], left[other]) else self._surer(left[one], left[other])
            left[one].absorb(left.pop(other), as_one=winner)
            again = (near[one].keys() | near.pop(other).keys()) - {one, other}
            for third in again:
                near[third].pop(other, None)
                near[third].pop(one, None)
            near[one].clear()
            for third in sorted(again):
                look(*sorted((one, third)))
        for one, others in near.items():
            for other in (other for other in others if one < other):
                self._tell(others[other])
        return list(left.values())

    def _surer(self, one: Cluster, other: Cluster) -> Cluster:
        """Give the one of many more articles, else the one whose kind is not a guess, else that of more articles."""
        few, many = sorted((one, other), key=lambda each: (len(each.articles), each.first))
        if len(many.articles) > MANY * len(few.articles) or not self.kinds.guessed(many.kind):
            return many
        return many if self.kinds.guessed(few.kind) else few

    def _forbidden(self, one: Cluster, other: Cluster) -> bool:
        """Say whether somebody ruled that a referent of one is never a referent of the other."""
        if not self._apart:
            return False
        a, b = ({profile.member for profile in each.members} & self._ruled for each in (one, other))
        return any((a & x and b & y) or (a & y and b & x) for x, y in self._apart)

    def _join_ruled(self, clusters: list[Cluster]) -> list[Cluster]:
        """Join what was ruled to be one thing: of each side the cluster that holds most of its referents."""
        rulings = [each for each in self._rulings if each.same]
        if not rulings:
            return clusters
        ordered = sorted(clusters, key=lambda each: each.first)
        of = {profile.member: number for number, each in enumerate(ordered) for profile in each.members}
        groups = Components(range(len(ordered)))
        for ruling in rulings:
            one, other = (_most(of[member] for member in side if member in of) for side in (ruling.one, ruling.other))
            if one is not None and other is not None and not self._forbidden(ordered[one], ordered[other]):
                groups.link(one, other)
        found = []
        for first, *others in groups.sets():
            for other in others:
                ordered[first].absorb(ordered[other])
            found.append(ordered[first])
        return found


def _most(numbers: Iterable[int]) -> int | None:
    """Give the number that is there most often, the smallest of these."""
    found = sorted(numbers)
    return min(found, key=lambda number: (-found.count(number), number), default=None)
