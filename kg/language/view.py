"""One article as all that is looked for in it is seen: its tree, its names, its frame nouns and its referents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.language.arguments import NameIndex
from kg.language.drafts import Drafts
from kg.language.lexicon import Lexicon, NounHit
from kg.language.syntax import Syntax


@dataclass(frozen=True, slots=True)
class View:
    """The tree of an article, the words of the ontology, and what of them stands in it.

    `hits` are the frame nouns by their last token.
    """

    syntax: Syntax
    lexicon: Lexicon
    names: NameIndex
    hits: Mapping[int, NounHit]


class Finder:
    """What looks for something in one article: it sees the view and the referents."""

    def __init__(self, view: View, drafts: Drafts) -> None:
        self.view = view
        self.syntax = view.syntax
        self.lexicon = view.lexicon
        self.ontology = view.lexicon.ontology
        self.names = view.names
        self.hits = view.hits
        self.drafts = drafts
