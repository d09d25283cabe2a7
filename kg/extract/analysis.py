"""What is known of one article on the way to its Reading: names, speech, referents, times, and what the frames say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract.events import EventMatcher
from kg.extract.findings import Finding, Near
from kg.extract.relations import RelationMatcher
from kg.extract.titles import Titles
from kg.language.antecedents import Links
from kg.language.content import find_content
from kg.language.drafts import Drafts
from kg.language.lexicon import Lexicon, NounHit
from kg.language.proper_names import Name
from kg.language.quotations import Speech
from kg.language.syntax import Syntax
from kg.language.times import Times

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(slots=True)
class Analysis:
    """What is known of one article on the way to its Reading; `kg explain` shows it."""

    syntax: Syntax
    names: tuple[Name, ...]
    hits: Mapping[int, NounHit]
    speech: tuple[Speech, ...]
    guesses: tuple[Speech, ...]
    links: Links
    drafts: Drafts
    times: Times
    findings: tuple[Finding, ...]
    near: tuple[Near, ...]


def analyse(doc: Doc, lexicon: Lexicon, published: str | None = None) -> Analysis:
    """Find names, speech, referents and all that the frames say in a Doc; `published` is the day to count from."""
    content = find_content(doc, lexicon)
    view, drafts = content.view, content.drafts
    titles = Titles(view, drafts)
    times = Times(view.syntax, published)
    findings = list(EventMatcher(view, drafts, titles, times).find())
    matcher = RelationMatcher(view, content.bearings, drafts, titles)
    findings += matcher.find()
    return Analysis(
        view.syntax,
        content.names,
        view.hits,
        content.speech,
        content.guesses,
        content.links,
        drafts,
        times,
        tuple(findings),
        tuple(matcher.near),
    )
