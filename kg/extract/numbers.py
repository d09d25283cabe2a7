"""Numbers in text: figures, number words, and results such as "95 to 92"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.language.syntax import Syntax

_UNITS: Final = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES: Final = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_FIGURE: Final = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d+$|^\d+\.\d+$")
_PAIR: Final = re.compile(r"^(\d{1,4})(?:[-–]|-to-|–to–)(\d{1,4})$")
_HYPHENED: Final = re.compile(r"^to-(\d{1,4})$")
"""The end of "230-to-197", which tokenizers part after its first hyphen."""
_JOINERS: Final = frozenset({"to", "-", "–", "against"})
_NOT_COUNTS: Final = frozenset("% percent per pm am p.m a.m million billion years year degrees".split())


@dataclass(frozen=True, slots=True)
class Result:
    """Two numbers set against each other: tokens [start, end), the numbers, the word after each ("yes", "no") or "".

    `side` is what follows a bare result and names the side of its first number: "95 to 92 against".
    """

    start: int
    end: int
    first: int
    second: int
    words: tuple[str, str]
    side: str = ""


def number_at(syntax: Syntax, i: int) -> tuple[float, int] | None:
    """Return (value, end) of the number that starts at token i; number words add up, scales multiply."""
    word = syntax.lower[i]
    if _FIGURE.match(word):
        value, end = float(word.replace(",", "")), i + 1
        if end < len(syntax.lower) and syntax.lower[end] in _SCALES:
            return value * _SCALES[syntax.lower[end]], end + 1
        return value, end
    total, current, j = 0, 0, i
    while j < len(syntax.lower):
        word = syntax.lower[j]
        if word in _UNITS:
            current += _UNITS[word]
        elif word in _TENS:
            current += _TENS[word]
        elif word in _SCALES and j > i:
            current = max(current, 1) * _SCALES[word]
            if _SCALES[word] > 100:
                total, current = total + current, 0
        elif not (word in ("-", "and") and j > i and j + 1 < len(syntax.lower) and syntax.lower[j + 1] in _UNITS):
            break
        j += 1
    return (float(total + current), j) if j > i else None


def number_before(syntax: Syntax, i: int) -> tuple[int, int] | None:
    """Return (whole number, start) of the number that ends right before token i, over adjectives ("95 valid votes")."""
    for start in range(max(0, i - 5), i):
        if syntax.sentence[start] != syntax.sentence[i] or not (
            syntax.pos[start] == "NUM" or _FIGURE.match(syntax.lower[start])
        ):
            continue
        found = number_at(syntax, start)
        if found is None or found[0] != int(found[0]):
            continue
        if all(syntax.pos[j] in ("ADJ", "PART") or syntax.lower[j] in ("of", "-") for j in range(found[1], i)):
            return int(found[0]), start
    return None


def find_results(syntax: Syntax, nouns: Collection[str] = ()) -> Iterator[Result]:
    """Yield results in text order: "95 to 92", "95-92", "95 yes to 92 no", "by 95 votes to 92"; no shares, no years.

    `nouns` are the lemmas of what a result may be of ("a ballot of 95 to 92"); of other things two numbers are none.
    """
    i = 0
    while i < len(syntax.lower):
        found = _result_at(syntax, i, nouns)
        if found is None:
            i += 1
            continue
        yield found
        i = found.end


def _result_at(syntax: Syntax, i: int, nouns: Collection[str]) -> Result | None:
    figure = _FIGURE.match(syntax.lower[i])
    pair = _PAIR.match(syntax.lower[i])
    if pair is None and figure is None and syntax.pos[i] != "NUM":
        return None
    hyphened = (
        _HYPHENED.match(syntax.lower[i + 2])
        if syntax.lower[i + 1 : i + 2] == ["-"] and i + 2 < len(syntax.lower)
        else None
    )
    before = syntax.lower[i - 1] if i else ""
    joined = pair is not None or hyphened is not None or syntax.lower[i + 1 : i + 2] in (["-"], ["–"])
    joined = joined or (i > 1 and syntax.lemma[i - 2] in nouns)
    if before in ("from", "between", "$", "£", "€") or (before == "of" and not joined):
        return None
    if hyphened is not None and syntax.lower[i].isdigit():
        return _checked(syntax, Result(i, i + 3, int(syntax.lower[i]), int(hyphened[1]), ("", "")))
    if pair is not None:
        return _checked(syntax, Result(i, i + 1, int(pair[1]), int(pair[2]), ("", "")))
    first = number_at(syntax, i)
    if first is None:
        return None
    joiner, word = first[1], ""
    if joiner < len(syntax.lower) and syntax.doc[joiner].is_alpha and syntax.lower[joiner] not in _JOINERS:
        word, joiner = syntax.lower[joiner], joiner + 1
    if joiner + 1 >= len(syntax.lower) or syntax.lower[joiner] not in _JOINERS:
        return None
    second = number_at(syntax, joiner + 1)
    if second is None or first[0] != int(first[0]) or second[0] != int(second[0]):
        return None
    end = second[1]
    other = ""
    if (
        word
        and end < len(syntax.lower)
        and syntax.doc[end].is_alpha
        and syntax.pos[end] in ("NOUN", "INTJ", "ADV", "ADJ", "DET")
    ):
        other, end = syntax.lower[end], end + 1
    return _checked(syntax, Result(i, end, int(first[0]), int(second[0]), (word, other)))


def _checked(syntax: Syntax, result: Result) -> Result | None:
    after = syntax.lower[result.end] if result.end < len(syntax.lower) else ""
    if not result.words[0] and after in ("against", "for"):
        result = replace(result, side=after)
    years = all(1500 <= n <= 2100 for n in (result.first, result.second))
    return None if years or after in _NOT_COUNTS or result.words[0] in _NOT_COUNTS else result
