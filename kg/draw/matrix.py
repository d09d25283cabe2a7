"""A diagram as a matrix: who has relations in rows, to whom in columns, and a letter for each relation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from string import ascii_lowercase, ascii_uppercase
from typing import TYPE_CHECKING, Final

from kg.draw.diagram import Arrow, Diagram, Node
from kg.draw.paint import EMPTY
from kg.draw.pen import FAINT, INK, WORDS, Entry, Page, kinds_legend, statuses_legend
from kg.draw.selection import CLAIMS
from kg.draw.sheet import name_of
from kg.draw.sketch import Mark, Patch, Sketch, Stroke, Words
from kg.draw.styles import COLOURS, lighter
from kg.draw.words import measure, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kg.ontology import Ontology

_SIZE: Final = 8.5
_CELL: Final = 18.0
_LETTERS: Final = ascii_uppercase + ascii_lowercase
_SHOWN: Final = 3
"""How many letters stand in a cell; more are counted."""

_ROUNDS: Final = 6
NOTHING: Final = "Nothing to draw: there are no relations."
HOW_TO_READ: Final = "A letter says how the entity of its row stands to that of its column."


def paint_matrix(diagram: Diagram, ontology: Ontology, *, ax: Axes | None = None, title: str | None = None) -> Figure:
    """Draw a diagram as a matrix; give the figure."""
    letters = letters_of(diagram)
    legend = tuple(Entry(ontology.label(iri), letter=letter) for iri, letter in letters.items())
    statuses = statuses_legend({arrow.status for arrow in diagram.arrows})
    caption = " ".join(part for part in (HOW_TO_READ if letters else "", diagram.caption) if part)
    return sketch_matrix(diagram, letters).paint(
        Page(title, legend + kinds_legend(diagram.styles) + statuses, caption), ax
    )


def letters_of(diagram: Diagram) -> dict[str, str]:
    """Give each property of the arrows a letter, the most frequent first; more than 52 share the last one."""
    number = Counter(iri for arrow in diagram.arrows for iri in arrow.properties)
    ranked = sorted(number, key=lambda iri: (-number[iri], iri))
    return {iri: _LETTERS[min(index, len(_LETTERS) - 1)] for index, iri in enumerate(ranked)}


def sketch_matrix(diagram: Diagram, letters: Mapping[str, str]) -> Sketch:
    """Place the rows, the columns and the letters."""
    sketch = Sketch()
    if not diagram.arrows:
        sketch.words.append(Words(0, 0, NOTHING if diagram.nodes else EMPTY, 9.0, colour=WORDS))
        return sketch
    cells: defaultdict[tuple[str, str], list[Arrow]] = defaultdict(list)
    for arrow in diagram.arrows:
        cells[arrow.source, arrow.target].append(arrow)
    rows, columns = order_matrix(cells, {node.iri: (node.kind, node.label, node.iri) for node in diagram.nodes})
    told = {ends: _told(arrows, letters) for ends, arrows in cells.items()}
    wide = max(_CELL, *(measure([text], _SIZE, bold=True)[0] + 7 for text in told.values()))
    nodes = {node.iri: node for node in diagram.nodes}
    _put_names(sketch, diagram, [nodes[iri] for iri in rows], [nodes[iri] for iri in columns], wide)
    for (source, target), text in told.items():
        left, top = columns.index(target) * wide, -rows.index(source) * _CELL
        sure = any(arrow.status not in CLAIMS for arrow in cells[source, target])
        place = list(letters.values()).index(text[0])
        colour = lighter(COLOURS[place % len(COLOURS)]) if sure else "white"
        sketch.patches.append(
            Patch(left + 1, top - _CELL + 1, left + wide - 1, top - 1, colour, INK if not sure else colour, not sure)
        )
        sketch.words.append(Words(left + wide / 2, top - _CELL / 2, text, _SIZE, "center", bold=True))
    return sketch


def _put_names(sketch: Sketch, diagram: Diagram, rows: list[Node], columns: list[Node], wide: float) -> None:
    right, bottom = len(columns) * wide, -len(rows) * _CELL
    for index in range(len(rows) + 1):
        sketch.strokes.append(Stroke((0, -index * _CELL), (right, -index * _CELL), FAINT))
    for index in range(len(columns) + 1):
        sketch.strokes.append(Stroke((index * wide, 0), (index * wide, bottom), FAINT))
    for index, node in enumerate(rows):
        y = -(index + 0.5) * _CELL
        sketch.marks.append(Mark((-9, y), 4.5, diagram.styles[node.kind]))
        sketch.words.append(Words(-18, y, wrap(name_of(node), 42, 1)[0], _SIZE, "right"))
    for index, node in enumerate(columns):
        x = (index + 0.5) * wide
        sketch.marks.append(Mark((x, 9), 4.5, diagram.styles[node.kind]))
        sketch.words.append(Words(x, 18, wrap(name_of(node), 42, 1)[0], _SIZE, upright=True))


def order_matrix(
    cells: Iterable[tuple[str, str]], names: Mapping[str, tuple[str, str, str]]
) -> tuple[list[str], list[str]]:
    """Order rows and columns so that what is related stands along the diagonal, as far as some rounds bring it."""
    cells = list(cells)
    rows = sorted({source for source, _ in cells}, key=names.__getitem__)
    columns = sorted({target for _, target in cells}, key=names.__getitem__)
    for _ in range(_ROUNDS):
        rows = _by_middle(rows, columns, cells, names)
        columns = _by_middle(columns, rows, [(target, source) for source, target in cells], names)
    return rows, columns


def _by_middle(
    these: list[str], others: list[str], cells: Iterable[tuple[str, str]], names: Mapping[str, tuple[str, str, str]]
) -> list[str]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    index = {iri: place for place, iri in enumerate(others)}
    for this, other in cells:
        places[this].append(index[other])
    return sorted(these, key=lambda iri: (round(sum(places[iri]) / len(places[iri]), 6), names[iri]))


def _told(arrows: Iterable[Arrow], letters: Mapping[str, str]) -> str:
    told = sorted({letters[iri] for arrow in arrows for iri in arrow.properties}, key=_LETTERS.index)
    return "".join(told[:_SHOWN]) + (f"+{len(told) - _SHOWN}" if len(told) > _SHOWN else "")
