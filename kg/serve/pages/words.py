"""Dates, numbers and degrees as pages say them."""

from __future__ import annotations

from typing import Final

from kg.lookup import Fact
from kg.model import Qualification

_MONTHS: Final = "January February March April May June July August September October November December".split()


def show_date(text: str | None) -> str:
    """Write an ISO 8601 date of any precision as people do; any other text stays as it is.

    >>> show_date("2019-02-08"), show_date("2019-02"), show_date("2019"), show_date("2019-02-08T10:00:00Z")
    ('8 February 2019', 'February 2019', '2019', '8 February 2019')
    """
    parts = (text or "").partition("T")[0].split("-")
    if not all(part.isdecimal() for part in parts) or len(parts) > 3 or len(parts[0]) != 4:
        return text or ""
    try:
        named = [_MONTHS[int(part) - 1] if place == 1 else part for place, part in enumerate(parts)]
    except IndexError:
        return text or ""
    return " ".join([str(int(part)) if place == 2 else part for place, part in enumerate(named)][::-1])


def show_percent(confidence: float) -> str:
    """Write a confidence of 0 to 1 in hundredths, never more sure than it is.

    >>> show_percent(0.996), show_percent(1.0)
    ('99\\xa0%', '100\\xa0%')
    """
    return f"{int(confidence * 100 + 1e-9)}\N{NO-BREAK SPACE}%"


def qualified(qualification: Qualification | None) -> str:
    """Say in words when something held.

    >>> qualified(Qualification("Former", "2001", "2005-03"))
    'former, from 2001 until March 2005'
    """
    if qualification is None:
        return ""
    kind = (qualification.kind or "").lower()
    start = f"from {show_date(qualification.start)}" if qualification.start else ""
    end = f"until {show_date(qualification.end)}" if qualification.end else ""
    dates = " ".join(filter(None, (start, end)))
    return ", ".join(filter(None, (kind, dates)))


def plural(number: int, one: str, several: str | None = None) -> str:
    """Count in words.

    >>> plural(1, "article"), plural(2_000, "article"), plural(2, "entity", "entities")
    ('1 article', '2,000 articles', '2 entities')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def standing(fact: Fact) -> tuple[str, str]:
    """Give the status of a fact: a word for style, and how it is told."""
    if fact.qualification is not None:
        word = (fact.qualification.kind or "dated").lower()
        return word, word
    if fact.decided:
        return "decided", "decided by a person"
    if fact.because:
        return "inferred", "concluded"
    return ("asserted", "stated") if fact.confidence else ("known", "from a knowledge base")


def classes(fact: Fact) -> str:
    """Give the classes of style of a fact in a list."""
    found = ["fact", standing(fact)[0]] if fact.qualification is not None else ["fact"]
    return " ".join([*found, *["inferred"] * bool(fact.because), *["decided"] * bool(fact.decided)])


def several(label: str) -> str:
    """Give the plural of a noun, by the regular rules.

    >>> several("person"), several("city"), several("business")
    ('persons', 'cities', 'businesses')
    """
    if label.endswith("y") and label[-2:-1] not in "aeiou":
        return f"{label[:-1]}ies"
    return f"{label}es" if label.endswith(("s", "x", "ch", "sh")) else f"{label}s"
