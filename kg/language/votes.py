"""Classes of names by the places that they fill: an argument of a frame is what the frame wants there."""

from __future__ import annotations

from typing import Final

from kg.language.arguments import noun_arguments, verb_arguments
from kg.language.drafts import FRAMED, Draft
from kg.language.lexicon import PLACE_LABEL, NounHit, is_narrower, root_class
from kg.language.name_runs import DIRECTIONS
from kg.language.view import Finder
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument, Place

_FEW: Final = 2
"""Who is named more often than this has told that it is a person."""


class FrameVotes(Finder):
    """Votes for the classes of an article's names by the frames that they stand in."""

    def by_nouns(self) -> None:
        """Let the arguments of relational nouns tell: what somebody is a director *of* is an organisation."""
        for hit in self.hits.values():
            for frame in hit.frames:
                asks = frame.kind is FrameKind.RELATIONAL_NOUN and frame.object_class is None
                if asks and not is_narrower(self.ontology, hit, frame):
                    self._vote_arguments(hit, frame)

    def _vote_arguments(self, hit: NounHit, frame: Frame) -> None:
        term = self.ontology.properties[frame.term]
        wanted = term.domain if frame.bearer is Argument.OBJECT else term.range
        if not wanted:
            return
        of_class = wanted[0] if len(wanted) == 1 else root_class(wanted[0], self.ontology)
        if of_class is None:
            return
        for place in frame.arguments:
            for token in noun_arguments(self.syntax, hit, place, self.names):
                draft = self.drafts.at(token)
                if draft is None or not draft.named or draft.individual:
                    continue
                contested = self._is_contested(hit, place, of_class)
                firm = place != "in" and not contested
                if place is Argument.MODIFIER and contested and self._looks_like_place(hit, token, draft):
                    if PLACE_LABEL in self.lexicon.labels_above(of_class):
                        self.drafts.vote(draft, of_class, FRAMED, frame.name)
                elif place is Argument.POSSESSOR:
                    if firm and self._is_open(draft, of_class):
                        self.drafts.vote(draft, of_class, FRAMED, frame.name)
                elif firm and not isinstance(place, Argument):
                    self.drafts.vote(draft, of_class, FRAMED, frame.name)
                elif self.drafts.can_be(draft, of_class):
                    self.drafts.vote(draft, of_class, FRAMED / 2, frame.name)

    def _looks_like_place(self, hit: NounHit, token: int, draft: Draft) -> bool:
        """Tell whether a name right before a noun looks like one of a place, whatever the tagger takes it for.

        It says which part of something it is ("Derby South"), or ends with what it is ("Severn Vale"), or is taken for
        a person's, as places of one word are of which nothing else is told: no person can stand there.
        """
        name = self.names.at(token)
        if name is None or name.end != hit.start or not draft.guessed:
            return False
        words = name.text.lower().split()
        ending = [f.term for row, f in self.lexicon.nouns.get(words[-1], ()) if f.kind is FrameKind.CLASS_NOUN]
        placed = any(PLACE_LABEL in self.lexicon.labels_above(of_class) for of_class in ending)
        if len(words) > 1 and (placed or not DIRECTIONS.isdisjoint(words)):
            return True
        persons = self.lexicon.pronouns.get("he", set())
        personal = any(self.ontology.is_a(t, person) for t in self.drafts.types(draft) for person in persons)
        return personal and len(draft.mentions) <= _FEW

    def _is_contested(self, hit: NounHit, place: Place, of_class: str) -> bool:
        """Tell whether frames of a noun want things that exclude each other in one place ("councillor in")."""
        for other in hit.frames:
            asks = other.kind is FrameKind.RELATIONAL_NOUN and other.object_class is None
            if asks and place in other.arguments:
                term = self.ontology.properties[other.term]
                classes = term.domain if other.bearer is Argument.OBJECT else term.range
                if not any(self.ontology.compatible(c, of_class) for c in classes):
                    return True
        return False

    def by_verbs(self) -> None:
        """Let a verb tell the class of what stands in its places, where all its frames want the same there."""
        for verb in range(len(self.syntax.lemma)):
            if self.syntax.pos[verb] != "VERB":
                continue
            frames = [f for f in self.lexicon.verb_hits(self.syntax, verb) if f.kind is FrameKind.VERB]
            for end in ("subject", "object"):
                wanted: dict[Place, set[tuple[str, ...]]] = {}
                for frame in frames if end == "subject" else [f for f in frames if f.object_class is None]:
                    term = self.ontology.properties[frame.term]
                    for place in getattr(frame, end):
                        wanted.setdefault(place, set()).add(term.domain if end == "subject" else term.range)
                for place, classes in wanted.items():
                    if len(classes) == 1 and len(of_class := next(iter(classes))) == 1:
                        self._vote_by_place(verb, place, of_class[0])

    def _vote_by_place(self, verb: int, place: Place, of_class: str) -> None:
        for token in verb_arguments(self.syntax, verb, place, self.names):
            draft = self.drafts.at(token)
            if draft is not None and draft.named and not draft.individual and self._is_open(draft, of_class):
                self.drafts.vote(draft, of_class, FRAMED, f"its place by '{self.syntax.lemma[verb]}'")

    def _is_open(self, draft: Draft, of_class: str) -> bool:
        """Tell whether the tagger alone says what a name is of, and says nothing else than that it may be of a class.

        Of a name of one word, or with a direction in it, seen once or twice, it may err: a person would have been named
        in full before.
        """
        if not draft.guessed or root_class(of_class, self.ontology) is None:
            return False
        longer = (" " in name and DIRECTIONS.isdisjoint(name.lower().split()) for name in draft.names)
        rare = len(draft.mentions) <= 2 and not any(longer)
        return rare or self.drafts.suits(draft, of_class)
