"""Clusters: referents that are one thing, and the comparisons that make them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kg.identity.kinds import Kind, Kinds, kind_of, union
from kg.identity.likeness import Likeness
from kg.identity.names import is_whole_name
from kg.identity.profiles import Member, Profile
from kg.identity.weighing import Matrix, Scale
from kg.model import Referent

NEIGHBOURS: Final = 6
"""A referent is compared with so many of a cluster, those nearest in time."""
LABELS: Final = 3
"""So many names of a cluster are compared with those of another, the shortest."""
RARE: Final = 0.9
"""A name of an article that is as rare as this tells it from others."""
BEST: Final = 3
"""The mean of so many comparisons decides."""


@dataclass(slots=True, eq=False)
class Cluster:
    """Referents that are one thing, in the order of time.

    `first` is the first of them by id, which stands for the cluster where the order of articles must not matter. `keys`
    are the keys of the names by which other articles may mean it, none when they cannot: it has no name, or is a
    person of whom an article gives no more than a surname. `aliases` are keys of the other names that an article
    gives it, `labels` its fullest names as articles write them.
    """

    members: list[Profile]
    first: Member
    kind: Kind
    person: bool
    keys: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)
    _shortest: list[str] = field(default_factory=list)

    def shortest(self) -> list[str]:
        """Give a few of the labels, the shortest first: those that are compared with the names of other clusters."""
        if not self._shortest:
            self._shortest = sorted(self.labels, key=lambda label: (len(label), label))[:LABELS]
        return self._shortest

    def rare_names(self) -> set[str]:
        """Give the names of others that tell its articles from most."""
        settings = (profile.setting for profile in self.members if profile.setting is not None)
        return {name for each in settings for name, rarity in each.names.items() if rarity >= RARE} - self.keys

    def absorb(self, other: Cluster, *, as_one: Cluster | None = None) -> None:
        """Take all of another cluster in. It is then of both kinds, or of the kind of the one that is named."""
        for profile in other.members:
            insort(self.members, profile, key=time_of)
        self.first = min(self.first, other.first)
        self._shortest = []
        self.person = self.person or other.person if as_one is None else as_one.person
        self.kind = union((self.kind, other.kind)) if as_one is None else as_one.kind
        for name in ("keys", "aliases", "labels", "articles"):
            getattr(self, name).update(getattr(other, name))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two clusters that were compared, by a referent of each: what their names say and what is told, in log-odds."""

    one: Member
    other: Member
    likeness: Likeness
    told: float
    joined: bool = False

    @property
    def weight(self) -> float:
        """Whether they are one thing, in log-odds."""
        return self.likeness.weight + self.told


def make_cluster(members: Iterable[Profile], key: str, kinds: Kinds) -> Cluster:
    """Make the cluster of some referents that have the name with this key, or none where it is empty."""
    ordered = sorted(members, key=time_of)
    referents = [profile.referent for profile in ordered]
    return Cluster(
        ordered,
        min(profile.member for profile in ordered),
        union(map(kind_of, referents)),
        any(map(kinds.person, referents)),
        {key} if key else set(),
        {alias for referent in referents for alias in _aliases(referent, key, kinds)} if key else set(),
        {referent.label for referent in referents if referent.named},
        {profile.article for profile in ordered},
    )


def full_key(profile: Profile, kinds: Kinds) -> str:
    """Give the key under which other articles may mean the referent; empty when they cannot."""
    referent = profile.referent
    if not referent.named or (kinds.person(referent) and not is_whole_name(referent.label)):
        return ""
    return kinds.key(referent.label, referent)


def tell(one: Sequence[Profile], other: Sequence[Profile], scale: Scale, *, person: bool) -> float:
    """Give what articles tell, in log-odds, of whether the referents of two clusters are one thing.

    A few of each are compared, those of the larger cluster that are nearest in time; the best comparisons count.
    """
    few, many = sorted((one, other), key=len)
    some = _spread(few)
    near = sorted({each.member: each for profile in some for each in _nearest(profile, many)}.values(), key=time_of)
    weights = scale.weigh(some, _spread(near), person=person)
    return best_of(weights.ravel())


def in_touch(one: Sequence[Profile], other: Sequence[Profile]) -> bool:
    """Say whether some articles of two clusters have a name or a rare word in common: if not, nothing joins them."""
    settings = [[each.setting for each in _spread(side) if each.setting is not None] for side in (one, other)]
    return any(
        not a.names.keys().isdisjoint(b.names) or not a.words.keys().isdisjoint(b.words)
        for a in settings[0]
        for b in settings[1]
    )


def best_of(weights: Matrix) -> float:
    """Give the mean of the best of some weights, 0 where there are none; those of one article do not count."""
    found = weights[np.isfinite(weights)]
    if found.size > BEST:
        found = np.partition(found, found.size - BEST)[-BEST:]
    return float(found.sum() / found.size) if found.size else 0.0


def time_of(profile: Profile) -> tuple[str, str, str]:
    """Order referents by the dates of their articles."""
    return profile.published or "", *profile.member


def _spread(members: Sequence[Profile]) -> Sequence[Profile]:
    if len(members) <= NEIGHBOURS:
        return members
    step = (len(members) - 1) / (NEIGHBOURS - 1)
    return [members[round(number * step)] for number in range(NEIGHBOURS)]


def _nearest(profile: Profile, members: Sequence[Profile]) -> Sequence[Profile]:
    if len(members) <= NEIGHBOURS:
        return members
    place = bisect_left(members, time_of(profile), key=time_of)
    start = max(0, min(place - NEIGHBOURS // 2, len(members) - NEIGHBOURS))
    return members[start : start + NEIGHBOURS]


def _aliases(referent: Referent, full: str, kinds: Kinds) -> Iterator[str]:
    """Iterate over the keys of the other names, but for those that many people share: surnames, of two words or one."""
    person = kinds.person(referent) or not referent.types
    words = full.split()
    for name in referent.names:
        key = kinds.key(name, referent)
        if not key or key == full or (person and not is_whole_name(name)):
            continue
        part = key.split()
        if person and part[0] != words[0] and set(part) < set(words):
            continue
        yield key
