"""What an article is about: the words and names that count, and the topic."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity.settings import LEAD, PART, WHOLE, make_setting
from kg.identity.topics import topic_of, word_numbers, words

from .coast import RACE, RACE_AGAIN, RECIPE, TRIAL, TRIAL_AGAIN


def words_of(text, *names):
    return dict(make_setting(text, names).words)


# -- words ------------------------------------------------------------------------------------------


def test_common_words_tell_nothing_and_rarer_ones_the_more_the_rarer_they_are():
    found = words_of("The people said that the coach and the goalkeeper would undergo catheterisation")
    assert not {"the", "people", "said", "that", "and", "would"} & found.keys()
    assert 0 < found["coach"] < found["goalkeeper"] < found["catheterisation"] < 1


def test_a_word_that_is_not_known_counts_whole_with_a_capital_and_less_without():
    found = words_of("the skreever sat by the Vellorn")
    assert found["vellorn"] == 1.0
    assert 0 < found["skreever"] < 1.0


@pytest.mark.parametrize("word", ["Monday", "tuesday", "Sun", "March", "OCTOBER", "2019", "1987", "7", "12"])
def test_the_calendar_years_and_small_numbers_tell_nothing(word):
    assert words_of(f"it was {word} then") == {}


@pytest.mark.parametrize("month", ["Jan", "Feb", "Apr", "Aug", "Sept", "Oct", "Nov", "Dec"])
def test_short_names_of_months_tell_nothing(month):
    assert words_of(f"it was on {month}. 3 then") == {}


def test_large_numbers_tell_a_little():
    found = words_of("it cost 48,250 or 731 or 2150")
    assert set(found) == {"48,250", "731", "2150"}
    assert all(0 < value < 0.5 for value in found.values())


def test_words_of_names_are_counted_as_names_alone():
    setting = make_setting("Vellorn met the Skreever Guild, said vellorn", ["Vellorn", "Skreever Guild"])
    assert setting.words == {}
    assert set(setting.names) == {"vellorn", "skreever guild"}


def test_a_name_tells_as_much_as_its_rarest_word():
    names = make_setting("", ["Vellorn City", "New City", "The People"]).names
    assert names["vellorn city"] == 1.0
    assert names["new city"] < 0.5
    assert names["people"] == 0.0


def test_spellings_of_a_name_are_one_name():
    assert make_setting("", ["The Tern Club", "TERN CLUB", "Tern  Club"]).names.keys() == {"tern club"}


def test_individuals_count_by_their_iri_a_country_less_than_a_place_in_it():
    setting = make_setting("", [], {"c:norland": frozenset({"c:norland"}), "c:velmar": frozenset({"c:norland"})})
    assert setting.names == {"c:norland": WHOLE, "c:velmar": PART}
    assert setting.wholes == {"c:norland"}
    assert WHOLE < PART


def test_only_the_lead_counts():
    text = "said " * (LEAD // 5) + "catheterisation"
    assert words_of(text) == {}


# -- topics -----------------------------------------------------------------------------------------


def test_texts_on_one_topic_are_nearer_than_texts_on_two():
    race, again, trial, trial_again, recipe = map(topic_of, (RACE, RACE_AGAIN, TRIAL, TRIAL_AGAIN, RECIPE))
    for one, other in ((race, again), (trial, trial_again)):
        assert one @ other > 0.5 > max(race @ trial, again @ trial_again, race @ recipe, trial @ recipe)


def test_forms_of_a_word_are_the_word():
    known = words()
    for form, word in (("accountants", "accountant"), ("sentencing", "sentence"), ("trophies", "trophy")):
        assert known.number(word) is not None
        assert known.number(form) in (known.number(word), known.numbers.get(form))
    assert known.number("goalkeeperses") is None


def test_the_order_and_number_of_words_do_not_matter():
    assert np.array_equal(topic_of("judge jury judge coach"), topic_of("coach JURY judge"))


@pytest.mark.parametrize("text", ["", "  \n", "12 345", "?!", "Москва слезам не верит", "北京 上海", "ﷺ", "qzxv qqzzk"])
def test_what_has_no_common_word_is_about_nothing(text):
    assert topic_of(text) is None
    assert word_numbers(text) == []
    assert make_setting(text).topic is None


def test_words_of_other_scripts_count_as_rare():
    found = words_of("в порту Велмар")
    assert found["велмар"] == 1.0


def test_an_empty_text_is_a_setting_of_nothing():
    setting = make_setting("")
    assert (dict(setting.names), dict(setting.words), setting.wholes, setting.topic) == ({}, {}, frozenset(), None)


@given(text=st.text(max_size=60), names=st.lists(st.text(max_size=12), max_size=3))
def test_any_text_and_names_make_a_setting(text, names):
    setting = make_setting(text, names)
    assert all(0 < value <= 1 for value in setting.words.values())
    assert all(0 <= value <= 1 for value in setting.names.values())
    assert setting.topic is None or abs(float(setting.topic @ setting.topic) - 1) < 1e-4


@given(names=st.permutations(["Tern Club", "TERN club", "Térn Club", "Vellorn", "St. Brân", "St Bran"]))
def test_the_order_of_names_does_not_matter(names):
    assert dict(make_setting(RACE, names).names) == dict(make_setting(RACE, sorted(names)).names)


def test_another_process_makes_the_same_setting():
    code = (
        "import sys; from kg.identity.settings import make_setting;"
        "s = make_setting(sys.argv[1], ['Tern Club']); print(sorted(s.words.items()), s.topic.tobytes().hex())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code, TRIAL], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
