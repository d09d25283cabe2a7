"""The ways of the arrows around the boxes, and a free place on each for its words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.draw.layout import Point, Size

Floats = NDArray[np.float64]

_STEPS: Final = np.linspace(0, 1, 65)
_COARSE: Final = np.linspace(0.04, 0.96, 13)
_SINGLE: Final = (0.0, 0.08, -0.08, 0.16, -0.16, 0.25, -0.25, 0.36, -0.36)
_DOUBLE: Final = (0.14, 0.2, 0.27, 0.36)
_PLACES: Final = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86)


@dataclass(frozen=True, slots=True)
class Box:
    """An entity in the picture: its marker, a circle, and the block of its words under it."""

    centre: Point
    radius: float
    words: tuple[float, float, float, float]
    """Left, bottom, right, top."""

    @property
    def around(self) -> tuple[float, float, float, float]:
        """Give left, bottom, right, top of marker and words together."""
        (x, y), r = self.centre, self.radius
        left, bottom, right, top = self.words
        return min(left, x - r), min(bottom, y - r), max(right, x + r), max(top, y + r)


@dataclass(frozen=True, slots=True)
class Route:
    """A quadratic Bézier curve from the edge of one box to that of another: start, control, end."""

    start: Point
    control: Point
    end: Point

    def points(self) -> Floats:
        """Give points along the way, at even steps of the curve."""
        return _curve(np.array([self.start, self.control, self.end]))


def find_routes(links: Sequence[tuple[str, str]], boxes: Mapping[str, Box]) -> list[Route]:
    """Find one curve a link: straight where nothing stands between, both ways apart where there are two."""
    pairs = set(links)
    names = list(boxes)
    markers = np.array([_marker(box) for box in boxes.values()]).reshape(-1, 4)
    words = np.array([box.words for box in boxes.values()]).reshape(-1, 4)
    routes: list[Route] = []
    drawn: list[Floats] = []
    for source, target in links:
        one, other = boxes[source], boxes[target]
        if source == target:
            routes.append(_loop(one))
            continue
        free = [iri not in (source, target) for iri in names]
        others = np.concatenate([markers[free], words[free]])
        best: tuple[float, Floats] | None = None
        for bend in _DOUBLE if (target, source) in pairs else _SINGLE:
            curve = _bend(one.centre, other.centre, bend)
            cost = min(_inside(_curve(curve), others), 8) + _crossings(_curve(curve, _COARSE), drawn) + 8 * abs(bend)
            if best is None or cost < best[0]:
                best = (cost, curve)
        assert best is not None
        drawn.append(_curve(best[1], _COARSE))
        routes.append(_trim(best[1], one, other))
    return routes


def place_labels(routes: Sequence[Route], sizes: Sequence[Size], boxes: Mapping[str, Box]) -> list[Point]:
    """Find the centre of the words of each route: on its line, off the boxes, off other words and other lines."""
    solid = np.array([part for box in boxes.values() for part in (_marker(box), box.words)]).reshape(-1, 4)
    lines = [route.points() for route in routes]
    order = sorted(range(len(routes)), key=lambda index: (_length(lines[index]), index))
    taken: list[tuple[float, float, float, float]] = []
    places: dict[int, Point] = {}
    for index in order:
        width, height = sizes[index]
        strangers = [line for other, line in enumerate(lines) if other != index]
        best: tuple[float, Point, tuple[float, float, float, float]] | None = None
        for place in _PLACES:
            x, y = (float(value) for value in _at(routes[index], place))
            block = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
            cost = 40 * _share(block, solid) + 40 * _share(block, np.array(taken).reshape(-1, 4))
            cost += 0.2 * sum(int(_inside(line, np.array([block])) > 0) for line in strangers) + abs(place - 0.5)
            if best is None or cost < best[0]:
                best = (cost, (x, y), block)
        assert best is not None
        places[index] = best[1]
        taken.append(best[2])
    return [places[index] for index in range(len(routes))]


def _bend(start: Point, end: Point, bend: float) -> Floats:
    """Make the curve that matplotlib calls arc3: the control point stands off the middle by `bend` times the length."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1))
    return np.array([start, middle, end])


def _curve(points: Floats, steps: Floats = _STEPS) -> Floats:
    t = steps[:, None]
    curve: Floats = (1 - t) ** 2 * points[0] + 2 * t * (1 - t) * points[1] + t**2 * points[2]
    return curve


def _at(route: Route, place: float) -> Floats:
    point: Floats = _curve(np.array([route.start, route.control, route.end]), np.array([place]))[0]
    return point


def _length(line: Floats) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _inside(points: Floats, boxes: Floats, margin: float = 3.0) -> float:
    """Count the points that lie in boxes."""
    if not len(boxes):
        return 0.0
    x, y = points[:, :1], points[:, 1:]
    left, bottom, right, top = boxes.T
    return float(((x > left - margin) & (x < right + margin) & (y > bottom - margin) & (y < top + margin)).sum())


def _share(block: tuple[float, float, float, float], boxes: Floats, margin: float = 2.0) -> float:
    """Give the part of a block that boxes cover."""
    if not len(boxes):
        return 0.0
    left, bottom, right, top = block
    wide = np.minimum(boxes[:, 2] + margin, right) - np.maximum(boxes[:, 0] - margin, left)
    high = np.minimum(boxes[:, 3] + margin, top) - np.maximum(boxes[:, 1] - margin, bottom)
    covered = float((np.clip(wide, 0, None) * np.clip(high, 0, None)).sum())
    return covered / max((right - left) * (top - bottom), 1.0)


def _marker(box: Box) -> tuple[float, float, float, float]:
    (x, y), r = box.centre, box.radius
    return x - r, y - r, x + r, y + r


def _covers(box: Box, points: Floats, gap: float) -> NDArray[np.bool_]:
    """Say which points lie on the marker or on the words of a box."""
    left, bottom, right, top = box.words
    x, y = points.T
    words = (x > left - gap) & (x < right + gap) & (y > bottom - gap) & (y < top + gap)
    marker = np.hypot(x - box.centre[0], y - box.centre[1]) < box.radius + gap
    covered: NDArray[np.bool_] = words | marker
    return covered


def _trim(curve: Floats, one: Box, other: Box) -> Route:
    """Cut a curve between two centres where it leaves the first box and where it reaches the second."""
    steps = np.linspace(0, 1, 257)
    points = _curve(curve, steps)
    left = np.flatnonzero(_covers(one, points, 1.5))[-1]
    reached = np.flatnonzero(_covers(other, points, 3.0))[0]
    first, last = (steps[left], steps[reached]) if reached - left > 2 else (0.3, 0.7)
    a, b, c = curve
    corners = [
        (1 - s) * (1 - t) * a + ((1 - s) * t + s * (1 - t)) * b + s * t * c
        for s, t in ((first, first), (first, last), (last, last))
    ]
    start, control, end = (tuple(round(float(value), 2) for value in corner) for corner in corners)
    return Route((start[0], start[1]), (control[0], control[1]), (end[0], end[1]))


def _loop(box: Box) -> Route:
    """Make the curve from a marker over its top and back."""
    (x, y), r = box.centre, box.radius
    side, height = r * 0.7, y + r * 0.75
    return Route((x - side, height), (x, y + r * 5), (x + side, height))


def _crossings(line: Floats, others: list[Floats]) -> float:
    """Count how often the pieces of a line cross those of others."""
    if not others:
        return 0.0
    a, b = line[:-1, None], line[1:, None]
    c = np.concatenate([other[:-1] for other in others])[None]
    d = np.concatenate([other[1:] for other in others])[None]
    return float(((_side(a, b, c) * _side(a, b, d) < 0) & (_side(c, d, a) * _side(c, d, b) < 0)).sum())


def _side(p: Floats, q: Floats, r: Floats) -> Floats:
    """Say on which side of the way from p to q the point r lies, by the sign."""
    turn: Floats = (q - p)[..., 0] * (r - p)[..., 1] - (q - p)[..., 1] * (r - p)[..., 0]
    return turn
