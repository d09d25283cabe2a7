"""Lines and paragraphs: where the white space of a text says that a sentence ends."""

import re
from typing import Final

from spacy.tokens import Doc, Token

_WRAPPED_LENGTHS: Final = (50, 100)
_LEAST_WRAPPED: Final = 3
_WRAPPED_SHARE: Final = 0.6
_ENDINGS: Final = tuple(".!?:;…\"'”’)]")
_CLOSING: Final = frozenset({'"', "”", "''"})
_OPENING: Final = frozenset({'"', "“", "``"})
_BRACKETS: Final = frozenset("[]")
_OPENERS: Final = frozenset({"“", "‘", "(", "``"})
_CLOSERS: Final = frozenset({"”", ")", "''"})
_STRAIGHT: Final = frozenset({'"'})
_NUMBERED: Final = frozenset({"no", "nos", "art", "sec", "fig", "vol", "ch", "pp"})
"""What a number follows, with a full stop between."""
_DATELINE: Final = re.compile(
    r"\s*[A-ZÀ-Þ]"
    r"(?:[A-ZÀ-Þ .'’-]{2,40}"
    r"|[\w .'’-]{2,30}(?:(?=, (?:\d|[A-Z][a-z]+\.? \d|[A-Z][a-z]+day\b))|(?= \([A-Z]\w+\) ?[—–-])))"
    r"(?:, [^—–\n]{1,30}?)? ?(?:\([^)\n]{2,20}\) ?)?(?:—|–|--| -) ?"
)
_BLANK_LINE: Final = re.compile(r"\n[^\S\n]*\n")


def find_breaks(doc: Doc) -> list[bool]:
    """Say of each token that is read whether a new paragraph starts with it.

    A line break starts one, unless the text is hard-wrapped: there only an empty line does. So does the end of a date
    line ("LONDON, 3 May —") at the beginning of the text, and of a quotation that closes with a full stop.
    """
    dated = find_dateline(doc.text)
    least = 2 if is_hard_wrapped(doc.text) else 1
    breaks: list[bool] = []
    lines = 0
    for token in doc:
        if token.is_space:
            lines += len(f"{token.text}.".splitlines()) - 1
        elif is_read(token):
            after_date = dated > 0 and dated == token.idx
            breaks.append(not breaks or lines >= least or after_date or _follows_quotation(doc, token.i))
            lines = 0
    return breaks


def _follows_quotation(doc: Doc, i: int) -> bool:
    """Say whether a token with a capital, or an opening mark, comes right after a full stop and a closing mark."""
    if i < 3 or doc[i - 1].text not in _CLOSING or doc[i - 2].text != "." or not doc[i - 1].whitespace_:
        return False
    tight = not doc[i - 2].whitespace_ and not doc[i - 3].whitespace_
    return tight and (doc[i].text[:1].isupper() or doc[i].text in _OPENING)


def find_moves(doc: Doc) -> list[int | None]:
    """Say of each token that is read where a sentence starts that the model starts with it: 0 for there, None for not.

    None starts after a comma and the mark that closes a quotation, or with the number of "No. 5". One starts with the
    opening mark before its first word (-1), and after a closing mark (1).
    """
    return [_find_move(doc, token.i) for token in doc if is_read(token)]


def _find_move(doc: Doc, i: int) -> int | None:
    if i == 0 or doc[i - 1].is_space:
        return 0
    before = doc[i - 1]
    quoted = before.text in _CLOSING and i > 1 and doc[i - 2].text == "," and not doc[i - 2].whitespace_
    numbered = before.text == "." and i > 1 and doc[i - 2].lower_ in _NUMBERED and doc[i].text[0].isdigit()
    if quoted or numbered:
        return None
    return -1 if _is_opening(doc, i - 1) else int(_is_closing(doc, i))


def _is_opening(doc: Doc, i: int) -> bool:
    """Say whether a mark opens a quotation or a bracket: a straight one by the white space around it."""
    text, apart = doc[i].text, i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space
    return text in _OPENERS or (text in _STRAIGHT and apart and not doc[i].whitespace_)


def _is_closing(doc: Doc, i: int) -> bool:
    """Say whether a mark closes a quotation or a bracket."""
    text = doc[i].text
    return text in _CLOSERS or (text in _STRAIGHT and i > 0 and not doc[i - 1].whitespace_ and bool(doc[i].whitespace_))


def is_read(token: Token) -> bool:
    """Say whether the model is given a token: white space and the square brackets of editors it is not."""
    return not token.is_space and token.text not in _BRACKETS


def find_dateline(text: str) -> int:
    """Give where the text goes on after a date line at its beginning, 0 when it has none.

    >>> find_dateline("LONDON, 3 May — Rain fell.")
    16
    """
    match = _DATELINE.match(text)
    return match.end() if match else 0


def is_hard_wrapped(text: str) -> bool:
    """Say whether lines of the text end where the width ran out: most are of like length and end inside a sentence."""
    if "\n" not in text:
        return False
    wrapped = lines = 0
    for block in _BLANK_LINE.split(text.replace("\r\n", "\n")):
        for line in block.strip("\n").split("\n")[:-1]:
            lines += 1
            width = len(line.strip())
            wrapped += _WRAPPED_LENGTHS[0] <= width <= _WRAPPED_LENGTHS[1] and not line.rstrip().endswith(_ENDINGS)
    return lines >= _LEAST_WRAPPED and wrapped >= _WRAPPED_SHARE * lines
