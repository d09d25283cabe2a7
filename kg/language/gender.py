"""What a title or a noun says of a person's gender; nothing else does."""

from __future__ import annotations

from typing import Final

BY_TITLE: Final = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f", "sir": "m", "dame": "f", "lord": "m", "lady": "f"}

_FEMALE: Final = frozenset(
    "woman mother wife sister daughter widow queen princess duchess actress grandmother aunt niece".split()
)
_MALE: Final = frozenset(
    "man father husband brother son widower king prince duke actor grandfather uncle nephew".split()
)


def gender_of(lemma: str) -> str | None:
    """Return the gender that a noun for a person tells: "chairwoman", "father"."""
    if lemma in _FEMALE or (len(lemma) > 5 and lemma.endswith("woman")):
        return "f"
    if lemma in _MALE or (len(lemma) > 5 and lemma.endswith("man")):
        return "m"
    return None
