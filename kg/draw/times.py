"""Relations in time: which of them held on a date, and their dates in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from kg.draw.relation import Reader, Relation
from kg.knowledge.limits import Limit, find_limits
from kg.knowledge.periods import read_days
from kg.model import Qualification, Status
from kg.ontology.frames import FrameKind

if TYPE_CHECKING:
    from kg.ontology import Ontology

Days = tuple[date, date]

_MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
_FORMER = "Former"
_FUTURE = "Future"
_ACTING = "Acting"


def in_words(text: str) -> str:
    """Write an ISO 8601 date as newspapers do.

    >>> in_words("2019-11-21"), in_words("2019-03"), in_words("2019")
    ('21 Nov 2019', 'March 2019', '2019')
    """
    if read_days(text) is None:
        return text
    year, *rest = text.partition("T")[0].split("-")
    month = [_MONTHS[int(rest[0]) - 1]] if rest else []
    day = [str(int(rest[1]))] if len(rest) > 1 else []
    return " ".join([*day, *month, year])


def period_in_words(qualification: Qualification, *, occurrence: bool = False) -> str:
    """Write when something held, or when it happened; empty when nothing is known of it.

    >>> period_in_words(Qualification("Former", "1998", "2002"))
    '1998–2002'
    >>> period_in_words(Qualification("Acting", "2012"))
    'acting, since 2012'
    """
    kind = (qualification.kind or "").lower()
    start, end = (in_words(each) if each else None for each in (qualification.start, qualification.end))
    if occurrence and start:
        return start
    if start and end:
        dates, kind = (start if start == end else f"{start}–{end}"), "" if kind == "former" else kind
    else:
        dates = f"{'from' if kind else 'since'} {start}" if start else f"until {end}" if end else ""
        dates = dates.replace("from", "since") if kind == "acting" else dates
        kind = "" if kind == "former" and end else kind
    return ", ".join(part for part in (kind, dates) if part)


def held(relations: Iterable[Relation], at: Days, reader: Reader) -> tuple[list[Relation], int]:
    """Give the relations that held on a date, and how many are left out as nobody says when they held.

    What is dated counts by its dates. What is plain is known to hold from the first to the last article that says so;
    on another date it may have held, unless it is known to have begun later or to have ended, or the ontology allows
    one value at a time and another is known to have held. Claims stay as they are.
    """
    relations = list(relations)
    dated = [each for each in relations if each.status is Status.ASSERTED and each.qualification is not None]
    sure = [each for each in dated if has_dates(each) and _holds(each, at, reader)]
    unknown = [each for each in dated if not has_dates(each) and _kind(each) in (_FORMER, _FUTURE)]
    acting = [each for each in dated if not has_dates(each) and _kind(each) == _ACTING]
    now = {_triple(each) for each in sure}
    past = {_triple(each) for each in dated if has_dates(each)} - now
    taken = _slots(sure, reader.ontology)
    plain = [
        each if _is_told(each, at, reader) else replace(each, certain=False)
        for each in (*(each for each in relations if each.plain), *acting)
        if _triple(each) not in now | past and not _displaced(each, taken, reader.ontology)
    ]
    claims = [each for each in relations if each.status is not Status.ASSERTED]
    left_out = len({_triple(each) for each in unknown} - now - {_triple(each) for each in plain})
    return sorted((*sure, *plain, *claims), key=lambda each: each.order), left_out


def clearest(relations: Iterable[Relation]) -> list[Relation]:
    """Leave out what another of the same two says with dates: a former office beside the years of that office."""
    relations = list(relations)
    if all(each.plain for each in relations):
        return relations
    groups: defaultdict[tuple[object, ...], list[Relation]] = defaultdict(list)
    for each in relations:
        groups[(*_triple(each), each.status, each.speaker)].append(each)
    kept = []
    for group in groups.values():
        with_dates = [each for each in group if has_dates(each)]
        kept += with_dates or group
    return sorted(kept, key=lambda each: each.order)


def days_in_words(days: Days) -> str:
    """Write a year, a month or a day that two days stand for.

    >>> days_in_words((date(2016, 2, 1), date(2016, 2, 29)))
    'Feb 2016'
    """
    first, last = (day.isoformat() for day in days)
    return in_words(next(first[:size] for size in (4, 7, 10) if read_days(first[:size]) == days or size == len(last)))


def happened_later(dates: Iterable[tuple[str, str]], at: Days) -> bool:
    """Say whether all dates of something are known to be after another."""
    days = [found for _, text in dates if (found := read_days(text))]
    return bool(days) and all(first > at[1] for first, _ in days)


def _holds(relation: Relation, at: Days, reader: Reader) -> bool:
    qualification = relation.qualification
    assert qualification is not None
    start = read_days(qualification.start) if qualification.start else None
    end = read_days(qualification.end) if qualification.end else None
    if start and start[0] > at[1]:
        return False
    if end is None and qualification.kind == _FORMER:
        return not any(days[1] < at[0] for days in published(relation, reader))
    return end is None or end[1] >= at[0] or is_occurrence(relation, reader.ontology)


def published(relation: Relation, reader: Reader) -> list[Days]:
    """Give the dates of the articles that say so, as far as they are known."""
    texts = (reader.published(article) for article in sorted(relation.articles))
    return [days for text in texts if text and (days := read_days(text))]


def event_terms(ontology: Ontology) -> frozenset[str]:
    """Give the classes that frames of events are of: all events are of one of them or below."""
    return frozenset(
        frame.term for frame in ontology.frames if frame.kind in (FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB)
    )


def _is_told(relation: Relation, at: Days, reader: Reader) -> bool:
    """Say whether a date is between the first and the last article that says so."""
    days = published(relation, reader)
    return bool(days) and min(first for first, _ in days) <= at[1] and max(last for _, last in days) >= at[0]


def is_occurrence(relation: Relation, ontology: Ontology) -> bool:
    """Say whether a relation tells what happened once, not what holds for a time."""
    declared = ontology.properties.get(relation.predicate)
    return declared is not None and declared.occurrence


def _slots(relations: Iterable[Relation], ontology: Ontology) -> dict[tuple[Limit, str], set[str]]:
    """Give what has each place that one can have at a time."""
    limits = find_limits(ontology)
    slots: defaultdict[tuple[Limit, str], set[str]] = defaultdict(set)
    for each in relations:
        for limit in limits.get(each.predicate, ()):
            thing, value = (each.target, each.source) if limit.inverse else (each.source, each.target)
            slots[limit, thing].add(value)
    return slots


def _displaced(relation: Relation, taken: dict[tuple[Limit, str], set[str]], ontology: Ontology) -> bool:
    own = _slots([relation], ontology)
    return any(not limit.fixed and taken.get((limit, thing), values) - values for (limit, thing), values in own.items())


def _triple(relation: Relation) -> tuple[str, str, str]:
    return relation.source, relation.predicate, relation.target


def _kind(relation: Relation) -> str | None:
    return relation.qualification.kind if relation.qualification else None


def has_dates(relation: Relation) -> bool:
    """Say whether a relation is known to have begun, ended or happened at a date."""
    qualification = relation.qualification
    return qualification is not None and bool(qualification.start or qualification.end)
