"""Whether a text is in English, which is all that is read."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Final

from kg.errors import SourceError

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

LEAST_LETTERS: Final = 200
"""A text of fewer letters is read whatever it seems to be."""
_MOST_CHARACTERS: Final = 20_000
"""How much of a text is looked at, from its beginning."""
_ENGLISH: Final = frozenset("the and that with from have has were been which their this would said his who".split())
_WORD: Final = re.compile(r"\w+")
_LETTER: Final = re.compile(r"[^\W\d_]")
_LEAST_ENGLISH: Final = 0.03
"""The share of these words above which a text is English, whatever it quotes: news has 10 to 20 in a hundred."""
_LEAST_SURE: Final = 0.95


def check_english(text: str) -> None:
    """Raise SourceError where a text is in another language for certain; say which, and what to do."""
    language = find_other_language(text)
    if language is not None:
        raise SourceError(f"is in {language}, and only English is read; leave it out, or translate it first")


def find_other_language(text: str) -> str | None:
    """Name the language of a text that is surely not in English, None where it is, or may be.

    A text with the commonest words of English in it is taken for English at once; only of others is the language
    looked for.

    >>> find_other_language("The ferry left with the tide. " * 20)
    """
    start = text[:_MOST_CHARACTERS]
    if next(islice(_LETTER.finditer(start), LEAST_LETTERS - 1, None), None) is None:
        return None
    words = _WORD.findall(start.lower())
    if sum(word in _ENGLISH for word in words) >= _LEAST_ENGLISH * len(words):
        return None
    code, sure = _identifier().classify(start)
    if code == "en" or sure < _LEAST_SURE:
        return None
    return _name_language(code)


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once, when a text needs it."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _name_language(code: str) -> str:
    """Give the English name of a language by its ISO 639 code."""
    from babel import Locale

    return str(Locale("en").languages.get(code, f"another language ({code})"))
