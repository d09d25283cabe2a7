"""The sentence around some words of a text that is no longer parsed: good enough to read the words in."""

from __future__ import annotations

import re
from typing import Final

from kg.model import Span

MOST_CHARACTERS: Final = 400
"""How many characters of a sentence are shown on either side of the words."""

# A full stop ends no sentence after an initial or after a short title such as Mr or Gen.
_END: Final = re.compile(
    r"""(?: (?<!\b[A-Z]) (?<!\s[A-Z][a-z]) (?<!\s[A-Z][a-z]{2}) (?<!^[A-Z][a-z]) (?<!^[A-Z][a-z]{2}) [.] | [!?…] )
        [”"’')\]]* \s+ (?=[“"‘'(\[]?[A-Z0-9])
      | \n\s*\n\s*""",
    re.VERBOSE,
)


def find_sentence(text: str, span: Span) -> Span:
    """Give the characters from the start of the sentence of the first word to the end of that of the last.

    >>> text = "It rained. Mr. Lind spoke in Oslo. She left."
    >>> found = find_sentence(text, Span(15, 19))
    >>> text[found.start:found.end]
    'Mr. Lind spoke in Oslo.'
    """
    first = max(0, span.start - MOST_CHARACTERS)
    ends = (found.end() for found in _END.finditer(text, first, span.end) if found.end() <= span.start)
    start = max(ends, default=first)
    last = min(len(text), span.end + MOST_CHARACTERS)
    ending = _END.search(text, max(span.start, span.end - 1), last)
    end = last if ending is None else max(ending.start() + len(ending.group().rstrip()), span.end)
    while end > span.end and text[end - 1].isspace():
        end -= 1
    while start < span.start and text[start].isspace():
        start += 1
    return Span(start, end)


def find_bounds(text: str) -> list[int]:
    """Give where the sentences of a text start, the first at 0, and where the last one ends.

    >>> find_bounds("It rained. Mr. Lind spoke in Oslo. She left.")
    [0, 11, 35, 44]
    """
    return [0, *(found.end() for found in _END.finditer(text)), len(text)]
