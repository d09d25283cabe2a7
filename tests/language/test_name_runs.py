"""The seat of a member is one name, however many words it has, and no party; a party beside it stays one."""

import pytest
from news import told


def seats(text):
    return told(text, "represents", "memberOfParty")


@pytest.mark.parametrize(
    "seat",
    [
        "Ellery South",
        "Mid Ellery",
        "Harrow Vale South",
        "Ellery-under-Marsh",
        "Ellery upon Quarrow",
        "Quarrow Forest",
        "Ellery and Marsh End",
        "Ellery North and Quarrow",
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "The {} MP Ada Lind said the plan was wrong.",
        "Ada Lind, the MP for {}, said the plan was wrong.",
        "Ada Lind, who represents {}, said the plan was wrong.",
    ],
)
def test_the_seat_of_a_member_is_one_name(text, seat):
    assert seats(text.format(seat)) == {f"Ada Lind represents {seat}"}


def test_a_row_of_three_places_is_one_seat():
    text = "Ada Lind, MP for Ellery, Marsh End and East Quarrow, said the plan was wrong."
    assert seats(text) == {"Ada Lind represents Ellery, Marsh End and East Quarrow"}


@pytest.mark.parametrize(
    ("before", "party"),
    [("Labour Mid Ellery", "Labour"), ("Tide Party Mid Ellery", "Tide Party"), ("Labour", "Labour")],
)
def test_a_party_before_the_seat_is_no_part_of_it(before, party):
    found = seats(f"{before} MP Ada Lind said the plan was wrong.")
    assert found == {f"Ada Lind memberOfParty {party}"} | (
        {"Ada Lind represents Mid Ellery"} if "Mid" in before else set()
    )


@pytest.mark.parametrize(
    "text",
    [
        "Bram Quist and Marsh End MP Ada Lind said the plan was wrong.",
        "Bram Quist spoke first. Quist and Marsh End MP Ada Lind said the plan was wrong.",
    ],
)
def test_somebody_beside_a_member_is_no_part_of_the_seat(text):
    assert seats(text) == {"Ada Lind represents Marsh End"}


def test_somebody_after_a_seat_is_no_part_of_it():
    assert not any("Quist" in line.split()[-1] for line in seats("The MP for Ellery and Bram Quist were there."))


def test_two_members_have_a_seat_each():
    wanted = {"Ada Lind represents Ellery", "Bram Quist represents Quarrow"}
    assert seats("Ada Lind and Bram Quist, the MPs for Ellery and Quarrow, said the plan was wrong.") == wanted
    assert seats("Ada Lind and Bram Quist, who represent Ellery and Quarrow, said the plan was wrong.") == wanted


def test_a_nationality_before_a_party_is_no_part_of_it():
    assert seats("British Labour MP Ada Lind left.") == {"Ada Lind memberOfParty Labour"}


@pytest.mark.parametrize("prefix", ["pro", "anti", "Pro"])
def test_what_hangs_on_a_prefix_is_no_seat(prefix):
    assert not any("represents" in line for line in seats(f"{prefix}-Halden MP Ada Lind spoke first."))
