"""Full dates in text: "3 May 2019", "May 3, 2019"; no part of a date is guessed."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from dateutil.parser import ParserError, parse

from kg.language.syntax import Syntax

_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE: Final = re.compile(
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}", re.IGNORECASE
)


def find_date(syntax: Syntax, token: int) -> str | None:
    """Return the ISO 8601 date that the phrase of a token names by day, month and year, None where one is missing."""
    words = syntax.subtree(token)
    found = _DATE.search(" ".join(syntax.doc[words[0] : words[-1] + 1].text.split()))
    if found is None:
        return None
    try:
        day: date = parse(found[0]).date()
    except (ParserError, OverflowError):
        return None
    return day.isoformat()
