"""Events: their mentions, roles, counts and results, and which mentions are one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.counts import REACH, Counter
from kg.extract.findings import EventMention, Finding
from kg.extract.joining import Joiner, is_worded
from kg.extract.numbers import Result, find_results
from kg.extract.roles import ROLE_CONFIDENCE, Roles
from kg.extract.titles import Titles
from kg.language.arguments import noun_node, verb_arguments
from kg.language.drafts import BORNE, DraftMention, Drafts
from kg.language.times import Times
from kg.language.view import Finder, View
from kg.model import Iri, MentionKind, Value
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument
from kg.vocabulary import TYPE, XSD

RESULT_CONFIDENCE: Final = 0.88
_STOPS: Final = frozenset({".", "?", "!"})


class EventMatcher(Finder):
    """Finds events in one article; every event becomes a draft of its own."""

    def __init__(self, view: View, drafts: Drafts, titles: Titles, times: Times) -> None:
        super().__init__(view, drafts)
        self.roles = Roles(view, drafts, titles, times)
        self.counter = Counter(view, drafts)
        self.joiner = Joiner(view, drafts)
        self.mentions: list[EventMention] = []

    def find(self) -> Iterator[Finding]:
        """Yield the findings about events and counts; their subjects are tokens of drafts made here."""
        self.mentions = sorted([*self._nouns(), *self._verbs()], key=lambda mention: mention.start)
        for mention in self.mentions:
            mention.findings.extend(self.roles.find(mention))
        for result in find_results(self.syntax, self._scored_nouns()):
            self._score(result)
        counts = list(self.counter.find(self.mentions))
        self._join()
        for mention in self.mentions:
            if mention.draft is not None:
                if mention.of_class in self.drafts.types(mention.draft):
                    yield self._type(mention)
                yield from mention.findings
        yield from counts

    # -- mentions ---------------------------------------------------------------------------------------

    def _nouns(self) -> Iterator[EventMention]:
        for head in sorted(self.hits):
            hit = self.hits[head]
            if self.syntax.pos[head] == "VERB" or head in self.roles.times.by_token:
                continue
            for frame in hit.frames:
                if frame.kind is FrameKind.EVENT_NOUN:
                    node = noun_node(self.syntax, hit)
                    yield EventMention(frame.term, frame, node, hit.start, hit.end)
                    break

    def _verbs(self) -> Iterator[EventMention]:
        for verb in range(len(self.syntax.lemma)):
            frame = self._event_verb(verb) if self.syntax.pos[verb] == "VERB" else None
            if frame is not None and not (self._is_habit(verb) or self._is_within(verb, frame)):
                yield EventMention(frame.term, frame, verb, verb, verb + 1)

    def _event_verb(self, verb: int) -> Frame | None:
        frames = (f for f in self.lexicon.verb_hits(self.syntax, verb) if f.kind is FrameKind.EVENT_VERB)
        return next((frame for frame in frames if self._has_players(verb, frame)), None)

    def _is_within(self, verb: int, frame: Frame) -> bool:
        """Tell whether a verb says what another of such an event decides: "voted to pass the bill" is one vote."""
        head = self.syntax.head[verb]
        infinitive = any(self.syntax.lower[c] == "to" for c in self.syntax.kids(verb, "mark"))
        if not infinitive or self.syntax.relation[verb] not in ("xcomp", "advcl") or self.syntax.pos[head] != "VERB":
            return False
        above = self._event_verb(head)
        return above is not None and self.ontology.is_a(above.term, frame.term)

    def _has_players(self, verb: int, frame: Frame) -> bool:
        """Tell whether who does what a verb says, and to what, is of the classes that its frame asks for."""
        for place, of_class in ((Argument.SUBJECT, frame.subject_class), (Argument.OBJECT, frame.object_class)):
            found = map(self.drafts.at, verb_arguments(self.syntax, verb, place, self.names))
            if of_class is not None and not any(d is not None and self.drafts.is_a(d, of_class) for d in found):
                return False
        return True

    def _is_habit(self, verb: int) -> bool:
        """Tell whether a verb says what is done as a rule: "the court, which rules on tariffs, …", "the king appoints".

        A headline, which has no full stop, tells in the present what happened.
        """
        past = self.syntax.tag[verb] == "VBP" and self.syntax.lower[verb] != self.syntax.lemma[verb]
        if self.syntax.tag[verb] not in ("VBZ", "VBP") or past or any(self.roles.times.of(verb)):
            return False
        stops = any(token.text in _STOPS for token in self.syntax.doc[verb].sent)
        return stops or self.syntax.relation[verb] == "acl:relcl"

    # -- results and counts ---------------------------------------------------------------------------------

    def _score(self, result: Result) -> None:
        """Give a result to the nearest event before it, or in its sentence, whose class is decided by such results."""
        best: tuple[int, EventMention] | None = None
        for mention in self.mentions:
            score = self._score_of(mention.of_class)
            gap = self.syntax.sentence[result.start] - self.syntax.sentence[mention.head]
            if score is None or not 0 <= gap <= REACH:
                continue
            distance = abs(result.start - mention.head) + 40 * gap
            if best is None or distance < best[0]:
                best = (distance, mention)
        if best is None:
            return
        mention = best[1]
        properties = self._score_of(mention.of_class)
        assert properties is not None
        if any(finding.predicate in properties for finding in mention.findings):
            mention = self._another(mention, result)
        numbers = self._ordered(result, properties, mention)
        for term, number in zip(properties, numbers, strict=True):
            value = Value(str(number), self._datatype(term))
            mention.findings.append(
                Finding(
                    mention.frame,
                    mention.head,
                    term,
                    value,
                    result.start,
                    result.start,
                    result.end,
                    "result",
                    RESULT_CONFIDENCE,
                    mention.head if mention.frame.kind is FrameKind.EVENT_VERB else None,
                )
            )

    def _scored_nouns(self) -> set[str]:
        """Return the nouns of the events that are decided by a result."""
        heads = (
            self.syntax.lemma[m.head]
            for m in self.mentions
            if m.frame.kind is FrameKind.EVENT_NOUN and self._score_of(m.of_class)
        )
        return set(heads)

    def _another(self, mention: EventMention, result: Result) -> EventMention:
        """Make the mention of a second event that the same words tell of: "passed by 51 to 49 and 52 to 48"."""
        outcomes = [f for f in mention.findings if isinstance(f.object, Iri) and f.construction == "role"]
        other = EventMention(mention.of_class, mention.frame, result.start, result.start, result.end, twin=mention)
        other.findings = [replace(f, subject=other.head) for f in outcomes]
        self.mentions.append(other)
        return other

    def _score_of(self, of_class: str) -> tuple[str, str] | None:
        for ancestor in sorted(self.ontology.ancestors(of_class)):
            term = self.ontology.classes.get(ancestor)
            if term is not None and term.score is not None:
                return term.score
        return None

    def _ordered(self, result: Result, properties: tuple[str, str], mention: EventMention) -> tuple[int, int]:
        """Put the two numbers in the order of the properties: by the words counted, else as the outcome demands."""
        for word, turn in ((result.words[0], False), (result.words[1], True), (result.side, False)):
            for _, frame in self.lexicon.nouns.get(word, ()):
                if frame.kind is FrameKind.COUNT and frame.term in properties:
                    first = (frame.term == properties[0]) is not turn
                    return (result.first, result.second) if first else (result.second, result.first)
        order = self._outcome_order(mention) or self._decided(result, mention)
        if order == "descending":
            return max(result.first, result.second), min(result.first, result.second)
        if order == "ascending":
            return min(result.first, result.second), max(result.first, result.second)
        return result.first, result.second

    def _decided(self, result: Result, mention: EventMention) -> str | None:
        """Take the outcome from the verb that the result stands under: "rejected the offer by 95 votes to 92"."""
        for token in self.syntax.ancestors(result.start):
            if self.syntax.pos[token] != "VERB":
                continue
            for frame in self.lexicon.roles:
                known = self.ontology.individuals.get(frame.value or "")
                fits = frame.event is not None and self.ontology.is_a(mention.of_class, frame.event)
                if fits and known is not None and known.score_order and self.syntax.lemma[token] in frame.verbs:
                    mention.findings.append(
                        self.roles.finding(frame, mention, Iri(known.iri), "role", ROLE_CONFIDENCE, token)
                    )
                    return known.score_order
            return None
        return None

    def _outcome_order(self, mention: EventMention) -> str | None:
        for finding in mention.findings:
            known = self.ontology.individuals.get(finding.object.iri) if isinstance(finding.object, Iri) else None
            if known is not None and known.score_order:
                return known.score_order
        return None

    def _datatype(self, term: str) -> str:
        found = self.ontology.properties[term].range
        return found[0] if found else XSD + "integer"

    # -- one event, many mentions ---------------------------------------------------------------------------

    def _join(self) -> None:
        """Make drafts of the events that something is told of; a verb that has but words to tell is not enough."""
        self.mentions = [mention for mention in self.mentions if _is_complete(mention)]
        for group in self.joiner.groups(self.mentions):
            found = [(mention, finding) for mention in group for finding in mention.findings]
            if any(m.frame.kind is FrameKind.EVENT_NOUN or not is_worded(f) for m, f in found):
                self._make_draft(group)

    def _make_draft(self, group: Sequence[EventMention]) -> None:
        owner = next((d for m in group if (d := self.drafts.at(m.head)) is not None), None)
        draft = owner if owner is not None and not owner.named else self.drafts.new()
        for mention in group:
            mention.draft = draft
            self.drafts.vote(draft, mention.of_class, BORNE, mention.frame.name)
            self.drafts.by_token.pop(mention.head, None)
            self.drafts.add_mention(draft, DraftMention(mention.start, mention.end, mention.head, MentionKind.NOMINAL))

    def _type(self, mention: EventMention) -> Finding:
        governor = mention.head if mention.frame.kind is FrameKind.EVENT_VERB else None
        return self.roles.finding(mention.frame, mention, Iri(mention.of_class), "event", 0.93, governor, TYPE)


def _is_complete(mention: EventMention) -> bool:
    """Tell whether a mention has the roles without which its words tell of no such event."""
    return all(any(finding.predicate == role for finding in mention.findings) for role in mention.frame.requires)
