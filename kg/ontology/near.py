"""Near names, for messages about a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Ask for the nearest of the names: "; did you mean …?", or nothing when none is near.

    >>> did_you_mean("lema", ["lemma", "example"])
    '; did you mean "lemma"?'
    """
    from rapidfuzz import fuzz, process

    choices = sorted(set(names))
    found = process.extract(name, choices, scorer=fuzz.ratio, processor=str.lower, score_cutoff=70, limit=3)
    quoted = " or ".join(f'"{choice}"' for choice, _, _ in found)
    return f"; did you mean {quoted}?" if found else ""
