from __future__ import annotations

import pytest

from kg.errors import OntologyError
from kg.model import Qualification, Status

from .harbour import BASE, Draft, term

ADA, CLUB = BASE + "id/ada-lind", BASE + "id/tern-rowing-club"
INFERRED = """SELECT ?p ?o ?rule ?confidence {
    ?f a kg:Fact ; rdf:subject id:ada-lind ; rdf:predicate ?p ; rdf:object ?o ; kg:rule ?rule ;
        kg:confidence ?confidence FILTER EXISTS { ?f kg:inferredFrom ?premise } }"""
PREMISES = """SELECT ?s ?p ?o { ?f rdf:predicate ?of ; rdf:object ?object ; kg:inferredFrom ?premise .
    ?premise a kg:Fact ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER(%s) }"""


def rule(construct, label="a rule"):
    text = construct.replace('"', '\\"')
    return (
        "@prefix sh: <http://www.w3.org/ns/shacl#> ."
        f'h:Club sh:rule [ a sh:SPARQLRule ; rdfs:label "{label}"@en ; sh:construct "{text}" ] .'
    )


@pytest.fixture
def draft():
    made = Draft("7")
    made.ada = made.refer("Ada Lind", kind="Human")
    made.club = made.refer("Tern Rowing Club", kind="RowingClub")
    made.port = made.refer("Velmar", kind="Port")
    return made


def test_rules_run_until_nothing_new_follows(draft, ruled, ask):
    draft.state(draft.ada, "steers", draft.club, "Lind steers it", confidence=0.95)
    draft.state(draft.club, "basedIn", draft.port, "the Velmar club", confidence=0.7)
    assert ask(INFERRED, ruled, draft.reading()) == [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", term("Sailor"), "a member of a club is a sailor", "0.9"),
        (term("memberOf"), CLUB, "who steers a club is a member of it", "0.9"),
        (term("sailsFrom"), BASE + "id/velmar", "members sail from the port of their club", "0.7"),
    ]
    assert ask(
        "SELECT ?o { id:ada-lind a h:Sailor ; h:memberOf id:tern-rowing-club ; h:sailsFrom ?o }", ruled, draft.reading()
    )


def test_an_inferred_fact_names_its_premises_and_their_passages(draft, ruled, ask):
    steers = draft.state(draft.ada, "steers", draft.club, "Lind steers it")
    is_type = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    rows = ask(PREMISES % "?of = h:memberOf", ruled, draft.reading())
    assert rows == [(ADA, term("steers"), CLUB), (CLUB, is_type, term("RowingClub"))]
    query = "SELECT ?s { ?f rdf:predicate h:memberOf ; kg:support ?s ; kg:statedIn <https://kg.example/article/7> }"
    assert (f"{BASE}article/7#char={steers.start},{steers.end}",) in ask(query, ruled, draft.reading())


def test_what_articles_say_themselves_is_not_inferred(draft, ruled, ask):
    draft.state(draft.ada, "steers", draft.club, "Lind steers it")
    draft.state(draft.ada, "memberOf", draft.club, "a member", confidence=0.6)
    query = "SELECT ?rule ?c { ?f rdf:predicate h:memberOf ; kg:rule ?rule ; kg:confidence ?c }"
    assert ask(query, ruled, draft.reading()) == [("frame", "0.6")]


def test_a_class_that_a_thing_has_by_one_below_it_does_not_follow(load, draft, ask):
    ontology = load(rule("CONSTRUCT { ?c a h:Club } WHERE { ?x h:steers ?c }"))
    draft.state(draft.ada, "steers", draft.club, "Lind steers it")
    assert ask("SELECT ?t { id:tern-rowing-club a ?t }", ontology, draft.reading()) == [(term("RowingClub"),)]


def test_claims_and_qualified_facts_start_nothing(draft, ruled, ask):
    draft.state(draft.ada, "steers", draft.club, "it is said", status=Status.POSSIBLE)
    draft.state(draft.ada, "steers", draft.club, "once", qualification=Qualification("Former"))
    assert ask(INFERRED, ruled, draft.reading()) == []


def test_a_rule_may_ask_what_is_not_so_and_take_paths(load, draft, ask):
    ontology = load(
        rule(
            "CONSTRUCT { ?x h:sailsFrom h:Velmar } WHERE " + "{ ?x h:steers|h:memberOf ?c ; a/rdfs:subClassOf* h:Human "
            "FILTER NOT EXISTS { ?c h:basedIn ?p } MINUS { ?x h:flies ?f } }"
        )
    )
    draft.state(draft.ada, "steers", draft.club, "Lind steers it", confidence=0.8)
    assert ask(INFERRED, ontology, draft.reading()) == [(term("sailsFrom"), term("Velmar"), "a rule", "0.8")]
    rows = ask(PREMISES % "?of = h:sailsFrom", ontology, draft.reading())
    assert (ADA, term("steers"), CLUB) in rows
    assert len(rows) == 2
    draft.state(draft.club, "basedIn", draft.port, "the Velmar club")
    assert ask(INFERRED, ontology, draft.reading()) == []


def test_a_premise_may_stand_against_its_direction(load, draft, ask):
    ontology = load(rule("CONSTRUCT { ?x h:flies h:Blue } WHERE { ?c ^h:steers ?x }"))
    draft.state(draft.ada, "steers", draft.club, "Lind steers it")
    assert ask(PREMISES % "?of = h:flies", ontology, draft.reading()) == [(ADA, term("steers"), CLUB)]


def test_a_rule_with_braces_in_its_texts_and_comments_runs(load, draft, ask):
    construct = 'CONSTRUCT { ?x h:memberOf ?c } # } not here {\nWHERE { ?x h:steers ?c BIND("} construct {" AS ?y) }'
    ontology = load(rule(construct.replace("\n", "\\n")))
    draft.state(draft.ada, "steers", draft.club, "Lind steers it")
    assert [row[0] for row in ask(INFERRED, ontology, draft.reading())] == [term("memberOf")]


def test_of_two_ways_to_a_fact_the_surer_counts_and_both_are_shown(load, draft, ask):
    ontology = load(rule("CONSTRUCT { ?x h:sailsFrom ?p } WHERE { ?x h:steers ?c . ?c h:basedIn ?p }"))
    other = draft.refer("Gull Club", kind="Club")
    for club, confidence in ((draft.club, 0.6), (other, 0.8)):
        draft.state(draft.ada, "steers", club, "Lind steers it", confidence=confidence)
        draft.state(club, "basedIn", draft.port, "of Velmar")
    assert [row[3] for row in ask(INFERRED, ontology, draft.reading())] == ["0.8"]
    assert len(ask(PREMISES % "?of = h:sailsFrom", ontology, draft.reading())) == 4


def test_symmetry_holds_for_what_is_inferred(load, draft, ask):
    ontology = load(rule("CONSTRUCT { ?a h:rivalOf ?b } WHERE { ?x h:steers ?a . ?y h:steers ?b }"))
    gulls = draft.refer("Gull Club", kind="Club")
    draft.state(draft.ada, "steers", draft.club, "Lind steers it")
    draft.state(draft.refer("Bo Marr", kind="Human"), "steers", gulls, "Marr steers it")
    rows = ask("SELECT ?a ?b { ?a h:rivalOf ?b }", ontology, draft.reading())
    assert rows == [(BASE + "id/gull-club", CLUB), (CLUB, BASE + "id/gull-club")]


@pytest.mark.parametrize(
    ("construct", "message"),
    [
        ("SELECT ?x WHERE { ?x h:steers ?c }", 'rule "a rule": is no CONSTRUCT query'),
        ("CONSTRUCT { [] h:steers ?c } WHERE { ?x h:steers ?c }", 'rule "a rule": makes a blank node'),
        ("CONSTRUCT { ?x h:steers ?c WHERE", 'rule "a rule": not a SPARQL query'),
        (
            "CONSTRUCT { h:Velmar h:flies h:Blue } WHERE { ?c rdfs:subClassOf h:Club }",
            'rule "a rule": gives a triple for which no fact',
        ),
    ],
)
def test_a_rule_that_cannot_run_is_named(load, draft, know, construct, message):
    with pytest.raises(OntologyError, match=message):
        know(load(rule(construct)), draft.reading())
