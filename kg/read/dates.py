"""Dates as articles write them, turned into ISO 8601."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import product
from typing import Final

from dateutil import parser

from kg.errors import SourceError
from kg.escape import quote

MAX_LENGTH: Final = 100
ZONE_HOURS: Final = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""The zone names of RFC 5322, section 4.3; other names are ambiguous, and leave a time without a zone."""

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)", re.ASCII)
# Two defaults that differ in every part: what a text leaves out shows as a difference.
_DEFAULTS = (datetime(2001, 1, 1, 1, 1), datetime(2004, 2, 3, 2, 2))


def parse_date(text: str) -> str:
    """Turn a complete date, with or without a time, into ISO 8601.

    Raises SourceError when a part of the date is missing, or when day and month cannot be told apart: nothing is
    filled in from the clock, the machine's zone or a country's habit.

    >>> parse_date("Friday, January 4, 2019"), parse_date("Fri, 04 Jan 2019 10:30:00 GMT")
    ('2019-01-04', '2019-01-04T10:30:00+00:00')
    """
    stripped = text.strip()
    if len(stripped) > MAX_LENGTH:
        raise _error(text)
    leading = _YEAR_FIRST.match(stripped)
    if leading:
        year, month, day = leading.groups()
        stripped = f"{year}-{month:0>2}-{day:0>2}{stripped[leading.end() :]}"
    for parse in (date.fromisoformat, datetime.fromisoformat):
        try:
            return parse(stripped).isoformat()
        except ValueError:
            continue
    orders = (False,) if leading else (False, True)
    readings = [_parse(stripped, order, default) for order, default in product(orders, _DEFAULTS)]
    if len({reading.date() for reading in readings}) > 1:
        raise _error(text)
    first = readings[0]
    has_time = len({reading.time() for reading in readings}) == 1
    return first.isoformat() if has_time else first.date().isoformat()


def _parse(text: str, day_first: bool, default: datetime) -> datetime:
    try:
        parsed: datetime = parser.parse(text, default=default, dayfirst=day_first, tzinfos=_zone)
        parsed.isoformat()
    except (ValueError, OverflowError, ArithmeticError, LookupError, TypeError, AttributeError):
        # the parser lets more escape than the ParserError that it documents
        raise _error(text) from None
    return parsed


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is None:
        hours = ZONE_HOURS.get(name or "")
        return None if hours is None else timezone(timedelta(hours=hours))
    return timezone(timedelta(seconds=offset))


def _error(text: str) -> SourceError:
    return SourceError(f"the date {quote(text)} is not a complete, unambiguous date; write it as 2019-01-31")
