"""Nouns of several people with an argument each, words that a noun asks for, nouns of verbs, nouns that say nothing."""

import pytest
from language.docs import make_doc
from language.ships import SHIPS, describe
from news import told

from kg.extract.reading import read_doc
from kg.language.lexicon import Lexicon
from kg.model import Article
from kg.ontology import load_ontology

# -- one noun, several bearers ---------------------------------------------------------------------------


def test_each_of_two_presidents_is_one_of_the_country_after_the_name():
    assert told("Presidents Ada Lund of Poland and Bram Quist of Chile met in Lisbon.", "headOfState") == {
        "Ada Lund headOfState Poland",
        "Bram Quist headOfState Chile",
    }


def test_the_country_after_the_last_of_two_presidents_is_of_both():
    assert told("Presidents Ada Lund and Bram Quist of Chile met in Lisbon.", "headOfState") == {
        "Ada Lund headOfState Chile",
        "Bram Quist headOfState Chile",
    }


def test_two_presidents_without_a_country_have_the_office_alone():
    text = "Presidents Ada Lund and Bram Quist met in Lisbon."
    assert told(text, "headOfState") == set()
    assert told(text, "holdsOffice") == {"Ada Lund holdsOffice president", "Bram Quist holdsOffice president"}


# -- the class that the other end must be of -------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "party", "others"),
    [
        (
            "Erik Lund, the Socialist chairman of the Rivers Committee, agreed.",
            {"Erik Lund memberOfParty Socialist"},
            {"Erik Lund chairs Rivers Committee"},
        ),
        ("Erik Lund, the Rivers Committee chairman, agreed.", set(), {"Erik Lund chairs Rivers Committee"}),
        ("Polish President Ada Lund agreed.", set(), {"Ada Lund headOfState Poland"}),
        (
            "Democratic President Ada Lund of Poland agreed.",
            {"Ada Lund memberOfParty Democratic"},
            {"Ada Lund headOfState Poland"},
        ),
    ],
)
def test_a_noun_takes_a_party_before_it_as_a_party_and_nothing_else_so(text, party, others):
    assert told(text, "memberOfParty") == party
    assert told(text, "chairs", "headOfState", "leads") == others


# -- nouns that belong to a verb -------------------------------------------------------------------------


def test_a_verb_with_its_noun_takes_what_the_noun_is_of():
    assert told("Ada Lund joined the board of Almeida Foods.", "directorOf") == {"Ada Lund directorOf Almeida Foods"}
    assert told("Ada Lund left the board of Almeida Foods.", "directorOf") == {
        "Ada Lund directorOf Almeida Foods [Former]"
    }


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lund joined the staff of Almeida Foods.",
        "Ada Lund met the board of Almeida Foods.",
        "Ada Lund joined the board of a firm in Porto.",
    ],
)
def test_another_noun_another_verb_and_a_firm_without_a_name_say_nothing(text):
    assert told(text, "directorOf", "memberOf") == set()


BOARDS = """
ex:steers a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Guild ;
    kg:frame [ a kg:Verb ; kg:lemma "sit board" ; kg:object "of" ] ,
        [ a kg:Verb ; kg:lemma "chair board" ; kg:object "of" , kg:Possessor ] .
"""


@pytest.fixture(scope="module")
def boards(tmp_path_factory):
    """Give the words of the toy domain with verbs that have a noun of their own."""
    file = tmp_path_factory.mktemp("boards") / "boards.ttl"
    file.write_text(SHIPS + BOARDS, encoding="utf-8")
    return Lexicon(load_ontology(file))


@pytest.mark.parametrize(
    ("rest", "found"),
    [
        ("sits=sit/VBZ/root on the board/NN/obl>sits of the Rope+Guild/NNP/nmod>board/ORG", {"Ada steers Rope Guild"}),
        (
            "chairs=chair/VBZ/root the Rope+Guild/NNP/nmod:poss>board/ORG 's board/NN/obj>chairs",
            {"Ada steers Rope Guild"},
        ),
        ("sits=sit/VBZ/root on the deck/NN/obl>sits of the Rope+Guild/NNP/nmod>deck/ORG", set()),
        ("sits=sit/VBZ/root on the Rope+Guild/NNP/nmod:poss>board/ORG 's board/NN/obl>sits", set()),
        ("sits=sit/VBZ/root on the board/NN/obl>sits of Gull/NNP/nmod>board/PRODUCT", set()),
    ],
)
def test_the_places_of_a_verb_s_noun_are_those_of_its_frame(boards, rest, found):
    doc = make_doc(f"Ada/NNP/nsubj>{rest.split('=')[0]}/PERSON {rest} .")
    reading = read_doc(doc, Article("a", doc.text), boards)
    lines = {describe(reading, statement) for statement in reading.statements}
    assert {line for line in lines if " steers " in line} == found


def test_what_somebody_is_called_says_nothing_where_everybody_is_that():
    assert told('Bram Quist described Ada Lind as "the most dangerous woman in Tarnvik".') == set()
    assert told("Bram Quist said Ada Lind was a brave woman.") == set()
    assert told("Ada Lind is a woman of Tarnvik.") == {"Ada Lind is Person"}
