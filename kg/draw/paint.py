"""A diagram on paper: markers, words and arrows, drawn with matplotlib; one unit is one point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path as Outline

from kg.draw.diagram import Diagram
from kg.draw.pen import DASHES, LINE_COLOUR, MARGIN, WORDS, Page, Pen, kinds_legend, room_of, statuses_legend
from kg.draw.routes import Box
from kg.draw.sheet import LABEL, NOTE, RELATION, Sheet, make_sheet, wrap_label, wrap_note
from kg.draw.words import LINE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

EMPTY: Final = "Nothing to draw: the graph has no entities."


def paint(diagram: Diagram, *, ax: Axes | None = None, title: str | None = None) -> Figure:
    """Draw a diagram into `ax`, or into a new figure as large as its content; give the figure."""
    legend = kinds_legend(diagram.styles) + statuses_legend({arrow.status for arrow in diagram.arrows})
    page = Page(title, legend, diagram.caption)
    room = None if ax is None else room_of(ax)
    sheet = make_sheet(diagram, room=None if room is None else (room[0] - 2 * MARGIN, room[1] - page.strips(room[0])))
    left, bottom, right, top = sheet.bounds
    figure, pen = page.open(ax, sheet.bounds, room)
    _put_arrows(pen, diagram, sheet)
    _put_nodes(pen, diagram, sheet.boxes, sheet.scale)
    if not diagram.nodes:
        pen.text((left + right) / 2, (top + bottom) / 2, EMPTY, LABEL, color=WORDS)
    return figure


def _put_nodes(pen: Pen, diagram: Diagram, boxes: Mapping[str, Box], scale: float) -> None:
    for node in diagram.nodes:
        box = boxes[node.iri]
        pen.marker(box.centre, box.radius, diagram.styles[node.kind])
        y = box.words[3]
        for lines, size, weight in ((wrap_label(node), LABEL, "normal"), (wrap_note(node), NOTE, "bold")):
            for line in lines:
                y -= LINE * size * scale / 2
                pen.text(box.centre[0], y, line, size * scale, weight=weight, patch=True)
                y -= LINE * size * scale / 2


def _put_arrows(pen: Pen, diagram: Diagram, sheet: Sheet) -> None:
    for arrow, route in zip(diagram.arrows, sheet.routes, strict=True):
        outline = Outline([route.start, route.control, route.end], [1, 3, 3])
        for style in ("-", "-|>") if arrow.heads else ("-",):
            head = style != "-"
            pen.ax.add_patch(
                FancyArrowPatch(
                    path=outline,
                    arrowstyle=style,
                    mutation_scale=10.5 * sheet.scale,
                    linewidth=0.0 if head else 0.9,
                    linestyle=DASHES.get(arrow.status, "-"),
                    color=LINE_COLOUR,
                    zorder=2,
                    clip_on=False,
                )
            )
    for lines, (x, y) in zip(sheet.words, sheet.places, strict=True):
        size = RELATION * sheet.scale
        for row, line in enumerate(lines):
            at = y + (len(lines) / 2 - row - 0.5) * LINE * size
            pen.text(x, at, line, size, color=WORDS, patch=True)
