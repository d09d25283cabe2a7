"""Why an entity is one thing: where it appears, what joined it, and the nearest that it was not joined with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.decisions import Decision, Describer, decisions_graph
from kg.knowledge import terms as t
from kg.making import Maker
from kg.model import Entity, Mention, Span

if TYPE_CHECKING:
    from kg.identity import Profile
    from kg.identity.why import Link

MOST_NEAR: Final = 5
"""So many others are told of that an entity was not joined with."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A thing as one article has it: its fullest name there, and each way it is mentioned with how often."""

    article: str
    title: str | None
    published: str | None
    label: str
    mentions: tuple[tuple[str, int], ...]
    first: Span | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two appearances that were compared, and the weight for one thing in log-odds: below 0 they stay apart.

    `reasons` are in words with their weights, that of the names first. `entity` is the other one, where it is another.
    """

    one: Appearance
    other: Appearance
    weight: float
    reasons: tuple[tuple[str, float], ...]
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Why an entity is one thing; `decisions` are those of people that concern it, in words."""

    entity: Entity
    appearances: tuple[Appearance, ...]
    merges: tuple[Compared, ...]
    near: tuple[Compared, ...]
    decisions: tuple[str, ...] = field(default=())


def explain_entities(maker: Maker, decisions: Sequence[Decision], iris: Iterable[str]) -> list[Account]:
    """Explain the entities with these IRIs, of the graph that a maker makes with some decisions."""
    resolved = maker.resolve(decisions)
    entities = {entity.iri: entity for entity in resolved.entities}
    explainer = _Explainer(maker, decisions, entities)
    return [explainer.account(entities[iri]) for iri in iris if iri in entities]


class _Explainer:
    def __init__(self, maker: Maker, decisions: Sequence[Decision], entities: dict[str, Entity]) -> None:
        from kg.identity.why import Why

        self.maker = maker
        self.decisions = {decision.iri: decision for decision in decisions}
        self.entities = entities
        self.why = Why(maker.ontology)
        self.profiles = {profile.member: profile for profile in maker.profiles}
        self.keyed: dict[str, set[str]] = defaultdict(set)
        for entity in entities.values():
            for name in entity.names:
                for key in self.why.keys_of(name):
                    self.keyed[key].add(entity.iri)

    def account(self, entity: Entity) -> Account:
        members = self._members(entity)
        keys = {key for name in entity.names for key in self.why.keys_of(name)}
        others = sorted(set().union(*(self.keyed[key] for key in keys)) - {entity.iri})
        near = self.why.nearest(members, {iri: self._members(self.entities[iri]) for iri in others})
        return Account(
            entity,
            tuple(map(self._appearance, sorted(members, key=lambda each: (each.published or "", each.member)))),
            tuple(self._compared(link) for link in self.why.merges(members)),
            tuple(self._compared(link, self.entities[iri]) for iri, link in near[:MOST_NEAR]),
            tuple(self._decided(entity)),
        )

    def _members(self, entity: Entity) -> list[Profile]:
        return [self.profiles[member] for member in entity.referents]

    def _decided(self, entity: Entity) -> Iterable[str]:
        graph = decisions_graph(self.maker.base)
        found = self.maker.store.quads(None, t.ABOUT, NamedNode(entity.iri), graph=graph)
        iris = {quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)}
        describer = Describer(self.maker.ontology, self.decisions.values())
        return [describer.tell(self.decisions[iri]) for iri in sorted(iris & self.decisions.keys())]

    def _compared(self, link: Link, entity: Entity | None = None) -> Compared:
        names = (link.likeness.words, link.likeness.weight)
        reasons = (names, *((reason.words, reason.weight) for reason in link.reasons))
        return Compared(self._appearance(link.one), self._appearance(link.other), link.weight, reasons, entity)

    def _appearance(self, profile: Profile) -> Appearance:
        reading = self.maker.reading(profile.article)
        own: list[Mention] = [each for each in reading.mentions if each.referent == profile.referent.id]
        counts = Counter(mention.text for mention in own)
        first = min((mention.span for mention in own), default=None)
        article = reading.article
        ways = tuple(sorted(counts.items(), key=lambda each: (-each[1], each[0])))
        return Appearance(article.id, article.title, article.published, profile.referent.label, ways, first)
