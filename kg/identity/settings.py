"""Settings: what an article is about, as far as it helps to tell whether two articles mean one thing by a name."""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kg.identity.names import name_key
from kg.identity.topics import Topic, Words, words

LEAD: Final = 1500
"""So many characters of an article tell what it is about."""
COMMON: Final = 100.0
RAREST: Final = 0.3
"""Among a million words: a word as common as the first counts nothing, one as rare as the other counts whole."""
WHOLE: Final = 0.3
PART: Final = 0.8
"""What it tells that two articles name one country, and one place or body in it."""
_UNKNOWN: Final = 0.8
_NUMBER: Final = 0.3
_SHORTEST: Final = 3

_CALENDAR: Final = frozenset(
    name.lower()
    for name in (*calendar.day_name, *calendar.month_name, *calendar.day_abbr, *calendar.month_abbr, "Sept")
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?|\d[\d,.]*\d")


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What all referents of one article share.

    `names` are the keys of all names of it, and the IRIs of the individuals that it names, `words` its other rare
    words: each with how much it tells that another article has it, 0 to 1. `wholes` are the largest wholes of the
    individuals (of cities their countries), `topic` is what all words are about.
    """

    names: Mapping[str, float] = field(default_factory=dict)
    wholes: frozenset[str] = frozenset()
    words: Mapping[str, float] = field(default_factory=dict)
    topic: Topic | None = None


def make_setting(text: str, names: Iterable[str] = (), known: Mapping[str, frozenset[str]] | None = None) -> Setting:
    """Make the setting of an article with this text, of the names written in it, and of its individuals' wholes."""
    common = words()
    individuals = known or {}
    found = _WORD.findall(text[:LEAD])
    lower = dict.fromkeys(word.lower() for word in found)
    capital = {word.lower() for word in found if word[0].isupper()}
    of_names = {name: words_of(name) for name in names}
    skipped = _CALENDAR.union(*of_names.values())
    counted = {word: _rarity(word, word in capital, common) for word in lower if word not in skipped}
    named: dict[str, float] = {}
    for name, within in of_names.items():
        rarity = max((_rarity(word, True, common) for word in within), default=0.0)
        named[name_key(name)] = max(rarity, named.get(name_key(name), 0.0))
    named |= {iri: WHOLE if wholes == {iri} else PART for iri, wholes in individuals.items()}
    return Setting(
        named,
        frozenset(whole for wholes in individuals.values() for whole in wholes),
        {word: value for word, value in counted.items() if value},
        common.topic(number for number in map(common.number, lower) if number is not None),
    )


def words_of(name: str) -> list[str]:
    """Give the words of a name as settings have them."""
    return [word.lower() for word in _WORD.findall(name)]


def _rarity(word: str, capital: bool, known: Words) -> float:
    """Say how much it tells that two articles have a word: the rarer the more, a name whole."""
    if word[0].isdigit():
        return _NUMBER if len(word) >= _SHORTEST and not _YEAR.fullmatch(word) else 0.0
    number = known.number(word)
    if number is None:
        return 0.0 if len(word) < _SHORTEST else 1.0 if capital else _UNKNOWN
    share = known.frequencies[number]
    return min(1.0, math.log(COMMON / max(share, RAREST)) / math.log(COMMON / RAREST)) if share < COMMON else 0.0
