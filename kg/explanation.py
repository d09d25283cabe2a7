"""Why a text was read as it was: its parse, names, speech and statements, and the frames that nearly fired."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.folder import load_given
from kg.model import Article, Attribution, Iri, Mention, Qualification, Reading, Ref, Span, Status, Value
from kg.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.extract.analysis import Analysis
    from kg.language.arbitration import Vote


@dataclass(frozen=True, slots=True)
class Word:
    """A token: its place in the tree is its relation to the word at index `head` (itself for a root)."""

    index: int
    text: str
    lemma: str
    tag: str
    relation: str
    head: int
    sentence: int


@dataclass(frozen=True, slots=True)
class VoteReason:
    """A reason to hold a name for a name of a class, how much it weighs, how often it came, and whether it won."""

    of_class: str
    weight: float
    reason: str
    times: int
    won: bool


@dataclass(frozen=True, slots=True)
class NameReason:
    """A name at characters [start, end): what shows that it is one, the classes decided, and all votes for classes.

    The votes are those of all mentions of the thing in the text, the heaviest first; a name that is the same thing as
    one before it has none, but its text in `same_as`.
    """

    text: str
    start: int
    end: int
    found: str
    classes: tuple[str, ...]
    votes: tuple[VoteReason, ...]
    individual: str | None
    same_as: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A referent: its label, its classes, and the words that refer to it, each with their form."""

    label: str
    types: tuple[str, ...]
    mentions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of text that is attributed: to whom, by which words."""

    speaker: str | None
    cue: str | None
    content: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement in words, with what decided it."""

    subject: str
    relation: str
    object: str
    status: Status
    cue: str | None
    speaker: str | None
    qualification: Qualification | None
    confidence: float
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Miss:
    """A frame of a class or property (its IRI) that nearly fired at a word, and what stopped it."""

    frame: str
    word: str
    reason: str
    term: str
    index: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was found in a text, in text order."""

    text: str
    words: tuple[Word, ...]
    names: tuple[NameReason, ...]
    references: tuple[Reference, ...]
    speech: tuple[Said, ...]
    findings: tuple[Finding, ...]
    misses: tuple[Miss, ...]


def explain(
    text: str,
    ontology: Ontology | str | Path | Iterable[str | Path] | None = None,
    pipeline: str | Language | None = None,
) -> Explanation:
    """Explain how a text is read, with all shipped ontologies and the shipped pipeline unless others are given."""
    from kg.extract.analysis import analyse
    from kg.extract.reading import make_reading
    from kg.language import load_pipeline
    from kg.language.lexicon import Lexicon

    loaded = load_ontology() if ontology is None else load_given(ontology)
    nlp = load_pipeline(pipeline) if pipeline is None or isinstance(pipeline, str) else pipeline
    analysis = analyse(nlp(text), Lexicon(loaded))
    return _Explainer(analysis, make_reading(analysis, Article("text", text)), loaded).explanation()


class _Explainer:
    def __init__(self, analysis: Analysis, reading: Reading, ontology: Ontology) -> None:
        self.analysis = analysis
        self.reading = reading
        self.ontology = ontology
        self.text = reading.article.text
        self.labels = {referent.id: referent.label for referent in reading.referents}

    def explanation(self) -> Explanation:
        return Explanation(
            self.text,
            tuple(self._words()),
            tuple(self._names()),
            tuple(self._references()),
            tuple(map(self._said, self.reading.attributions)),
            tuple(self._findings()),
            tuple(self._misses()),
        )

    def _words(self) -> Iterator[Word]:
        syntax = self.analysis.syntax
        for token in syntax.doc:
            i = token.i
            yield Word(
                i, token.text, syntax.lemma[i], token.tag_, syntax.relation[i], syntax.head[i], syntax.sentence[i]
            )

    def _names(self) -> Iterator[NameReason]:
        doc, drafts = self.analysis.syntax.doc, self.analysis.drafts
        before: dict[int, str] = {}
        for name in self.analysis.names:
            draft = drafts.at(name.head)
            classes = drafts.types(draft) if draft is not None else ()
            same_as = before.get(draft.number) if draft is not None else None
            votes = (draft.votes if draft is not None else name.votes) if same_as is None else ()
            if draft is not None:
                before.setdefault(draft.number, name.text)
            last = doc[name.end - 1]
            yield NameReason(
                name.text,
                doc[name.start].idx,
                last.idx + len(last),
                name.found,
                tuple(map(self.ontology.compact, classes)),
                tuple(self._votes(votes, classes)),
                self.ontology.compact(name.individual) if name.individual else None,
                same_as,
            )

    def _votes(self, votes: Iterable[Vote], classes: tuple[str, ...]) -> Iterator[VoteReason]:
        from kg.language.arbitration import has_won

        counted = Counter(votes)
        for vote in sorted(counted, key=lambda each: (-each.weight, each.of_class, each.reason)):
            won = has_won(vote, classes, self.ontology)
            yield VoteReason(self.ontology.compact(vote.of_class), vote.weight, vote.reason, counted[vote], won)

    def _references(self) -> Iterator[Reference]:
        mentions: dict[str, list[Mention]] = {}
        for mention in self.reading.mentions:
            mentions.setdefault(mention.referent, []).append(mention)
        for referent in self.reading.referents:
            types = tuple(map(self.ontology.compact, referent.types))
            words = tuple((self._text(each.span), each.kind.value) for each in mentions.get(referent.id, ()))
            yield Reference(referent.label, types, words)

    def _said(self, attribution: Attribution) -> Said:
        return Said(
            self.labels[attribution.speaker] if attribution.speaker is not None else None,
            self._text(attribution.cue) if attribution.cue is not None else None,
            self._text(attribution.content),
            attribution.quoted,
        )

    def _findings(self) -> Iterator[Finding]:
        for statement in self.reading.statements:
            yield Finding(
                self.labels[statement.subject],
                self.ontology.compact(statement.predicate),
                self._object(statement.object),
                statement.status,
                statement.status_cue,
                self.labels[statement.speaker] if statement.speaker is not None else None,
                statement.qualification,
                statement.confidence,
                statement.rule,
                self._text(statement.evidence),
            )

    def _object(self, object: Ref | Iri | Value) -> str:
        match object:
            case Ref(id):
                return self.labels[id]
            case Iri(iri):
                return self.ontology.compact(iri)
            case Value(text):
                return text

    def _misses(self) -> Iterator[Miss]:
        doc = self.analysis.syntax.doc
        near = sorted(self.analysis.near, key=lambda each: (each.trigger, each.frame.name, each.reason))
        for each in near:
            yield Miss(each.frame.name, doc[each.trigger].text, each.reason, each.frame.term, each.trigger)

    def _text(self, span: Span) -> str:
        return self.text[span.start : span.end]
