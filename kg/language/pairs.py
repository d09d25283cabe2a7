"""What two phrases have to do with each other: the numbers that a scorer of antecedents looks at.

Each phrase has a row of features; each pair of a phrase and one before it has a row of its own. All are computed for
whole texts at once, and all from syntax, names and words, so that any pipeline that parses will do.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kg.language.gender import BY_TITLE, gender_of
from kg.language.mentions import Phrase
from kg.language.saying import Speech
from kg.language.syntax import Syntax

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]

NEAREST: Final = 50
"""How many of the phrases right before one are looked at as its antecedents."""
_ALIKE: Final = 6
"""How many of the phrases before, for each word that they share with one, are looked at besides."""

_KINDS: Final = {
    "i": 0, "me": 0, "my": 0, "mine": 0, "myself": 0,
    "we": 1, "us": 1, "our": 1, "ours": 1, "ourselves": 1,
    "you": 2, "your": 2, "yours": 2, "yourself": 2, "yourselves": 2,
    "he": 3, "him": 3, "his": 3, "himself": 3,
    "she": 4, "her": 4, "hers": 4, "herself": 4,
    "it": 5, "its": 5, "itself": 5,
    "they": 6, "them": 6, "their": 6, "theirs": 6, "themselves": 6,
}  # fmt: skip
_OTHER_PRONOUN, _DEMONSTRATIVE, _NAME, _DEFINITE, _POSSESSED, _INDEFINITE, _BARE = range(7, 14)
_KIND_COUNT: Final = 14
_FIRST_PERSON: Final = 0
_PRONOUNS: Final = 9
"""Kinds below it are pronouns."""
_GENDERS: Final = {3: 1, 4: 2, 5: 3}
_LABELS: Final = {"PERSON": 1, "PER": 1, "ORG": 2, "NORP": 2, "LOC": 3, "GPE": 3, "FAC": 3}
_OTHER_LABEL: Final = 4
_ROLES: Final = ("nsubj", "obj", "obl", "nmod:poss", "nmod", "appos", "conj", "compound", "root")
_DEMONSTRATIVES: Final = frozenset({"this", "that", "these", "those"})
_INDEFINITES: Final = frozenset("a an some any no every each another several many few one two three".split())
_WORDS: Final = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of a text as numbers, one entry or row a phrase.

    `features` are for the scorer; `words` marks the content words of each phrase, in columns of its own; `speaker` is
    the number of the phrase whose head speaks the innermost quotation around a phrase, -1 where there is none.
    """

    phrases: Sequence[Phrase]
    features: Floats
    kind: Numbers
    number: Numbers
    gender: Numbers
    label: Numbers
    role: Numbers
    sentence: Numbers
    quotation: Numbers
    speaker: Numbers
    head_word: Numbers
    text: Numbers
    words: sparse.csr_matrix


def describe(syntax: Syntax, phrases: Sequence[Phrase], speech: Sequence[Speech]) -> Phrases:
    """Return the numbers of each phrase of a text."""
    kind = np.array([_find_kind(syntax, phrase) for phrase in phrases], dtype=np.int64)
    number = np.array([_find_number(syntax, phrase) for phrase in phrases], dtype=np.int64)
    gender = np.array(
        [_find_gender(syntax, phrase, of_kind) for phrase, of_kind in zip(phrases, kind.tolist(), strict=True)],
        dtype=np.int64,
    )
    label = np.array([_find_label(syntax, phrase.head) for phrase in phrases], dtype=np.int64)
    role = np.array([_find_role(syntax, phrase.head) for phrase in phrases], dtype=np.int64)
    sentence = np.array([syntax.sentence[phrase.head] for phrase in phrases], dtype=np.int64)
    quotation, speaker = _find_quotations(phrases, speech)
    ids: dict[str, int] = {}
    head_word = np.array([ids.setdefault(syntax.lemma[p.head], len(ids)) for p in phrases], dtype=np.int64)
    text = np.array(
        [ids.setdefault(" ".join(syntax.lower[_after_article(syntax, p) : p.end]), len(ids)) for p in phrases],
        dtype=np.int64,
    )
    heads = [phrase.head for phrase in phrases]
    extra = np.array(
        [
            [
                np.log1p(p.end - p.start),
                p.end - p.start > 1 and any(q.start >= p.start and q.end < p.end for q in near),
                any(q.end > p.end for q in near),
                syntax.doc[p.start].ent_iob_ == "B" and syntax.entity_type[p.end - 1] != "",
                any(syntax.lower[i] in ("and", "or") for i in range(p.start, p.end)),
                syntax.doc[p.start].is_sent_start or False,
            ]
            for p, near in zip(phrases, _find_near(phrases), strict=True)
        ],
        dtype=np.float32,
    ).reshape(len(heads), 6)
    features = np.concatenate(
        [
            _spread(kind, _KIND_COUNT),
            _spread(number, 3),
            _spread(gender, 4),
            _spread(label, 5),
            _spread(role, len(_ROLES) + 1),
            (quotation >= 0)[:, None].astype(np.float32),
            extra,
        ],
        axis=1,
    )
    return Phrases(
        phrases, features, kind, number, gender, label, role, sentence, quotation, speaker, head_word, text,
        _find_words(syntax, phrases),
    )  # fmt: skip


def find_candidates(found: Phrases) -> tuple[Numbers, Numbers]:
    """Return the pairs to look at, as two columns: a phrase, and one before it that may be its antecedent.

    These are the nearest ones, and for names and nouns the last ones that share a word.
    """
    latest: defaultdict[int, deque[int]] = defaultdict(lambda: deque(maxlen=_ALIKE))
    left: list[int] = []
    right: list[int] = []
    pointers, columns = found.words.indptr, found.words.indices
    for k in range(len(found.phrases)):
        first = max(0, k - NEAREST)
        before = set(range(first, k))
        if found.kind[k] >= _PRONOUNS:
            for word in columns[pointers[k] : pointers[k + 1]].tolist():
                before.update(latest[word])
                latest[word].append(k)
        ordered = sorted(before)
        left += [k] * len(ordered)
        right += ordered
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)


def compare(found: Phrases, left: Numbers, right: Numbers) -> Floats:
    """Return the features of each pair of a phrase (`left`) and a possible antecedent (`right`)."""
    starts = np.array([p.start for p in found.phrases], dtype=np.int64)
    ends = np.array([p.end for p in found.phrases], dtype=np.int64)
    heads = np.array([p.head for p in found.phrases], dtype=np.int64)
    gap = np.maximum(0, found.sentence[left] - found.sentence[right])
    steps = left - right
    shared = np.asarray(found.words[left].multiply(found.words[right]).sum(axis=1)).ravel()
    sizes = np.asarray(found.words.sum(axis=1)).ravel()
    a, b = sizes[left], sizes[right]
    pronoun = found.kind < _PRONOUNS
    nouns = ~pronoun[left] & ~pronoun[right]
    same_head = (found.head_word[left] == found.head_word[right]) & nouns
    names = (found.kind[left] == _NAME) & (found.kind[right] == _NAME)
    number = found.number[left] * found.number[right] > 0
    gender = found.gender[left] * found.gender[right] > 0
    label = found.label[left] * found.label[right] > 0
    inside = (starts[left] >= starts[right]) & (ends[left] <= ends[right])
    same_quotation = found.quotation[left] == found.quotation[right]
    spoken = found.quotation[left] >= 0
    speaks = (found.speaker[left] == right) & (found.speaker[left] >= 0)
    is_spoken_to = (found.speaker[right] == left) & (found.speaker[right] >= 0)
    same_speaker = (found.speaker[left] == found.speaker[right]) & (found.speaker[left] >= 0)
    columns = [
        gap == 0, gap == 1, gap == 2, (gap > 2) & (gap < 6), gap >= 6, np.log1p(gap) / 3,
        steps == 1, steps <= 3, steps <= 8, np.log1p(steps) / 4,
        (found.text[left] == found.text[right]) & nouns,
        (found.text[left] == found.text[right]) & pronoun[left],
        same_head,
        (shared > 0) & nouns, (shared == a) & (a > 0) & nouns, (shared == b) & (b > 0) & nouns,
        (shared == 0) & nouns, shared / np.maximum(1, np.maximum(a, b)),
        names & (shared == 0), names & same_head, names & (shared > 0) & ~same_head,
        same_head & (shared < a) & (shared < b),
        number & (found.number[left] == found.number[right]), number & (found.number[left] != found.number[right]),
        gender & (found.gender[left] == found.gender[right]), gender & (found.gender[left] != found.gender[right]),
        label & (found.label[left] == found.label[right]), label & (found.label[left] != found.label[right]),
        pronoun[left] & pronoun[right] & (found.kind[left] == found.kind[right]),
        pronoun[left] & pronoun[right] & (found.kind[left] != found.kind[right]),
        pronoun[left] & ~pronoun[right], ~pronoun[left] & pronoun[right],
        found.role[left] == found.role[right], (found.role[left] == 1) & (found.role[right] == 1),
        inside, heads[left] == heads[right],
        same_quotation & spoken, ~same_quotation & spoken, ~same_quotation & (found.quotation[right] >= 0),
        speaks, speaks & (found.kind[left] == _FIRST_PERSON), is_spoken_to, same_speaker,
        same_speaker & (found.kind[left] == found.kind[right]),
        (starts[left] - ends[right] <= 1) & ~inside,
    ]  # fmt: skip
    return np.stack([np.asarray(column, dtype=np.float32) for column in columns], axis=1)


# -- one phrase ------------------------------------------------------------------------------------------------


def _after_article(syntax: Syntax, phrase: Phrase) -> int:
    longer = phrase.end - phrase.start > 1 and syntax.lower[phrase.start] in ("the", "a", "an")
    return phrase.start + longer


def _find_kind(syntax: Syntax, phrase: Phrase) -> int:
    i = phrase.head
    if syntax.tag[i] in ("PRP", "PRP$") or syntax.pos[i] == "PRON":
        if syntax.lower[i] in _DEMONSTRATIVES:
            return _DEMONSTRATIVE
        return _KINDS.get(syntax.lower[i], _OTHER_PRONOUN)
    first = syntax.lower[phrase.start]
    if first in _DEMONSTRATIVES and phrase.start < i:
        return _DEFINITE
    if syntax.pos[i] == "PROPN" or syntax.entity_type[i]:
        return _NAME
    if first in ("the", "both"):
        return _DEFINITE
    if any(syntax.relation[c] == "nmod:poss" for c in syntax.children[i]):
        return _POSSESSED
    return _INDEFINITE if first in _INDEFINITES else _BARE


def _find_number(syntax: Syntax, phrase: Phrase) -> int:
    """Return 1 for singular, 2 for plural, 0 where it is not told."""
    i = phrase.head
    if any(syntax.relation[c] == "conj" and phrase.start <= c < phrase.end for c in syntax.children[i]):
        return 2
    if syntax.lower[i] in _KINDS:
        return 0 if _KINDS[syntax.lower[i]] == 2 else 2 if _KINDS[syntax.lower[i]] in (1, 6) else 1
    return {"NN": 1, "NNP": 1, "NNS": 2, "NNPS": 2}.get(syntax.tag[i], 0)


def _find_gender(syntax: Syntax, phrase: Phrase, kind: int) -> int:
    """Return 1 for he, 2 for she, 3 for it, 0 where it is not told."""
    if kind in _GENDERS:
        return _GENDERS[kind]
    title = next(
        (BY_TITLE[w] for i in range(phrase.start, phrase.end) if (w := syntax.lower[i].strip(".")) in BY_TITLE), None
    )
    told = title or gender_of(syntax.lemma[phrase.head])
    if told is None:
        return 3 if _find_label(syntax, phrase.head) in (2, 3) else 0
    return 1 if told == "m" else 2


def _find_label(syntax: Syntax, head: int) -> int:
    label = syntax.entity_type[head]
    return _LABELS.get(label, _OTHER_LABEL) if label else 0


def _find_role(syntax: Syntax, head: int) -> int:
    relation = syntax.relation[head]
    if relation == "nmod:poss":
        return 1 + _ROLES.index(relation)
    relation = relation.split(":")[0]
    return 1 + _ROLES.index(relation) if relation in _ROLES else 0


def _find_quotations(phrases: Sequence[Phrase], speech: Sequence[Speech]) -> tuple[Numbers, Numbers]:
    """Return for each phrase the innermost quotation around it and the phrase that speaks it, -1 for none."""
    quoted = [each for each in speech if each.quoted]
    starts = [each.start for each in quoted]
    of_head: dict[int, int] = {}
    for k, phrase in enumerate(phrases):
        of_head.setdefault(phrase.head, k)
    quotation = np.full(len(phrases), -1, dtype=np.int64)
    speaker = np.full(len(phrases), -1, dtype=np.int64)
    for k, phrase in enumerate(phrases):
        last = bisect_right(starts, phrase.head)
        inner = next((n for n in range(last - 1, max(-1, last - 4), -1) if phrase.head < quoted[n].end), None)
        if inner is not None:
            quotation[k] = inner
            said_by = quoted[inner].speaker
            speaker[k] = of_head.get(said_by, -1) if said_by is not None else -1
    return quotation, speaker


def _find_words(syntax: Syntax, phrases: Sequence[Phrase]) -> sparse.csr_matrix:
    ids: dict[str, int] = {}
    rows: list[int] = []
    columns: list[int] = []
    for k, phrase in enumerate(phrases):
        words = {syntax.lemma[i] for i in range(phrase.start, phrase.end) if syntax.pos[i] in _WORDS}
        rows += [k] * len(words)
        columns += [ids.setdefault(word, len(ids)) for word in sorted(words)]
    ones = np.ones(len(rows), dtype=np.float32)
    return sparse.csr_matrix((ones, (rows, columns)), shape=(len(phrases), max(1, len(ids))))


def _find_near(phrases: Sequence[Phrase]) -> list[list[Phrase]]:
    """Return for each phrase those with its head, itself among them, of the three before and the three after it."""
    of_head: defaultdict[int, list[int]] = defaultdict(list)
    for k, phrase in enumerate(phrases):
        of_head[phrase.head].append(k)
    return [[phrases[n] for n in of_head[p.head] if abs(n - k) <= 3] for k, p in enumerate(phrases)]


def _spread(values: Numbers, count: int) -> npt.NDArray[Any]:
    return np.eye(count, dtype=np.float32)[values]
