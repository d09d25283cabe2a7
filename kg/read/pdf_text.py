"""The pages of a printed document as one text: without what is repeated on them, in paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

EDGE: Final = 3
"""So many lines at the top and at the bottom of a page can be repeated ones."""
LEAST_PAGES: Final = 3
"""A line that stands at the edge of so many pages, or of two out of a few, is no part of the text."""
FEW_PAGES: Final = 5
SHORT: Final = 0.8
"""A line that is shorter than this share of a full one may end a paragraph."""

LONGEST_WORD: Final = 64

_LIGATURES: Final = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\xa0": " ", "\t": " "}
)
_DIGITS: Final = re.compile(r"\d+")
_PAGE_NUMBER: Final = re.compile(r"\W*(?:page )?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_SPACES: Final = re.compile(r" {2,}")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_DIVIDED: Final = re.compile(r"[^\W\d_]{2,}-\Z")
_LAST_WORD: Final = re.compile(r"[^\W\d_]+-?\Z")
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDING: Final = re.compile(r"[.!?:;][\"'”’)\]]*\Z")
_ITEM: Final = re.compile(r"(?:[•‣◦▪–—*-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")


def join_pages(pages: Sequence[str]) -> str:
    """Join the texts of pages into one, paragraphs apart by an empty line.

    >>> print(join_pages(["The Gazette\\nThe coun-\\ncil met.\\n1", "The Gazette\\nIt rained.\\n2"]))
    The council met.
    <BLANKLINE>
    It rained.
    """
    split = [_split(page) for page in pages]
    lines = [line for page in _without_repeated(split) for line in (*page, *_after_page(page))]
    words = Counter(
        word.lower() for page in split for line in page for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line)
    )
    width = _full_width(lines)
    paragraphs: list[list[str]] = []
    last = ""
    for line in lines:
        if line and (not last or _ends(last, line, width)):
            paragraphs.append([line])
        elif line:
            paragraphs[-1][-1] = _tie(last, line, words)
            paragraphs[-1].append(line)
        last = line
    return "\n\n".join("".join(paragraph) for paragraph in paragraphs)


def _split(page: str) -> list[str]:
    text = _CONTROLS.sub("", page.translate(_LIGATURES))
    return [_SPACES.sub(" ", line).strip() for line in text.split("\n")]


def _without_repeated(pages: Sequence[list[str]]) -> list[list[str]]:
    """Take away lines at the top and the bottom that many pages have, numbers apart."""
    tops = [_edge(page) for page in pages]
    bottoms = [_edge(page[::-1]) for page in pages]
    least = LEAST_PAGES if len(pages) > FEW_PAGES else LEAST_PAGES - 1
    repeated = [
        {key for key, count in Counter(key for edge in edges for key in set(edge)).items() if count >= least}
        for edges in (tops, bottoms)
    ]
    return [_cut(_cut(page, repeated[0])[::-1], repeated[1])[::-1] for page in pages]


def _edge(page: list[str]) -> list[str]:
    return [_key(line) for line in page if line][:EDGE]


def _key(line: str) -> str:
    return _DIGITS.sub("#", line).casefold()


def _cut(page: list[str], repeated: set[str]) -> list[str]:
    """Take away the repeated lines that a page begins with."""
    start = passed = 0
    for number, line in enumerate(page):
        if not line:
            continue
        if passed == EDGE or not (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line)):
            break
        passed += 1
        start = number + 1
    return page[start:]


def _after_page(page: list[str]) -> list[str]:
    """End a paragraph with the page where a sentence ends there."""
    last = next((line for line in reversed(page) if line), "")
    return [""] if _ENDING.search(last) else []


def _full_width(lines: Sequence[str]) -> int:
    lengths = sorted(len(line) for line in lines if line)
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _ends(line: str, following: str, width: int) -> bool:
    """Say whether a paragraph ends with a line: a short one after which a sentence, a heading or an item begins."""
    if _ITEM.match(following):
        return True
    if len(line) >= SHORT * width or _is_divided(line, following):
        return False
    return _ENDING.search(line) is not None or not following[0].islower()


def _is_divided(line: str, following: str) -> bool:
    return line.endswith("\xad") or (_DIVIDED.search(line, _tail(line)) is not None and following[0].isalpha())


def _tail(line: str) -> int:
    """Give where to look for the last word of a line: no word is longer, and a line may be."""
    return max(0, len(line) - LONGEST_WORD)


def _tie(line: str, following: str, words: Counter[str]) -> str:
    """Give a line as it stands before the next one of its paragraph: with a space, or without the hyphen at its end."""
    if line.endswith("\xad"):
        return line[:-1]
    if not _is_divided(line, following):
        return f"{line} "
    if not following[0].islower():
        return line
    left, right = _LAST_WORD.search(line, _tail(line)), _FIRST_WORD.match(following)
    assert left is not None
    assert right is not None
    hyphened, whole = f"{left[0]}{right[0]}".lower(), f"{left[0][:-1]}{right[0]}".lower()
    return line if words[hyphened] > words[whole] else line[:-1]
