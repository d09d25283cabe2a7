"""Parts and wholes: what contains an individual of the ontologies, by the properties below the standard ones."""

from __future__ import annotations

from functools import cache
from typing import Final

from kg.ontology.ontology import Ontology
from kg.vocabulary import DCTERMS, ORG, SCHEMA

PART_OF: Final = frozenset((SCHEMA + "containedInPlace", DCTERMS + "isPartOf", ORG + "subOrganizationOf"))
"""What says that the subject is part of the object, and all properties below it."""


class Wholes:
    """Looks up what individuals are part of, and remembers."""

    def __init__(self, ontology: Ontology) -> None:
        self._triples = ontology.triples
        self._properties = sorted(iri for iri in ontology.properties if ontology.ancestors(iri) & PART_OF)
        self.largest = cache(self._largest)

    def _largest(self, iri: str) -> frozenset[str]:
        """Give the wholes that an individual is part of and that are part of nothing; itself when there is none."""
        found, done, waiting = set(), {iri}, [iri]
        while waiting:
            part = waiting.pop()
            wholes = {whole for each in self._properties for whole in self._triples.iris(part, each)}
            if not wholes:
                found.add(part)
            waiting += wholes - done
            done |= wholes
        return frozenset(found)
