"""What articles say as plain objects, one after the other: the lines of `kg extract`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from kg.folder import load_given
from kg.identity import article_entities
from kg.knowledge import article_iri, in_order, passage_iri
from kg.knowledge.conclusions import conclude
from kg.model import Article, Attribution, Chain, Entity, Iri, Issue, Reading, Ref, Span, Statement, Value
from kg.ontology import Ontology, load_ontology
from kg.readings import ArticleReader
from kg.vocabulary import DEFAULT_BASE

if TYPE_CHECKING:
    from spacy.language import Language

Record: TypeAlias = dict[str, Any]
"""An object of JSON, its keys in the order in which they are written."""

MENTION: Final = "mention"
STATEMENT: Final = "statement"
QUALIFIED: Final = "qualified"
ATTRIBUTION: Final = "attribution"


def extract_articles(
    articles: Iterable[Article | Issue],
    ontology: Ontology | str | Path | Iterable[str | Path] | None = None,
    pipeline: str | Language | None = None,
    *,
    base: str = DEFAULT_BASE,
    on_issue: Callable[[Issue], object] | None = None,
) -> Iterator[Record]:
    """Iterate over what articles say: for each its mentions, then its statements, then its attributions, in text order.

    Offsets are half-open characters of the article's text. A statement that holds with a qualification (former,
    acting, future, dated) is of the kind "qualified", with the keys "qualification", "from" and "until" besides. An
    attribution whose speaker is but likely has the key "guessed" besides.
    Entities are those of each article by itself. An article that cannot be read, and an issue among `articles`, goes
    to `on_issue`.
    """
    loaded = load_ontology() if ontology is None else load_given(ontology)

    def told() -> Iterator[Article]:
        for each in articles:
            if isinstance(each, Article):
                yield each
            elif on_issue is not None:
                on_issue(each)

    for reading in ArticleReader(loaded, pipeline).read(told()):
        if isinstance(reading, Reading):
            yield from make_records(reading, loaded, base)
        elif on_issue is not None:
            on_issue(reading)


def make_records(reading: Reading, ontology: Ontology, base: str = DEFAULT_BASE) -> Iterator[Record]:
    """Iterate over what one article says, and over what the ontology's rules conclude from that article alone."""
    concluded = replace(reading, statements=(*reading.statements, *conclude(reading, ontology)))
    maker = _Maker(in_order(concluded), ontology, base)
    yield from sorted(maker.mentions(reading.chains), key=lambda each: (each["start"], -each["end"]))
    yield from map(maker.statement, maker.reading.statements)
    yield from maker.attributions(reading.guesses)


class _Maker:
    """What the records of one article share: its text and its entities by referent."""

    def __init__(self, reading: Reading, ontology: Ontology, base: str) -> None:
        self.reading = reading
        self.article = reading.article
        self.ontology = ontology
        self.base = base
        self.entities: dict[str, Entity] = {}
        self.known: dict[str, Entity] = {}
        for entity in article_entities(reading, ontology, base):
            self.entities.update((referent, entity) for _, referent in entity.referents)
            if entity.known is not None:
                self.known[entity.known] = entity

    def mentions(self, chains: Iterable[Chain]) -> Iterator[Record]:
        """Yield the mentions of entities, then those of chains; one without entity is known by its first words."""
        for mention in self.reading.mentions:
            yield self._mention(mention.span, self.entities[mention.referent])
        for chain in chains:
            entity = self.entities[chain.referent] if chain.referent is not None else None
            for span in chain.spans:
                yield self._mention(span, entity or self._name(chain))

    def _name(self, chain: Chain) -> str:
        return passage_iri(article_iri(self.base, self.article.id), chain.spans[0])

    def _mention(self, span: Span, entity: Entity | str) -> Record:
        return {
            "kind": MENTION,
            "article": self.article.id,
            "start": span.start,
            "end": span.end,
            "text": self._words(span),
            "entity": entity if isinstance(entity, str) else entity.iri,
            "types": [] if isinstance(entity, str) else list(entity.types),
        }

    def statement(self, statement: Statement) -> Record:
        record: Record = {
            "kind": STATEMENT if statement.qualification is None else QUALIFIED,
            "article": self.article.id,
            "subject": self._described(self.entities[statement.subject]),
            "predicate": {"iri": statement.predicate, "label": self.ontology.label(statement.predicate)},
            "object": self._object(statement.object),
            "status": statement.status.value,
            "speaker": self._speaker(statement.speaker),
            "confidence": statement.confidence,
            "evidence": {
                "start": statement.evidence.start,
                "end": statement.evidence.end,
                "text": self._words(statement.evidence),
            },
            "subject_span": _pair(statement.subject_span),
            "object_span": _pair(statement.object_span),
            "rule": statement.rule,
        }
        if statement.qualification is not None:
            record["qualification"] = statement.qualification.kind
            record["from"] = statement.qualification.start
            record["until"] = statement.qualification.end
        return record

    def attributions(self, guesses: Iterable[Attribution]) -> Iterator[Record]:
        """Yield the attributions in text order; a guess stands in for the same words without speaker, and says so."""
        likely = {each.content: each for each in guesses}
        told = [each for each in self.reading.attributions if each.speaker is not None or each.content not in likely]
        for each in sorted([*told, *likely.values()], key=lambda each: (each.content.start, each.content.end)):
            record = self._attribution(each)
            yield {**record, "guessed": True} if likely.get(each.content) is each else record

    def _attribution(self, attribution: Attribution) -> Record:
        return {
            "kind": ATTRIBUTION,
            "article": self.article.id,
            "speaker": self._speaker(attribution.speaker),
            "source_span": _pair(attribution.source),
            "cue_span": _pair(attribution.cue),
            "content_span": _pair(attribution.content),
            "quoted": attribution.quoted,
        }

    def _object(self, object: Ref | Iri | Value) -> Record:
        match object:
            case Ref(id):
                return self._described(self.entities[id])
            case Iri(iri) if iri in self.known:
                return self._described(self.known[iri])
            case Iri(iri):
                individual = self.ontology.individuals.get(iri)
                types = list(individual.types) if individual is not None else []
                return {"iri": iri, "label": self.ontology.label(iri), "types": types}
            case Value(text, datatype):
                return {"value": text, "datatype": datatype}

    def _described(self, entity: Entity) -> Record:
        return {"iri": entity.iri, "label": entity.label, "types": list(entity.types)}

    def _speaker(self, referent: str | None) -> Record | None:
        if referent is None:
            return None
        entity = self.entities[referent]
        return {"iri": entity.iri, "label": entity.label}

    def _words(self, span: Span) -> str:
        return self.article.text[span.start : span.end]


def _pair(span: Span | None) -> list[int] | None:
    return None if span is None else [span.start, span.end]
