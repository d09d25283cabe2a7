from __future__ import annotations

import pytest

from kg.kb.terms import Terms

from .conftest import HARBOUR


@pytest.fixture(scope="module")
def terms(ontology):
    return Terms(ontology)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("person", "Human"),
        ("http://vocabulary.example/Q5", "Human"),
        (f"{HARBOUR}Captain", "Captain"),
        ("http://other.example/onto#Captain", "Captain"),
        ("Able Seaman", "Sailor"),
        ("able seamen", None),
        ("sailors", "Sailor"),
        ("crews", "Crew"),
        ("berth of the inner harbour", "Berth"),
        ("deep water berth", "Berth"),
        ("port or berth of the river", "Place"),
        ("port or crew", None),
        ("http://www.w3.org/2004/02/skos/core#Concept", None),
        ("boat", None),
        ("", None),
    ],
)
def test_a_source_type_is_understood_by_the_words_of_the_ontology(terms, text, name):
    assert terms.classes(text) == (() if name is None else (HARBOUR + name,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("on_behalf_of", ["sailsFor"]),
        ("http://vocabulary.example/P1", ["sailsFor"]),
        ("area", ["livesIn", "mans"]),
        ("sailsFor", ["sailsFor"]),
        ("member of", ["memberOf"]),
        ("https://schema.org/birthDate", ["bornOn"]),
        ("berth", ["mans"]),
        ("place", []),
        ("colour", []),
    ],
)
def test_a_source_property_is_understood_by_its_name_or_its_range(terms, text, names):
    assert terms.properties(text) == tuple(HARBOUR + name for name in names)


def test_ends_tell_which_property_of_one_name_is_meant(terms):
    human, berth, port = ((HARBOUR + name,) for name in ("Human", "Berth", "Port"))
    assert terms.fits(HARBOUR + "mans", human, berth)
    assert not terms.fits(HARBOUR + "mans", human, port)
    assert not terms.fits(HARBOUR + "mans", berth, berth)
    assert terms.fits(HARBOUR + "mans", human, ())


def test_a_class_is_specific_when_a_tagger_cannot_tell_it(terms):
    assert [terms.specific(HARBOUR + name) for name in ("Human", "Sailor", "Place", "Berth")] == [
        False,
        True,
        False,
        True,
    ]
    assert terms.kinds([HARBOUR + "Berth"]) == {HARBOUR + "Place"}


def test_name_patterns_and_name_words_give_other_forms(terms):
    crew = HARBOUR + "Crew"
    assert terms.forms("gulls", crew) >= {"gull", "gulls", "gull crew", "crew of gulls"}
    assert "tern" in terms.forms("tern crew", crew)
    assert terms.forms("tern", HARBOUR + "Port") == {"tern"}
