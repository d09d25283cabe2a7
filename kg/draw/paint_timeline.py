"""A timeline on paper: an axis of years or months, a lane for each entity, points and bars with their words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kg.draw.pen import FAINT, INK, WORDS, Page, kinds_legend
from kg.draw.sketch import Mark, Patch, Sketch, Stroke, Tip, Words
from kg.draw.styles import lighter
from kg.draw.timeline import Item, Lane, Timeline, middle_of
from kg.draw.times import in_words
from kg.draw.words import drawable, measure, wrap
from kg.network import local_name

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NOTHING: Final = "Nothing to draw: nothing is dated."

_SIZE: Final = 8.0
_NAME: Final = 9.0
_ROW: Final = 14.5
_BAR: Final = 11.0
_WIDTH: Final = 520.0
_RADIUS: Final = 4.0
_GAP: Final = 5.0
_TIP: Final = 5.0
_STUB: Final = 26.0
"""The length of a bar of which one end is not known."""

_MOST_TICKS: Final = 11
_STEPS: Final = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000)
"""Months between the ticks of an axis."""


def paint_timeline(timeline: Timeline, *, ax: Axes | None = None, title: str | None = None) -> Figure:
    """Draw a timeline; give the figure."""
    page = Page(title, kinds_legend(timeline.styles), timeline.caption)
    return sketch_timeline(timeline).paint(page, ax)


def sketch_timeline(timeline: Timeline) -> Sketch:
    """Place the axis, the lanes, and in each the items in as few rows as keep their words apart."""
    sketch = Sketch()
    items = [item for lane in timeline.lanes for item in lane.items]
    days = [day for item in items for day in (item.first, item.last, item.told) if day]
    if not days:
        sketch.words.append(Words(0, 0, NOTHING, _NAME, colour=WORDS))
        return sketch
    first, last = min(days), max(days)
    axis = _Axis(first, max(last, first + timedelta(days=28)))
    column = 24 + max(measure(_names(lane), _NAME, bold=True)[0] for lane in timeline.lanes)
    y = 0.0
    for lane in timeline.lanes:
        y = _put_lane(sketch, timeline, lane, axis, column, y)
    _put_axis(sketch, axis, y)
    if timeline.at:
        x = axis.place(middle_of(*timeline.at))
        sketch.strokes.append(Stroke((x, 0), (x, y), INK, 1.0))
    return sketch


class _Axis:
    """Days in points: from the first tick to the last."""

    def __init__(self, first: date, last: date) -> None:
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        self.step = next((step for step in _STEPS if months / step <= _MOST_TICKS), _STEPS[-1])
        start = (first.year * 12 + first.month - 1) // self.step * self.step
        stop = -(-(last.year * 12 + last.month) // self.step) * self.step
        self.ticks = [_month(each) for each in range(start, stop + 1, self.step)]
        self.first, self.last = self.ticks[0], self.ticks[-1]
        self.width = _WIDTH

    def place(self, day: date) -> float:
        return self.width * (day - self.first).days / max((self.last - self.first).days, 1)

    def label(self, tick: date) -> str:
        return str(tick.year) if self.step >= 12 else in_words(tick.isoformat()[:7])


def _month(number: int) -> date:
    return date(min(max(number // 12, 1), 9999), number % 12 + 1, 1)


def _put_axis(sketch: Sketch, axis: _Axis, bottom: float) -> None:
    for tick in axis.ticks:
        x = axis.place(tick)
        sketch.strokes.append(Stroke((x, 4), (x, bottom - 4), FAINT))
        for y in (12, bottom - 12):
            sketch.words.append(Words(x, y, axis.label(tick), _SIZE, "center", colour=WORDS))


def _words(item: Item) -> str:
    return wrap(item.words, 60, 1)[0]


def _names(lane: Lane) -> list[str]:
    known = "…" not in drawable(lane.label) or "…" in lane.label
    return wrap(lane.label if known else local_name(lane.iri), 26, 3)


def _put_lane(sketch: Sketch, timeline: Timeline, lane: Lane, axis: _Axis, column: float, top: float) -> float:
    """Put a lane down and give its lower end."""
    names = _names(lane)
    rows: list[float] = []
    for item, left, right in _extents(lane.items, axis):
        row = next((index for index, taken in enumerate(rows) if taken + _GAP * 1.6 <= left), len(rows))
        rows[row : row + 1] = [right]
        _put_item(sketch, timeline, item, axis, top - (row + 0.5) * _ROW - 3)
    height = max(len(rows) * _ROW, len(names) * _NAME * 1.2 + 2) + 6
    for index, name in enumerate(names):
        y = top - 3 - _ROW / 2 - index * _NAME * 1.2
        sketch.words.append(Words(-column, y, name, _NAME, bold=True))
    if lane.kind:
        sketch.marks.append(Mark((-column - 10, top - 3 - _ROW / 2), 4.5, timeline.styles[lane.kind]))
    sketch.strokes.append(Stroke((-column - 16, top), (axis.width, top), "#bbbbbb"))
    return top - height


def _extents(items: list[Item], axis: _Axis) -> Iterator[tuple[Item, float, float]]:
    """Iterate over items with the left and the right end of all that belongs to them."""
    for item in items:
        left, right = _ends(item, axis)
        words = measure([_words(item)], _SIZE)[0]
        inside = not item.point and words + 2 * _GAP <= right - left
        yield item, left - _RADIUS, (right if inside else right + _GAP + _RADIUS + words)


def _ends(item: Item, axis: _Axis) -> tuple[float, float]:
    if item.point and item.first and item.last:
        x = axis.place(middle_of(item.first, item.last))
        return x, x
    if item.first is None:
        right = axis.place(item.last) if item.last else axis.width
        return right - _STUB, right
    left = axis.place(item.first)
    last = item.last or item.told
    right = axis.place(last) if last and last >= item.first else left + _STUB
    return left, max(right, left + 3)


def _put_item(sketch: Sketch, timeline: Timeline, item: Item, axis: _Axis, y: float) -> None:
    left, right = _ends(item, axis)
    style = timeline.styles[item.kind]
    words = measure([_words(item)], _SIZE)[0]
    if item.point:
        sketch.marks.append(Mark((left, y), _RADIUS, style))
        sketch.words.append(Words(left + _RADIUS + _GAP, y, _words(item), _SIZE, patch=True))
        return
    colour = "white" if item.said else lighter(style.colour)
    sketch.patches.append(Patch(left, y - _BAR / 2, right, y + _BAR / 2, colour, INK, item.said))
    for edge, way, known in ((left, -1, item.first), (right, 1, item.last)):
        if known is None:
            sketch.tips.append(Tip((edge, y), way * _TIP, _BAR / 2, colour))
    if words + 2 * _GAP <= right - left:
        sketch.words.append(Words(left + _GAP, y, _words(item), _SIZE))
    else:
        tip = _TIP if item.last is None else 0.0
        sketch.words.append(Words(right + tip + _GAP, y, _words(item), _SIZE, patch=True))
