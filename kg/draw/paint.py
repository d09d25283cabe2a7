"""A diagram on paper: markers, words, arrows, legend and caption, drawn with matplotlib; one unit is one point."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import Stroke

from kg.draw.diagram import Diagram
from kg.draw.routes import Box
from kg.draw.sheet import LABEL, NOTE, RELATION, Sheet, make_sheet, wrap_label, wrap_note
from kg.draw.styles import Style
from kg.draw.words import LINE, clean, families, measure, wrap
from kg.errors import SettingError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EMPTY: Final = "Nothing to draw: the graph has no entities."

_SMALL: Final = 8.0
_TITLE: Final = 13.0
_MARGIN: Final = 14.0
_ROW: Final = 17.0
_NARROWEST: Final = 320.0
_INK: Final = "#1a1a1a"
_LINE: Final = "#777777"
_WORDS: Final = "#444444"
_PATCH: Final = {"boxstyle": "square,pad=0.08", "facecolor": "white", "edgecolor": "none"}
"""What hides the line under the words of a relation."""


def paint(diagram: Diagram, *, ax: Axes | None = None, title: str | None = None) -> Figure:
    """Draw a diagram into `ax`, or into a new figure as large as its content; give the figure."""
    room = None if ax is None else _room(ax)
    wide = _NARROWEST if room is None else room[0]
    sheet = make_sheet(
        diagram, room=None if room is None else (wide - 2 * _MARGIN, room[1] - _strips(diagram, wide, title))
    )
    left, bottom, right, top = sheet.bounds
    width = max(right - left + 2 * _MARGIN, wide)
    height = top - bottom + _strips(diagram, width, title)
    if ax is None:
        figure = Figure(figsize=(width / 72, height / 72))
        FigureCanvasAgg(figure)
        ax = figure.add_axes((0, 0, 1, 1))
    else:
        height = max(height, room[1]) if room else height
    middle, head = (left + right) / 2, top + _MARGIN + (_ROW * 1.5 if title else 0)
    ax.set(xlim=(middle - width / 2, middle + width / 2), ylim=(head - height, head))
    ax.set_axis_off()
    painter = _Painter(ax, sheet.scale)
    painter.arrows(diagram, sheet)
    painter.nodes(diagram, sheet.boxes)
    edge = middle - width / 2 + _MARGIN
    if title:
        painter.text(edge, head - _MARGIN, [clean(title)], _TITLE, ha="left", va="top", weight="bold")
    if not diagram.nodes:
        painter.text(middle, (top + bottom) / 2, [EMPTY], LABEL, color=_WORDS)
    y = head - height + _MARGIN
    for line in reversed(_caption(diagram, width)):
        painter.text(edge, y, [line], _SMALL, ha="left", va="bottom", color=_WORDS)
        y += LINE * _SMALL
    for row in reversed(_legend(diagram, width)):
        y += _ROW / 2
        for kind, offset in row:
            painter.marker((edge + offset + 5, y), 5.0, diagram.styles[kind])
            painter.text(edge + offset + 15, y, [spaced(kind)], _SMALL, ha="left")
        y += _ROW / 2
    return _figure_of(ax)


def spaced(kind: str) -> str:
    """Write the local name of a class as words.

    >>> spaced("MediaOrganisation")
    'Media organisation'
    """
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in kind).strip()
    return words[:1].upper() + words[1:]


class _Painter:
    """Puts things on axes whose unit is a point; `scale` makes words and markers smaller."""

    def __init__(self, ax: Axes, scale: float) -> None:
        self.ax = ax
        self.scale = scale

    def text(self, x: float, y: float, lines: Sequence[str], size: float, **style: object) -> None:
        """Put words down, a white rim of the same words under them."""
        text = "\n".join(lines)
        options: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": size, **style}
        options["family"] = list(families(text))
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"Glyph \d+")
            rim = self.ax.text(x, y, text, zorder=5, parse_math=False, **{**options, "color": "white"})
            rim.set_path_effects([Stroke(linewidth=size * 0.33, foreground="white")])
            options.pop("bbox", None)
            self.ax.text(x, y, text, zorder=6, parse_math=False, **{"color": _INK, **options})

    def marker(self, at: tuple[float, float], radius: float, style: Style) -> None:
        self.ax.plot(
            [at[0]],
            [at[1]],
            linestyle="none",
            marker=style.shape,
            markersize=2 * radius * style.size,
            markerfacecolor=style.colour,
            markeredgecolor=_INK,
            markeredgewidth=0.8,
            zorder=4,
            clip_on=False,
        )

    def nodes(self, diagram: Diagram, boxes: Mapping[str, Box]) -> None:
        for node in diagram.nodes:
            box = boxes[node.iri]
            self.marker(box.centre, box.radius, diagram.styles[node.kind])
            y = box.words[3]
            for lines, size, weight in ((wrap_label(node), LABEL, "normal"), (wrap_note(node), NOTE, "bold")):
                for line in lines:
                    y -= LINE * size * self.scale / 2
                    self.text(box.centre[0], y, [line], size * self.scale, weight=weight)
                    y -= LINE * size * self.scale / 2

    def arrows(self, diagram: Diagram, sheet: Sheet) -> None:
        for arrow, route in zip(diagram.arrows, sheet.routes, strict=True):
            self.ax.add_patch(
                FancyArrowPatch(
                    path=Outline([route.start, route.control, route.end], [1, 3, 3]),
                    arrowstyle="-|>" if arrow.heads else "-",
                    mutation_scale=8 * self.scale,
                    linewidth=0.9,
                    color=_LINE,
                    zorder=2,
                    clip_on=False,
                )
            )
        for lines, (x, y) in zip(sheet.words, sheet.places, strict=True):
            size = RELATION * self.scale
            for row, line in enumerate(lines):
                at = y + (len(lines) / 2 - row - 0.5) * LINE * size
                self.text(x, at, [line], size, color=_WORDS, bbox=_PATCH)


def _figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    if figure is None:
        raise SettingError("the axes belong to no figure; make them with add_subplot or subplots")
    return figure


def _room(ax: Axes) -> tuple[float, float]:
    """Give width and height of axes, in points."""
    box = ax.get_window_extent()
    dpi = _figure_of(ax).dpi
    return box.width * 72 / dpi, box.height * 72 / dpi


def _strips(diagram: Diagram, width: float, title: str | None) -> float:
    """Give the height of what stands over and under the diagram, margins included."""
    legend, caption = _legend(diagram, width), _caption(diagram, width)
    under = _ROW * len(legend) + LINE * _SMALL * len(caption) + (_MARGIN if legend or caption else 0)
    return 2 * _MARGIN + under + (_ROW * 1.5 if title else 0)


def _caption(diagram: Diagram, width: float) -> list[str]:
    return wrap(diagram.caption, int((width - 2 * _MARGIN) / (_SMALL * 0.58)), 4) if diagram.caption else []


def _legend(diagram: Diagram, width: float) -> list[list[tuple[str, float]]]:
    """Put the kinds of the diagram in rows, each with its distance from the left."""
    rows: list[list[tuple[str, float]]] = []
    x = 0.0
    for kind in sorted(diagram.styles):
        wide = 15 + measure([spaced(kind)], _SMALL)[0] + 18
        if not rows or x + wide > width - 2 * _MARGIN:
            rows.append([])
            x = 0.0
        rows[-1].append((kind, x))
        x += wide
    return rows
