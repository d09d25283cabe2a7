"""Words of a picture: their font, how they break into lines, and how much room they take."""

from __future__ import annotations

import re
import textwrap
import unicodedata
import warnings
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.textpath import text_to_path

FAMILY: Final = "DejaVu Sans"
"""The font that comes with matplotlib: the same letters on every machine."""

_SOUND: Final = re.compile(r"(?:HANGUL SYLLABLE|HIRAGANA LETTER|KATAKANA LETTER) ([A-Z]+)")

LINE: Final = 1.2
"""Height of a line, in font sizes."""


def clean(text: str) -> str:
    """Give a text without control characters and double spaces."""
    spaced = "".join(" " if unicodedata.category(char).startswith("C") else char for char in text)
    return re.sub(r"\s+", " ", spaced).strip()


def drawable(text: str) -> str:
    """Give a text in letters that this machine can draw: the same where it has them all.

    A letter that no font has loses its marks, or is written in Latin where its Unicode name tells how it sounds
    (Hangul and kana); others become one "…", and pictures one of nothing.
    """
    text = clean(text)
    missing = {char for char in text if not char.isspace()} - set(map(chr, _had(text)))
    if not missing:
        return text
    told = clean("".join(_in_latin(char) if char in missing else char for char in text))
    return re.sub(r"…[\s…]*…", "…", told)


@lru_cache(maxsize=4096)
def _had(text: str) -> frozenset[int]:
    """Give the letters of a text that some font of this machine has."""
    letters = {ord(char) for char in text}
    return frozenset(letters.intersection(*[frozenset().union(*(_letters(_path(name)) for name in families(text)))]))


def _in_latin(char: str) -> str:
    base = unicodedata.normalize("NFKD", char)[0]
    if base != char and ord(base) in _letters(findfont(FAMILY)):
        return base
    found = _SOUND.fullmatch(unicodedata.name(char, ""))
    if found:
        return found[1].lower()
    return "" if unicodedata.category(char) == "So" else "…"


def wrap(text: str, width: int, lines: int) -> list[str]:
    """Break a text into lines of about `width` characters and like length; what needs more than `lines` ends in "…"."""
    text = drawable(text)
    broken = textwrap.wrap(text, width, max_lines=lines, placeholder="…") or [""]
    for narrower in range(width - 1, max(map(len, text.split()), default=1) - 1, -1):
        tighter = textwrap.wrap(text, narrower)
        if len(tighter) > len(broken) or broken[-1].endswith("…"):
            break
        broken = tighter
    return broken


def measure(lines: Iterable[str], size: float, *, bold: bool = False) -> tuple[float, float]:
    """Give width and height of lines of text, in points."""
    lines = list(lines)
    return max((_width(line, bold) * size for line in lines), default=0.0), LINE * size * len(lines)


@lru_cache(maxsize=4096)
def _width(line: str, bold: bool) -> float:
    """Give the width of a line in font sizes."""
    font = FontProperties(family=families(line), size=10, weight="bold" if bold else "normal")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+")
        width: float = text_to_path.get_text_width_height_descent(line, font, ismath=False)[0]
    return width / 10


@lru_cache(maxsize=4096)
def families(text: str) -> tuple[str, ...]:
    """Give the fonts that together have all letters of a text, as far as this machine has them."""
    missing = {ord(char) for char in text if not char.isspace()} - _letters(findfont(FAMILY))
    found = [FAMILY]
    if missing:
        for name, path in _installed():
            more = missing & _letters(path)
            if more:
                found.append(name)
                missing -= more
            if not missing:
                break
    return tuple(found)


@lru_cache(maxsize=512)
def _path(name: str) -> str:
    return findfont(FAMILY) if name == FAMILY else dict(_installed())[name]


@lru_cache(maxsize=512)
def _letters(path: str) -> frozenset[int]:
    return frozenset(get_font(path).get_charmap())


@lru_cache(maxsize=1)
def _installed() -> tuple[tuple[str, str], ...]:
    fonts = {
        font.name: font.fname
        for font in fontManager.ttflist
        if font.style == "normal" and not font.name.startswith(("Last Resort", "cm", "STIX"))
    }
    return tuple(sorted(fonts.items(), key=lambda item: ("Sans" not in item[0], item)))
