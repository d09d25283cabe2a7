"""What a noun names by itself, beside whom it is said of: "the foreign minister, X" speaks of an office too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.arguments import noun_node
from kg.language.drafts import BORNE, Draft, DraftMention, Drafts
from kg.language.lexicon import HYPHENS, NounHit
from kg.language.proper_names import Name
from kg.language.standing import LOWER
from kg.language.view import Finder, View
from kg.model import MentionKind
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Argument

_CLASSIFYING: Final = frozenset(
    "foreign interior internal external federal regional provincial national local municipal general military naval "
    "financial fiscal agricultural industrial environmental cultural social economic".split()
)
"""Adjectives that say which, not what kind of one: they belong to a title."""
_PARTS: Final = frozenset({"compound", "amod", "flat"})


class Titles(Finder):
    """Makes a referent of each title of an article, the same for the same words."""

    def __init__(self, view: View, drafts: Drafts) -> None:
        super().__init__(view, drafts)
        self._drafts: dict[str, Draft] = {}
        self._places: dict[int, int] = {}

    def at(self, token: int, wanted: Sequence[str]) -> int:
        """Return the place of what a token names by itself: the office of "minister", of "the post of minister".

        The token itself where it names nothing of a wanted class.
        """
        hit = self._hit(token)
        if hit is None:
            return token
        own = next((f for f in hit.frames if Argument.ITSELF in f.arguments), None)
        if own is not None:
            of_class = self.ontology.properties[own.term].range[0]
            return self.find(hit, of_class) if any(self.ontology.is_a(of_class, c) for c in wanted) else token
        if any(f.kind is FrameKind.CLASS_NOUN and f.term in wanted for f in hit.frames):
            for child in self.syntax.children[token]:
                if self.syntax.case[child] == "of" and (found := self.at(child, wanted)) != child:
                    return found
        return token

    def coin(self, token: int, wanted: Sequence[str]) -> int:
        """Return the place of what a noun names that no frame knows, where titles are wanted; else the token itself."""
        of_class = next((c for c in wanted if c in self.lexicon.titles), None)
        if of_class is None:
            return token
        start = token
        while start > 0 and self.syntax.head[start - 1] == token and self.syntax.relation[start - 1] in _PARTS:
            start -= 1
        return self._place(token, start, token + 1, of_class)

    def _hit(self, token: int) -> NounHit | None:
        return next((hit for hit in self.hits.values() if noun_node(self.syntax, hit) == token), None)

    def find(self, hit: NounHit, of_class: str) -> int:
        """Return the place in the drafts of what the noun names; its words are those of the noun and its compounds."""
        return self._place(hit.head, self._start(hit), hit.end, of_class)

    def _place(self, head: int, start: int, end: int, of_class: str) -> int:
        if head not in self._places:
            words = " ".join(self.syntax.doc[start:end].text.lower().split())
            if self.syntax.tag[head] in ("NNS", "NNPS"):
                words = words.removesuffix(self.syntax.lower[head]) + self.syntax.lemma[head]
            draft = self._drafts.get(words)
            if draft is None:
                draft = self._drafts[words] = self.drafts.new()
                draft.names.append(words)
                self.drafts.vote(draft, of_class, BORNE, "its noun")
            mention = DraftMention(start, end, head, MentionKind.NAME)
            self._places[head] = self.drafts.add_beside(draft, mention)
        return self._places[head]

    def _is_field(self, name: Name, hit: NounHit) -> bool:
        """Tell whether what looks like a name is a part of a title in capitals: "Natural Resources Minister"."""
        draft = self.drafts.at(name.head)
        titled = self.syntax.word[hit.start][:1].isupper()
        return titled and name.individual is None and draft is not None and len(draft.mentions) == 1

    def _start(self, hit: NounHit) -> int:
        """Return where the title begins: with the nouns before it in one compound, "deputy" and "foreign" included."""
        start = hit.start
        while start > 0 and self.syntax.sentence[start - 1] == self.syntax.sentence[hit.head]:
            before = start - 1
            if self.syntax.lower[before] in HYPHENS and not self.syntax.doc[before].whitespace_:
                before -= 1
            if before < 0:
                break
            compound = self.syntax.pos[before] in ("NOUN", "PROPN") and self.syntax.relation[before] == "compound"
            lower = self.syntax.lower[before] in LOWER and self.syntax.pos[before] != "ADP"
            known = lower or self.syntax.lower[before] in _CLASSIFYING
            name = self.names.at(before)
            large = self.syntax.word[before][:1].isupper() and not self.syntax.word[hit.start][:1].isupper()
            if large and not lower:  # "Bank president": whose, not which
                break
            if not (compound or known) or (name is not None and not self._is_field(name, hit)):
                break
            start = before if name is None else name.start
        return start
