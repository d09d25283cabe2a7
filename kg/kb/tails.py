"""Endings: the words for their kind with which the names of a type end ("… Borough", "… Co Const")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

LEAST_NAMES: Final = 20
"""An ending of fewer names than this is part of them."""
LEAST_SHARE: Final = 0.05
"""An ending of a smaller share of the names of a type is part of them."""
_LONGEST: Final = 3
_MOST_COUNTED: Final = 200_000


class Tails:
    """Counts how the names of each type end, in memory that does not grow with their number."""

    def __init__(self) -> None:
        self._names: Counter[str] = Counter()
        self._tails: Counter[tuple[str, str]] = Counter()

    def add(self, types: Iterable[str], key: str) -> None:
        """Take the key of a label of a thing of some types."""
        words = key.split()
        tails = [" ".join(words[-length:]) for length in range(1, min(_LONGEST, len(words) - 1) + 1)]
        for kind in types:
            self._names[kind] += 1
            for tail in tails:
                self._tails[kind, tail] += 1
        if len(self._tails) > _MOST_COUNTED:
            self._tails = Counter({tail: count for tail, count in self._tails.items() if count > 1})
            while len(self._tails) > _MOST_COUNTED // 2:
                least = min(self._tails.values())
                self._tails = Counter({tail: count for tail, count in self._tails.items() if count > least})

    def found(self) -> dict[str, list[str]]:
        """Give the endings of each type, the longest first."""
        kept: dict[str, list[str]] = {}
        for (kind, tail), count in sorted(self._tails.items(), key=lambda each: (-len(each[0][1].split()), each[0])):
            if count >= max(LEAST_NAMES, LEAST_SHARE * self._names[kind]):
                kept.setdefault(kind, []).append(tail)
        return kept


def without_tail(key: str, tails: Iterable[str]) -> str:
    """Give a key without the first of the endings that it has; the key itself when it has none.

    >>> without_tail("velmar north co const", ["co const", "const"])
    'velmar north'
    """
    return next((key[: -len(tail) - 1] for tail in tails if key.endswith(" " + tail)), key)
