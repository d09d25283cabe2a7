"""Diagrams of a knowledge graph, for print and for a browser; matplotlib is loaded by the first drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from os import PathLike
from typing import TYPE_CHECKING, Final

from kg.draw.reading import open_reader
from kg.draw.relation import Reader
from kg.draw.selection import LIMIT, STATUSES, Selection, make_selection
from kg.draw.suffixes import FORMS, HTML, SUFFIXES, check_form, check_suffix
from kg.network import Source

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kg.ontology import Ontology

__all__ = ["FORMS", "LIMIT", "STATUSES", "SUFFIXES", "draw"]


def draw(
    source: Source | nx.MultiDiGraph,
    ontology: Ontology,
    *,
    output: str | PathLike[str] | None = None,
    ax: Axes | None = None,
    around: str | None = None,
    hops: int = 1,
    limit: int = LIMIT,
    types: Iterable[str] = (),
    relations: Iterable[str] = (),
    at: str | date | None = None,
    status: Iterable[str] = (),
    form: str = "network",
    title: str | None = None,
) -> Figure:
    """Draw the entities of a store, of quads or of a graph of `to_networkx`, and what relates them.

    - `around` is the label, another name or the IRI of the entity in the middle: then only what is at most `hops` steps
      away is drawn, and no more of a store is read.
    - `limit`: of more entities the nearest to the middle and best supported, else the most closely linked are kept; the
      caption counts the rest.
    - `types` and `relations` are names of classes and properties (label, local or compact name, IRI), those below them
      included: only these are drawn.
    - `at` is a date, ISO 8601 of any precision: what held then, as far as articles tell. Without it the plain facts of
      the present are drawn.
    - `status` adds claims (claimed, denied, possible) with dashed lines, and what is former, acting or future.
    - `form` is a network, a matrix or a timeline; in a timeline `limit` counts dates and periods.

    The figure goes to `output` (.svg, .png, .pdf, or .html to explore in a browser; replaced in one step, the same
    bytes for the same graph) or into `ax`; an empty graph gives a picture that says so. A graph of
    `to_networkx` has plain facts alone.

    Raises SettingError for another suffix or form, for a name that nothing or several have, a date that is none, a
    number out of range, and for a page where the scripts of pages were not built.
    """
    from matplotlib import style

    from kg.draw.write import write_figure

    form = check_form(form)
    suffix = check_suffix(output, form) if output is not None else None
    reader = open_reader(source, ontology)
    selection = make_selection(
        reader, around=around, hops=hops, limit=limit, types=types, relations=relations, at=at, status=status
    )
    printed = replace(selection, limit=min(limit, LIMIT)) if suffix == HTML else selection
    with style.context("default") if ax is None else nullcontext():
        figure, summary, description = _PAINTERS[form](reader, printed, ax, title)
    if output is not None and suffix == HTML:
        from kg.draw.page import write_page

        write_page(reader, selection, figure, output, title=title)
    elif output is not None and suffix is not None:
        write_figure(figure, output, suffix, title=title or summary, description=description)
    return figure


_Painted = tuple["Figure", str, str]


def _network(reader: Reader, selection: Selection, ax: Axes | None, title: str | None) -> _Painted:
    from kg.draw.diagram import make_diagram
    from kg.draw.paint import paint

    diagram = make_diagram(reader, selection)
    return paint(diagram, ax=ax, title=title), diagram.summary, diagram.description


def _matrix(reader: Reader, selection: Selection, ax: Axes | None, title: str | None) -> _Painted:
    from kg.draw.diagram import make_diagram
    from kg.draw.matrix import paint_matrix

    diagram = make_diagram(reader, selection)
    return paint_matrix(diagram, reader.ontology, ax=ax, title=title), diagram.summary, diagram.description


def _timeline(reader: Reader, selection: Selection, ax: Axes | None, title: str | None) -> _Painted:
    from kg.draw.paint_timeline import paint_timeline
    from kg.draw.timeline import make_timeline

    timeline = make_timeline(reader, selection)
    return paint_timeline(timeline, ax=ax, title=title), timeline.summary, timeline.description


_PAINTERS: Final[dict[str, Callable[[Reader, Selection, Axes | None, str | None], _Painted]]] = {
    "network": _network,
    "matrix": _matrix,
    "timeline": _timeline,
}
