"""Noun phrases: what of a sentence may refer, and where it starts and ends."""

from __future__ import annotations

import pytest

from kg.language.mentions import find_phrases
from kg.language.syntax import Syntax

from .docs import CLEAR, UD, make_doc


def find(text: str, scheme: str = UD) -> list[str]:
    doc = make_doc(text, scheme)
    return [doc[phrase.start : phrase.end].text for phrase in find_phrases(Syntax(doc))]


def test_a_phrase_has_all_that_hangs_on_its_head() -> None:
    found = find("the old/JJ/amod>pilot pilot/NN/nsubj>left of boats/NNS/nmod>pilot left=leave/VBD/root .")
    assert found == ["the old pilot of boats", "boats"]


def test_a_pronoun_is_a_phrase_and_a_relative_one_is_none() -> None:
    found = find(
        "she/PRP/nsubj>saw saw=see/VBD/root the boat/NN/obj>saw which/WDT/nsubj>sank sank=sink/VBD/acl:relcl>boat"
    )
    assert found == ["she", "the boat which sank", "the boat"]


def test_a_possessor_is_a_phrase_with_its_mark() -> None:
    found = find("the pilot/NN/nmod:poss>boat 's boat/NN/nsubj>sank sank=sink/VBD/root .")
    assert found == ["the pilot 's boat".replace(" 's", "'s"), "the pilot's"]


def test_a_coordination_and_its_parts_are_phrases() -> None:
    found = find("pilots=pilot/NNS/nsubj>left and cooks=cook/NNS/conj>pilots left=leave/VBD/root .")
    assert found == ["pilots and cooks", "pilots", "cooks"]


def test_what_is_said_in_apposition_may_be_left_out() -> None:
    found = find("Ada_Marsh/NNP/nsubj>left/PERSON , the pilot/NN/appos>Ada_Marsh , left=leave/VBD/root .")
    assert found == ["Ada Marsh, the pilot", "Ada Marsh", "the pilot"]


def test_a_preposition_is_no_part_of_its_phrase() -> None:
    assert find("boats=boat/NNS/nsubj>lay lay=lie/VBD/root in the harbour/NN/obl>lay .") == ["boats", "the harbour"]


@pytest.mark.parametrize("scheme", [UD, CLEAR])
def test_a_complement_is_a_phrase_without_its_subject(scheme: str) -> None:
    if scheme == UD:
        text = "she/PRP/nsubj>pilot was=be/VBD/cop>pilot the pilot/NN/root ."
    else:
        text = "she/PRP/nsubj>was was=be/VBD/root the pilot/NN/attr>was ."
    assert find(text, scheme) == ["she", "the pilot"]
