"""What scoring counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Final

PARTS: Final = ("types", "events", "claims", "qualified", "sameness")


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong or missed, in words; `names` and `relation` are those of a fact that was missed."""

    kind: str
    words: str
    article: str = ""
    names: tuple[str, ...] = ()
    relation: str | None = None

    def __str__(self) -> str:
        place = f"{self.article}: " if self.article else ""
        return f"{place}{self.kind:7} {self.words}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of a fact that was found: how sure it was, by which rule it was found, and whether it is right."""

    relation: str
    rule: str
    confidence: float
    right: bool


@dataclass(slots=True)
class Tally:
    """Of `predicted` how many are right, of `wanted` how many are found."""

    predicted: int = 0
    right: int = 0
    wanted: int = 0
    found: int = 0

    def add(self, other: Tally) -> None:
        """Count the other in."""
        self.predicted += other.predicted
        self.right += other.right
        self.wanted += other.wanted
        self.found += other.found

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 1 when nothing is predicted."""
        return self.right / self.predicted if self.predicted else 1.0

    @property
    def recall(self) -> float:
        """Share of the wanted that is found; 1 when nothing is wanted."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Score:
    """What one article, or all of them, came to.

    `facts` is by property. Of `texts` that forbid something, `trapped` say it nevertheless; `violations` are all
    that is said of the `forbidden` statements. `verdicts` tell of each fact found whether it is right.
    """

    facts: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    types: Tally = field(default_factory=Tally)
    events: Tally = field(default_factory=Tally)
    claims: Tally = field(default_factory=Tally)
    qualified: Tally = field(default_factory=Tally)
    sameness: Tally = field(default_factory=Tally)
    texts: int = 0
    trapped: int = 0
    forbidden: int = 0
    violations: list[str] = field(default_factory=list)
    errors: list[Mistake] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def overall(self) -> Tally:
        """Give all facts together, whatever their property."""
        total = Tally()
        for tally in self.facts.values():
            total.add(tally)
        return total

    def add(self, other: Score, name: str) -> None:
        """Count the score of the article `name` in."""
        for prop, tally in other.facts.items():
            self.facts[prop].add(tally)
        for part in PARTS:
            getattr(self, part).add(getattr(other, part))
        self.texts += other.texts
        self.trapped += other.trapped
        self.forbidden += other.forbidden
        self.violations += [f"{name}: {line}" for line in other.violations]
        self.errors += [replace(each, article=name) for each in other.errors]
        self.verdicts += other.verdicts
