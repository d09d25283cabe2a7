"""Weighing: how much what two articles tell speaks for or against one thing under one name.

The weights are log-odds. They were fitted by logistic regression on pairs of articles that mean one thing, or two, by a
name (`tests/identity/homonyms.jsonl`, and names of Wikinews 2019 that stand in several articles against pairs of other
names), then rounded.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from kg.identity.names import name_key
from kg.identity.profiles import Profile, Relation, key_of
from kg.identity.settings import Setting, words_of
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
FEW: Final = 256
"""So few pairs are compared one by one."""
USUAL_TOPIC: Final = 0.2
USUAL_SETTING: Final = 0.4
"""Cosines of two articles taken at random."""
SAME_TIME: Final = 2
"""So many years apart, a relation may have another value."""


Matrix: TypeAlias = npt.NDArray[np.float32]
_NO_SETTING: Final = Setting()
_NO_TOPIC: Final[Topic] = np.zeros(DIMENSIONS, np.float32)
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
                for key in sorted(_names(one).keys_with(_names(other)))
            ],
            "rare words": sorted(_words(one).keys_with(_words(other))),
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
        a, b = _Side(ones), _Side(others)
        settled = np.outer(a.settled, b.settled)
        size = np.sqrt(np.outer(a.sizes, b.sizes))
        lengths = np.sqrt(np.outer(a.lengths, b.lengths))
        wholes = _shared(a.wholes, b.wholes)
        placed = np.outer(a.placed, b.placed)
        features = {
            "nothing in common": settled * np.minimum(1, lengths / ENOUGH),
            "names": np.minimum(MOST_NAMES, _shared(a.names, b.names)),
            "rare words": np.minimum(MOST_WORDS, _shared(a.words, b.words) / (size / 10 + 0.5)),
            "topic": settled * _cosines([each.topic for each in ones], [each.topic for each in others], USUAL_TOPIC),
            "setting": settled * _cosines(a.topics, b.topics, USUAL_SETTING),
            "same country": placed * (wholes > 0),
            "other country" if person else "other country of a thing": placed * (wholes == 0),
            "relations": np.minimum(MOST_RELATIONS, _shared(a.relations, b.relations)),
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


@dataclass(frozen=True, slots=True)
class _Told(Generic[_Key]):
    """What an article tells that another may tell too, each with how much that says.

    What is the referent's `own` of it says nothing: an article that names it has that anyway.
    """

    values: Mapping[_Key, float]
    own: Set[_Key] = frozenset()

    def others(self) -> Mapping[_Key, float]:
        """Give what is not its own."""
        return {key: value for key, value in self.values.items() if key not in self.own}

    def keys_with(self, other: _Told[_Key]) -> Set[_Key]:
        """Give what both tell and is neither's own, in no order."""
        common = self.values.keys() & other.values.keys()
        return common - self.own - other.own if common else common

    def shared_with(self, other: _Told[_Key]) -> float:
        """Give what both tell, added up: of two values the geometric mean."""
        common = self.keys_with(other)
        return math.fsum([math.sqrt(self.values[key] * other.values[key]) for key in common]) if common else 0.0


class _Side:
    """What is weighed of some profiles: a vector or a list with something for each of them."""

    def __init__(self, profiles: Sequence[Profile]) -> None:
        settings = [_setting(each) for each in profiles]
        self.settled = np.array([each.setting is not None for each in profiles], np.float32)
        self.sizes = [min(len(each.words), MOST_COUNTED) for each in settings]
        """How many rare words each article has, as far as they count."""
        self.lengths = [len(each.words) + len(each.names) for each in settings]
        self.topics = [each.topic for each in settings]
        self.placed = np.array([bool(each.wholes) for each in settings], np.float32)
        self.wholes = [_Told(dict.fromkeys(each.wholes, 1.0)) for each in settings]
        self.names = [_names(each) for each in profiles]
        self.words = [_words(each) for each in profiles]
        self.relations = [_Told(dict.fromkeys(_ends(each), 1.0)) for each in profiles]


def _shared(ones: Sequence[_Told[_Key]], others: Sequence[_Told[_Key]]) -> Matrix:
    """Give what each pair has in common."""
    if len(ones) * len(others) <= FEW:
        sums = [[one.shared_with(other) for other in others] for one in ones]
        return np.array(sums, dtype=np.float32).round(3)
    left, right = ([each.others() for each in side] for side in (ones, others))
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


def _cosines(ones: Sequence[Topic | None], others: Sequence[Topic | None], usual: float) -> Matrix:
    """Give the cosine of each pair, the usual one where one of them is about nothing."""
    found = _stack(ones) @ _stack(others).T
    found[[topic is None for topic in ones], :] = usual
    found[:, [topic is None for topic in others]] = usual
    return found


def _stack(topics: Sequence[Topic | None]) -> Matrix:
    found = np.concatenate([_NO_TOPIC if topic is None else topic for topic in topics])
    return found.reshape(len(topics), DIMENSIONS)


def _names(profile: Profile) -> _Told[str]:
    """Give the names of the article; the referent's own, and those made of their words, are its own."""
    names = _setting(profile).names
    words = _own_words(profile.referent.names)
    own = {key for key in names if words.issuperset(key.split())}
    return _Told(names, own | {key_of(profile.referent)})


def _words(profile: Profile) -> _Told[str]:
    """Give the rare words of the article; those of a name of the referent are its own."""
    return _Told(_setting(profile).words, _own_words(profile.referent.names))


def _setting(profile: Profile) -> Setting:
    return _NO_SETTING if profile.setting is None else profile.setting


def _ends(profile: Profile) -> set[tuple[str, bool, str]]:
    return {(each.predicate, each.forward, each.other) for each in profile.relations if each.predicate != TYPE}


@lru_cache(maxsize=65536)
def _own_words(names: tuple[str, ...]) -> frozenset[str]:
    """Give the words of all names of a referent: what an article has of them tells nothing more."""
    return frozenset(word for name in names for word in (*words_of(name), *name_key(name).split()))


def _years_apart(one: str | None, other: str | None) -> int:
    if one is None or other is None or not (one[:4].isdigit() and other[:4].isdigit()):
        return 0
    return abs(int(one[:4]) - int(other[:4]))
