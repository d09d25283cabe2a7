"""Words that name something by themselves ("Democrat"), and names that a title, a party's word or a place part."""

import pytest
from news import read, told

from kg.model import MentionKind

from .ships import names as ship_names
from .ships import referents

SLEPT = "slept=sleep/VBD/root ."


def names(text):
    """Return the proper names of a text, each as often as it is mentioned, in text order."""
    mentions = [m for m in read(text).mentions if m.kind is MentionKind.NAME]
    return [mention.text for mention in sorted(mentions, key=lambda mention: mention.span.start)]


# -- words that name a party -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Democrat Ada Lund opposed the bill.", "Democrat"),
        ("The bill is opposed by Republican Ada Lund.", "Republican"),
        ("Ada Lund, the senior Democrat on the Rivers Committee, agreed.", "Democrat"),
        ("Ada Lund, a Republican, agreed.", "Republican"),
        ("Ada Lund is a Democrat.", "Democrat"),
        ("Democratic governor Ada Lund vetoed the bill.", "Democratic"),
        ("The Democratic president of Poland, Ada Lund, agreed.", "Democratic"),
        ("Ada Lund, a Democratic member of the Rivers Committee, agreed.", "Democratic"),
        ("Ada Lund, the Green senator, agreed.", "Green"),
    ],
)
def test_a_party_s_word_beside_a_name_makes_a_member_of_it(text, word):
    assert told(text, "memberOfParty") == {f"Ada Lund memberOfParty {word}"}
    assert f"{word} is Party" in told(text, "is")


@pytest.mark.parametrize(
    "text",
    [
        "The democratic governor Ada Lund vetoed the bill.",
        "Ada Lund, a green senator, agreed.",
        "Democratic values matter to Ada Lund.",
        "Ada Lund met conservative voters.",
        "Harbour Board Ada Lund opposed the bill.",
    ],
)
def test_a_small_letter_or_the_start_of_a_sentence_alone_make_no_party(text):
    assert told(text, "memberOfParty") == set()
    assert not any(line.endswith("is Party") for line in told(text, "is"))


def test_at_the_start_of_a_sentence_a_name_or_a_title_after_it_shows_that_a_word_is_a_name():
    assert "Democratic" in names("Democratic governor Ada Lund vetoed the bill.")
    assert "Democratic" not in names("Democratic values matter to Ada Lund.")
    assert "Conservative" not in names("Conservative voters met Ada Lund.")


def test_of_two_names_after_a_party_s_word_both_are_members():
    assert told("Democrats Ada Lund and Bram Quist opposed the bill.", "memberOfParty") == {
        "Ada Lund memberOfParty Democrats",
        "Bram Quist memberOfParty Democrats",
    }


@pytest.mark.parametrize("text", ["Democrats met Ada Lund.", "Ada Lund criticised the Republicans."])
def test_a_party_s_word_that_is_said_of_nobody_makes_no_member(text):
    assert told(text, "memberOfParty") == set()


def test_a_party_s_word_before_a_title_leaves_the_rest_of_the_title_its_own():
    text = "The Democratic president of Poland, Ada Lund, agreed."
    assert told(text, "headOfState", "leads") == {"Ada Lund headOfState Poland"}


def test_the_forms_of_a_party_s_word_are_one_party():
    text = "Democrat Ada Lund spoke. Bram Quist, a Democratic senator, agreed. The Democrats won 12 seats."
    assert told(text, "memberOfParty", "seats") == {
        "Ada Lund memberOfParty Democratic",
        "Bram Quist memberOfParty Democratic",
        "Democratic seats 12",
    }


@pytest.mark.parametrize(
    "text",
    [
        "The Democratic Party lost. Ada Lund is a Democrat.",
        "The Democrats lost. Ada Lund is a member of the Democratic Party.",
    ],
)
def test_a_party_s_word_is_the_party_of_that_name(text):
    assert told(text, "memberOfParty") == {"Ada Lund memberOfParty Democratic Party"}


def test_the_words_of_two_parties_are_two_parties():
    text = "Democrat Ada Lund spoke. Republican Bram Quist agreed."
    assert told(text, "memberOfParty") == {"Ada Lund memberOfParty Democrat", "Bram Quist memberOfParty Republican"}


def test_a_party_s_word_is_no_other_party_whose_name_it_ends():
    text = "The Social Democrats lost. Ada Lund is a Democrat."
    assert told(text, "memberOfParty") == {"Ada Lund memberOfParty Democrat"}


# -- names in parts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("House of Commons Speaker Ada Lund resigned.", ["House of Commons", "Ada Lund"]),
        ("President of Poland Ada Lund resigned.", ["Poland", "Ada Lund"]),
        ("The Republican Senate rejected the bill.", ["Republican", "Senate"]),
        ("The Court of Session in Scotland ruled.", ["Court of Session", "Scotland"]),
    ],
)
def test_a_name_is_parted_at_a_title_a_party_s_word_and_a_known_place(text, parts):
    assert names(text) == parts


def parts(*words, label="ORG"):
    """Return the names that are found in words that the tagger takes for one name."""
    return [name.text for name in ship_names(f"{'_'.join(words)}/NNP/nsubj>slept/{label} {SLEPT}")]


def test_what_the_tagger_takes_for_one_name_is_parted_at_a_title_in_it():
    assert parts("Rope", "Guild", "Captain", "Ada", "Marsh") == ["Rope Guild", "Ada Marsh"]
    assert parts("Rope", "Guild", "Sister", "Ada", "Marsh") == ["Rope Guild Sister Ada Marsh"]
    assert parts("Rope", "Guild", "Captain", "Marsh") == ["Rope Guild Captain Marsh"]


@pytest.mark.parametrize("article", [(), ("the",)])
def test_after_a_title_and_of_it_is_parted_behind_a_known_place(article):
    title = ("Captain", "of", *article)
    assert parts(*title, "Norland", "Ada", "Marsh") == ["Norland", "Ada Marsh"]
    assert parts(*title, "Upper", "Norland", "Ada", "Marsh") == ["Upper Norland", "Ada Marsh"]
    assert parts(*title, "Gullmark", "Ada", "Marsh") == ["Gullmark Ada Marsh"]


def test_it_is_parted_at_a_known_place_after_in_at_its_end():
    assert parts("Friends", "of", "Session", "in", "Norland") == ["Friends of Session", "Norland"]
    assert parts("Friends", "of", "Session", "in", "Gullmark") == ["Friends of Session in Gullmark"]
    assert parts("Friends", "of", "Norland") == ["Friends of Norland"]


def test_the_title_within_a_name_says_what_its_bearer_is_of_the_rest():
    assert told("House of Commons Speaker Ada Lund resigned.", "chairs") == {"Ada Lund chairs House of Commons"}
    assert told("President of Poland Ada Lund resigned.", "headOfState") == {"Ada Lund headOfState Poland"}


def test_the_bearer_of_a_title_over_a_known_place_holds_its_office():
    text = "Chief Executive of Hong Kong Ada Lund resigned."
    assert told(text, "holdsOffice") == {"Ada Lund holdsOffice chief executive [Former]"}
    assert {"Ada Lund", "Hong Kong"} <= set(names(text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Ada Lund praised the Board of Trade.", "Board of Trade"),
        ("Ada Lund praised the Republican Guard.", "Republican Guard"),
        ("Ada Lund praised the University of Poland.", "University of Poland"),
    ],
)
def test_a_name_without_a_title_a_whole_name_or_a_known_place_in_it_stays_whole(text, whole):
    assert whole in names(text)
    assert len(names(text)) == 2


# -- parts of an organisation's name ---------------------------------------------------------------------

LONG = "The Old+Harbour+Rope+Guild/NNP/nsubj>slept/ORG"


def same(*names):
    """Return the names of the referents of an article in which each of some names sleeps in a sentence of its own."""
    return set(referents("\n".join(f"{name} {SLEPT}" for name in names)))


@pytest.mark.parametrize("short", ["Old+Harbour", "Old+Harbour+Rope", "Harbour+Rope+Guild"])
@pytest.mark.parametrize("label", ["ORG", "GPE", "PERSON"])
def test_the_first_and_the_last_words_of_an_organisation_stand_for_it_whatever_the_tagger_took_them_for(short, label):
    assert same(LONG, f"{short}/NNP/nsubj>slept/{label}") == {"Old Harbour Rope Guild"}


@pytest.mark.parametrize("short", ["Harbour+Rope", "Old+Rope", "New+Harbour", "Guild"])
def test_words_from_the_middle_other_words_and_a_word_for_a_kind_stand_for_themselves(short):
    assert len(same(LONG, f"{short}/NNP/nsubj>slept/ORG")) == 2


def test_a_short_name_stands_for_nothing_that_comes_after_it():
    assert len(same("Old+Harbour/NNP/nsubj>slept/ORG", LONG)) == 2


def test_a_short_name_of_two_organisations_stands_for_neither():
    other = "The Old+Harbour+Sail+Guild/NNP/nsubj>slept/ORG"
    assert len(same(LONG, other, "Old+Harbour/NNP/nsubj>slept/ORG")) == 3


def test_a_short_name_stands_for_no_name_with_of_in_it():
    friends = "Friends+of+Old+Harbour/NNP/nsubj>slept/ORG"
    assert len(same(friends, "Old+Harbour/NNP/nsubj>slept/ORG")) == 2


def test_a_part_of_the_name_of_a_ship_is_no_ship():
    assert len(same("MV_Old_Harbour/NNP/nsubj>slept/PRODUCT", "Old+Harbour/NNP/nsubj>slept/ORG")) == 2


def test_a_house_is_not_the_house_of_commons():
    assert told("The House of Commons met. Ada Lund leads the House.", "leads") == {"Ada Lund leads House"}
