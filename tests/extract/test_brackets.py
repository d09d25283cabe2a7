"""Names in brackets after a name: its party, its seat, or neither."""

from news import told


def test_brackets_after_a_member_name_the_party_or_the_seat():
    seats = told("Two MPs, Ada Lind (Port Ellery) and Bram Quist (Port Merrow), wrote to the chair.")
    assert {"Ada Lind represents Port Ellery", "Bram Quist represents Port Merrow"} <= seats
    assert not any("memberOfParty" in line for line in seats)
    parties = told("Two MPs, Ada Lind (Tide Party) and Bram Quist (Labour), wrote to the chair.", "memberOfParty")
    assert parties == {"Ada Lind memberOfParty Tide Party", "Bram Quist memberOfParty Labour"}


def test_brackets_after_anybody_name_no_party_where_they_name_a_place():
    assert told("Ada Lind (Oslo) came first and Bram Quist (Leeds) second.", "memberOfParty") == set()


def test_a_place_beside_a_party_in_brackets_is_a_seat():
    found = told("Ada Lind (Labour, Ellery South) asked the minister to resign.", "represents", "memberOfParty")
    assert found == {"Ada Lind memberOfParty Labour", "Ada Lind represents Ellery South"}


def test_of_a_councillor_it_is_a_ward():
    found = told("Councillor Ada Lind (Tide Party, Ellery) abstained.", "represents", "representsWard")
    assert found == {"Ada Lind representsWard Ellery"}


def test_a_known_place_and_one_of_several_are_no_seat():
    assert told("Ada Lind (Labour, Leeds) asked the minister to resign.", "represents") == set()
    assert told("Ada Lind (Labour, Ellery and Quarrow) asked the minister to resign.", "represents") == set()
