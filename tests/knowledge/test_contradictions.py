"""What contradicts what, in small graphs of articles that are written as their evidence is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from pyoxigraph import NamedNode

from kg.knowledge import make_knowledge, write_reading
from kg.knowledge.contradictions import Kind, find_conflicts
from kg.knowledge.limits import find_limits
from kg.knowledge.periods import read_days
from kg.model import Entity, Qualification, Status, Value
from kg.ontology import load_ontology
from kg.store import MemoryStore
from kg.vocabulary import RDF, XSD

from .harbour import BASE, Draft, number, term

PARTS = ("subject", "predicate", "object")
LIMITS = """
@prefix schema: <https://schema.org/> .
h:Region a owl:Class ; rdfs:label "region"@en .
h:Regatta a owl:Class ; rdfs:label "regatta"@en ; kg:frame [ a kg:EventNoun ; kg:lemma "regatta" ] .
h:sailsFrom kg:functional true ; rdfs:range [ a owl:Class ; owl:unionOf ( h:Port h:Region ) ] .
h:steers kg:mostlyInverseFunctional true .
h:heads a owl:ObjectProperty ; rdfs:label "heads"@en ; kg:inverseFunctional true ; rdfs:subPropertyOf h:steers .
h:berths kg:functional true .
h:bornIn a owl:ObjectProperty ; rdfs:label "born in"@en ; kg:functional true ; kg:occurrence true .
h:bornOn a owl:DatatypeProperty ; rdfs:label "born on"@en ; kg:functional true ; kg:occurrence true .
h:boats a owl:DatatypeProperty ; rdfs:label "boats"@en ; rdfs:domain h:Regatta ; kg:functional true .
h:share a owl:DatatypeProperty ; rdfs:label "share"@en ; rdfs:range xsd:decimal ; kg:functional true .
h:liesIn a owl:ObjectProperty ; rdfs:label "lies in"@en ; rdfs:subPropertyOf schema:containedInPlace ;
    rdfs:domain [ a owl:Class ; owl:unionOf ( h:Port h:Region ) ] ; rdfs:range h:Region .
h:North a h:Region ; rdfs:label "the North"@en .
h:Velmar h:liesIn h:North .
"""


@pytest.fixture(scope="module")
def limited(load):
    return load(LIMITS)


@pytest.fixture
def conflicts(limited):
    """Find what conflicts in the graph of some drafts, in which things of one label are one entity."""

    def find(*drafts, ontology=limited):
        readings = [draft.reading() for draft in drafts]
        referents = {}
        for reading in readings:
            for referent in reading.referents:
                referents.setdefault(referent.label, []).append((reading.article.id, referent))
        entities = [
            Entity(
                f"{BASE}id/{label.lower().replace(' ', '-')}",
                label,
                (),
                tuple(sorted({iri for _, each in some for iri in each.types})),
                tuple((article, each.id) for article, each in some),
                next((each.known for _, each in some if each.known), None),
            )
            for label, some in referents.items()
        ]
        with MemoryStore() as store:
            store._write([quad for reading in readings for quad in write_reading(reading, BASE)], [])
            store._write(list(make_knowledge(readings, entities, ontology, BASE)), [])

            def say(node):
                parts = (quad.object for part in PARTS for quad in store.quads(NamedNode(node), NamedNode(RDF + part)))
                return " ".join(part.value.replace("#", "/").rpartition("/")[2] for part in parts)

            return [
                (each.kind, *(say(facts[0]) for facts in each.values), *(f"but {say(claim)}" for claim in each.claims))
                for each in find_conflicts(store, ontology)
            ]

    return find


def said(article, published=None, *statements, person="Ada Lind", **more):
    """Draft an article that says what each statement says of a person: a relation and the name of another thing."""
    draft = Draft(article, published=published)
    subject = draft.refer(person, kind="Human")
    for relation, other, *kind in statements:
        if not isinstance(other, Value):
            other = draft.refer(other, kind=kind[0] if kind else "Port")
        draft.state(subject, relation, other, f"{person} {relation} it", **more)
    return draft


def day(text):
    return Value(text, XSD + ("gYear" if len(text) == 4 else "date"))


VELMAR, ORLY = ("sailsFrom", "Velmar"), ("sailsFrom", "Orly")
BOTH = ("ada-lind sailsFrom velmar", "ada-lind sailsFrom orly")

# -- time -------------------------------------------------------------------------------------------------


def test_two_values_of_one_day_contradict_in_whatever_order_the_articles_come(conflicts):
    drafts = said("a", "2024-05-03", VELMAR), said("b", "2024-05-03T09:00:00Z", ORLY), said("c", "2024-05-03", VELMAR)
    expected = [(Kind.CONTRADICTION, "ada-lind sailsFrom orly", "ada-lind sailsFrom velmar")]
    assert all(conflicts(*each) == expected for each in permutations(drafts))


def test_a_value_between_two_articles_that_say_another_contradicts(conflicts):
    drafts = said("a", "2020-05-03", VELMAR), said("b", "2021-05-03", ORLY), said("c", "2022-05-03", VELMAR)
    assert conflicts(*drafts) == [(Kind.CONTRADICTION, *BOTH)]


def test_values_a_year_apart_are_a_change(conflicts):
    assert conflicts(said("a", "2020-05-03", VELMAR), said("b", "2021-05-03", ORLY)) == [(Kind.CHANGE, *BOTH)]


def test_values_within_a_month_possibly_contradict_unless_the_earlier_is_said_to_have_ended(conflicts):
    early, late = said("a", "2024-05-03", VELMAR), said("b", "2024-05-20", ORLY)
    former = said("c", "2024-06-20", VELMAR, qualification=Qualification("Former"))
    assert conflicts(early, late) == [(Kind.POSSIBLE, *BOTH)]
    assert conflicts(early, late, former) == [(Kind.CHANGE, *BOTH)]


def test_values_without_dates_contradict_in_one_article_and_possibly_in_two(conflicts):
    both = ("ada-lind sailsFrom orly", "ada-lind sailsFrom velmar")
    assert conflicts(said("a", None, VELMAR, ORLY)) == [(Kind.CONTRADICTION, *both)]
    assert conflicts(said("a", None, VELMAR), said("b", "2024-05-03", ORLY)) == [(Kind.POSSIBLE, *both)]
    former = said("c", None, VELMAR, qualification=Qualification("Former"))
    assert [kind for kind, *_ in conflicts(said("a", None, VELMAR), said("b", None, ORLY), former)] == [Kind.CHANGE]


def test_a_former_value_contradicts_nothing_and_dated_ones_only_where_they_overlap(conflicts):
    now = said("a", "2024-05-03", VELMAR)
    assert conflicts(now, said("b", "2024-05-03", ORLY, qualification=Qualification("Former"))) == []
    assert conflicts(now, said("b", "2024-05-03", ORLY, qualification=Qualification("Acting"))) == []
    one = said("c", "2024-05-03", VELMAR, qualification=Qualification("Former", "1997", "2005-05-05"))
    touching = said("d", "2024-05-03", ORLY, qualification=Qualification("Former", "2005-05-05", "2010"))
    over = said("d", "2024-05-03", ORLY, qualification=Qualification("Former", "2003", "2010"))
    assert conflicts(one, touching) == [(Kind.CHANGE, *BOTH)]
    assert conflicts(one, over) == [(Kind.CONTRADICTION, *BOTH)]


def test_an_end_before_its_start_is_shown(conflicts):
    draft = said("a", "2024-05-03", VELMAR, qualification=Qualification("Former", "2010-05", "2009"))
    assert conflicts(draft) == [(Kind.CONTRADICTION, "ada-lind sailsFrom velmar")]
    within = said("a", "2024-05-03", VELMAR, qualification=Qualification("Former", "2010-05", "2010"))
    assert conflicts(within) == []


def test_three_values_are_shown_together_where_they_meet_and_apart_where_they_do_not(conflicts):
    drafts = [
        said("a", "2010-05-03", VELMAR),
        said("b", "2020-05-03", ORLY),
        said("c", "2020-05-03", ("sailsFrom", "Zell")),
    ]
    orly, zell = "ada-lind sailsFrom orly", "ada-lind sailsFrom zell"
    assert conflicts(*drafts) == [
        (Kind.CONTRADICTION, orly, zell),
        (Kind.CHANGE, "ada-lind sailsFrom velmar", orly, zell),
    ]


def test_what_never_changes_contradicts_at_any_time(conflicts):
    drafts = said("a", "2010-05-03", ("bornIn", "Orly")), said("b", "2020-05-03", ("bornIn", "Zell"))
    assert conflicts(*drafts) == [(Kind.CONTRADICTION, "ada-lind bornIn orly", "ada-lind bornIn zell")]


def test_what_is_said_of_an_event_never_changes(conflicts):
    drafts = []
    for article, published, count in (("a", "2010-05-03", "9"), ("b", "2020-05-03", "8")):
        draft = Draft(article, published=published)
        draft.state(draft.refer("Harbour Cup", kind="Regatta"), "boats", number(count), f"{count} boats")
        drafts.append(draft)
    assert conflicts(*drafts) == [(Kind.CONTRADICTION, "harbour-cup boats 9", "harbour-cup boats 8")]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2016", (date(2016, 1, 1), date(2016, 12, 31))),
        ("2016-12", (date(2016, 12, 1), date(2016, 12, 31))),
        ("2016-05-03T10:00:00+02:00", (date(2016, 5, 3), date(2016, 5, 3))),
        ("2016-13", None),
        ("9999-12", None),
        ("May 2016", None),
    ],
)
def test_a_date_means_all_its_days(text, days):
    assert read_days(text) == days


# -- which values ------------------------------------------------------------------------------------------


def test_the_subjects_of_an_object_contradict_where_it_has_one(conflicts):
    heads = ("heads", "Tern Club", "Club")
    drafts = said("a", "2024-05-03", heads), said("b", "2024-05-03", heads, person="Bo Ek")
    assert conflicts(*drafts) == [(Kind.CONTRADICTION, "ada-lind heads tern-club", "bo-ek heads tern-club")]


def test_two_of_which_there_can_be_more_possibly_contradict(conflicts):
    steers = ("steers", "Tern Club", "Club")
    drafts = said("a", "2024-05-03", steers), said("b", "2024-05-03", steers, person="Bo Ek")
    assert conflicts(*drafts) == [(Kind.POSSIBLE, "ada-lind steers tern-club", "bo-ek steers tern-club")]
    assert conflicts(said("a", "2024-05-03", steers, ("steers", "Gull Club", "Club"))) == []


def test_dates_agree_when_one_is_the_beginning_of_the_other(conflicts):
    drafts = [said(text, None, ("bornOn", day(text))) for text in ("1970", "1970-05-03", "1970-05-04")]
    assert conflicts(*drafts[:2]) == []
    assert [len(found) - 1 for found in conflicts(*drafts)] == [2]


def test_decimals_agree_when_one_is_the_other_rounded(conflicts):
    drafts = [said(text, None, ("share", Value(text, XSD + "decimal"))) for text in ("63", "63.4", "63.6")]
    assert conflicts(*drafts[:2]) == []
    assert [each for _, *each in conflicts(*drafts)] == [
        ["ada-lind share 63", "ada-lind share 63.4", "ada-lind share 63.6"]
    ]


def test_a_place_agrees_with_what_it_lies_in_as_facts_or_the_ontology_tell(conflicts):
    north = ("bornIn", "the North", "Region")
    known = said("a", None, north)
    known.refer("Velmar", kind="Port", known="Velmar")
    known.referents[1] = replace(known.referents[1], known=term("North"))
    assert conflicts(known, said("b", None, ("bornIn", "Velmar"))) == []
    drafts = said("a", None, north), said("b", None, ("bornIn", "Orly"))
    assert conflicts(*drafts) == [(Kind.POSSIBLE, "ada-lind bornIn orly", "ada-lind bornIn the-north")]
    told = Draft("c")
    told.state(told.refer("Orly", kind="Port"), "liesIn", told.refer("the North", kind="Region"), "Orly in the North")
    assert conflicts(*drafts, told) == []


def test_classes_that_exclude_one_another_contradict(conflicts):
    drafts = Draft("a"), Draft("b")
    drafts[0].refer("Tern", kind="Club")
    drafts[1].refer("Tern", kind="Port")
    assert conflicts(*drafts) == [(Kind.CONTRADICTION, "tern type Club", "tern type Port")]


def test_the_same_values_are_shown_once_by_the_narrower_property(limited, conflicts):
    assert [limit.property for limit in find_limits(limited)[term("heads")]] == [term("heads"), term("steers")]
    heads = ("heads", "Tern Club", "Club")
    drafts = said("a", None, heads), said("b", None, heads, person="Bo Ek")
    assert conflicts(*drafts) == [(Kind.POSSIBLE, "ada-lind heads tern-club", "bo-ek heads tern-club")]


# -- claims ------------------------------------------------------------------------------------------------


def test_a_claim_contradicts_nothing_and_disputes_the_fact_beside_it(conflicts):
    fact, claim = said("a", "2024-05-03", VELMAR), said("b", "2024-05-03", ORLY, status=Status.CLAIMED)
    disputed = (Kind.DISPUTED, "ada-lind sailsFrom velmar", "but ada-lind sailsFrom orly")
    assert conflicts(fact, claim) == [disputed]
    assert conflicts(claim, said("c", "2024-05-03", ORLY)) == []
    assert conflicts(fact, said("b", "2020-05-03", ORLY, status=Status.CLAIMED)) == []
    assert conflicts(fact, said("b", "2024-05-03", ORLY, status=Status.POSSIBLE)) == []


def test_a_fact_that_is_denied_at_about_the_same_time_is_disputed(conflicts):
    visits = ("memberOf", "Tern Club", "Club")
    fact = said("a", "2024-05-03", visits)
    words = "ada-lind memberOf tern-club"
    assert conflicts(fact, said("b", "2024-05-04", visits, status=Status.DENIED)) == [
        (Kind.DISPUTED, words, f"but {words}")
    ]
    assert conflicts(fact, said("b", "2014-05-04", visits, status=Status.DENIED)) == []


# -- the ontologies ----------------------------------------------------------------------------------------


def test_the_shipped_ontologies_say_what_a_thing_has_one_of():
    limits = {
        (each.property.replace("#", "/").rpartition("/")[2], each.inverse): (each.mostly, each.fixed)
        for found in find_limits(load_ontology()).values()
        for each in found
    }
    once, usually, ever = (False, False), (True, False), (False, True)
    expected = {
        ("represents", False): once,
        ("memberOfParty", False): once,
        ("headOfGovernment", True): once,
        ("leads", True): usually,
        ("bornIn", False): ever,
        ("birthDate", False): ever,
        ("votesFor", False): ever,
        ("onDate", False): ever,
        ("locatedIn", False): (True, True),
    }
    assert {key: limits.get(key) for key in expected} == expected
    assert ("leads", False) not in limits


def test_a_limit_can_be_said_in_owl(load):
    ontology = load("h:steers a owl:InverseFunctionalProperty . h:basedIn a owl:FunctionalProperty .")
    limits = find_limits(ontology)
    assert [(limit.inverse, limit.mostly) for limit in limits[term("steers")]] == [(True, False)]
    assert [(limit.inverse, limit.mostly) for limit in limits[term("basedIn")]] == [(False, False)]
