"""Static diagrams of a knowledge graph; matplotlib is loaded by the first drawing, not by this import."""

from __future__ import annotations

from contextlib import nullcontext
from os import PathLike
from typing import TYPE_CHECKING

from kg.draw.diagram import make_diagram
from kg.draw.suffixes import SUFFIXES, check_suffix
from kg.network import Source, to_networkx

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kg.ontology import Ontology

__all__ = ["SUFFIXES", "draw"]


def draw(
    source: Source | nx.MultiDiGraph,
    ontology: Ontology,
    *,
    output: str | PathLike[str] | None = None,
    ax: Axes | None = None,
    around: str | None = None,
    hops: int = 1,
    limit: int = 30,
    title: str | None = None,
) -> Figure:
    """Draw the entities of a store, of quads or of a graph of `to_networkx`, and the plain facts between them.

    `around` is the label, another name or the IRI of the entity in the middle: then only what is at most `hops` steps
    away is drawn. Of more entities than `limit` the nearest to the middle, then the best connected, then the first by
    label are kept; the caption counts the rest. The figure goes to `output` (.svg, .png, .pdf; replaced in one step,
    the same bytes for the same graph) or into `ax`; an empty graph gives a picture that says so.

    Raises SettingError for another suffix, for a name that no entity or several have, and for numbers out of range.
    """
    import networkx as nx
    from matplotlib import style

    from kg.draw.paint import paint
    from kg.draw.write import write_figure

    suffix = check_suffix(output) if output is not None else None
    graph = source if isinstance(source, nx.MultiDiGraph) else to_networkx(source, ontology)
    diagram = make_diagram(graph, ontology, around=around, hops=hops, limit=limit)
    with style.context("default") if ax is None else nullcontext():
        figure = paint(diagram, ax=ax, title=title)
    if output is not None and suffix is not None:
        write_figure(figure, output, suffix, title=title or diagram.summary, description=diagram.description)
    return figure
