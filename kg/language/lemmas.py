"""Lemma rules: a small edit that turns a word's form into its lemma, so that a lemma is one class of many."""

from functools import lru_cache

_WHOLE = "="
_KEEP, _LOWER = "k", "l"


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
