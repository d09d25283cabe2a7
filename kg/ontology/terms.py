"""What an ontology declares: classes, properties, individuals, rules; each record holds its own declarations only.

What a class inherits (name patterns, labels of a pipeline, pronouns, disjointness, measures) stands on its ancestors:
walk `Ontology.ancestors`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Argument(StrEnum):
    """A place of a phrase, by the local name of its kg:Argument."""

    SUBJECT = "Subject"
    OBJECT = "Object"
    POSSESSOR = "Possessor"
    MODIFIER = "Modifier"
    COMPLEMENT = "Complement"
    ITSELF = "Itself"
    TIME = "Time"


Place = Argument | str
"""Where an argument stands: an `Argument`, or a preposition in lower case."""


@dataclass(frozen=True, slots=True)
class OntologyClass:
    """A class.

    `parents` are the direct super-classes, those of vocabularies that are not loaded included. `name_patterns` hold
    "…" for one or more words; `name_words` the forms of each word that names one by itself. `disjoint` is symmetric
    between loaded classes. `score` are the two datatype properties that a result such as "95 to 92" gives, in that
    order; `measures` the datatype properties that count a member. `metonym` tells that one without a name stands for
    what it belongs to.
    """

    iri: str
    label: str
    parents: tuple[str, ...] = ()
    name_patterns: tuple[str, ...] = ()
    name_labels: tuple[str, ...] = ()
    name_words: tuple[tuple[str, ...], ...] = ()
    pronouns: tuple[str, ...] = ()
    disjoint: tuple[str, ...] = ()
    score: tuple[str, str] | None = None
    measures: tuple[str, ...] = ()
    metonym: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """A property. Of several classes in `domain` or in `range` any one will do; empty means anything.

    `occurrence` tells that it says what happens, so that the past tense of its words is as good as the present;
    `resignable` that who resigns or is dismissed has it no longer.

    `inverse` is filled in on both ends when one of them declares it.
    """

    iri: str
    label: str
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    datatype: bool = False
    inverse: str | None = None
    symmetric: bool = False
    functional: bool = False
    occurrence: bool = False
    resignable: bool = False
    parents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Individual:
    """A thing that an ontology knows by name: the label first in `names`, then the others; `types` are sorted.

    `score_order` tells how the two numbers of a result stand that ends so: "descending" or "ascending".
    """

    iri: str
    label: str
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    types: tuple[str, ...]
    score_order: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """An inference rule. `construct` is a complete SPARQL CONSTRUCT query, its prefixes included."""

    iri: str
    label: str
    construct: str


def find_ancestors(iri: str, terms: Mapping[str, OntologyClass] | Mapping[str, Property]) -> list[str]:
    """Give a term and all that stands above it, each once, the nearest first; a cycle ends where it closes."""
    found = [iri]
    for each in found:
        term = terms.get(each)
        found += [parent for parent in dict.fromkeys(term.parents if term else ()) if parent not in found]
    return found
