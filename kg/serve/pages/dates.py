"""What has a date: events, and what held from or until a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.knowledge import terms as t
from kg.knowledge.periods import read_days
from kg.model import Qualification
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """A thing with a date: `relation` is the property that gives it, `date` ISO 8601 of any precision."""

    date: str
    iri: str
    relation: str

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        year = _year(self.date)
        return year, year


@dataclass(frozen=True, slots=True)
class Period:
    """A fact that held from or until a date, by its IRI; `object` is None where it is a value."""

    fact: str
    subject: str
    relation: str
    object: str
    qualification: Qualification

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year, as far as they are known."""
        start = _year(self.qualification.start or self.qualification.end or "")
        return start, _year(self.qualification.end or self.qualification.start or "")


class DatedThings:
    """The events in the order of their dates, and the periods in the order of their starts."""

    def __init__(self, reader: Reader) -> None:
        self.properties = reader.date_properties
        self.events = sorted(_events(reader, self.properties), key=lambda each: (each.date, each.iri, each.relation))
        found = _periods(reader)
        self.periods = sorted(found, key=lambda each: (_start(each), each.subject, each.fact))

    def around(self, reader: Reader, iri: str) -> tuple[list[DatedEvent], list[Period]]:
        """Give the events that a thing has part in or is, and its periods."""
        node = NamedNode(iri)
        taking_part = {
            row[0].value
            for each in self.properties
            for row in reader.ask(f"SELECT DISTINCT ?e WHERE {{ ?e ?role {node} . ?e <{each}> ?date }}")
        } | {iri}
        events = [each for each in self.events if each.iri in taking_part]
        return events, [each for each in self.periods if iri in (each.subject, each.object)]


def _events(reader: Reader, properties: Iterable[str]) -> list[DatedEvent]:
    rows = (
        (row[0].value, row[1].value, each)
        for each in properties
        for row in reader.ask(f"SELECT ?s ?date WHERE {{ ?s <{each}> ?date }}")
    )
    return [DatedEvent(date, iri, relation) for iri, date, relation in rows if read_days(date)]


def _periods(reader: Reader) -> list[Period]:
    dated = (row[0].value for each in (t.FROM, t.UNTIL) for row in reader.ask(f"SELECT ?f WHERE {{ ?f {each} ?date }}"))
    found = (_period(reader, iri) for iri in dict.fromkeys(dated) if t.CLAIM.value not in reader.node_types(iri))
    return [each for each in found if each is not None and not _is_mirror(each, reader)]


def _period(reader: Reader, iri: str) -> Period | None:
    """Read the period of a fact; None for one whose dates are none."""
    parts = (t.RDF_SUBJECT, t.RDF_PREDICATE, t.RDF_OBJECT, t.QUALIFICATION, t.FROM, t.UNTIL)
    subject, relation, object, kind, start, end = (next(iter(reader.values(iri, each)), None) for each in parts)
    if not (subject and relation and object and (read_days(start or "") or read_days(end or ""))):
        return None
    qualification = Qualification(None if kind is None else kind.removeprefix(KG), start, end)
    return Period(iri, subject, relation, object, qualification)


def _is_mirror(period: Period, reader: Reader) -> bool:
    """Say whether a period of a symmetric property is the second of two that say the same."""
    declared = reader.ontology.properties.get(period.relation)
    return declared is not None and declared.symmetric and period.subject > period.object


def _start(period: Period) -> str:
    return period.qualification.start or period.qualification.end or ""


def _year(date: str) -> int:
    days = read_days(date)
    return days[0].year if days else 0
