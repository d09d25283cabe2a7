"""A timeline: events by their dates, and what held from and until when as bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from starlette.requests import Request
from starlette.responses import Response

from kg.knowledge.periods import read_days
from kg.lookup import Thing
from kg.serve.pages.dates import DatedEvent, DatedThings, Period
from kg.serve.pages.errors import error_page
from kg.serve.pages.finding import WAIT, find_thing
from kg.serve.pages.reader import Reader, Shown
from kg.serve.pages.rendering import kept_of, page_number, remembered, render

if TYPE_CHECKING:
    from kg.serve.pages.kept import Kept

_PAGE: Final = 100
_FORMER: Final = "Former"
_UNKNOWN: Final = 6.0
"""The length of a bar, in hundredths of the width, of which one end is not known."""


@dataclass(frozen=True, slots=True)
class EventLine:
    """An event with its date; `relation` names the date where it is no plain one of an event."""

    date: str
    thing: Shown
    relation: Thing


@dataclass(frozen=True, slots=True)
class Bar:
    """A fact with its dates, and where its bar begins and ends, in hundredths of the width; open ends have no edge."""

    period: Period
    subject: Shown
    relation: Thing
    object: Shown
    href: str | None
    start: float
    end: float
    open_start: bool
    open_end: bool


@dataclass(frozen=True, slots=True)
class Years:
    """The years asked for, None for an open end; `wrong` is what could not be read."""

    first: int | None
    last: int | None
    wrong: str | None = None

    def hold(self, years: tuple[int, int]) -> bool:
        """Say whether some years touch those asked for."""
        return (self.first is None or years[1] >= self.first) and (self.last is None or years[0] <= self.last)


@remembered
def timeline(request: Request) -> Response:
    """Show events and dated facts, all of them or those of one thing, of all years or of some."""
    kept = kept_of(request)
    dated = kept.dated.get(WAIT)
    around, iri = find_thing(request, kept)
    if around and iri is None:
        return error_page(request, 404, f"Nothing in the graph is named “{around}”", near=around)
    years = _years(request)
    found = _dated(kept, dated, iri)
    events = [each for each in found[0] if years.hold(each.years)]
    periods = [each for each in found[1] if years.hold(each.years)]
    offset = (page_number(request) - 1) * _PAGE
    shown = periods[offset : offset + _PAGE]
    context = {
        "reader": kept.reader,
        "thing": kept.reader.shown(iri) if iri else None,
        "years": years,
        "events": [_line(kept.reader, each) for each in events[offset : offset + _PAGE]],
        "bars": list(_bars(kept.reader, shown)),
        "scale": _scale(shown),
        "number_of_events": len(events),
        "number_of_periods": len(periods),
        "total": max(len(events), len(periods)),
        "offset": offset,
        "limit": _PAGE,
        "any": dated is not None and bool(dated.events or dated.periods),
    }
    return render(request, "timeline.html", context, page="timeline", status=400 if years.wrong else 200)


def _dated(kept: Kept, dated: DatedThings | None, iri: str | None) -> tuple[list[DatedEvent], list[Period]]:
    if dated is None:
        return [], []
    return (dated.events, dated.periods) if iri is None else dated.around(kept.reader, iri)


def _years(request: Request) -> Years:
    found: list[int | None] = []
    for name in ("from", "until"):
        text = request.query_params.get(name, "").strip()
        days = read_days(text)
        if text and days is None:
            return Years(None, None, text)
        found.append(None if days is None else days[0].year if name == "from" else days[1].year)
    return Years(found[0], found[1])


def _line(reader: Reader, event: DatedEvent) -> EventLine:
    return EventLine(event.date, reader.shown(event.iri), reader.thing(event.relation))


def _bars(reader: Reader, periods: list[Period]) -> list[Bar]:
    """Lay periods out over their years."""
    scale = _scale(periods)
    bars = []
    for each in periods:
        start, end = each.qualification.start, each.qualification.end
        declared = reader.ontology.properties.get(each.relation)
        if declared is not None and declared.occurrence and end is None:
            end = start  # what happened at a date did not go on from it
        over = each.qualification.kind == _FORMER
        left = _place(start, scale, max(0.0, _place(end, scale, 100.0, last=True) - _UNKNOWN), last=False)
        right = _place(end, scale, left + _UNKNOWN if over else 100.0, last=True)
        bars.append(
            Bar(
                each,
                reader.shown(each.subject),
                reader.thing(each.relation),
                reader.shown(each.object),
                reader.addresses.href(each.fact),
                left,
                min(100.0, max(left + 0.5, right)),
                start is None,
                end is None,
            )
        )
    return bars


def _scale(periods: list[Period]) -> tuple[int, int]:
    """Give the first year of some periods, and the one after their last."""
    years = [year for each in periods for year in each.years if year]
    return (min(years), max(years) + 1) if years else (0, 1)


def _place(date: str | None, scale: tuple[int, int], otherwise: float, *, last: bool) -> float:
    days = read_days(date or "")
    if days is None:
        return otherwise
    day = days[1] if last else days[0]
    year = day.year + (day.timetuple().tm_yday - (0 if last else 1)) / 366
    return round(100 * (year - scale[0]) / (scale[1] - scale[0]), 2)
