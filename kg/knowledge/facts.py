"""Facts and claims gathered from readings: each with all that supports it, whatever order it came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.knowledge import terms as t
from kg.knowledge.iris import article_iri, passage_iri
from kg.knowledge.literals import typed
from kg.model import (
    Attribution,
    Entity,
    Iri,
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
from kg.ontology import Ontology

MOST_CONFIDENT: Final = 0.99
"""No number of articles makes a fact surer than this."""

NAMING: Final = "naming"
"""The rule of a class that was recognised in how the article names the thing."""

NAMING_CONFIDENCE: Final = 0.9


@dataclass(slots=True)
class Support:
    """The passages that say something, the decisions that it is so, and how sure they make it."""

    passages: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    best: dict[str, float] = field(default_factory=dict)
    decisions: set[str] = field(default_factory=set)

    def add(self, article: str, passage: str | None, rule: str | None = None, confidence: float | None = None) -> None:
        """Add a passage of the article with this IRI."""
        if passage is not None:
            self.passages.add(passage)
        if rule is not None:
            self.rules.add(rule)
        self.best[article] = max(self.best.get(article, 0.0), confidence or 0.0)

    @property
    def articles(self) -> Iterable[str]:
        """The IRIs of the articles."""
        return self.best

    @property
    def confidence(self) -> float:
        """How sure it is: an article is as sure as its surest passage, and articles err independently.

        One article repeats itself, so that its passages do not add up; of several articles all must be wrong. What a
        person decided is sure.
        """
        if self.decisions:
            return 1.0
        doubt = prod(1 - confidence for confidence in sorted(self.best.values()))
        return min(MOST_CONFIDENT, 1 - doubt)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a speaker, or an article without standing behind it, says. Two that are equal are one claim.

    `article` is the IRI of the only article that can say it, None when a named speaker makes it the same claim
    wherever it is reported. `triple` is what it says where that is known; `quoted` is None for such a statement.
    """

    speaker: str | None
    article: str | None
    status: Status
    text: str
    triple: Triple | None = None
    qualification: Qualification | None = None
    quoted: bool | None = None


@dataclass(slots=True)
class Backing:
    """All that stands behind a claim: its support, the words that decided the status, and what it is about."""

    support: Support = field(default_factory=Support)
    cues: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Corrections:
    """What people decided on facts, in the terms of the graph, mirror images of symmetric properties included.

    `rejected` are triples that do not hold, that nothing may infer, and that have not begun to hold at any date;
    `qualified` and `claims` are what is left out besides.
    `added` are triples that hold, with the IRIs of the decisions.
    """

    rejected: frozenset[Triple] = frozenset()
    qualified: frozenset[tuple[Triple, Qualification]] = frozenset()
    claims: frozenset[Claim] = frozenset()
    added: Mapping[Triple, frozenset[str]] = field(default_factory=dict)


class Gathering:
    """The facts, qualified facts and claims of all readings added so far."""

    def __init__(self, entities: Iterable[Entity], ontology: Ontology, base: str, min_confidence: float) -> None:
        self.facts: dict[Triple, Support] = {}
        self.qualified: dict[tuple[Triple, Qualification], Support] = {}
        self.claims: dict[Claim, Backing] = {}
        self._ontology = ontology
        self._base = base
        self._min_confidence = min_confidence
        self._entities: dict[tuple[str, str], NamedNode] = {}
        self._known: dict[str, NamedNode] = {}
        self._types: dict[NamedNode, tuple[str, ...]] = {}
        for entity in entities:
            node = NamedNode(entity.iri)
            self._entities.update(dict.fromkeys(entity.referents, node))
            self._types[node] = entity.types
            if entity.known is not None:
                self._known[entity.known] = node

    def add(self, reading: Reading) -> None:
        """Add what one article says. Raises ValueError when one of its referents is of no entity."""
        article = article_iri(self._base, reading.article.id)
        first = _first_mentions(reading)
        for referent in reading.referents:
            self._add_types(reading, article, referent, first.get(referent.id))
        for statement in reading.statements:
            if statement.confidence >= self._min_confidence:
                self._add_statement(reading, article, statement)
        for attribution in reading.attributions:
            self._add_attribution(reading, article, attribution)

    def _add_types(self, reading: Reading, article: str, referent: Referent, span: Span | None) -> None:
        node = self._entity(reading, referent.id)
        passage = None if span is None else passage_iri(article, span)
        for iri in referent.types:
            if not any(self._ontology.is_a(each, iri) for each in self._types[node]):
                continue  # other articles see something else in it
            support = self.facts.setdefault(Triple(node, t.TYPE, NamedNode(iri)), Support())
            support.add(article, passage, NAMING, NAMING_CONFIDENCE)

    def _add_statement(self, reading: Reading, article: str, statement: Statement) -> None:
        triple = self._triple(reading, statement)
        if statement.status is not Status.ASSERTED or statement.speaker is not None:
            self._add_claim(reading, article, statement, triple)
            return
        if triple.subject == triple.object:
            return
        passage = passage_iri(article, statement.evidence)
        for each in self.directions(triple):
            if statement.qualification is None:
                support = self.facts.setdefault(each, Support())
            else:
                support = self.qualified.setdefault((each, statement.qualification), Support())
            support.add(article, passage, statement.rule, statement.confidence)

    def correct(self, corrections: Corrections) -> None:
        """Take out what was rejected, and put in what was added; to be called when all readings are there."""
        for triple in corrections.rejected:
            self.facts.pop(triple, None)
        begun = {key for key in self.qualified if key[0] in corrections.rejected and _still_holds(key[1])}
        for key in corrections.qualified | begun:
            self.qualified.pop(key, None)
        for claim in corrections.claims:
            self.claims.pop(claim, None)
        for triple, decisions in corrections.added.items():
            self.facts.setdefault(triple, Support()).decisions.update(decisions)

    def directions(self, triple: Triple) -> tuple[Triple, ...]:
        """Give a triple, and its mirror image when its property is symmetric."""
        declared = self._ontology.properties.get(triple.predicate.value)
        if declared is None or not declared.symmetric or not isinstance(triple.object, NamedNode):
            return (triple,)
        return triple, Triple(triple.object, triple.predicate, triple.subject)

    def _add_claim(self, reading: Reading, article: str, statement: Statement, triple: Triple) -> None:
        speaker = None if statement.speaker is None else self._entity(reading, statement.speaker).value
        status = Status.CLAIMED if statement.status is Status.ASSERTED else statement.status
        words = reading.article.text[statement.evidence.start : statement.evidence.end]
        claim = Claim(speaker, None if speaker else article, status, words, triple, statement.qualification)
        backing = self.claims.setdefault(claim, Backing())
        backing.support.add(article, passage_iri(article, statement.evidence), statement.rule, statement.confidence)
        backing.about.add(self._entity(reading, statement.subject).value)
        if isinstance(statement.object, Ref):
            backing.about.add(self._entity(reading, statement.object.id).value)
        if statement.status_cue is not None:
            backing.cues.add(statement.status_cue)

    def _add_attribution(self, reading: Reading, article: str, attribution: Attribution) -> None:
        speaker = None if attribution.speaker is None else self._entity(reading, attribution.speaker).value
        words = reading.article.text[attribution.content.start : attribution.content.end]
        claim = Claim(speaker, None if speaker else article, Status.CLAIMED, words, quoted=attribution.quoted)
        backing = self.claims.setdefault(claim, Backing())
        backing.support.add(article, passage_iri(article, attribution.content))
        backing.about.update(self._entity(reading, referent).value for referent in attribution.about)

    def _triple(self, reading: Reading, statement: Statement) -> Triple:
        node: NamedNode | Literal
        match statement.object:
            case Ref(id):
                node = self._entity(reading, id)
            case Iri(iri):
                node = self._known.get(iri) or NamedNode(iri)
            case Value():
                node = typed(statement.object)
        return Triple(self._entity(reading, statement.subject), NamedNode(statement.predicate), node)

    def _entity(self, reading: Reading, referent: str) -> NamedNode:
        node = self._entities.get((reading.article.id, referent))
        if node is None:
            raise ValueError(
                f"{reading.article.id}: referent {referent} is of no entity; make the entities of all referents first"
            )
        return node


def _still_holds(qualification: Qualification) -> bool:
    """Say whether what is dated so is a plain fact too: it began, and nothing says that it ended."""
    return qualification.kind is None and qualification.end is None


def _first_mentions(reading: Reading) -> Mapping[str, Span]:
    """Give the first name of each referent, or its first mention where it has none."""
    first: dict[str, tuple[bool, int, int]] = {}
    for mention in reading.mentions:
        place = (mention.kind is not MentionKind.NAME, mention.span.start, mention.span.end)
        first[mention.referent] = min(place, first.get(mention.referent, place))
    return {referent: Span(start, end) for referent, (_, start, end) in first.items()}
