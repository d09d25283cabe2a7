"""Proper names: what belongs to a name, and what shows its class."""

from itertools import pairwise

import pytest

from kg.language.proper_names import find_names, same_name
from kg.language.syntax import Syntax

from .docs import make_doc
from .ships import SEA, names, ships

SLEPT = "slept=sleep/VBD/root ."


def texts(text):
    return [name.text for name in names(text)]


def classes(text):
    return {name.text: [vote.of_class.removeprefix(SEA) for vote in name.votes] for name in names(text)}


def labelled(text, start, end, label):
    """Return the names of a text in which the tagger marked tokens [start, end), whatever they are."""
    doc = make_doc(text)
    doc.ents = [doc.char_span(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), label=label)]
    view = Syntax(doc)
    return find_names(view, ships(), ships().noun_hits(view))


def test_the_tagger_s_label_votes_for_the_class_that_names_it():
    assert classes(f"Ada_Marsh/NNP/nsubj>slept/PERSON {SLEPT}") == {"Ada Marsh": ["Person"]}


def test_a_label_that_no_class_names_votes_for_none():
    assert classes(f"Ada_Marsh/NNP/nsubj>slept/FAC {SLEPT}") == {"Ada Marsh": []}


@pytest.mark.parametrize("label", ["DATE", "CARDINAL", "MONEY"])
def test_dates_and_amounts_are_no_names(label):
    assert texts(f"Nine/CD/nsubj>slept/{label} {SLEPT}") == []


def test_days_and_months_are_no_names():
    assert texts(f"Ada/NNP/nsubj>slept/PERSON {SLEPT[:-2]} on Monday/NNP/obl>slept/ORG in May/NNP/obl>slept .") == [
        "Ada"
    ]


def test_an_article_and_a_title_before_a_name_are_no_part_of_it():
    found = labelled(f"The captain/NN/compound>Ada Ada_Marsh/NNP/nsubj>slept {SLEPT}", 0, 4, "PERSON")
    assert [name.text for name in found] == ["Ada Marsh"]


def test_a_possessive_mark_after_a_name_is_no_part_of_it():
    found = labelled(f"Ada/NNP/nmod:poss>crew 's crew/NN/nsubj>slept {SLEPT}", 0, 2, "PERSON")
    assert [name.text for name in found] == ["Ada"]


def test_an_honorific_is_no_part_of_a_name_but_of_its_mention():
    (name,) = names(f"Ms./NNP/compound>Ada Ada_Marsh/NNP/nsubj>slept/PERSON {SLEPT}")
    assert (name.text, name.start, name.titled_start) == ("Ada Marsh", 1, 0)


def test_a_title_that_is_the_start_of_a_longer_name_stays():
    found = labelled(f"Harbour/NNP/compound>of of/IN/nsubj>slept Gold/NNP/dep>of {SLEPT}", 0, 3, "ORG")
    assert [name.text for name in found] == ["Harbour of Gold"]


def test_a_bracket_inside_a_name_is_read_over():
    text = f"[ Captain/NNP/compound>Lind Ada/NNP/compound>Lind/PERSON ] Lind/NNP/nsubj>slept/PERSON {SLEPT}"
    assert texts(text) == ["Ada Lind"]


@pytest.mark.parametrize("prefix", ["pro", "anti"])
def test_a_prefix_with_a_hyphen_makes_a_name_affixed(prefix):
    (name,) = names(f"The {prefix}/AFX/dep>Gull - Gull/NNP/compound>mood/PRODUCT mood/NN/nsubj>slept {SLEPT}")
    assert (name.text, name.affixed) == ("Gull", True)


def test_a_hyphen_between_two_names_affixes_none():
    (name,) = names(f"Upsala/NNP/nsubj>slept - Gull/NNP/flat>Upsala {SLEPT}")
    assert (name.text, name.affixed) == ("Upsala-Gull", False)


def test_a_pattern_with_words_before_it_makes_one_name_of_its_class():
    assert classes(f"The Rope+Guild/NNP/nsubj>slept {SLEPT}") == {"Rope Guild": ["Guild"]}


def test_a_pattern_with_words_after_it_joins_what_the_tagger_parted():
    text = f"Friends/NNPS/nsubj>slept/ORG of the Blue/NNP/compound>Lamp Lamp/NNP/nmod>Friends/PERSON {SLEPT}"
    assert classes(text) == {"Friends of the Blue Lamp": ["Organisation"]}


def test_a_pattern_needs_words_in_its_gap():
    assert classes(f"The MV/NNP/nsubj>slept {SLEPT}") == {"MV": []}


def test_a_pattern_adds_its_vote_to_the_tagger_s():
    assert classes(f"The Rope+Guild/NNP/nsubj>slept/ORG {SLEPT}") == {"Rope Guild": ["Organisation", "Guild"]}


def test_a_run_of_proper_nouns_is_a_name_without_a_class():
    assert classes(f"Ada_Marsh/NNP/nsubj>slept {SLEPT}") == {"Ada Marsh": []}


def test_a_frame_noun_in_capitals_is_no_name():
    assert texts(f"Captain/NNP/compound>Ada Ada/NNP/nsubj>slept {SLEPT}") == ["Ada"]


def test_a_known_individual_is_found_by_its_name_without_the_tagger():
    (name,) = names(f"Norland/NNP/nsubj>slept {SLEPT}")
    assert (name.individual, name.adjectival) == (SEA + "Norland", False)
    assert [vote.of_class for vote in name.votes] == [SEA + "Land"]


def test_the_longest_name_of_an_individual_counts():
    (name,) = names(f"Upper+Norland/NNP/nsubj>slept {SLEPT}")
    assert (name.text, name.individual) == ("Upper Norland", SEA + "Norland")


@pytest.mark.parametrize("word", ["Norlandic/JJ/amod>crew", "Norlander/JJ/amod>crew"])
def test_a_demonym_names_its_individual_as_an_adjective(word):
    (name,) = names(f"The {word} crew/NN/nsubj>slept {SLEPT}")
    assert (name.individual, name.adjectival) == (SEA + "Norland", True)


def test_the_plural_of_a_demonym_names_its_individual_too():
    (name,) = names(f"Norlanders/NNPS/nsubj>slept {SLEPT}")
    assert (name.individual, name.adjectival) == (SEA + "Norland", True)


def test_a_person_named_like_a_land_is_no_land():
    assert [name.individual for name in names(f"Orla/NNP/nsubj>slept/PERSON {SLEPT}")] == [None]
    assert [name.individual for name in names(f"Orla_Quist/NNP/nsubj>slept/PERSON {SLEPT}")] == [None]


def test_a_land_that_the_tagger_found_is_known():
    assert [name.individual for name in names(f"Orla/NNP/nsubj>slept/GPE {SLEPT}")] == [SEA + "Orla"]


def test_names_do_not_overlap_and_stand_in_order():
    found = names(
        "Ada_Marsh/NNP/nsubj>left/PERSON and the Rope+Guild/NNP/conj>Ada_Marsh left=leave/VBD/root "
        "Norland/NNP/obj>left ."
    )
    assert [name.text for name in found] == ["Ada Marsh", "Rope Guild", "Norland"]
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("one", "other"), [("St. Olave’s", "St Olave's"), ("Ada  Marsh", "Ada Marsh"), ("A. Marsh", "A Marsh")]
)
def test_marks_do_not_tell_names_apart(one, other):
    assert same_name(one) == same_name(other)


def test_different_words_tell_names_apart():
    assert same_name("Ada Marsh") != same_name("Ada March")


def test_a_person_s_label_is_not_believed_of_what_has_an_article():
    assert classes(f"the Grey_Gull/NNP/nsubj>slept/PERSON {SLEPT}") == {"Grey Gull": []}


def test_a_name_before_a_noun_keeps_its_label_after_an_article():
    text = f"the Marsh/NNP/compound>crew/PERSON crew/NN/nsubj>slept {SLEPT}"
    assert classes(text) == {"Marsh": ["Person"]}
