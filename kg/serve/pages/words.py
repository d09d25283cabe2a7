"""How sure a fact is and on what it stands, as pages say it."""

from __future__ import annotations

from kg.lookup import Fact


def show_percent(confidence: float) -> str:
    """Write a confidence of 0 to 1 in hundredths, never more sure than it is.

    >>> show_percent(0.996), show_percent(1.0)
    ('99\\xa0%', '100\\xa0%')
    """
    return f"{int(confidence * 100 + 1e-9)}\N{NO-BREAK SPACE}%"


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
    """Give the count of a noun, by the regular rules.

    >>> several("person"), several("city"), several("business")
    ('persons', 'cities', 'businesses')
    """
    if label.endswith("y") and label[-2:-1] not in "aeiou":
        return f"{label[:-1]}ies"
    return f"{label}es" if label.endswith(("s", "x", "ch", "sh")) else f"{label}s"
