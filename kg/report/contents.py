"""What stands in a report on a graph or on an entity, and in which order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

import kg
from kg.errors import SettingError
from kg.lookup import Claim, Fact, Lookup, Portrait, Thing
from kg.phrases import day, in_time
from kg.report.corrections import find_corrections
from kg.report.overview import Counts, best_supported, count_graph, find_events, most_connected, rank_events
from kg.report.picture import make_picture
from kg.report.quoting import Sources, make_evidence
from kg.report.records import ClaimLine, ClaimPart, Conflict, EntityPart, EventCard, FactLine, Made, Name, Report
from kg.report.words import number, says
from kg.vocabulary import TYPE, XSD

if TYPE_CHECKING:
    from kg.check import Contradiction
    from kg.graph import Graph

_ENTITIES: Final = 25
_FACTS: Final = 10
_EVENTS: Final = 12
_CLAIMS_OF_EACH: Final = 4
_CONFLICTS: Final = 12
_ALL: Final = 300
"""How much stands of anything in a report on one entity."""

_MOST: Final = 500
"""Of an entity with more facts than this only as many are looked at in a report on a graph."""

_QUOTES: Final = 2
_QUOTES_OF_ONE: Final = 3
_NODES: Final = 20
_NUMBER: Final = re.compile(r"^\d+-")
_UNSURE: Final = 0.7
"""Below this confidence a fact is said to be less sure."""


class Reporter:
    """Makes the parts of one report on a graph."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.lookup = Lookup(graph.store, graph.ontology, graph.base)
        self.sources = Sources()
        self.anchors: dict[str, str] = {}
        self.unread: dict[str, int] = {}
        self.quotes = _QUOTES

    # -- the two reports ------------------------------------------------------------------------------

    def of_graph(self, title: str | None) -> Report:
        """Report on a graph: what is most connected in it, up to limits."""
        graph, counts = self.graph, count_graph(self.graph)
        facts = most_connected(graph)
        events = find_events(graph.store, graph.ontology)
        ranked = [iri for iri in facts if iri not in events]
        shown = rank_events(graph.store, events, facts)[:_EVENTS]
        self.anchors = {iri: f"e{number}" for number, iri in enumerate(ranked[:_ENTITIES], start=1)}
        portraits = [self._portrait(iri, facts[iri]) for iri in self.anchors]
        conflicts = graph.contradictions()
        told: set[str] = set()
        report = Report(
            title or "What the articles say",
            "",
            False,
            self._made(counts),
            make_picture(graph.store, graph.ontology, limit=_NODES) if counts.entities else "",
            counts=self._counts(counts, len(events), len(conflicts)),
            conflicts=tuple(map(self._conflict, conflicts[:_CONFLICTS])),
            conflicts_left=max(0, len(conflicts) - _CONFLICTS),
            events=tuple(self._event(self.lookup.thing(iri), self._about(iri)) for iri in shown),
            events_left=max(0, len(events) - _EVENTS),
            entities=tuple(self._chosen(each, told) for each in portraits),
            entities_left=max(0, counts.entities - len(events) - len(portraits)),
            claims=self._claims_of_all(portraits, counts.claims),
            corrections=find_corrections(graph),
        )
        report.sources = self.sources.numbered()
        return report

    def of_entity(self, name: str, title: str | None) -> Report:
        """Report on the entity of a name or IRI; raise SettingError when nothing, or several things, have it."""
        found = self.lookup.find(name)
        if len(found) > 1:
            names = "; ".join(f"{self._thing(iri)} <{iri}>" for iri in found)
            raise SettingError(f'"{name}" is the name of several things: {names}; give the IRI of one')
        graph, (iri,) = self.graph, found
        self.quotes = _QUOTES_OF_ONE
        portrait = self.lookup.portrait(iri)
        thing = portrait.thing
        by = frozenset(portrait.claims_by)
        conflicts = [each for each in graph.contradictions() if _concerns(each, iri)]
        report = Report(
            title or thing.label,
            _lead(portrait),
            True,
            self._made(count_graph(graph)),
            make_picture(graph.store, graph.ontology, around=iri, limit=_NODES),
            conflicts=tuple(map(self._conflict, conflicts[:_ALL])),
            conflicts_left=max(0, len(conflicts) - _ALL),
            entities=(self._whole(portrait),),
            events=tuple(self._event(each.thing, each.facts) for each in portrait.events[:_ALL]),
            events_left=max(0, len(portrait.events) - _ALL),
            claims=tuple(
                self._claim_part(heading, claims, _ALL)
                for heading, claims in (
                    (f"What {thing.label} says", portrait.claims_by),
                    (f"What is said of {thing.label}", [each for each in portrait.claims_about if each not in by]),
                )
                if claims
            ),
            corrections=find_corrections(graph, thing),
        )
        report.sources = self.sources.numbered()
        return report

    def _thing(self, iri: str) -> str:
        thing = self.lookup.thing(iri)
        return f"{thing.label} ({', '.join(thing.types)})" if thing.types else thing.label

    def _made(self, counts: Counts) -> Made:
        files = (source.path.stem for source in self.graph.ontology.triples.sources)
        names = dict.fromkeys(_NUMBER.sub("", name) for name in files)
        return Made(kg.__version__, ", ".join(names), counts.articles, day(counts.newest))

    def _counts(self, counts: Counts, events: int, conflicts: int) -> tuple[tuple[str, str], ...]:
        pairs = (
            (counts.entities - events, "person, place or other thing", "people, places and other things"),
            (events, "event", "events"),
            (counts.facts, "fact", "facts"),
            (counts.qualified, "former, acting or dated fact", "former, acting or dated facts"),
            (counts.claims, "claim, which is no fact", "claims, which are no facts"),
            (conflicts, "possible contradiction", "contradictions, certain or possible"),
        )
        return tuple((f"{number:,}", one if number == 1 else many) for number, one, many in pairs)

    # -- parts ----------------------------------------------------------------------------------------

    def _portrait(self, iri: str, facts: int) -> Portrait:
        """Give what is known of an entity; of one with very many facts, the best supported of them and no claims."""
        if facts <= _MOST:
            return self.lookup.portrait(iri)
        nodes, total = best_supported(self.graph.store, iri, _MOST)
        self.unread[iri] = total - len(nodes)
        found = sorted(
            map(self.lookup.fact, nodes), key=lambda fact: (fact.relation.label, fact.object.label, fact.iri)
        )
        plain = tuple(fact for fact in found if fact.qualification is None)
        qualified = tuple(fact for fact in found if fact.qualification is not None)
        return Portrait(self.lookup.thing(iri), plain, qualified, (), (), ())

    def _chosen(self, portrait: Portrait, told: set[str]) -> EntityPart:
        """Take the best supported facts of an entity that no part before has told."""
        known = [fact for fact in portrait.facts if fact.relation.iri != TYPE]
        new = [fact for fact in known if fact.iri not in told]
        best = set(map(id, sorted(new, key=_support)[:_FACTS]))
        facts = [fact for fact in new if id(fact) in best]
        former = [fact for fact in portrait.qualified if fact.iri not in told][:_FACTS]
        told.update(fact.iri for fact in (*facts, *former))
        elsewhere = len(known) - len(new)
        left = len(new) - len(facts) + len([f for f in portrait.qualified if f.iri not in told])
        left += self.unread.get(portrait.thing.iri, 0)
        return self._entity(portrait.thing, facts, former, left=left, elsewhere=elsewhere)

    def _whole(self, portrait: Portrait) -> EntityPart:
        facts, former = portrait.facts[:_ALL], portrait.qualified[:_ALL]
        left = len(portrait.facts) + len(portrait.qualified) - len(facts) - len(former)
        return self._entity(portrait.thing, facts, former, left=left)

    def _entity(
        self, thing: Thing, facts: Sequence[Fact], former: Sequence[Fact], *, left: int, elsewhere: int = 0
    ) -> EntityPart:
        return EntityPart(
            self.anchors.get(thing.iri, "e1"),
            thing.label,
            ", ".join(thing.types),
            ", ".join(thing.names),
            tuple(self._fact(fact, thing.iri) for fact in facts),
            tuple(self._fact(fact, thing.iri) for fact in former),
            left,
            elsewhere,
        )

    def _name(self, thing: Thing, relation: Thing | None = None) -> Name:
        if thing.iri:
            return Name(thing.label, self.anchors.get(thing.iri))
        declared = None if relation is None else self.graph.ontology.properties.get(relation.iri)
        whole = declared is not None and XSD + "integer" in declared.range
        return Name(number(thing.label) if whole else day(thing.label))

    def _sentence(self, parts: tuple[Thing, Thing, Thing]) -> str:
        return " ".join((parts[0].label, parts[1].label, self._name(parts[2], parts[1]).label))

    def _fact(self, fact: Fact, about: str | None = None) -> FactLine:
        return FactLine(
            None if fact.subject.iri == about else self._name(fact.subject),
            fact.relation.label,
            self._name(fact.object, fact.relation),
            in_time(fact.qualification),
            f"less sure, {fact.confidence:.2f}" if fact.confidence < _UNSURE and not fact.decided else "",
            fact.because,
            tuple(
                f"decided by {each.by} on {day(each.when)}{f': {each.why}' if each.why else ''}"
                for each in fact.decided
            ),
            make_evidence(fact.passages, self.sources, self.quotes),
        )

    def _about(self, iri: str) -> tuple[Fact, ...]:
        portrait = self.lookup.portrait(iri)
        both = (*portrait.facts, *portrait.qualified)
        return tuple(fact for fact in both if fact.subject.iri == iri and fact.relation.iri != TYPE)

    def _event(self, thing: Thing, facts: tuple[Fact, ...]) -> EventCard:
        rows: dict[str, list[Name]] = {}
        for fact in sorted(facts, key=self._place):
            name = self._name(fact.object, fact.relation)
            when = in_time(fact.qualification)
            rows.setdefault(fact.relation.label, []).append(
                Name(f"{name.label} ({when})", name.anchor) if when else name
            )
        passages = [passage for fact in facts for passage in fact.passages]
        evidence = make_evidence(sorted(passages, key=lambda each: (each.article, each.span)), self.sources, 3)
        told = tuple((relation, tuple(names)) for relation, names in rows.items())
        return EventCard(thing.label, ", ".join(thing.types), told, evidence)

    def _place(self, fact: Fact) -> tuple[bool, int, str]:
        """Put what is no number first, then the numbers in the order of a score (so many for, so many against)."""
        rank = self._scores.get(fact.relation.iri, len(self._scores))
        return not fact.object.iri and fact.object.label.isdecimal(), rank, fact.relation.label

    @cached_property
    def _scores(self) -> dict[str, int]:
        scores = (each.score or () for _, each in sorted(self.graph.ontology.classes.items()))
        ordered = dict.fromkeys(iri for score in scores for iri in score)
        return {iri: rank for rank, iri in enumerate(ordered)}

    def _claims_of_all(self, portraits: Iterable[Portrait], total: int) -> tuple[ClaimPart, ...]:
        """Take some claims by and about each entity that is shown, each once."""
        chosen: dict[str, Claim] = {}
        for each in portraits:
            new = [claim for claim in (*each.claims_by, *each.claims_about) if claim.iri not in chosen]
            chosen.update((claim.iri, claim) for claim in new[:_CLAIMS_OF_EACH])
        if not total:
            return ()
        heading = "By and about those above"
        return (ClaimPart(heading, self._claim_lines(chosen.values()), total - len(chosen)),)

    def _claim_part(self, heading: str, claims: Sequence[Claim], most: int) -> ClaimPart:
        return ClaimPart(heading, self._claim_lines(claims[:most]), max(0, len(claims) - most))

    def _claim_lines(self, claims: Iterable[Claim]) -> tuple[ClaimLine, ...]:
        """Put claims of the same words together: one quotation, and all that it says as relations."""
        groups: dict[tuple[object, ...], list[Claim]] = {}
        for claim in claims:
            groups.setdefault((says(claim), claim.text, claim.passages), []).append(claim)
        return tuple(map(self._claim_line, groups.values()))

    def _claim_line(self, same: list[Claim]) -> ClaimLine:
        known = [(claim.relation, in_time(claim.qualification)) for claim in same if claim.relation is not None]
        relations = dict.fromkeys(self._sentence(said) + (f" ({when})" if when else "") for said, when in known)
        first = same[0]
        evidence = make_evidence(first.passages, self.sources, self.quotes)
        return ClaimLine(first.status, says(first), tuple(relations), first.text, evidence)

    def _conflict(self, found: Contradiction) -> Conflict:
        return Conflict(
            found.kind.value,
            f"{found.thing.label}: {found.relation.label}",
            found.reason,
            tuple(self._fact(fact) for fact in found.facts),
            self._claim_lines(found.claims),
        )


def _support(fact: Fact) -> tuple[int, float]:
    return -len({passage.article for passage in fact.passages}), -fact.confidence


def _concerns(found: Contradiction, iri: str) -> bool:
    return any(iri in (fact.subject.iri, fact.object.iri) for fact in found.facts)


def _lead(portrait: Portrait) -> str:
    thing = portrait.thing
    parts = [", ".join(thing.types)] if thing.types else []
    parts += [f"also {', '.join(thing.names)}"] if thing.names else []
    return "; ".join(parts)
