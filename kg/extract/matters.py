"""What an event is about, in the words of the article: "voted on *the water bill*", "passed *a budget*"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.arguments import verb_arguments
from kg.language.drafts import Drafts
from kg.language.endings import DURATIONS
from kg.language.times import DAYS, Times
from kg.language.view import Finder, View
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Argument, Place

_MOST_WORDS: Final = 20
"""How many words of what an event is about are kept."""
_AIMING: Final = frozenset({"seek", "aim", "ask", "propose", "try", "call"})
_OCCASIONS: Final = frozenset({"date", "occasion", "eve", "anniversary", "weekend"})
_CLAUSES: Final = frozenset({"xcomp", "advcl", "acl", "ccomp"})


class Matters(Finder):
    """Finds what the events of one article are about."""

    def __init__(self, view: View, drafts: Drafts, times: Times) -> None:
        super().__init__(view, drafts)
        self.times = times

    def find(self, node: int, places: Sequence[Place]) -> tuple[int, int] | None:
        """Return tokens [start, end) of the first phrase in one of the places of an event's word, None without one.

        A preposition, or what opens an infinitive ("to"), or a clause ("whether"), stands for what follows it; "that"
        for who or what the clause is about; an argument of a verb for its words.
        """
        for head, place in (*self._arguments(node, places), *self._opened(node, places)):
            tokens = self._phrase(node, head)
            if not isinstance(place, Argument):
                tokens = [i for i in tokens if i > node]
            if not tokens:
                continue
            first = next((k for k, i in enumerate(tokens) if self.syntax.lower[i] == place), -1) + 1
            start, end = tokens[min(first, len(tokens) - 1)], tokens[-1] + 1
            end = min(end, start + _MOST_WORDS)
            while end > start + 1 and self.syntax.pos[end - 1] == "PUNCT":
                end -= 1
            return start, end
        return None

    def _arguments(self, node: int, places: Sequence[Place]) -> Iterator[tuple[int, Place]]:
        """Yield what a verb's argument is, and of whom or what a clause says something: "ruled that the lease is …"."""
        for place in places if self.syntax.pos[node] == "VERB" else ():
            heads = verb_arguments(self.syntax, node, place, self.names) if isinstance(place, Argument) else []
            clauses = self.syntax.kids(node, "ccomp") if place == "that" else []
            heads += [c for clause in clauses for c in self.syntax.kids(clause, "nsubj", "nsubj:pass")]
            for head in heads[:1]:
                if self.syntax.pos[head] in ("NOUN", "PROPN") and not (self._is_time(head) or self._is_known(head)):
                    yield head, Argument.OBJECT

    def _opened(self, node: int, places: Sequence[Place]) -> Iterator[tuple[int, Place]]:
        """Yield what a preposition takes, and what "to" or "whether" opens."""
        for child in map(self._aim, self.syntax.children[node]):
            clause = self.syntax.relation[child] in _CLAUSES
            opening = next((self.syntax.lower[c] for c in self.syntax.kids(child, "mark")), "")
            place = opening if clause else self.syntax.case[child]
            named = self.names.at(child) is not None
            number = self.syntax.pos[child] == "NUM" or bool(self.syntax.kids(child, "nummod"))
            counted = not clause and (number or self._is_time(child))
            if place != "that" and place in places and not (counted or named):
                yield child, place

    def _is_time(self, noun: int) -> bool:
        told = noun in self.times.by_token or self.syntax.lower[noun] in DAYS  # of no date, where the article has none
        return told or self.syntax.lemma[noun] in DURATIONS | _OCCASIONS

    def _is_known(self, noun: int) -> bool:
        """Tell whether a noun is an event, or somebody or something of a known class, which plays a role by itself."""
        hit, draft = self.hits.get(noun), self.drafts.at(noun)
        event = hit is not None and any(frame.kind is FrameKind.EVENT_NOUN for frame in hit.frames)
        return event or (draft is not None and bool(self.drafts.types(draft)))

    def _phrase(self, node: int, head: int) -> list[int]:
        """Return the tokens of a phrase up to its first aside; without the clause that tells of the event in it."""
        aside = {i for c in self.syntax.kids(head, "advcl", "parataxis") for i in self.syntax.subtree(c)}
        clauses = [self.syntax.subtree(c) for c in self.syntax.kids(head, "acl:relcl", "acl")]
        aside |= {i for tokens in clauses if node in tokens for i in tokens}
        tokens = [i for i in self.syntax.subtree(head) if i not in aside]
        return tokens[: next((k for k, i in enumerate(tokens) if self._parts(i)), len(tokens))]

    def _parts(self, token: int) -> bool:
        """Tell whether a comma parts what follows from what an event is about; one between adjectives does not."""
        above = self.syntax.ancestors(token) if self.syntax.lower[token] == "," else ()
        holder = next((i for i in above if self.syntax.relation[i] not in ("compound", "advmod")), None)
        return holder is not None and self.syntax.relation[holder] != "amod"

    def _aim(self, child: int) -> int:
        """Return the infinitive of "seeking to close …", "asking to …", the word itself where it is none of these."""
        if self.syntax.relation[child] == "acl" and self.syntax.lemma[child] in _AIMING:
            return next((c for c in self.syntax.kids(child, "xcomp") if self.syntax.kids(c, "mark")), child)
        return child
