"""Word shapes: what an uncased encoder cannot see of a word, as one small number."""

from collections.abc import Sequence
from typing import Final

SHAPES: Final = (
    "other",
    "lower",
    "title",
    "upper",
    "initial",
    "mixed",
    "lower-first mixed",
    "capital inside",
    "number",
    "number with marks",
    "letters and digits",
    "abbreviation",
    "uncased letters",
    "symbol",
    "mark",
    "opening mark",
    "closing mark",
    "inner mark",
    "free mark",
)
"""Names of the shapes; a shape's place in this tuple is its id."""

SHAPE_IDS: Final = {name: number for number, name in enumerate(SHAPES)}
_MARKS: Final = frozenset("!\"#%&'()*,-./:;?@[\\]_{}¡§«¶·»¿‐‑‒–—―‘’‚“”„†‡•…‹›`´")
_SIDES: Final = {
    (True, False): "opening mark",
    (False, True): "closing mark",
    (False, False): "inner mark",
    (True, True): "free mark",
}


def find_shapes(words: Sequence[str], spaces: Sequence[bool] | None) -> list[int]:
    """Give each word's shape id.

    `spaces` says for each word whether white space follows it; without it, marks get the shape
    that says nothing of their sides.
    """
    found = []
    before = True
    for number, word in enumerate(words):
        name = find_shape(word)
        if spaces is not None:
            if name == "mark":
                name = _SIDES[before, spaces[number]]
            before = spaces[number]
        found.append(SHAPE_IDS[name])
    return found


def find_shape(word: str) -> str:
    """Name the shape of one word, whatever stands beside it."""
    if word.islower() and word.isalpha():
        return "lower"
    if all(character in _MARKS for character in word):
        return "mark"
    if not any(character.isalnum() for character in word):
        return "symbol"
    if any(character.isdigit() for character in word):
        return _find_digit_shape(word)
    return _find_letter_shape(word)


def _find_digit_shape(word: str) -> str:
    if word.isdigit():
        return "number"
    if any(character.isalpha() for character in word):
        return "letters and digits"
    return "number with marks"


def _find_letter_shape(word: str) -> str:
    letters = [character for character in word if character.isalpha()]
    upper = sum(character.isupper() for character in letters)
    if not upper:
        return "lower" if any(character.islower() for character in letters) else "uncased letters"
    if "." in word[1:]:
        return "abbreviation"
    if upper == len(letters):
        return "initial" if upper == 1 else "upper"
    if not letters[0].isupper():
        return "lower-first mixed"
    if upper == 1:
        return "title"
    return "mixed" if len(letters) == len(word) else "capital inside"
