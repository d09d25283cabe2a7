"""Names that come in pieces, and names that belong together."""

import pytest
from spacy.tokens import Span

from kg.language.proper_names import find_names
from kg.language.syntax import Syntax

from .docs import make_doc
from .ships import names, referents, ships

SLEPT = "slept=sleep/VBD/root ."


def texts(text):
    return [name.text for name in names(text)]


def marked(text, label, *spans):
    """Return the names of a text in which the tagger marked some spans of tokens, and nothing else."""
    doc = make_doc(text)
    doc.ents = [Span(doc, start, end, label=label) for start, end in spans]
    view = Syntax(doc)
    return [name.text for name in find_names(view, ships(), ships().noun_hits(view))]


# -- what the tagger cut in two ----------------------------------------------------------------------------------


def test_a_name_that_was_cut_behind_a_title_is_one():
    ana = "Captain/NNP/nmod:desc>Ana Ana/NNP/nsubj>slept/PERSON Lucia_Brandt/NNP/flat>Ana/PERSON"
    assert texts(f"{ana} {SLEPT}") == ["Ana Lucia Brandt"]


def test_one_word_before_a_full_name_may_be_what_somebody_is():
    assert texts(f"Islander/NNP/nsubj>slept/PERSON Bo_Lind/NNP/flat>Islander/PERSON {SLEPT}") == ["Islander", "Bo Lind"]


def test_a_nickname_in_quotation_marks_is_inside_the_name():
    text = f"Ada/NNP/nsubj>slept Rose/NNP/flat>Ada “ Addie/NNP/flat>Ada ” Marsh/NNP/flat>Ada {SLEPT}"
    assert marked(text, "PERSON", (0, 3), (3, 6)) == ["Ada Rose “Addie” Marsh"]


def test_two_one_word_subjects_of_one_verb_are_one_name():
    assert texts(f"Gale/NNP/nsubj>slept/PERSON Cadan/NNP/nsubj>slept/PERSON {SLEPT}") == ["Gale Cadan"]


def test_two_people_who_stand_side_by_side_are_two():
    assert texts("Ada/NNP/iobj>told/PERSON Bram/NNP/obj>told/PERSON told=tell/VBD/root .") == ["Ada", "Bram"]


@pytest.mark.parametrize("label", ["GPE", "MISC", "ORG"])
def test_a_name_of_a_thing_that_was_cut_is_one(label):
    assert texts(f"East/NNP/compound>Orley/{label} Orley/NNP/nsubj>slept/{label} {SLEPT}") == ["East Orley"]


def test_a_known_land_before_a_place_is_no_part_of_it():
    text = f"Norland/NNP/compound>Tarvik/GPE Tarvik/NNP/nsubj>slept/GPE {SLEPT}"
    assert texts(text) == ["Norland", "Tarvik"]


LIST = f"Board/NNP/nsubj>slept of Ropes/NNPS/nmod>Board , Sails/NNPS/conj>Ropes and Charts/NNPS/conj>Ropes {SLEPT}"


@pytest.mark.parametrize("spans", [[(0, 5), (6, 7)], [(0, 3), (4, 7)]])
def test_a_list_that_began_inside_a_name_goes_on_to_its_and(spans):
    assert marked(LIST, "ORG", *spans) == ["Board of Ropes, Sails and Charts"]


@pytest.mark.parametrize("spans", [[(0, 3), (4, 5), (6, 7)]])
def test_a_list_of_names_is_no_name(spans):
    assert marked(LIST, "ORG", *spans) == ["Board of Ropes", "Sails", "Charts"]


def test_a_place_with_a_comma_in_it_is_no_list():
    text = f"Orley/NNP/nsubj>slept , N.D./NNP/appos>Orley and Tarvik/NNP/conj>Orley {SLEPT}"
    assert marked(text, "ORG", (0, 3), (4, 5)) == ["Orley, N.D.", "Tarvik"]


# -- two names that are one --------------------------------------------------------------------------------------

PAIR = "Lund/NNP/nmod>{noun}/{label} and Quist/NNP/conj>Lund/{label}"


def test_the_guild_of_two_names_has_one():
    text = f"The guild/NN/nsubj>slept of {PAIR.format(noun='guild', label='ORG')} {SLEPT}"
    assert texts(text) == ["Lund and Quist"]


def test_who_is_something_for_two_names_is_it_for_one_where_only_one_can_be():
    assert texts(f"The pilot/NN/nsubj>slept for {PAIR.format(noun='pilot', label='PERSON')} {SLEPT}") == [
        "Lund and Quist"
    ]


def test_it_has_that_name_everywhere_in_the_text():
    text = f"Lund/NNP/nsubj>slept/ORG and Quist/NNP/conj>Lund/ORG {SLEPT}"
    told = f"The guild/NN/nsubj>slept of {PAIR.format(noun='guild', label='ORG')} {SLEPT}"
    assert texts(f"{text}\n{told}") == ["Lund and Quist", "Lund and Quist"]
    assert texts(text) == ["Lund", "Quist"]


@pytest.mark.parametrize(
    ("noun", "label"),
    [
        ("The guilds/NNS/nsubj>slept of " + PAIR.format(noun="guilds", label="ORG"), "two guilds"),
        ("The guild/NN/nsubj>slept of " + PAIR.format(noun="guild", label="PERSON"), "two people"),
        ("The warden/NN/nsubj>slept of " + PAIR.format(noun="warden", label="ORG"), "of two guilds"),
    ],
)
def test_others_of_two_names_are_of_two(noun, label):
    assert texts(f"{noun} {SLEPT}") == ["Lund", "Quist"], label


def test_two_longer_names_are_two():
    text = (
        "The guild/NN/nsubj>slept of Rope+Makers/NNPS/nmod>guild/ORG and Sail+Makers/NNPS/conj>Rope+Makers/ORG " + SLEPT
    )
    assert texts(text) == ["Rope Makers", "Sail Makers"]


# -- marks -------------------------------------------------------------------------------------------------------


def test_a_firm_of_two_surnames_is_no_person():
    text = f"Lund/NNP/nsubj>slept &/CC/cc>Quist Quist/NNP/conj>Lund {SLEPT}"
    assert marked(text, "PERSON", (0, 3)) == ["Lund & Quist"]
    view = make_doc(text)
    view.ents = [Span(view, 0, 3, label="PERSON")]
    (name,) = find_names(Syntax(view), ships(), {})
    assert name.votes == ()


def test_two_people_with_full_names_are_no_firm():
    text = f"Ada_Lund/NNP/nsubj>slept/PERSON &/CC/cc>Bo_Quist Bo_Quist/NNP/conj>Ada_Lund/PERSON {SLEPT}"
    assert texts(text) == ["Ada Lund", "Bo Quist"]


@pytest.mark.parametrize("title", ["Cllr", "Fr", "Supt"])
def test_an_abbreviated_title_is_no_part_of_a_name(title):
    assert marked(f"{title}/NNP/nsubj>slept Ada/NNP/flat>{title} Lund/NNP/flat>{title} {SLEPT}", "PERSON", (0, 3)) == [
        "Ada Lund"
    ]


# -- surnames first ----------------------------------------------------------------------------------------------

ENTRY = "Lund/NNP/nsubj>slept/PERSON , Ada/NNP/conj>Lund/PERSON , 52/CD/appos>Lund , " + SLEPT


def test_a_surname_a_given_name_and_an_age_are_one_person():
    assert texts(ENTRY) == ["Ada Lund"]
    assert referents(ENTRY) == {"Ada Lund": ["Lund, Ada"]}


@pytest.mark.parametrize(
    "text",
    [
        ENTRY.replace("52/CD/appos>Lund", "Bo/NNP/conj>Lund/PERSON"),
        ENTRY.replace("Ada/NNP/conj>Lund", "Ada_Quist/NNP/conj>Lund"),
        "Then/RB/advmod>slept " + ENTRY,
    ],
)
def test_other_lists_of_people_are_lists(text):
    assert "Ada Lund" not in texts(text)


# -- first words -------------------------------------------------------------------------------------------------

PARTY = f"The Lantern+Rope+Guild/NNP/nsubj>slept/ORG {SLEPT}"


@pytest.mark.parametrize(
    "text",
    [
        f"Lantern/NN/nsubj>slept {SLEPT}",
        "Ada/NNP/nsubj>likes/PERSON likes=like/VBZ/root Lantern/NN/obj>likes .",
    ],
)
def test_the_first_word_of_a_name_before_stands_for_it(text):
    assert referents(f"{PARTY}\n{text}")["Lantern Rope Guild"] == ["Lantern Rope Guild", "Lantern"]
    assert "Lantern" not in texts(text)


@pytest.mark.parametrize(
    "text",
    [
        "Lantern/NN/nsubj>long is=be/VBZ/cop>long long/JJ/root .",
        f"A/DT/det>Lantern Lantern/NN/nsubj>slept {SLEPT}",
    ],
)
def test_a_noun_that_only_opens_a_sentence_is_none(text):
    assert "Lantern" not in texts(f"{PARTY}\n{text}")
