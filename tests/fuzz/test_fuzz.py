"""A few examples of each target, the same ones each time; tests/benchmarks/fuzzing.py tries as many as wanted."""

from __future__ import annotations

import pytest

from kg.errors import SourceError

from .target import Tally, Target
from .targets import TARGETS


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_nothing_but_errors_of_kg_comes_of_bad_input(target: Target) -> None:
    tally = target.run(target.few)
    assert tally.examples >= target.few


def _break(drawn: bytes) -> None:
    if drawn == b"":
        raise SourceError("nothing is there; give something")
    if len(drawn) > 3:
        raise KeyError(drawn)


def test_whatever_else_leaves_a_check_is_a_fault() -> None:
    target = Target("broken", TARGETS["decode"].strategy, _break)
    with pytest.raises(KeyError):
        target.run(100)


def test_errors_of_kg_are_counted_as_refused() -> None:
    tally = Tally()
    Target("broken", TARGETS["dates"].strategy.map(lambda text: b""), _break).make(10, tally)()
    assert tally.refused == tally.examples > 0
