"""Spellings: under which keys a name is found, and how much is left of the name in each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Final

from kg.identity.names import bare_name, name_key
from kg.identity.nicknames import other_forms

_GENERATIONS: Final = frozenset(("jr", "sr", "ii", "iii", "iv", "junior", "senior"))
"""Words after a name that tell a father from his son: without one of them the name is another's."""
_ASIDE: Final = re.compile(r"\s*\([^()]*\)")
_MOST_WORDS: Final = 6


class Spelling(IntEnum):
    """How a key came from a name, the truest first."""

    LABEL = 0
    """The label, as it is."""
    ALIAS = 1
    """Another name, as it is."""
    SHORT = 2
    """Less what is no part of the name: a bracket, an honorific, the surname put first, the word for its kind."""
    OUTER = 3
    """The first and the last word of a person's name."""
    NICKNAME = 4
    """With another form of the first name."""


def stored_keys(name: str, spelling: Spelling) -> Iterator[tuple[str, Spelling]]:
    """Iterate over the keys under which a knowledge base keeps a name.

    >>> [key for key, _ in stored_keys("Lind, Ada Maria", Spelling.LABEL)]
    ['lind ada maria', 'ada maria lind', 'ada lind']
    """
    yield name_key(name), spelling
    plain = bare_name(_ASIDE.sub("", name)).strip()
    family, comma, given = plain.partition(",")
    if comma and "," not in given:
        plain = f"{given.strip()} {family}".strip()
    if plain and plain != name:
        yield name_key(plain), Spelling.SHORT
    if outer := outer_key(plain):
        yield outer, Spelling.OUTER


def outer_key(name: str) -> str:
    """Give the key of the first and the last word of a name of three words or more; empty where they do not suffice.

    >>> outer_key("Ada Maria B. Lind"), outer_key("Ada van Lind"), outer_key("Ada Lind Jr")
    ('ada lind', '', '')
    """
    words = bare_name(name).split()
    if not 3 <= len(words) <= _MOST_WORDS or not all(word[:1].isupper() for word in words):
        return ""
    outer = name_key(f"{words[0]} {words[-1]}")
    first, _, last = outer.partition(" ")
    return "" if last in _GENERATIONS or min(len(first), len(last)) < 2 else outer


def person_keys(name: str) -> dict[str, Spelling]:
    """Give the keys under which a person of this name may be known, each with how it is spelled there.

    The name itself is a `Spelling.LABEL`: which of the names of an entry it meets, the entry tells.
    """
    bare = bare_name(name)
    keys = {name_key(bare): Spelling.LABEL}
    if outer := outer_key(bare):
        keys.setdefault(outer, Spelling.OUTER)
    for key in tuple(keys):
        first, _, rest = key.partition(" ")
        if rest:
            for other in other_forms(first):
                keys.setdefault(f"{other} {rest}", Spelling.NICKNAME)
    return keys
