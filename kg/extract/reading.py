"""An annotated Doc becomes a Reading: referents, mentions, statements and attributions with their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.extract.analysis import Analysis, analyse
from kg.extract.dating import Dates, find_dates
from kg.extract.findings import Finding
from kg.language.arguments import noun_node
from kg.language.drafts import Draft, DraftMention
from kg.language.endings import ENDING
from kg.language.lexicon import Lexicon
from kg.language.modality import UNDONE, find_bringing
from kg.language.proper_names import KNOWN, PATTERN
from kg.language.quotations import Speech
from kg.language.standing import Standing, noun_modifiers, standing
from kg.model import (
    Article,
    Attribution,
    Chain,
    Iri,
    Mention,
    MentionKind,
    Qualification,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Status,
    Value,
)
from kg.ontology.frames import FrameKind
from kg.vocabulary import TYPE

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MOST: Final = 0.98
_MOST_WORDS: Final = 8
_DATED: Final = frozenset({FrameKind.RELATIONAL_NOUN, FrameKind.VERB})


def read_doc(doc: Doc, article: Article, lexicon: Lexicon) -> Reading:
    """Return all that a Doc of an article's text says."""
    return make_reading(analyse(doc, lexicon, article.published), article)


def make_reading(analysis: Analysis, article: Article) -> Reading:
    """Turn an analysis into records that need neither Doc nor pipeline."""
    maker = _Maker(analysis, article)
    statements = tuple(maker.statements())
    attributions = tuple(maker.attributions(analysis.speech))
    used = maker.used(statements, attributions)
    return Reading(
        article=article,
        referents=tuple(maker.referents(used)),
        mentions=tuple(maker.mentions(used)),
        statements=statements,
        attributions=attributions,
        chains=tuple(maker.chains(used)),
        guesses=tuple(each for each in maker.attributions(analysis.guesses) if each.speaker in used),
    )


class _Maker:
    def __init__(self, analysis: Analysis, article: Article) -> None:
        self.analysis = analysis
        self.article = article
        self.syntax = analysis.syntax
        self.drafts = analysis.drafts
        self.ontology = analysis.drafts.ontology
        self.events: dict[int, list[str]] = {}
        kinds = (FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB)
        events = (self.drafts.at(f.subject) for f in analysis.findings if f.frame.kind in kinds)
        self.event_drafts = {draft.number for draft in events if draft is not None}
        ordered = sorted(self.drafts.items, key=lambda draft: (draft.first, draft.number))
        self.ids = {draft.number: f"r{k}" for k, draft in enumerate(ordered, 1)}
        self.ordered = ordered

    # -- statements -----------------------------------------------------------------------------------

    def statements(self) -> Iterator[Statement]:
        seen: set[tuple[object, ...]] = set()
        made = [s for f in self.analysis.findings for s in self._statements(f)]
        made += self._type_statements(made)
        for statement in sorted(made, key=_order):
            key = (
                statement.subject, statement.predicate, statement.object, statement.status, statement.speaker,
                statement.evidence, statement.qualification,
            )  # fmt: skip
            if key not in seen:
                seen.add(key)
                yield statement

    def _statements(self, finding: Finding) -> Iterator[Statement]:
        """Yield what a finding says; with a date besides what it says now, as a statement of its own."""
        statement = self._statement(finding)
        if statement is None:
            return
        found = statement.qualification
        dates = self._dates(finding)
        given = replace(found or Qualification(), start=dates.start, end=dates.end)
        if given.kind is None and given.end is not None and self._is_over(given.end):
            given = replace(given, kind="Former")
        if given.kind is None:
            yield statement
        if given != Qualification():
            evidence = self._joined(statement.evidence, dates.words)
            yield replace(statement, qualification=given, evidence=evidence)

    def _joined(self, evidence: Span, words: tuple[int, int] | None) -> Span:
        if words is None:
            return evidence
        span = self._chars(*words)
        return Span(min(evidence.start, span.start), max(evidence.end, span.end))

    def _dates(self, finding: Finding) -> Dates:
        """Find since when and until when a relation holds; an event has its day among its roles."""
        if finding.frame.kind not in _DATED or finding.predicate == TYPE:
            return Dates()
        hit = self.analysis.hits.get(finding.trigger)
        node = noun_node(self.syntax, hit) if hit is not None else finding.trigger
        nodes = dict.fromkeys(n for n in (finding.governor, node) if n is not None)
        occurs = finding.governor is not None and self._occurs(finding)
        ends = finding.governor is not None and self.syntax.lemma[finding.governor] in ENDING
        return find_dates(
            self.analysis.times,
            nodes,
            begins=occurs or finding.construction == "become",
            ends=ends or (occurs and finding.former),
        )

    def _is_over(self, end: str) -> bool:
        return end < (self.article.published or "")[: len(end)]

    def _occurs(self, finding: Finding) -> bool:
        term = self.ontology.properties.get(finding.predicate)
        return finding.frame.occurrence or (term is not None and term.occurrence)

    def _statement(self, finding: Finding) -> Statement | None:
        subject = self.drafts.at(finding.subject)
        if subject is None or not self._is_somebody(subject):
            return None
        object_: Ref | Iri | Value
        link = self.drafts.link(finding.subject)
        object_span: Span | None = None
        if isinstance(finding.object, int):
            draft = self.drafts.at(finding.object)
            if draft is None or draft is subject or not self._is_somebody(draft):
                return None
            object_ = Ref(self.ids[draft.number])
            link *= self.drafts.link(finding.object)
            object_span = self._mention_span(finding.object)
            self._remember_event(finding, subject, draft)
        else:
            object_ = finding.object
        stands = self._standing(finding)
        if (then := self._past_year(finding)) is not None and stands.status is Status.ASSERTED:
            stands = replace(stands, status=Status.POSSIBLE, cue=then)
        if stands.qualification is not None and finding.frame.object_class is not None:
            return None
        plain = stands.status is Status.ASSERTED and stands.speaker is None and stands.qualification is None
        if self._is_lasting(finding) and not plain:
            return None
        sure = min(finding.confidence, finding.frame.confidence)
        speaker = self.drafts.at(stands.speaker) if stands.speaker is not None else None
        return Statement(
            subject=self.ids[subject.number],
            predicate=finding.predicate,
            object=object_,
            status=stands.status,
            confidence=round(min(_MOST, sure * link * stands.factor * self._typed(subject)), 2),
            evidence=self._evidence(finding),
            subject_span=self._mention_span(finding.subject),
            object_span=object_span,
            rule=f"{finding.frame.name} ({finding.construction})",
            speaker=self.ids[speaker.number] if speaker is not None else None,
            status_cue=stands.cue,
            qualification=Qualification("Former") if finding.former else stands.qualification,
        )

    def _past_year(self, finding: Finding) -> str | None:
        """Return the words of a past year in which something is told of who bears a title: it may be his no more."""
        today = (self.article.published or "")[:4]
        if finding.governor is not None or finding.construction != "title" or not today or self._occurs(finding):
            return None
        times = self.analysis.times
        for node in self.syntax.ancestors(finding.subject):
            if self.syntax.pos[node] in ("VERB", "AUX"):
                past = [time for time, _ in times.of(node) if time.past is not None and time.past[:4] < today]
                told = [self.syntax.doc[time.start : time.end].text for time in past]
                return next((words for words in told if words[-4:].isdigit()), None)
        return None

    def _is_lasting(self, finding: Finding) -> bool:
        """Tell whether a class is one that nobody stops to be of: a former lawyer is still a person.

        Nor does it say anything that somebody is called one: whom they call a dangerous woman is a person anyway.
        """
        term = self.ontology.classes.get(finding.object.iri) if isinstance(finding.object, Iri) else None
        return finding.predicate == TYPE and term is not None and bool(term.name_labels)

    def _is_somebody(self, draft: Draft) -> bool:
        """Tell whether a referent is one that a graph can hold: it has a name, or it is an event."""
        return draft.named or draft.individual is not None or draft.number in self.event_drafts

    def _standing(self, finding: Finding) -> Standing:
        noun = finding.frame.kind not in (FrameKind.VERB, FrameKind.EVENT_VERB)
        hit = self.analysis.hits.get(finding.trigger)
        node = noun_node(self.syntax, hit) if hit is not None else finding.trigger
        modifiers = noun_modifiers(self.syntax, finding.start, node) if noun and hit is not None else ()
        governor = finding.governor
        if governor is None and finding.frame.kind in (FrameKind.EVENT_NOUN, FrameKind.ROLE, FrameKind.COUNT):
            governor = find_bringing(self.syntax, node)
            if governor is not None and self.syntax.lemma[governor] in UNDONE:
                return Standing(Status.POSSIBLE, self.syntax.word[governor])
        event = finding.frame.kind in (FrameKind.ROLE, FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB, FrameKind.COUNT)
        return standing(
            self.syntax,
            finding.trigger,
            self.analysis.speech,
            governor=governor,
            modifiers=modifiers,
            lasting=not (event or self._occurs(finding)),
            resignable=self.ontology.is_resignable(finding.predicate),
            single=(term := self.ontology.properties.get(finding.predicate)) is not None and term.functional,
        )

    def _typed(self, draft: Draft) -> float:
        return 1.0 if self.drafts.types(draft) else 0.85

    def _remember_event(self, finding: Finding, subject: Draft, object_: Draft) -> None:
        if finding.construction == "role":
            label = self._label(object_)
            labels = self.events.setdefault(subject.number, [])
            if label not in labels and object_.named:
                labels.append(label)

    def _type_statements(self, made: Iterable[Statement]) -> list[Statement]:
        """State the class of every named referent that is more than the tagger's label, where no noun said it."""
        stated = {(s.subject, s.object.iri) for s in made if s.predicate == TYPE and isinstance(s.object, Iri)}
        found = []
        for draft in self.ordered:
            if not draft.named:
                continue
            mention = next(m for m in draft.mentions if m.kind is MentionKind.NAME)
            span = self._span(mention)
            for of_class in self.drafts.types(draft):
                term = self.ontology.classes.get(of_class)
                if (self.ids[draft.number], of_class) in stated or (term is not None and term.name_labels):
                    continue
                vote = max((v for v in draft.votes if v.of_class == of_class), key=lambda v: v.weight)
                confidence = 0.98 if vote.weight >= KNOWN else 0.92 if vote.weight >= PATTERN else 0.85
                found.append(
                    Statement(
                        subject=self.ids[draft.number],
                        predicate=TYPE,
                        object=Iri(of_class),
                        status=Status.ASSERTED,
                        confidence=confidence,
                        evidence=span,
                        subject_span=span,
                        rule=f"name ({vote.reason})",
                    )
                )
        return found

    # -- spans ------------------------------------------------------------------------------------------

    def _chars(self, start: int, end: int) -> Span:
        return Span(self.syntax.offset[start], self.syntax.offset[end - 1] + len(self.syntax.word[end - 1]))

    def _span(self, mention: DraftMention) -> Span:
        return self._chars(mention.start, mention.end)

    def _mention_span(self, token: int) -> Span:
        found = self.drafts.by_token.get(token)
        return self._span(found[1]) if found is not None else self._chars(token, token + 1)

    def _evidence(self, finding: Finding) -> Span:
        """Return the characters from the first to the last word that the finding needs."""
        spans = [self._chars(finding.start, finding.end), self._mention_span(finding.subject)]
        if finding.words is not None:
            spans.append(self._chars(*finding.words))
        if isinstance(finding.object, int):
            spans.append(self._mention_span(finding.object))
        for token in (finding.subject, finding.object):
            if isinstance(token, int) and (bridged := self._bridged(token)) is not None:
                spans.append(bridged)
        return Span(min(span.start for span in spans), max(span.end for span in spans))

    def _bridged(self, token: int) -> Span | None:
        """Return the nearest name of what a bridging nominal stands for, when it stands after it."""
        found = self.drafts.by_token.get(token)
        if found is None or found[1].kind is not MentionKind.NOMINAL or not found[0].named:
            return None
        names = [m for m in found[0].mentions if m.kind is MentionKind.NAME]
        if min(m.start for m in names) < found[1].start:
            return None
        return self._span(min(names, key=lambda m: m.start))

    # -- referents, mentions, attributions --------------------------------------------------------------

    def _label(self, draft: Draft) -> str:
        if draft.names:
            return draft.label()
        if draft.individual:
            return self.ontology.individuals[draft.individual].label
        if self.events.get(draft.number):
            return f"{self.ontology.label(self.drafts.types(draft)[0])}: {', '.join(self.events[draft.number][:2])}"
        mention = min(draft.mentions, key=lambda m: (m.kind is MentionKind.PRONOUN, m.start))
        span = self._chars(mention.start, self._phrase_end(mention))
        return " ".join(self.article.text[span.start : span.end].split())

    def _phrase_end(self, mention: DraftMention) -> int:
        """Return the end of a mention with the "of …" after it: what has no name is called by its whole phrase."""
        end = mention.end
        for child in self.syntax.kids(mention.head, "nmod"):
            words = self.syntax.subtree(child)
            if words[0] == end and self.syntax.case[child] == "of" and len(words) <= _MOST_WORDS:
                end = words[-1] + 1
        return end

    def referents(self, used: set[str]) -> Iterator[Referent]:
        for draft in self.ordered:
            identifier = self.ids[draft.number]
            if identifier in used:
                yield Referent(
                    id=identifier,
                    label=self._label(draft),
                    names=tuple(draft.names),
                    types=self.drafts.types(draft),
                    named=draft.named or draft.individual is not None,
                    known=draft.individual,
                )

    def mentions(self, used: set[str]) -> Iterator[Mention]:
        pairs = [(m, d) for d in self.ordered if self.ids[d.number] in used for m in d.mentions]
        for mention, draft in sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end, pair[1].number)):
            span = self._span(mention)
            yield Mention(self.ids[draft.number], span, self.article.text[span.start : span.end], mention.kind)

    def chains(self, used: set[str]) -> Iterator[Chain]:
        """Yield what the scorer of antecedents joins beyond the mentions of the referents that are kept."""
        kept = {head: id for head, (draft, _) in self.drafts.by_token.items() if (id := self.ids[draft.number]) in used}
        for phrases in self.analysis.links.find_clusters():
            owners = Counter(kept[phrase.head] for phrase in phrases if phrase.head in kept)
            owner = min(owners, key=lambda id: (-owners[id], id), default=None)
            rest = tuple(self._chars(each.start, each.end) for each in phrases if each.head not in kept)
            if rest and (owner is not None or len(rest) > 1):
                yield Chain(owner, rest)

    def attributions(self, said: Iterable[Speech]) -> Iterator[Attribution]:
        for speech in said:
            speaker = self.drafts.at(speech.speaker) if speech.speaker is not None else None
            if speaker is None and not speech.quoted:
                continue
            yield Attribution(
                speaker=self.ids[speaker.number] if speaker is not None else None,
                source=self._mention_span(speech.speaker) if speech.speaker is not None else None,
                cue=self._chars(speech.cue, speech.cue + 1) if speech.cue is not None else None,
                content=self._chars(speech.start, speech.end),
                quoted=speech.quoted,
                about=self._about(speech),
            )

    def _about(self, speech: Speech) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for token in range(speech.start, speech.end):
            draft = self.drafts.at(token)
            if draft is not None and draft.named:
                found.setdefault(self.ids[draft.number])
        return tuple(found)

    def used(self, statements: Iterable[Statement], attributions: Iterable[Attribution]) -> set[str]:
        """Return the ids of the referents worth keeping: the named ones, and those that something is said of or by."""
        used = {self.ids[draft.number] for draft in self.ordered if draft.named or draft.individual}
        for statement in statements:
            used.add(statement.subject)
            used |= {statement.object.id} if isinstance(statement.object, Ref) else set()
            used |= {statement.speaker} if statement.speaker else set()
        for attribution in attributions:
            used |= {attribution.speaker} if attribution.speaker else set()
        return used


def _order(statement: Statement) -> tuple[object, ...]:
    return (
        statement.evidence,
        statement.subject,
        statement.predicate,
        str(statement.object),
        statement.status,
        statement.rule,
    )
