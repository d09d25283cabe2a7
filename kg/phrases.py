"""How dates, numbers and periods are said to people, and which addresses may become links."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from kg.model import Qualification

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?")
_FORMS: Final = ("yyyy", "MMMM yyyy", "d MMMM yyyy")
_NO_ADDRESS: Final = frozenset('<>"\\^`{|}')


@lru_cache(maxsize=4096)
def day(text: str | None) -> str:
    """Write an ISO 8601 date of any precision as people do; any other text stays as it is.

    >>> day("2019-02-08T10:00:00Z"), day("2019-02"), day("2019"), day("2019-02-31"), day("soon"), day(None)
    ('8 February 2019', 'February 2019', '2019', '2019-02-31', 'soon', '')
    """
    from babel.dates import format_date

    found = _DATE.fullmatch(text or "")
    if found is None:
        return text or ""
    parts = [int(part) for part in found.groups() if part is not None]
    try:
        when = date(*[*parts, 1, 1][:3])
    except ValueError:
        return text or ""
    return format_date(when, _FORMS[len(parts) - 1], locale="en")


def in_time(qualification: Qualification | None) -> str:
    """Say how a relation holds that does not simply hold now; empty for one that does.

    >>> from kg.model import Qualification
    >>> in_time(Qualification("Former", "2001", "2005-03")), in_time(None)
    ('former, from 2001 until March 2005', '')
    """
    if qualification is None:
        return ""
    start = f"from {day(qualification.start)}" if qualification.start else ""
    end = f"until {day(qualification.end)}" if qualification.end else ""
    dates = " ".join(filter(None, (start, end)))
    return ", ".join(filter(None, ((qualification.kind or "").lower(), dates)))


def count(number: int, one: str, many: str | None = None) -> str:
    """Put a number before its noun.

    >>> count(1, "article"), count(2_000, "article"), count(2, "entity", "entities")
    ('1 article', '2,000 articles', '2 entities')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def web_address(text: str | None) -> str | None:
    """Give a text back if it is an http or https address that a link may lead to; None for all else.

    >>> web_address("https://news.example/a"), web_address("javascript:alert(1)"), web_address("//news.example")
    ('https://news.example/a', None, None)
    """
    if text is None or any(ord(letter) <= 32 or letter in _NO_ADDRESS for letter in text):
        return None
    try:
        parts = urlsplit(text)
        return text if parts.scheme in ("http", "https") and parts.hostname else None
    except ValueError:
        return None
