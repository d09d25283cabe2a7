"""What a build did, in numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kg.model import Article, Issue


@dataclass(slots=True)
class BuildReport:
    """What a build read and what the graph holds after it.

    `set_aside` counts what could not be read, `issues` say why (and what was read with less than it says);
    `passed_over` counts the articles that were not tried, as they could not be read before.
    `relations` are pairs of the label of a property and the number of its facts, the most frequent first.
    `decisions` counts the decisions that have an effect, `waiting` those that cannot have one now.
    `evidence_changed` and `graph_changed` are false when the build found everything as it was.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    set_aside: int = 0
    passed_over: int = 0
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


class IssueLog:
    """Takes note of what cannot be read, and tells it on."""

    def __init__(self, report: BuildReport, on_issue: Callable[[Issue], object] | None) -> None:
        self.report = report
        self._on_issue = on_issue

    def note(self, issue: Issue) -> None:
        """Take note of something that sets no article aside."""
        self.report.issues.append(issue)
        if self._on_issue is not None:
            self._on_issue(issue)

    def set_aside(self, issue: Issue) -> None:
        """Take note of an article, or a source, that could not be read."""
        self.report.set_aside += 1
        self.note(issue)

    def articles(self, found: Iterable[Article | Issue]) -> Iterator[Article]:
        """Iterate over the articles; an issue right before an article of the same place does not set it aside."""
        last: Issue | None = None
        for each in found:
            if isinstance(each, Article):
                if last is not None and last.source == each.source:
                    self.report.set_aside -= 1
                last = None
                yield each
            else:
                last = each
                self.set_aside(each)
