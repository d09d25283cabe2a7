"""Pronouns: what they are linked to, and what they are left alone for."""

from __future__ import annotations

from news import read, told

COUNCIL = (
    "Councillor Ada Lind has stepped down as leader of Norby City Council, a day after the Liberal Democrat group "
    "voted 14–9 to withdraw its support for a mill at Cold Lane. Cllr Lind will stay on as a backbencher. Her deputy, "
    "Bram Quist, becomes acting leader until the group's annual meeting on 21 May.\n\nThe leader of the opposition "
    'Labour group, Cllr Joan Marr, said the administration was "in freefall". "First they tell us it\'s safe. Then '
    "they tell us it's dead,\" she added."
)


def said(text: str, content: str) -> tuple[set[str], set[str]]:
    """Return the labels of who says what begins with some words, and of what that is about."""
    reading = read(text)
    labels = {referent.id: referent.label for referent in reading.referents}
    found = [each for each in reading.attributions if text[each.content.start :].startswith(content)]
    assert found
    speakers = {labels[each.speaker] for each in found if each.speaker is not None}
    return speakers, {labels[referent] for each in found for referent in each.about}


def test_its_is_not_of_a_party_where_a_company_is_meant() -> None:
    text = (
        "Ada Lind is a member of the Tide Party. Prosecutors say that she took money from the company and that its "
        "founder, Bram Quist, paid for it."
    )
    assert told(text, "founded", "memberOfParty") == {"Ada Lind memberOfParty Tide Party"}


def test_its_is_of_the_party_that_was_told_of() -> None:
    assert "Bram Quist founded Tide Party" in told("The Tide Party met in May. Its founder, Bram Quist, was ill.")


def test_they_are_not_the_country_in_which_they_are() -> None:
    text = "The ferry was built in 1993 in Norway. Ships broadcast their position and speed, Ada Lind said."
    assert said(text, "Ships broadcast") == ({"Ada Lind"}, set())


def test_it_is_not_the_body_whose_committee_is_meant() -> None:
    text = "The Senate fisheries committee met on Monday, though its chairwoman, Ada Lind, was ill."
    assert told(text, "chairs") == set()


def test_who_adds_to_what_was_said_said_that_too() -> None:
    assert said(COUNCIL, "First they")[0] == {"Joan Marr"}


def test_a_group_named_by_one_party_is_not_that_of_another() -> None:
    assert told(COUNCIL, "leads", "memberOfParty") == {"Ada Lind leads Norby City Council [Former]"}
