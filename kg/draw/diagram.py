"""What a picture shows of a graph: which entities, which arrows between them, and the words on both."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.draw.styles import Style, styles_of
from kg.errors import SettingError

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

_LEAST_GROUP = 4
"""How many entities a group needs to stand beside a larger one."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the picture. `note` holds its numbers ("95–92, carried"), empty when it has none."""

    iri: str
    label: str
    kind: str
    note: str
    degree: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """All relations from one entity to another; `heads` is false when every one of them goes both ways."""

    source: str
    target: str
    labels: tuple[str, ...]
    heads: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """Entities in the order of their IRIs, arrows by their ends, the style of each kind, how many are left out."""

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    styles: dict[str, Style]
    hidden: int
    alone: int

    @property
    def caption(self) -> str:
        """Say what the picture leaves out; empty when it shows everything."""
        parts = []
        if self.hidden:
            total = self.hidden + len(self.nodes)
            parts.append(f"{len(self.nodes)} of {total:,} connected entities, the largest groups of them.")
        if self.alone:
            parts.append(f"Not shown: {count(self.alone, 'entity', 'entities')} without relations.")
        return " ".join(parts)

    @property
    def summary(self) -> str:
        """Say in a line what the picture is, for those who cannot see it."""
        relations = sum(len(arrow.labels) for arrow in self.arrows)
        return (
            f"Knowledge graph of {count(len(self.nodes), 'entity', 'entities')}"
            f" and {count(relations, 'relation', 'relations')}"
        )

    @property
    def description(self) -> str:
        """Tell the picture in words: every arrow, then the numbers of the entities."""
        names = {node.iri: node.label for node in self.nodes}
        told = [f"{names[a.source]} – {label} – {names[a.target]}" for a in self.arrows for label in a.labels]
        told += [f"{node.label}: {node.note}" for node in self.nodes if node.note]
        return ". ".join([*told, self.caption.rstrip(".")] if self.caption else told) + ("." if told else "")


def make_diagram(
    graph: nx.MultiDiGraph, ontology: Ontology, *, around: str | None = None, hops: int = 1, limit: int = 30
) -> Diagram:
    """Choose what to draw of a graph of `to_networkx`; raise SettingError as `draw` does."""
    for name, value in (("hops", hops), ("limit", limit)):
        if value < 1:
            raise SettingError(f"{name} is {value}; give 1 or more")
    total = len(graph)
    if around is None:
        connected = [iri for iri in graph if any(other != iri for other in _neighbours(graph, iri))]
        loops = [iri for iri in graph if graph.has_edge(iri, iri)]
        candidates = sorted({*connected, *loops}) or sorted(graph)
        kept, alone = _choose(graph, candidates, limit), total - len(candidates)
    else:
        ranked = _nearest(graph, find_entity(graph, around), hops)
        candidates, kept, alone = ranked, ranked[:limit], 0
    part = graph.subgraph(kept)
    arrows = _arrows(part, ontology)
    degrees: defaultdict[str, int] = defaultdict(int)
    for arrow in arrows:
        degrees[arrow.source] += 1
        degrees[arrow.target] += 1
    nodes = tuple(
        Node(iri, part.nodes[iri]["label"], part.nodes[iri]["kind"], _note(part.nodes[iri], ontology), degrees[iri])
        for iri in sorted(part)
    )
    styles = styles_of({node.kind for node in nodes}, ontology)
    return Diagram(nodes, arrows, styles, hidden=len(candidates) - len(kept), alone=alone)


def find_entity(graph: nx.MultiDiGraph, name: str) -> str:
    """Find the entity with this IRI, label or other name, whatever the case; raise SettingError for none or several."""
    if name in graph:
        return name
    wanted = name.casefold()
    names = {iri: {each.casefold() for each in _names(data)} for iri, data in graph.nodes(data=True)}
    labels = [iri for iri in sorted(graph) if graph.nodes[iri]["label"].casefold() == wanted]
    found = labels or [iri for iri in sorted(graph) if wanted in names[iri]]
    if len(found) == 1:
        return str(found[0])
    if found:
        raise SettingError(f'"{name}" is the name of {", ".join(found)}; give one of these IRIs')
    from kg.ontology.near import did_you_mean

    near = did_you_mean(name, (data["label"] for _, data in graph.nodes(data=True)))
    raise SettingError(f'no entity is named "{name}"{near or "; give the label or the IRI of one of the graph"}')


def count(number: int, one: str, many: str) -> str:
    """Put a number before its noun.

    >>> count(1200, "entity", "entities")
    '1,200 entities'
    """
    return f"{number:,} {one if number == 1 else many}"


def _names(data: dict[str, Any]) -> list[str]:
    other = data.get("skos:altLabel", [])
    return [data["label"], *([other] if isinstance(other, str) else other)]


def _neighbours(graph: nx.MultiDiGraph, iri: str) -> set[str]:
    return {*graph.successors(iri), *graph.predecessors(iri)}


def _nearest(graph: nx.MultiDiGraph, middle: str, hops: int) -> list[str]:
    """Rank what is within reach: by distance, then by number of neighbours, then by label."""
    distance = {middle: 0}
    ring = [middle]
    for step in range(1, hops + 1):
        ring = sorted({other for iri in ring for other in _neighbours(graph, iri)} - distance.keys())
        distance.update(dict.fromkeys(ring, step))
    return sorted(
        distance, key=lambda iri: (distance[iri], -len(_neighbours(graph, iri)), graph.nodes[iri]["label"], iri)
    )


def _choose(graph: nx.MultiDiGraph, candidates: list[str], limit: int) -> list[str]:
    """Choose what belongs together: whole groups of linked entities, the largest first, while there is room.

    Of a group larger than the room its best connected part is taken, grown from the entity with the most neighbours.
    Small groups are left out when there is a larger one and not room for all: pairs tell little beside it.
    """
    if len(candidates) <= limit:
        return candidates
    wanted = set(candidates)
    links = {iri: (_neighbours(graph, iri) & wanted) - {iri} for iri in candidates}
    by_label = sorted(candidates, key=lambda iri: (graph.nodes[iri]["label"], iri))
    rank = {iri: index for index, iri in enumerate(by_label)}
    groups = sorted(_groups(by_label, links), key=lambda group: (-len(group), rank[group[0]]))
    kept: list[str] = []
    for group in groups:
        room = limit - len(kept)
        if kept and (len(group) > room or len(group) < _LEAST_GROUP <= len(groups[0])):
            continue
        kept += group if len(group) <= room else _grow(group, links, rank, room)
    return sorted(kept)


def _groups(candidates: list[str], links: dict[str, set[str]]) -> list[list[str]]:
    """Part entities into groups that no link joins, each in the order of the candidates."""
    groups: list[list[str]] = []
    seen: set[str] = set()
    order = {iri: index for index, iri in enumerate(candidates)}
    for start in candidates:
        if start in seen:
            continue
        group, ring = {start}, [start]
        while ring:
            ring = [other for other in {o for iri in ring for o in links[iri]} if other not in group]
            group.update(ring)
        seen |= group
        groups.append(sorted(group, key=order.__getitem__))
    return groups


def _grow(group: list[str], links: dict[str, set[str]], rank: dict[str, int], size: int) -> list[str]:
    """Grow a part of a group: always the one with the most links to the part, then with the most links at all."""
    part = {min(group, key=lambda iri: (-len(links[iri]), rank[iri]))}
    while len(part) < size:
        border = {other for iri in part for other in links[iri]} - part
        part.add(min(border, key=lambda iri: (-len(links[iri] & part), -len(links[iri]), rank[iri])))
    return sorted(part)


def _arrows(graph: nx.MultiDiGraph, ontology: Ontology) -> tuple[Arrow, ...]:
    """Merge the relations of each ordered pair, without those that another one of the pair implies."""
    between: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for source, target, key in graph.edges(keys=True):
        between[source, target].add(key)
    arrows = []
    for source, target in sorted(between):
        there, back = between[source, target], between.get((target, source), set())
        if source == target:
            back = set()
        both = {key for key in there if key in ontology.properties and ontology.properties[key].symmetric}
        shown = {key for key in there if not _implied(key, there, ontology)}
        shown -= {key for key in shown if _said_by_inverse(key, back, ontology)}
        shown -= {key for key in both & back if source > target}
        if shown:
            labels = sorted({_first_label(graph, source, target, key) for key in shown})
            arrows.append(Arrow(source, target, tuple(labels), heads=not shown <= both))
    return tuple(arrows)


def _implied(key: str, others: set[str], ontology: Ontology) -> bool:
    return any(ontology.is_a(other, key) and not ontology.is_a(key, other) for other in others)


def _said_by_inverse(key: str, back: set[str], ontology: Ontology) -> bool:
    known = ontology.properties.get(key)
    inverse = known.inverse if known else None
    return inverse is not None and inverse in back and inverse < key


def _first_label(graph: nx.MultiDiGraph, source: str, target: str, key: str) -> str:
    return str(graph.edges[source, target, key]["label"])


def _note(data: dict[str, Any], ontology: Ontology) -> str:
    """Give the numbers of an entity: the result of a vote with its outcome, else what is counted of it."""
    classes = {iri for each in data["types"] for iri in ontology.ancestors(_expand(each, ontology))}
    for iri in sorted(classes & ontology.classes.keys()):
        score = ontology.classes[iri].score
        values = [data.get(ontology.compact(each)) for each in score or ()]
        if values and all(isinstance(value, int) for value in values):
            return ", ".join(["–".join(f"{value:,}" for value in values), *_terms(data, ontology)])
    numbers = {iri: data[ontology.compact(iri)] for iri in ontology.properties if ontology.compact(iri) in data}
    counted = {iri: _integers(value) for iri, value in sorted(numbers.items())}
    told = [f"{ontology.label(iri)}: {' / '.join(values)}" for iri, values in counted.items() if values]
    return ", ".join(told[:2])


def _integers(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [f"{each:,}" for each in values if isinstance(each, int) and not isinstance(each, bool)]


def _terms(data: dict[str, Any], ontology: Ontology) -> list[str]:
    """Give the terms of the ontology that an entity has as values: the outcome of a vote, say."""
    names = {individual.label for individual in ontology.individuals.values()}
    relations = [ontology.compact(iri) for iri, each in sorted(ontology.properties.items()) if not each.datatype]
    values = [data[name] for name in relations if isinstance(data.get(name), str)]
    return [value for value in values if value in names]


def _expand(compact: str, ontology: Ontology) -> str:
    prefix, _, local = compact.partition(":")
    return ontology.prefixes[prefix] + local if prefix in ontology.prefixes else compact.strip("<>")
