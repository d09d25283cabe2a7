"""Quads as text of the RDF formats: sorted, so that the same graph gives the same text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from pyoxigraph import DefaultGraph, Literal, Quad, RdfFormat, Triple, serialize

from kg.knowledge import write_turtle
from kg.vocabulary import LABEL, TYPE

NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML 1.0 document can hold; they are written as U+FFFD."""

_HEADER: Final = re.compile(r"(?:@prefix [^\n]*\n)*")
_FIRST: Final = {TYPE: "0", LABEL: "1"}


def make_turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write triples as Turtle, grouped by subject."""
    return write_turtle(quads, prefixes)


def make_trig(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write quads as TriG: the default graph first, then the others by name, each as its Turtle."""
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault("" if isinstance(quad.graph_name, DefaultGraph) else str(quad.graph_name), []).append(quad)
    declared: set[str] = set()
    blocks = []
    for name in sorted(graphs):
        text = write_turtle(graphs[name], prefixes)
        header = _HEADER.match(text)
        assert header is not None
        declared.update(header.group().splitlines())
        body = text[header.end() :]
        blocks.append(f"{name} {{\n{body.strip()}\n}}\n" if name else f"{body.strip()}\n")
    return "\n".join(["".join(f"{line}\n" for line in sorted(declared)), *blocks])


def make_ntriples(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write triples as N-Triples, a sorted line each; the prefixes are not used."""
    return _lines({quad.triple for quad in quads}, RdfFormat.N_TRIPLES)


def make_nquads(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write quads as N-Quads, a sorted line each; the prefixes are not used."""
    return _lines(quads, RdfFormat.N_QUADS)


def make_rdfxml(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write triples as RDF/XML, an element for each subject.

    Carriage returns are references: readers of XML make a line feed of any other (XML 1.0, "End-of-Line Handling").
    """
    triples = (_for_xml(triple) for triple in sort_triples(quads))
    return _serialize(triples, RdfFormat.RDF_XML, prefixes).replace("\r", "&#xD;")


def sort_triples(quads: Iterable[Quad]) -> list[Triple]:
    """Give the triples of quads by subject, each subject's type and label first."""

    def order(triple: Triple) -> tuple[str, str, str]:
        predicate = triple.predicate.value
        return str(triple.subject), _FIRST.get(predicate, "2") + predicate, str(triple.object)

    return sorted({quad.triple for quad in quads}, key=order)


def _lines(statements: Iterable[Any], format: RdfFormat) -> str:
    lines = _serialize(statements, format, {}).rstrip("\n").split("\n")
    return "".join(f"{line}\n" for line in sorted(lines) if line)


def _serialize(statements: Iterable[Any], format: RdfFormat, prefixes: Mapping[str, str]) -> str:
    return (serialize(statements, format=format, prefixes=dict(prefixes)) or b"").decode()


def _for_xml(triple: Triple) -> Triple:
    value = triple.object
    if not isinstance(value, Literal) or not NOT_XML.search(value.value):
        return triple
    text = NOT_XML.sub("\ufffd", value.value)
    plain = Literal(text, language=value.language) if value.language else Literal(text, datatype=value.datatype)
    return Triple(triple.subject, triple.predicate, plain)
