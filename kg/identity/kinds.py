"""Kinds: what one thing can be at once, by its classes and the individual that it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Final

from kg.identity.names import bare_name, has_honorific, name_key
from kg.model import Referent
from kg.ontology import Ontology
from kg.ontology.terms import Argument

PERSONAL_PRONOUNS: Final = frozenset(("he", "she"))
"""English says these of people only: a class that has one of them is a class of people."""


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """What decides whether two referents can be one thing: their classes and the individual that they are.

    There is one object for each, which `kind_of` and `union` give.
    """

    types: frozenset[str]
    known: frozenset[str]


@dataclass
class Kinds:
    """Compares kinds by an ontology, and remembers."""

    ontology: Ontology
    _people: dict[tuple[str, ...], bool] = field(default_factory=dict)
    _compatible: dict[tuple[Kind, Kind], bool] = field(default_factory=dict)
    _guessed: dict[Kind, bool] = field(default_factory=dict)
    _nouns: dict[Kind, bool] = field(default_factory=dict)

    def compatible(self, a: Kind, b: Kind) -> bool:
        """Say whether one thing can be of both kinds."""
        if a is b:
            return True
        found = self._compatible.get((a, b))
        if found is None:
            found = len(a.known | b.known) < 2 and all(
                self.ontology.compatible(one, other) for one in a.types for other in b.types
            )
            self._compatible[a, b] = self._compatible[b, a] = found
        return found

    def all_compatible(self, kinds: Iterable[Kind]) -> bool:
        """Say whether one thing can be of any two of some kinds."""
        different = list(dict.fromkeys(kinds))
        return all(
            self.compatible(one, other) for number, one in enumerate(different) for other in different[number + 1 :]
        )

    def related(self, a: Kind, b: Kind) -> bool:
        """Say whether a class of one is a class of the other, or above it."""
        return any(
            self.ontology.is_a(one, other) or self.ontology.is_a(other, one) for one in a.types for other in b.types
        )

    def fits(self, of_class: str, kind: Kind) -> bool:
        """Say whether a thing of a kind is likely one of a class: it is below the kind, or the kind but a guess."""
        if any(self.ontology.is_a(of_class, iri) for iri in kind.types):
            return True
        return self.guessed(kind) and any(self.ontology.is_a(iri, of_class) for iri in kind.types)

    def guessed(self, kind: Kind) -> bool:
        """Say whether a kind is no more than what a tagger of names makes of a name, which may be wrong."""
        classes = self.ontology.classes
        found = self._guessed.get(kind)
        if found is None:
            found = not kind.known and all(iri in classes and classes[iri].name_labels for iri in kind.types)
            self._guessed[kind] = found
        return found

    def noun(self, kind: Kind) -> bool:
        """Say whether a kind is one of things that common nouns name, such as an office."""
        found = self._nouns.get(kind)
        if found is None:
            found = any(self.ontology.is_a(iri, named) for iri in kind.types for named in self._named_by_nouns)
            self._nouns[kind] = found
        return found

    @cached_property
    def _named_by_nouns(self) -> frozenset[str]:
        terms = {frame.term for frame in self.ontology.frames if Argument.ITSELF in frame.arguments}
        return frozenset(
            of for term in terms if term in self.ontology.properties for of in self.ontology.properties[term].range
        )

    def person(self, referent: Referent) -> bool:
        """Say whether a referent is one of people: by its classes, or without any by an honorific."""
        if not referent.types:
            return has_honorific(referent.label)
        found = self._people.get(referent.types)
        if found is None:
            classes = self.ontology.classes
            above = {each for iri in referent.types for each in self.ontology.ancestors(iri) if each in classes}
            found = any(PERSONAL_PRONOUNS.intersection(classes[each].pronouns) for each in above)
            self._people[referent.types] = found
        return found

    def key(self, name: str, referent: Referent) -> str:
        """Give the key of a name of a referent: of people without the honorific."""
        return name_key(bare_name(name) if self.person(referent) else name)


def kind_of(referent: Referent) -> Kind:
    """Give the kind of a referent."""
    return _kind(frozenset(referent.types), frozenset(() if referent.known is None else (referent.known,)))


def union(kinds: Iterable[Kind]) -> Kind:
    """Give the kind of a thing that is of all these kinds."""
    seen = set(kinds)
    if len(seen) == 1:
        return seen.pop()
    return _kind(
        frozenset(iri for kind in seen for iri in kind.types), frozenset(iri for kind in seen for iri in kind.known)
    )


@cache
def _kind(types: frozenset[str], known: frozenset[str]) -> Kind:
    return Kind(types, known)
