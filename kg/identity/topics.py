"""Topics: what some words are about, as one vector, so that two texts can be compared without a common word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Topic: TypeAlias = npt.NDArray[np.float32]
"""A vector of length 1."""

DIMENSIONS: Final = 96
RARE: Final = 30.0
"""How often among a million a word stands whose weight is a half: the rarer weigh more (Arora 2017, "SIF")."""

_WEIGHTS: Final = Path(__file__).parent / "weights"
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_ENDINGS: Final = (("ies", "y"), ("es", ""), ("s", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


@dataclass(slots=True)
class Words:
    """Common words by number: the vectors, each as long as its word weighs, and how often each is among a million."""

    numbers: dict[str, int]
    vectors: Topic
    frequencies: list[float]
    _inflected: dict[str, int | None] = field(default_factory=dict)

    def number(self, word: str) -> int | None:
        """Give the number of a word in lower case, or of the one that it is a form of; None when it is not common."""
        found = self.numbers.get(word)
        if found is None and word not in self._inflected:
            self._inflected[word] = next(filter(None, (self._without(word, *ending) for ending in _ENDINGS)), None)
        return self._inflected[word] if found is None else found

    def _without(self, word: str, ending: str, instead: str) -> int | None:
        return self.numbers.get(word.removesuffix(ending) + instead) if word.endswith(ending) else None

    def topic(self, numbers: Iterable[int]) -> Topic | None:
        """Give what the words with these numbers are about; None where there are none."""
        kept = sorted(set(numbers))
        if not kept:
            return None
        total: Topic = self.vectors[kept].sum(axis=0)
        length = float(np.sqrt(total @ total))
        return total / length if length else None


@cache
def words() -> Words:
    """Load the words, once."""
    listed = (_WEIGHTS / "words.txt").read_text(encoding="utf-8").split()
    stored = np.load(_WEIGHTS / "words.npz")
    frequencies = stored["frequencies"].astype(np.float32)
    vectors = stored["vectors"].astype(np.float32)
    vectors *= (RARE / (RARE + frequencies) / np.linalg.norm(vectors, axis=1))[:, None]
    return Words({word: number for number, word in enumerate(listed)}, vectors, frequencies.tolist())


def word_numbers(text: str) -> list[int]:
    """Give the numbers of the common words of a text, each once, ascending."""
    known = words()
    found = {known.number(word) for word in {word.lower() for word in _WORD.findall(text)}}
    return sorted(number for number in found if number is not None)


def topic_of(text: str) -> Topic | None:
    """Give what a text is about; None where it has no common word.

    >>> match, court = topic_of("The striker scored twice"), topic_of("The judge sentenced him")
    >>> saved = topic_of("a goalkeeper saved the shot")
    >>> bool(match @ saved > court @ saved)
    True
    """
    return words().topic(word_numbers(text))
