"""Ontologies as rdflib graphs, for SHACL engines and for users; imported only when one is asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pyoxigraph as ox
import rdflib

from kg.ontology.rules import find_danger
from kg.ontology.turtle import Term, TermError, Triples, is_blank, key
from kg.vocabulary import SH

_SHAPES: Final = (SH + "NodeShape", SH + "PropertyShape")
_QUERIES: Final = frozenset({SH + "select", SH + "ask"})
_LEFT_OUT: Final = frozenset({SH + "rule"})


def make_graph(triples: Triples, prefixes: dict[str, str]) -> rdflib.Graph:
    """Give all triples as a graph."""
    graph = _empty(prefixes)
    with _no_warnings():
        for subject, predicate, value in triples:
            graph.add((_node(subject), rdflib.URIRef(predicate), _value(value)))
    return graph


def make_shapes(triples: Triples, prefixes: dict[str, str]) -> rdflib.Graph:
    """Give the shapes and all that they refer to by SHACL terms or through blank nodes; their rules are left out.

    Raises TermError for a constraint in SPARQL that may not be run.
    """
    graph = _empty(prefixes)
    todo = [subject for subject in triples.subjects() if triples.has_type(subject, *_SHAPES)]
    seen = set(todo)
    with _no_warnings():
        while todo:
            subject = todo.pop()
            for predicate, values in triples.predicates(subject).items():
                if predicate in _LEFT_OUT or not _of_shape(triples, subject, predicate):
                    continue
                for value in values:
                    if predicate in _QUERIES:
                        _check_query(triples, subject, value)
                    graph.add((_node(subject), rdflib.URIRef(predicate), _value(value)))
                    node = key(value)
                    if node not in seen and not isinstance(value, ox.Literal) and _leads_on(node, predicate):
                        seen.add(node)
                        todo.append(node)
    return graph


def _check_query(triples: Triples, subject: str, value: Term) -> None:
    danger = find_danger(value.value) if isinstance(value, ox.Literal) else None
    if danger is not None:
        raise TermError(triples.home(subject).path, subject, f"a constraint of a shape: {danger}")


def _of_shape(triples: Triples, subject: str, predicate: str) -> bool:
    """Take of a node that is no shape, such as the ontology that declares prefixes, its SHACL part only."""
    return is_blank(subject) or predicate.startswith(SH) or triples.has_type(subject, *_SHAPES)


def _leads_on(node: str, predicate: str) -> bool:
    return is_blank(node) or predicate.startswith(SH)


@contextmanager
def _no_warnings() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each text that is none of its datatype: it stays as it is written."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


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
