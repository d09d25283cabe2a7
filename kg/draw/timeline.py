"""What a timeline shows: what happened as points, what held for a time as bars, in a lane for each entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from kg.draw.choose import choose
from kg.draw.diagram import as_of, describe, in_words
from kg.draw.relation import Reader, Relation
from kg.draw.selection import Selection
from kg.draw.styles import Style, styles_of
from kg.draw.times import event_terms, has_dates, is_occurrence, published
from kg.draw.times import in_words as date_in_words
from kg.draw.view import View
from kg.knowledge.periods import read_days
from kg.model import Status
from kg.phrases import count

OTHER: Final = "Other events"


@dataclass(frozen=True, slots=True)
class Item:
    """A point or a bar: what it says, from its first day to its last; None where nobody says when it began or ended.

    `point` tells that it happened within those days; `told` is the last day of which an article says that it holds, or
    the first of which one says that it is over; `said` tells that it is only claimed. `kind` is that of the event, or
    of what the lane is of.
    """

    words: str
    first: date | None
    last: date | None
    point: bool
    kind: str
    when: str
    told: date | None = None
    said: bool = False

    @property
    def order(self) -> tuple[object, ...]:
        """What items are sorted by."""
        return self.first or self.last or date.max, self.last or date.max, self.words


@dataclass(slots=True)
class Lane:
    """What is dated of an entity, in the order of time."""

    label: str
    kind: str
    iri: str = ""
    items: list[Item] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes in the order of their first dates."""

    lanes: tuple[Lane, ...]
    styles: dict[str, Style]
    caption: str
    at: tuple[date, date] | None = None

    @property
    def summary(self) -> str:
        """Say in a line what the picture is."""
        items = sum(len(lane.items) for lane in self.lanes)
        return f"Timeline of {count(items, 'date or period', 'dates and periods')}"

    @property
    def description(self) -> str:
        """Tell the picture in words."""
        told = [f"{lane.label}: {item.words}, {item.when}" for lane in self.lanes for item in lane.items]
        return describe(told, self.caption)


def make_timeline(reader: Reader, selection: Selection) -> Timeline:
    """Gather what is dated of the entities that are asked for."""
    view = View(reader, selection, dated=True)
    if selection.around is None:
        iris, relations, beyond = view.entities(), view.relations, 0
    else:
        chosen = choose(view)
        iris, beyond = list(chosen.iris), chosen.hidden
        relations = view.relations_of(selection.around) if selection.hops == 1 else view.relations_among(iris)
    lanes = _Gathering(view).gather(iris, relations)
    kept, left = _fit(lanes, selection.limit)
    kept.sort(key=lambda lane: (lane.items[0].order, lane.label))
    parts = [f"Not shown: {count(left, 'date or period', 'dates and periods')}." if left else "", as_of(view)]
    if beyond:
        parts.append(f"{count(beyond, 'entity', 'entities')} farther off not looked at.")
    kinds = {item.kind for lane in kept for item in lane.items} | {lane.kind for lane in kept if lane.kind}
    caption = " ".join(part for part in parts if part)
    return Timeline(tuple(kept), styles_of(kinds, reader.ontology), caption, selection.at)


def _fit(lanes: list[Lane], limit: int) -> tuple[list[Lane], int]:
    """Keep the lanes that most articles support while there is room, and count the items that are left out."""
    kept: list[Lane] = []
    room, left = limit, 0
    for lane in sorted(lanes, key=lambda lane: (-len(lane.articles), -len(lane.items), lane.label)):
        shown = lane.items[: max(room, 0)]
        left += len(lane.items) - len(shown)
        room -= len(shown)
        if shown:
            lane.items = shown
            kept.append(lane)
    return kept, left


class _Gathering:
    def __init__(self, view: View) -> None:
        self.view = view
        self.reader = view.reader
        self.events = event_terms(view.reader.ontology)
        self.lanes: dict[str, Lane] = {}

    def gather(self, iris: Iterable[str], relations: Iterable[Relation]) -> list[Lane]:
        """Make the lanes of what is dated."""
        events: list[str] = []
        for iri in iris:
            dates = self.reader.dates(iri)
            if dates and self._is_event(iri):
                events.append(iri)
                continue
            if self.view.selection.hops == 1 and self.view.selection.around not in (None, iri):
                continue  # what is near is there for what it has to do with the one in the middle
            for predicate, text in dates:
                if self.view.selection.relations is None or predicate in self.view.selection.relations:
                    self._add(iri, self._point(self.reader.ontology.label(predicate), text, self._kind(iri)))
        parts: defaultdict[str, list[Relation]] = defaultdict(list)
        for each in relations:
            parts[each.source].append(each)
            if has_dates(each) and not self._is_mirrored(each):
                self._add(each.source, self._item(each), each.articles)
        for iri in events:
            self._add_event(iri, parts.get(iri, []))
        for lane in self.lanes.values():
            lane.items = sorted(dict.fromkeys(lane.items), key=lambda item: item.order)
        return [lane for lane in self.lanes.values() if lane.items]

    def _add(self, iri: str, item: Item | None, articles: Iterable[str] = ()) -> None:
        if item is not None:
            name = self.reader.label(iri) if iri else OTHER
            lane = self.lanes.setdefault(iri, Lane(name, self._kind(iri) if iri else "", iri))
            lane.items.append(item)
            lane.articles.update(articles)

    def _add_event(self, iri: str, parts: list[Relation]) -> None:
        """Put an event into the lane of the one in the middle, else of who has part in it and most dates."""
        around = self.view.selection.around
        who = {each.target for each in parts} - {iri}
        ranked = sorted(
            who,
            key=lambda other: (
                other != around,
                -len(self.lanes[other].items) if other in self.lanes else 0,
                self.reader.label(other),
            ),
        )
        for _, text in self.reader.dates(iri):
            articles = {article for each in parts for article in each.articles}
            self._add(next(iter(ranked), ""), self._point(self.reader.label(iri), text, self._kind(iri)), articles)

    def _item(self, relation: Relation) -> Item | None:
        qualification = relation.qualification
        assert qualification is not None
        start, end = (read_days(each) if each else None for each in (qualification.start, qualification.end))
        words = f"{self.reader.ontology.label(relation.predicate)} {self.reader.label(relation.target)}"
        said = relation.status is not Status.ASSERTED
        full = in_words(relation, self.reader)
        if said:
            words = full.partition(" (")[0] + f" {self.reader.label(relation.target)}"
        when = full.rpartition("(")[2].rstrip(")")
        kind = self._kind(relation.source)
        if start and is_occurrence(relation, self.reader.ontology):
            return Item(words, start[0], start[1], True, self._kind(relation.target), when, said=said)
        first, last = start[0] if start else None, end[1] if end else None
        if first is None and last is None:
            return None
        days = [day for each in published(relation, self.reader) for day in each]
        over = last is None and qualification.kind == "Former"
        told = min(days, default=None) if over else max(days, default=None)
        return Item(words, first, last, False, kind, when, None if last else told, said)

    def _point(self, words: str, text: str, kind: str) -> Item | None:
        days = read_days(text)
        return None if days is None else Item(words, days[0], days[1], True, kind, date_in_words(text))

    def _is_mirrored(self, relation: Relation) -> bool:
        """Say whether the same stands in the lane of the other: what goes both ways is there twice."""
        declared = self.reader.ontology.properties.get(relation.predicate)
        if declared is None or not declared.symmetric:
            return False
        around = self.view.selection.around
        if around in (relation.source, relation.target):
            return relation.source != around
        return relation.source > relation.target

    def _is_event(self, iri: str) -> bool:
        ontology = self.reader.ontology
        return any(not self.events.isdisjoint(ontology.ancestors(each)) for each in self.reader.types(iri))

    def _kind(self, iri: str) -> str:
        return str(self.reader.data(iri)["kind"])


def middle_of(first: date, last: date) -> date:
    """Give the day in the middle of two."""
    return first + timedelta(days=(last - first).days // 2)
