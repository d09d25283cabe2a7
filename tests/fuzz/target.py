"""What is fuzzed: a strategy, and a check that only errors of kg may leave."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from kg.errors import KgError

_COMMON: dict[str, Any] = {
    "deadline": None,
    "database": None,
    "suppress_health_check": list(HealthCheck),
    "print_blob": False,
    "phases": (Phase.generate, Phase.shrink),
}


@dataclass
class Tally:
    """What became of the examples: how many were taken, how many refused with an error of kg, and the slowest."""

    taken: int = 0
    refused: int = 0
    slowest: float = 0.0

    @property
    def examples(self) -> int:
        """How many there were."""
        return self.taken + self.refused


@dataclass(frozen=True)
class Target:
    """A strategy and a check of what it draws; errors of kg are answers, whatever else leaves the check is a fault.

    `few` examples are tried in the tests, and `share` parts of the many of the benchmark.
    """

    name: str
    strategy: SearchStrategy[Any]
    check: Callable[[Any], object]
    few: int = 40
    share: float = 10

    def run(self, examples: int, *, random: bool = False) -> Tally:
        """Try so many examples; the same ones each time unless `random`. What fails is shown as small as it gets."""
        tally = Tally()
        try:
            self.make(examples, tally, random=random)()
        finally:
            gc.collect()  # what was left open warns now, as an error, and not in a test that comes later
        return tally

    def make(self, examples: int, tally: Tally, *, random: bool = False) -> Callable[[], None]:
        """Make the test that tries them."""

        def once(drawn: Any) -> None:
            start = perf_counter()
            try:
                self.check(drawn)
            except KgError as error:
                tally.refused += 1
                if not str(error).strip():
                    raise AssertionError("an error says nothing") from error
            else:
                tally.taken += 1
            tally.slowest = max(tally.slowest, perf_counter() - start)

        return settings(max_examples=examples, derandomize=not random, **_COMMON)(given(self.strategy)(once))
