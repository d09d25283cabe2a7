"""Docs by hand from one line a sentence, so that a test says which tree it is about.

A word is written `word=lemma/TAG/relation>head/LABEL`; the lemma (the word in lower case by default) and the label of
the name may be missing, `root` has no head. A head is a word of the sentence, `word#2` its second occurrence.
`Ada_Marsh` is a name in two tokens: flat in Universal Dependencies, compound in ClearNLP; `Rope+Guild` a compound in
both; either can be a head by its whole writing. `¶` ends a paragraph. What English leaves no choice about needs no
annotation: marks, articles, "and" and "or", a possessive mark, and the prepositions of Universal Dependencies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import spacy
from spacy.tokens import Doc, Span

UD, CLEAR = "ud", "clear"

_VOCAB = spacy.blank("en").vocab

_MARKS = {",": ",", ".": ".", "?": ".", "!": ".", ":": ":", ";": ":", "–": ":", "(": "-LRB-", ")": "-RRB-",
          "[": "-LRB-", "]": "-RRB-", "“": "``", "”": "''", "-": "HYPH", "…": "."}  # fmt: skip
_NO_SPACE_BEFORE = {",", ".", "?", "!", ":", ";", ")", "]", "”", "'s", "’s", "n't", "…", "-"}
_NO_SPACE_AFTER = {"(", "[", "“", "-"}
_POS = {"NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
        "WP$": "PRON", "WDT": "PRON", "DT": "DET", "PDT": "DET", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV",
        "RBR": "ADV", "WRB": "ADV", "IN": "ADP", "RP": "ADP", "TO": "PART", "POS": "PART", "CD": "NUM", "CC": "CCONJ",
        "MD": "AUX", "UH": "INTJ", "AFX": "X", "_SP": "SPACE"}  # fmt: skip


@dataclass(slots=True)
class Row:
    """One token on its way into a Doc; `head` is what was written until it is found, `item` counts the writings."""

    word: str
    lemma: str
    tag: str
    relation: str
    head: int | str
    label: str = ""
    written: str = ""
    item: int = -1


def make_doc(text: str, scheme: str = UD) -> Doc:
    """Make a Doc of the sentences of a text, one a line, in the notation of this module."""
    rows: list[Row] = []
    starts: list[bool] = []
    spans: list[tuple[int, int, str]] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        sentence = _read_sentence(line, scheme)
        offset = len(rows)
        for i, row in enumerate(sentence):
            row.head = offset + _find_head(sentence, i, scheme)
        spans += [(offset + start, offset + end, label) for start, end, label in _find_labels(sentence)]
        starts += [i == 0 for i in range(len(sentence))]
        rows += sentence
    doc = Doc(
        _VOCAB,
        words=[row.word for row in rows],
        spaces=[_has_space(rows, i) for i in range(len(rows))],
        tags=[row.tag for row in rows],
        pos=[_pos(row) for row in rows],
        lemmas=[row.lemma for row in rows],
        heads=[int(row.head) for row in rows],
        deps=["ROOT" if row.relation == "root" else row.relation for row in rows],
        sent_starts=starts,
    )
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in spans]
    return doc


def _read_sentence(line: str, scheme: str) -> list[Row]:
    rows: list[Row] = []
    for number, item in enumerate(line.split()):
        text, *parts = item.split("/") if len(item) > 1 else [item]
        writing, _, lemma = text.partition("=")
        if not parts:
            rows.append(_plain(writing))
            continue
        tag, where, label = (*parts, "", "")[:3]
        relation, _, head = where.partition(">")
        words = writing.replace("+", "_").split("_")
        in_front = scheme == UD and "+" not in writing
        for k, word in enumerate(words):
            is_head = k == (0 if in_front else len(words) - 1)
            rows.append(
                Row(
                    word=word,
                    lemma=lemma or (word.lower() if not tag.startswith("NNP") else word),
                    tag=tag,
                    relation=relation if is_head else "flat" if in_front else "compound",
                    head=head if is_head else writing,
                    label=label,
                    written=writing if len(words) > 1 and is_head else "",
                    item=number,
                )
            )
    return rows


def _plain(word: str) -> Row:
    if word == "¶":
        return Row("\n\n", "\n\n", "_SP", "dep", "<")
    if word in _MARKS:
        return Row(word, word, _MARKS[word], "punct", "root")
    if word.lower() in ("the", "a", "an"):
        return Row(word, word.lower(), "DT", "det", "noun")
    if word in ("and", "or", "but"):
        return Row(word, word, "CC", "cc", "conj")
    if word in ("'s", "’s"):
        return Row(word, "'s", "POS", "case", "<")
    return Row(word, word.lower(), "IN", "case", "nominal")


def _find_head(rows: list[Row], i: int, scheme: str) -> int:
    head = rows[i].head
    if rows[i].relation == "root":
        return i
    if head == "<":
        return i - 1 if rows[i - 1].relation != "flat" else int(_find_head(rows, i - 1, scheme))
    if head == "root":
        return next(k for k, row in enumerate(rows) if row.relation == "root")
    after = range(i + 1, len(rows))
    if head == "noun":
        return next(k for k in after if rows[k].tag.startswith("N") and rows[k].relation != "compound")
    if head == "conj":
        conjunct = next(k for k in after if rows[k].relation == "conj")
        return conjunct if scheme == UD else _find_head(rows, conjunct, scheme)
    if head == "nominal":
        return next(k for k in after if rows[k].relation.split(":")[0] in ("obl", "nmod", "xcomp", "advcl"))
    word, _, number = str(head).partition("#")
    found = [k for k, row in enumerate(rows) if word in (row.word, row.written)]
    return found[int(number or 1) - 1]


def _find_labels(rows: list[Row]) -> Iterator[tuple[int, int, str]]:
    for item, group in groupby(range(len(rows)), key=lambda i: rows[i].item):
        tokens = list(group)
        if item >= 0 and rows[tokens[0]].label:
            yield tokens[0], tokens[-1] + 1, rows[tokens[0]].label


def _pos(row: Row) -> str:
    if row.relation.startswith(("aux", "cop")):
        return "AUX"
    if row.tag == "IN" and row.relation == "mark":
        return "SCONJ"
    if row.tag.startswith("VB"):
        return "VERB"
    return _POS.get(row.tag, "PUNCT")


def _has_space(rows: list[Row], i: int) -> bool:
    if i + 1 == len(rows) or "\n" in rows[i].word or "\n" in rows[i + 1].word:
        return False
    return rows[i].word not in _NO_SPACE_AFTER and rows[i + 1].word not in _NO_SPACE_BEFORE
