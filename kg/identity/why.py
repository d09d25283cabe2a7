"""Why: what spoke for and against taking some referents for one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kg.identity.clusters import time_of
from kg.identity.joining import WINDOW, Joiner
from kg.identity.likeness import Likeness, OtherNames, PeopleNames
from kg.identity.names import name_key
from kg.identity.profiles import Profile
from kg.identity.weighing import Reason, Scale
from kg.model import Ruling
from kg.ontology import Ontology

NAMES: Final = 3
"""Of the referents before one, those of so many names are compared with it: of each the one that most speaks for."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two things that were compared, by the two referents that speak most for one thing.

    `likeness` is what the names say, `reasons` what the articles of the two tell, heaviest first, and `weight` all that
    is told of both things, in log-odds: below 0 they stay apart, if nothing else joins them.
    """

    one: Profile
    other: Profile
    likeness: Likeness
    weight: float
    reasons: tuple[Reason, ...]


class Why:
    """Explains the entities that identity made by one ontology and some rulings."""

    def __init__(self, ontology: Ontology, rulings: Iterable[Ruling] = ()) -> None:
        self._joiner = Joiner(ontology, rulings)
        self._scale = Scale(ontology)
        self._namings = (PeopleNames(), OtherNames(ontology))

    def keys_of(self, name: str) -> set[str]:
        """Give keys of a name; two names can mean one thing only if they have one in common."""
        return {name_key(name)}.union(*(naming.keys_of(name) for naming in self._namings))

    def merges(self, profiles: Sequence[Profile]) -> list[Link]:
        """Give for each referent of one entity but the first the one before it, in time, that speaks most for it."""
        ordered = sorted(profiles, key=time_of)
        person = any(self._joiner.kinds.person(each.referent) for each in ordered)
        found = []
        for number, profile in enumerate(ordered[1:], 1):
            before = ordered[max(0, number - WINDOW) : number]
            weights = self._scale.weigh([profile], before, person=person)[0]
            best: dict[str, Profile] = {}
            for place in np.argsort(-weights, kind="stable"):
                if np.isfinite(weights[place]):
                    best.setdefault(name_key(before[place].referent.label), before[place])
            links = [self._link([each], [profile]) for each in list(best.values())[:NAMES]]
            kept = [link for link in links if link is not None]
            if kept:
                found.append(max(kept, key=lambda link: link.weight))
        return found

    def nearest(self, profiles: Sequence[Profile], others: Mapping[str, Sequence[Profile]]) -> list[tuple[str, Link]]:
        """Give the other entities, by IRI, that a name of this one could mean, the nearest first."""
        found: dict[str, Link] = {}
        mine = _by_name(profiles)
        for iri, members in others.items():
            links = [self._link(one, other) for one in mine for other in _by_name(members)]
            kept = [link for link in links if link is not None]
            if kept:
                found[iri] = max(kept, key=lambda link: link.weight)
        return sorted(found.items(), key=lambda each: (-each[1].weight, each[0]))

    def _link(self, ones: Sequence[Profile], others: Sequence[Profile]) -> Link | None:
        comparison = self._joiner.compare(ones, others)
        if comparison is None:
            return None
        person = any(self._joiner.kinds.person(each[0].referent) for each in (ones, others))
        weights = self._scale.weigh(ones, others, person=person)
        row, column = divmod(int(weights.argmax()), len(others))
        one, other = ones[row], others[column]
        reasons = tuple(self._scale.explain(one, other, person=person)) if one.article != other.article else ()
        return Link(one, other, comparison.likeness, round(comparison.weight, 2), reasons)


def _by_name(profiles: Iterable[Profile]) -> list[list[Profile]]:
    """Put referents of one name together, those without left out."""
    named: dict[str, list[Profile]] = defaultdict(list)
    for profile in sorted(profiles, key=time_of):
        if profile.referent.named:
            named[name_key(profile.referent.label)].append(profile)
    return list(named.values())
