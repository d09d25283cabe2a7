"""Forms of given names: those that are short for others, by the PyPI package nicknames."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nicknames import NickNamer


@lru_cache(maxsize=4096)
def full_forms(name: str) -> frozenset[str]:
    """Give the given names that a name in lower case is short for.

    >>> "margaret" in full_forms("meg")
    True
    """
    return frozenset(_namer().canonicals_of(name))


@lru_cache(maxsize=4096)
def other_forms(name: str) -> tuple[str, ...]:
    """Give the names that are short for one in lower case and those that it is short for, sorted, itself left out."""
    return tuple(sorted({*_namer().nicknames_of(name), *full_forms(name)} - {name}))


@cache
def _namer() -> NickNamer:
    from nicknames import NickNamer

    return NickNamer()
