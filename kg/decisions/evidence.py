"""Targets and the evidence: the mentions that a thing is known by, and the referents that these mean today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.decisions.records import Target
from kg.knowledge import passage_span
from kg.knowledge import terms as t
from kg.knowledge.iris import CHARACTERS, article_iri, referent_id, referent_iri
from kg.model import Entity
from kg.store import Store

Member = tuple[str, str]
"""A referent: the id of its article and its own."""

MOST_ANCHORS: Final = 8
"""By how many articles a thing is known at most: enough to outlive most of them."""


class Evidence:
    """Looks up mentions and referents in the evidence of a store, whose articles stand under a base."""

    def __init__(self, store: Store, base: str) -> None:
        self.store = store
        self.base = base
        self._articles: dict[str, str | None] = {}

    def article(self, iri: str) -> str | None:
        """Give the id of the article with this IRI; None when there is none."""
        if iri not in self._articles:
            node = NamedNode(iri)
            found = next(iter(self.store.quads(node, t.IDENTIFIER, graph=node)), None)
            self._articles[iri] = found.object.value if found and isinstance(found.object, Literal) else None
        return self._articles[iri]

    def find(self, target: Target) -> list[Member]:
        """Give the referents that the anchors of a target mean, one an anchor, in the order of the articles."""
        found = (self._meant(anchor, target.words) for anchor in sorted(target.anchors))
        return list(dict.fromkeys(member for member in found if member is not None))

    def _meant(self, anchor: str, words: tuple[str, ...]) -> Member | None:
        """Give the referent that an anchor means.

        Where the words stand elsewhere in the article now, it is the one thing of the article with that name.
        """
        article, found, _ = anchor.rpartition(CHARACTERS)
        name = self.article(article) if found else None
        if name is None:
            return None
        graph, node = NamedNode(article), NamedNode(anchor)
        exact = [quad.object for quad in self.store.quads(node, t.EXACT, graph=graph)]
        meant = self.referents(anchor) if any(Literal(each) in exact for each in words) else []
        if len(meant) != 1:
            named = (
                quad.subject.value
                for each in words
                for quad in self.store.quads(None, t.EXACT, Literal(each), graph=graph)
                if isinstance(quad.subject, NamedNode) and self._is_name(quad.subject, graph)
            )
            meant = list(dict.fromkeys(referent for passage in named for referent in self.referents(passage)))
        return (name, meant[0]) if len(meant) == 1 else None

    def _is_name(self, passage: NamedNode, graph: NamedNode) -> bool:
        return any(self.store.quads(passage, t.TYPE, t.NAME_MENTION, graph=graph))

    def referents(self, passage: str) -> list[str]:
        """Give the ids of the referents that the mention with this IRI refers to, sorted."""
        article = passage.rpartition(CHARACTERS)[0]
        if not article:
            return []
        quads = self.store.quads(NamedNode(passage), t.REFERS_TO, graph=NamedNode(article))
        ids = (referent_id(article, quad.object.value) for quad in quads if isinstance(quad.object, NamedNode))
        return sorted(each for each in ids if each is not None)

    def names(self, member: Member) -> list[str]:
        """Give the label and the names of a referent."""
        article = article_iri(self.base, member[0])
        node, graph = NamedNode(referent_iri(article, member[1])), NamedNode(article)
        quads = (quad for each in (t.RDFS_LABEL, t.ALT_LABEL) for quad in self.store.quads(node, each, graph=graph))
        return [quad.object.value for quad in quads if isinstance(quad.object, Literal)]

    def target(self, entity: Entity, members: Iterable[Member]) -> Target:
        """Make the target that is known by some referents of an entity: of some articles, one mention each.

        Articles that name it go before others, then those of the lesser id; of the mentions in one it is the longest
        name, of such the first.
        """
        best: dict[str, tuple[tuple[bool, int, int], str, str]] = {}
        for article, referent in members:
            found = min(self._mentions(article, referent), default=None)
            if found is not None:
                best[article] = min(found, best.get(article, found))
        chosen = sorted(best, key=lambda article: (best[article][0][0], article))[:MOST_ANCHORS]
        anchors = [best[article][1] for article in sorted(chosen)]
        words = {best[article][2] for article in chosen}
        return Target(entity.iri, entity.label, tuple(sorted(anchors)), tuple(sorted(words)))

    def _mentions(self, article: str, referent: str) -> Iterator[tuple[tuple[bool, int, int], str, str]]:
        iri = article_iri(self.base, article)
        graph = NamedNode(iri)
        for quad in self.store.quads(None, t.REFERS_TO, NamedNode(referent_iri(iri, referent)), graph=graph):
            passage = quad.subject
            if not isinstance(passage, NamedNode) or len(self.referents(passage.value)) > 1:
                continue
            for said in self.store.quads(passage, t.EXACT, graph=graph):
                if isinstance(said.object, Literal):
                    words = said.object.value
                    place = (not self._is_name(passage, graph), -len(words), passage_span(passage.value).start)
                    yield place, passage.value, words


class Things:
    """The entities of a graph, to be found by their referents and their IRIs."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self.entities = list(entities)

    @cached_property
    def _of(self) -> dict[Member, Entity]:
        return {member: entity for entity in self.entities for member in entity.referents}

    @cached_property
    def _by_iri(self) -> dict[str, Entity]:
        return {entity.iri: entity for entity in self.entities}

    @cached_property
    def _bearers(self) -> Counter[str]:
        names = ({each.casefold() for each in (entity.label, *entity.names)} for entity in self.entities)
        return Counter(name for each in names for name in each)

    @cached_property
    def _known(self) -> dict[str, Entity]:
        return {entity.known: entity for entity in self.entities if entity.known is not None}

    def of(self, members: Iterable[Member]) -> Entity | None:
        """Give the entity of some referents: of most of them, of the first where several have as many."""
        found = [self._of[member] for member in members if member in self._of]
        counts = Counter(entity.iri for entity in found)
        return self._by_iri[counts.most_common(1)[0][0]] if counts else None

    def holds(self, entity: Entity | None, member: Member) -> bool:
        """Say whether a referent is one of an entity's."""
        return entity is not None and self._of.get(member) is entity

    def called(self, target: Target) -> Entity | None:
        """Give the entity with the IRI of a target, where it is still the only thing of one of its names."""
        entity = self._by_iri.get(target.iri)
        if entity is None:
            return None
        wanted = {each.casefold() for each in (target.label, *target.words)}
        names = wanted.intersection(each.casefold() for each in (entity.label, *entity.names))
        return entity if any(self._bearers[name] == 1 for name in names) else None

    def known(self, iri: str) -> Entity | None:
        """Give the entity that is an individual of an ontology."""
        return self._known.get(iri)


class Locator:
    """Finds targets again as referents of the evidence: by their anchors, else by their IRI.

    Where the anchors are of several entities most decide, so that a wrong merge of the past is not kept for ever.
    `things` are the entities of the graph as decisions on identity made them; `given` the referents that were found for
    these decisions before.
    """

    def __init__(self, evidence: Evidence, things: Things, given: Mapping[Target, tuple[Member, ...]]) -> None:
        self.things = things
        self._evidence = evidence
        self._given = given
        self._found: dict[Target, tuple[Member, ...]] = {}

    def members(self, target: Target) -> tuple[Member, ...]:
        """Give the referents that a target is today; none when it is not to be found."""
        if target not in self._found:
            members = self._given.get(target) or tuple(self._evidence.find(target))
            if not members:
                called = self.things.called(target)
                members = () if called is None else called.referents
            most = self.things.of(members)
            self._found[target] = tuple(member for member in members if self.things.holds(most, member))
        return self._found[target]

    def entity(self, target: Target) -> Entity | None:
        """Give the entity that a target is today."""
        return self.things.of(self.members(target))
