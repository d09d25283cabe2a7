"""How far a build is, on standard error: a bar on a terminal, elsewhere a line from time to time."""

from __future__ import annotations

import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from kg.cli.output import tell
from kg.read.sources import STANDARD_INPUT

if TYPE_CHECKING:
    from rich.progress import Progress as Bars

READING: Final = "reading"

_FIRST_LINE: Final = 30.0
_LINES: Final = 60.0
"""Seconds until the first line, and between lines."""
_WINDOW: Final = 300.0
"""The rate is that of so many seconds: what takes long now counts, not what took no time at the start."""


class Progress(Protocol):
    """What hears of a build that goes on."""

    def enter(self, stage: str) -> None:
        """Hear what is done from now on, in words."""

    def advance(self) -> None:
        """Hear that one more article is done."""


class Pace:
    """How many articles are done, how fast that goes, and how long the rest takes; times are in seconds."""

    def __init__(self, start: float) -> None:
        self.done = 0
        self.total: int | None = None
        self._marks = deque([(start, 0)])

    def advance(self, now: float) -> None:
        """Count one more article."""
        self.done += 1
        if now - self._marks[-1][0] >= 1:
            self._marks.append((now, self.done))
        while len(self._marks) > 2 and now - self._marks[1][0] > _WINDOW:
            self._marks.popleft()

    def rate(self, now: float) -> float | None:
        """Give articles a second; None before there are any."""
        since, done = self._marks[0]
        return (self.done - done) / (now - since) if self.done > done and now > since else None

    def rest(self, now: float) -> float | None:
        """Give the seconds until all are done; None where that cannot be known."""
        rate = self.rate(now)
        return None if rate is None or self.total is None else max(0, self.total - self.done) / rate

    def tell(self, now: float) -> str:
        """Say all that is known.

        >>> pace = Pace(0)
        >>> for _ in range(30):
        ...     pace.advance(20)
        >>> pace.tell(20)
        '30 articles, 1.5 a second'
        >>> pace.total = 600
        >>> pace.tell(20)
        '30 of 600 articles, 1.5 a second, 6:20 left'
        """
        parts = [f"{self.done:,} articles" if self.total is None else f"{self.done:,} of {self.total:,} articles"]
        if (rate := self.rate(now)) is not None:
            parts.append(f"{rate:.1f} a second")
        if (rest := self.rest(now)) is not None:
            parts.append(f"{_clock(rest)} left")
        return ", ".join(parts)


@contextmanager
def show_progress(sources: Sequence[str]) -> Iterator[Progress]:
    """Show how far a build of these sources is; they are counted meanwhile, where they can be read twice."""
    pace = Pace(time.monotonic())
    on_terminal = sys.stderr.isatty()
    if sources and all(map(_is_lasting, sources)):
        counting = threading.Timer(0 if on_terminal else _FIRST_LINE / 2, _count, (sources, pace))
        counting.daemon = True
        counting.start()
    if not on_terminal:
        yield _Lines(pace)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bar(pace, bars)


def _is_lasting(source: str) -> bool:
    """Say whether a source gives the same when it is read again: a pipe does not, and nothing is fetched to count."""
    try:
        return source != STANDARD_INPUT and (Path(source).is_file() or Path(source).is_dir())
    except OSError:  # a name too long for a path, as web addresses are
        return False


def _count(sources: Sequence[str], pace: Pace) -> None:
    from kg.builder import count_articles

    pace.total = count_articles(sources)


class _Lines:
    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._stage = READING
        self._next = time.monotonic() + _FIRST_LINE

    def enter(self, stage: str) -> None:
        self._stage = stage
        if stage != READING and time.monotonic() >= self._next:
            self._tell(f"{stage} of {self._pace.done:,} articles")

    def advance(self) -> None:
        now = time.monotonic()
        self._pace.advance(now)
        if now >= self._next:
            self._tell(f"{self._stage}: {self._pace.tell(now)}")

    def _tell(self, line: str) -> None:
        tell(line)
        self._next = time.monotonic() + _LINES


class _Bar:
    def __init__(self, pace: Pace, bars: Bars) -> None:
        self._pace = pace
        self._bars = bars
        self._task = bars.add_task(READING, total=None, told="")

    def enter(self, stage: str) -> None:
        if stage == READING:
            return
        self._bars.remove_task(self._task)
        self._task = self._bars.add_task(stage, total=None, told="")

    def advance(self) -> None:
        now = time.monotonic()
        self._pace.advance(now)
        self._bars.update(self._task, completed=self._pace.done, total=self._pace.total, told=self._pace.tell(now))


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
