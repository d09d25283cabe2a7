"""What a picture shows of a graph: which entities, which arrows between them, and the words on both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.draw.choose import choose
from kg.draw.reading import expand
from kg.draw.relation import Reader, Relation
from kg.draw.selection import CLAIMS, Selection
from kg.draw.styles import Style, styles_of
from kg.draw.times import days_in_words, is_occurrence, period_in_words
from kg.draw.view import View, status_of
from kg.model import Status
from kg.phrases import count

if TYPE_CHECKING:
    from kg.ontology import Ontology

UNDATED: Final = "undated"
SAID_BY: Final = {"claimed": "claimed by", "denied": "denied by", "possible": "possible, says"}


@dataclass(frozen=True, slots=True)
class Node:
    """An entity of the picture. `note` holds its numbers ("95–92, carried"), empty when it has none.

    `type` are its classes in words, `names` what else it is called.
    """

    iri: str
    label: str
    kind: str
    note: str
    degree: int
    type: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrow:
    """The relations from one entity to another that stand alike; `heads` is false when every one goes both ways.

    `status` is asserted, former (no more or not yet), claimed, denied, possible, or undated: not known to have held on
    the date of the picture. `properties` are IRIs; `facts` are those of facts and claims.
    """

    source: str
    target: str
    labels: tuple[str, ...]
    heads: bool
    status: str = "asserted"
    properties: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The labels, with what the line tells of them where it is not in words."""
        return tuple(f"{label} (undated)" for label in self.labels) if self.status == UNDATED else self.labels


@dataclass(frozen=True, slots=True)
class Diagram:
    """Entities in the order of their IRIs, arrows by their ends, the style of each kind, and what is left out.

    `around` is the label of the one in the middle, empty without one.
    """

    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    styles: dict[str, Style]
    caption: str = ""
    hidden: int = 0
    around: str = ""

    @property
    def summary(self) -> str:
        """Say in a line what the picture is, for those who cannot see it."""
        relations = sum(len(arrow.labels) for arrow in self.arrows)
        return (
            f"Knowledge graph of {count(len(self.nodes), 'entity', 'entities')}"
            f" and {count(relations, 'relation', 'relations')}{f' around {self.around}' if self.around else ''}"
        )

    @property
    def sentences(self) -> list[str]:
        """The picture in words: every arrow, then the numbers of the entities."""
        names = {node.iri: node.label for node in self.nodes}
        told = [f"{names[a.source]} – {label} – {names[a.target]}" for a in self.arrows for label in a.told]
        return [*told, *(f"{node.label}: {node.note}" for node in self.nodes if node.note)]

    @property
    def description(self) -> str:
        """Tell the picture in words, with its caption."""
        return describe(self.sentences, self.caption)


def describe(sentences: Iterable[str], caption: str) -> str:
    """Join sentences and a caption."""
    told = [*sentences, *([caption.rstrip(".")] if caption else [])]
    return ". ".join(told) + ("." if told else "")


def make_diagram(reader: Reader, selection: Selection) -> Diagram:
    """Choose what to draw of a graph."""
    view = View(reader, selection)
    chosen = choose(view)
    arrows = make_arrows(view.relations_among(chosen.iris), reader, then=selection.at is not None)
    degrees: defaultdict[str, int] = defaultdict(int)
    for arrow in arrows:
        degrees[arrow.source] += 1
        degrees[arrow.target] += 1
    nodes = tuple(make_node(iri, reader, degrees[iri]) for iri in chosen.iris)
    parts = [_left_out(view, len(nodes), chosen.hidden, chosen.exact), as_of(view)]
    if chosen.alone:
        parts.append(f"Not shown: {count(chosen.alone, 'entity', 'entities')} without relations.")
    styles = styles_of({node.kind for node in nodes}, reader.ontology)
    around = "" if selection.around is None else reader.label(selection.around)
    return Diagram(nodes, arrows, styles, " ".join(part for part in parts if part), chosen.hidden, around)


def make_node(iri: str, reader: Reader, degree: int) -> Node:
    """Describe an entity of a picture that has a number of arrows."""
    data = reader.data(iri)
    types = [reader.ontology.label(expand(each, reader.ontology)) for each in data["types"]]
    names = data.get("skos:altLabel", [])
    return Node(
        iri,
        data["label"],
        data["kind"],
        _note(data, reader.ontology),
        degree,
        ", ".join(types),
        (names,) if isinstance(names, str) else tuple(names),
    )


def _left_out(view: View, shown: int, hidden: int, exact: bool) -> str:
    if not hidden and exact:
        return ""
    around, hops = view.selection.around, view.selection.hops
    if around is None:
        return f"The {shown:,} most closely linked of {shown + hidden:,} connected entities."
    total = f"{shown + hidden:,}" if exact else f"more than {shown + hidden:,}"
    within = count(hops, "step", "steps")
    return (
        f"The {shown:,} nearest and best supported of {total} entities within {within} of {view.reader.label(around)}."
    )


def as_of(view: View) -> str:
    """Say of which date a picture is, and what that leaves out; empty without a date."""
    at = view.selection.at
    if at is None:
        return ""
    days = days_in_words(at)
    left = f" {count(view.undated, 'former or future relation', 'former or future relations')} without dates left out."
    return f"As of {days}.{left if view.undated else ''}"


# -- arrows -------------------------------------------------------------------------------------------


def make_arrows(relations: Iterable[Relation], reader: Reader, *, then: bool = False) -> tuple[Arrow, ...]:
    """Merge the relations of each ordered pair that stand alike, without those that another one of them implies.

    `then` tells that the relations held at one date: a former office is as good as a present one.
    """
    between: defaultdict[tuple[str, str, str], dict[str, list[Relation]]] = defaultdict(dict)
    for each in relations:
        group = between[each.source, each.target, _standing(each, then)]
        group.setdefault(each.predicate, []).append(each)
    ontology = reader.ontology
    arrows = []
    for source, target, status in sorted(between):
        there, back = between[source, target, status], between.get((target, source, status), {})
        if source == target:
            back = {}
        both = {key for key in there if key in ontology.properties and ontology.properties[key].symmetric}
        shown = {key for key in there if status in CLAIMS or not _implied(key, there, ontology)}
        shown -= {key for key in shown if _said_by_inverse(key, back, ontology)}
        shown -= {key for key in both & back.keys() if source > target}
        if shown:
            told = [each for key in sorted(shown) for each in there[key]]
            labels = sorted({in_words(each, reader) for each in told})
            facts = tuple(sorted({each.iri for each in told if each.iri}))
            arrows.append(Arrow(source, target, tuple(labels), not shown <= both, status, tuple(sorted(shown)), facts))
    return tuple(arrows)


def in_words(relation: Relation, reader: Reader) -> str:
    """Write a relation: what it is, when it held, who says so where it is only said."""
    label = reader.ontology.label(relation.predicate)
    occurrence = is_occurrence(relation, reader.ontology)
    when = period_in_words(relation.qualification, occurrence=occurrence) if relation.qualification else ""
    told = f"{label} ({when})" if when else label
    if relation.status is Status.ASSERTED:
        return told
    status = str(relation.status)
    return f"{SAID_BY[status]} {reader.label(relation.speaker)}: {told}" if relation.speaker else f"{status}: {told}"


def _standing(relation: Relation, then: bool) -> str:
    """Give the status of the arrow of a relation."""
    status = status_of(relation)
    if status in CLAIMS:
        return status
    if then:
        return "asserted" if relation.certain else UNDATED
    return "former" if status in ("former", "future") else "asserted"


def _implied(key: str, others: Iterable[str], ontology: Ontology) -> bool:
    return any(ontology.is_a(other, key) and not ontology.is_a(key, other) for other in others)


def _said_by_inverse(key: str, back: Iterable[str], ontology: Ontology) -> bool:
    known = ontology.properties.get(key)
    inverse = known.inverse if known else None
    return inverse is not None and inverse in back and inverse < key


# -- numbers ------------------------------------------------------------------------------------------


def _note(data: dict[str, Any], ontology: Ontology) -> str:
    """Give the numbers of an entity: the result of a vote with its outcome, else what is counted of it."""
    classes = {iri for each in data["types"] for iri in ontology.ancestors(expand(each, ontology))}
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
