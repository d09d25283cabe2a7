"""Names: when two of them are written the same, and what of them can stand in an IRI."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

HONORIFICS: Final = frozenset(("dame", "dr", "miss", "mr", "mrs", "ms", "mx", "prof", "professor", "sir"))
"""Words of address before a name that are no part of it."""

_LETTERS: Final = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
        "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T",
        "ŋ": "ng", "Ŋ": "NG", "ĸ": "k", "ə": "e", "Ə": "E",
    }
)  # fmt: skip
_DROPPED: Final = re.compile(r"[.'’‘ʼ`´\"“”]")
_BREAKS: Final = re.compile(r"[^\w&+-]+")
_INITIALS: Final = re.compile(r"\b(\w) (?=\w\b)")
_SLUG_BREAKS: Final = re.compile(r"[\W_]+")
_SLUG_LENGTH: Final = 80


def plain_letters(text: str) -> str:
    """Give Latin letters without their accents; leave other scripts, whose marks are letters of their own.

    >>> plain_letters("Łódź, Ångström, Đồng")
    'Lodz, Angstrom, Dong'
    """
    if text.isascii():
        return text
    kept: list[str] = []
    latin = False
    for letter in unicodedata.normalize("NFD", text.translate(_LETTERS)):
        if unicodedata.combining(letter):
            if not latin:
                kept.append(letter)
            continue
        latin = letter.isascii() and letter.isalpha()
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


def has_honorific(name: str) -> bool:
    """Say whether a name begins with a word of address, as only names of people do.

    >>> [has_honorific(name) for name in ("Mrs Lind", "Miss", "Lind")]
    [True, False, False]
    """
    return bare_name(name) != " ".join(name.split())


def bare_name(name: str) -> str:
    """Give a name without the honorifics before it.

    >>> bare_name("Prof. Dr. Ada Lind")
    'Ada Lind'
    """
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in HONORIFICS:
        words = words[1:]
    return " ".join(words)


@lru_cache(maxsize=65536)
def name_key(name: str) -> str:
    """Give what two spellings of one name share: no case, accents, full stops, quotation marks or article.

    The words stand in their order, one blank between them; a hyphen stays, and initials are one word. Empty when
    nothing is left.

    >>> name_key("The St. Brân's  Society")
    'st brans society'
    >>> name_key("J. K. Ørsted-Lind")
    'jk orsted-lind'
    """
    letters = plain_letters(unicodedata.normalize("NFKC", name)).casefold()
    words = _BREAKS.sub(" ", _DROPPED.sub("", letters)).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return _INITIALS.sub(r"\1", " ".join(words))


@lru_cache(maxsize=65536)
def is_whole_name(name: str) -> bool:
    """Say whether a name of a person is more than a surname, a first name, or an initial with one of them.

    >>> [is_whole_name(name) for name in ("Ada Lind", "Ms Lind", "A. Lind", "van Lind", "A. B. Lind")]
    [True, False, False, False, True]
    """
    bare = bare_name(name)
    return bare[:1].isupper() and len([word for word in name_key(bare).split() if len(word) > 1]) > 1


def slug(name: str) -> str:
    """Give a name as it stands in an IRI: lower-case words of ASCII letters and digits, joined by hyphens.

    Letters of other scripts stay as they are, as an IRI may hold them. Empty when nothing is left.

    >>> slug("Society of St. Brân's")
    'society-of-st-brans'
    """
    letters = _DROPPED.sub("", plain_letters(unicodedata.normalize("NFKC", name)).casefold())
    return _SLUG_BREAKS.sub("-", letters)[:_SLUG_LENGTH].strip("-")
