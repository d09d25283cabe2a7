"""The names of a knowledge base as the reading of articles wants them: where a name stands, and of what class it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from kg.identity.names import name_key
from kg.kb.comparing import Comparer
from kg.kb.entries import Entry
from kg.kb.index import KbIndex
from kg.kb.names import Spelling
from kg.kb.terms import Terms
from kg.ontology import Ontology

_LONGEST: Final = 8
_REMEMBERED: Final = 1 << 16


class Gazetteer:
    """Says which rows of words are names of the knowledge base, and of which classes their bearers are.

    Names of one word are none of its business: too many of them are words, or parts of other names. Without the word
    for its kind that ends it in the knowledge base a name tells no more than a tagger could. What two entries
    of different classes are called has the classes that both share; where they share none it has no class, and is a
    name all the same.
    """

    def __init__(self, index: KbIndex, ontology: Ontology) -> None:
        self.index = index
        self.ontology = ontology
        self.comparer = Comparer(index, Terms(ontology))
        self.classes_of = lru_cache(_REMEMBERED)(self._classes_of)
        self._begins = lru_cache(_REMEMBERED)(self._make_begins)
        self._tails = sorted({tail for tails in index.tails.values() for tail in tails})

    def find(self, words: Sequence[str], start: int) -> tuple[int, tuple[str, ...]] | None:
        """Find the longest name that begins at a word: where it ends, and its classes; None when there is none.

        The words are those of a tokenizer that splits at blanks, hyphens, commas and possessives.
        """
        if not words[start][:1].isupper() or not self._begins(_joined(words[start : start + 2])):
            return None
        for end in range(min(len(words), start + _LONGEST), start + 1, -1):
            if words[end - 1][:1].isalnum() and (found := self.classes_of(_joined(words[start:end]))) is not None:
                return end, found
        return None

    def _make_begins(self, name: str) -> bool:
        return self.index.has_prefix(name_key(name))

    def _classes_of(self, name: str) -> tuple[str, ...] | None:
        """Give the classes of what bears a name of several words; None when nothing in the knowledge base does."""
        key = name_key(name)
        if " " not in key:
            return None
        whole = [self.index.entry(number) for number, how in self.index.find(key) if how <= Spelling.SHORT]
        several = [self.comparer.lasting_classes(entry) for entry in whole]
        for tail in self._tails:
            short = (self.index.entry(number) for number, _ in self.index.find(f"{key} {tail}"))
            several += [_in_short(entry, self.comparer) for entry in short if tail in _tails(entry, self.index)]
        return shared_classes(several, self.ontology) if several else None


def shared_classes(several: Iterable[Iterable[str]], ontology: Ontology) -> tuple[str, ...]:
    """Give the most specific classes that things of these classes share, those above theirs included; sorted."""
    above = [{each for iri in classes for each in ontology.ancestors(iri)} for classes in several]
    shared = set.intersection(*above) & ontology.classes.keys() if above else set()
    return ontology.most_specific(shared)


def _in_short(entry: Entry, comparer: Comparer) -> frozenset[str]:
    """Give what a name without the word for its kind tells: that it is a place, say, not that it is a borough."""
    return comparer.terms.kinds(comparer.lasting_classes(entry))


def _tails(entry: Entry, index: KbIndex) -> list[str]:
    return [tail for kind in entry.types for tail in index.tails.get(kind.text, ())]


def _joined(words: Sequence[str]) -> str:
    return " ".join(words).replace(" - ", "-").replace(" ,", ",").replace(" 's", "'s").replace(" ’s", "’s")
