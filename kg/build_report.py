"""What a build did, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Issue


@dataclass(slots=True)
class BuildReport:
    """What a build read and what the graph holds after it.

    `set_aside` counts what could not be read, `issues` say why (and what was read with less than it says);
    `relations` are pairs of the label of a property and the number of its facts, the most frequent first.
    `decisions` counts the decisions that have an effect, `waiting` those that cannot have one now.
    `evidence_changed` and `graph_changed` are false when the build found everything as it was.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    set_aside: int = 0
    issues: list[Issue] = field(default_factory=list)
    articles: int = 0
    entities: int = 0
    facts: int = 0
    qualified: int = 0
    claims: int = 0
    relations: tuple[tuple[str, int], ...] = ()
    decisions: int = 0
    waiting: int = 0
    evidence_changed: bool = False
    graph_changed: bool = False
    files: tuple[Path, ...] = ()

    @property
    def read(self) -> int:
        """How many articles the sources gave."""
        return self.new + self.changed + self.unchanged
