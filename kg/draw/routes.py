"""The ways of the arrows around the boxes, and a free place on each for its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.draw.layout import Point, Size, side

Floats: TypeAlias = NDArray[np.float64]
Block: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top."""

_STEPS: Final = np.linspace(0, 1, 97)
_COARSE: Final = np.linspace(0.04, 0.96, 8)
_SINGLE: Final = (0.0, 0.08, -0.08, 0.16, -0.16, 0.25, -0.25, 0.36, -0.36)
_PARALLEL: Final = (
    (0.14, 0.2, 0.27, 0.36),
    (-0.14, -0.2, -0.27, -0.36),
    (0.4, 0.48, 0.56),
    (-0.4, -0.48, -0.56),
)
"""The bends of the first, second, ... arrow of a pair that has several, seen from the end that comes first by name."""

_PLACES: Final = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8, 0.14, 0.86)
_ASIDE: Final = (0.0, 1.0, -1.0)
_ROUNDS: Final = 3
_BENDING: Final = 8.0


@dataclass(frozen=True, slots=True)
class Box:
    """An entity in the picture: its marker, a circle, and the block of its words under it."""

    centre: Point
    radius: float
    words: Block

    @property
    def around(self) -> Block:
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


def find_routes(
    links: Sequence[tuple[str, str]], boxes: Mapping[str, Box], words: Mapping[int, Block] | None = None
) -> list[Route]:
    """Find one curve a link: straight where nothing stands between, apart where there are several between two.

    `words` are blocks that others than the link of that index keep clear of.
    """
    rows = _rows(links)
    names = list(boxes)
    markers = np.array([_marker(box) for box in boxes.values()]).reshape(-1, 4)
    blocks = np.array([box.words for box in boxes.values()]).reshape(-1, 4)
    routes: list[Route] = []
    drawn: list[Floats] = []
    for index, (source, target) in enumerate(links):
        one, other = boxes[source], boxes[target]
        if source == target:
            routes.append(_loop(one))
            continue
        free = [iri not in (source, target) for iri in names]
        others = np.concatenate([markers[free], blocks[free]])
        strange = np.array([block for each, block in (words or {}).items() if each != index]).reshape(-1, 4)
        best: tuple[float, Floats] | None = None
        for bend in rows[index]:
            if best is not None and best[0] <= _BENDING * abs(bend):
                continue
            curve = _bend(one.centre, other.centre, bend)
            points = _curve(curve)
            touched = min(_inside(points, others), 8) + min(_inside(points, strange, 0.5), 8)
            cost = 4 * touched + _BENDING * abs(bend)
            if best is None or cost < best[0]:
                cost += 2 * _crossings(_curve(curve, _COARSE), drawn)
            if best is None or cost < best[0]:
                best = (cost, curve)
        assert best is not None
        drawn.append(_curve(best[1], _COARSE))
        routes.append(_trim(best[1], one, other))
    return routes


def _rows(links: Sequence[tuple[str, str]]) -> list[tuple[float, ...]]:
    """Give the bends that each link may take: one side of its own where there are several between two."""
    number = Counter(frozenset(link) for link in links)
    seen: Counter[frozenset[str]] = Counter()
    rows: list[tuple[float, ...]] = []
    for source, target in links:
        pair = frozenset((source, target))
        if number[pair] == 1:
            rows.append(_SINGLE)
            continue
        turn, seen[pair] = seen[pair], seen[pair] + 1
        sign = 1 if source < target else -1
        middle = number[pair] % 2 == 1
        row = (0.0,) if middle and turn == 0 else _PARALLEL[min(turn - middle, len(_PARALLEL) - 1)]
        rows.append(tuple(sign * bend for bend in row))
    return rows


def place_labels(routes: Sequence[Route], sizes: Sequence[Size], boxes: Mapping[str, Box]) -> list[Point]:
    """Find the centre of the words of each route: on its line or beside it, off the boxes, other words and lines."""
    solid = np.array([part for box in boxes.values() for part in (_marker(box), box.words)]).reshape(-1, 4)
    lines = [route.points() for route in routes]
    order = sorted(range(len(routes)), key=lambda index: (_length(lines[index]), index))
    choices = [_candidates(index, routes[index], sizes[index], solid, lines) for index in range(len(routes))]
    taken = np.full((len(routes), 4), np.inf)
    places: dict[int, Point] = {}
    for _ in range(_ROUNDS):
        for index in order:
            costs, centres, blocks = choices[index]
            others = np.delete(taken, index, axis=0)
            best = int(np.argmin(np.round(costs + 60 * _shares(blocks, others), 9)))
            taken[index] = blocks[best]
            places[index] = float(centres[best, 0]), float(centres[best, 1])
    return [places[index] for index in range(len(routes))]


def _candidates(
    index: int, route: Route, size: Size, solid: Floats, lines: Sequence[Floats]
) -> tuple[Floats, Floats, Floats]:
    """Give the places for the words of a route: what each costs, other words left aside, its centre and its block."""
    half = np.array(size) / 2
    strangers = [line for other, line in enumerate(lines) if other != index]
    everywhere = np.concatenate(strangers) if strangers else np.zeros((0, 2))
    places, sides = (each.ravel() for each in np.meshgrid(_PLACES, _ASIDE, indexing="ij"))
    curve = np.array([route.start, route.control, route.end])
    away = _normals(curve, places)
    off = sides * (np.abs(away) @ half + 2.5)
    centres = _curve(curve, places) + off[:, None] * away
    blocks = np.concatenate([centres - half, centres + half], axis=1)
    costs = 60 * _shares(blocks, solid) + np.abs(places - 0.5) + 0.8 * np.abs(sides)
    low, high = blocks[:, :2].min(axis=0) - 1, blocks[:, 2:].max(axis=0) + 1
    near = everywhere[((everywhere > low) & (everywhere < high)).all(axis=1)]
    return costs + 0.6 * _counts(near, blocks, 0.5), centres, blocks


def _normals(curve: Floats, places: Floats) -> Floats:
    """Give the directions straight away from a curve at some places."""
    along = _curve(curve, places + 0.02) - _curve(curve, places - 0.02)
    length = np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-6)
    normals: Floats = np.stack([-along[:, 1], along[:, 0]], axis=1) / length[:, None]
    return normals


def find_conflicts(routes: Sequence[Route], blocks: Sequence[Block], boxes: Mapping[str, Box]) -> int:
    """Count what overlaps: words with words, with entities and with lines of others, lines with entities of others."""
    solid = np.array([part for box in boxes.values() for part in (_marker(box), box.words)]).reshape(-1, 4)
    words = np.array(blocks).reshape(-1, 4)
    found = int((_shares(words, solid, 0.0) > 0).sum())
    found += sum(int(_shares(words[i : i + 1], words[i + 1 :], 0.0)[0] > 0) for i in range(len(words)))
    for index, route in enumerate(routes):
        line = route.points()
        found += int((_counts(line, np.delete(words, index, axis=0), -0.5) > 0).sum())
        found += int((_counts(line[4:-4], solid, -0.5) > 0).sum())
    return found


def _bend(start: Point, end: Point, bend: float) -> Floats:
    """Make the curve that matplotlib calls arc3: the control point stands off the middle by `bend` times the length."""
    (x1, y1), (x2, y2) = start, end
    middle = ((x1 + x2) / 2 + bend * (y2 - y1), (y1 + y2) / 2 - bend * (x2 - x1))
    return np.array([start, middle, end])


def _curve(points: Floats, steps: Floats = _STEPS) -> Floats:
    t = steps[:, None]
    curve: Floats = (1 - t) ** 2 * points[0] + 2 * t * (1 - t) * points[1] + t**2 * points[2]
    return curve


def _length(line: Floats) -> float:
    return float(np.hypot(*np.diff(line, axis=0).T).sum())


def _counts(points: Floats, boxes: Floats, margin: float) -> Floats:
    """Count the points that lie in each box."""
    x, y = points[:, 0], points[:, 1]
    left, bottom, right, top = boxes.T[:, :, None]
    inside = (x > left - margin) & (x < right + margin) & (y > bottom - margin) & (y < top + margin)
    counts: Floats = inside.sum(axis=1).astype(np.float64)
    return counts


def _inside(points: Floats, boxes: Floats, margin: float = 3.0) -> float:
    """Count the points that lie in boxes."""
    return float(_counts(points, boxes, margin).sum())


def _shares(blocks: Floats, boxes: Floats, margin: float = 2.0) -> Floats:
    """Give the part of each block that boxes cover."""
    left, bottom, right, top = blocks.T[:, :, None]
    wide = np.minimum(boxes[:, 2] + margin, right) - np.maximum(boxes[:, 0] - margin, left)
    high = np.minimum(boxes[:, 3] + margin, top) - np.maximum(boxes[:, 1] - margin, bottom)
    covered = (np.clip(wide, 0, None) * np.clip(high, 0, None)).sum(axis=1)
    shares: Floats = covered / np.maximum((right - left) * (top - bottom), 1.0)[:, 0]
    return shares


def _marker(box: Box) -> Block:
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
    return float(((side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)).sum())
