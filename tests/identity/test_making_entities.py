from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import Profile, article_entities, make_entities
from kg.model import Article, Reading, Referent

BASE = "https://kg.example/"
HARBOUR = "https://harbour.example/ontology#"


@pytest.fixture
def resolve(ontology):
    def make(*pairs):
        return entities_of(pairs, ontology)

    return make


def entities_of(pairs, ontology):
    """Resolve pairs of article and referent, of which nothing is told."""
    return make_entities([Profile(*pair) for pair in pairs], ontology, BASE)


def members(entities):
    return {entity.referents for entity in entities}


def test_one_name_in_two_articles_is_one_entity(resolve, refer):
    (entity,) = resolve(("a", refer("r1", "Ada Lind", kind="Human")), ("b", refer("r4", "Dr ADA LIND", kind="Sailor")))
    assert entity.iri == "https://kg.example/id/ada-lind"
    assert entity.label == "Ada Lind"
    assert entity.types == (HARBOUR + "Sailor",)
    assert entity.referents == (("a", "r1"), ("b", "r4"))


def test_one_name_of_disjoint_classes_is_two_entities_named_after_their_classes(resolve, refer):
    port, club = resolve(
        ("a", refer("r1", "Tern Point", kind="Port")),
        ("b", refer("r1", "Tern Point", kind="Club")),
        ("c", refer("r1", "Tern Point", kind="Port")),
    )[::-1]
    assert port.iri == "https://kg.example/id/tern-point-port"
    assert port.referents == (("a", "r1"), ("c", "r1"))
    assert club.iri == "https://kg.example/id/tern-point-club"


def test_a_bearer_without_class_joins_when_only_one_thing_has_the_name(resolve, refer):
    assert len(resolve(("a", refer("r1", "Tern Point", kind="Port")), ("b", refer("r1", "Tern Point")))) == 1


def test_a_bearer_without_class_stays_apart_when_it_could_be_two_things(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Tern Point", kind="Port")),
        ("b", refer("r1", "Tern Point", kind="Club")),
        ("c", refer("r1", "Tern Point")),
        ("d", refer("r1", "Tern Point")),
    )
    assert members(found) == {(("a", "r1"),), (("b", "r1"),), (("c", "r1"),), (("d", "r1"),)}
    assert len({entity.iri for entity in found}) == 4


def test_an_alias_of_one_article_joins_what_another_calls_by_it_alone(resolve, refer):
    (entity,) = resolve(
        ("a", refer("r1", "Tern Rowing Club", "Tern", kind="Club")),
        ("b", refer("r2", "Tern", kind="Club")),
        ("c", refer("r3", "Tern Rowing Club", kind="RowingClub")),
    )
    assert entity.label == "Tern Rowing Club"
    assert set(entity.names) == {"Tern Rowing Club", "Tern"}


def test_without_an_article_that_links_them_a_short_form_stays_apart(resolve, refer):
    found = resolve(("a", refer("r1", "Tern Rowing Club", kind="Club")), ("b", refer("r2", "Tern", kind="Club")))
    assert len(found) == 2


def test_an_alias_that_two_things_have_joins_neither(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Tern Rowing Club", "Tern", kind="Club")),
        ("b", refer("r1", "Tern Sailing Club", "Tern", kind="Club")),
        ("c", refer("r1", "Tern", kind="Club")),
    )
    assert len(found) == 3


def test_an_alias_joins_only_what_its_class_allows(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Tern Rowing Club", "Tern", kind="Club")),
        ("b", refer("r1", "Tern", kind="Port")),
        ("c", refer("r1", "Tern", kind="Club")),
    )
    assert members(found) == {(("a", "r1"), ("c", "r1")), (("b", "r1"),)}


def test_a_chain_of_aliases_joins_all(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Royal Tern Rowing Club", "Tern Rowing Club", kind="Club")),
        ("b", refer("r1", "Tern Rowing Club", "Tern", kind="Club")),
        ("c", refer("r1", "Tern", kind="Club")),
    )
    assert len(found) == 1


def test_a_surname_alone_never_joins_another_article(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Ada Lind", "Lind", kind="Human")),
        ("b", refer("r1", "Lind", kind="Human")),
        ("c", refer("r1", "Ms Lind", kind="Human")),
    )
    assert len(found) == 3
    assert {entity.label for entity in found} == {"Ada Lind", "Lind"}


def test_an_honorific_is_no_part_of_a_persons_name_but_may_be_of_others(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Dr Ada Lind", kind="Human")),
        ("b", refer("r1", "Ada Lind", kind="Human")),
        ("c", refer("r1", "Miss Tern", kind="Ship")),
        ("d", refer("r1", "Tern", kind="Ship")),
        ("e", refer("r1", "Mr Marr")),
        ("f", refer("r1", "Mr Marr")),
    )
    assert sorted(entity.label for entity in found) == ["Ada Lind", "Marr", "Marr", "Miss Tern", "Tern"]


def test_a_surname_of_two_words_is_no_alias_either(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Ada Lind Marr", "Lind Marr", kind="Human")), ("b", refer("r1", "Lind Marr", kind="Human"))
    )
    assert len(found) == 2


def test_a_fuller_form_of_a_persons_name_is_an_alias(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Ada Vera Lind", "Ada Lind", kind="Human")), ("b", refer("r1", "Ada Lind", kind="Human"))
    )
    assert len(found) == 1


def test_a_known_individual_joins_whatever_its_names(resolve, refer):
    (entity,) = resolve(
        ("a", refer("r1", "Velmar", kind="Port", known="Velmar")),
        ("b", refer("r1", "the old harbour", kind="Port", named=False, known="Velmar")),
    )
    assert entity.known == HARBOUR + "Velmar"
    assert entity.label == "Velmar"
    assert entity.iri == "https://kg.example/id/velmar"


def test_two_known_individuals_never_join(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Velmar", kind="Port", known="Velmar")),
        ("b", refer("r1", "Velmar", kind="Port", known="NewVelmar")),
    )
    assert {entity.known for entity in found} == {HARBOUR + "Velmar", HARBOUR + "NewVelmar"}


def test_two_known_individuals_never_join_through_an_alias(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Velmar Port", "Tern", kind="Port", known="Velmar")),
        ("b", refer("r1", "Tern", kind="Port", known="NewVelmar")),
    )
    assert len(found) == 2


def test_a_chain_that_would_join_what_excludes_each_other_holds_nowhere(resolve, refer):
    found = resolve(
        ("a", refer("r1", "Tern Harbour", "Tern", kind="Port")),
        ("b", refer("r1", "Tern")),
        ("b", refer("r2", "Tern Rowing Club", "Gull", kind="Club")),
        ("c", refer("r1", "Tern", "Gull Club")),
        ("c", refer("r2", "Gull Club", "Tern Rowing Club", kind="Club")),
    )
    by_referent = {referent: entity for entity in found for referent in entity.referents}
    assert by_referent["a", "r1"] != by_referent["b", "r2"]


def test_things_without_a_name_stay_in_their_article(resolve, refer):
    found = resolve(
        ("a", refer("r1", "the race", kind="Race", named=False)),
        ("a", refer("r2", "the race", kind="Race", named=False)),
        ("b", refer("r1", "the race", kind="Race", named=False)),
    )
    assert len({entity.iri for entity in found}) == 3
    assert all(entity.iri.startswith("https://kg.example/id/the-race-") for entity in found)
    assert all(entity.names == () for entity in found)


def test_what_has_no_name_keeps_its_iri_when_articles_come(resolve, refer):
    race = ("a", refer("r1", "the race", kind="Race", named=False))
    (alone,) = resolve(race)
    together = resolve(race, ("b", refer("r1", "the race", kind="Race", named=False)))
    assert alone in together


def test_the_label_is_the_fullest_of_the_frequent_names(resolve, refer):
    often = [(f"a{n}", refer("r1", "Tern Rowing Club", "Tern", kind="Club")) for n in range(4)]
    short = [(f"b{n}", refer("r1", "Tern", kind="Club")) for n in range(8)]
    rare = ("c", refer("r1", "Royal Tern Rowing Club of Velmar", "Tern Rowing Club", kind="Club"))
    (entity,) = resolve(*often, *short, rare)
    assert entity.label == "Tern Rowing Club"
    assert entity.names == ("Tern Rowing Club", "Tern", "Royal Tern Rowing Club of Velmar")


def test_labels_that_leave_nothing_for_an_iri_get_one_all_the_same(resolve, refer):
    one, other = resolve(("a", refer("r1", "?!", named=False)), ("a", refer("r2", "—", named=False)))
    assert one.iri != other.iri


def test_an_article_alone_is_named_like_all_articles(ontology, refer):
    referents = (refer("r1", "Ada Lind", kind="Human"), refer("r2", "the race", kind="Race", named=False))
    reading = Reading(Article("a", "Ada Lind won the race."), referents, (), (), ())
    assert article_entities(reading, ontology, BASE) == entities_of([("a", each) for each in referents], ontology)


NAMES = st.sampled_from(["Tern Rowing Club", "Tern", "Gull", "Gull Club", "Ada Lind", "Lind", "Velmar"])
KINDS = st.sampled_from([(), ("Human",), ("Club",), ("RowingClub",), ("Port",), ("Club", "Ship")])


@st.composite
def corpora(draw):
    pairs = []
    for article in range(draw(st.integers(1, 6))):
        for number in range(draw(st.integers(1, 3))):
            names = tuple(draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)))
            types = tuple(HARBOUR + kind for kind in draw(KINDS))
            known = draw(st.sampled_from([None, None, None, HARBOUR + "Velmar", HARBOUR + "NewVelmar"]))
            named = draw(st.booleans())
            referent = Referent(f"r{number}", names[0], names if named else (), types, named, known)
            pairs.append((f"a{article}", referent))
    return pairs


@given(pairs=corpora(), data=st.data())
def test_the_order_of_articles_does_not_matter(ontology, pairs, data):
    shuffled = data.draw(st.permutations(pairs))
    assert entities_of(shuffled, ontology) == entities_of(pairs, ontology)


@given(pairs=corpora())
def test_each_referent_is_of_one_entity_with_an_iri_of_its_own(ontology, pairs):
    entities = entities_of(pairs, ontology)
    assert sorted(each for entity in entities for each in entity.referents) == sorted((a, r.id) for a, r in pairs)
    assert len({entity.iri for entity in entities}) == len(entities)


@given(pairs=corpora())
def test_no_entity_is_of_two_individuals_or_of_classes_that_its_referents_exclude(ontology, pairs):
    referents = {(article, referent.id): referent for article, referent in pairs}
    for entity in entities_of(pairs, ontology):
        own = [referents[each] for each in entity.referents]
        assert len({referent.known for referent in own} - {None}) < 2
        for one in own:
            for other in own:
                assert all(ontology.compatible(a, b) for a in one.types for b in other.types)
