"""Whose a thing is that a nominal names: of others' things it is none."""

from __future__ import annotations

import pytest
from news import told


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lind leads the Tide Party. Bram Quist left his party.",
        "Ada Lind, the leader of the Tide Party, spoke on Monday. Bram Quist resigned from his party in May.",
    ],
)
def test_somebodys_party_is_not_the_one_that_only_others_stood_beside(text: str) -> None:
    assert not any("Bram Quist" in line for line in told(text, "memberOfParty"))


@pytest.mark.parametrize(
    "text",
    [
        "Bram Quist is a member of the Tide Party. Bram Quist left his party.",
        "The Tide Party lost all its seats. Bram Quist left his party.",
    ],
)
def test_it_may_be_the_one_that_he_or_nobody_stood_beside(text: str) -> None:
    assert "Bram Quist memberOfParty Tide Party [Former]" in told(text, "memberOfParty")


def test_our_country_is_the_speakers_whichever_was_told_of() -> None:
    assert told('Ada Lind has left Norway. Bram Quist said: "She helped to protect our nation in many ways."') == {
        "Norway is Country"
    }
