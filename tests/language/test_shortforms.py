"""Short forms of a name inside one article: which of them are one."""

import news
import pytest

from .ships import referents

SLEPT = "slept=sleep/VBD/root ."


def sleepers(*names):
    """Return the names of the referents of an article in which each of some names sleeps in a sentence of its own."""
    mentions = referents("\n".join(f"{name} {SLEPT}" for name in names))
    return {label: mentions[label] for label in sorted(mentions)}


ADA = "Ada_Marsh/NNP/nsubj>slept/PERSON"
BRAM = "Bram_Marsh/NNP/nsubj>slept/PERSON"
MARSH = "Marsh/NNP/nsubj>slept/PERSON"


def test_a_surname_continues_the_full_name():
    assert sleepers(ADA, MARSH) == {"Ada Marsh": ["Ada Marsh", "Marsh"]}


def test_a_given_name_continues_the_full_name():
    assert sleepers(ADA, "Ada/NNP/nsubj>slept/PERSON") == {"Ada Marsh": ["Ada Marsh", "Ada"]}


def test_the_last_part_of_a_double_name_continues_it():
    full = "Ada_Marsh_-_Lund/NNP/nsubj>slept/PERSON"
    assert sleepers(full, "Lund/NNP/nsubj>slept/PERSON") == {"Ada Marsh-Lund": ["Ada Marsh-Lund", "Lund"]}


def test_another_surname_is_another_person():
    assert set(sleepers(ADA, "Quist/NNP/nsubj>slept/PERSON")) == {"Ada Marsh", "Quist"}


def test_a_surname_that_the_tagger_mistook_continues_the_full_name():
    assert set(sleepers(ADA, "Marsh/NNP/nsubj>slept/ORG")) == {"Ada Marsh"}


def test_a_full_name_is_no_short_form_of_another():
    assert set(sleepers(ADA, BRAM)) == {"Ada Marsh", "Bram Marsh"}


def test_the_same_name_with_other_marks_is_one():
    found = sleepers("St.+Olave/NNP/nsubj>slept/GPE", "St+Olave/NNP/nsubj>slept/GPE")
    assert len(found) == 1


def test_a_shared_surname_is_the_last_named_one_s():
    assert sleepers(ADA, BRAM, MARSH) == {"Ada Marsh": ["Ada Marsh"], "Bram Marsh": ["Bram Marsh", "Marsh"]}


def test_who_had_the_bare_surname_keeps_it():
    found = sleepers(ADA, MARSH, BRAM, MARSH)
    assert found == {"Ada Marsh": ["Ada Marsh", "Marsh", "Marsh"], "Bram Marsh": ["Bram Marsh"]}


def test_an_honorific_before_a_shared_surname_means_the_one_named_last():
    ms_marsh = "Ms/NNP/compound>Marsh " + MARSH
    found = sleepers(ADA, MARSH, BRAM, ms_marsh)
    assert found == {"Ada Marsh": ["Ada Marsh", "Marsh"], "Bram Marsh": ["Bram Marsh", "Ms Marsh"]}


def test_a_shared_surname_before_any_full_name_is_nobody_s():
    assert sleepers(MARSH, ADA, BRAM) == {"Ada Marsh": ["Ada Marsh"], "Bram Marsh": ["Bram Marsh"], "Marsh": ["Marsh"]}


def test_capitals_continue_the_name_whose_words_begin_with_them():
    found = sleepers("The Rope+Makers+Guild/NNP/nsubj>slept/ORG", "RMG/NNP/nsubj>slept/ORG")
    assert found == {"Rope Makers Guild": ["Rope Makers Guild", "RMG"]}


def test_capitals_may_leave_out_the_small_words():
    text = "Friends/NNPS/nsubj>slept/ORG of the Lamp/NNP/nmod>Friends"
    assert set(sleepers(text, "FL/NNP/nsubj>slept/ORG")) == {"Friends of the Lamp"}


def test_capitals_with_points_are_the_same_capitals():
    assert set(sleepers("The Rope+Makers+Guild/NNP/nsubj>slept/ORG", "R.M.G./NNP/nsubj>slept/ORG")) == {
        "Rope Makers Guild"
    }


def test_other_capitals_are_another_name():
    assert len(sleepers("The Rope+Makers+Guild/NNP/nsubj>slept/ORG", "RNG/NNP/nsubj>slept/ORG")) == 2


def test_capitals_are_not_a_person_s_initials():
    assert len(sleepers("Ada_Marsh/NNP/nsubj>slept/PERSON", "AM/NNP/nsubj>slept/ORG")) == 2


def test_a_name_may_leave_out_the_word_of_its_pattern():
    found = sleepers("The Lantern+Guild/NNP/nsubj>slept/ORG", "Lantern/NNP/nsubj>slept/ORG")
    assert found == {"Lantern Guild": ["Lantern Guild", "Lantern"]}


def test_a_name_may_leave_out_the_land_before_it():
    found = sleepers("The Norlandic+Rope+Guild/NNP/nsubj>slept/ORG", "The Rope+Guild/NNP/nsubj>slept/ORG")
    assert found == {"Norlandic Rope Guild": ["Norlandic Rope Guild", "Rope Guild"]}


def test_a_name_may_leave_out_both():
    found = sleepers("The Norlandic+Lantern+Guild/NNP/nsubj>slept/ORG", "Lantern/NNP/nsubj>slept/ORG")
    assert set(found) == {"Norlandic Lantern Guild"}


def test_a_name_of_another_class_does_not_continue_it():
    found = sleepers("The Lantern+Guild/NNP/nsubj>slept/ORG", "MV_Lantern/NNP/nsubj>slept/PRODUCT")
    assert set(found) == {"Lantern Guild", "MV Lantern"}


def test_a_land_has_all_its_names_and_its_adjective():
    text = (
        f"Norland/NNP/nsubj>slept/GPE {SLEPT}\nUpper+Norland/NNP/nsubj>slept/GPE {SLEPT}\n"
        f"The Norlandic/JJ/amod>crew crew/NN/nsubj>slept {SLEPT}"
    )
    assert referents(text) == {"Upper Norland": ["Norland", "Upper Norland", "Norlandic"]}


def test_a_headline_in_capitals_names_the_one_of_the_text():
    found = sleepers("ADA_MARSH/NNP/nsubj>slept/PERSON", ADA)
    assert found == {"Ada Marsh": ["ADA MARSH", "Ada Marsh"]}


def test_initials_with_and_without_blanks_are_one_name():
    assert len(sleepers("A.B._Marsh/NNP/nsubj>slept/PERSON", "A._B._Marsh/NNP/nsubj>slept/PERSON")) == 1


def test_a_short_form_that_the_tagger_took_for_a_place_is_joined_where_a_frame_tells():
    found = referents("""
        the Rope+Guild/NNP/nsubj>slept/ORG slept=sleep/VBD/root .
        Ada/NNP/nsubj>slept/PERSON , the warden/NN/appos>Ada of Rope/NNP/nmod>warden/LOC , slept=sleep/VBD/root .
    """)
    assert found["Rope Guild"] == ["Rope Guild", "Rope"]


ELDER = "Ada Lund led the Harbour Board. Lund died on Monday."


@pytest.mark.parametrize("word", ["younger", "elder", "older"])
def test_a_surname_that_is_set_off_is_another_of_the_name(word):
    text = f"{ELDER} Her daughter, Mara Lund, is a teacher. The {word} Lund chairs the Ferry Committee."
    assert news.told(text, "chairs") == {"Mara Lund chairs Ferry Committee"}
    text = f"{ELDER} The {word} Lund chairs the Ferry Committee. Lund was born in Denmark."
    assert news.told(text, "chairs") == {"Lund chairs Ferry Committee"}
    assert any("Ada Lund bornIn" in each for each in news.told(text, "bornIn"))
