"""Counted things: "has 300 members", "57 abstentions", "21 members abstained", "two abstained"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.findings import EventMention, Finding
from kg.extract.numbers import number_at, number_before
from kg.language.arguments import noun_arguments, noun_node
from kg.language.lexicon import NounHit
from kg.language.view import Finder
from kg.model import Value
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument
from kg.vocabulary import XSD

_GROW: Final = frozenset(
    "have grow rise increase fall drop shrink number count boast reach swell double expand decline jump "
    "climb decrease".split()
)
REACH: Final = 2
"""How many sentences after an event what is counted may be of it."""
COUNT_CONFIDENCE: Final = 0.88


class Counter(Finder):
    """Finds counts in one article; those of events are added to the findings of the event."""

    def find(self, events: Sequence[EventMention]) -> Iterator[Finding]:
        """Yield the counts of things that are no events."""
        for head in sorted(self.hits):
            hit = self.hits[head]
            frames = [frame for frame in hit.frames if frame.kind is FrameKind.COUNT]
            number = number_before(self.syntax, hit.start) if frames else None
            if number is None:
                continue
            for frame in frames:
                yield from self._count(events, hit, frame, *number)
        for verb in range(len(self.syntax.lemma)):
            if self.syntax.pos[verb] == "VERB" or self.syntax.tag[verb].startswith("VB"):
                self._count_doers(events, verb)

    def _count(
        self, events: Sequence[EventMention], hit: NounHit, frame: Frame, number: int, start: int
    ) -> Iterator[Finding]:
        event = self._counted_event(events, hit.head, frame) if not frame.verbs else None
        if event is not None:
            self._add(event, frame, number, (hit.head, start, hit.end))
            return
        for owner, verb in self._owners(hit, frame):
            draft = self.drafts.at(owner)
            domain = self.ontology.properties[frame.term].domain
            if draft is None or not any(self.drafts.can_be(draft, c) for c in domain) or not self.drafts.types(draft):
                continue
            now, end = self._grown_to(hit, number)
            for count, former in ((now, False), (number, True)) if now != number else ((now, False),):
                value = Value(str(count), self._datatype(frame.term))
                yield Finding(
                    frame,
                    owner,
                    frame.term,
                    value,
                    hit.head,
                    start,
                    end,
                    "count",
                    COUNT_CONFIDENCE,
                    verb,
                    former or self._had(verb),
                )
            return

    def _count_doers(self, events: Sequence[EventMention], verb: int) -> None:
        """Count those who do what a verb says, where an event is counted by it: "21 members abstained"."""
        rows = self.lexicon.counted_verbs.get(self.syntax.lemma[verb], ())
        for frame in dict.fromkeys(frame for row, frame in rows if self._is_verb(verb, row)):
            subjects = (
                c for c in self.syntax.kids(verb, "nsubj", "nummod") if not self.syntax.kids(c, "nmod", "appos")
            )
            for subject in subjects:
                number = self._number_of(subject)
                event = self._counted_event(events, verb, frame) if number is not None else None
                if number is not None and event is not None:
                    self._add(event, frame, number, (verb, min(subject, verb), max(subject, verb) + 1), verb)

    def _is_verb(self, verb: int, words: Sequence[str]) -> bool:
        below = {self.syntax.lower[c] for c in self.syntax.children[verb]}
        below |= {self.syntax.case[c] for c in self.syntax.children[verb]}
        return self.syntax.lemma[verb] == words[0] and all(word in below for word in words[1:])

    def _number_of(self, subject: int) -> int | None:
        """Return the number that a subject is, or that counts it."""
        for token in (subject, *self.syntax.kids(subject, "nummod")):
            if self.syntax.pos[token] == "NUM":
                found = number_at(self.syntax, self.syntax.reach(token)[0])
                if found is not None and found[0] == int(found[0]):
                    return int(found[0])
        return None

    def _add(
        self, event: EventMention, frame: Frame, number: int, words: tuple[int, int, int], verb: int | None = None
    ) -> None:
        if any(finding.predicate == frame.term for finding in event.findings):
            return
        value = Value(str(number), self._datatype(frame.term))
        verb = event.head if verb is None and event.frame.kind is FrameKind.EVENT_VERB else verb
        event.findings.append(Finding(frame, event.head, frame.term, value, *words, "count", COUNT_CONFIDENCE, verb))

    def _counted_event(self, events: Sequence[EventMention], token: int, frame: Frame) -> EventMention | None:
        domain = self.ontology.properties[frame.term].domain
        found = [
            event
            for event in events
            if any(self.ontology.is_a(event.of_class, c) for c in domain)
            and 0 <= self.syntax.sentence[token] - self.syntax.sentence[event.head] <= REACH
        ]
        return min(found, key=lambda event: (abs(event.head - token), event.start), default=None)

    def _datatype(self, term: str) -> str:
        found = self.ontology.properties[term].range
        return found[0] if found else XSD + "integer"

    def _owners(self, hit: NounHit, frame: Frame) -> Iterator[tuple[int, int | None]]:
        """Yield what a counted noun belongs to: its possessor, or the subject of a verb of having or growing.

        A frame with verbs of its own takes the subjects of these alone. "Two members of X" are no count of X's members.
        """
        for token in noun_arguments(self.syntax, hit, Argument.POSSESSOR, self.names) if not frame.verbs else ():
            yield token, None
        node = noun_node(self.syntax, hit)
        verb = self.syntax.head[node]
        if self.syntax.case[node] == "with" and self.syntax.relation[node] == "nmod" and not frame.verbs:
            yield verb, None
        if self.syntax.lemma[verb] in (frame.verbs or _GROW) and (subject := self.syntax.subject(verb)) is not None:
            antecedent = self.syntax.antecedent(subject)
            subject = subject if antecedent is None else antecedent
            yield subject, verb
            for owner in self.syntax.kids(subject, "nmod:poss", "compound"):
                yield owner, verb

    def _had(self, verb: int | None) -> bool:
        """Tell whether a verb says what something had, and may have no more."""
        return verb is not None and self.syntax.lemma[verb] == "have" and self.syntax.tag[verb] == "VBD"

    def _grown_to(self, hit: NounHit, number: int) -> tuple[int, int]:
        """Of "from 300 members to 1,000" return what it has become, and where that ends."""
        position = hit.end
        if position + 1 < len(self.syntax.lower) and self.syntax.lower[position] == "to":
            found = number_at(self.syntax, position + 1)
            if found is not None and found[0] == int(found[0]):
                return int(found[0]), found[1]
        return number, hit.end
