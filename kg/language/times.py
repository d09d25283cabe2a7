"""Times in text: "3 May 2019", "last Tuesday", "two years ago", "in 2016", counted from the day of the article.

Dates are ISO 8601 of the precision that the words have ("2016", "2016-05", "2016-05-03"). What depends on the article's
day has none when that is not known. The calendar's arithmetic is that of python-dateutil.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta, weekday

from kg.language.syntax import Syntax

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERS: Final = (
    "a",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
_MONTH: Final = (
    r"(?P<month>(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_WEEKDAY: Final = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
_NAMED_DAY: Final = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:1[5-9]|20)\d\d)(?![\d-]|[.,]\d|%)"
_PATTERNS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?P<iso>\d{4}-\d\d-\d\d)",
        rf"{_NAMED_DAY}{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?",
        rf"{_NAMED_DAY}{_MONTH} {_DAY}(?![\d:])(?:,? {_YEAR})?",
        rf"{_MONTH},? {_YEAR}",
        rf"(?:(?P<way>[Ll]ast|[Nn]ext|[Tt]his) )?{_WEEKDAY}(?: (?:morning|afternoon|evening|night)\b)?",
        rf"(?:(?P<way>[Ll]ast|[Nn]ext|[Tt]his) )?{_MONTH}(?= |[.,;]|$)",
        r"(?P<near>[Yy]esterday|[Tt]oday|[Tt]onight|[Tt]omorrow)\b",
        r"(?P<way>[Ll]ast|[Nn]ext|[Tt]his) (?P<unit>year|month)\b",
        rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}) (?P<unit>day|month|year)s? ago\b",
        _YEAR,
    )
)
_NEAR_SENTENCES: Final = 2
_NEAR: Final = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
_BEFORE: Final = frozenset(
    "in since until till from to by of during between and before after for last next this early late mid at on "
    "through - – ( ,".split()
)
_WITHIN: Final = frozenset({"compound", "nummod", "amod", "nmod"})
_MODIFIERS: Final = frozenset({"obl", "nmod", "advmod", "compound", "nummod", "dep", "appos", "conj"})


@dataclass(frozen=True, slots=True)
class Time:
    """A time that tokens [start, end) name: the nearest that is not after the article, and that is not before it.

    Either is None where the words, or an article without date, give none. The two are one for a full date.
    """

    start: int
    end: int
    past: str | None
    future: str | None


class Times:
    """The times of one article; `published` is its day, ISO 8601 with or without a time of day."""

    def __init__(self, syntax: Syntax, published: str | None = None) -> None:
        self.syntax = syntax
        self.published = _day(published)
        self.by_token: dict[int, Time] = {}
        for time in self._find():
            for token in range(time.start, time.end):
                self.by_token.setdefault(token, time)

    def of(self, node: int) -> Iterator[tuple[Time, str]]:
        """Yield the times that hang on a word, each with its preposition ("" where it has none), in text order.

        What stands between a subject and its verb is the verb's: "the council on Monday voted".
        """
        yield from self._before_verb(node)
        for child in self.syntax.children[node] if node not in self.by_token else ():
            time = self.by_token.get(child)
            if time is not None and self.syntax.relation[child].split(":")[0] in _MODIFIERS:
                yield time, self.syntax.case[child]
                for other in self.syntax.kids(child, "nmod", "conj"):
                    further = self.by_token.get(other)
                    if further is not None and further is not time:
                        yield further, self.syntax.case[other] or ("to" if self.syntax.case[child] == "between" else "")

    def _before_verb(self, verb: int) -> Iterator[tuple[Time, str]]:
        start = min([verb, *(c for c in self.syntax.kids(verb, "aux", "aux:pass", "advmod") if c < verb)])
        time = self.by_token.get(start - 1) if self.syntax.pos[verb] == "VERB" else None
        subject = self.syntax.head[time.start] if time is not None and time.end == start else -1
        if time is not None and subject in self.syntax.kids(verb, "nsubj", "nsubj:pass") and subject < time.start:
            yield time, self.syntax.case[time.start]

    def _find(self) -> Iterator[Time]:
        text = self.syntax.text
        starts = {offset: i for i, offset in enumerate(self.syntax.offset)}
        ends = {offset + len(self.syntax.word[i]): i + 1 for offset, i in starts.items()}
        found = []
        for pattern in _PATTERNS:
            for match in pattern.finditer(text):
                start, end = starts.get(match.start()), ends.get(match.end())
                if start is not None and end is not None and self._is_time(match, start, end):
                    past, future = self._resolve(match)
                    if past is not None or future is not None:
                        found.append((Time(start, end, past, future), match))
        others = [year for time, match in found if (year := self._other_year(match, time)) is not None]
        for time, match in found:
            known = self._by_then(time, others) if _lacks_year(match) else time
            if known is not None:
                yield known

    def _other_year(self, match: re.Match[str], time: Time) -> tuple[int, bool] | None:
        """Return the sentence that names another year than the article's, and whether that is yet to come.

        A year in a name ("the 1965 Harbours Act") tells of no other time.
        """
        year = match.groupdict().get("year")
        if year is None or (self.published is not None and int(year) == self.published.year):
            return None
        modifies = self.syntax.relation[time.start] in _WITHIN and not self.syntax.case[time.start]
        if modifies and self.syntax.tag[self.syntax.head[time.start]] in ("NNP", "NNPS"):
            return None
        return self.syntax.sentence[time.start], self.published is not None and int(year) > self.published.year

    def _by_then(self, time: Time, others: Sequence[tuple[int, bool]]) -> Time | None:
        """Drop a day without a year that may be of another year, named in its sentence or the two before.

        A year to come rules out but a day to come.
        """
        place = self.syntax.sentence[time.start]
        near = {ahead for sentence, ahead in others if place - _NEAR_SENTENCES <= sentence <= place}
        if not near:
            return time
        return None if False in near or time.past is None else replace(time, future=None)

    def _is_time(self, found: re.Match[str], start: int, end: int) -> bool:
        """Tell whether a bare year or month is one: "in May", "the 2016 election", not "may", "2016 people"."""
        named = {name for name, value in found.groupdict().items() if value is not None}
        before = self.syntax.lower[start - 1] if start else ""
        if named == {"month"}:
            return before in _BEFORE and self.syntax.pos[start] in ("PROPN", "NOUN", "NUM")
        if named == {"year"}:
            head = self.syntax.head[start]
            counts = self.syntax.relation[start] == "nummod" and self.syntax.tag[head] in ("NNS", "NNPS")
            return not counts and (before in _BEFORE or (head >= end and self.syntax.pos[head] in ("NOUN", "PROPN")))
        return True

    def _resolve(self, found: re.Match[str]) -> tuple[str | None, str | None]:
        part = {name: value for name, value in found.groupdict().items() if value is not None}
        try:
            if "iso" in part:
                return _both(date.fromisoformat(part["iso"]).isoformat())
            month = _MONTHS.index(part["month"][:3].lower()) + 1 if "month" in part else None
            if "year" in part and month is None:
                return _both(part["year"])
            if "year" in part and month is not None:
                if "day" not in part:
                    return _both(f"{part['year']}-{month:02}")
                return _both(date(int(part["year"]), month, int(part["day"])).isoformat())
            return (None, None) if self.published is None else self._relative(part, month, self.published)
        except (ValueError, OverflowError):
            return None, None

    def _relative(self, part: dict[str, str], month: int | None, today: date) -> tuple[str | None, str | None]:
        way = part.get("way", "").lower()
        if month is not None and "day" in part:
            near = (today + relativedelta(years=shift, month=month, day=int(part["day"])) for shift in (-1, 0, 1))
            days = [day for day in near if day.day == int(part["day"])]
            past, future = [d for d in days if d <= today], [d for d in days if d >= today]
            return past[-1].isoformat() if past else None, future[0].isoformat() if future else None
        if month is not None:
            last = today.year - (month > today.month or (way == "last" and month == today.month))
            next_ = today.year + (month < today.month or (way == "next" and month == today.month))
            return _only(way, f"{last}-{month:02}", f"{next_}-{month:02}")
        if "weekday" in part:
            number = DAYS.index(part["weekday"].lower())
            past = today - relativedelta(days=way == "last") + relativedelta(weekday=weekday(number)(-1))
            future = today + relativedelta(days=way == "next") + relativedelta(weekday=weekday(number)(+1))
            return _only(way, past.isoformat(), future.isoformat())
        if "near" in part:
            return _both((today + relativedelta(days=_NEAR[part["near"].lower()])).isoformat())
        count = {"last": -1, "next": 1}.get(way, 0)
        if "count" in part:
            count = -(int(part["count"]) if part["count"].isdigit() else max(1, _NUMBERS.index(part["count"])))
        then = today + relativedelta(
            days=count * (part["unit"] == "day"), months=count * (part["unit"] == "month"),
            years=count * (part["unit"] == "year"),
        )  # fmt: skip
        return _both(then.isoformat()[: {"day": 10, "month": 7, "year": 4}[part["unit"]]])


def _lacks_year(match: re.Match[str]) -> bool:
    part = {name for name, value in match.groupdict().items() if value is not None}
    return "month" in part and "year" not in part and "way" not in part


def _both(value: str) -> tuple[str, str]:
    return value, value


def _only(way: str, past: str, future: str) -> tuple[str | None, str | None]:
    return (past if way != "next" else None), (future if way != "last" else None)


def _day(published: str | None) -> date | None:
    try:
        return None if published is None else date.fromisoformat(published[:10])
    except ValueError:
        return None
