"""Words of a report: dates, offices in time, who says what, and addresses that can be links."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from kg.lookup import Claim
    from kg.model import Qualification

_MONTHS: Final = "January February March April May June July August September October November December".split()
_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?")
_ADDRESS: Final = re.compile(r"[\x21-\U0010ffff]+")
_SAYS: Final = {"claimed": "says", "denied": "denies", "possible": "holds it possible"}
_SAID: Final = {
    "claimed": "Somebody not named says",
    "denied": "The article says it is not so",
    "possible": "The article holds it possible",
}


def day(text: str | None) -> str:
    """Write an ISO 8601 date, or its year and month, as people read it; any other text stays as it is.

    >>> day("2019-02-18T10:00:00Z"), day("2016-05"), day("2016"), day("soon"), day(None)
    ('18 February 2019', 'May 2016', '2016', 'soon', '')
    """
    found = _DATE.fullmatch(text or "")
    if found is None or text is None:
        return text or ""
    year, month, number = found.groups()
    try:
        date(int(year), int(month or 1), int(number or 1))
    except ValueError:
        return text
    return " ".join([*([str(int(number))] if number else []), *([_MONTHS[int(month) - 1]] if month else []), year])


def in_time(qualification: Qualification | None) -> str:
    """Say how a relation holds that does not simply hold now; empty for one that does.

    >>> from kg.model import Qualification
    >>> in_time(Qualification("Former", None, "2016-05-02"))
    'former, until 2 May 2016'
    """
    if qualification is None:
        return ""
    parts = [(qualification.kind or "").lower()]
    parts += [f"from {day(qualification.start)}"] if qualification.start else []
    parts += [f"until {day(qualification.end)}"] if qualification.end else []
    return ", ".join(part for part in parts if part)


def says(claim: Claim) -> str:
    """Say who stands behind a claim, and how: what is claimed follows."""
    if claim.speaker is None:
        return _SAID.get(claim.status, _SAID["claimed"])
    return f"{claim.speaker.label} {_SAYS.get(claim.status, claim.status)}"


def number(text: str) -> str:
    """Write a whole number with its thousands set apart; any other text stays as it is.

    >>> number("1502"), number("12.5")
    ('1,502', '12.5')
    """
    return f"{int(text):,}" if text.isascii() and text.isdecimal() else text


def count(number: int, one: str, many: str | None = None) -> str:
    """Put a number before its noun.

    >>> count(1, "fact"), count(1200, "entity", "entities")
    ('1 fact', '1,200 entities')
    """
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def link(url: str | None) -> str | None:
    """Give an address that is http or https and has a host; None for any other, which is then no link.

    >>> link("https://news.example/1"), link("javascript:alert(1)"), link("//news.example"), link(None)
    ('https://news.example/1', None, None, None)
    """
    if url is None or not _ADDRESS.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
