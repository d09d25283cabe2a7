"""How much two articles tell of whether they mean one thing by a name."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kg.identity.profiles import Profile
from kg.identity.weighing import MOST_NAMES, MOST_RELATIONS, MOST_WORDS, WEIGHTS, Scale
from kg.vocabulary import TYPE

from .coast import COAST, RACE, RACE_AGAIN, RECIPE, TEXTS, TRIAL, TRIAL_AGAIN, WHOLES, coast, related, told

ADA = coast("Ada Lind", kind="Human")


@pytest.fixture(scope="module")
def scale(coast_ontology):
    return Scale(coast_ontology)


@pytest.fixture(scope="module")
def weigh(scale):
    def make(one, other, *, person=True):
        return float(scale.weigh([one], [other], person=person)[0, 0])

    return make


@pytest.fixture(scope="module")
def explain(scale):
    def make(one, other, *, person=True):
        return {reason.words.partition(":")[0]: reason.weight for reason in scale.explain(one, other, person=person)}

    return make


# -- each feature -----------------------------------------------------------------------------------


def test_without_a_setting_nothing_is_told(weigh, explain):
    one, other = Profile("a", ADA), Profile("b", ADA)
    assert weigh(one, other) == 0.0
    assert explain(one, other) == {}


def test_two_texts_that_have_nothing_in_common_speak_against_one_thing(weigh):
    assert weigh(told("a", ADA, TRIAL), told("b", ADA, RECIPE)) < -2


def test_two_texts_on_one_matter_speak_for_it(weigh):
    assert weigh(told("a", ADA, RACE), told("b", ADA, RACE_AGAIN)) > 2
    assert weigh(told("a", ADA, TRIAL), told("b", ADA, TRIAL_AGAIN)) > 2


def test_a_short_text_tells_less_than_a_long_one(weigh):
    short = weigh(told("a", ADA, "Lentils simmer."), told("b", ADA, "Verdict adjourned."))
    assert weigh(told("a", ADA, TRIAL), told("b", ADA, RECIPE)) < short - 1


def test_a_name_that_both_articles_have_speaks_for_it_the_rarer_the_more(weigh):
    def with_name(name):
        return weigh(told("a", ADA, TRIAL, names=[name]), told("b", ADA, RECIPE, names=[name]))

    none = weigh(told("a", ADA, TRIAL), told("b", ADA, RECIPE))
    assert none < with_name("Coach Club") < with_name("Vellorn Club")


def test_names_count_up_to_a_limit(explain):
    names = [f"Vellorn {letter}" for letter in "ABCDEFGHIJ"]
    reasons = explain(told("a", ADA, TRIAL, names=names), told("b", ADA, RECIPE, names=names))
    assert reasons["names"] == round(WEIGHTS["names"] * MOST_NAMES, 2)


def test_the_name_itself_and_parts_of_it_tell_nothing(explain):
    ada = coast("Ada Vellorn", "Vellorn", kind="Human")
    one, other = (told(article, ada, text, names=["Vellorn", "Ada"]) for article, text in (("a", TRIAL), ("b", RECIPE)))
    assert "names" not in explain(one, other)


def test_words_of_the_name_in_the_text_tell_nothing(explain):
    ada = coast("Ada Trophy", kind="Human")
    one, other = told("a", ada, "Ada Trophy spoke."), told("b", ada, "Ada Trophy sang of a trophy.")
    assert "rare words" not in explain(one, other)


def test_rare_words_count_by_their_share_and_up_to_a_limit(explain):
    few = explain(told("a", ADA, RACE), told("b", ADA, RACE_AGAIN))["rare words"]
    one_of_many = explain(told("a", ADA, RACE), told("b", ADA, RECIPE + " The trophy."))["rare words"]
    words = " ".join(f"skreever{letter}" for letter in "abcdefghijklmnopqrstuvw")
    most = explain(told("a", ADA, words), told("b", ADA, words))["rare words"]
    assert 0 < one_of_many < few < most == round(WEIGHTS["rare words"] * MOST_WORDS, 2)


def test_topics_speak_for_it_without_a_common_word(explain):
    match = explain(told("a", ADA, "The striker scored twice."), told("b", ADA, "A goalkeeper saved penalties."))
    court = explain(told("a", ADA, "The striker scored twice."), told("b", ADA, "A judge sentenced burglars."))
    assert match["topic"] > court.get("topic", 0.0)
    assert match["setting"] > court.get("setting", 0.0)


def test_a_text_about_nothing_has_the_usual_topic(explain):
    reasons = explain(told("a", ADA, RACE), told("b", ADA, "Москва слезам"))
    assert reasons["topic"] == round(WEIGHTS["topic"] * 0.2, 2)
    assert reasons["setting"] == round(WEIGHTS["setting"] * 0.4, 2)


def test_places_of_one_country_speak_for_it_and_of_two_against_it(explain):
    velmar, norland, oster, nowhere = (
        told(place or "x", ADA, RACE, place=place) for place in ("Velmar", "Norland", "Oster", "")
    )
    assert explain(velmar, norland)["same country"] == WEIGHTS["same country"]
    assert explain(velmar, oster)["other country"] == WEIGHTS["other country"]
    assert not {"same country", "other country"} & explain(velmar, nowhere).keys()


def test_another_country_speaks_more_against_a_thing_than_against_somebody(weigh, explain):
    one, other = told("a", ADA, RACE, place="Velmar"), told("b", ADA, RACE_AGAIN, place="Oster")
    assert weigh(one, other, person=False) < weigh(one, other, person=True)
    assert explain(one, other, person=False)["other country of a thing"] == WEIGHTS["other country of a thing"]


def test_a_relation_to_the_same_thing_speaks_for_it_up_to_a_limit(explain):
    def reason(number):
        relations = [related("steers", f"Tern {number}") for number in range(number)]
        return explain(told("a", ADA, relations=relations), told("b", ADA, relations=relations)).get("relations", 0.0)

    assert 0 == reason(0) < reason(1) < reason(2) < reason(9) == WEIGHTS["relations"] * MOST_RELATIONS


def test_the_direction_of_a_relation_matters_and_classes_are_none(explain):
    steers, steered = related("steers", "Tern"), related("steers", "Tern", forward=False)
    assert "relations" not in explain(told("a", ADA, relations=[steers]), told("b", ADA, relations=[steered]))
    sailor = replace(steers, predicate=TYPE)
    assert "relations" not in explain(told("a", ADA, relations=[sailor]), told("b", ADA, relations=[sailor]))


# -- contradictions ---------------------------------------------------------------------------------


def born(article, *places, published="2020-01-01", **more):
    return told(article, ADA, published=published, relations=[related("bornIn", place, **more) for place in places])


def test_two_values_of_what_has_one_speak_against_it(explain):
    assert explain(born("a", "Velmar"), born("b", "Oster"))["contradictions"] == WEIGHTS["contradictions"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (born("a", "Velmar"), born("b", "Velmar")),
        (born("a", "Velmar"), born("b", "Velmar North")),
        (born("a", "Velmar"), born("b", "Oster", published="2024-01-01")),
        (born("a", "Velmar"), born("b", "Oster", former=True)),
        (born("a", "Velmar", former=True), born("b", "Oster")),
        (born("a", "Velmar"), born("b")),
        (born("a", "Velmar"), born("b", "Oster", forward=False)),
        (born("a", "Velmar", "Oster"), born("b", "Oster")),
    ],
    ids=["one value", "a word in common", "years later", "former", "once", "no value", "the other end", "one of two"],
)
def test_what_can_both_be_so_is_no_contradiction(explain, one, other):
    assert "contradictions" not in explain(one, other)
    assert "contradictions" not in explain(other, one)


def test_what_can_have_many_values_does_not_contradict(explain):
    one, other = (told(a, ADA, relations=[related("steers", a * 3)]) for a in ("a", "b"))
    assert "contradictions" not in explain(one, other)


def test_classes_that_are_two_values_contradict_although_their_iris_have_words_in_common(explain):
    one, other = (
        told(a, ADA, relations=[replace(related("bornIn", a), other=COAST + end, label=COAST + end)])
        for a, end in (("a", "Velmar"), ("b", "Oster"))
    )
    assert "contradictions" in explain(one, other)


# -- the matrix -------------------------------------------------------------------------------------

NAMES = ("Ada Lind", "Tern Club", "Bo Ek", "The Vellorn", "St. Brân", "St Bran", "Coach Club")
referents = st.builds(
    lambda names, number: coast(*names, id=f"r{number}", kind="Human"),
    st.lists(st.sampled_from(("Ada Lind", "Ada Trophy", "Commodore Lind", "Ada Vellorn")), min_size=1, max_size=2),
    st.integers(1, 2),
)
relations = st.lists(
    st.builds(
        related,
        st.sampled_from(("bornIn", "steers")),
        st.sampled_from(("Velmar", "Oster", "Tern Club")),
        former=st.booleans(),
    ),
    max_size=3,
)
profiles = st.builds(
    told,
    st.sampled_from("abcdefgh"),
    referents,
    st.sampled_from((*TEXTS, "", "Lentils.", "A tern on the Trophy", "a TERN and vellorn")),
    names=st.lists(st.sampled_from(NAMES), max_size=4),
    place=st.sampled_from(sorted(WHOLES)),
    published=st.sampled_from((None, "2020", "2021-05-05", "2024-01-01")),
    relations=relations,
) | st.builds(Profile, st.sampled_from("abcd"), referents)


def test_there_is_a_row_for_each_of_the_first_and_a_column_for_each_of_the_others(scale):
    ones = [told("a", ADA, RACE), told("b", ADA, TRIAL)]
    others = [told(article, ADA, RACE_AGAIN) for article in "cde"]
    assert scale.weigh(ones, others, person=True).shape == (2, 3)
    assert scale.weigh(ones[:1], others, person=True).shape == (1, 3)


def test_two_of_one_article_are_two_things(scale):
    found = scale.weigh([told("a", ADA, RACE)], [told("a", ADA, RACE), told("b", ADA, RACE)], person=True)
    assert np.isneginf(found[0, 0])
    assert np.isfinite(found[0, 1])


@settings(max_examples=60)
@given(ones=st.lists(profiles, min_size=1, max_size=5), others=st.lists(profiles, min_size=1, max_size=5))
@example(
    ones=[told("a", ADA, RACE)], others=[told("b", ADA, RACE), told("c", coast("Ada Trophy", kind="Human"), TRIAL)]
)
def test_many_are_weighed_as_each_pair_by_itself(scale, ones, others):
    """Else what is told of two would depend on who else has the name."""
    found = scale.weigh(ones, others, person=True)
    alone = [[scale.weigh([one], [other], person=True)[0, 0] for other in others] for one in ones]
    assert found == pytest.approx(np.array(alone), abs=0.005)


@given(one=profiles, other=profiles, person=st.booleans())
@example(one=told("a", ADA, "a vellorn"), other=told("b", ADA, "a Vellorn"), person=True)
@example(one=told("a", ADA, names=["St. Brân"]), other=told("b", ADA, names=["St Bran"]), person=True)
@example(one=born("a", "Velmar", "Oster"), other=born("b", "Oster"), person=True)
def test_it_is_all_the_same_who_comes_first(weigh, one, other, person):
    assert weigh(one, other, person=person) == pytest.approx(weigh(other, one, person=person), abs=0.005)


@given(one=profiles, other=profiles, person=st.booleans())
def test_the_reasons_add_up_to_the_weight(scale, weigh, one, other, person):
    reasons = scale.explain(one, other, person=person)
    assert [abs(reason.weight) for reason in reasons] == sorted(
        (abs(reason.weight) for reason in reasons), reverse=True
    )
    if one.article != other.article:
        total = sum(reason.weight for reason in reasons)
        assert total == pytest.approx(weigh(one, other, person=person), abs=0.005 * len(WEIGHTS))


@given(one=profiles, other=profiles)
def test_reasons_name_only_what_both_have(scale, one, other):
    words = [reason.words for reason in scale.explain(one, other, person=True)]
    assert len({each.partition(":")[0] for each in words}) == len(words)
    assert all(each.partition(":")[0] in WEIGHTS for each in words)
    assert scale.explain(one, other, person=True) == scale.explain(one, other, person=True)


def test_reasons_name_individuals_by_their_labels(scale):
    relation = replace(related("steers", "x"), other=COAST + "Velmar", label="Velmar")
    one, other = (told(a, ADA, RACE, place="Velmar", relations=[relation]) for a in "ab")
    words = {reason.words for reason in scale.explain(one, other, person=True)}
    assert "names: Velmar" in words
    assert "relations: steers Velmar" in words
