"""Names that a knowledge base knows: found where nothing else stands, and one vote more for what they are of."""

import pytest

from kg.language.arbitration import LISTED
from kg.language.lexicon import Lexicon
from kg.language.proper_names import find_names
from kg.language.syntax import Syntax

from .docs import make_doc
from .ships import SEA, ships

ROWED = "rowed=row/VBD/root ."


class Register:
    """Knows some names, each with its classes."""

    def __init__(self, **names):
        self.names = {tuple(name.split("_")): classes for name, classes in names.items()}

    def find(self, words, start):
        found = [row for row in self.names if tuple(words[start : start + len(row)]) == row]
        longest = max(found, key=len, default=None)
        return None if longest is None else (start + len(longest), self.names[longest])


@pytest.fixture
def read():
    def make(text, register=None):
        lexicon = Lexicon(ships().ontology, register)
        view = Syntax(make_doc(text))
        return find_names(view, lexicon, lexicon.noun_hits(view))

    return make


def listed(name):
    return [vote.of_class for vote in name.votes if vote.weight == LISTED and "knowledge base" in vote.reason]


def test_a_name_that_the_tagger_missed_is_found(read):
    text = f"gull/NN/compound>tern tern/NN/nsubj>rowed {ROWED}"
    assert read(text) == []
    (name,) = read(text, Register(gull_tern=(SEA + "Vessel",)))
    assert (name.text, listed(name)) == ("gull tern", [SEA + "Vessel"])


def test_a_name_that_the_tagger_found_gets_its_classes(read):
    text = f"Gull_Tern/NNP/nsubj>rowed/PERSON {ROWED}"
    (without,) = read(text)
    (name,) = read(text, Register(Gull_Tern=(SEA + "Vessel",)))
    assert listed(without) == []
    assert listed(name) == [SEA + "Vessel"]


def test_a_longer_name_is_not_taken_for_a_part_of_it(read):
    text = f"Gull_Tern_Crew/NNP/nsubj>rowed/ORG {ROWED}"
    (name,) = read(text, Register(Gull_Tern=(SEA + "Vessel",)))
    assert (name.text, listed(name)) == ("Gull Tern Crew", [])


def test_a_name_without_class_is_a_name_all_the_same(read):
    (name,) = read(f"gull/NN/compound>tern tern/NN/nsubj>rowed {ROWED}", Register(gull_tern=()))
    assert (name.text, listed(name)) == ("gull tern", [])
