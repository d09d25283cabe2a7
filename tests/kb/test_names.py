from __future__ import annotations

import pytest

from kg.kb.entries import global_id, in_time, plain_date
from kg.kb.names import Spelling, outer_key, person_keys, stored_keys
from kg.kb.tails import Tails, without_tail


def test_a_name_is_kept_as_it_is_and_without_what_is_no_part_of_it():
    assert dict(stored_keys("Dr Ada Lind (sailor)", Spelling.ALIAS)) == {
        "dr ada lind sailor": Spelling.ALIAS,
        "ada lind": Spelling.SHORT,
    }
    assert dict(stored_keys("Lind, Ada", Spelling.LABEL))["ada lind"] is Spelling.SHORT
    assert list(stored_keys("Gull Crew", Spelling.LABEL)) == [("gull crew", Spelling.LABEL)]


@pytest.mark.parametrize(
    "name", ["Ada Lind", "Ada Lind III", "Ada Bo Lind Jr.", "Ada van Lind", "Ada Bo L.", "ada bo lind"]
)
def test_some_names_have_no_shorter_form(name):
    assert outer_key(name) == ""


def test_a_person_may_be_known_by_another_form_of_the_first_name():
    keys = person_keys("Mr Mike James Berg")
    assert keys["mike james berg"] is Spelling.LABEL
    assert keys["mike berg"] is Spelling.OUTER
    assert keys["michael berg"] is Spelling.NICKNAME
    assert "mike" not in keys


def test_a_son_is_not_his_father():
    assert "john lind" not in person_keys("John Lind Jr")
    assert "john lind" not in dict(stored_keys("John Lind II", Spelling.LABEL))


@pytest.mark.parametrize(
    ("start", "end", "date", "holds"),
    [
        ("2017-06-08", None, "2017-06-08", True),
        ("2017-06-08", None, "2017-06-07", False),
        ("2017", None, "2017-01-01", True),
        ("2017-06-08", None, "2017", True),
        (None, "2016", "2016-12-31", True),
        (None, "2016", "2017-01-01", False),
        ("2015", "2016", None, None),
        (None, None, "2016", None),
        ("2017-06-08", None, "2017-06-08T10:00:00", True),
    ],
)
def test_a_date_lies_in_a_span_at_the_precision_of_both(start, end, date, holds):
    assert in_time(start, end, date) is holds


def test_only_dates_of_the_calendar_are_dates():
    assert plain_date("1967-00-00") == "1967"
    assert plain_date("19670508") is None
    assert plain_date("08/05/1967") is None


def test_ids_mean_the_same_everywhere_or_in_their_file_only():
    assert global_id("Q7") == ""
    assert global_id("harbour:7") == ""
    assert global_id("http://wikidata.org/entity/Q7") == "http://www.wikidata.org/entity/Q7"


def test_tails_are_counted_in_bounded_memory(monkeypatch):
    monkeypatch.setattr("kg.kb.tails._MOST_COUNTED", 50)
    tails = Tails()
    for number in range(2_000):
        tails.add(["berth"], f"quay{number} row{number % 1500} berth")
    assert tails.found() == {"berth": ["berth"]}


def test_the_longest_tail_is_dropped_and_never_the_whole_name():
    assert without_tail("north quay row berth", ["row berth", "berth"]) == "north quay"
    assert without_tail("berth", ["row berth", "berth"]) == "berth"
