"""Names out of scores: the best row of begin, inside and outside tags that makes sense."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.language.encoder import Floats

_NEVER: Final = -1e9


@dataclass(frozen=True, slots=True)
class NameTags:
    """The tags, and for each pair whether the second may follow the first; row -1 of `follows` stands for the start."""

    tags: tuple[str, ...]
    follows: npt.NDArray[np.bool_]

    @classmethod
    def from_tags(cls, tags: Sequence[str]) -> "NameTags":
        """Make the table: what is inside a name follows the beginning or the inside of one of the same type."""
        rows = [[not tag.startswith("I-") or before[2:] == tag[2:] for tag in tags] for before in (*tags, "O")]
        return cls(tuple(tags), np.array(rows))

    def find_names(self, scores: Floats) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and type of each name in the best possible row of tags (Viterbi 1967)."""
        best = scores.argmax(axis=1)
        if not self._is_possible(best):
            best = self._find_best(scores)
        start = kind = None
        for place, number in enumerate([*best.tolist(), -1]):
            tag = self.tags[number] if number >= 0 else "O"
            if start is not None and kind is not None and tag != f"I-{kind}":
                yield start, place, kind
                start = kind = None
            if tag.startswith("B-"):
                start, kind = place, tag[2:]

    def _is_possible(self, tags: npt.NDArray[np.int64]) -> bool:
        return bool(self.follows[np.concatenate([[-1], tags[:-1]]), tags].all())

    def _find_best(self, scores: Floats) -> npt.NDArray[np.int64]:
        penalties = np.where(self.follows, 0.0, _NEVER)
        total = scores[0] + penalties[-1]
        pointers = []
        for row in scores[1:]:
            paths = total[:, None] + penalties[:-1]
            pointers.append(paths.argmax(axis=0))
            total = paths.max(axis=0) + row
        best = [int(total.argmax())]
        for pointer in reversed(pointers):
            best.append(int(pointer[best[-1]]))
        return np.array(best[::-1])
