"""Evidence: what speaks for and against an entry of a knowledge base being what articles tell of, and how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Feature(StrEnum):
    """A kind of evidence."""

    LABEL = "label"
    ALIAS = "alias"
    SHORT = "short"
    OUTER = "outer"
    NICKNAME = "nickname"
    SEVERAL_WORDS = "several words"
    ONLY_BEARER = "only bearer"
    SPECIFIC_TYPE = "specific type"
    SAME_KIND = "same kind"
    OTHER_TYPE = "other type"
    RELATION = "relation"
    RELATION_UNDATED = "relation undated"
    RELATION_SHARED = "relation shared"
    RELATION_ONCE = "relation once"
    RELATION_PART = "relation in part"
    CONTRADICTION = "contradiction"
    CONTRADICTION_UNDATED = "contradiction undated"
    NEAR = "near"
    FELLOW = "fellow"
    AROUND = "around"
    ELSEWHERE = "elsewhere"
    IN_TIME = "in time"
    OUT_OF_TIME = "out of time"


WEIGHTS: Final = {
    Feature.LABEL: 3.0,  # it has the name that the entry is called by
    Feature.ALIAS: 3.0,  # it has another name of the entry
    Feature.SHORT: 2.0,  # without what is no part of the name: a bracket, the word for its kind
    Feature.OUTER: 2.0,  # first and last name agree, one side has more between them
    Feature.NICKNAME: 1.0,  # the first name is another form of that of the entry
    Feature.SEVERAL_WORDS: 0.5,  # a name of several words has fewer bearers
    Feature.ONLY_BEARER: 0.5,  # nothing else in the knowledge base has the name
    Feature.SPECIFIC_TYPE: 1.5,  # both are of a class that says more than person, organisation, place
    Feature.SAME_KIND: 0.5,  # both are people, or organisations, or places
    Feature.OTHER_TYPE: -1.0,  # both are of specific classes, neither of which is above the other
    Feature.RELATION: 3.0,  # the article relates it to what the entry was related to on its date
    Feature.RELATION_UNDATED: 2.5,  # the same, where the knowledge base or the article has no date
    Feature.RELATION_SHARED: 2.0,  # the same, with or without a date, to something that many are related to
    Feature.RELATION_ONCE: 1.0,  # the same, at another time
    Feature.RELATION_PART: 1.0,  # the names of the other ends agree in part
    Feature.CONTRADICTION: -4.0,  # the article gives another value of a property that has one at a time
    Feature.CONTRADICTION_UNDATED: -2.0,  # the same, where no date says that both hold at one time
    Feature.NEAR: 1.0,  # the article also names something that the entry is related to
    Feature.FELLOW: 0.7,  # the article also names something that is related to the same thing
    Feature.AROUND: 0.5,  # the article also names what that in turn is related to, such as its country
    Feature.ELSEWHERE: -1.5,  # the articles are about other countries than that of what the entry is related to
    Feature.IN_TIME: 0.5,  # what is known of the entry holds on the date of the article
    Feature.OUT_OF_TIME: -1.5,  # all that is known of the entry holds at another time
}
"""How much each kind of evidence counts; a link is the sum of these, with the limits in `MOST`."""

MOST: Final = {
    Feature.RELATION: 2,
    Feature.RELATION_UNDATED: 2,
    Feature.RELATION_SHARED: 2,
    Feature.RELATION_ONCE: 1,
    Feature.RELATION_PART: 1,
    Feature.CONTRADICTION: 2,
    Feature.CONTRADICTION_UNDATED: 2,
    Feature.NEAR: 2,
    Feature.FELLOW: 2,
}
"""So many pieces of evidence of one kind count; of the others one."""

SURE: Final = 6.0
"""The least score of a sure link."""
LIKELY: Final = 4.5
"""The least score of a likely link."""
LEAD: Final = 1.5
"""By so much the best candidate must go before the next."""

ONE_NEAR: Final = WEIGHTS[Feature.NEAR]
ONE_FELLOW: Final = WEIGHTS[Feature.FELLOW]

NAMES: Final = (Feature.LABEL, Feature.ALIAS, Feature.SHORT, Feature.OUTER, Feature.NICKNAME)
WHOLE_NAMES: Final = frozenset((Feature.LABEL, Feature.ALIAS))
TELLING: Final = frozenset((Feature.RELATION, Feature.RELATION_UNDATED))
RELATIONS: Final = frozenset((*TELLING, Feature.RELATION_SHARED))
CONTRADICTIONS: Final = frozenset((Feature.CONTRADICTION, Feature.CONTRADICTION_UNDATED))
COMPANY: Final = frozenset((Feature.NEAR, Feature.FELLOW))
SURROUNDINGS: Final = frozenset((*COMPANY, Feature.AROUND, Feature.RELATION_PART))


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One piece of evidence and the reason in words."""

    feature: Feature
    reason: str


@dataclass(frozen=True, slots=True)
class Weighing:
    """All evidence on one candidate."""

    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """The sum of what counts, to a tenth."""
        return round(sum(WEIGHTS[each.feature] for each in self.counted()), 1)

    def counted(self) -> list[Evidence]:
        """Give the evidence that counts, in the order of the table."""
        found: list[Evidence] = []
        for feature in Feature:
            found += sorted(each for each in self.evidence if each.feature is feature)[: MOST.get(feature, 1)]
        return found

    def has(self, features: Iterable[Feature]) -> bool:
        """Say whether there is evidence of one of these kinds."""
        wanted = set(features)
        return any(each.feature in wanted for each in self.evidence)

    def weight(self, features: Iterable[Feature]) -> float:
        """Give what evidence of these kinds counts together."""
        wanted = set(features)
        return sum(WEIGHTS[each.feature] for each in self.counted() if each.feature in wanted)

    def reasons(self) -> tuple[str, ...]:
        """Give what counts in words, what counts most first."""
        return tuple(each.reason for each in sorted(self.counted(), key=lambda e: -abs(WEIGHTS[e.feature])))


def is_sure(weighing: Weighing, *, person: bool) -> bool:
    """Say whether evidence makes a link sure.

    The name alone never does. A relation that both tell of does, where nothing outweighs it; one that many share, when
    both are of one specific class and the first name is the same. So does company that the entry would keep, for the
    only bearer of a whole name: one thing near will do when both are of one specific class; otherwise there must be
    more.
    """
    if weighing.score < SURE or weighing.has((Feature.OTHER_TYPE, Feature.OUT_OF_TIME)):
        return False
    specific = weighing.has((Feature.SPECIFIC_TYPE,))
    telling = weighing.weight(TELLING)
    if weighing.has(CONTRADICTIONS):
        return telling > abs(weighing.weight(CONTRADICTIONS))
    if telling and (specific or person):
        return True
    if weighing.has((Feature.ELSEWHERE,)):
        return False
    if specific and weighing.has(RELATIONS) and not weighing.has((Feature.NICKNAME,)):
        return True
    near = weighing.weight(COMPANY)
    only = weighing.has((Feature.ONLY_BEARER,)) and weighing.has(WHOLE_NAMES)
    if not person:
        return only and near >= (ONE_NEAR if specific else 2 * ONE_NEAR)
    if not weighing.has((Feature.SEVERAL_WORDS,)):
        return False
    return only and near >= (ONE_NEAR if specific else ONE_NEAR + ONE_FELLOW)


def is_likely(weighing: Weighing, *, person: bool, comparable: bool) -> bool:
    """Say whether evidence makes a link likely; `comparable` tells that there was more to compare than names.

    A name alone does where the knowledge base tells nothing else of its only bearer; else something must go with it.
    """
    if weighing.score < LIKELY or weighing.has(CONTRADICTIONS):
        return False
    specific = weighing.has((Feature.SPECIFIC_TYPE,))
    whole = weighing.has(WHOLE_NAMES)
    if not (whole or person or specific):
        return False
    if weighing.has(TELLING):
        return True
    if weighing.has((Feature.OTHER_TYPE, Feature.ELSEWHERE)):
        return False
    if weighing.has((Feature.RELATION_SHARED, Feature.RELATION_ONCE)):
        return True
    least = WEIGHTS[Feature.AROUND] if specific and whole else ONE_NEAR if person or specific else 2 * ONE_NEAR
    if weighing.weight(SURROUNDINGS) >= least:
        return True
    several = weighing.has((Feature.SEVERAL_WORDS,))
    return whole and several and not comparable and weighing.has((Feature.ONLY_BEARER,))
