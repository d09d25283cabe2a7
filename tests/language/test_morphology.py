"""Base forms of words that nothing knows: never less than a word."""

import pytest

from kg.language.lemmas import Lemmatizer
from kg.language.morphology import base_form, is_plausible


def guess(form, tag, known=()):
    return base_form(form, tag, set(known).__contains__, {})


@pytest.mark.parametrize(
    ("form", "tag", "base"),
    [
        ("headquartered", "VBN", "headquarter"), ("conferring", "VBG", "confer"), ("tapped", "VBD", "tap"),
        ("travelled", "VBD", "travel"), ("programmed", "VBN", "program"), ("vetoed", "VBD", "veto"),
        ("vetoes", "VBZ", "veto"), ("picnicking", "VBG", "picnic"), ("lying", "VBG", "lie"), ("tied", "VBD", "tie"),
        ("prorogued", "VBN", "prorogue"), ("coalesced", "VBD", "coalesce"), ("vaccinated", "VBN", "vaccinate"),
        ("impeaches", "VBZ", "impeach"), ("repudiated", "VBN", "repudiate"), ("colliding", "VBG", "collide"),
        ("quelled", "VBD", "quell"), ("burgled", "VBD", "burgle"), ("agreed", "VBD", "agree"), ("hoped", "VBD", "hope"),
        ("carcasses", "NNS", "carcass"), ("parties", "NNS", "party"), ("wolves", "NNS", "wolf"), ("ties", "NNS", "tie"),
        ("chairmen", "NNS", "chairman"), ("hypotheses", "NNS", "hypothesis"), ("databases", "NNS", "database"),
        ("viruses", "NNS", "virus"), ("archives", "NNS", "archive"), ("evolves", "VBZ", "evolve"),
    ],
)  # fmt: skip
def test_the_spelling_tells_the_likeliest_base(form, tag, base):
    assert guess(form, tag) == base


@pytest.mark.parametrize(
    ("form", "tag", "base"), [("knives", "NNS", "knife"), ("ignited", "VBD", "ignite"), ("kicked", "VBD", "kick")]
)
def test_a_base_that_is_known_goes_before_the_likeliest(form, tag, base):
    assert guess(form, tag, [base]) == base


@pytest.mark.parametrize(
    ("form", "tag"),
    [("quing", "VBG"), ("bring", "VBG"), ("shed", "VBD"), ("photosynthesis", "NNS"), ("glass", "NNS"), ("s", "VBZ")],
)
def test_what_would_leave_no_word_stays_whole(form, tag):
    assert guess(form, tag) == form


def test_an_irregular_form_is_found_behind_a_prefix():
    assert base_form("withstood", "VBD", set().__contains__, {"stood": "stand"}) == "withstand"


@pytest.mark.parametrize(
    ("word", "plausible"), [("go", True), ("ñu", True), ("qu", False), ("x", False), ("tsk", False)]
)
def test_a_word_has_a_vowel(word, plausible):
    assert is_plausible(word) == plausible


def test_a_piece_of_a_word_is_no_lemma():
    lemmatizer = Lemmatizer({"VB": {"lie": "lie"}}, {"li", "qu"}.__contains__)
    assert lemmatizer.find("lied", "VBD", ["l|0||2|"]) == "lie"
    assert lemmatizer.find("quing", "VBG", ["l|0||3|"]) == "quing"


def test_a_verb_that_its_tag_takes_for_a_base_form_is_taken_apart_where_it_is_known():
    lemmatizer = Lemmatizer({"VB": {"protest": "protest", "need": "need"}}, {"protested"}.__contains__)
    assert lemmatizer.find("protested", "VBP", []) == "protest"
    assert lemmatizer.find("need", "VBP", []) == "need"
    assert lemmatizer.find("swing", "VB", []) == "swing"


@pytest.mark.parametrize(
    ("form", "tag", "rule", "lemma"),
    [
        ("quit", "VBD", "l|0||1|", "quit"),
        ("sang", "VBD", "l|0||2|y", "sing"),
        ("oversaw", "VBD", "l|0||3|", "oversee"),
        ("withdrew", "VBN", "l|0||0|", "withdraw"),
        ("axed", "VBN", "l|0||3|", "axe"),
    ],
)
def test_no_rule_makes_an_irregular_verb_another_word(form, tag, rule, lemma):
    known = {"VB": {"say": "say"}, "RB": {"over": "over"}, "DT": {"a": "a"}}
    lemmatizer = Lemmatizer(known, {"qui", "axe"}.__contains__)
    assert lemmatizer.find(form, tag, [rule]) == lemma
