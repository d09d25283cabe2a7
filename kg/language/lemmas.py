"""Lemmas: rules that turn a word's form into its lemma, and what is known of words beside them.

A rule is a small edit, so that a lemma is one class of many for the model.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from kg.language.morphology import INFLECTED_TAGS, PAST_TAGS, base_form, base_forms, is_plausible

RULES_TRIED: Final = 4
"""How many rules the model names for a word, the likeliest first."""
NAME_TAGS: Final = frozenset({"NNP", "NNPS"})
"""Tags of words that no list of known words holds."""

_BASE_TAGS: Final = frozenset({"NN", "JJ", "RB", "VB", "VBP", "IN", "UH", "MD", "RP"})
"""Tags of forms that are their own lemma, unless they are known otherwise."""
_ENDING_TAGS: Final = frozenset({"NNS", "VBZ", "VBG"})
"""Tags of forms that are not their own lemma, unless they are known otherwise."""

_VERB_TAGS: Final = frozenset({"VB", "VBP"})
_ALL_VERB_TAGS: Final = _VERB_TAGS | {"VBZ", "VBG", "VBD", "VBN"}
_ENDINGS: Final = {"ed": "VBD", "ing": "VBG", "s": "VBZ"}
_LEAST: Final = 3
"""Fewer letters are no word because they are a piece of words."""

_WHOLE = "="
_KEEP, _LOWER = "k", "l"


class Lemmatizer:
    """Finds lemmas: as they are known of a form under its tag, else by the likeliest rule that gives a known word.

    Where none does, an inflected form is taken apart by the spelling of English endings.
    """

    def __init__(self, known: Mapping[str, Mapping[str, str]], is_word: Callable[[str], bool]) -> None:
        """Take tag → form in lower case → lemma, and what says whether a text is a word at all."""
        self._known = known
        self._words = {lemma for forms in known.values() for lemma in forms.values()}
        self._verbs = {lemma for tag in _ALL_VERB_TAGS for lemma in known.get(tag, {}).values()}
        self._is_word = is_word

    def find(self, form: str, tag: str, rules: Sequence[str]) -> str:
        """Give the lemma of a form under its tag, by rules in their order of likelihood."""
        known = self._known.get(tag, {}).get(normalise(form))
        if known is not None:
            return known
        if tag in NAME_TAGS:
            return apply_rule(form, rules[0])
        if not any(character.isalpha() for character in form):
            return form.replace(",", "") if any(character.isdigit() for character in form) else form
        if tag in _BASE_TAGS:
            return self._as_inflected(normalise(form)) if tag in _VERB_TAGS else normalise(form)
        lemmas = [apply_rule(form.lower(), rule) for rule in rules if not rule.startswith(_WHOLE)]
        if tag in _ENDING_TAGS:
            lemmas = [lemma for lemma in lemmas if lemma != form.lower()]
        if tag in INFLECTED_TAGS:
            return self._find_base(normalise(form), tag, lemmas)
        return next((lemma for lemma in lemmas if self._is_known(lemma)), lemmas[0] if lemmas else normalise(form))

    def _find_base(self, form: str, tag: str, lemmas: Sequence[str]) -> str:
        """Choose the base of an inflected form: what a rule gives where it is known, else what the spelling allows."""
        bases = base_forms(form, tag, self._known.get(tag, {}))
        likeliest = bases[0] if bases else form
        if bases and tag in PAST_TAGS and not form.endswith("ed"):
            return likeliest
        words = self._verbs if tag in _ALL_VERB_TAGS else self._words
        lemmas = [lemma for lemma in lemmas if lemma != form]
        sure = (lemma for lemma in lemmas if lemma in words or (lemma == likeliest and self._is_known(lemma)))
        others = (lemma for lemma in (*bases, *lemmas) if self._is_known(lemma))
        return next(sure, None) or next(others, likeliest)

    def _as_inflected(self, form: str) -> str:
        """Give the verb that a form is of, where its tag says that it is a base form and its ending that it is none."""
        if form in self._words:
            return form
        tag = next((tag for ending, tag in _ENDINGS.items() if form.endswith(ending)), None)
        base = base_form(form, tag, self._verbs.__contains__, {}) if tag is not None else form
        return base if base in self._verbs else form

    def _is_known(self, word: str) -> bool:
        return word in self._words or (len(word) >= _LEAST and is_plausible(word) and self._is_word(word))


def normalise(form: str) -> str:
    """Give the form under which a word is known: in lower case, with straight apostrophes."""
    return form.lower().replace("’", "'")


def make_rule(form: str, lemma: str) -> str:
    """Write the shortest edit from `form` to `lemma` as a rule for `apply_rule`.

    A rule is the case to start from, then `cut|add` for the front and for the end, all joined by "|"; a lemma
    that shares nothing with its form is written whole after "=".
    """
    rules = [_make_edit(_KEEP, form, lemma)]
    if form.lower() != form:
        rules.append(_make_edit(_LOWER, form.lower(), lemma))
    return min(rules, key=lambda rule: (rule.startswith(_WHOLE), len(rule), rule))


@lru_cache(maxsize=65536)
def apply_rule(form: str, rule: str) -> str:
    """Give the lemma that `rule` makes of `form`; the form in lower case where the rule cuts more than there is."""
    if rule.startswith(_WHOLE):
        return rule[1:]
    case, front_cut, front, end_cut, end = rule.split("|", 4)
    word = form.lower() if case == _LOWER else form
    first, last = int(front_cut), len(word) - int(end_cut)
    if first > last or not front + word[first:last] + end:
        return form.lower()
    return front + word[first:last] + end


def _make_edit(case: str, form: str, lemma: str) -> str:
    start, at, size = _find_common(form, lemma)
    if not size or "|" in lemma:
        return _WHOLE + lemma
    end = len(form) - start - size
    return f"{case}|{start}|{lemma[:at]}|{end}|{lemma[at + size :]}"


def _find_common(form: str, lemma: str) -> tuple[int, int, int]:
    """Find the longest run both share: its start in the form, its start in the lemma, its length."""
    best = (0, 0, 0)
    row = [0] * (len(lemma) + 1)
    for i, character in enumerate(form):
        last = 0
        for j, other in enumerate(lemma):
            last, row[j + 1] = row[j + 1], last + 1 if character == other else 0
            if row[j + 1] > best[2]:
                best = (i + 1 - row[j + 1], j + 1 - row[j + 1], row[j + 1])
    return best
