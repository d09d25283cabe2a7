"""Events: their mentions, roles, counts and results, and which mentions are one event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.counts import REACH, Counter
from kg.extract.dating import find_day
from kg.extract.findings import EventMention, Finding
from kg.extract.numbers import Result, find_results
from kg.extract.titles import Titles
from kg.language.arguments import noun_arguments, noun_node, verb_arguments
from kg.language.drafts import BORNE, Draft, DraftMention, Drafts
from kg.language.lexicon import NounHit
from kg.language.times import Times
from kg.language.view import Finder, View
from kg.model import Iri, MentionKind, Value
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument, Place
from kg.vocabulary import TYPE, XSD

ROLE_CONFIDENCE, RESULT_CONFIDENCE = 0.9, 0.88
_MOST_WORDS: Final = 20
"""How many words of what an event is about are kept."""
_PRECISIONS: Final = {4: "gYear", 7: "gYearMonth", 10: "date"}


class EventMatcher(Finder):
    """Finds events in one article; every event becomes a draft of its own."""

    def __init__(self, view: View, drafts: Drafts, titles: Titles, times: Times) -> None:
        super().__init__(view, drafts)
        self.titles = titles
        self.times = times
        self.counter = Counter(view, drafts)
        self.mentions: list[EventMention] = []

    def find(self) -> Iterator[Finding]:
        """Yield the findings about events and counts; their subjects are tokens of drafts made here."""
        self.mentions = sorted([*self._nouns(), *self._verbs()], key=lambda mention: mention.start)
        for mention in self.mentions:
            mention.findings.extend(self._roles(mention))
        for result in find_results(self.syntax):
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
            for frame in hit.frames:
                if frame.kind is FrameKind.EVENT_NOUN:
                    node = noun_node(self.syntax, hit)
                    yield EventMention(frame.term, frame, node, hit.start, hit.end)
                    break

    def _verbs(self) -> Iterator[EventMention]:
        for verb in range(len(self.syntax.lemma)):
            if self.syntax.pos[verb] != "VERB" or self._is_habit(verb):
                continue
            for frame in self.lexicon.verb_hits(self.syntax, verb):
                if frame.kind is FrameKind.EVENT_VERB:
                    yield EventMention(frame.term, frame, verb, verb, verb + 1)
                    break

    def _is_habit(self, verb: int) -> bool:
        """Tell whether a verb says what is done as a rule: "the court, which rules on tariffs, …"."""
        return self.syntax.relation[verb] == "acl:relcl" and self.syntax.tag[verb] in ("VBZ", "VBP")

    # -- roles --------------------------------------------------------------------------------------------

    def _roles(self, mention: EventMention) -> Iterator[Finding]:
        for frame in self.lexicon.roles:
            if frame.event is None or not self.ontology.is_a(mention.of_class, frame.event):
                continue
            wanted = self.ontology.properties[frame.term].range
            if Argument.TIME in frame.arguments:
                yield from self._day(mention, frame)
                continue
            if XSD + "string" in wanted:
                yield from self._words(mention, frame)
                continue
            for object_, governor in self._role_values(mention, frame):
                if isinstance(object_, int):
                    object_ = self._owner(self._title(object_, frame), wanted)
                    draft = self.drafts.at(object_)
                    known = frame.verbs or not self._is_modifier(mention, object_)
                    if (
                        draft is None
                        or not (known or self._is_known(draft, wanted))
                        or (wanted and not any(self.drafts.suits(draft, c) for c in wanted))
                    ):
                        continue
                yield self._finding(frame, mention, object_, "role", ROLE_CONFIDENCE, governor)

    def _title(self, token: int, frame: Frame) -> int:
        """Return the place of the title that a token names; who is appointed something is appointed to an office."""
        wanted = self.ontology.properties[frame.term].range
        found = self.titles.at(token, wanted)
        made = Argument.COMPLEMENT in frame.arguments or "as" in frame.arguments
        if found == token and made and self.drafts.at(token) is None and self.syntax.tag[token] in ("NN", "NNP"):
            return self.titles.coin(token, wanted)
        return found

    def _is_modifier(self, mention: EventMention, token: int) -> bool:
        """Tell whether a token stands before an event's noun without a preposition: "the X vote"."""
        return token < mention.start and self.syntax.relation[token] in ("compound", "amod", "nmod")

    def _is_known(self, draft: Draft, wanted: Sequence[str]) -> bool:
        """Tell whether more than the tagger shows that something is of one of the classes."""
        firm = [vote.of_class for vote in draft.votes if not vote.guessed]
        return not wanted or any(self.ontology.is_a(c, w) for c in firm for w in wanted)

    def _owner(self, token: int, wanted: Sequence[str]) -> int:
        """Return whose an unnamed thing is that may play a role: "the government of X survived" is about X."""
        hit = next((hit for hit in self.hits.values() if noun_node(self.syntax, hit) == token), None)
        if hit is None or self.drafts.at(token) is not None:
            return token
        classes = {f.term for f in hit.frames if f.kind is FrameKind.CLASS_NOUN}
        if not any(self.ontology.is_a(c, w) for c in classes for w in wanted) or not self.lexicon.are_things(classes):
            return token
        before = self.names.by_end.get(hit.start)
        owners = [c for c in self.syntax.children[token] if self.syntax.case[c] == "of"]
        owners += [before.head] if before is not None and before.adjectival else []
        return next((c for c in owners if self.names.at(c) is not None), token)

    def _role_values(self, mention: EventMention, frame: Frame) -> Iterator[tuple[int | Iri | Value, int | None]]:
        if frame.verbs:
            for verb in self._governing_verbs(mention, frame):
                if frame.value is not None:
                    yield self._term(frame), verb
                for place in frame.arguments if frame.value is None else ():
                    for token in verb_arguments(self.syntax, verb, place, self.names):
                        if token != mention.head:
                            yield token, verb
            return
        is_verb = mention.frame.kind is FrameKind.EVENT_VERB
        for place in frame.arguments:
            if is_verb:
                tokens = verb_arguments(self.syntax, mention.head, place, self.names)
                tokens += self._objects_of_infinitive(mention.head) if place == "to" else []
            else:
                hit = NounHit(mention.start, mention.end, mention.end - 1, (mention.frame,))
                tokens = noun_arguments(self.syntax, hit, place, self.names)
                tokens = tokens or self._places_of_verb(mention, place)
            for token in tokens:
                yield token, mention.head if is_verb else None

    def _objects_of_infinitive(self, verb: int) -> list[int]:
        """Return whom what is decided is done to: "voted to impeach X"."""
        clauses = [c for c in self.syntax.kids(verb, "xcomp", "advcl") if self.syntax.kids(c, "mark")]
        found = [t for c in clauses[:1] for t in verb_arguments(self.syntax, c, Argument.OBJECT, self.names)]
        found += [c for t in found for c in self.syntax.conjuncts(t) if c not in found and self.names.at(c) is not None]
        return [t for t in found if (draft := self.drafts.at(t)) is not None and self.drafts.types(draft)]

    def _day(self, mention: EventMention, frame: Frame) -> Iterator[Finding]:
        """Yield when an event takes place: what the words that mention it say, or a verb that takes it."""
        verbs = list(self._governing_verbs(mention, frame)) if frame.verbs else [None]
        for governor in verbs:
            node = mention.head if governor is None else governor
            time = find_day(self.times, [node], ahead=self._is_ahead(node))
            if time is not None:
                date = time.future if self._is_ahead(node) else time.past
                assert date is not None
                value = Value(date, XSD + _PRECISIONS[len(date)])
                verb = node if mention.frame.kind is FrameKind.EVENT_VERB else governor
                yield self._finding(frame, mention, value, "role", ROLE_CONFIDENCE, verb, words=(time.start, time.end))

    def _words(self, mention: EventMention, frame: Frame) -> Iterator[Finding]:
        """Yield what an event is about in the article's words: a phrase after a preposition, or what "to" opens."""
        node = mention.head
        for child in self.syntax.children[node]:
            infinitive = self.syntax.relation[child] in ("xcomp", "advcl", "acl", "ccomp")
            opening = next((self.syntax.lower[c] for c in self.syntax.kids(child, "mark")), "")
            place = opening if infinitive else self.syntax.case[child]
            number = self.syntax.pos[child] == "NUM" or bool(self.syntax.kids(child, "nummod"))
            if (
                place not in frame.arguments
                or (number and not infinitive)
                or self.names.at(child) is not None
                or child in self.times.by_token
            ):
                continue
            aside = {i for c in self.syntax.kids(child, "advcl", "parataxis") for i in self.syntax.subtree(c)}
            tokens = [i for i in self.syntax.subtree(child) if i > node and i not in aside]
            comma = next((k for k, i in enumerate(tokens) if self.syntax.lower[i] == ","), len(tokens))
            tokens = tokens[:comma]
            if not tokens:
                continue
            first = next((k for k, i in enumerate(tokens) if self.syntax.lower[i] == place), -1) + 1
            start, end = tokens[min(first, len(tokens) - 1)], tokens[-1] + 1
            end = min(end, start + _MOST_WORDS)
            while end > start + 1 and self.syntax.pos[end - 1] == "PUNCT":
                end -= 1
            value = Value(" ".join(self.syntax.doc[start:end].text.split()), XSD + "string")
            verb = node if mention.frame.kind is FrameKind.EVENT_VERB else None
            yield self._finding(frame, mention, value, "role", ROLE_CONFIDENCE, verb, words=(start, end))
            return

    def _is_ahead(self, node: int) -> bool:
        """Tell whether a verb speaks of what will be: "will be held on Thursday", "is to resign in May"."""
        below = [self.syntax.lower[c] for c in self.syntax.kids(node, "aux", "mark")]
        return not {"will", "'ll", "’ll", "to", "shall", "would", "could", "may", "might", "should"}.isdisjoint(below)

    def _places_of_verb(self, mention: EventMention, place: Place) -> list[int]:
        """Return what a preposition of the verb names that decides the event: "it failed in the Senate by 44 votes"."""
        node = self.syntax.first_conjunct(mention.head)
        verb = self.syntax.head[node]
        decides = any(
            self.syntax.lemma[verb] in frame.verbs and self.ontology.is_a(mention.of_class, frame.event)
            for frame in self.lexicon.roles
            if frame.event is not None
        )
        if isinstance(place, Argument) or not decides or node == verb or self.syntax.relation[node].startswith("acl"):
            return []
        return verb_arguments(self.syntax, verb, place, self.names)

    def _term(self, frame: Frame) -> Iri | Value:
        assert frame.value is not None
        term = self.ontology.properties[frame.term]
        if term.datatype:
            return Value(frame.value, term.range[0] if term.range else XSD + "string")
        return Iri(frame.value)

    def _governing_verbs(self, mention: EventMention, frame: Frame) -> Iterator[int]:
        """Yield the verbs of a role frame that take the event as their subject, object or other argument."""
        node = self.syntax.first_conjunct(mention.head)
        head = self.syntax.head[node]
        if self.syntax.case[node] == "by" and self.syntax.kids(node, "nummod"):
            head = next((i for i in self.syntax.ancestors(node) if self.syntax.pos[i] == "VERB"), head)
        candidates = [head] if head != node else []
        if self.syntax.relation[node].startswith("acl"):
            candidates = []
        candidates += self.syntax.kids(node, "acl")
        for verb in candidates:
            if self.syntax.lemma[verb] in frame.verbs:
                yield verb

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
                )
            )

    def _another(self, mention: EventMention, result: Result) -> EventMention:
        """Make the mention of a second event that the same words tell of: "passed by 51 to 49 and 52 to 48"."""
        outcomes = [f for f in mention.findings if isinstance(f.object, Iri) and f.construction == "role"]
        other = EventMention(mention.of_class, mention.frame, result.start, result.start, result.end)
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
                        self._finding(frame, mention, Iri(known.iri), "role", ROLE_CONFIDENCE, token)
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
        """Make drafts: mentions of related classes that contradict each other in no role are one event."""
        events: list[list[EventMention]] = []
        for mention in self.mentions:
            home = next((group for group in reversed(events) if self._same(group, mention)), None)
            if home is None:
                events.append([mention])
            else:
                home.append(mention)
        for group in events:
            if any(not _is_worded(finding) for m in group for finding in m.findings):
                self._make_draft(group)

    def _same(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        """Tell whether a mention is of the same event: it contradicts none, and shares a role or has no role."""
        if mention.findings and not self._shares(group, mention):
            last = max(self.syntax.sentence[other.head] for other in group)
            dated = any(Argument.TIME in f.frame.arguments for f in mention.findings)
            if not self._definite(mention) or (dated and self.syntax.sentence[mention.head] > last + 1):
                return False
        for other in group:
            if not (
                self.ontology.is_a(other.of_class, mention.of_class)
                or self.ontology.is_a(mention.of_class, other.of_class)
            ):
                return False
            for a in other.findings:
                for b in mention.findings:
                    if a.predicate == b.predicate and self._differ(a, b):
                        return False
        return True

    def _shares(self, group: Sequence[EventMention], mention: EventMention) -> bool:
        return any(
            a.predicate == b.predicate and not self._differ(a, b) and not _is_worded(a)
            for m in group
            for a in m.findings
            for b in mention.findings
        )

    def _definite(self, mention: EventMention) -> bool:
        """Tell whether a mention takes up an event that is known: "the vote"; a verb does not."""
        if mention.frame.kind is FrameKind.EVENT_VERB:
            return False
        return any(self.syntax.lower[c] in ("the", "this", "that") for c in self.syntax.kids(mention.head, "det"))

    def _differ(self, a: Finding, b: Finding) -> bool:
        if _is_worded(a):
            return False
        if isinstance(a.object, int) and isinstance(b.object, int):
            return self.drafts.at(a.object) is not self.drafts.at(b.object)
        return a.object != b.object

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
        return self._finding(mention.frame, mention, Iri(mention.of_class), "event", 0.93, governor, TYPE)

    def _finding(
        self,
        frame: Frame,
        mention: EventMention,
        object_: int | Iri | Value,
        construction: str,
        confidence: float,
        governor: int | None,
        predicate: str | None = None,
        words: tuple[int, int] | None = None,
    ) -> Finding:
        return Finding(
            frame=frame,
            subject=mention.head,
            predicate=predicate or frame.term,
            object=object_,
            trigger=mention.head,
            start=mention.start,
            end=mention.end,
            construction=construction,
            confidence=confidence,
            governor=governor,
            words=words,
        )


def _is_worded(finding: Finding) -> bool:
    """Tell whether a finding says in words what an event is about: others may say it in other words."""
    return isinstance(finding.object, Value) and finding.object.datatype == XSD + "string"
