"""Which phrases of a text stand for the same thing: a small trained scorer of pairs, in the way of mention ranking.

For each phrase, every phrase before it that may be its antecedent gets a score against none at all, whose score is 0
(Denis and Baldridge 2008; Lee et al. 2017). The scorer sees syntax, names, words, quotations, and the states of the
shipped reader where the Doc has them; with any other pipeline it does without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime

from kg.errors import PipelineError
from kg.language.encoder import open_session
from kg.language.mentions import Phrase, find_phrases
from kg.language.pairs import Floats, Numbers, Phrases, compare, describe, find_candidates
from kg.language.saying import Speech
from kg.language.syntax import Syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc

WEIGHTS: Final = Path(__file__).parent / "weights"
PHRASES_FILE, LINKS_FILE = "phrases.onnx", "links.onnx"
FILES: Final = (PHRASES_FILE, LINKS_FILE)
STATE_SIZE: Final = 384
"""How wide the states of the shipped reader are."""
_BLOCK: Final = 20_000
"""How many pairs are scored at once, so that memory does not grow with the text."""


@dataclass(slots=True)
class Links:
    """The phrases of a text and the scores of pairs of them, in order: `left` is the phrase, `right` one before it.

    A score above 0 says that the second is rather an antecedent of the first than that it has none.
    """

    phrases: Sequence[Phrase]
    left: Numbers
    right: Numbers
    scores: Floats
    _of_head: dict[int, list[int]] = field(init=False)
    _starts: list[int] = field(init=False)
    _scores_of: dict[int, dict[int, float]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        of_head: defaultdict[int, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            of_head[phrase.head].append(number)
        self._of_head = dict(of_head)
        self._starts = np.searchsorted(self.left, np.arange(len(self.phrases) + 1)).tolist()

    def scores_of(self, head: int) -> Mapping[int, float]:
        """Return the scores of the heads that may be antecedents of the phrases with a head; empty for no phrase."""
        found = self._scores_of.get(head)
        if found is None:
            found = self._scores_of[head] = {}
            for number in self._of_head.get(head, ()):
                start, end = self._starts[number], self._starts[number + 1]
                for right, score in zip(self.right[start:end].tolist(), self.scores[start:end].tolist(), strict=True):
                    other = self.phrases[right].head
                    found[other] = max(score, found.get(other, score))
        return found

    def find_clusters(self) -> list[list[Phrase]]:
        """Return the phrases that stand for the same thing, two or more, in text order; one phrase a head."""
        parent = list(range(len(self.phrases)))
        best = self._find_best()
        weight = [0.0] * len(self.phrases)
        for left, (right, score) in sorted(best.items()):
            parent[left] = parent[right]
            weight[left], weight[right] = max(weight[left], score), max(weight[right], score)
        groups: defaultdict[int, dict[int, int]] = defaultdict(dict)
        for number, phrase in enumerate(self.phrases):
            heads = groups[parent[number]]
            other = heads.get(phrase.head)
            if other is None or weight[number] > weight[other]:
                heads[phrase.head] = number
        found = [sorted(heads.values()) for heads in groups.values() if len(heads) > 1]
        return [[self.phrases[number] for number in numbers] for numbers in sorted(found)]

    def _find_best(self) -> dict[int, tuple[int, float]]:
        """Return for each phrase with an antecedent the best one, the nearest of equals, and its score."""
        best: dict[int, tuple[int, float]] = {}
        kept = np.flatnonzero(self.scores > 0)
        for pair in kept.tolist():
            left, score = int(self.left[pair]), float(self.scores[pair])
            if left not in best or score >= best[left][1]:
                best[left] = (int(self.right[pair]), score)
        return best


class Scorer:
    """The trained scorer, run by onnxruntime on one thread."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Start from the bytes of `FILES`; raise PipelineError where one is missing or is not what it should be."""
        missing = [name for name in FILES if name not in files]
        if missing:
            raise PipelineError(f"the coreference model lacks {missing[0]}; install the package again")
        self.files = dict(files)
        self._phrases: onnxruntime.InferenceSession = open_session(self.files, PHRASES_FILE)
        self._links: onnxruntime.InferenceSession = open_session(self.files, LINKS_FILE)

    def __reduce__(self) -> tuple[type[Scorer], tuple[dict[str, bytes]]]:
        return Scorer, (self.files,)

    @classmethod
    def from_folder(cls, folder: Path) -> Scorer:
        """Read the scorer from a folder."""
        return cls({name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()})

    def find_links(self, syntax: Syntax, speech: Sequence[Speech]) -> Links:
        """Return the phrases of a text with the scores of their possible antecedents."""
        phrases = find_phrases(syntax)
        nothing = np.zeros(0, dtype=np.int64)
        if len(phrases) < 2:
            return Links(phrases, nothing, nothing, np.zeros(0, dtype=np.float32))
        found = describe(syntax, phrases, speech)
        left, right = find_candidates(found)
        heads, starts = find_states(syntax.doc, phrases)
        feed = {"features": found.features, "heads": heads, "starts": starts}
        rows = dict(zip(_ROWS, self._phrases.run(list(_ROWS), feed), strict=True))
        blocks = range(0, len(left), _BLOCK)
        scores = [self._score(found, rows, left[k : k + _BLOCK], right[k : k + _BLOCK]) for k in blocks]
        return Links(phrases, left, right, np.concatenate(scores))

    def _score(self, found: Phrases, rows: dict[str, Floats], left: Numbers, right: Numbers) -> Floats:
        feed = {**rows, "left": left, "right": right, "pairs": compare(found, left, right)}
        (scores,) = self._links.run(["scores"], feed)
        return np.asarray(scores[:, 0], dtype=np.float32)


_ROWS: Final = ("as_left", "as_right", "alike", "linked")


def find_states(doc: Doc, phrases: Sequence[Phrase]) -> tuple[Floats, Floats]:
    """Return the reader's states of the heads and of the first tokens of phrases; zeros where a Doc has none."""
    tensor = np.asarray(doc.tensor)
    if tensor.ndim != 2 or tensor.shape != (len(doc), STATE_SIZE):
        empty = np.zeros((len(phrases), STATE_SIZE), dtype=np.float32)
        return empty, empty
    tensor = tensor.astype(np.float32, copy=False)
    return tensor[[phrase.head for phrase in phrases]], tensor[[phrase.start for phrase in phrases]]


@cache
def load_scorer() -> Scorer:
    """Load the shipped scorer, once."""
    return Scorer.from_folder(WEIGHTS)
