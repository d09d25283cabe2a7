"""Reading the graph back: entities, their facts and claims, each with the sentence of the article that says it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import SettingError
from kg.knowledge import graph_prefixes, passage_span
from kg.model import Qualification, Span
from kg.ontology import Ontology
from kg.ontology.frames import FrameKind
from kg.ontology.near import did_you_mean
from kg.sentences import find_sentence
from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import DCTERMS, KG, LABEL, PROV, RDF, SCHEMA, SKOS, TYPE

_NODE: Final = {
    name: NamedNode(iri)
    for name, iri in {
        "type": TYPE,
        "label": LABEL,
        "name": SKOS + "altLabel",
        "same": SKOS + "exactMatch",
        "subject": RDF + "subject",
        "predicate": RDF + "predicate",
        "object": RDF + "object",
        "support": KG + "support",
        "confidence": KG + "confidence",
        "rule": KG + "rule",
        "inferred": KG + "inferredFrom",
        "qualification": KG + "qualification",
        "from": KG + "from",
        "until": KG + "until",
        "decision": KG + "decision",
        "by": KG + "by",
        "why": KG + "why",
        "when": PROV + "endedAtTime",
        "status": KG + "status",
        "speaker": KG + "speaker",
        "quoted": KG + "quoted",
        "about": SCHEMA + "about",
        "text": SCHEMA + "text",
        "headline": SCHEMA + "headline",
        "url": SCHEMA + "url",
        "published": SCHEMA + "datePublished",
        "identifier": DCTERMS + "identifier",
    }.items()
}
_FACTS: Final = (KG + "Fact", KG + "QualifiedFact")
_CLAIM: Final = KG + "Claim"
_ARTICLE: Final = ("text", "identifier", "headline", "url", "published")
_EVENT_FRAMES: Final = (FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB)


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


_MOST_ARTICLES: Final = 2_000
_MOST_THINGS: Final = 100_000
"""So many are remembered at most, so that one lookup can serve a large graph for long."""


class Lookup:
    """Looks things up in a store that does not change meanwhile; safe in threads.

    Of the passages of a fact or claim `most_passages` are given at most, all by default.
    """

    def __init__(self, store: Store, ontology: Ontology, base: str, *, most_passages: int | None = None) -> None:
        self.store = store
        self.ontology = ontology
        self.base = base
        self.most_passages = most_passages
        self._articles: dict[str, dict[str, str | None]] = {}
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
        labels = self._texts(iri, "label")
        types = self.ontology.most_specific(self._texts(iri, "type"))
        return Thing(
            iri,
            labels[0] if labels else "is a" if iri == TYPE else self.ontology.label(iri),
            tuple(self._texts(iri, "name")),
            tuple(self.ontology.label(each) for each in types),
        )

    @cached_property
    def _labels(self) -> dict[str, str]:
        return dict(self._of_entities("label"))

    def _names(self) -> Iterator[tuple[str, str]]:
        return self._of_entities("name")

    def _of_entities(self, name: str) -> Iterator[tuple[str, str]]:
        for quad in self.store.quads(None, _NODE[name], graph=DEFAULT_GRAPH):
            if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(f"{self.base}id/"):
                yield quad.subject.value, _value(quad.object)

    # -- facts and claims -----------------------------------------------------------------------------

    def facts(self) -> list[Fact]:
        """Give all facts, sorted by what they say."""
        return self._sorted_facts(self._subjects("type", *map(NamedNode, _FACTS)))

    def portraits(self, name: str) -> list[Portrait]:
        """Give all that is known of the entities of a name or IRI; raise SettingError as `find` does."""
        return [self.portrait(iri) for iri in self.find(name)]

    def portrait(self, iri: str) -> Portrait:
        """Give all that is known of an entity."""
        node = NamedNode(iri)
        own = self._sorted_facts(self._subjects("subject", node))
        incoming = self._sorted_facts(self._subjects("object", node))
        told = {(fact.relation.iri, fact.object.iri) for fact in own}
        events = sorted({fact.subject.iri for fact in incoming if self._is_event(fact.subject.iri)})
        others = [fact for fact in incoming if fact.subject.iri not in events and not self._said_by_inverse(fact, told)]
        both = [*own, *others]
        return Portrait(
            self.thing(iri),
            tuple(fact for fact in both if fact.qualification is None),
            tuple(fact for fact in both if fact.qualification is not None),
            tuple(Event(self.thing(each), self._about_event(each)) for each in events),
            self._claims(self._subjects("speaker", node)),
            self._claims(self._subjects("about", node)),
        )

    def _about_event(self, iri: str) -> tuple[Fact, ...]:
        facts = self._sorted_facts(self._subjects("subject", NamedNode(iri)))
        return tuple(fact for fact in facts if fact.relation.iri != TYPE)

    def _is_event(self, iri: str) -> bool:
        types = self._texts(iri, "type")
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
        facts = [self.fact(iri) for iri in set(nodes) if set(_FACTS) & set(self._texts(iri, "type"))]
        return sorted(facts, key=_fact_order)

    def fact(self, iri: str) -> Fact:
        """Give the fact with this IRI."""
        subject, relation, object = self._relation(iri)
        because = (self._relation(each) for each in self._texts(iri, "inferred"))
        return Fact(
            iri,
            subject,
            relation,
            object,
            float(self._one(iri, "confidence") or 0),
            tuple(self._texts(iri, "rule")),
            self._passages(iri),
            self._qualification(iri),
            tuple(sorted(" ".join(part.label for part in parts) for parts in because)),
            tuple(map(self._reason, self._texts(iri, "decision"))),
        )

    def _reason(self, iri: str) -> Reason:
        node = NamedNode(iri)
        told = {
            name: next((_value(quad.object) for quad in self.store.quads(node, _NODE[name])), None)
            for name in ("by", "when", "why")
        }
        return Reason(iri, told["by"] or "", told["when"] or "", told["why"])

    def _relation(self, iri: str) -> tuple[Thing, Thing, Thing]:
        (object,) = (quad.object for quad in self._about(iri, "object"))
        return (
            self.thing(self._one(iri, "subject") or ""),
            self.thing(self._one(iri, "predicate") or ""),
            self.thing(object.value) if isinstance(object, NamedNode) else self.literal(_value(object)),
        )

    def literal(self, text: str) -> Thing:
        """Describe a value that is no thing: it has no IRI."""
        return Thing("", text)

    def _claims(self, nodes: Iterable[str]) -> tuple[Claim, ...]:
        claims = [self.claim(iri) for iri in set(nodes) if _CLAIM in self._texts(iri, "type")]
        return tuple(sorted(claims, key=_claim_order))

    def claim(self, iri: str) -> Claim:
        """Give the claim with this IRI."""
        speaker = self._one(iri, "speaker")
        return Claim(
            iri,
            None if speaker is None else self.thing(speaker),
            (self._one(iri, "status") or "").removeprefix(KG).lower(),
            self._one(iri, "text") or "",
            self._passages(iri),
            self._one(iri, "quoted") == "true",
            self._relation(iri) if self._texts(iri, "predicate") else None,
            self._qualification(iri),
        )

    def _qualification(self, iri: str) -> Qualification | None:
        kind = self._one(iri, "qualification")
        found = Qualification(
            None if kind is None else kind.removeprefix(KG), self._one(iri, "from"), self._one(iri, "until")
        )
        return None if found == Qualification() else found

    # -- passages -------------------------------------------------------------------------------------

    def _passages(self, iri: str) -> tuple[Passage, ...]:
        if self.most_passages is None:
            found = self._texts(iri, "support")
        else:
            found = [_value(quad.object) for quad in islice(self._about(iri, "support"), self.most_passages)]
        return tuple(sorted(map(self._passage, found), key=lambda passage: (passage.article, passage.span)))

    def _passage(self, iri: str) -> Passage:
        article, span = iri.rpartition("#")[0], passage_span(iri)
        told = self._article(article)
        text = told["text"] or ""
        sentence = find_sentence(text, span)
        return Passage(
            told["identifier"] or article,
            told["headline"],
            told["url"],
            told["published"],
            span,
            text[sentence.start : sentence.end],
            Span(span.start - sentence.start, span.end - sentence.start),
        )

    def _article(self, iri: str) -> dict[str, str | None]:
        found = self._articles.get(iri)
        if found is None:
            if len(self._articles) >= _MOST_ARTICLES:
                self._articles.clear()
            node = NamedNode(iri)
            told = {quad.predicate: _value(quad.object) for quad in self.store.quads(node, graph=node)}
            found = self._articles[iri] = {name: told.get(_NODE[name]) for name in _ARTICLE}
        return found

    # -- quads ----------------------------------------------------------------------------------------

    def _about(self, iri: str, name: str) -> Iterator[Quad]:
        return self.store.quads(NamedNode(iri), _NODE[name], graph=DEFAULT_GRAPH)

    def _texts(self, iri: str, name: str) -> list[str]:
        return sorted(_value(quad.object) for quad in self._about(iri, name)) if iri else []

    def _one(self, iri: str, name: str) -> str | None:
        return next(iter(self._texts(iri, name)), None)

    def _subjects(self, name: str, *objects: NamedNode) -> Iterator[str]:
        for node in objects:
            for quad in self.store.quads(None, _NODE[name], node, graph=DEFAULT_GRAPH):
                yield _value(quad.subject)


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _fact_order(fact: Fact) -> tuple[object, ...]:
    return fact.relation.iri != TYPE, fact.relation.label, fact.subject.label, fact.object.label, fact.iri


def _claim_order(claim: Claim) -> tuple[object, ...]:
    place = [(passage.article, passage.span) for passage in claim.passages[:1]]
    return place, claim.relation is not None, claim.iri
