"""Whose words a statement, a memo, a tweet are: their author's. And namesakes of known countries."""

import pytest
from news import told

CLAIMED = "Bram Quist leads Centre Party [claimed by Ada Lund]"


@pytest.mark.parametrize(
    "text",
    [
        "A statement by Ada Lund said Bram Quist leads the Centre Party.",
        "Ada Lund's memo said Bram Quist leads the Centre Party.",
        "A memo posted by Ada Lund said Bram Quist leads the Centre Party.",
        "Ada Lund issued a statement that said Bram Quist leads the Centre Party.",
        "According to a memo by Ada Lund, Bram Quist leads the Centre Party.",
        "According to a tweet from Ada Lund, Bram Quist leads the Centre Party.",
    ],
)
def test_what_a_text_says_is_claimed_by_its_author(text):
    assert told(text, "leads") == {CLAIMED}


@pytest.mark.parametrize(
    "text",
    [
        "A statement on Ada Lund said Bram Quist leads the Centre Party.",
        "According to a memo about Ada Lund, Bram Quist leads the Centre Party.",
        "Ada Lund read a statement that said Bram Quist leads the Centre Party.",
        "A statement said Bram Quist leads the Centre Party.",
    ],
)
def test_what_a_text_says_is_claimed_by_nobody_whom_it_is_only_about_or_who_reads_it(text):
    (line,) = told(text, "leads")
    assert line.startswith("Bram Quist leads Centre Party [claimed")
    assert "Ada Lund" not in line


def test_a_person_s_friend_is_no_author():
    (line,) = told("A friend of Ada Lund said Bram Quist leads the Centre Party.", "leads")
    assert line != CLAIMED


@pytest.mark.parametrize(
    "text", ["Sweden, a town in Ohio, was flooded.", "Bram Quist was born in Sweden, a town in Ohio."]
)
def test_a_town_beside_the_name_of_a_country_is_another_thing(text):
    assert {line for line in told(text, "is", "locatedIn") if line.startswith("Sweden")} == {
        "Sweden is City",
        "Sweden locatedIn Ohio",
    }


@pytest.mark.parametrize(
    "text",
    [
        "Sweden, a country in Europe, was flooded.",
        "Bram Quist was born in Sweden.",
        "Bram Quist was born in Sweden and owns a town in Ohio.",
    ],
)
def test_a_country_stays_what_it_is_known_to_be(text):
    assert "Sweden is Country" in told(text, "is")
    assert "Sweden is City" not in told(text, "is")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The plan was attacked by Bram Quist, saying that Ada Lind leads the Harbour Union.", "Bram Quist"),
        ("Cy Dahl attacked the plan, saying Ada Lind leads the Harbour Union.", "Cy Dahl"),
        ("Cy Dahl was praised by Bram Quist for saying Ada Lind leads the Harbour Union.", "Cy Dahl"),
    ],
)
def test_who_says_something_by_doing_what_was_done(text: str, speaker: str) -> None:
    assert f"Ada Lind leads Harbour Union [claimed by {speaker}]" in told(text)
