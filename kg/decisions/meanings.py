"""What a user calls the terms of an ontology, and the values that a property takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from kg.errors import OntologyError, SettingError
from kg.model import Value
from kg.ontology import Ontology
from kg.ontology.declarations import CORE
from kg.ontology.near import did_you_mean
from kg.ontology.terms import OntologyClass, Property
from kg.vocabulary import RDF, TYPE, XSD

IS_A: Final = ("is a", "a", "is an", "an", "type", "rdf:type", TYPE)
_TEXTS: Final = (XSD + "string", RDF + "langString")


class Meanings:
    """Finds terms of an ontology by label, local name, compact name or IRI, whatever the case of a label."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology

    def property(self, text: str) -> str:
        """Give the IRI of a property, rdf:type for "is a"; raise SettingError when there is none, or several."""
        if text.strip("<>").casefold() in IS_A or text == TYPE:
            return TYPE
        found = self._labelled(text, self.ontology.properties) or self._term(text, "property")
        if found not in self.ontology.properties:
            raise SettingError(f'"{text}" is a class; give a property, or "is a" and then the class')
        return found

    def of_class(self, text: str) -> str:
        """Give the IRI of a class; raise SettingError as `property` does."""
        found = self._labelled(text, self.ontology.classes) or self._term(text, "class")
        if found not in self.ontology.classes:
            raise SettingError(f'"{text}" is a property; give a class')
        return found

    def individuals(self, text: str) -> list[str]:
        """Give the IRIs of the individuals with this IRI, label or other name, sorted."""
        wanted = text.casefold().strip()
        iri = text.strip("<>")
        return sorted(
            each.iri
            for each in self.ontology.individuals.values()
            if iri in (each.iri, self.ontology.compact(each.iri)) or wanted in map(str.casefold, each.names)
        )

    def value(self, text: str, declared: Property) -> Value:
        """Read a value of a datatype property; raise SettingError when it is none of its range."""
        datatypes = [each for each in declared.range if each not in _TEXTS]
        fitting = next((each for each in datatypes if _is_value(text, each)), None)
        if fitting is None and len(datatypes) < max(1, len(declared.range)):
            fitting = XSD + "string"
        if fitting is None:
            kinds = " or ".join(each.removeprefix(XSD) for each in datatypes)
            raise SettingError(f'"{text}" is no {kinds}, which {declared.label} takes; write it as one')
        return Value(text, fitting)

    def _labelled(self, text: str, terms: Mapping[str, OntologyClass] | Mapping[str, Property]) -> str | None:
        """Find a term of a domain by its label."""
        wanted = text.casefold().strip()
        home = self.ontology.triples.home
        found = [each.iri for each in terms.values() if each.label.casefold() == wanted and home(each.iri).iri != CORE]
        if len(found) > 1:
            names = ", ".join(map(self.ontology.compact, sorted(found)))
            raise SettingError(f'"{text}" is the label of {names}; give one of these')
        return found[0] if found else None

    def _term(self, text: str, kind: str) -> str:
        try:
            return self.ontology.term(text)
        except OntologyError:
            terms: Iterable[OntologyClass | Property] = self.ontology.properties.values()
            if kind == "class":
                terms = self.ontology.classes.values()
            near = did_you_mean(text, [each.label for each in terms])
            raise SettingError(f'no {kind} of the ontology is called "{text}"{near}') from None


def _is_value(text: str, datatype: str) -> bool:
    """Say whether SPARQL can make a value of a text; datatypes that it does not know take any."""
    cast = f"{NamedNode(datatype)}({Literal(text)})"
    try:
        answer = pyoxigraph.Store().query(f"ASK {{ BIND({cast} AS ?value) FILTER(BOUND(?value)) }}")
    except RuntimeError:
        return True
    return bool(answer)
