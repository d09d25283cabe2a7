"""Which mentions tell of one event, in whole sentences."""

import pytest

from extract.happenings import events


def test_a_clause_beside_the_verb_tells_of_the_same_protest():
    text = "Teachers marched in Lisbon on Monday, protesting the new timetable."
    assert events(text, "Protest") == [{"heldIn Lisbon", "onDate 2019-05-06", "subjectMatter the new timetable"}]


def test_what_voters_are_allowed_to_vote_on_is_the_motion_of_the_referendum_that_was_held():
    text = "Slovenia held a referendum in November 2018, allowing people to vote on the water law."
    assert events(text, "Referendum") == [{"heldIn Slovenia", "onDate 2018-11", "motion the water law"}]


def test_another_clause_tells_of_another_protest():
    text = "Teachers marched in Lisbon on Monday after students protested in Accra on Sunday."
    assert [event & {"heldIn Lisbon", "heldIn Accra"} for event in events(text, "Protest")] == [
        {"heldIn Lisbon"},
        {"heldIn Accra"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Senate passed the water bill on Monday by 51 votes to 49.",
        "The Senate passed the water bill on Monday by a vote of 51 to 49.",
        "The Senate passed the water bill on Monday. The bill passed by 51 votes to 49.",
    ],
)
def test_what_is_passed_and_by_how_many_votes_is_one_vote(text):
    (event,) = events(text, "Vote")
    assert {"body Senate", "onDate 2019-05-06", "outcome Carried", "votesFor 51", "votesAgainst 49"} <= event


def test_what_another_thing_passed_by_is_another_vote():
    text = "The Senate passed the water bill on Monday. The budget passed by 51 votes to 49."
    assert ["body Senate" in event for event in events(text, "Vote")] == [True, False]


def test_a_verb_takes_up_the_vote_with_the_motion():
    text = "The Senate voted on Monday to impeach Ada Lund. Thirty-eight members voted for the motion and 11 against."
    (event,) = events(text, "Vote")
    assert {"onDate 2019-05-06", "concerns Ada Lund", "votesFor 38", "votesAgainst 11"} <= event


def test_two_results_of_what_was_told_before_are_two_votes_with_all_that_was_told():
    text = (
        "On Monday, the Senate impeached Governor Ada Lund. The Senate passed two articles of impeachment. "
        "The articles passed by votes of 51-to-49 and 52-to-48 respectively."
    )
    numbers = []
    for event in events(text, "Vote"):
        assert {"body Senate", "concerns Ada Lund", "onDate 2019-05-06", "outcome Carried"} <= event
        numbers.append({line for line in event if line.startswith("votes")})
    assert numbers == [{"votesFor 51", "votesAgainst 49"}, {"votesFor 52", "votesAgainst 48"}]


def test_the_next_election_is_another():
    text = "Ada Lund won the election in Mali. At the next election in 2018, Ada Lund lost her seat."
    first, second = events(text, "Election")
    assert "heldIn Mali" in first
    assert second == {"onDate 2018", "candidate Ada Lund"}


def test_a_vote_in_a_referendum_is_the_referendum():
    text = "Voters in Slovenia voted in a 2016 referendum to close the port."
    assert events(text, "Referendum") == [{"onDate 2016", "motion close the port"}]
    assert events(text, "Vote") == []


def test_what_happened_and_what_may_happen_are_two_events():
    text = "The Senate voted on Monday to close the harbour. The Senate may vote again."
    assert [any("possible" in line for line in event) for event in events(text, "Vote")] == [False, True]


def test_what_a_body_votes_to_do_is_no_second_vote():
    assert len(events("The Senate voted on Monday to pass the water bill.", "Vote")) == 1
