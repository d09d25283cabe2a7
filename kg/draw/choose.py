"""The entities that a picture has room for: the most closely linked, or those nearest to one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg.draw.view import Tie, View, ties

_LEAST_GROUP = 4
"""How many entities a group needs to stand beside a larger one."""

Links = dict[str, dict[str, Tie]]
"""What ties each entity to each of its neighbours."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entities to draw, sorted; how many more were within reach, at least, and how many have no relations."""

    iris: tuple[str, ...]
    hidden: int = 0
    alone: int = 0
    exact: bool = True


def choose(view: View) -> Chosen:
    """Choose what to draw."""
    return _choose_all(view) if view.selection.around is None else _choose_near(view, view.selection.around)


def _choose_near(view: View, middle: str) -> Chosen:
    """Choose by distance, then by how many articles tie a thing to those nearer, then by label.

    No ring is read that there is no room for.
    """
    limit, hops = view.selection.limit, view.selection.hops
    distance = {middle: 0}
    tied: defaultdict[str, set[str]] = defaultdict(set)
    ring, exact = [middle], True
    for step in range(1, hops + 1):
        for iri in ring:
            for (one, other), tie in ties(view.relations_of(iri)).items():
                there = other if one == iri else one
                if there not in distance:
                    tied[there] |= tie.articles
        ring = sorted(tied.keys() - distance.keys())
        distance.update(dict.fromkeys(ring, step))
        if len(distance) >= limit and step < hops and ring:
            exact = False
            break
    reader = view.reader
    ranked = sorted(distance, key=lambda iri: (distance[iri], -len(tied[iri]), reader.label(iri), iri))
    return Chosen(tuple(sorted(ranked[:limit])), len(ranked) - len(ranked[:limit]), exact=exact)


def _choose_all(view: View) -> Chosen:
    """Choose what belongs together: whole groups of linked entities, the largest first, while there is room.

    Of a group larger than the room its most closely linked part is taken. Small groups are left out when there is a
    larger one and not room for all: pairs tell little beside it.
    """
    limit = view.selection.limit
    everything = view.entities()
    links: Links = {each.source: {} for each in view.relations if each.source == each.target}
    for (one, other), tie in ties(view.relations).items():
        links.setdefault(one, {})[other] = links.setdefault(other, {})[one] = tie
    candidates = sorted(links) or everything
    if len(candidates) <= limit:
        return Chosen(tuple(candidates), 0, len(everything) - len(candidates))
    by_label = sorted(candidates, key=lambda iri: (view.reader.label(iri), iri))
    rank = {iri: index for index, iri in enumerate(by_label)}
    groups = sorted(_groups(by_label, links), key=lambda group: (-len(group), rank[group[0]]))
    kept: list[str] = []
    for group in groups:
        room = limit - len(kept)
        if kept and (len(group) > room or len(group) < _LEAST_GROUP <= len(groups[0])):
            continue
        kept += group if len(group) <= room else _grow(group, links, rank, room)
    return Chosen(tuple(sorted(kept)), len(candidates) - len(kept), len(everything) - len(candidates))


def _groups(candidates: list[str], links: Links) -> list[list[str]]:
    """Part entities into groups that no link joins, each in the order of the candidates."""
    groups: list[list[str]] = []
    seen: set[str] = set()
    order = {iri: index for index, iri in enumerate(candidates)}
    for start in candidates:
        if start in seen:
            continue
        group, ring = {start}, [start]
        while ring:
            ring = [other for other in {o for iri in ring for o in links.get(iri, ())} if other not in group]
            group.update(ring)
        seen |= group
        groups.append(sorted(group, key=order.__getitem__))
    return groups


def _grow(group: Iterable[str], links: Links, rank: Mapping[str, int], size: int) -> list[str]:
    """Grow a part of a group: always what most articles tie to the part, then what most are about, then by label.

    So one article with many names in it does not fill the picture; and neither does one relation to one thing, which
    counts the less the more often it is there already.
    """
    total = {iri: len(set().union(*(tie.articles for tie in links[iri].values()))) for iri in group}
    new = min(total, key=lambda iri: (-total[iri], -len(links[iri]), rank[iri]))
    part = {new}
    used: Counter[tuple[str, str, bool]] = Counter()
    border: dict[str, set[str]] = {}
    while len(part) < size:
        for other, tie in links[new].items():
            if other in part:
                used.update(_seen_from(other, new, tie))
                used.update(_seen_from(new, other, tie))
            else:
                border.setdefault(other, set()).update(tie.articles)
        best: tuple[float, int, int] | None = None
        for iri in sorted(border, key=lambda iri: (-len(border[iri]), -total[iri], rank[iri])):
            if best is not None and len(border[iri]) < -best[0]:
                break
            again = min(
                used[key] for other in part & links[iri].keys() for key in _seen_from(other, iri, links[iri][other])
            )
            found = -round(len(border[iri]) / (1 + again), 6), -total[iri], rank[iri]
            if best is None or found < best:
                best, new = found, iri
        del border[new]
        part.add(new)
    return sorted(part)


def _seen_from(iri: str, other: str, tie: Tie) -> Iterator[tuple[str, str, bool]]:
    """Iterate over the relations that tie two as one of them has them, which is said to be their source or not."""
    for predicate, first in tie.relations:
        yield iri, predicate, (iri < other) == first
