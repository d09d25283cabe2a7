"""Which mentions tell of one event: those of related classes that contradict each other in no role."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.findings import EventMention, Finding
from kg.language.lexicon import NounHit
from kg.language.modality import clause_status
from kg.language.view import Finder
from kg.model import Iri, Value
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Argument
from kg.vocabulary import XSD

_DEFINITE: Final = frozenset({"the", "this", "that", "these", "those"})
_CONTENT: Final = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_ANOTHER: Final = frozenset("next previous last following other second third first new earlier later former".split())


class Joiner(Finder):
    """Groups the mentions of events of one article."""

    def groups(self, mentions: Iterable[EventMention]) -> list[list[EventMention]]:
        """Return the mentions of each event, in text order.

        An event whose result alone is told beside that of another ("passed by 51 to 49 and 52 to 48") has what else is
        told of that one.
        """
        events: list[list[EventMention]] = []
        for mention in mentions:
            home = next((group for group in reversed(events) if self._same(group, mention)), None)
            if home is None:
                events.append([mention])
            else:
                home.append(mention)
        for group in events:
            for mention in group:
                first = next((other for other in events if mention.twin in other), None)
                if first is not None and first is not group:
                    mention.findings += self._told(first, group, mention)
        return events

    def _told(self, first: Sequence[EventMention], group: Sequence[EventMention], to: EventMention) -> list[Finding]:
        """Return what is told of one event and not of its twin, as findings about the twin."""
        known = {finding.predicate for mention in group for finding in mention.findings}
        told = [f for m in first for f in m.findings if f.construction == "role"]
        return [replace(finding, subject=to.head) for finding in told if finding.predicate not in known]

    def _same(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        """Tell whether a mention is of the same event: it contradicts none, and shares a role or has no role.

        One that takes up what is known ("the vote") may tell new things of it, and so may one in a clause beside it.
        """
        if not all(self._are_related(other, mention) for other in group) or self._is_another(group, mention):
            return False
        if any(self._is_beside(other, mention) for other in group):
            mention.findings = [self._as_told(finding, mention) for finding in mention.findings]
            return True
        if not self._is_definite(mention) and self._is_on_other(group, mention):
            return False
        if mention.frame.kind is FrameKind.EVENT_VERB and any(self._is_otherwise(other, mention) for other in group):
            return False
        if mention.findings and not self._shares(group, mention):
            last = max(self.syntax.sentence[other.head] for other in group)
            dated = any(Argument.TIME in f.frame.arguments for f in mention.findings)
            late = dated and self.syntax.sentence[mention.head] > last + 1
            return not late and (self._is_definite(mention) or self._is_taken_up(group, mention))
        return True

    def _are_related(self, other: EventMention, mention: EventMention) -> bool:
        is_a, a, b = self.ontology.is_a, other.of_class, mention.of_class
        pairs = ((x, y) for x in other.findings for y in mention.findings if x.predicate == y.predicate)
        return (is_a(a, b) or is_a(b, a)) and not any(self._differ(x, y) for x, y in pairs)

    def _is_on_other(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        """Tell whether what a mention is about has no word in common with what the event is told to be about."""
        about = [(finding.predicate, self._content(finding)) for m in group for finding in m.findings]
        for finding in mention.findings:
            known = [words for predicate, words in about if words and predicate == finding.predicate]
            words = self._content(finding)
            if words and known and all(words.isdisjoint(others) for others in known):
                return True
        return False

    def _content(self, finding: Finding) -> set[str]:
        tokens = range(*finding.words) if finding.words is not None and is_worded(finding) else ()
        return {self.syntax.lemma[i] for i in tokens if self.syntax.pos[i] in _CONTENT}

    def _is_beside(self, other: EventMention, mention: EventMention) -> bool:
        """Tell whether the words for two mentions belong together.

        A verb says in a participial clause how the event goes on ("held a vote, voting to close the harbour"), or takes
        the noun for it ("voted in a referendum"); one that takes both takes one ("the motion was lost by 51 votes").
        """
        if mention.frame.kind is not FrameKind.EVENT_VERB:
            verb = other.head if other.frame.kind is FrameKind.EVENT_VERB else self._taking(other.head)
            return verb is not None and self._takes(verb, mention.head)
        if other.frame.kind is not FrameKind.EVENT_VERB and self._takes(mention.head, other.head):
            return True
        clause = self._clause(mention)
        participle = self.syntax.relation[clause] == "advcl" and self.syntax.tag[clause] == "VBG"
        if not participle or self.syntax.kids(clause, "mark"):
            return False
        verb = self.syntax.head[clause]
        return verb in (other.head, self._taking(other.head))

    def _taking(self, noun: int) -> int | None:
        """Return the verb that has a noun as its object or its subject."""
        taken = self.syntax.relation[noun] in ("obj", "nsubj", "nsubj:pass")
        return self.syntax.head[noun] if taken else None

    def _is_otherwise(self, other: EventMention, mention: EventMention) -> bool:
        """Tell whether one verb says that something happened and the other that it may, will or did not."""
        if other.frame.kind is not FrameKind.EVENT_VERB:
            return False
        return clause_status(self.syntax, other.head)[0] is not clause_status(self.syntax, mention.head)[0]

    def _is_another(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        """Tell whether a noun is of another event than those before it: "the next vote"."""
        return bool(self._which(mention)) and not any(self._which(mention) == self._which(other) for other in group)

    def _which(self, mention: EventMention) -> set[str]:
        return {self.syntax.lower[c] for c in self.syntax.kids(mention.head, "amod")} & _ANOTHER

    def _takes(self, verb: int, noun: int) -> bool:
        """Tell whether a verb has the noun in an adjunct: "voted in a referendum", "passed the bill by 51 votes"."""
        if self.syntax.case[noun] == "by":
            return verb == next((i for i in self.syntax.ancestors(noun) if self.syntax.pos[i] == "VERB"), None)
        taken = self.syntax.head[noun] == verb and self.syntax.relation[noun] == "obl"
        return taken and self.syntax.case[noun] in ("in", "on", "with")

    def _clause(self, mention: EventMention) -> int:
        clause = mention.head
        while self.syntax.relation[clause] == "xcomp":
            clause = self.syntax.head[clause]
        return clause

    def _as_told(self, finding: Finding, mention: EventMention) -> Finding:
        """Let what an event is about be as sure as the event: "held a referendum, asking voters to vote on X"."""
        clause = self._clause(mention)
        told = is_worded(finding) and finding.governor == mention.head != clause
        return replace(finding, governor=self.syntax.head[clause]) if told else finding

    def _is_taken_up(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        """Tell whether what is decided was told of before: "passed a bill. … The bill passed by a vote of 51 to 49".

        What was told of before is part of the clause of the event, or is named after its verb ("articles of
        impeachment", where somebody was impeached).
        """
        node = self.syntax.first_conjunct(mention.head)
        subject = self.syntax.subject(self.syntax.head[node])
        if subject is None or subject == node or not self._has_definite(subject):
            return False
        same = [i for i in range(subject) if self.syntax.lemma[i] == self.syntax.lemma[subject]]
        return any(self._is_told_with(i, other) for other in group for i in same if i > other.head)

    def _is_told_with(self, noun: int, other: EventMention) -> bool:
        verb = self.syntax.lemma[other.head] if other.frame.kind is FrameKind.EVENT_VERB else None
        named = verb is not None and any(self.syntax.lemma[i].startswith(verb) for i in self.syntax.subtree(noun))
        return named or noun in self.syntax.subtree(other.head)

    def _shares(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        """Tell whether a mention names the same player, day or number: many events have the same outcome."""
        return any(
            a.predicate == b.predicate and not self._differ(a, b) and not (is_worded(a) or isinstance(a.object, Iri))
            for m in group
            for a in m.findings
            for b in mention.findings
        )

    def _is_definite(self, mention: EventMention) -> bool:
        """Tell whether a mention takes up an event that is known: "the vote"; a verb does with "for the motion"."""
        if mention.frame.kind is not FrameKind.EVENT_VERB:
            return self._has_definite(mention.head)
        taken = self.syntax.kids(mention.head, "obl", "obj")
        return any(
            hit.head in taken and self._tells(hit, mention) and self._has_definite(hit.head)
            for hit in self.hits.values()
        )

    def _tells(self, hit: NounHit, mention: EventMention) -> bool:
        events = [frame.term for frame in hit.frames if frame.kind is FrameKind.EVENT_NOUN]
        return any(self.ontology.is_a(term, mention.of_class) for term in events)

    def _has_definite(self, noun: int) -> bool:
        return any(self.syntax.lower[c] in _DEFINITE for c in self.syntax.kids(noun, "det"))

    def _differ(self, a: Finding, b: Finding) -> bool:
        if is_worded(a):
            return False
        if isinstance(a.object, int) and isinstance(b.object, int):
            return self.drafts.at(a.object) is not self.drafts.at(b.object)
        return a.object != b.object


def is_worded(finding: Finding) -> bool:
    """Tell whether a finding says in words what an event is about: others may say it in other words."""
    return isinstance(finding.object, Value) and finding.object.datatype == XSD + "string"
