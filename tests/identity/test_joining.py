"""Which referents of which articles are one thing, where something is told of them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import Profile, make_entities
from kg.identity.joining import CROWD, WINDOW, Joiner
from kg.identity.weighing import Scale
from kg.model import Ruling

from .coast import BASE, COAST, RACE, RACE_AGAIN, RECIPE, TRIAL, TRIAL_AGAIN, coast, related, told

COURSE = (RACE, RACE_AGAIN) * 3


@pytest.fixture(scope="module")
def resolve(coast_ontology):
    """Resolve profiles, and give the articles of each entity, in the order of these."""

    def make(*profiles, rulings=(), heard=None):
        entities = make_entities(profiles, coast_ontology, BASE, rulings=rulings, on_comparison=heard)
        return sorted([article for article, _ in entity.referents] for entity in entities)

    return make


@pytest.fixture(scope="module")
def name(coast_ontology):
    """Resolve profiles, and give the entities."""

    def make(*profiles, rulings=()):
        return make_entities(profiles, coast_ontology, BASE, rulings=rulings)

    return make


def ada(article, text="", label="Ada Lind", *, kind="Human", id="r1", **more):
    return told(article, coast(label, kind=kind, id=id), text, **more)


def ruling(same, one, other):
    return Ruling("https://kg.example/decision/1", same, tuple(one), tuple(other))


# -- one name ---------------------------------------------------------------------------------------


def test_namesakes_of_whom_other_things_are_told_are_two(resolve):
    assert resolve(ada("a", RACE), ada("b", TRIAL)) == [["a"], ["b"]]


def test_namesakes_of_two_countries_are_two_where_one_country_would_make_them_one(resolve):
    one, other = RACE, "The oarsmen ate lentils with spinach and garlic."
    assert resolve(ada("a", one, place="Velmar"), ada("b", other, place="Norland")) == [["a", "b"]]
    assert resolve(ada("a", one, place="Velmar"), ada("b", other, place="Oster")) == [["a"], ["b"]]


def test_somebody_whose_role_changes_is_one_where_articles_name_the_same_others(resolve):
    rower = ada("a", RACE, names=["Bo Vellorn", "Tern Club"], place="Velmar")
    convict = ada("b", TRIAL, names=["Bo Vellorn", "Tern Club"], place="Velmar")
    assert resolve(rower, convict) == [["a", "b"]]


def test_an_article_that_tells_of_both_roles_makes_them_one(resolve):
    between = ada("b", f"{RACE[:300]} {TRIAL}", published="2020-02-02")
    assert resolve(ada("a", RACE, published="2020-02-01"), between, ada("c", TRIAL, published="2020-02-03")) == [
        ["a", "b", "c"]
    ]


def test_a_relation_to_one_thing_joins_and_two_values_keep_apart(resolve):
    def born(article, text, *places):
        return ada(article, text, relations=[related("bornIn", place) for place in places], published="2020-01-01")

    assert resolve(born("a", RACE, "Velmar"), born("b", RACE_AGAIN, "Velmar")) == [["a", "b"]]
    short = "The crew raced past the bridge with the coach."
    assert resolve(born("a", RACE), born("b", short)) == [["a", "b"]]
    assert resolve(born("a", RACE, "Velmar"), born("b", short, "Oster")) == [["a"], ["b"]]


def test_fewer_words_tell_less_and_no_words_nothing(resolve):
    assert resolve(ada("a", "Lentils."), ada("b", "Verdict.")) == [["a", "b"]]
    assert resolve(ada("a", RECIPE), ada("b", TRIAL)) == [["a"], ["b"]]
    assert resolve(Profile("a", coast("Ada Lind", kind="Human")), ada("b", TRIAL)) == [["a", "b"]]


def test_who_is_often_in_the_news_is_more_likely_meant_again(resolve):
    text = "The crew praised the flatbread."
    often = [ada(f"a{number:02}", COURSE[number % 2]) for number in range(40)]
    assert len(resolve(ada("a", RACE), ada("z", text + " " + RECIPE[:80]))) == 2
    assert len(resolve(*often, ada("z", text + " " + RECIPE[:80]))) == 1


def test_one_article_has_one_thing_of_a_name(resolve):
    assert resolve(ada("a", RACE, id="r1"), ada("a", RACE, id="r2")) == [["a", "a"]]


def test_things_with_one_name_join_more_easily_than_people(resolve):
    texts = ("Norlandic boats sank in the estuary.", "Lentils simmer in Norlandic kitchens.")
    people = [ada(article, text) for article, text in zip("ab", texts, strict=True)]
    clubs = [ada(article, text, "Tern Union", kind="Club") for article, text in zip("ab", texts, strict=True)]
    assert len(resolve(*clubs)) <= len(resolve(*people))


# -- kinds ------------------------------------------------------------------------------------------


def test_somebody_taken_for_a_place_in_one_article_is_somebody(name):
    people = [ada(f"a{number}", text, "Vera Vellorn") for number, text in enumerate(COURSE)]
    (entity,) = name(*people, ada("b", RACE, "Vera Vellorn", kind="Place"))
    assert entity.types == (COAST + "Human",)
    assert len(entity.referents) == 7


def test_a_place_taken_for_somebody_in_one_article_is_a_place(name):
    places = [ada(f"a{number}", text, "Port Vellorn", kind="Place") for number, text in enumerate(COURSE)]
    (entity,) = name(*places, ada("b", RACE, "Port Vellorn", kind="Human"))
    assert entity.types == (COAST + "Place",)


def test_what_a_word_says_goes_before_a_guess(name):
    (entity,) = name(ada("a", RACE, "Vera Vellorn", kind="Sailor"), ada("b", RACE_AGAIN, "Vera Vellorn", kind="Place"))
    assert entity.types == (COAST + "Sailor",)


def test_two_things_of_which_words_say_what_they_are_stay_apart(resolve):
    assert len(resolve(ada("a", RACE, "Vera Vellorn", kind="Sailor"), ada("b", RACE, "Vera Vellorn", kind="Port"))) == 2


def test_a_guess_gives_way_only_where_much_is_told(resolve):
    assert len(resolve(ada("a", RACE, "Vera Vellorn", kind="Body"), ada("b", TRIAL, "Vera Vellorn", kind="Place"))) == 2
    plain = [Profile(article, coast("Vera Vellorn", kind=kind)) for article, kind in (("a", "Body"), ("b", "Place"))]
    assert len(resolve(*plain)) == 2


def test_a_name_that_is_but_words_for_a_kind_is_of_many(resolve):
    def court(article, label, text, place):
        return ada(article, text, label, kind="Court", place=place)

    one, other = "The clerk read.", "The goalkeeper waits."
    assert resolve(court("a", "Court", TRIAL, "Velmar"), court("b", "Court", TRIAL_AGAIN, "Oster")) == [["a", "b"]]
    assert resolve(court("a", "Court", one, "Velmar"), court("b", "Court", other, "")) == [["a"], ["b"]]
    assert resolve(court("a", "Marr Court", one, "Velmar"), court("b", "Marr Court", other, "")) == [["a", "b"]]


def test_what_words_name_by_themselves_is_one_thing_whatever_is_told(resolve):
    ranks = [
        ada("a", TRIAL, "harbourmaster", kind="Rank", place="Velmar"),
        ada("b", RECIPE, "harbourmaster", kind="Rank", place="Oster"),
        ada("c", RACE, "harbourmaster", kind="Rank"),
    ]
    assert resolve(*ranks) == [["a", "b", "c"]]
    assert len(resolve(*ranks, ada("d", RACE, "deputy harbourmaster", kind="Rank"))) == 2


# -- other names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada Lind", "Ada Vera Lind"),
        ("Ada Lind", "A. V. Lind"),
        ("Bill Lind", "William Lind"),
        ("Mohammed Dahlan", "Muhammad Dahlan"),
    ],
)
def test_a_name_written_otherwise_joins_where_the_rest_agrees(resolve, one, other):
    assert resolve(ada("a", RACE, one), ada("b", RACE_AGAIN, other)) == [["a", "b"]]
    assert resolve(ada("a", RACE, one), ada("b", TRIAL, other)) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("one", "other"), [("Tern Club", "Tern"), ("Tern Rowing Club", "TRC"), ("Norlandic Tern Club", "Tern Club")]
)
def test_a_body_written_otherwise_joins_where_the_rest_agrees(resolve, one, other):
    assert resolve(ada("a", RACE, one, kind="Club"), ada("b", RACE_AGAIN, other, kind="Club")) == [["a", "b"]]
    assert resolve(ada("a", RACE, one, kind="Club"), ada("b", TRIAL, other, kind="Club")) == [["a"], ["b"]]


def test_without_a_word_in_common_an_initial_joins_nothing(resolve):
    assert len(resolve(ada("a", "", "Ada Lind"), ada("b", "", "A. V. Lind"))) == 2


def test_a_surname_alone_joins_the_one_who_is_known_to_be_there(resolve):
    def lind(article, text, label):
        return ada(article, text, label, names=["Bo Vellorn", "Cy Skreever"])

    assert resolve(lind("a", TRIAL, "Ada Lind"), lind("b", TRIAL_AGAIN, "Lind")) == [["a", "b"]]
    assert resolve(lind("a", TRIAL, "Ada Lind"), lind("b", RECIPE, "Lind")) == [["a"], ["b"]]


def test_a_short_form_that_fits_two_equally_well_joins_neither(resolve):
    clubs = [ada("a", RACE, "Tern Club", kind="Club"), ada("b", RACE, "Tern Society", kind="Club")]
    assert resolve(*clubs, ada("c", RACE_AGAIN, "Tern", kind="Club")) == [["a"], ["b"], ["c"]]


def test_a_short_form_joins_the_one_that_leads_by_far(resolve):
    clubs = [ada("a", RACE, "Tern Club", kind="Club"), ada("b", TRIAL, "Tern Society", kind="Club")]
    assert resolve(*clubs, ada("c", RACE_AGAIN, "Tern", kind="Club")) == [["a", "c"], ["b"]]


def test_a_name_that_an_article_gives_joins_although_little_is_told(resolve):
    both = told("a", coast("Tern Rowing Club", "Skreever", kind="Club"), "The crew.")
    assert resolve(both, ada("b", "The verdict.", "Skreever", kind="Club")) == [["a", "b"]]
    far = ada("b", TRIAL, "Skreever", kind="Club", place="Oster")
    assert len(resolve(told("a", both.referent, RACE, place="Velmar"), far)) == 2


def test_a_generic_name_that_an_article_gives_joins_nothing(resolve):
    both = told("a", coast("Marr Court", "Court", kind="Court"), "The clerk spoke.")
    assert resolve(both, ada("b", "The clerk.", "Court", kind="Court")) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Maria Lind", "Mario Lind", "Human"),
        ("Marten Lind", "Martin Lind", "Human"),
        ("Tom Lind", "Tim Lind", "Human"),
        ("Ada Vera Lind", "Ada Nora Lind", "Human"),
        ("Ada Lind", "Ada Lindt", "Human"),
        ("Eastern Tern Union", "Western Tern Union", "Club"),
        ("Kolomna Union", "Kolomona Union", "Club"),
        ("115th Assembly", "116th Assembly", "Club"),
    ],
)
def test_two_that_articles_name_side_by_side_are_two(resolve, one, other, kind):
    """Brothers, sisters and twin bodies share all articles: what these tell is no reason to join them."""
    profiles = [
        ada(article, text, label, kind=kind, id=id, names=[one, other])
        for article, text in zip("abc", (RACE, RACE_AGAIN, RACE), strict=True)
        for id, label in (("r1", one), ("r2", other))
    ]
    assert resolve(*profiles) == [["a", "b", "c"], ["a", "b", "c"]]


def test_known_individuals_join_by_what_they_are_and_no_other_name_joins_two(name):
    entities = name(
        told("a", coast("Velmar", kind="Port", known="Velmar"), RACE),
        told("b", coast("old Velmar", kind="Port", known="Velmar"), TRIAL),
        told("c", coast("Oster", "Velmar", kind="Port", known="Oster"), RACE),
    )
    assert {entity.known: len(entity.referents) for entity in entities} == {COAST + "Velmar": 2, COAST + "Oster": 1}


# -- crowds -----------------------------------------------------------------------------------------


TEN = ("Lind", "Marr", "Vellorn", "Skreever", "Ek", "Orsted", "Quist", "Bonde", "Tamm", "Wozzeck")


def letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in f"{number:03}")


def test_a_crowd_of_one_surname_does_not_hinder_two_names_of_one(resolve):
    crowd = [ada(f"c{number}", RECIPE, f"Xo{letters(number)} Lind") for number in range(2 * CROWD)]
    surnames = [ada(f"s{number}", TRIAL, "Lind") for number in range(CROWD)]
    one, other = (
        ada("a", RACE, "Ada Lind", names=["Bo Vellorn"]),
        ada("b", RACE_AGAIN, "Ada Vera Lind", names=["Bo Vellorn"]),
    )
    assert ["a", "b"] in resolve(one, other)
    assert ["a", "b"] in resolve(*crowd, *surnames, one, other)


def test_surnames_alone_do_not_hinder_two_names_of_one(resolve):
    surnames = [ada(f"s{number}", TRIAL, "Lind") for number in range(CROWD)]
    assert ["a", "b"] in resolve(*surnames, ada("a", RACE), ada("b", RACE_AGAIN, "Ada Vera Lind"))


def test_a_thing_with_many_parts_does_not_hinder_two_names_of_one_part(resolve):
    parts = [
        ada(f"{letter}{number}", RACE, label, kind="Club", names=[f"Xo{letters(number)} Marr"])
        for number in range(CROWD + 10)
        for letter, label in (("w", "Skreever"), ("p", f"Skreever Xo{letters(number)} Trust"))
    ]
    parts.append(ada("w", RACE, "Skreever", kind="Club", names=["Bo Wozzeck"]))
    one, other = (
        ada(article, text, label, kind="Club", names=["Bo Wozzeck"])
        for article, text, label in (("a", RACE, "Skreever Vellorn Trust"), ("b", RACE_AGAIN, "Skreever Velorn Trust"))
    )
    assert ["a", "b"] in resolve(one, other)
    assert ["a", "b"] in resolve(*parts, one, other)


def test_more_namesakes_than_are_compared_are_still_told_apart(resolve):
    number = WINDOW + 20
    found = resolve(*(ada(f"a{n:03}", (TRIAL, RECIPE)[n % 2], published=f"{1700 + n}") for n in range(number)))
    assert Counter(map(len, found)) == {number // 2: 2}


def test_thousands_of_referents_of_few_names_are_weighed_in_blocks(coast_ontology, monkeypatch):
    calls = []
    weigh = Scale.weigh

    def counting(self, ones, others, *, person):
        calls.append(len(ones) * len(others))
        return weigh(self, ones, others, person=person)

    monkeypatch.setattr(Scale, "weigh", counting)
    topics = [told("x", coast("x"), text).setting for text in (TRIAL, RECIPE)]
    names = [f"{given} {surname}" for given in ("Ada", "Bo", "Cy") for surname in TEN]
    profiles = [
        Profile(f"a{n:04}", coast(names[n % 30], kind="Human"), setting=topics[n // 30 % 2]) for n in range(3000)
    ]
    entities = make_entities(profiles, coast_ontology, BASE)
    assert {entity.label for entity in entities} == set(names)
    assert {entity.names for entity in entities} == {(name,) for name in names}
    assert len(calls) < 3000
    assert sum(calls) < 3000 * 2 * WINDOW


# -- rulings ----------------------------------------------------------------------------------------


def test_what_somebody_ruled_to_be_two_is_two_and_the_rest_follows_what_is_told(resolve):
    same = [ada("a", RACE), ada("b", RACE_AGAIN), ada("c", RACE_AGAIN), ada("d", RACE)]
    assert resolve(*same) == [["a", "b", "c", "d"]]
    found = resolve(*same, rulings=[ruling(False, [("a", "r1")], [("b", "r1")])])
    assert len(found) == 2
    assert not any({"a", "b"} <= set(each) for each in found)


def test_what_somebody_ruled_to_be_two_stays_two_by_another_name(resolve):
    profiles = [
        told("a", coast("Tern Rowing Club", "Skreever", kind="Club"), RACE),
        ada("b", RACE_AGAIN, "Skreever", kind="Club"),
    ]
    assert len(resolve(*profiles)) == 1
    assert len(resolve(*profiles, rulings=[ruling(False, [("a", "r1")], [("b", "r1")])])) == 2


def test_a_third_does_not_join_what_somebody_ruled_to_be_two(resolve):
    profiles = [ada("a", RACE), ada("b", RACE_AGAIN, "Ada Vera Lind"), ada("c", RACE, "A. V. Lind")]
    found = resolve(*profiles, rulings=[ruling(False, [("a", "r1")], [("b", "r1")])])
    assert not any({"a", "b"} <= set(each) for each in found)


def test_what_somebody_ruled_to_be_one_is_one_whatever_is_told(resolve):
    profiles = [ada("a", RACE, place="Velmar"), ada("b", TRIAL, "Bo Ek", place="Oster")]
    assert resolve(*profiles) == [["a"], ["b"]]
    assert resolve(*profiles, rulings=[ruling(True, [("a", "r1")], [("b", "r1")])]) == [["a", "b"]]


def test_a_ruling_means_the_thing_that_most_of_its_referents_are_of(resolve):
    profiles = [
        *(ada(article, RACE) for article in "abc"),
        ada("d", TRIAL),
        ada("e", RECIPE, "Bo Ek"),
    ]
    one = [(article, "r1") for article in "bcd"]
    assert resolve(*profiles, rulings=[ruling(True, one, [("e", "r1")])]) == [["a", "b", "c", "e"], ["d"]]


def test_rulings_on_what_is_no_longer_there_change_nothing(resolve):
    profiles = [ada("a", RACE), ada("b", TRIAL)]
    gone = [("x", "r1")]
    rulings = [ruling(True, gone, [("a", "r1")]), ruling(False, gone, [("b", "r1")])]
    assert resolve(*profiles, rulings=rulings) == resolve(*profiles)


def test_rulings_chain(resolve):
    profiles = [ada("a", RACE), ada("b", TRIAL, "Bo Ek"), ada("c", RECIPE, "Cy Marr")]
    rulings = [ruling(True, [("a", "r1")], [("b", "r1")]), ruling(True, [("c", "r1")], [("b", "r1")])]
    assert resolve(*profiles, rulings=rulings) == [["a", "b", "c"]]


# -- who hears of it --------------------------------------------------------------------------------


def test_whoever_asks_hears_of_what_was_joined_and_what_was_not(resolve):
    heard = []
    resolve(ada("a", RACE), ada("b", RACE_AGAIN, "Ada Vera Lind"), ada("c", TRIAL, "A. Lind"), heard=heard.append)
    (joined,) = (each for each in heard if each.joined)
    assert {joined.one, joined.other} == {("a", "r1"), ("b", "r1")}
    assert joined.weight > 0
    assert joined.likeness.words == "a middle name more"
    assert all(each.weight == each.likeness.weight + each.told for each in heard)


def test_whoever_asks_hears_of_a_join_of_one_name_too(resolve):
    heard = []
    assert resolve(ada("a", RACE), ada("b", RACE_AGAIN), heard=heard.append) == [["a", "b"]]
    assert [{each.one, each.other} for each in heard if each.joined] == [{("a", "r1"), ("b", "r1")}]


# -- any corpus -------------------------------------------------------------------------------------

LABELS = (
    ("Ada Lind", "Human"), ("Ada Vera Lind", "Human"), ("A. Lind", "Human"), ("Lind", "Human"), ("Ada Lind", "Sailor"),
    ("Tern Rowing Club", "Club"), ("Tern Club", "Club"), ("Tern", "Club"), ("Tern", "Place"), ("Tern", None),
    ("TRC", "Body"), ("Court", "Court"), ("Marr Court", "Court"), ("harbourmaster", "Rank"),
)  # fmt: skip
SHORT = (RACE[:90], RACE_AGAIN[:90], TRIAL[:90], RECIPE[:90], "")


@st.composite
def corpora(draw):
    profiles = []
    for number in range(draw(st.integers(2, 7))):
        text = draw(st.sampled_from(SHORT))
        place = draw(st.sampled_from(("", "Velmar", "Oster")))
        published = draw(st.sampled_from((None, "2020-01-01", "2021-01-01")))
        for id, (label, kind) in enumerate(draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=3))):
            more = draw(st.sampled_from(((), (), ("Tern",), ("Lind",))))
            known = "Velmar" if label == "Tern" and draw(st.booleans()) and draw(st.booleans()) else None
            kind = "Port" if known else kind
            referent = coast(label, *more, id=f"r{id}", kind=kind, known=known)
            profiles.append(told(f"a{number}", referent, text, place=place, published=published))
    return profiles


@st.composite
def ruled(draw):
    profiles = draw(corpora())
    members = st.lists(st.sampled_from([profile.member for profile in profiles]), min_size=1, max_size=2, unique=True)
    rulings = draw(st.lists(st.builds(ruling, st.booleans(), members, members), max_size=2))
    return profiles, [each for each in rulings if not set(each.one) & set(each.other)]


@settings(max_examples=60)
@given(found=ruled(), data=st.data())
def test_the_order_of_articles_does_not_matter(coast_ontology, found, data):
    profiles, rulings = found
    shuffled = data.draw(st.permutations(profiles))
    heard, again = [], []
    one = make_entities(profiles, coast_ontology, BASE, rulings=rulings, on_comparison=heard.append)
    other = make_entities(shuffled, coast_ontology, BASE, rulings=rulings, on_comparison=again.append)
    assert one == other
    assert sorted(map(repr, heard)) == sorted(map(repr, again))


@settings(max_examples=60)
@given(found=ruled())
def test_each_referent_is_of_one_entity_and_rulings_hold(coast_ontology, found):
    profiles, rulings = found
    entities = make_entities(profiles, coast_ontology, BASE, rulings=rulings)
    members = sorted(member for entity in entities for member in entity.referents)
    assert members == sorted(profile.member for profile in profiles)
    of = {member: entity.iri for entity in entities for member in entity.referents}
    assert len(set(of.values())) == len(entities)
    if not any(each.same for each in rulings):
        for each in rulings:
            assert {of[member] for member in each.one}.isdisjoint(of[member] for member in each.other)
    if all(each.same for each in rulings):
        for each in rulings:
            assert not {of[member] for member in each.one}.isdisjoint(of[member] for member in each.other)


@settings(max_examples=40)
@given(profiles=corpora(), data=st.data())
def test_an_article_of_which_nothing_is_like_the_others_changes_nothing(coast_ontology, profiles, data):
    before = make_entities(profiles, coast_ontology, BASE)
    text = data.draw(st.sampled_from(SHORT))
    more = told("zz", coast("Qy Wozzeck", kind="Human"), text)
    after = make_entities([*profiles, more], coast_ontology, BASE)
    assert [entity for entity in after if entity.label != "Qy Wozzeck"] == before


def test_two_things_are_compared_as_they_are_joined(coast_ontology):
    joiner = Joiner(coast_ontology)
    one, other = [ada("a", RACE)], [ada("b", RACE_AGAIN, "Ada Vera Lind")]
    heard = []
    Joiner(coast_ontology, on_comparison=heard.append).join([*one, *other])
    found = joiner.compare(one, other)
    assert (found.weight, found.likeness) == (heard[0].weight, heard[0].likeness)
    assert joiner.compare(one, [ada("c", RACE, "Bo Ek")]) is None
