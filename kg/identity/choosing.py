"""Choosing: which two of several clusters are joined next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.identity.clusters import Comparison
from kg.identity.likeness import Likeness

LEAD: Final = 1.0
"""The best of several candidates leads the next by so much, or none is joined."""


def best_pair(near: Mapping[int, Mapping[int, Comparison]]) -> tuple[int, int] | None:
    """Choose the pair to join next: the best that leads those with a third by LEAD, unless all are likely one."""
    pairs = [(each.weight, one, other) for one, others in near.items() for other, each in others.items() if one < other]
    for weight, one, other in sorted(pairs, key=lambda pair: (-pair[0], pair[1:])):
        if weight < 0:
            return None
        rivals = [
            (end, third)
            for end, shared in ((one, other), (other, one))
            for third, each in near[shared].items()
            if third != end and each.weight > weight - LEAD and _rival(each.likeness, near[one][other].likeness)
        ]
        if all(third in near[end] and near[end][third].weight >= 0 for end, third in rivals):
            return one, other
    return None


def _rival(one: Likeness, other: Likeness) -> bool:
    """Say whether two likenesses are of one name, as far as that is known."""
    return not one.name or not other.name or one.name == other.name
