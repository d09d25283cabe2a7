"""Quads as TriG of RDF 1.2: what a fact or a claim says is one triple term, not three triples."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.export.rdf import make_trig
from kg.vocabulary import RDF

REIFIES: Final = NamedNode(RDF + "reifies")
_PARTS: Final = tuple(NamedNode(RDF + part) for part in ("subject", "predicate", "object"))

_Node: TypeAlias = tuple[object, object]


def make_trig12(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write quads as TriG 1.2 in which every reified statement is `NODE rdf:reifies <<( S P O )>>`.

    RDF 1.2 Concepts, "Triple Terms and Reification". A fact stays asserted by its plain triple; what is only reified (a
    claim, a former office) is not asserted. A node that has not just one subject, predicate and object stays as it is.
    """
    return make_trig(reify(quads), prefixes)


def reify(quads: Iterable[Quad]) -> list[Quad]:
    """Put one triple term in place of the rdf:subject, rdf:predicate and rdf:object of each node of each graph."""
    parts: defaultdict[_Node, dict[NamedNode, list[Quad]]] = defaultdict(dict)
    kept = []
    for quad in quads:
        if quad.predicate in _PARTS:
            parts[quad.subject, quad.graph_name].setdefault(quad.predicate, []).append(quad)
        else:
            kept.append(quad)
    for found in parts.values():
        kept += _reified(found) or [quad for same in found.values() for quad in same]
    return kept


def _reified(found: Mapping[NamedNode, list[Quad]]) -> list[Quad]:
    said = [{quad.object for quad in found.get(part, ())} for part in _PARTS]
    if any(len(each) != 1 for each in said):
        return []
    (subject,), (predicate,), (object,) = said
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        return []
    if not isinstance(object, NamedNode | BlankNode | Literal | Triple):
        return []
    first = found[_PARTS[0]][0]
    return [Quad(first.subject, REIFIES, Triple(subject, predicate, object), first.graph_name)]
