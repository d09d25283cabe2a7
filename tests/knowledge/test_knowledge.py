from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from kg.identity import make_entities, make_profiles
from kg.knowledge import graph_prefixes, make_knowledge, read_reading, write_reading, write_turtle
from kg.model import Iri, Qualification, Reading, Status
from kg.store import DEFAULT_GRAPH, MemoryStore

from .harbour import BASE, Draft, number, term

FACTS = """SELECT ?s ?p ?o ?confidence {
    ?f a kg:Fact ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:confidence ?confidence
    FILTER(?p != rdf:type) }"""
ADA, CLUB, GULLS = BASE + "id/ada-lind", BASE + "id/tern-rowing-club", BASE + "id/gull-club"


@pytest.fixture
def draft():
    made = Draft("7")
    made.ada = made.refer("Ada Lind", "Lind", kind="Human")
    made.club = made.refer("Tern Rowing Club", kind="RowingClub")
    made.gulls = made.refer("Gull Club", kind="Club")
    return made


def test_an_entity_has_its_class_label_and_other_names(draft, ontology, ask):
    rows = ask("SELECT ?a ?t ?l ?n { ?a a ?t ; rdfs:label ?l ; skos:altLabel ?n }", ontology, draft.reading())
    assert rows == [(ADA, term("Human"), "Ada Lind", "Lind")]


def test_an_assertion_is_one_plain_triple_with_a_fact_that_shows_its_words(draft, ontology, ask):
    span = draft.state(draft.ada, "steers", draft.club, "Lind steers the club")
    query = """SELECT ?o ?support ?article ?rule ?confidence { id:ada-lind h:steers ?o .
        ?f a kg:Fact ; rdf:subject id:ada-lind ; rdf:predicate h:steers ; rdf:object ?o ;
            kg:support ?support ; kg:statedIn ?article ; kg:rule ?rule ; kg:confidence ?confidence }"""
    article = BASE + "article/7"
    rows = ask(query, ontology, draft.reading())
    assert rows == [(CLUB, f"{article}#char={span.start},{span.end}", article, "frame", "0.9")]


def test_every_plain_triple_of_an_article_has_a_fact_with_a_passage(draft, ruled, know):
    draft.state(draft.ada, "steers", draft.club, "Lind steers the club")
    draft.state(draft.club, "rivalOf", draft.gulls, "They are rivals")
    own = ("https://harbour.example/", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    quads = know(ruled, draft.reading())
    plain = {
        quad.triple
        for quad in quads
        if quad.subject.value.startswith(BASE + "id/") and quad.predicate.value.startswith(own)
    }
    parts = {}
    for quad in quads:
        parts.setdefault(quad.subject, {}).setdefault(quad.predicate.value.rpartition("#")[2], quad.object)
    facts = {
        (node["subject"], node["predicate"], node["object"])
        for node in parts.values()
        if node.get("type") == NamedNode("https://kg.example/ontology/core#Fact") and "support" in node
    }
    assert facts == {(each.subject, each.predicate, each.object) for each in plain}
    assert len(plain) == 7


def test_passages_of_one_article_do_not_add_up_and_those_of_several_do(draft, ontology, ask):
    draft.state(draft.ada, "steers", draft.club, "Lind steers the club", confidence=0.6)
    draft.state(draft.ada, "steers", draft.club, "Lind, its cox", confidence=0.8)
    assert ask(FACTS, ontology, draft.reading()) == [(ADA, term("steers"), CLUB, "0.8")]
    other = Draft("8")
    other.state(other.refer("Ada Lind"), "steers", other.refer("Tern Rowing Club"), "Ada steers", confidence=0.5)
    assert ask(FACTS, ontology, draft.reading(), other.reading()) == [(ADA, term("steers"), CLUB, "0.9")]


def test_no_number_of_articles_makes_certain(ontology, ask):
    readings = []
    for number_ in range(9):
        draft = Draft(str(number_))
        draft.state(draft.refer("Ada Lind"), "steers", draft.refer("Tern Rowing Club"), "Ada steers")
        readings.append(draft.reading())
    assert [row[3] for row in ask(FACTS, ontology, *readings)] == ["0.99"]


def test_what_is_too_unsure_stays_in_the_evidence(draft, ontology, ask):
    draft.state(draft.ada, "steers", draft.club, "Perhaps", confidence=0.4)
    assert ask(FACTS, ontology, draft.reading()) == []
    assert len(ask(FACTS, ontology, draft.reading(), min_confidence=0.3)) == 1


def test_a_thing_is_in_no_relation_to_itself(draft, ontology, ask):
    draft.state(draft.club, "rivalOf", draft.club, "The club rivals the club")
    assert ask(FACTS, ontology, draft.reading()) == []


def test_a_symmetric_property_holds_both_ways(draft, ontology, ask):
    draft.state(draft.club, "rivalOf", draft.gulls, "They are rivals")
    assert ask("SELECT ?s ?o { ?s h:rivalOf ?o }", ontology, draft.reading()) == [(GULLS, CLUB), (CLUB, GULLS)]


def test_values_are_written_as_a_store_gives_them_back(draft, ontology, know):
    draft.state(draft.club, "berths", number("012"), "It has 012 berths")
    quads = know(ontology, draft.reading())
    with MemoryStore() as store:
        store.replace_graph(DEFAULT_GRAPH, quads)
        assert set(store.quads()) == set(quads)
        assert not store.replace_graph(DEFAULT_GRAPH, quads)


def test_contradicting_values_stand_side_by_side(draft, ontology, ask):
    draft.state(draft.club, "berths", number("12"), "It has 12 berths")
    draft.state(draft.club, "berths", number("14"), "It has 14 berths")
    assert ask("SELECT ?n { ?c h:berths ?n }", ontology, draft.reading()) == [("12",), ("14",)]


def test_only_the_most_specific_class_is_written(draft, ontology, ask):
    draft.state(draft.ada, "a", Iri(term("Sailor")), "Lind, a sailor")
    draft.state(draft.club, "a", Iri(term("Club")), "the club")
    rows = ask(
        "SELECT ?s ?t { ?f rdf:subject ?s ; rdf:predicate rdf:type ; rdf:object ?t . ?s a ?t }",
        ontology,
        draft.reading(),
    )
    assert rows == [(ADA, term("Sailor")), (GULLS, term("Club")), (CLUB, term("RowingClub"))]
    assert ask("SELECT ?s { ?s a h:Human }", ontology, draft.reading()) == []


def test_an_individual_that_a_fact_names_can_be_read_without_the_ontology(draft, ontology, ask):
    draft.state(draft.club, "flies", Iri(term("Blue")), "It flies the blue flag")
    rows = ask("SELECT ?f ?l ?t { ?c h:flies ?f . ?f rdfs:label ?l ; a ?t }", ontology, draft.reading())
    assert rows == [(term("Blue"), "blue flag", term("Flag"))]


def test_an_individual_that_articles_name_is_the_entity(draft, ontology, ask):
    draft.refer("Velmar", kind="Port", known="Velmar")
    draft.state(draft.club, "basedIn", Iri(term("Velmar")), "the Velmar club")
    rows = ask("SELECT ?p ?k { ?c h:basedIn ?p . ?p skos:exactMatch ?k }", ontology, draft.reading())
    assert rows == [(BASE + "id/velmar", term("Velmar"))]


@pytest.mark.parametrize(("predicate", "swapped"), [("memberOf", False), ("counts", True)])
def test_what_was_is_a_qualified_fact_and_a_membership_and_no_plain_triple(draft, ontology, ask, predicate, swapped):
    ends = (draft.club, draft.ada) if swapped else (draft.ada, draft.club)
    former = Qualification("Former", None, "2016-05")
    draft.state(ends[0], predicate, ends[1], "Lind, once of the club", qualification=former)
    query = """SELECT ?m ?o ?q ?until ?confidence { ?f a kg:QualifiedFact , org:Membership ; org:member ?m ;
        org:organization ?o ; kg:qualification ?q ; kg:until ?until ; kg:support ?s ; kg:confidence ?confidence }"""
    rows = ask(query, ontology, draft.reading())
    assert rows == [(ADA, CLUB, "https://kg.example/ontology/core#Former", "2016-05", "0.9")]
    assert ask("SELECT ?s { ?s h:memberOf|h:counts ?o }", ontology, draft.reading()) == []


def test_a_qualified_fact_of_another_property_is_no_membership(draft, ontology, ask):
    draft.state(draft.ada, "steers", draft.club, "Lind, once the cox", qualification=Qualification("Former"))
    assert len(ask("SELECT ?f { ?f a kg:QualifiedFact }", ontology, draft.reading())) == 1
    assert ask("SELECT ?f { ?f a org:Membership }", ontology, draft.reading()) == []


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.DENIED, Status.POSSIBLE])
def test_what_is_not_asserted_is_a_claim_and_no_fact(draft, ontology, ask, status):
    draft.state(draft.ada, "steers", draft.club, "he steers it", status=status, speaker=draft.gulls, status_cue="said")
    query = """SELECT ?speaker ?status ?text ?cue ?about { ?c a kg:Claim , schema:Claim ; kg:speaker ?speaker ;
        kg:status ?status ; schema:text ?text ; kg:statusCue ?cue ; schema:about ?about ; kg:support ?s ;
        kg:statedIn ?a ; rdf:subject ?about ; rdf:predicate h:steers ; rdf:object id:tern-rowing-club }"""
    name = f"https://kg.example/ontology/core#{status.capitalize()}"
    assert ask(query, ontology, draft.reading()) == [(GULLS, name, "he steers it", "said", ADA)]
    assert ask(FACTS, ontology, draft.reading()) == []


def test_an_assertion_with_a_speaker_is_the_speakers_claim(draft, ontology, ask):
    draft.state(draft.ada, "steers", draft.club, "he steers it", speaker=draft.gulls)
    rows = ask("SELECT ?status { ?c a kg:Claim ; kg:status ?status }", ontology, draft.reading())
    assert rows == [("https://kg.example/ontology/core#Claimed",)]


def test_a_quotation_is_a_claim_with_its_exact_words(draft, ontology, ask):
    draft.attribute(draft.ada, "The club is “ours”", about=[draft.club, draft.gulls])
    query = """SELECT ?s ?q ?text ?about { ?c a kg:Claim ; kg:speaker ?s ; kg:quoted ?q ;
        schema:text ?text ; schema:about ?about }"""
    assert ask(query, ontology, draft.reading()) == [
        (ADA, "true", "The club is “ours”", GULLS),
        (ADA, "true", "The club is “ours”", CLUB),
    ]


def test_the_same_words_of_the_same_speaker_in_two_articles_are_one_claim(ontology, ask):
    readings = []
    for identifier, name in (("1", "Ada Lind"), ("2", "Ada Lind"), ("3", "Bo Marr")):
        draft = Draft(identifier)
        draft.attribute(draft.refer(name, kind="Human"), "We won")
        readings.append(draft.reading())
    query = """SELECT ?s (COUNT(DISTINCT ?support) AS ?n) (COUNT(DISTINCT ?c) AS ?m) {
        ?c kg:speaker ?s ; kg:support ?support } GROUP BY ?s"""
    assert ask(query, ontology, *readings) == [(ADA, "2", "1"), (BASE + "id/bo-marr", "1", "1")]


def test_the_same_words_of_nobody_named_are_a_claim_for_each_article(ontology, ask):
    readings = []
    for identifier in ("1", "2"):
        draft = Draft(identifier)
        draft.attribute(None, "We won")
        readings.append(draft.reading())
    assert len(ask("SELECT ?c { ?c a kg:Claim }", ontology, *readings)) == 2


def test_a_referent_without_entity_is_named(draft, ontology):
    with pytest.raises(ValueError, match="7: referent r1 is of no entity; make the entities of all referents first"):
        list(make_knowledge([draft.reading()], [], ontology, BASE))


def corpus():
    """Four articles that share people, clubs, a claim and a fact."""
    readings = []
    for identifier in ("1", "2", "3", "4"):
        draft = Draft(identifier, title=f"Day {identifier}")
        ada = draft.refer("Ada Lind", "Lind", kind="Human" if identifier != "3" else None)
        club = draft.refer("Tern Rowing Club", "Tern", kind="RowingClub" if identifier == "1" else "Club")
        port = draft.refer("Velmar", kind="Port", known="Velmar")
        race = draft.refer("the race", named=False)
        draft.state(ada, "steers", club, "Lind steers it", confidence=0.5 + int(identifier) / 10)
        if identifier in "12":
            draft.state(club, "basedIn", port, "the Velmar club")
        if identifier in "34":
            draft.state(club, "rivalOf", draft.refer("Gull Club", kind="Club"), "They are rivals")
            draft.state(ada, "memberOf", club, "once a member", qualification=Qualification("Former"))
        draft.attribute(ada, "We won" if identifier != "4" else "We lost", about=[race])
        readings.append(draft.reading())
    return readings


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(order=st.permutations(corpus()))
def test_the_order_of_articles_does_not_matter(ruled, know, order):
    assert know(ruled, *order) == know(ruled, *corpus())


def test_each_quad_comes_once(ruled, know):
    quads = know(ruled, *corpus())
    assert len(set(quads)) == len(quads)
    assert all(quad.graph_name == DEFAULT_GRAPH for quad in quads)


@pytest.mark.parametrize("gone", range(4))
def test_removing_an_article_withdraws_what_only_it_supported(ruled, know, gone):
    readings = corpus()
    rest = [reading for number_, reading in enumerate(readings) if number_ != gone]
    prefixes = graph_prefixes(BASE, ruled.prefixes)
    with MemoryStore() as store:
        store.replace_graph(DEFAULT_GRAPH, know(ruled, *readings))
        change = store.replace_graph(DEFAULT_GRAPH, know(ruled, *rest))
        assert change.removed
        assert write_turtle(store.quads(), prefixes) == write_turtle(know(ruled, *rest), prefixes)
        assert not any(f"article/{gone + 1}" in str(quad.object) for quad in store.quads())


def test_a_changed_article_replaces_its_part(ruled, know):
    readings = corpus()
    draft = Draft("2")
    draft.state(draft.refer("Ada Lind", kind="Human"), "steers", draft.refer("Gull Club", kind="Club"), "Now the Gulls")
    changed = [readings[0], draft.reading(), *readings[2:]]
    with MemoryStore() as store:
        store.replace_graph(DEFAULT_GRAPH, know(ruled, *readings))
        store.replace_graph(DEFAULT_GRAPH, know(ruled, *changed))
        assert set(store.quads()) == set(know(ruled, *changed))


def test_knowledge_made_of_stored_evidence_is_that_made_of_readings(ruled):
    readings = corpus()
    stored = [read_reading(write_reading(reading, BASE)) for reading in readings]

    def make(given: list[Reading]):
        return list(make_knowledge(given, make_entities(make_profiles(given, ruled), ruled, BASE), ruled, BASE))

    assert make(stored) == make(readings)


def test_labels_are_english(draft, ontology, know):
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    labels = {quad.object for quad in know(ontology, draft.reading()) if quad.predicate == label}
    assert Literal("Ada Lind", language="en") in labels
