"""The knowledge of a store as a networkx graph: entities are its nodes, plain facts between them its edges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.store import DEFAULT_GRAPH, Store
from kg.vocabulary import KG, LABEL, OWL, RDF, RDFS, SH, TYPE, XSD

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

Attribute: TypeAlias = str | int | float | bool

_FACT: Final = KG + "Fact"
_UNTYPED: Final = "Thing"
_NOT_ENTITIES: Final = (KG, RDF, RDFS, OWL, SH)
"""Whatever has a class of these vocabularies is bookkeeping or schema, not a thing of the world."""


Source: TypeAlias = Store | pyoxigraph.Store | Iterable[Quad]
"""A store, or quads."""


@dataclass(slots=True)
class Support:
    """What fact nodes say of one triple: the highest confidence, and the IRIs of the passages that say it."""

    confidence: float | None = None
    passages: set[str] = field(default_factory=set)


Triple: TypeAlias = tuple[str, str, str]


def to_networkx(source: Source, ontology: Ontology) -> nx.MultiDiGraph:
    """Make the graph of all entities and of the plain facts between them, in the order of their IRIs.

    A node is the IRI of an entity, with `label`, `types` (compact names), `kind` (local name of the topmost class), and
    under compact names (`pol:votesFor`) every literal and every term of an ontology that it has, several in a sorted
    list; individuals of an ontology (an outcome) are no nodes. The key of an edge is the IRI of its property; an edge
    has `label`, `property` (compact), `confidence` (None without a fact node) and `support` (IRIs of passages, sorted).
    Facts, claims, passages, articles are not nodes.
    """
    import networkx as nx

    about = _by_subject(source)
    support = _read_support(about)
    entities = {iri: quads for iri, quads in about.items() if iri not in ontology.individuals and is_entity(quads)}
    graph = nx.MultiDiGraph()
    for iri in sorted(entities):
        graph.add_node(iri, **describe_entity(iri, entities[iri], ontology, entities.__contains__))
    for iri in sorted(entities):
        for predicate, target in _relations(entities[iri], entities):
            known = support.get((iri, predicate, target), Support())
            graph.add_edge(
                iri,
                target,
                key=predicate,
                label=ontology.label(predicate),
                property=ontology.compact(predicate),
                confidence=known.confidence,
                support=sorted(known.passages),
            )
    return graph


def kind_of(types: Iterable[str], ontology: Ontology) -> str:
    """Give the local name of the broadest class above the types that English has a pronoun or a kind of name for.

    Classes above that one (who can act, whatever it is) are too broad to tell things apart. Where no class above is so,
    it is the topmost loaded one; of several the first by name. A type that no loaded ontology declares stands for
    itself; without any type it is "Thing".
    """
    tops: set[str] = set()
    for each in types:
        above = {iri for iri in ontology.ancestors(each) if iri in ontology.classes}
        spoken = {iri for iri in above if ontology.classes[iri].pronouns or ontology.classes[iri].name_labels}
        among = spoken or above or {each}
        tops.update(iri for iri in among if not (ontology.ancestors(iri) - {iri}) & among)
    return min(map(local_name, tops), default=_UNTYPED)


def local_name(iri: str) -> str:
    """Give what follows the last # or / of an IRI.

    >>> local_name("https://example.org/terms#Person")
    'Person'
    """
    return iri.rstrip("#/").replace("#", "/").rpartition("/")[2]


def iter_quads(source: Source, graph: DefaultGraph | None = None) -> Iterator[Quad]:
    """Iterate over the quads of a graph, or of all graphs, in the order of the source."""
    if isinstance(source, Store):
        yield from source.quads(graph=graph)
    elif isinstance(source, pyoxigraph.Store):
        yield from source.quads_for_pattern(None, None, None, graph)
    else:
        yield from (quad for quad in source if graph is None or quad.graph_name == graph)


def _by_subject(source: Source) -> dict[str, list[Quad]]:
    about: defaultdict[str, list[Quad]] = defaultdict(list)
    for quad in iter_quads(source, DEFAULT_GRAPH):
        if isinstance(quad.subject, NamedNode):
            about[quad.subject.value].append(quad)
    return dict(about)


def _read_support(about: dict[str, list[Quad]]) -> dict[Triple, Support]:
    support: dict[Triple, Support] = {}
    for quads in about.values():
        if _FACT not in _iris(quads, TYPE):
            continue
        ends = [_iris(quads, RDF + part) for part in ("subject", "predicate", "object")]
        if not all(ends):
            continue
        known = support.setdefault((ends[0][0], ends[1][0], ends[2][0]), Support())
        known.passages.update(_iris(quads, KG + "support"))
        numbers = [float(each.value) for each in _literals(quads, KG + "confidence")]
        known.confidence = max([*numbers, *([] if known.confidence is None else [known.confidence])], default=None)
    return support


def is_entity(quads: list[Quad]) -> bool:
    """Say whether the quads about an IRI, its classes and labels at least, tell of a thing of the world."""
    types = _iris(quads, TYPE)
    return not any(each.startswith(_NOT_ENTITIES) for each in types) and (bool(types) or bool(_literals(quads, LABEL)))


def describe_entity(iri: str, quads: list[Quad], ontology: Ontology, entity: Callable[[str], bool]) -> dict[str, Any]:
    """Give what `to_networkx` puts on the node of an entity, of all quads about it; `entity` knows the other nodes."""
    types = ontology.most_specific(_iris(quads, TYPE))
    found: defaultdict[str, set[Attribute]] = defaultdict(set)
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        if isinstance(value, Literal) and predicate != LABEL:
            found[ontology.compact(predicate)].add(_to_python(value))
        elif isinstance(value, NamedNode) and predicate != TYPE and not entity(value.value):
            term = value.value in ontology.individuals or value.value in ontology.classes
            found[ontology.compact(predicate)].add(ontology.label(value.value) if term else value.value)
    values = {name: sorted(each, key=lambda value: (str(type(value)), value)) for name, each in sorted(found.items())}
    return {
        "label": label_of(quads) or ontology.label(iri),
        "types": [ontology.compact(each) for each in types],
        "kind": kind_of(types, ontology),
        **{name: each[0] if len(each) == 1 else each for name, each in values.items()},
    }


def label_of(quads: list[Quad]) -> str | None:
    """Give the English label, else the one in the first language; of several the first by name."""
    labels = _literals(quads, LABEL)
    return (
        min(labels, key=lambda each: (each.language != "en", each.language or "", each.value)).value if labels else None
    )


def _relations(quads: list[Quad], entities: dict[str, list[Quad]]) -> list[tuple[str, str]]:
    return sorted(
        (quad.predicate.value, quad.object.value)
        for quad in quads
        if isinstance(quad.object, NamedNode) and quad.object.value in entities and quad.predicate.value != TYPE
    )


def _iris(quads: list[Quad], predicate: str) -> list[str]:
    return sorted(q.object.value for q in quads if q.predicate.value == predicate and isinstance(q.object, NamedNode))


def _literals(quads: list[Quad], predicate: str) -> list[Literal]:
    return [q.object for q in quads if q.predicate.value == predicate and isinstance(q.object, Literal)]


_INTEGERS: Final = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
)
_FLOATS: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))


def _to_python(literal: Literal) -> Attribute:
    """Give the number or the truth value that a literal means; its text for all others and when it is ill-formed."""
    datatype, text = literal.datatype.value, literal.value
    try:
        if datatype in _INTEGERS:
            return int(text)
        if datatype in _FLOATS:
            return float(text)
    except ValueError:
        return text
    return text in ("true", "1") if datatype == XSD + "boolean" else text
