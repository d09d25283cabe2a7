"""Quotation marks: which open, which close, what stands between them, and what is only an apostrophe."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.language.syntax import Syntax

_CLOSED_BY: Final = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", "‚": "‘’", "‹": "›"}
_STRAIGHT: Final = frozenset({'"', "``", "''"})
_SINGLE: Final = frozenset({"'", "’"})
_CURLY_SINGLE: Final = frozenset({"‘", "‚"})
_ENDS: Final = frozenset({".", "?", "!", "…", "...", "—", "–", "-", "--"})
_BEFORE_CLOSING: Final = _ENDS | {",", ";", '"', "”"}
_CUT_WORDS: Final = frozenset("em tis twas twere twill n til cause bout".split())
"""Words that an apostrophe begins."""
_DEEPEST: Final = 3


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch in quotation marks: tokens [start, end) without the marks, inside `depth` others.

    `closed` tells whether a mark ends it; if not, its paragraph does.
    """

    start: int
    end: int
    depth: int = 0
    closed: bool = True


def find_quotes(syntax: Syntax) -> list[Quote]:
    """Return all stretches in quotation marks in the order in which they open."""
    return sorted(_Pairing(syntax).find(), key=lambda quote: (quote.start, -quote.end))


class _Pairing:
    """Goes through the tokens once, with the marks that are open: pairs of what the mark is and where it stands."""

    def __init__(self, syntax: Syntax) -> None:
        self.syntax = syntax
        self.open: list[tuple[str, int]] = []
        self.paragraph_end: list[int] = []
        self.end_of_single: list[int | None] = []
        self.sure_end: list[bool] = []
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Note for each token where its paragraph ends, and where the next single mark stands that may close.

        `sure_end` tells that one that surely closes comes before the next that opens.
        """
        lower = self.syntax.lower
        end, single, sure = len(lower), None, False
        for i in range(len(lower) - 1, -1, -1):
            self.paragraph_end.append(end)
            self.end_of_single.append(single)
            self.sure_end.append(sure)
            if "\n" in lower[i]:
                end, single, sure = i, None, False
            elif lower[i] in _SINGLE and _may_close(self.syntax, i):
                single, sure = i, sure or not _is_after_s(self.syntax, i)
            elif lower[i] == "‘" or (lower[i] == "'" and self.syntax.tag[i] != "POS"):
                sure = False
        for row in (self.paragraph_end, self.end_of_single, self.sure_end):
            row.reverse()

    def find(self) -> Iterator[Quote]:
        for i, word in enumerate(self.syntax.lower):
            if "\n" in word:
                yield from self._close(0, i, closed=False)
            elif word in _STRAIGHT:
                yield from self._straight(i, word)
            elif word in _SINGLE and (level := self._level(word)) is not None:
                if _may_close(self.syntax, i) and not (_is_after_s(self.syntax, i) and self.sure_end[i]):
                    yield from self._close(level, i)
            elif word != "’" and (level := self._level(word)) is not None:
                yield from self._close(level, i)
            elif word in _CLOSED_BY or word == "'":
                yield from self._opened(i, word)
        yield from self._close(0, len(self.syntax.lower), closed=False)

    def _opened(self, i: int, word: str) -> Iterator[Quote]:
        """Open a mark; the same mark again at the start of a sentence opens the next paragraph of one speech."""
        if (word in _CURLY_SINGLE or word == "'") and not self._opens_single(i):
            return
        level = next((level for level, (mark, _) in enumerate(self.open) if mark == word), None)
        if level is not None:
            if self.syntax.lower[i - 1] not in _ENDS:
                return
            yield from self._close(level, i, closed=False)
        self._push(i, word)

    def _straight(self, i: int, word: str) -> Iterator[Quote]:
        level = next((level for level, (mark, _) in enumerate(self.open) if mark == '"'), None)
        if level is None:
            if word == "``" or not _only_closes(self.syntax, i):
                self._push(i, '"')
            return
        opens = word == "``" or _only_opens(self.syntax, i)
        yield from self._close(level, i, closed=not opens)
        if opens:
            self._push(i, '"')

    def _push(self, i: int, mark: str) -> None:
        if len(self.open) < _DEEPEST:
            self.open.append((mark, i))

    def _level(self, word: str) -> int | None:
        """Return the level of the innermost open mark that a mark may close."""
        for level in range(len(self.open) - 1, -1, -1):
            mark = self.open[level][0]
            if word in _CLOSED_BY.get(mark, ()) or (word == mark == "'"):
                return level
        return None

    def _close(self, level: int, i: int, *, closed: bool = True) -> Iterator[Quote]:
        """Close the mark of a level, if it is open; what opened inside it and did not end is no quotation."""
        if level >= len(self.open):
            return
        place = self.open[level][1]
        del self.open[level:]
        if i > place + 1:
            yield Quote(place + 1, i, level, closed)

    def _opens_single(self, i: int) -> bool:
        """Tell whether a single mark opens a quotation: a mark ends it, or the next paragraph goes on with it."""
        syntax = self.syntax
        doc = syntax.doc
        if i + 1 == len(doc) or doc[i].whitespace_ or syntax.tag[i] == "POS" or _is_cut(syntax.lower[i + 1]):
            return False
        if syntax.lower[i] == "'" and i and not (doc[i - 1].whitespace_ or doc[i - 1].is_space or doc[i - 1].is_punct):
            return False
        end = self.paragraph_end[i]
        at_start = i == 0 or "\n" in syntax.lower[i - 1]
        goes_on = at_start and syntax.lower[end + 1 : end + 2] == [syntax.lower[i]]
        return self.end_of_single[i] is not None or goes_on


def _is_cut(text: str) -> bool:
    """Tell whether an apostrophe before a word stands for what is cut off: '90s, 'em."""
    return (text[:2].isdigit() and text.endswith("s")) or text in _CUT_WORDS


def _is_after_s(syntax: Syntax, i: int) -> bool:
    """Tell whether a single mark may mark a plural's possession: "the workers' rights"."""
    return syntax.lower[i - 1].endswith("s") and i + 1 < len(syntax.doc) and syntax.doc[i + 1].is_alpha


def _may_close(syntax: Syntax, i: int) -> bool:
    """Tell whether a single mark may close a quotation, and is not only an apostrophe."""
    doc = syntax.doc
    if i == 0 or doc[i - 1].whitespace_ or doc[i - 1].is_space:
        return False
    if syntax.lower[i - 1] in _BEFORE_CLOSING:
        return True
    if i + 1 == len(doc) or doc[i + 1].is_punct or doc[i + 1].is_space:
        return True
    return bool(doc[i].whitespace_) and syntax.tag[i] != "POS"


def _only_opens(syntax: Syntax, i: int) -> bool:
    """Tell whether a straight mark has a space before it and none after it."""
    return i > 0 and bool(syntax.doc[i - 1].whitespace_) and not syntax.doc[i].whitespace_


def _only_closes(syntax: Syntax, i: int) -> bool:
    """Tell whether a straight mark has no space before it and one after it."""
    before = syntax.doc[i - 1]
    return i > 0 and not before.whitespace_ and bool(syntax.doc[i].whitespace_) and not before.is_space
