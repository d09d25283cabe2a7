"""What a source calls its classes and properties, in terms of the ontology that a graph is built with.

The ontology alone decides: its labels, IRIs and super-classes, the words that its frames know for a class ("club"),
and kg:sourceTerm, by which a class or a property says how knowledge bases call it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final

import pyoxigraph as ox

from kg.identity.names import HONORIFICS, name_key
from kg.ontology import Ontology
from kg.ontology.declarations import CORE
from kg.ontology.frames import FrameKind
from kg.ontology.ontology import common_class
from kg.ontology.turtle import local_name
from kg.ontology.wholes import Wholes
from kg.vocabulary import KG

SOURCE_TERM: Final = KG + "sourceTerm"
PERSONAL: Final = frozenset(("he", "she"))
"""English says these of people only."""

_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BREAKS: Final = re.compile(r"[\W_]+")
_HEAD_ENDS: Final = re.compile(r"\b(?:of|for|in|within|from|to|at|on|with)\b")
_EITHER: Final = re.compile(r"\bor\b|\band\b")
_REMEMBERED: Final = 1 << 14


class Terms:
    """Finds the classes and properties of an ontology, not those of the core, by what sources call them."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._class_terms: dict[str, set[str]] = defaultdict(set)
        self._property_terms: dict[str, set[str]] = defaultdict(set)
        self._children: dict[str, set[str]] = defaultdict(set)
        self._nouns: dict[str, set[str]] = defaultdict(set)
        self._by_range: dict[str, set[str]] = defaultdict(set)
        self._add_terms()
        self.classes = lru_cache(_REMEMBERED)(self._classes)
        self.properties = lru_cache(_REMEMBERED)(self._properties)
        self.specific = lru_cache(_REMEMBERED)(self._specific)
        self.forms = lru_cache(_REMEMBERED)(self._forms)
        self.keys_of = lru_cache(_REMEMBERED)(self._keys_of)
        self._patterns = lru_cache(_REMEMBERED)(self._make_patterns)
        self._words_of = _word_forms(ontology)
        self._wholes = Wholes(ontology)

    def _add_terms(self) -> None:
        ontology = self.ontology
        classes = {iri: each for iri, each in ontology.classes.items() if ontology.triples.home(iri).iri != CORE}
        properties = {iri: each for iri, each in ontology.properties.items() if ontology.triples.home(iri).iri != CORE}
        for iri, of_class in classes.items():
            self._nouns[plain_words(of_class.label)].add(iri)
            self._nouns[plain_words(local_name(iri))].add(iri)
        for iri, of_property in properties.items():
            for parent in of_property.parents:
                self._children[parent].add(iri)
            for text in (of_property.label, local_name(iri)):
                self._property_terms[plain_words(text)].add(iri)
            for each in of_property.range:
                self._by_range[each].add(iri)
        for frame in ontology.frames:
            if frame.kind is FrameKind.CLASS_NOUN:
                for lemma in frame.lemmas:
                    self._nouns[plain_words(" ".join(lemma))].add(frame.term)
        for terms, found in ((classes, self._class_terms), (properties, self._property_terms)):
            for iri in terms:
                for value in ontology.triples.values(iri, SOURCE_TERM):
                    name = value.value if isinstance(value, ox.NamedNode) else plain_words(getattr(value, "value", ""))
                    found[name].add(iri)

    def _classes(self, text: str) -> tuple[str, ...]:
        """Give the classes that a source means by a word, a phrase or an IRI; none when the ontology does not tell.

        A phrase is understood by its head: "berth of the inner harbour" by "berth".
        """
        if text in self.ontology.classes:
            return (text,)
        if text in self._class_terms:
            return tuple(sorted(self._class_terms[text]))
        words = plain_words(local_name(text) if "://" in text else text)
        if words in self._class_terms:
            return tuple(sorted(self._class_terms[words]))
        if words in self._nouns:
            return self._common(self._nouns[words])
        heads = [_HEAD_ENDS.split(part)[0].strip() for part in _EITHER.split(words)]
        found = [each for head in heads for each in self._of_phrase(head)]
        return self._common(found) if found else ()

    def _of_phrase(self, phrase: str) -> tuple[str, ...]:
        """Give the classes of the longest noun that ends a phrase."""
        words = phrase.split()
        for start in range(len(words)):
            for noun in _singular(" ".join(words[start:])):
                if noun in self._nouns:
                    return self._common(self._nouns[noun])
        return ()

    def _common(self, classes: Iterable[str]) -> tuple[str, ...]:
        given = sorted(classes)
        found = given[0] if len(given) == 1 else common_class(tuple(given), self.ontology.classes)
        return () if found is None else (found,)

    def _properties(self, text: str) -> tuple[str, ...]:
        """Give the properties that a source may mean by a name or an IRI.

        Where none is called so, and the name is that of a specific class ("club"), those with this range.
        """
        exact = self.exact_properties(text)
        if exact:
            return exact
        classes = (each for each in self.classes(text) if self._specific(each))
        found = {each for of_class in classes for each in self._by_range.get(of_class, ())}
        return tuple(sorted(found))

    def exact_properties(self, text: str) -> tuple[str, ...]:
        """Give the properties that are called so, or that are the only one below such a property."""
        properties = self.ontology.properties
        if text in properties:
            return (text,)
        if text in self._property_terms:
            return tuple(sorted(self._property_terms[text]))
        children = self._children.get(text, set()) & properties.keys()
        if len(children) == 1:
            return tuple(children)
        words = plain_words(local_name(text) if "://" in text else text)
        return tuple(sorted(self._property_terms.get(words, ())))

    def fits(self, of_property: str, subject: Iterable[str], other: Iterable[str]) -> bool:
        """Say whether things of these classes can be the ends of a property."""
        term = self.ontology.properties[of_property]
        return self._can_be(term.domain, subject) and self._can_be(term.range, other)

    def _can_be(self, wanted: Iterable[str], classes: Iterable[str]) -> bool:
        wanted, classes = tuple(wanted), tuple(classes)
        return not wanted or any(all(self.ontology.compatible(one, each) for each in classes) for one in wanted)

    def is_person(self, classes: Iterable[str]) -> bool:
        """Say whether one of the classes is of people."""
        known = self.ontology.classes
        return any(
            PERSONAL.intersection(known[above].pronouns)
            for iri in classes
            for above in self.ontology.ancestors(iri)
            if above in known
        )

    def _specific(self, iri: str) -> bool:
        """Say whether a class says more than a tagger of names can: it stands below one that has a kg:nameLabel."""
        known = self.ontology.classes
        return any(
            above != iri and above in known and known[above].name_labels for above in self.ontology.ancestors(iri)
        )

    def kinds(self, classes: Iterable[str]) -> frozenset[str]:
        """Give what a tagger of names can tell of things of these classes: those above them with a kg:nameLabel."""
        known = self.ontology.classes
        above = {each for iri in classes for each in self.ontology.ancestors(iri) if each in known}
        return frozenset(self.ontology.most_specific(each for each in above if known[each].name_labels))

    def compatible(self, a: Iterable[str], b: Iterable[str]) -> bool:
        """Say whether one thing can be of all these classes."""
        others = tuple(b)
        return all(self.ontology.compatible(one, other) for one in a for other in others)

    def _keys_of(self, other: str) -> frozenset[str]:
        """Give the keys of the names of an individual of the ontology; anything else is a key itself."""
        individual = self.ontology.individuals.get(other)
        return frozenset((other,)) if individual is None else frozenset(map(name_key, individual.names))

    @cached_property
    def _individuals(self) -> Mapping[str, frozenset[str]]:
        """The individuals of the ontology by the keys of their names."""
        found: dict[str, set[str]] = defaultdict(set)
        for iri, individual in self.ontology.individuals.items():
            for name in individual.names:
                found[name_key(name)].add(iri)
        return {key: frozenset(iris) for key, iris in found.items()}

    def wholes(self, keys: Iterable[str], classes: Iterable[str]) -> frozenset[str]:
        """Give the largest wholes of what has one of these names and can be of these classes: of a city its country."""
        given = tuple(classes)
        individuals = self.ontology.individuals
        found = {
            iri
            for key in keys
            for iri in self._individuals.get(key, ())
            if given and self.compatible(individuals[iri].types, given)
        }
        return frozenset(whole for iri in found for whole in self._wholes.largest(iri))

    def _forms(self, key: str, of_class: str) -> frozenset[str]:
        """Give the keys that may stand for the same thing of a class: by its name patterns and its name words.

        "Harbour" may be short for "Harbour Club" where "… Club" is a pattern, and the other way round.
        """
        bases = {key, *self._words_of.get((key, of_class), ())}
        found = set(bases)
        for before, after in self._patterns(of_class):
            for base in bases:
                if base.startswith(before) and base.endswith(after) and len(base) > len(before) + len(after):
                    found.add(base[len(before) : len(base) - len(after)])
                else:
                    found.add(f"{before}{base}{after}")
        found.update(other for each in tuple(found) for other in self._words_of.get((each, of_class), ()))
        return frozenset(found) - {""} - HONORIFICS

    def _make_patterns(self, of_class: str) -> tuple[tuple[str, str], ...]:
        """Give what stands before and after the name in the patterns of a class that have one gap at an end."""
        term = self.ontology.classes.get(of_class)
        found = []
        for pattern in term.name_patterns if term else ():
            before, gap, after = pattern.replace("...", "…").partition("…")
            if gap and "…" not in after and bool(before.strip()) != bool(after.strip()):
                before, after = name_key(before), name_key(after)
                found.append((before and f"{before} ", after and f" {after}"))
        return tuple(found)


def plain_words(text: str) -> str:
    """Write a name of a class or a property as words in small letters.

    >>> plain_words("memberOfClub"), plain_words("on_behalf_of")
    ('member of club', 'on behalf of')
    """
    return " ".join(_BREAKS.sub(" ", _CAPITAL.sub(" ", text)).lower().split())


def _singular(noun: str) -> Iterable[str]:
    yield noun
    if noun.endswith("ies"):
        yield f"{noun[:-3]}y"
    if noun.endswith("s"):
        yield noun[:-1]


def _word_forms(ontology: Ontology) -> Mapping[tuple[str, str], frozenset[str]]:
    """Give the other forms of words that name something of a class by themselves ("Harbourite|Harbourites")."""
    found = {}
    for iri, term in ontology.classes.items():
        for forms in term.name_words:
            keys = frozenset(name_key(form) for form in forms)
            found.update({(key, iri): keys for key in keys})
    return found
