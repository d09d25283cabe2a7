"""The lead of an article: who is introduced by what they are, and named one sentence later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.drafts import Draft, Drafts
from kg.language.lexicon import Lexicon, root_class
from kg.language.proper_names import Name
from kg.language.syntax import Syntax

LEAD_LINK: Final = 0.85
"""How sure it is that the unnamed one of the lead is the one named next."""


def join_lead(syntax: Syntax, lexicon: Lexicon, names: Sequence[Name], drafts: Drafts) -> None:
    """Join the unnamed person of the first sentence with the person whom the next sentence names.

    News leads introduce people by what they are ("A senior judge has …") and name them one sentence later.
    """
    person = lexicon.pronouns.get("he", set())
    for draft in list(drafts.items):
        if draft.named or not draft.indefinite or draft.plural:
            continue
        opening = draft.mentions[0]
        sentence = syntax.sentence[opening.head]
        if (
            sentence > 1
            or not syntax.relation[opening.head].startswith("nsubj")
            or not any(drafts.is_a(draft, c) for c in person)
        ):
            continue
        named = _subject_named_in(syntax, names, drafts, sentence + 1, person) or _only_one_named_in(
            syntax, names, drafts, sentence + 1, draft
        )
        if named is not None and named.first > opening.end and syntax.sentence[named.first] == sentence + 1:
            drafts.merge(named, draft, LEAD_LINK)


def _only_one_named_in(
    syntax: Syntax, names: Sequence[Name], drafts: Drafts, sentence: int, draft: Draft
) -> Draft | None:
    """Return the only one named in a sentence who is known to be what the unnamed one is."""
    classes = [c for c in drafts.types(draft) if root_class(c, drafts.ontology) != c]
    found = {
        named.number: named
        for name in names
        if syntax.sentence[name.head] == sentence
        and (named := drafts.at(name.head)) is not None
        and any(drafts.is_a(named, c) for c in classes)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _subject_named_in(
    syntax: Syntax, names: Sequence[Name], drafts: Drafts, sentence: int, person: set[str]
) -> Draft | None:
    for name in names:
        if syntax.sentence[name.head] != sentence or not syntax.relation[name.head].startswith("nsubj"):
            continue
        draft = drafts.at(name.head)
        if draft is not None and any(drafts.is_a(draft, c) for c in person):
            return draft
    return None
