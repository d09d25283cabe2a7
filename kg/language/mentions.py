"""Noun phrases and pronouns of a text: whatever may refer to something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.language.syntax import Syntax

_HEADS: Final = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_INSIDE: Final = frozenset("flat goeswith fixed compound".split())
"""Relations of words that are parts of another phrase and mostly have none of their own."""
_OUTSIDE: Final = frozenset("case cc mark punct cop aux nsubj csubj parataxis conj discourse dislocated".split())
"""Relations of what hangs on the head of a phrase and is no part of it."""
_NO_REFERENCE: Final = frozenset("there who whom which what whose something anything nothing everything".split())
_LOOSE: Final = frozenset({"acl:relcl", "appos", "advcl", "advcl:relcl", "acl"})
"""Relations of what follows a head and may be said of it beside: a phrase is given with it and without it."""
_MARKS: Final = frozenset("\" “ ” ‘ ' ( ) [ ] , . ; : - – —".split())
_PAIRS: Final = {"”": "“", '"': '"', ")": "(", "]": "[", "’": "‘"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase or a pronoun: tokens [start, end) with its head."""

    start: int
    end: int
    head: int


def find_phrases(syntax: Syntax) -> list[Phrase]:
    """Return the phrases that may refer, in text order, each span once; a coordination and its parts are several."""
    found: dict[tuple[int, int], Phrase] = {}
    for phrase in _iter_phrases(syntax):
        found.setdefault((phrase.start, phrase.end), phrase)
    return sorted(found.values(), key=lambda phrase: (phrase.start, -phrase.end))


def _iter_phrases(syntax: Syntax) -> Iterator[Phrase]:
    for i, pos in enumerate(syntax.pos):
        possessive = syntax.tag[i] == "PRP$"
        if not possessive and (pos not in _HEADS or _is_part(syntax, i)):
            continue
        if syntax.lower[i] in _NO_REFERENCE or syntax.tag[i] in ("WDT", "WP", "EX"):
            continue
        if possessive or syntax.tag[i] == "PRP":
            yield Phrase(i, i + 1, i)
            continue
        yield from _of_head(syntax, i)
    for entity in syntax.doc.ents:
        yield _trim(syntax, entity.start, entity.end, syntax.phrase_head(entity.start, entity.end))


def _is_part(syntax: Syntax, i: int) -> bool:
    """Tell whether a word is a part of a name or of a compound noun; a name before a noun is a phrase of its own."""
    inside = syntax.relation[i].split(":")[0]
    before_noun = inside == "compound" and syntax.pos[i] == "PROPN" and syntax.pos[syntax.head[i]] != "PROPN"
    return inside in _INSIDE and not before_noun


def _of_head(syntax: Syntax, head: int) -> Iterator[Phrase]:
    """Yield the phrase of a head with all that hangs on it, what is left without loose parts, and its coordination."""
    parts = [c for c in syntax.children[head] if syntax.relation[c].split(":")[0] not in _OUTSIDE]
    if syntax.kids(head, "cop"):
        parts = [c for c in parts if syntax.relation[c].split(":")[0] not in ("advcl", "advmod", "obl", "ccomp")]
    whole = _trim(syntax, *_reach(syntax, head, parts), head)
    yield whole
    loose = next((c for c in parts if c > head and _is_loose(syntax, c)), None)
    if loose is not None:
        kept = [c for c in parts if c < loose]
        yield _trim(syntax, *_reach(syntax, head, kept), head)
    if syntax.relation[head] != "conj" and (last := syntax.conjuncts(head)[-1]) != head:
        end = _reach(syntax, last, [c for c in syntax.children[last] if c > last])[1]
        yield _trim(syntax, whole.start, max(end, whole.end), head)


def _is_loose(syntax: Syntax, child: int) -> bool:
    start = syntax.reach(child)[0]
    return syntax.relation[child] in _LOOSE or syntax.lower[start - 1] in _MARKS or syntax.lower[start] in _MARKS


def _reach(syntax: Syntax, head: int, children: list[int]) -> tuple[int, int]:
    start, end = head, head + 1
    for child in children:
        if syntax.relation[child].split(":")[0] not in _OUTSIDE:
            first, last = syntax.reach(child)
            start, end = min(start, first), max(end, last + 1)
    return start, end


def _trim(syntax: Syntax, start: int, end: int, head: int) -> Phrase:
    """Leave out marks at the edges, unless both of a pair are inside; take the possessive mark in."""
    while start < head and (syntax.lower[start] in _MARKS or syntax.doc[start].is_space):
        start += 1
    while end > head + 1 and (syntax.lower[end - 1] in _MARKS or syntax.doc[end - 1].is_space):
        if _PAIRS.get(syntax.lower[end - 1]) in syntax.lower[start : end - 1]:
            break
        end -= 1
    after = syntax.lower[end : end + 1]
    if after and after[0] in _PAIRS and _is_open(syntax.lower[start:end], after[0]):
        end += 1
    if end < len(syntax.tag) and syntax.tag[end] == "POS":
        end += 1
    return Phrase(start, end, head)


def _is_open(words: list[str], closing: str) -> bool:
    opening = _PAIRS[closing]
    return words.count(opening) > words.count(closing) if opening != closing else words.count(closing) % 2 == 1
