"""Since when and until when something holds, and when it happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kg.extract.numbers import number_at
from kg.language.times import Time, Times

_FROM: Final = frozenset({"since", "from", "between"})
_UNTIL: Final = frozenset({"until", "till", "to", "through", "-", "–", "by"})
_AT: Final = frozenset({"", "in", "on", "at", "during"})
_CLAUSE: Final = frozenset({*_AT, "until", "till"})
_DAYS: Final = {"second": 0, "moment": 0, "minute": 0, "day": 1, "week": 7}
"""How many days the units are that count from one event to another; what is shorter than an hour is none."""
_WAYS: Final = {"before": 1, "after": -1}


@dataclass(frozen=True, slots=True)
class Dates:
    """ISO 8601 dates of any precision, or None, and the tokens [start, end) that tell them."""

    start: str | None = None
    end: str | None = None
    words: tuple[int, int] | None = None


def find_dates(times: Times, nodes: Iterable[int], *, begins: bool, ends: bool) -> Dates:
    """Find the dates that hang on the words that say something, the first of each kind.

    `begins` tells that what is said begins when it happens ("joined in 2015", "was elected on 3 May"), so that its time
    is its start; `ends` that it ends then ("resigned on Monday", "left the party in March"), and goes before. Other
    times tell but that it held then, and are no dates of it.
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
    if ends:
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


def find_clause_day(times: Times, verb: int) -> Time | None:
    """Find the time right before a clause that tells what happened then.

    "Served until 2015, resigning over …", "in 2015, when she resigned".
    """
    syntax = times.syntax
    opening = next((c for c in syntax.kids(verb, "advmod", "mark") if syntax.lower[c] == "when"), None)
    start = opening if opening is not None else verb
    if opening is None and syntax.tag[verb] != "VBG":
        return None
    comma = start - 1
    if comma < 1 or syntax.sentence[comma] != syntax.sentence[verb]:
        return None
    time = times.by_token.get(comma - 1 if syntax.lower[comma] == "," else comma)
    if time is None or (opening is None and syntax.lower[comma] != ","):
        return None
    case = next((syntax.case[i] for i in range(time.start, time.end) if syntax.case[i]), "")
    wanted = _CLAUSE if opening is not None else _CLAUSE - _AT
    return time if case in wanted and time.past is not None else None


def find_near_day(times: Times, node: int) -> Time | None:
    """Find the day of what took place so long before or after another: "on 3 May, two days after she resigned".

    Only days and weeks count so, and moments and minutes, which are of the same day.
    """
    syntax = times.syntax
    marks = [c for c in syntax.kids(node, "mark", "case") if syntax.lower[c] in _WAYS]
    unit = marks[0] - 1 if marks else -1
    if unit < 0 or syntax.lemma[unit] not in _DAYS or syntax.head[node] == node:
        return None
    base = find_day(times, [syntax.head[node]], ahead=False)
    count = _count_before(times, unit)
    if base is None or base.past is None or len(base.past) != 10 or count is None:
        return None
    way = _WAYS[syntax.lower[marks[0]]] * count * _DAYS[syntax.lemma[unit]]
    day = (date.fromisoformat(base.past) + timedelta(days=way)).isoformat()
    return Time(base.start, base.end, day, day)


def _count_before(times: Times, unit: int) -> int | None:
    """Return how many of a unit are told before it; one where it stands alone ("minutes before")."""
    syntax = times.syntax
    if not _DAYS[syntax.lemma[unit]]:
        return 1
    if unit and syntax.lower[unit - 1] in ("a", "the"):
        return 1
    found = number_at(syntax, unit - 1) if unit else None
    return int(found[0]) if found is not None and found[1] == unit and found[0] == int(found[0]) else None
