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
