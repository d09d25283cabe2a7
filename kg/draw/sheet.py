"""A diagram with a place for everything: boxes, curves and words, in points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg.draw.diagram import Arrow, Diagram, Node
from kg.draw.layout import Point, Size, bounds, lay_out
from kg.draw.routes import Block, Box, Route, find_conflicts, find_routes, place_labels
from kg.draw.words import clean, drawable, measure, wrap
from kg.network import local_name

LABEL: Final = 9.0
NOTE: Final = 8.5
RELATION: Final = 7.5

_RADIUS: Final = 8.0
_HUB: Final = 13.0
_UNDER: Final = 1.5
_SCALES: Final = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
_SQUEEZED: Final = 0.6
_SPREADS: Final = (1.0, 1.12, 1.25, 1.4, 1.6)
_FEW: Final = 60
"""Up to so many arrows all spreads are tried, else the first three."""

_TRIES: Final = 2
_MOST_LABELS: Final = 5

Room = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Routes, words and places are those of the arrows, in their order; `scale` is that of the letters."""

    boxes: dict[str, Box]
    routes: list[Route]
    words: list[list[str]]
    places: list[Point]
    scale: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Give left, bottom, right, top of all there is."""
        blocks = [box.around for box in self.boxes.values()]
        for route, lines, (x, y) in zip(self.routes, self.words, self.places, strict=True):
            width, height = measure(lines, RELATION * self.scale)
            blocks.append((x - width / 2, y - height / 2, x + width / 2, y + height / 2))
            points = route.points()
            blocks.append((*map(float, points.min(axis=0)), *map(float, points.max(axis=0))))  # type: ignore[arg-type]
        if not blocks:
            return 0.0, 0.0, _RADIUS, _RADIUS
        lefts, bottoms, rights, tops = zip(*blocks, strict=True)
        return min(lefts), min(bottoms), max(rights), max(tops)


def make_sheet(diagram: Diagram, *, room: Room | None = None) -> Sheet:
    """Place a diagram; in a room of this width and height letters and distances shrink until it fits.

    Without a room the boxes move apart until no words lie on others, or the best of some tries is taken.
    """
    links = [(arrow.source, arrow.target) for arrow in diagram.arrows]
    words = [wrap_relations(arrow) for arrow in diagram.arrows]
    for scale in _SCALES if room else _SCALES[:1]:
        sizes = {node.iri: box_size(node, scale) for node in diagram.nodes}
        blocks = [measure(lines, RELATION * scale) for lines in words]
        centres = lay_out(sizes, _between(links, blocks))
        if room is None or not centres:
            break
        factors = _factors(centres, sizes, room)
        if min(factors) >= _SQUEEZED or scale == _SCALES[-1]:
            across, along = (min(factor, 1.2) for factor in factors)
            centres = {iri: (x * across, y * along) for iri, (x, y) in centres.items()}
            break
    best: tuple[int, Sheet] | None = None
    for spread in _SPREADS[: 1 if room else 5 if len(links) <= _FEW else 3]:
        boxes = {
            node.iri: _box(node, (x * spread, y * spread), scale)
            for node in diagram.nodes
            for x, y in [centres[node.iri]]
        }
        routes, places, conflicts = _route(links, blocks, boxes)
        if best is None or conflicts < best[0]:
            best = conflicts, Sheet(boxes, routes, words, places, scale)
        if not conflicts:
            break
    assert best is not None
    return best[1]


def _between(links: Sequence[tuple[str, str]], blocks: Sequence[Size]) -> dict[tuple[str, str], Size]:
    """Give the room that words need between two: those of several arrows one above the other."""
    need: dict[tuple[str, str], Size] = {}
    for (one, other), (width, height) in zip(links, blocks, strict=True):
        link = (one, other) if (other, one) not in need else (other, one)
        wide, high = need.get(link, (0.0, 0.0))
        need[link] = max(wide, width), high + height
    return need


def _route(
    links: Sequence[tuple[str, str]], sizes: Sequence[Size], boxes: Mapping[str, Box]
) -> tuple[list[Route], list[Point], int]:
    """Find curves and places of words, once more around the words where they lie on others, and count conflicts."""
    best: tuple[int, list[Route], list[Point]] | None = None
    words: dict[int, Block] = {}
    for _ in range(_TRIES):
        routes = find_routes(links, boxes, words)
        places = place_labels(routes, sizes, boxes)
        blocks = [(x - w / 2, y - h / 2, x + w / 2, y + h / 2) for (x, y), (w, h) in zip(places, sizes, strict=True)]
        conflicts = find_conflicts(routes, blocks, boxes)
        if best is None or conflicts < best[0]:
            best = conflicts, routes, places
        if not conflicts:
            break
        words = dict(enumerate(blocks))
    assert best is not None
    return best[1], best[2], best[0]


def wrap_label(node: Node) -> list[str]:
    """Break the name of an entity into lines."""
    return wrap(name_of(node), 20, 4)


def name_of(node: Node) -> str:
    """Give the label of an entity; another name, or the end of its IRI, where no font has the letters of the label."""
    names = [each for each in (node.label, *node.names) if "…" not in drawable(each) or "…" in each]
    return names[0] if names else local_name(node.iri)


def wrap_note(node: Node) -> list[str]:
    """Break the numbers of an entity into lines; none without numbers."""
    return wrap(node.note, 24, 2) if node.note else []


def wrap_relations(arrow: Arrow) -> list[str]:
    """Put relations of an arrow beside one another, separated by dots, as many in a line as are easily read.

    >>> wrap_relations(Arrow("a", "b", ("chairs", "represents", "spokesperson for"), heads=True))
    ['chairs · represents ·', 'spokesperson for']
    """
    lines: list[str] = []
    more = len(arrow.labels) - _MOST_LABELS
    shown = arrow.labels if more <= 1 else (*arrow.labels[:_MOST_LABELS], f"{more} more")
    for label in map(clean, shown):
        if lines and len(lines[-1]) + len(label) <= 22:
            lines[-1] += f" · {label}"
        else:
            lines[-1:] = [f"{lines[-1]} ·"] if lines else []
            lines += wrap(label, 28, 3)
    return lines


def radius(node: Node) -> float:
    """Give the radius of a marker: larger for the well connected, up to a limit."""
    return float(min(_HUB, _RADIUS + 0.5 * max(0, node.degree - 1)))


def box_size(node: Node, scale: float) -> Size:
    """Give width and height of marker and words together."""
    wide, high = _words_size(node, scale)
    size = 2 * radius(node) * scale
    return max(wide, size), size + _UNDER * scale + high


def _words_size(node: Node, scale: float) -> Size:
    label = measure(wrap_label(node), LABEL * scale)
    note = measure(wrap_note(node), NOTE * scale, bold=True)
    return max(label[0], note[0]), label[1] + note[1]


def _box(node: Node, centre: Point, scale: float) -> Box:
    wide, high = _words_size(node, scale)
    r = radius(node) * scale
    x = centre[0]
    y = centre[1] + box_size(node, scale)[1] / 2 - r
    top = y - r - _UNDER * scale
    return Box((x, y), r, (x - wide / 2, top - high, x + wide / 2, top))


def _factors(centres: Mapping[str, Point], sizes: Mapping[str, Size], room: Room) -> tuple[float, float]:
    """Say by how much distances across and along must shrink (below 1) or may grow to fill a room."""
    left, bottom, right, top = bounds(centres, sizes)
    found = []
    for axis, (extent, space) in enumerate(((right - left, room[0]), (top - bottom, room[1]))):
        values = [centre[axis] for centre in centres.values()]
        spread = max(values) - min(values)
        found.append((space - (extent - spread)) / spread if spread > 1 else 1.0)
    return max(found[0], 0.05), max(found[1], 0.05)
