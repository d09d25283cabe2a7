"""What entities are called and which classes they keep."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import Profile, make_entities
from kg.identity.clusters import Cluster
from kg.identity.kinds import Kind, Kinds, kind_of
from kg.identity.naming import FREQUENT, SELDOM, name_entities

from .coast import BASE, COAST, coast

NAME = "Vera Vellorn"


def cluster(*profiles, kind=None, person=True):
    types = {iri for profile in profiles for iri in profile.referent.types} if kind is None else {COAST + kind}
    return Cluster(
        sorted(profiles, key=lambda each: each.member),
        min(profile.member for profile in profiles),
        Kind(frozenset(types), frozenset()),
        person,
        {NAME.lower()},
        articles={profile.article for profile in profiles},
    )


def seen(number, kind, prefix="a", label=NAME):
    return [Profile(f"{prefix}{n:03}", coast(label, kind=kind)) for n in range(number)]


@pytest.fixture(scope="module")
def name(coast_ontology):
    def make(*clusters):
        return name_entities(clusters, coast_ontology, BASE)

    return make


def test_a_class_that_hardly_any_article_sees_is_left_out(name):
    often, seldom = round(2 / SELDOM), 1
    (entity,) = name(cluster(*seen(often, "Human"), *seen(seldom, "Ship", "b")))
    assert entity.types == (COAST + "Human",)


def test_a_class_that_some_articles_see_stays(name):
    (entity,) = name(cluster(*seen(8, "Human"), *seen(2, "Ship", "b")))
    assert entity.types == (COAST + "Human", COAST + "Ship")


def test_articles_that_see_a_narrower_class_count_for_the_wider_one(name):
    (entity,) = name(cluster(*seen(20, "Club"), *seen(15, "Body", "b"), *seen(1, "Court", "c")))
    assert entity.types == (COAST + "Club",)


def test_articles_that_see_no_class_do_not_count(name):
    (entity,) = name(cluster(*seen(40, None), *seen(1, "Human", "b")))
    assert entity.types == (COAST + "Human",)


def test_one_article_with_two_referents_counts_once(name):
    twice = [Profile("b", coast(NAME, id=f"r{n}", kind="Ship")) for n in range(9)]
    (entity,) = name(cluster(*seen(20, "Human"), *twice))
    assert entity.types == (COAST + "Human",)


def test_the_class_that_won_is_kept_although_few_saw_it(name):
    (entity,) = name(cluster(*seen(3, "Place"), *seen(1, "Sailor", "b"), kind="Sailor"))
    assert entity.types == (COAST + "Sailor",)


def test_a_label_that_few_articles_use_is_only_a_name(name):
    frequent = round(2 / FREQUENT)
    (entity,) = name(cluster(*seen(frequent, "Human"), *seen(1, "Human", "b", "Vera Skreever Vellorn")))
    assert (entity.label, entity.names) == (NAME, (NAME, "Vera Skreever Vellorn"))


def test_namesakes_of_one_class_are_told_apart_by_hashes_that_other_articles_do_not_change(name):
    one, other = cluster(*seen(2, "Human")), cluster(*seen(2, "Human", "b"))
    first, second = name(one, other)
    assert first.iri != second.iri
    assert all(each.iri.startswith(f"{BASE}id/vera-vellorn-") for each in (first, second))
    again = name(one, other, cluster(*seen(1, "Human", "c")))
    assert {first.iri, second.iri} <= {each.iri for each in again}


def test_namesakes_of_two_classes_are_told_apart_by_these(name):
    found = name(cluster(*seen(2, "Human")), cluster(*seen(2, "Port", "b"), person=False))
    assert [each.iri for each in found] == [f"{BASE}id/vera-vellorn-human", f"{BASE}id/vera-vellorn-port"]


# -- kinds ------------------------------------------------------------------------------------------

KINDS = st.sampled_from((None, "Human", "Sailor", "Body", "Club", "Court", "Place", "Port", "Ship", "Rank"))
kinds = st.builds(
    lambda kind, known: kind_of(coast("x", kind=kind, known=known)), KINDS, st.sampled_from((None, "Velmar", "Oster"))
)


@given(a=kinds, b=kinds)
def test_kinds_are_compatible_in_both_directions_and_with_themselves(coast_ontology, a, b):
    compare = Kinds(coast_ontology)
    assert compare.compatible(a, a)
    assert compare.compatible(a, b) == compare.compatible(b, a)
    assert compare.related(a, b) == compare.related(b, a)


def test_only_what_a_tagger_says_is_a_guess(coast_ontology):
    compare = Kinds(coast_ontology)
    guessed = {kind: compare.guessed(kind_of(coast("x", kind=kind))) for kind in ("Human", "Body", "Place", None)}
    assert all(guessed.values())
    assert not any(compare.guessed(kind_of(coast("x", kind=kind))) for kind in ("Sailor", "Club", "Port", "Ship"))
    assert not compare.guessed(kind_of(coast("x", kind="Place", known="Norland")))


def test_what_nouns_name_is_a_kind_of_its_own(coast_ontology):
    compare = Kinds(coast_ontology)
    assert compare.noun(kind_of(coast("x", kind="Rank")))
    assert not compare.noun(kind_of(coast("x", kind="Human")))


def test_somebody_is_a_person_by_the_class_or_without_one_by_an_honorific(coast_ontology):
    compare = Kinds(coast_ontology)
    assert compare.person(coast("Ada", kind="Sailor"))
    assert compare.person(coast("Mr Lind"))
    assert not compare.person(coast("Mr Lind", kind="Ship"))
    assert compare.key("Mr Lind", coast("Mr Lind")) == "lind"
    assert compare.key("Miss Tern", coast("Miss Tern", kind="Ship")) == "miss tern"


def test_the_entities_of_two_things_that_took_each_others_names_have_iris_of_their_own(coast_ontology):
    profiles = [
        Profile("a", coast("Tern Club", "Tern", kind="Club")),
        Profile("b", coast("Tern", "Tern Club", kind="Port")),
        Profile("c", coast("TERN club", kind="Club")),
    ]
    entities = make_entities(profiles, coast_ontology, BASE)
    assert len({each.iri for each in entities}) == len(entities) == 2
