"""What all pictures are drawn with: words, markers, and the page with its title, legend and caption; in points."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Polygon, Rectangle

from kg.draw.styles import Style
from kg.draw.words import LINE, drawable, families, measure, wrap
from kg.errors import SettingError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

INK: Final = "#1a1a1a"
LINE_COLOUR: Final = "#666666"
WORDS: Final = "#444444"
FAINT: Final = "#dddddd"
DASHES: Final = {
    "claimed": (0, (4, 2.2)),
    "denied": (0, (4, 2.2)),
    "possible": (0, (4, 2.2)),
    "former": (0, (1, 1.8)),
    "undated": (0, (7, 1.6, 1, 1.6)),
}
"""The line of each status other than asserted, in widths of the line."""

SMALL: Final = 8.0
TITLE: Final = 13.0
MARGIN: Final = 14.0
NARROWEST: Final = 320.0

_ROW: Final = 17.0
_PATCH: Final = {"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"}
"""What hides a line under words."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the legend: words with a marker, a letter, or the dash of a status before them."""

    words: str
    style: Style | None = None
    dash: str | None = None
    letter: str | None = None


class Pen:
    """Puts things on axes whose unit is a point."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax

    def text(self, x: float, y: float, text: str, size: float, *, patch: bool = False, **style: object) -> None:
        """Put a line of words down; a patch hides lines under it."""
        options: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": size, "color": INK, **style}
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"Glyph \d+")
            self.ax.text(
                x,
                y,
                text,
                zorder=6,
                parse_math=False,
                family=list(families(text)),
                bbox=_PATCH if patch else None,
                **options,
            )

    def marker(self, at: tuple[float, float], radius: float, style: Style) -> None:
        """Put the marker of a kind down."""
        self.ax.plot(
            [at[0]],
            [at[1]],
            linestyle="none",
            marker=style.shape,
            markersize=2 * radius * style.size,
            markerfacecolor=style.colour,
            markeredgecolor=INK,
            markeredgewidth=0.8,
            zorder=4,
            clip_on=False,
        )

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: object) -> None:
        """Draw a line through points."""
        options: dict[str, Any] = {"color": LINE_COLOUR, "linewidth": 0.9, "zorder": 2, "clip_on": False, **style}
        self.ax.add_line(Line2D(xs, ys, **options))

    def box(self, left: float, bottom: float, right: float, top: float, **style: object) -> None:
        """Draw a rectangle."""
        options: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "zorder": 1, "clip_on": False, **style}
        self.ax.add_patch(Rectangle((left, bottom), right - left, top - bottom, **options))

    def tip(self, corners: Sequence[tuple[float, float]], colour: str) -> None:
        """Draw the open end of a bar, of three corners, over the edge of the bar between the first and the last."""
        self.ax.add_patch(Polygon(corners, facecolor=colour, edgecolor="none", zorder=1.5, clip_on=False))
        self.line(*zip(*corners, strict=True), color=INK, linewidth=0.7, linestyle=(0, (2, 1.4)))


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a picture: a title over it, legend and caption under it."""

    title: str | None
    legend: tuple[Entry, ...]
    caption: str

    def strips(self, width: float) -> float:
        """Give the height of what stands over and under the picture, margins included."""
        legend, caption = self._rows(width), self._lines(width)
        under = _ROW * len(legend) + LINE * SMALL * len(caption) + (MARGIN if legend or caption else 0)
        return 2 * MARGIN + under + self._head(width)

    def open(
        self, ax: Axes | None, bounds: tuple[float, float, float, float], room: tuple[float, float] | None
    ) -> tuple[Figure, Pen]:
        """Set up axes for a picture that takes these bounds (left, bottom, right, top), and put down what is around it.

        Without axes the figure is as large as its content.
        """
        left, bottom, right, top = bounds
        width = max(right - left + 2 * MARGIN, NARROWEST if room is None else room[0])
        height = max(top - bottom + self.strips(width), 0 if room is None else room[1])
        if ax is None:
            figure = Figure(figsize=(width / 72, height / 72))
            FigureCanvasAgg(figure)
            ax = figure.add_axes((0, 0, 1, 1))
        middle, head = (left + right) / 2, top + MARGIN + self._head(width)
        ax.set(xlim=(middle - width / 2, middle + width / 2), ylim=(head - height, head))
        ax.set_axis_off()
        pen = Pen(ax)
        self._put(pen, width, middle - width / 2 + MARGIN, head, head - height)
        return figure_of(ax), pen

    def _put(self, pen: Pen, width: float, edge: float, head: float, foot: float) -> None:
        y = head - MARGIN
        for line in self._title(width):
            pen.text(edge, y, line, TITLE, ha="left", va="top", weight="bold")
            y -= LINE * TITLE
        y = foot + MARGIN
        for line in reversed(self._lines(width)):
            pen.text(edge, y, line, SMALL, ha="left", va="bottom", color=WORDS)
            y += LINE * SMALL
        for row in reversed(self._rows(width)):
            y += _ROW / 2
            for entry, offset in row:
                self._put_entry(pen, edge + offset, y, entry)
            y += _ROW / 2

    def _put_entry(self, pen: Pen, x: float, y: float, entry: Entry) -> None:
        if entry.style:
            pen.marker((x + 5, y), 5.0, entry.style)
        if entry.letter:
            pen.text(x + 5, y, entry.letter, SMALL, weight="bold")
        if entry.dash:
            pen.line((x, x + _dash_width(entry) - 5), (y, y), linestyle=DASHES[entry.dash], linewidth=1.1)
        pen.text(x + _dash_width(entry), y, entry.words, SMALL, ha="left")

    def _title(self, width: float) -> list[str]:
        return wrap(self.title, max(12, int((width - 2 * MARGIN) / (TITLE * 0.66))), 3) if self.title else []

    def _head(self, width: float) -> float:
        lines = self._title(width)
        return LINE * TITLE * len(lines) + MARGIN if lines else 0.0

    def _lines(self, width: float) -> list[str]:
        return wrap(self.caption, int((width - 2 * MARGIN) / (SMALL * 0.58)), 5) if self.caption else []

    def _rows(self, width: float) -> list[list[tuple[Entry, float]]]:
        """Put the legend in rows, each entry with its distance from the left."""
        rows: list[list[tuple[Entry, float]]] = []
        x = 0.0
        for entry in self.legend:
            wide = _dash_width(entry) + measure([entry.words], SMALL)[0] + 18
            if not rows or x + wide > width - 2 * MARGIN:
                rows.append([])
                x = 0.0
            rows[-1].append((entry, x))
            x += wide
        return rows


def _dash_width(entry: Entry) -> float:
    return 27.0 if entry.dash else 15.0


def spaced(kind: str) -> str:
    """Write the local name of a class as words.

    >>> spaced("MediaOrganisation")
    'Media organisation'
    """
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in kind).strip()
    return drawable(words[:1].upper() + words[1:])


def kinds_legend(styles: dict[str, Style]) -> tuple[Entry, ...]:
    """Give the legend of kinds of entities, by name."""
    return tuple(Entry(spaced(kind), style=styles[kind]) for kind in sorted(styles))


def statuses_legend(statuses: set[str]) -> tuple[Entry, ...]:
    """Give the legend of the lines of what is only said, and of what is no more."""
    said = [each for each in ("claimed", "denied", "possible") if each in statuses]
    entries = [Entry(f"{_joined(said)}, not a fact".capitalize(), dash=said[0])] if said else []
    if "former" in statuses:
        entries.append(Entry("Not at present", dash="former"))
    if "undated" in statuses:
        entries.append(Entry("Not known whether it held on that date already or still", dash="undated"))
    return tuple(entries)


def _joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def figure_of(ax: Axes) -> Figure:
    """Give the figure of axes; raise SettingError where there is none."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise SettingError("the axes belong to no figure; make them with add_subplot or subplots")
    return figure


def room_of(ax: Axes) -> tuple[float, float]:
    """Give width and height of axes, in points."""
    box = ax.get_window_extent()
    dpi = figure_of(ax).dpi
    return box.width * 72 / dpi, box.height * 72 / dpi
