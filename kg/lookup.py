"""Reading the graph back: entities, their facts and claims, each with the sentence of the article that says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.errors import SettingError
from kg.knowledge import graph_prefixes, passage_span
from kg.knowledge import terms as t
from kg.knowledge.iris import Term
from kg.model import Qualification, Span
from kg.ontology import Ontology
from kg.ontology.frames import FrameKind
from kg.ontology.near import did_you_mean
from kg.sentences import find_sentence
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import KG, PROV, TYPE

_BY: Final = NamedNode(KG + "by")
_WHY: Final = NamedNode(KG + "why")
_WHEN: Final = NamedNode(PROV + "endedAtTime")
_FACTS: Final = {t.FACT.value, t.QUALIFIED_FACT.value}
_EVENT_FRAMES: Final = (FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB)


Told: TypeAlias = dict[NamedNode, list[Term]]
"""What is told of a node: the values of its properties."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity or a term: its IRI, label, other names and the labels of its classes."""

    iri: str
    label: str
    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of an article in their sentence: `sentence[words.start:words.end]` are the words.

    `span` are their characters in the article, whose id is `article`.
    """

    article: str
    title: str | None
    url: str | None
    published: str | None
    span: Span
    sentence: str
    words: Span


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a fact holds that a person decided on: who did, when (ISO 8601) and why. `iri` is that of the decision."""

    iri: str
    by: str
    when: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Fact:
    """What holds, or with a qualification held, holds by proxy or will hold. A literal object has no IRI.

    `because` are the facts that it was inferred from, each in words; `decided` are the decisions that it holds.
    """

    iri: str
    subject: Thing
    relation: Thing
    object: Thing
    confidence: float
    rules: tuple[str, ...]
    passages: tuple[Passage, ...]
    qualification: Qualification | None = None
    because: tuple[str, ...] = ()
    decided: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says, denies or holds possible: in words, and as a relation where that is known."""

    iri: str
    speaker: Thing | None
    status: str
    text: str
    passages: tuple[Passage, ...]
    quoted: bool
    relation: tuple[Thing, Thing, Thing] | None = None
    qualification: Qualification | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """An event that an entity has part in, with all facts about it."""

    thing: Thing
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """All that is known of an entity."""

    thing: Thing
    facts: tuple[Fact, ...]
    qualified: tuple[Fact, ...]
    events: tuple[Event, ...]
    claims_by: tuple[Claim, ...]
    claims_about: tuple[Claim, ...]


_MOST_TEXT: Final = 32_000_000
"""So many characters of articles are remembered at most, so that one lookup can serve a large graph for long."""

_MOST_THINGS: Final = 100_000
_VALUES: Final = (NamedNode, Literal)


class Lookup:
    """Looks things up in a store that does not change meanwhile; safe in threads.

    Of the passages of a fact or claim `most_passages` are given at most, all by default.
    """

    def __init__(self, store: Store, ontology: Ontology, base: str, *, most_passages: int | None = None) -> None:
        self.store = store
        self.ontology = ontology
        self.base = base
        self.most_passages = most_passages
        self._articles: dict[str, dict[NamedNode, str]] = {}
        self._held = 0
        self._things: dict[str, Thing] = {}

    # -- entities -------------------------------------------------------------------------------------

    def entities(self) -> list[Thing]:
        """Give the entities, sorted by IRI."""
        return [self.thing(iri) for iri in sorted(self._labels)]

    def find(self, name: str) -> list[str]:
        """Give the IRIs of the entities with this IRI, label or other name, whatever the case.

        Labels go before other names. Raises SettingError, with near names, when there is none.
        """
        prefix, _, local = name.strip("<>").partition(":")
        iri = graph_prefixes(self.base, self.ontology.prefixes).get(prefix, f"{prefix}:") + local
        if iri in self._labels:
            return [iri]
        wanted = name.casefold().strip()
        found = [iri for iri, label in self._labels.items() if label.casefold() == wanted]
        if not found:
            found = [iri for iri, other in self._names() if other.casefold() == wanted]
        if not found:
            names = (*self._labels.values(), *(other for _, other in self._names()))
            near = did_you_mean(name, names) or "; `kg query --name entities` lists what there is"
            raise SettingError(f'nothing in the graph is named "{name}"{near}')
        return sorted(set(found))

    def thing(self, iri: str) -> Thing:
        """Describe an entity, or a term of the ontology."""
        found = self._things.get(iri)
        if found is None:
            if len(self._things) >= _MOST_THINGS:
                self._things.clear()
            found = self._things[iri] = self._describe(iri)
        return found

    def _describe(self, iri: str) -> Thing:
        labels = self.values(iri, t.RDFS_LABEL)
        types = self.ontology.most_specific(self.values(iri, t.TYPE))
        return Thing(
            iri,
            labels[0] if labels else "is a" if iri == TYPE else self.ontology.label(iri),
            tuple(self.values(iri, t.ALT_LABEL)),
            tuple(self.ontology.label(each) for each in types),
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        return dict(self._of_entities(t.RDFS_LABEL))

    def _names(self) -> Iterator[tuple[str, str]]:
        return self._of_entities(t.ALT_LABEL)

    def _of_entities(self, predicate: NamedNode) -> Iterator[tuple[str, str]]:
        for quad in self.store.quads(None, predicate, graph=DEFAULT_GRAPH):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(f"{self.base}id/"):
                yield quad.subject.value, _value(quad.object)

    # -- facts and claims -----------------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        """Give all facts, sorted by what they say."""
        return self._sorted_facts(self._subjects(t.TYPE, t.FACT, t.QUALIFIED_FACT))

    def portraits(self, name: str) -> list[Portrait]:
        """Give all that is known of the entities of a name or IRI; raise SettingError as `find` does."""
        return [self.portrait(iri) for iri in self.find(name)]

    def portrait(self, iri: str) -> Portrait:
        """Give all that is known of an entity."""
        node = NamedNode(iri)
        own = self._sorted_facts(self._subjects(t.RDF_SUBJECT, node))
        incoming = self._sorted_facts(self._subjects(t.RDF_OBJECT, node))
        told = {(fact.relation.iri, fact.object.iri) for fact in own}
        events = sorted({fact.subject.iri for fact in incoming if self._is_event(fact.subject.iri)})
        others = [fact for fact in incoming if fact.subject.iri not in events and not self._said_by_inverse(fact, told)]
        both = [*own, *others]
        return Portrait(
            self.thing(iri),
            tuple(fact for fact in both if fact.qualification is None),
            tuple(fact for fact in both if fact.qualification is not None),
            tuple(Event(self.thing(each), self._about_event(each)) for each in events),
            self._claims(self._subjects(t.SPEAKER, node)),
            self._claims(self._subjects(t.ABOUT, node)),
        )

    def _about_event(self, iri: str) -> tuple[Fact, ...]:
        facts = self._sorted_facts(self._subjects(t.RDF_SUBJECT, NamedNode(iri)))
        return tuple(fact for fact in facts if fact.relation.iri != TYPE)

    def _is_event(self, iri: str) -> bool:
        types = self.values(iri, t.TYPE)
        return any(self.ontology.is_a(each, event) for each in types for event in self._event_classes)

    @cached_property
    def _event_classes(self) -> frozenset[str]:
        return frozenset(frame.term for frame in self.ontology.frames if frame.kind in _EVENT_FRAMES)

    def _said_by_inverse(self, fact: Fact, told: set[tuple[str, str]]) -> bool:
        declared = self.ontology.properties.get(fact.relation.iri)
        if declared is None:
            return False
        back = declared.iri if declared.symmetric else declared.inverse
        return back is not None and (back, fact.subject.iri) in told

    def _sorted_facts(self, nodes: Iterable[str]) -> list[Fact]:
        read = ((iri, self._read(iri)) for iri in set(nodes))
        facts = (self._fact(iri, told) for iri, told in read if not _FACTS.isdisjoint(_texts(told, t.TYPE)))
        return sorted(facts, key=_fact_order)

    def fact(self, iri: str) -> Fact:
        """Give the fact with this IRI."""
        return self._fact(iri, self._read(iri))

    def _fact(self, iri: str, told: Told) -> Fact:
        because = (self._relation(self._read(each)) for each in _texts(told, t.INFERRED_FROM))
        return Fact(
            iri,
            *self._relation(told),
            float(_first(told, t.CONFIDENCE) or 0),
            tuple(_texts(told, t.RULE)),
            self._passages(told),
            _qualification(told),
            tuple(sorted(" ".join(part.label for part in parts) for parts in because)),
            tuple(map(self._reason, _texts(told, t.BY_DECISION))),
        )

    def _reason(self, iri: str) -> Reason:
        told = {quad.predicate: _value(quad.object) for quad in self.store.quads(NamedNode(iri))}
        return Reason(iri, told.get(_BY, ""), told.get(_WHEN, ""), told.get(_WHY))

    def _relation(self, told: Told) -> tuple[Thing, Thing, Thing]:
        (object,) = told[t.RDF_OBJECT]
        return (
            self.thing(_first(told, t.RDF_SUBJECT) or ""),
            self.thing(_first(told, t.RDF_PREDICATE) or ""),
            self.thing(object.value) if isinstance(object, NamedNode) else self.literal(_value(object)),
        )

    def literal(self, text: str) -> Thing:
        """Describe a value that is no thing: it has no IRI."""
        return Thing("", text)

    def _claims(self, nodes: Iterable[str]) -> tuple[Claim, ...]:
        read = ((iri, self._read(iri)) for iri in set(nodes))
        claims = (self._claim(iri, told) for iri, told in read if t.CLAIM in told.get(t.TYPE, ()))
        return tuple(sorted(claims, key=_claim_order))

    def claim(self, iri: str) -> Claim:
        """Give the claim with this IRI."""
        return self._claim(iri, self._read(iri))

    def _claim(self, iri: str, told: Told) -> Claim:
        speaker = _first(told, t.SPEAKER)
        return Claim(
            iri,
            None if speaker is None else self.thing(speaker),
            (_first(told, t.STATUS) or "").removeprefix(KG).lower(),
            _first(told, t.TEXT) or "",
            self._passages(told),
            _first(told, t.QUOTED) == "true",
            self._relation(told) if t.RDF_PREDICATE in told else None,
            _qualification(told),
        )

    # -- passages -------------------------------------------------------------------------------------

    def _passages(self, told: Told) -> tuple[Passage, ...]:
        passages = map(self._passage, _texts(told, t.SUPPORT)[: self.most_passages])
        return tuple(sorted(passages, key=lambda passage: (passage.article, passage.span)))

    def _passage(self, iri: str) -> Passage:
        article, span = iri.rpartition("#")[0], passage_span(iri)
        told = self._article(article)
        text = told.get(t.TEXT, "")
        sentence = find_sentence(text, span)
        return Passage(
            told.get(t.IDENTIFIER, article),
            told.get(t.HEADLINE),
            told.get(t.URL),
            told.get(t.PUBLISHED),
            span,
            text[sentence.start : sentence.end],
            Span(span.start - sentence.start, span.end - sentence.start),
        )

    def _article(self, iri: str) -> dict[NamedNode, str]:
        found = self._articles.get(iri)
        if found is None:
            found = self._read_article(iri)
            self._held += 1_000 + len(found.get(t.TEXT, ""))
            if self._held > _MOST_TEXT:
                self._articles, self._held = {}, 0
            self._articles[iri] = found
        return found

    def _read_article(self, iri: str) -> dict[NamedNode, str]:
        node = NamedNode(iri)
        return {quad.predicate: _value(quad.object) for quad in self.store.quads(node, graph=node)}

    # -- quads ----------------------------------------------------------------------------------------

    def values(self, iri: str, predicate: NamedNode) -> list[str]:
        """Give the values of a property of a node of the graph's own, sorted."""
        if not iri:
            return []
        return sorted(_value(quad.object) for quad in self.store.quads(NamedNode(iri), predicate, graph=DEFAULT_GRAPH))

    def _read(self, iri: str) -> Told:
        """Read all that is told of a node of the graph's own at once, which is quicker than value by value."""
        told: Told = {}
        for quad in self.store.quads(NamedNode(iri), graph=DEFAULT_GRAPH):
            told.setdefault(quad.predicate, []).append(quad.object)
        return told

    def _subjects(self, predicate: NamedNode, *objects: NamedNode) -> Iterator[str]:
        for node in objects:
            for quad in self.store.quads(None, predicate, node, graph=DEFAULT_GRAPH):
                yield _value(quad.subject)


def _texts(told: Told, predicate: NamedNode) -> list[str]:
    return sorted(map(_value, told[predicate])) if predicate in told else []


def _first(told: Told, predicate: NamedNode) -> str | None:
    return min(map(_value, told[predicate])) if predicate in told else None


def _qualification(told: Told) -> Qualification | None:
    kind = _first(told, t.QUALIFICATION)
    found = Qualification(None if kind is None else kind.removeprefix(KG), _first(told, t.FROM), _first(told, t.UNTIL))
    return None if found == Qualification() else found


def _value(term: object) -> str:
    return term.value if isinstance(term, _VALUES) else str(term)


def _fact_order(fact: Fact) -> tuple[object, ...]:
    return fact.relation.iri != TYPE, fact.relation.label, fact.subject.label, fact.object.label, fact.iri


def _claim_order(claim: Claim) -> tuple[object, ...]:
    place = [(passage.article, passage.span) for passage in claim.passages[:1]]
    return place, claim.relation is not None, claim.iri
