"""Ontologies as rdflib graphs, for SHACL engines and for users; imported only when one is asked for."""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox
import rdflib

from kg.ontology.turtle import Term, Triples, is_blank, key
from kg.vocabulary import SH

_SHAPES: Final = (SH + "NodeShape", SH + "PropertyShape")
_LEFT_OUT: Final = frozenset({SH + "rule"})


def make_graph(triples: Triples, prefixes: dict[str, str]) -> rdflib.Graph:
    """Give all triples as a graph."""
    graph = _empty(prefixes)
    for subject, predicate, value in triples:
        graph.add((_node(subject), rdflib.URIRef(predicate), _value(value)))
    return graph


def make_shapes(triples: Triples, prefixes: dict[str, str]) -> rdflib.Graph:
    """Give the shapes and all that they refer to by SHACL terms or through blank nodes; their rules are left out."""
    graph = _empty(prefixes)
    todo = [subject for subject in triples.subjects() if triples.has_type(subject, *_SHAPES)]
    seen = set(todo)
    while todo:
        subject = todo.pop()
        for predicate, values in triples.predicates(subject).items():
            if predicate in _LEFT_OUT or not _of_shape(triples, subject, predicate):
                continue
            for value in values:
                graph.add((_node(subject), rdflib.URIRef(predicate), _value(value)))
                node = key(value)
                if node not in seen and not isinstance(value, ox.Literal) and _leads_on(node, predicate):
                    seen.add(node)
                    todo.append(node)
    return graph


def _of_shape(triples: Triples, subject: str, predicate: str) -> bool:
    """Take of a node that is no shape, such as the ontology that declares prefixes, its SHACL part only."""
    return is_blank(subject) or predicate.startswith(SH) or triples.has_type(subject, *_SHAPES)


def _leads_on(node: str, predicate: str) -> bool:
    return is_blank(node) or predicate.startswith(SH)


def _empty(prefixes: dict[str, str]) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in prefixes.items():
        graph.bind(prefix, namespace, replace=True)
    return graph


def _node(node: str) -> rdflib.URIRef | rdflib.BNode:
    return rdflib.BNode(node.removeprefix("_:")) if is_blank(node) else rdflib.URIRef(node)


def _value(value: Term) -> rdflib.URIRef | rdflib.BNode | rdflib.Literal:
    if not isinstance(value, ox.Literal):
        return _node(key(value))
    if value.language:
        return rdflib.Literal(value.value, lang=value.language)
    datatype = value.datatype.value
    return rdflib.Literal(value.value, datatype=None if datatype == str(rdflib.XSD.string) else datatype)
