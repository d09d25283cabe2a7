"""Owners: whose the thing is that a nominal names ("her party"), as far as that tells what it is not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kg.language.arguments import noun_node
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
    places = _sentences(draft, hit, syntax)
    beside = [each for each in drafts.items if each is not draft and places & _sentences(each, hit, syntax)]
    if any(owner in beside for owner in owners):
        return False
    return any(each.named and drafts.is_a(each, of_class) for each in beside for of_class in people)


def _owners(hit: NounHit, syntax: Syntax) -> list[int]:
    return syntax.kids(noun_node(syntax, hit), "nmod:poss")


def _sentences(draft: Draft, hit: NounHit, syntax: Syntax) -> set[int]:
    """Give the sentences before a nominal in which a draft is mentioned."""
    return {syntax.sentence[each.head] for each in draft.mentions if each.end <= hit.start}
