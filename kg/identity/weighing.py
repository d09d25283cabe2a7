"""Weighing: how much what two articles tell speaks for or against one thing under one name.

The weights are log-odds. They were fitted by logistic regression on pairs of articles that mean one thing, or two, by a
name (`tests/identity/homonyms.jsonl`, and names of Wikinews 2019 that stand in several articles against pairs of other
names), then rounded.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from kg.identity.names import name_key
from kg.identity.profiles import Profile, Relation, key_of
from kg.identity.settings import words_of
from kg.identity.topics import DIMENSIONS, Topic
from kg.ontology import Ontology
from kg.vocabulary import TYPE

if TYPE_CHECKING:
    from scipy.sparse import csr_array

WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {
        "nothing in common": -2.5,  # two articles taken at random
        "names": 1.6,  # each name that both articles have, by how rare it is; up to MOST_NAMES
        "rare words": 4.0,  # each ten of a hundred words that are rare in English
        "topic": 2.0,  # cosine of the sentences that mention it
        "setting": 2.0,  # cosine of the articles
        "same country": 0.25,  # a largest whole that both name a part of
        "other country": -1.8,  # both name places, and no largest whole is of both
        "other country of a thing": -2.4,  # the same, where it is no person: people travel
        "relations": 0.5,  # each relation to one and the same thing, up to MOST_RELATIONS
        "contradictions": -3.0,  # each relation that can have one value only, and has two
    }
)
"""What each feature weighs, times how much there is of it."""

MOST_NAMES: Final = 4.0
MOST_WORDS: Final = 6.0
MOST_RELATIONS: Final = 3.0
MOST_COUNTED: Final = 80
"""An article of more rare words than this has its share in common with any other."""
ENOUGH: Final = 10.0
"""Articles of fewer rare words than this tell little by having none in common."""
FEW: Final = 8
"""So few pairs are compared one by one."""
USUAL_TOPIC: Final = 0.2
USUAL_SETTING: Final = 0.4
"""Cosines of two articles taken at random."""
SAME_TIME: Final = 2
"""So many years apart, a relation may have another value."""


Matrix: TypeAlias = npt.NDArray[np.float32]
SingleValued: TypeAlias = dict[str, list[Relation]]
"""Relations of which a thing has one at a time, by their properties."""
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two may be one thing, or not: in words, and what it weighs."""

    words: str
    weight: float


class Scale:
    """Weighs pairs of profiles by an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology

    def weigh(self, ones: Sequence[Profile], others: Sequence[Profile], *, person: bool) -> Matrix:
        """Give the log-odds that each of `ones` and each of `others` are told of one thing, 0 where nothing is told.

        A row for each of `ones`, a column for each of `others`; minus infinity for two of one article.
        """
        features = self._features(ones, others, person)
        found = np.zeros((len(ones), len(others)), dtype=np.float32)
        for name, values in features.items():
            found += WEIGHTS[name] * values
        places = {article: number for number, article in enumerate(sorted({each.article for each in (*ones, *others)}))}
        rows, columns = ([places[each.article] for each in side] for side in (ones, others))
        found[np.equal.outer(rows, columns)] = -np.inf
        return found

    def explain(self, one: Profile, other: Profile, *, person: bool) -> list[Reason]:
        """Give what `weigh` adds up for two, what weighs most first."""
        features = {name: float(values[0, 0]) for name, values in self._features([one], [other], person).items()}
        told = {
            "names": [
                key if key not in self._ontology.individuals else self._ontology.label(key)
                for key in sorted(_other_names(one).keys() & _other_names(other).keys())
            ],
            "rare words": sorted(_other_words(one).keys() & _other_words(other).keys()),
            "relations": [
                f"{self._ontology.label(key[0])} {self._ontology.label(key[2])}"
                for key in sorted(_ends(one) & _ends(other))
            ],
            "contradictions": [
                f"{a.label} / {b.label}" for a, b in self._contradictions(*map(self._single_valued, (one, other)))
            ],
        }
        reasons = [
            Reason(f"{name}: {', '.join(told[name][:6])}" if told.get(name) else name, round(WEIGHTS[name] * value, 2))
            for name, value in features.items()
            if value
        ]
        return sorted(reasons, key=lambda reason: (-abs(reason.weight), reason.words))

    def _features(self, ones: Sequence[Profile], others: Sequence[Profile], person: bool) -> dict[str, Matrix]:
        """Give how much there is of each feature of `WEIGHTS` in each pair."""
        settled = _flags(ones, others, lambda profile: profile.setting is not None)
        size = np.sqrt(np.outer(_sizes(ones), _sizes(others)))
        wholes = _shared(ones, others, _wholes)
        placed = _flags(ones, others, lambda profile: bool(_wholes(profile)))
        features = {
            "nothing in common": settled * np.minimum(1, _lengths(ones, others) / ENOUGH),
            "names": np.minimum(MOST_NAMES, _shared(ones, others, _other_names)),
            "rare words": np.minimum(MOST_WORDS, _shared(ones, others, _other_words) / (size / 10 + 0.5)),
            "topic": settled * _cosines([each.topic for each in ones], [each.topic for each in others], USUAL_TOPIC),
            "setting": settled * _cosines(_settings(ones), _settings(others), USUAL_SETTING),
            "same country": placed * (wholes > 0),
            "other country" if person else "other country of a thing": placed * (wholes == 0),
            "relations": np.minimum(
                MOST_RELATIONS, _shared(ones, others, lambda each: dict.fromkeys(_ends(each), 1.0))
            ),
        }
        single = [[self._single_valued(each) for each in side] for side in (ones, others)]
        if all(map(any, single)):
            counts = np.zeros((len(ones), len(others)), dtype=np.float32)
            for row, column in product(*([n for n, each in enumerate(side) if each] for side in single)):
                if _years_apart(ones[row].published, others[column].published) <= SAME_TIME:
                    counts[row, column] = len(self._contradictions(single[0][row], single[1][column]))
            features["contradictions"] = counts
        return features

    def _single_valued(self, profile: Profile) -> SingleValued:
        """Give the relations that can hold to one thing at a time, by their properties."""
        found: SingleValued = {}
        for relation in profile.relations:
            declared = self._ontology.properties.get(relation.predicate)
            if relation.forward and declared is not None and declared.functional:
                found.setdefault(relation.predicate, []).append(relation)
        return found

    def _contradictions(self, a: SingleValued, b: SingleValued) -> list[tuple[Relation, Relation]]:
        """Give a pair of relations for each property of which one time has one value, and these have two."""
        found = []
        for predicate in sorted(a.keys() & b.keys()):
            if any(each.former for each in (*a[predicate], *b[predicate])):
                continue
            pairs = list(product(a[predicate], b[predicate]))
            if all(self._differ(one, other) for one, other in pairs):
                found.append(pairs[0])
        return found

    def _differ(self, one: Relation, other: Relation) -> bool:
        """Say whether two ends are written so differently that they are two things: without a common word."""
        words = [set(words_of(self._end(each))) for each in (one, other)]
        return one.other != other.other and words[0].isdisjoint(words[1])

    def _end(self, relation: Relation) -> str:
        """Give the other end as the article names it, or the label of the class or individual that it is."""
        return self._ontology.label(relation.other) if relation.label == relation.other else relation.label


def _shared(
    ones: Sequence[Profile], others: Sequence[Profile], of: Callable[[Profile], Mapping[_Key, float]]
) -> Matrix:
    """Give what each pair has in common of what `of` gives, added up: of two values the geometric mean."""
    left, right = [of(profile) for profile in ones], [of(profile) for profile in others]
    if len(ones) * len(others) <= FEW:
        sums = [[sum(math.sqrt(a[key] * b[key]) for key in a.keys() & b.keys()) for b in right] for a in left]
        return np.array(sums, dtype=np.float32).round(3)
    columns = {key: number for number, key in enumerate(sorted(set().union(*left) & set().union(*right), key=repr))}
    shared: Matrix = (_roots(left, columns) @ _roots(right, columns).T).toarray().round(3)
    return shared


def _roots(rows: Sequence[Mapping[_Key, float]], columns: Mapping[_Key, int]) -> csr_array:
    """Give the square roots of some values as a sparse matrix: a row for each mapping, a column for each key."""
    from scipy.sparse import csr_array

    found = [sorted((columns[key], value) for key, value in values.items() if key in columns) for values in rows]
    values = np.sqrt(np.array([value for row in found for _, value in row], np.float32))
    places = np.array([column for row in found for column, _ in row], np.int32)
    starts = np.cumsum([0, *map(len, found)], dtype=np.int32)
    return csr_array((values, places, starts), shape=(len(rows), len(columns)))


def _flags(ones: Sequence[Profile], others: Sequence[Profile], of: Callable[[Profile], bool]) -> Matrix:
    return np.outer([of(profile) for profile in ones], [of(profile) for profile in others]).astype(np.float32)


def _cosines(ones: Sequence[Topic | None], others: Sequence[Topic | None], usual: float) -> Matrix:
    """Give the cosine of each pair, the usual one where one of them is about nothing."""
    found = _stack(ones) @ _stack(others).T
    found[[topic is None for topic in ones], :] = usual
    found[:, [topic is None for topic in others]] = usual
    return found


def _stack(topics: Sequence[Topic | None]) -> Matrix:
    return np.stack([np.zeros(DIMENSIONS, np.float32) if topic is None else topic for topic in topics])


def _settings(profiles: Iterable[Profile]) -> list[Topic | None]:
    return [None if profile.setting is None else profile.setting.topic for profile in profiles]


def _names(profile: Profile) -> Mapping[str, float]:
    return {} if profile.setting is None else profile.setting.names


def _other_names(profile: Profile) -> Mapping[str, float]:
    """Give the names of the article that are none of the referent's own, nor made of their words."""
    own = _own_words(profile)
    itself = key_of(profile.referent)
    return {key: value for key, value in _names(profile).items() if key != itself and not own.issuperset(key.split())}


def _other_words(profile: Profile) -> Mapping[str, float]:
    """Give the rare words of the article that are in no name of the referent."""
    own = _own_words(profile)
    return {word: value for word, value in _words(profile).items() if word not in own}


def _words(profile: Profile) -> Mapping[str, float]:
    return {} if profile.setting is None else profile.setting.words


def _wholes(profile: Profile) -> Mapping[str, float]:
    return {} if profile.setting is None else dict.fromkeys(profile.setting.wholes, 1.0)


def _ends(profile: Profile) -> set[tuple[str, bool, str]]:
    return {(each.predicate, each.forward, each.other) for each in profile.relations if each.predicate != TYPE}


def _sizes(profiles: Iterable[Profile]) -> list[int]:
    """Give how many rare words each article has, as far as they count."""
    return [min(len(_words(profile)), MOST_COUNTED) for profile in profiles]


def _lengths(ones: Iterable[Profile], others: Iterable[Profile]) -> Matrix:
    """Give how much both of each pair tell, in rare words and names."""
    rows, columns = ([len(_words(each)) + len(_names(each)) for each in side] for side in (ones, others))
    lengths: Matrix = np.sqrt(np.outer(rows, columns)).astype(np.float32)
    return lengths


def _own_words(profile: Profile) -> set[str]:
    """Give the words of all names of a referent: what an article has of them tells nothing more."""
    return {word for name in profile.referent.names for word in (*words_of(name), *name_key(name).split())}


def _years_apart(one: str | None, other: str | None) -> int:
    if one is None or other is None or not (one[:4].isdigit() and other[:4].isdigit()):
        return 0
    return abs(int(one[:4]) - int(other[:4]))
