"""The part of a graph that is asked for: its relations as of a date, of some kinds, with claims or without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from kg.draw.relation import Reader, Relation
from kg.draw.selection import Selection
from kg.draw.times import clearest, event_terms, happened_later, has_dates, held
from kg.knowledge.limits import Limit, find_limits
from kg.model import Status


class View:
    """Shows the relations of a reader that a selection asks for; `undated` counts those that nobody dates.

    `dated` shows those with dates too, be they no present facts.
    """

    def __init__(self, reader: Reader, selection: Selection, *, dated: bool = False) -> None:
        self._dated = dated
        self.reader = reader
        self.selection = selection
        self.undated = 0
        self._limits = find_limits(reader.ontology)
        self._events = event_terms(reader.ontology)
        self._allowed: dict[str, bool] = {}
        self._of: dict[str, list[Relation]] = {}

    @cached_property
    def relations(self) -> list[Relation]:
        """All relations to show, sorted."""
        plain = not (self._dated or self.selection.at or self.selection.statuses)
        return self._shown(self.reader.relations(qualified=not plain))

    def entities(self) -> list[str]:
        """Give the entities to show, related or not, sorted."""
        return [iri for iri in self.reader.entities() if self.allows(iri)]

    def relations_of(self, iri: str) -> list[Relation]:
        """Give the relations of an entity to show, sorted."""
        if iri not in self._of:
            found = self.reader.relations_of(iri)
            if self.selection.at is not None:
                rivals = {each.target for each in found if any(limit.inverse for limit in self._limited(each))}
                found = list({*found, *(each for other in rivals - {iri} for each in self.reader.relations_of(other))})
            self._of[iri] = [each for each in self._shown(found) if iri in (each.source, each.target)]
        return self._of[iri]

    def relations_among(self, iris: Collection[str]) -> list[Relation]:
        """Give the relations to show between some entities, sorted."""
        if self.selection.at is None:
            return self._shown(self.reader.relations_among(iris))
        found = {each for iri in iris for each in self.relations_of(iri) if {each.source, each.target} <= set(iris)}
        return sorted(found, key=lambda each: each.order)

    def allows(self, iri: str) -> bool:
        """Say whether an entity may be shown: the one in the middle, and those of a kind asked for that had begun."""
        if iri == self.selection.around:
            return True
        if iri not in self._allowed:
            self._allowed[iri] = self._is_of_a_type(iri) and not self._comes_later(iri)
        return self._allowed[iri]

    def _is_of_a_type(self, iri: str) -> bool:
        return self.selection.types is None or not self.selection.types.isdisjoint(self.reader.types(iri))

    def _comes_later(self, iri: str) -> bool:
        at = self.selection.at
        if at is None:
            return False
        above = {each for kind in self.reader.types(iri) for each in self.reader.ontology.ancestors(kind)}
        return not self._events.isdisjoint(above) and happened_later(self.reader.dates(iri), at)

    def _limited(self, relation: Relation) -> tuple[Limit, ...]:
        return self._limits.get(relation.predicate, ())

    def _shown(self, relations: Iterable[Relation]) -> list[Relation]:
        wanted = self.selection.relations
        if wanted is not None:
            relations = [each for each in relations if each.predicate in wanted]
        if self.selection.at is not None:
            relations, left_out = held(relations, self.selection.at, self.reader)
            self.undated = max(self.undated, left_out)
            shown = [each for each in relations if each.status is Status.ASSERTED or self._is_asked_for(each)]
        else:
            shown = [each for each in relations if each.plain or self._is_asked_for(each) or self._is_dated(each)]
        return [each for each in clearest(shown) if self.allows(each.source) and self.allows(each.target)]

    def _is_asked_for(self, relation: Relation) -> bool:
        return status_of(relation) in self.selection.statuses

    def _is_dated(self, relation: Relation) -> bool:
        return self._dated and relation.status is Status.ASSERTED and has_dates(relation)


def status_of(relation: Relation) -> str:
    """Give how a relation stands: asserted, claimed, denied, possible, former, acting, future, or dated."""
    if relation.status is not Status.ASSERTED:
        return str(relation.status)
    if relation.qualification is None:
        return str(Status.ASSERTED)
    kind = relation.qualification.kind
    return kind.lower() if kind else "former" if relation.qualification.end else "dated"


@dataclass(slots=True)
class Tie:
    """What ties two entities together: articles, and relations, each with whether it goes from the first by IRI.

    A relation that no article supports stands for an article.
    """

    articles: set[str] = field(default_factory=set)
    relations: set[tuple[str, bool]] = field(default_factory=set)


def ties(relations: Iterable[Relation]) -> dict[tuple[str, str], Tie]:
    """Give what ties each two entities together, by their IRIs in order."""
    found: defaultdict[tuple[str, str], Tie] = defaultdict(Tie)
    for each in relations:
        if each.source != each.target:
            one, other = sorted((each.source, each.target))
            tie = found[one, other]
            tie.articles |= each.articles or {f"{one} {each.predicate} {other}"}
            tie.relations.add((each.predicate, each.source == one))
    return dict(found)
