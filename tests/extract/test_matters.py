"""What an event is about, in the words of the article."""

import pytest
from news import told

from extract.happenings import events


def matters(text, name, relation):
    """Return what the events of a class are about, in text order."""
    return [line.removeprefix(f"{relation} ") for event in events(text, name) for line in event if relation in line]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Students in Lisbon protested Brandt Motors and its plans on Monday.", []),
        ("Teachers protested the new timetable on Monday.", ["the new timetable"]),
        ("Teachers protested the closure of two schools on Monday.", ["the closure of two schools"]),
        ("Teachers protested for two hours on Monday.", []),
        ("Lisbon was angered by protesting teachers on Monday.", []),
    ],
)
def test_what_people_protest_is_what_their_protest_is_about(text, words):
    assert matters(text, "Protest", "subjectMatter") == words


def test_whom_people_protest_is_whom_their_protest_concerns():
    (event,) = events("Students in Lisbon protested Brandt Motors on Monday.", "Protest")
    assert "concerns Brandt Motors" in event


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Senate passed the water bill on Monday.", ["the water bill"]),
        ("The water bill was passed by the Senate on Monday.", ["The water bill"]),
        ("The water bill passed the Senate on Monday.", ["The water bill"]),
        ("The bill, which the Senate passed on Monday, bans trawling.", ["The bill"]),
        ("Parliament ratified the Lakes Act in 1867.", ["the Lakes Act"]),
        ("The Senate rejected the amendment on Monday.", ["the amendment"]),
        ("The Riverside Council approved the plan on Monday.", ["the plan"]),
        ("The Senate rejected the offer by 51 votes to 49.", ["the offer"]),
        ("The Senate rejected a motion for an early budget.", ["an early budget"]),
        ("The Senate held a vote to build a new, larger harbour, the third.", ["build a new, larger harbour"]),
    ],
)
def test_what_a_body_decides_is_the_motion_of_its_vote(text, words):
    assert matters(text, "Vote", "motion") == words


@pytest.mark.parametrize(
    "text",
    [
        "Brandt Motors approved the plan on Monday.",
        "The Senate approved of the plan on Monday.",
        "The Senate rejected calls for calm on Monday.",
        "The Senate passed by the harbour on Monday.",
        "The Senate approved Ada Lund on Monday.",
        "The Senate passes the budget each spring.",
    ],
)
def test_other_bodies_and_other_things_are_no_votes(text):
    assert events(text, "Vote") == []


@pytest.mark.parametrize(
    ("clause", "mark"), [("will pass", "possible"), ("refused to pass", "denied"), ("has yet to pass", "possible")]
)
def test_what_a_body_has_not_passed_is_not_said_to_be_passed(clause, mark):
    (event,) = events(f"The Senate {clause} the water bill.", "Vote")
    assert all(line.endswith(f"[{mark}]") for line in event)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Supreme Court ruled that the lease was void.", ["the lease"]),
        ("The Supreme Court ruled that Ada Lund was right.", []),
        ("The Supreme Court ruled that it had no say.", []),
        ("The High Court dismissed the case on Monday.", ["the case"]),
        ("The Harbour Institute dismissed the case on Monday.", []),
    ],
)
def test_of_what_a_court_says_something_is_what_it_rules_on(text, words):
    assert matters(text, "CourtRuling", "subjectMatter") == words


def test_a_referendum_is_about_what_it_seeks():
    text = "This week saw a referendum seeking to create a new, self-governed region in the north."
    assert matters(text, "Referendum", "motion") == ["create a new, self-governed region in the north"]


def test_a_day_is_no_motion_though_the_article_has_no_date():
    text = "The Senate fisheries committee voted by nine to four on Tuesday to close the mill."
    assert told(text, "motion", published=None) == {"vote: Senate fisheries motion close the mill"}
