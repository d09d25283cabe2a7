"""What a text speaks of: its names, who says what, and which of its mentions are one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.language.antecedents import Links, load_scorer
from kg.language.arguments import NameIndex
from kg.language.coreference import Coreference
from kg.language.drafts import Drafts
from kg.language.lexicon import Lexicon
from kg.language.predication import Bearing, find_bearings
from kg.language.proper_names import Name, find_names, name_fits
from kg.language.quotations import Speech, find_speech, part_guesses
from kg.language.syntax import Syntax
from kg.language.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Content:
    """What a text speaks of; `bearings` tell of nouns, by their last token, which names bear them."""

    view: View
    names: tuple[Name, ...]
    bearings: Mapping[int, Sequence[Bearing]]
    speech: tuple[Speech, ...]
    guesses: tuple[Speech, ...]
    links: Links
    drafts: Drafts


def find_content(doc: Doc, lexicon: Lexicon) -> Content:
    """Find names, speech and referents in a Doc."""
    syntax = Syntax(doc)
    hits = lexicon.noun_hits(syntax)
    inside = {i for hit in hits.values() for i in range(hit.start + 1, hit.end)}
    found = [name for name in find_names(syntax, lexicon, hits) if not inside.issuperset(range(name.start, name.end))]
    names = NameIndex(found)  # "State" is no name in "Secretary of State"
    hits = {head: hit for head, hit in hits.items() if head not in names.by_token}
    bearings = {
        head: find_bearings(syntax, hit, names, lambda name, hit=hit: name_fits(name, hit, lexicon))  # type: ignore[misc]
        for head, hit in hits.items()
        if hit.can_be_borne
    }
    speech, guesses = part_guesses(syntax, find_speech(syntax, guess=True))
    view = View(syntax, lexicon, names, hits)
    links = load_scorer().find_links(syntax, speech)
    drafts = Coreference(view, bearings, speech, links).resolve()
    return Content(view, tuple(found), bearings, speech, guesses, links, drafts)
