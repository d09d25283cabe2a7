"""A picture made of words, boxes, lines and markers at fixed places, which shrinks to fit a room; in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from kg.draw.pen import MARGIN, Page, room_of
from kg.draw.styles import Style
from kg.draw.words import LINE, measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kg.draw.pen import Pen

_SMALLEST: Final = 0.35


class Words(NamedTuple):
    """A line of words; `anchor` is left, center or right, the place of `x` in it; `y` is its middle.

    A `patch` hides the lines under it.
    """

    x: float
    y: float
    text: str
    size: float
    anchor: str = "left"
    bold: bool = False
    upright: bool = False
    colour: str = "#1a1a1a"
    patch: bool = False

    @property
    def block(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top; words that run upwards start at `y`."""
        wide = measure([self.text], self.size, bold=self.bold)[0]
        high = LINE * self.size
        if self.upright:
            return self.x - high / 2, self.y, self.x + high / 2, self.y + wide
        left = self.x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[self.anchor]
        return left, self.y - high / 2, left + wide, self.y + high / 2


class Patch(NamedTuple):
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float
    colour: str = "white"
    edge: str = "none"
    dashed: bool = False


class Stroke(NamedTuple):
    """A straight line."""

    start: tuple[float, float]
    end: tuple[float, float]
    colour: str
    width: float = 0.7


class Mark(NamedTuple):
    """The marker of a kind."""

    at: tuple[float, float]
    radius: float
    style: Style


class Tip(NamedTuple):
    """The open end of a bar: a tip as long as `way`, leftwards where that is negative, and twice as high as `half`."""

    at: tuple[float, float]
    way: float
    half: float
    colour: str


@dataclass(slots=True)
class Sketch:
    """What is to be put on paper."""

    words: list[Words] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tips: list[Tip] = field(default_factory=list)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of all there is."""
        blocks = [each.block for each in self.words]
        blocks += [each[:4] for each in self.patches]
        for (x1, y1), (x2, y2), *_ in self.strokes:
            blocks.append((min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)))
        blocks += [(x - r, y - r, x + r, y + r) for (x, y), r, _ in self.marks]
        blocks += [(min(x, x + way), y - half, max(x, x + way), y + half) for (x, y), way, half, _ in self.tips]
        if not blocks:
            return 0.0, 0.0, 0.0, 0.0
        lefts, bottoms, rights, tops = zip(*blocks, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)

    def paint(self, page: Page, ax: Axes | None) -> Figure:
        """Draw it into axes, smaller where it must be, or into a figure as large as its content."""
        room = None if ax is None else room_of(ax)
        left, bottom, right, top = self.bounds
        scale = 1.0
        if room is not None:
            wide, high = room[0] - 2 * MARGIN, room[1] - page.strips(room[0])
            scale = max(min(1.0, wide / max(right - left, 1.0), high / max(top - bottom, 1.0)), _SMALLEST)
        bounds = left * scale, bottom * scale, right * scale, top * scale
        figure, pen = page.open(ax, bounds, room)
        self._put(pen, scale)
        return figure

    def _put(self, pen: Pen, scale: float) -> None:
        for patch in self.patches:
            style: dict[str, Any] = {"facecolor": patch.colour, "edgecolor": patch.edge, "linewidth": 0.7}
            pen.box(*(scale * each for each in patch[:4]), linestyle=(0, (3, 1.8)) if patch.dashed else "-", **style)
        for (x, y), way, half, colour in self.tips:
            corners = [(x * scale, (y + half) * scale), ((x + way) * scale, y * scale), (x * scale, (y - half) * scale)]
            pen.tip(corners, colour)
        for stroke in self.strokes:
            xs, ys = zip(stroke.start, stroke.end, strict=True)
            pen.line(
                [x * scale for x in xs],
                [y * scale for y in ys],
                color=stroke.colour,
                linewidth=stroke.width,
                zorder=0.5,
            )
        for mark in self.marks:
            pen.marker((mark.at[0] * scale, mark.at[1] * scale), mark.radius * scale, mark.style)
        for each in self.words:
            more: dict[str, Any] = (
                {"rotation": 90, "ha": "center", "va": "bottom"} if each.upright else {"ha": each.anchor}
            )
            weight = "bold" if each.bold else "normal"
            pen.text(
                each.x * scale,
                each.y * scale,
                each.text,
                each.size * scale,
                weight=weight,
                color=each.colour,
                patch=each.patch,
                **more,
            )
