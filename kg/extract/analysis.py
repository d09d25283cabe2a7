"""What is known of one article on the way to its Reading: names, speech, referents, times, and what the frames say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events import EventMatcher
from kg.extract.findings import Finding, Near
from kg.extract.relations import RelationMatcher
from kg.extract.titles import Titles
from kg.language.antecedents import Links, load_scorer
from kg.language.arguments import NameIndex
from kg.language.coreference import Coreference
from kg.language.drafts import Drafts
from kg.language.lexicon import Lexicon, NounHit
from kg.language.predication import find_bearings
from kg.language.proper_names import Name, find_names, name_fits
from kg.language.quotations import Speech, find_speech, part_guesses
from kg.language.syntax import Syntax
from kg.language.times import Times
from kg.language.view import View

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Analysis:
    """What is known of one article on the way to its Reading; `kg explain` shows it."""

    syntax: Syntax
    names: tuple[Name, ...]
    hits: dict[int, NounHit]
    speech: tuple[Speech, ...]
    guesses: tuple[Speech, ...]
    links: Links
    drafts: Drafts
    times: Times
    findings: tuple[Finding, ...]
    near: tuple[Near, ...]


def analyse(doc: Doc, lexicon: Lexicon, published: str | None = None) -> Analysis:
    """Find names, speech, referents and all that the frames say in a Doc; `published` is the day to count from."""
    syntax = Syntax(doc)
    hits = lexicon.noun_hits(syntax)
    found = find_names(syntax, lexicon, hits)
    names = NameIndex(found)
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
    titles = Titles(view, drafts)
    times = Times(syntax, published)
    findings = list(EventMatcher(view, drafts, titles, times).find())
    matcher = RelationMatcher(view, bearings, drafts, titles)
    findings += matcher.find()
    return Analysis(
        syntax, tuple(found), hits, speech, guesses, links, drafts, times, tuple(findings), tuple(matcher.near)
    )
