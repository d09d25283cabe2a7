"""Owners: whose the thing is that a nominal names ("her party", "the X group"), as far as that tells what it is not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import Final

from kg.language.arguments import NameIndex, noun_node
from kg.language.drafts import Draft, Drafts
from kg.language.lexicon import NounHit
from kg.language.syntax import Syntax

_OURS: Final = frozenset({"my", "our"})


def is_ours(hit: NounHit, syntax: Syntax) -> bool:
    """Tell whether a nominal is the speaker's ("our country"): whichever was told of last need not be that."""
    return any(syntax.lower[token] in _OURS for token in _owners(hit, syntax))


def is_of_others(hit: NounHit, draft: Draft, syntax: Syntax, drafts: Drafts, people: Iterable[str]) -> bool:
    """Tell whether a draft has stood beside people, but never beside the owner of "her X": it may be theirs alone.

    `people` are the IRIs of classes. Where nobody knows whose the nominal is, it may be of any.
    """
    owners = [owner for token in _owners(hit, syntax) if (owner := drafts.at(token)) is not None]
    if not owners:
        return False
    beside = _beside(draft, hit, syntax, drafts)
    if any(owner in beside for owner in owners):
        return False
    return any(each.named and drafts.is_a(each, of_class) for each in beside for of_class in people)


def words_before(noun: int, syntax: Syntax, names: NameIndex) -> set[str]:
    """Return the words of names that stand before a noun and say which one it is: "the X group"; no acronyms."""
    before = (names.at(child) for child in syntax.kids(noun, "compound") if child < noun)
    words = {word for name in before if name is not None and not name.adjectival for word in name.text.split()}
    return {word for word in words if not word.isupper()}


def _owners(hit: NounHit, syntax: Syntax) -> list[int]:
    return syntax.kids(noun_node(syntax, hit), "nmod:poss")


def _beside(draft: Draft, hit: NounHit, syntax: Syntax, drafts: Drafts) -> list[Draft]:
    """Give the others that stand before a nominal in a sentence in which a draft is mentioned."""
    found: dict[int, Draft] = {}
    for sentence in {syntax.sentence[each.head] for each in draft.mentions if each.end <= hit.start}:
        start, end = bisect_left(syntax.sentence, sentence), bisect_right(syntax.sentence, sentence)
        for token in range(start, min(end, hit.start)):
            other = drafts.at(token)
            if other is not None and other is not draft:
                found[other.number] = other
    return list(found.values())
