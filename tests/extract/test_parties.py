"""Who joined, left, changed and speaks for which party, and which seat a member has, in the words of news."""

import pytest
from news import told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ada Lind defected from Labour to the Tide Party.",
            {"Ada Lind memberOfParty Labour [Former]", "Ada Lind memberOfParty Tide Party"},
        ),
        ("Ada Lind resigned from the Tide Party.", {"Ada Lind memberOfParty Tide Party [Former]"}),
        ("Ada Lind resigned from Harwick Bank.", set()),
        ("Labour's Ada Lind came second.", {"Ada Lind memberOfParty Labour"}),
        ("Norway's Ada Lind came second.", set()),
        ("Labour's Ada Lind amendment fell.", set()),
        ("Conservative Mid Ellery MP Ada Lind came second.", {"Ada Lind memberOfParty Conservative"}),
    ],
)
def test_the_party_of_somebody(text, expected):
    assert told(text, "memberOfParty") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lind has been the Member of Parliament for Ellery South for years.",
        "Ada Lind, the Member of Parliament for Ellery South, spoke first.",
        "Ada Lind, an independent who sits for Ellery South, voted against.",
        "Ada Lind was elected as MP for Ellery South.",
        "Ada Lind was elected for Ellery South.",
        "Ada Lind was re-elected as MP for Ellery South with a majority of 312.",
        "Ada Lind was re-elected MP for Ellery South.",
        "Ada Lind, the junior senator from Ellery South, voted against.",
    ],
)
def test_the_seat_of_somebody(text):
    assert told(text, "represents") == {"Ada Lind represents Ellery South"}


def test_a_parliament_in_the_name_of_an_office_is_no_parliament():
    assert not any("Parliament" in line.split(" is ")[0] for line in told("Ada Lind is a Member of Parliament.", "is"))


def test_who_was_elected_leads():
    assert told("Ada Lind was re-elected leader of the Tide Party.", "leads") == {"Ada Lind leads Tide Party"}


def test_a_day_is_no_part_of_the_name_of_a_committee():
    found = told("Ada Lind quit as chair of the Rivers Committee on Friday.", "chairs")
    assert found == {"Ada Lind chairs Rivers Committee [Former, until 2019-05-10]"}
    assert told("Ada Lind chairs the Committee on Rivers.", "chairs") == {"Ada Lind chairs Committee on Rivers"}
