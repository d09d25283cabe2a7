"""Since when and until when something holds, and when it happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.language.standing import ENDING
from kg.language.times import Time, Times

_FROM: Final = frozenset({"since", "from", "between"})
_UNTIL: Final = frozenset({"until", "till", "to", "through", "-", "–", "by"})
_AT: Final = frozenset({"", "in", "on", "at", "during"})


@dataclass(frozen=True, slots=True)
class Dates:
    """ISO 8601 dates of any precision, or None, and the tokens [start, end) that tell them."""

    start: str | None = None
    end: str | None = None
    words: tuple[int, int] | None = None


def find_dates(times: Times, nodes: Iterable[int], *, begins: bool, governor: int | None) -> Dates:
    """Find the dates that hang on the words that say something, the first of each kind.

    `begins` tells that what is said begins when it happens ("joined in 2015", "was elected on 3 May"), so that its time
    is its start; where the governing verb ends it ("resigned on Monday"), its end. Other times tell but that it held
    then, and are no dates of it.
    """
    start = end = at = None
    for node in nodes:
        for time, case in times.of(node):
            if time.past is None:
                continue
            if case in _FROM:
                start = start or time
            elif case in _UNTIL and (start is not None or case in ("until", "till")):
                end = end or time
            elif case in _AT:
                at = at or time
    if governor is not None and times.syntax.lemma[governor] in ENDING:
        end = end or at
    elif begins:
        start = start or at
    told = [time for time in (start, end) if time is not None]
    words = (min(time.start for time in told), max(time.end for time in told)) if told else None
    return Dates(_date(start), _date(end), words)


def _date(time: Time | None) -> str | None:
    return None if time is None else time.past


def find_day(times: Times, nodes: Iterable[int], *, ahead: bool) -> Time | None:
    """Find the first time that hangs on the words that tell of an event and says when it takes place."""
    for node in nodes:
        for time, case in times.of(node):
            if case in _AT and (time.future if ahead else time.past) is not None:
                return time
    return None
