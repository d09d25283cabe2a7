"""Triples → classes, properties, individuals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pyoxigraph as ox

from kg.ontology.terms import Individual, OntologyClass, Property
from kg.ontology.turtle import TermError, Triples, is_blank, local_name
from kg.vocabulary import KG, OWL, RDF, RDFS, SKOS, TYPE, XSD

CLASS_TYPES: Final = (OWL + "Class", RDFS + "Class")
PROPERTY_TYPES: Final = (
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    RDF + "Property",
    OWL + "FunctionalProperty",
    OWL + "SymmetricProperty",
)
CORE: Final = KG.rstrip("#")
"""The IRI of the core ontology."""


def is_datatype(iri: str) -> bool:
    """Say whether a range holds literals."""
    return iri.startswith(XSD) or iri in (RDFS + "Literal", RDF + "langString")


def read_classes(triples: Triples) -> dict[str, OntologyClass]:
    """Make the classes that have an IRI, by IRI; raise TermError for a kg:score that is not a list of two."""
    found = (s for s in triples.subjects() if not is_blank(s) and triples.has_type(s, *CLASS_TYPES))
    classes = {iri: _class(triples, iri) for iri in found}
    disjoint: dict[str, list[str]] = {iri: [] for iri in classes}
    for one, other in _disjoint_pairs(triples):
        for a, b in ((one, other), (other, one)):
            if a in disjoint and b not in disjoint[a]:
                disjoint[a].append(b)
    return {iri: replace(each, disjoint=tuple(disjoint[iri])) for iri, each in classes.items()}


def _class(triples: Triples, iri: str) -> OntologyClass:
    return OntologyClass(
        iri=iri,
        label=triples.label(iri) or local_name(iri),
        parents=tuple(triples.iris(iri, RDFS + "subClassOf")),
        name_patterns=tuple(triples.texts(iri, KG + "namePattern")),
        name_labels=tuple(triples.texts(iri, KG + "nameLabel")),
        name_words=tuple(tuple(text.split("|")) for text in triples.texts(iri, KG + "nameWord")),
        pronouns=tuple(text.lower() for text in triples.texts(iri, KG + "pronoun")),
        score=_score(triples, iri),
        measures=tuple(triples.iris(iri, KG + "measure")),
        metonym="true" in triples.texts(iri, KG + "metonym"),
    )


def _score(triples: Triples, iri: str) -> tuple[str, str] | None:
    for node in triples.nodes(iri, KG + "score"):
        items = triples.items(node)
        if len(items) != 2:
            problem = (
                f"kg:score of <{iri}> has {len(items)} properties; give a list of two, such as ( ex:for ex:against )"
            )
            raise TermError(triples.home(iri).path, iri, problem)
        return items[0], items[1]
    return None


def _disjoint_pairs(triples: Triples) -> Iterator[tuple[str, str]]:
    for subject in triples.subjects():
        for other in triples.iris(subject, OWL + "disjointWith"):
            yield subject, other
        for node in triples.nodes(subject, OWL + "members"):
            members = triples.items(node)
            yield from ((one, other) for one in members for other in members if one != other)


def read_properties(triples: Triples) -> dict[str, Property]:
    """Make the properties by IRI."""
    found = (s for s in triples.subjects() if not is_blank(s) and triples.has_type(s, *PROPERTY_TYPES))
    properties = {iri: _property(triples, iri) for iri in found}
    for iri, each in tuple(properties.items()):
        other = properties.get(each.inverse or "")
        if other is not None and other.inverse is None:
            properties[other.iri] = replace(other, inverse=iri)
    return properties


def _property(triples: Triples, iri: str) -> Property:
    ranges = _union(triples, iri, RDFS + "range")
    return Property(
        iri=iri,
        label=triples.label(iri) or local_name(iri),
        domain=_union(triples, iri, RDFS + "domain"),
        range=ranges,
        datatype=_holds_values(triples, iri, ranges),
        inverse=next(iter(triples.iris(iri, OWL + "inverseOf")), None),
        symmetric=triples.has_type(iri, OWL + "SymmetricProperty"),
        functional=_is_true(triples, iri, KG + "functional") or triples.has_type(iri, OWL + "FunctionalProperty"),
        occurrence=_is_true(triples, iri, KG + "occurrence"),
        resignable=_is_true(triples, iri, KG + "resignable"),
        parents=tuple(triples.iris(iri, RDFS + "subPropertyOf")),
    )


def _is_true(triples: Triples, iri: str, flag: str) -> bool:
    return any(isinstance(value, ox.Literal) and value.value in ("true", "1") for value in triples.values(iri, flag))


def _holds_values(triples: Triples, iri: str, ranges: tuple[str, ...]) -> bool:
    """Go by the declared kind; by the range where a property has none."""
    if triples.has_type(iri, OWL + "DatatypeProperty", OWL + "ObjectProperty"):
        return triples.has_type(iri, OWL + "DatatypeProperty")
    return bool(ranges) and all(is_datatype(each) for each in ranges)


def _union(triples: Triples, iri: str, predicate: str) -> tuple[str, ...]:
    found: list[str] = []
    for node in triples.nodes(iri, predicate):
        if is_blank(node):
            found += [item for union in triples.nodes(node, OWL + "unionOf") for item in triples.items(union)]
        else:
            found.append(node)
    return tuple(dict.fromkeys(found))


def read_individuals(triples: Triples, classes: dict[str, OntologyClass]) -> dict[str, Individual]:
    """Make the individuals by IRI: what has a label and a class of a domain ontology."""
    domain = {iri for iri in classes if triples.home(iri).iri != CORE}
    individuals = {}
    for iri in triples.subjects():
        types = tuple(sorted(domain.intersection(triples.nodes(iri, TYPE))))
        label = triples.label(iri) if types else None
        if label is None or is_blank(iri) or triples.has_type(iri, *CLASS_TYPES, *PROPERTY_TYPES):
            continue
        names = dict.fromkeys((label, *triples.texts(iri, SKOS + "altLabel")))
        demonyms = tuple(triples.texts(iri, KG + "demonym"))
        order = next(iter(triples.texts(iri, KG + "scoreOrder")), None)
        individuals[iri] = Individual(iri, label, tuple(names), demonyms, types, order)
    return individuals
