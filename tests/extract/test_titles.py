"""What a noun names by itself: ranks, offices."""

import pytest
from language.ships import found, read, relations

from kg.model import Qualification

SLEPT = "slept=sleep/VBD/root ."


def test_a_noun_names_a_rank_where_it_says_nothing_more():
    assert relations(f"Ada/NNP/nsubj>slept/PERSON , the purser/NN/appos>Ada , {SLEPT}") == {"Ada holds purser"}


def test_a_noun_with_its_argument_says_the_narrower_thing_alone():
    text = f"Ada/NNP/nsubj>slept/PERSON , the skipper/NN/appos>Ada of Gull/NNP/nmod>skipper/PRODUCT , {SLEPT}"
    assert relations(text) == {"Ada commands Gull"}


@pytest.mark.parametrize(
    ("before", "title"),
    [
        ("deck/NN/compound>purser", "deck purser"),
        ("deputy/JJ/amod>purser", "deputy purser"),
        ("foreign/JJ/amod>purser", "foreign purser"),
        ("tall/JJ/amod>purser", "purser"),
    ],
)
def test_a_title_is_the_noun_with_what_says_which_one(before, title):
    text = f"Ada/NNP/nsubj>slept/PERSON , the {before} purser/NN/appos>Ada , {SLEPT}"
    assert relations(text) == {f"Ada holds {title}"}


def test_a_former_rank_is_no_plain_fact():
    text = f"Ada/NNP/nsubj>slept/PERSON , the former/JJ/amod>purser purser/NN/appos>Ada , {SLEPT}"
    assert found(read(text))["Ada holds purser"].qualification == Qualification("Former")


def test_whoever_is_dismissed_is_former():
    text = "Bram/NNP/nsubj>sacked/PERSON sacked=sack/VBD/root the purser/NN/obj>sacked , Ada/NNP/appos>purser/PERSON ."
    assert found(read(text))["Ada holds purser"].qualification == Qualification("Former")


@pytest.mark.parametrize(
    "text",
    [
        "They/PRP/nsubj>hired hired=hire/VBD/root Ada/NNP/obj>hired/PERSON as purser/NN/obl>hired .",
        "Ada/NNP/nsubj:pass>hired/PERSON was=be/VBD/aux:pass>hired hired=hire/VBN/root purser/NN/xcomp>hired .",
    ],
)
def test_an_event_takes_the_rank_that_its_noun_names(text):
    assert {"hiring: Ada, purser hired Ada", "hiring: Ada, purser rank purser"} <= relations(text)


def test_one_rank_of_two_people_is_one_thing():
    text = f"Ada/NNP/nsubj>slept/PERSON , the purser/NN/appos>Ada , {SLEPT}\n"
    text += f"Bram/NNP/nsubj>slept/PERSON , the purser/NN/appos>Bram , {SLEPT}"
    reading = read(text)
    assert [referent.label for referent in reading.referents].count("purser") == 1
