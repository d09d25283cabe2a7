"""When values hold, as far as articles tell: from the first to the last that says so, and between dates they give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from kg.model import Qualification

SOON: Final = timedelta(days=30)
"""What is said within so many days of one another, and differs, may be an error as well as a change."""

_FORMER: Final = "Former"
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?")
_DAY: Final = timedelta(days=1)


class Meeting(StrEnum):
    """Whether two values hold at one time."""

    TOGETHER = "together"
    CLOSE = "close"
    UNKNOWN = "unknown"
    APART = "apart"


@dataclass(slots=True)
class Holding:
    """All that is known of when one value holds.

    `spans` are pairs of the first and the last day, `first` is the first day of all, the last that there is where none
    is known; `articles` is what says that it holds, with a date or without; `stated` tells that something says so, be
    it no article, `former` that something says that it held once.
    """

    spans: list[tuple[date, date]] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    first: date = date.max
    stated: bool = False
    former: bool = False

    def add(self, articles: dict[str, str | None], qualification: Qualification | None = None) -> None:
        """Add what some articles say; each has its ISO 8601 date of publication or None."""
        days = [days for published in articles.values() if published and (days := read_days(published))]
        said = (min(first for first, _ in days), max(last for _, last in days)) if days else None
        if qualification is None:
            self.stated = True
            self.articles.update(articles)
            if said:
                self._hold(*said)
        elif qualification.kind in (None, _FORMER):
            self._add_qualified(qualification, said)

    def _add_qualified(self, qualification: Qualification, said: tuple[date, date] | None) -> None:
        start, end = (read_days(each) if each else None for each in (qualification.start, qualification.end))
        former = qualification.kind == _FORMER
        first = start[1] if start else said[0] if said and not former else None
        last = end[0] - _DAY if end else said[1] if said and not former else None
        self.former |= former or end is not None
        if (start or end) and first and last and first <= last:
            self._hold(first, last)

    def _hold(self, first: date, last: date) -> None:
        self.spans.append((first, last))
        self.first = min(self.first, first)

    @property
    def known(self) -> bool:
        """Whether anything says that the value holds, or held at a certain time."""
        return self.stated or bool(self.spans)

    def meets(self, other: Holding) -> Meeting:
        """Say whether two values hold at one time: on one day, in one article, or between two that say the other.

        Within `SOON` they are close, unless the one that comes first is said to have ended.
        """
        if any(a[0] <= b[1] and b[0] <= a[1] for a in self.spans for b in other.spans):
            return Meeting.TOGETHER
        if self.articles & other.articles:
            return Meeting.TOGETHER
        if not (self.spans and other.spans):
            return Meeting.APART if self.former or other.former else Meeting.UNKNOWN
        earlier = self if self.first <= other.first else other
        gap = min(max(a[0], b[0]) - min(a[1], b[1]) for a in self.spans for b in other.spans)
        return Meeting.CLOSE if gap <= SOON and not earlier.former else Meeting.APART


def read_days(text: str) -> tuple[date, date] | None:
    """Give the first and the last day of an ISO 8601 date of any precision; None when it is none.

    >>> read_days("2016-02")
    (datetime.date(2016, 2, 1), datetime.date(2016, 2, 29))
    """
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first
        if month:
            return first, date(first.year + month // 12, month % 12 + 1, 1) - _DAY
        return first, date(first.year, 12, 31)
    except (ValueError, OverflowError):
        return None


def ends_before_it_starts(qualification: Qualification) -> bool:
    """Say whether the end is before the start for any day that the two dates can mean."""
    start, end = (read_days(each) if each else None for each in (qualification.start, qualification.end))
    return bool(start and end and end[1] < start[0])
