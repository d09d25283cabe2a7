"""A table of texts in columns for a screen. Widths are those of a terminal, where some characters take two cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from rich.cells import cell_len, chop_cells

_BETWEEN: Final = "   "
_RULE: Final = "─"
_WORDS: Final = re.compile(r"\S+\s*|\s+")


def write_table(
    head: Sequence[str], rows: Sequence[Sequence[str]], *, width: int, right: frozenset[int] = frozenset()
) -> str:
    """Write a table at most so many cells wide, a rule under its head; the columns `right` stand to the right.

    What does not fit is folded: the widest columns give way, lines break between words, and inside of one that is
    longer than its column. No text may hold a line break.
    """
    widths = fit([max(map(cell_len, column)) for column in zip(head, *rows, strict=True)], width)
    rule = _RULE * (sum(widths) + len(_BETWEEN) * (len(widths) - 1))
    lines = [*_lay_out(head, widths, right), rule]
    for row in rows:
        lines += _lay_out(row, widths, right)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def fit(widths: Sequence[int], width: int) -> list[int]:
    """Give the columns of a table the widths that they want, or cut the widest to one width that lets all fit.

    >>> fit([5, 70, 60], 100), fit([5, 10, 20], 100)
    ([5, 45, 44], [5, 10, 20])
    """
    left = max(width - len(_BETWEEN) * (len(widths) - 1), len(widths))
    found = dict.fromkeys(range(len(widths)), 0)
    order = sorted(found, key=lambda column: (widths[column], -column))
    for place, column in enumerate(order):
        found[column] = min(widths[column], left // (len(order) - place))
        left -= found[column]
    return list(found.values())


def _lay_out(cells: Iterable[str], widths: Sequence[int], right: frozenset[int]) -> Iterator[str]:
    """Yield the lines of a row."""
    folded = [fold(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for parts in zip_longest(*folded, fillvalue=""):
        padded = (
            _pad(part, width, to_right=number in right)
            for number, (part, width) in enumerate(zip(parts, widths, strict=True))
        )
        yield _BETWEEN.join(padded)


def _pad(text: str, width: int, *, to_right: bool) -> str:
    space = " " * (width - cell_len(text))
    return space + text if to_right else text + space


def fold(text: str, width: int) -> list[str]:
    """Break a text into lines of at most so many cells.

    >>> fold("the Minister without Portfolio", 12)
    ['the Minister', 'without', 'Portfolio']
    """
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in _WORDS.findall(text):
        bare = word.rstrip()
        if lines[-1] and cell_len(lines[-1] + bare) > width:
            lines.append("")
        if cell_len(bare) > width:
            *lines[-1:], word = chop_cells(word, width)
            lines.append("")
        lines[-1] += word
    return [line.rstrip() for line in lines]
