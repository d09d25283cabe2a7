"""Triples as JSON-LD: an object for each subject, IRIs shortened by a context of prefixes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.export.rdf import sort_triples
from kg.vocabulary import TYPE, XSD

_STRING: Final = XSD + "string"


class _Context:
    """Shortens IRIs, and remembers by which prefixes."""

    def __init__(self, prefixes: Mapping[str, str], iris: Iterable[str]) -> None:
        schemes = {iri.partition(":")[0] for iri in iris}
        usable = ((prefix, each) for prefix, each in prefixes.items() if prefix and prefix not in schemes)
        self.namespaces = sorted(usable, key=lambda pair: (-len(pair[1]), pair))
        self.used: dict[str, str] = {}
        self.known: dict[str, str] = {}

    def shorten(self, iri: str) -> str:
        if iri not in self.known:
            self.known[iri] = self._shorten(iri)
        return self.known[iri]

    def _shorten(self, iri: str) -> str:
        for prefix, namespace in self.namespaces:
            local = iri[len(namespace) :]
            if iri.startswith(namespace) and local and not local.startswith("//"):
                self.used[prefix] = namespace
                return f"{prefix}:{local}"
        return iri


def make_jsonld(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write triples as JSON-LD 1.1, subjects by IRI, a line for each."""
    triples = sort_triples(quads)
    terms = (term for triple in triples for term in (triple.subject, triple.predicate, triple.object))
    context = _Context(prefixes, {term.value for term in terms if isinstance(term, NamedNode)})
    subjects = []
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        found: dict[str, Any] = {"@id": _name(subject, context)}
        for predicate, same in groupby(group, key=lambda triple: triple.predicate):
            kind = predicate.value == TYPE
            values = [_name(each.object, context) if kind else _value(each.object, context) for each in same]
            found["@type" if kind else context.shorten(predicate.value)] = values[0] if len(values) == 1 else values
        subjects.append(json.dumps(found, ensure_ascii=False))
    head = json.dumps(dict(sorted(context.used.items())), ensure_ascii=False, indent=1)
    return f'{{"@context": {head},\n"@graph": [\n' + ",\n".join(subjects) + "\n]}\n"


def _name(term: object, context: _Context) -> str:
    return context.shorten(term.value) if isinstance(term, NamedNode) else str(term)


def _value(term: object, context: _Context) -> object:
    if not isinstance(term, Literal):
        return {"@id": _name(term, context)}
    if term.language:
        return {"@language": term.language, "@value": term.value}
    if term.datatype.value == _STRING:
        return term.value
    return {"@type": context.shorten(term.datatype.value), "@value": term.value}
