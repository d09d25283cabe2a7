"""A score, for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from kg.evaluation.score import PARTS, Score, Tally, Verdict

Row = tuple[str, ...]
_EDGES: Final = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


def make_rows(score: Score) -> Iterator[Row]:
    """Yield a row for each relation, for all facts, and for each other part that was scored.

    A row has name, precision, recall, F1, right of those found, found of those wanted.
    """
    rows = [*sorted(score.facts.items()), ("all facts", score.overall)]
    for name, tally in [*rows, *((part, getattr(score, part)) for part in PARTS)]:
        if tally != Tally():
            shares = [f"{share:.3f}" for share in (tally.precision, tally.recall, tally.f1)]
            yield name, *shares, f"{tally.right}/{tally.predicted}", f"{tally.found}/{tally.wanted}"


def make_calibration(verdicts: Sequence[Verdict]) -> Iterator[Row]:
    """Yield how often facts of a confidence are right: range, how many, mean confidence, share right."""
    for low, high in pairwise(_EDGES):
        held = [each for each in verdicts if low <= each.confidence < high]
        if held:
            mean = sum(each.confidence for each in held) / len(held)
            right = sum(each.right for each in held) / len(held)
            yield f"{low:.2f} to {high:.2f}", str(len(held)), f"{mean:.2f}", f"{right:.2f}"


def make_frames(verdicts: Sequence[Verdict]) -> Iterator[Row]:
    """Yield how often what a frame, or a construction, finds is right, the most wrong first: name, right, found."""
    yield from _by(verdicts, lambda each: each.rule.rpartition(" (")[0] or each.rule)
    yield from _by(verdicts, lambda each: "(" + each.rule.rpartition(" (")[2])


def _by(verdicts: Sequence[Verdict], name: Callable[[Verdict], str]) -> Iterator[Row]:
    groups: defaultdict[str, list[bool]] = defaultdict(list)
    for each in verdicts:
        groups[name(each)].append(each.right)
    for rule, rights in sorted(groups.items(), key=lambda item: (sum(item[1]) - len(item[1]), item[0])):
        yield rule, str(sum(rights)), str(len(rights)), f"{sum(rights) / len(rights):.2f}"
