"""Where the boxes of a diagram go: Graphviz when it is there, else Kamada-Kawai; never one box on another."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Size: TypeAlias = tuple[float, float]
Point: TypeAlias = tuple[float, float]
Link: TypeAlias = tuple[str, str]
Box: TypeAlias = tuple[float, float, float, float]

_STARTS: Final = (7, 1, 2, 3, 4, 5, 6, 8)
"""Seeds of Graphviz; the least tangled outcome is taken."""

_INCH: Final = 72.0
_EDGE: Final = 2.0
_GAP: Final = 14.0
_ASPECT: Final = 1.5
_ROOM: Final = 2.6
_VISIBLE: Final = 9.0
_CLOSEST: Final = 0.45
_LONGEST: Final = 4.0


def lay_out(sizes: Mapping[str, Size], links: Mapping[Link, Size]) -> dict[str, Point]:
    """Give the centre of each box, in points; sizes, of boxes and of the words on links, are width and height.

    Linked boxes stand so far apart that the words fit between them. Every group of linked boxes is laid out by itself,
    then the groups are packed, largest first, in rows of a page that is wider than high.
    """
    graph = nx.Graph()
    graph.add_nodes_from(sorted(sizes))
    graph.add_edges_from(sorted(link for link in links if link[0] != link[1]))
    groups = sorted((sorted(group) for group in nx.connected_components(graph)), key=lambda group: (-len(group), group))
    if not groups:
        return {}
    return _pack([_lay_out_group(graph.subgraph(group), sizes, links) for group in groups], sizes)


def _lay_out_group(graph: nx.Graph, sizes: Mapping[str, Size], links: Mapping[Link, Size]) -> dict[str, Point]:
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    links_of_group = sorted(tuple(sorted(edge)) for edge in graph.edges)
    starts = _STARTS if len(links_of_group) > 2 else _STARTS[:1]
    tries = [found for start in starts if (found := _graphviz(graph, sizes, start))] or [_kamada_kawai(graph, sizes)]
    positions = _turn(min(tries, key=lambda found: _tangle(found, links_of_group)))
    mine = {iri: sizes[iri] for iri in graph}
    words = {link: size for link, size in links.items() if link[0] in mine and link[0] != link[1]}
    gathered = _gather(positions, [*mine.values(), *words.values()], mine)
    return _push_apart(gathered, mine, words)


def _tangle(positions: Mapping[str, Point], links: Sequence[Link]) -> float:
    """Say how tangled straight lines between points are: their crossings, then how much longer the long ones are."""
    ends = np.array([[positions[one], positions[other]] for one, other in links])
    a, b, c, d = ends[:, None, 0], ends[:, None, 1], ends[None, :, 0], ends[None, :, 1]
    crossed = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    lengths = np.hypot(*(ends[:, 0] - ends[:, 1]).T)
    return round(float(crossed.sum()) / 2 + float(lengths.std() / max(lengths.mean(), 1e-6)), 6)


def side(p: NDArray[np.float64], q: NDArray[np.float64], r: NDArray[np.float64]) -> NDArray[np.float64]:
    """Say on which side of the way from p to q the point r lies, by the sign."""
    turn: NDArray[np.float64] = (q - p)[..., 0] * (r - p)[..., 1] - (q - p)[..., 1] * (r - p)[..., 0]
    return turn


def _graphviz(graph: nx.Graph, sizes: Mapping[str, Size], start: int) -> dict[str, Point] | None:
    """Ask Graphviz's neato, from a start that chance with this seed gives; None when pygraphviz is not installed."""
    try:
        import pygraphviz
    except ImportError:
        return None
    names = {iri: str(index) for index, iri in enumerate(sorted(graph))}
    agraph = pygraphviz.AGraph(strict=True, directed=False)
    agraph.graph_attr.update(overlap="voronoi", sep=f"+{_GAP:g}", start=str(start), maxiter="2000", splines="false")
    agraph.node_attr.update(shape="box", fixedsize="true", label="")
    agraph.edge_attr.update(len=f"{_EDGE:g}")
    for iri, name in names.items():
        width, height = sizes[iri]
        agraph.add_node(name, width=f"{width / _INCH:.3f}", height=f"{height / _INCH:.3f}")
    for one, other in sorted(tuple(sorted(edge)) for edge in graph.edges):
        agraph.add_edge(names[one], names[other])
    agraph.layout(prog="neato")
    found = {iri: agraph.get_node(name).attr["pos"].split(",") for iri, name in names.items()}
    return {iri: (float(x), float(y)) for iri, (x, y) in found.items()}


def _kamada_kawai(graph: nx.Graph, sizes: Mapping[str, Size]) -> dict[str, Point]:
    names = sorted(graph)
    ordered = nx.Graph()
    ordered.add_nodes_from(names)
    ordered.add_edges_from(sorted(tuple(sorted(edge)) for edge in graph.edges))
    unit = nx.kamada_kawai_layout(ordered)
    lengths = [math.dist(unit[one], unit[other]) for one, other in ordered.edges]
    scale = _EDGE * _INCH / (sum(lengths) / len(lengths))
    return {iri: (float(unit[iri][0]) * scale, float(unit[iri][1]) * scale) for iri in names}


def _turn(positions: dict[str, Point]) -> dict[str, Point]:
    """Turn a group so that it lies along the page, not across it."""
    points = np.array(list(positions.values()))
    centred = points - points.mean(axis=0)
    values, axes = np.linalg.eigh(centred.T @ centred)
    if len(points) < 3 or values[1] < 2 * max(values[0], 1e-9):
        angle = 0.0 if len(points) > 2 else math.atan2(*(points[1] - points[0])[::-1])
    else:
        angle = math.atan2(axes[1, 1], axes[0, 1])
    angle = (angle + math.pi / 2) % math.pi - math.pi / 2
    cos, sin = math.cos(-angle), math.sin(-angle)
    turned = centred @ np.array([[cos, sin], [-sin, cos]])
    return {iri: (float(x), float(y)) for iri, (x, y) in zip(positions, turned, strict=True)}


def _gather(positions: dict[str, Point], content: list[Size], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Bring a group that takes more room than its words need closer together, and fold one that is too long."""
    left, bottom, right, top = bounds(positions, sizes)
    need = _ROOM * sum((width + _GAP) * (height + _GAP) for width, height in content)
    wide, high = right - left, top - bottom
    page = max(math.sqrt(need * _LONGEST), 5 * _INCH)
    even = min(1.0, max(_CLOSEST, math.sqrt(need / (wide * high))))
    across, along = min(even, page / wide), min(even, page / high)
    return {iri: (x * across, y * along) for iri, (x, y) in positions.items()}


def _push_apart(
    positions: dict[str, Point], sizes: Mapping[str, Size], words: Mapping[Link, Size], rounds: int = 400
) -> dict[str, Point]:
    """Move boxes that overlap apart along the shorter way, and linked ones until their words fit between them."""
    names = {iri: index for index, iri in enumerate(positions)}
    points: NDArray[np.float64] = np.array(list(positions.values()))
    half = (np.array([sizes[iri] for iri in names]) + _GAP) / 2
    reach = half[:, None] + half[None]
    ends = np.array([[names[one], names[other]] for one, other in words]).reshape(-1, 2)
    between = np.array(list(words.values())).reshape(-1, 2) / 2 + _VISIBLE
    for last in range(rounds, -1, -1):
        if last > rounds // 4 and len(ends):
            _stretch(points, half, ends, between)
        overlap = reach - np.abs(points[:, None] - points[None])
        pairs = np.argwhere(np.triu((overlap > 0.5).all(axis=2), 1))
        for i, j in pairs:
            apart = points[j] - points[i]
            both = reach[i, j] - np.abs(apart)
            if (both > 0).all():
                axis = int(np.argmin(both))
                step = (both[axis] / 2 + 0.1) * (1 if apart[axis] >= 0 else -1)
                points[i, axis] -= step
                points[j, axis] += step
    return {iri: (float(x), float(y)) for iri, (x, y) in zip(names, points, strict=True)}


def _stretch(
    points: NDArray[np.float64], half: NDArray[np.float64], ends: NDArray[np.int64], between: NDArray[np.float64]
) -> None:
    """Move the ends of each link a little apart where they are too close for the words on it."""
    way = points[ends[:, 1]] - points[ends[:, 0]]
    length = np.maximum(np.hypot(*way.T), 1.0)[:, None]
    along = way / length
    slope = np.maximum(np.abs(along), 1e-6)
    need = sum((box / slope).min(axis=1) for box in (half[ends[:, 0]], half[ends[:, 1]], 2 * between))
    step = np.clip(need - length[:, 0], 0, None)[:, None] * along * 0.1
    np.subtract.at(points, ends[:, 0], step)
    np.add.at(points, ends[:, 1], step)


def _pack(groups: list[dict[str, Point]], sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Put the groups in rows, from the top left, on the page whose shape and size please most."""
    boxes = [bounds(group, sizes) for group in groups]
    widths = [right - left + _GAP * 2 for left, _, right, _ in boxes]
    pages = sorted({sum(widths[:number]) for number in range(1, len(widths) + 1)} | {max(widths)})
    widest = max(widths)
    rows = min((_rows(boxes, page) for page in pages if page >= widest), key=_size_of_page)
    placed: dict[str, Point] = {}
    for group, (left, _, _, top), (x, y) in zip(
        groups, boxes, [corner for row in rows for corner, _ in row], strict=True
    ):
        for iri, (at_x, at_y) in group.items():
            placed[iri] = (round(x + at_x - left, 1), round(y + at_y - top, 1))
    return placed


def _rows(boxes: Sequence[Box], page: float) -> list[list[tuple[Point, Size]]]:
    """Give the top left corner and the size of each box, in rows that are no wider than a page."""
    rows: list[list[tuple[Point, Size]]] = []
    x = y = 0.0
    for left, bottom, right, top in boxes:
        size = right - left + _GAP * 2, top - bottom + _GAP * 2
        if not rows or x + size[0] > page + 0.5:
            y -= max((high for _, (_, high) in rows[-1]), default=0.0) if rows else 0.0
            rows.append([])
            x = 0.0
        rows[-1].append(((x, y), size))
        x += size[0]
    return rows


def _size_of_page(rows: Sequence[Sequence[tuple[Point, Size]]]) -> float:
    """Give the height of the smallest page of the wanted shape that holds all rows."""
    width = max(sum(wide for _, (wide, _) in row) for row in rows)
    height = sum(max(high for _, (_, high) in row) for row in rows)
    return round(max(width / _ASPECT, height), 3)


def bounds(positions: Mapping[str, Point], sizes: Mapping[str, Size]) -> tuple[float, float, float, float]:
    """Give left, bottom, right and top of all boxes."""
    return (
        min(x - sizes[iri][0] / 2 for iri, (x, _) in positions.items()),
        min(y - sizes[iri][1] / 2 for iri, (_, y) in positions.items()),
        max(x + sizes[iri][0] / 2 for iri, (x, _) in positions.items()),
        max(y + sizes[iri][1] / 2 for iri, (_, y) in positions.items()),
    )
