"""The loaded ontologies as one thing to ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.ontology.declarations import CORE, read_classes, read_individuals, read_properties
from kg.ontology.frames import Frame, read_frames
from kg.ontology.near import did_you_mean
from kg.ontology.rules import read_rules
from kg.ontology.terms import Individual, OntologyClass, Property, Rule, find_ancestors
from kg.ontology.turtle import Source, Triples, by_length, compact_iri, local_name, merge_prefixes

if TYPE_CHECKING:
    import rdflib


@dataclass(frozen=True, eq=False, repr=False)
class Ontology:
    """Classes, properties, individuals, frames, rules and shapes of some files; nothing of it changes after loading."""

    classes: Mapping[str, OntologyClass]
    properties: Mapping[str, Property]
    individuals: Mapping[str, Individual]
    frames: tuple[Frame, ...]
    rules: tuple[Rule, ...]
    prefixes: Mapping[str, str]
    triples: Triples = field(repr=False)

    def __repr__(self) -> str:
        files = ", ".join(source.path.name for source in self.triples.sources)
        return f"<Ontology of {files}: {len(self.classes)} classes, {len(self.properties)} properties>"

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        return {
            iri: frozenset(find_ancestors(iri, terms)) for terms in (self.properties, self.classes) for iri in terms
        }

    @cached_property
    def _excluded(self) -> dict[str, frozenset[str]]:
        return {
            iri: frozenset(
                other for each in self.ancestors(iri) if each in self.classes for other in self.classes[each].disjoint
            )
            for iri in self.classes
        }

    @cached_property
    def _namespaces(self) -> tuple[tuple[str, str], ...]:
        return by_length(self.prefixes)

    @cached_property
    def _by_local_name(self) -> dict[str, list[str]]:
        names: dict[str, list[str]] = {}
        for iri in (*self.classes, *self.properties):
            names.setdefault(local_name(iri), []).append(iri)
        return names

    def ancestors(self, iri: str) -> frozenset[str]:
        """Give a class or property with all its super-classes or super-properties, those not loaded included."""
        return self._ancestors.get(iri) or frozenset((iri,))

    def is_a(self, iri: str, ancestor: str) -> bool:
        """Say whether a class or property is the other or below it."""
        return ancestor in self.ancestors(iri)

    def is_resignable(self, iri: str) -> bool:
        """Say whether a property, or one above it, says what post somebody has."""
        return any(each.resignable for above in self.ancestors(iri) if (each := self.properties.get(above)) is not None)

    def compatible(self, a: str, b: str) -> bool:
        """Say whether one thing can be of both classes: neither they nor their ancestors are declared disjoint."""
        none: frozenset[str] = frozenset()
        return self._excluded.get(a, none).isdisjoint(self.ancestors(b)) and self._excluded.get(b, none).isdisjoint(
            self.ancestors(a)
        )

    def most_specific(self, types: Iterable[str]) -> tuple[str, ...]:
        """Give the classes that no other of them is below, each once, sorted."""
        given = set(types)
        return tuple(
            sorted(t for t in given if not any(self.is_a(other, t) and not self.is_a(t, other) for other in given))
        )

    def label(self, iri: str) -> str:
        """Give the label of a class, property or individual; the local name of anything else."""
        term = self.classes.get(iri) or self.properties.get(iri) or self.individuals.get(iri)
        return term.label if term else self.triples.label(iri) or local_name(iri)

    def compact(self, iri: str) -> str:
        """Shorten an IRI to prefix and local name; give it in angle brackets when no prefix fits."""
        return compact_iri(iri, self._namespaces)

    def term(self, name: str) -> str:
        """Find the IRI of a class or property by its local name, compact name or IRI.

        A local name of a domain ontology goes before the same one of the core. Raises OntologyError, with near names,
        when there is none, or when several domain ontologies have one.
        """
        iri = name.strip("<>")
        prefix, _, local = name.partition(":")
        for candidate in (iri, self.prefixes.get(prefix, "") + local):
            if candidate in self.classes or candidate in self.properties:
                return candidate
        found = self._by_local_name.get(name, [])
        found = [each for each in found if self.triples.home(each).iri != CORE] or found
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(self.compact(each) for each in found)
            raise OntologyError(f'"{name}" is the name of {names}; give one of these')
        near = did_you_mean(local_name(name), self._by_local_name)
        files = ", ".join(source.path.name for source in self.triples.sources)
        raise OntologyError(f'no class or property of {files} is named "{name}"{near or "; give one of those"}')

    @cached_property
    def shapes(self) -> rdflib.Graph:
        """The SHACL shapes of all files, without their rules."""
        from kg.ontology.shapes import make_shapes

        return make_shapes(self.triples, dict(self.prefixes))

    @cached_property
    def graph(self) -> rdflib.Graph:
        """All triples of all files."""
        from kg.ontology.shapes import make_graph

        return make_graph(self.triples, dict(self.prefixes))


def make_ontology(sources: tuple[Source, ...]) -> Ontology:
    """Make an ontology of parsed files, the core's among them; raise OntologyError for what cannot be understood."""
    triples = Triples(sources)
    classes = read_classes(triples)
    properties = read_properties(triples)
    prefixes = merge_prefixes(sources)
    namespaces = by_length(prefixes)

    def compact(iri: str) -> str:
        return compact_iri(iri, namespaces)

    def event_of(iri: str) -> str | None:
        return common_class(properties[iri].domain, classes) if iri in properties else None

    frames = read_frames(triples, compact, event_of)
    individuals = read_individuals(triples, classes)
    return Ontology(classes, properties, individuals, frames, read_rules(triples), prefixes, triples)


def common_class(domain: tuple[str, ...], classes: Mapping[str, OntologyClass]) -> str | None:
    """Give the nearest loaded class that is all classes of a domain or above them; None when there is none."""
    if not domain:
        return None
    above = [find_ancestors(iri, classes) for iri in domain]
    return next((iri for iri in above[0] if iri in classes and all(iri in each for each in above)), None)
