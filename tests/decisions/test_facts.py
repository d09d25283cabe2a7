"""Decisions that a fact does not hold, or that it does."""

from __future__ import annotations

import pytest
from knowledge.harbour import Draft

import kg
from kg.model import Qualification, Status

from .conftest import Harbour

STEERS = {("Ada Lind", "Tern Rowing Club"), ("Bo Ek", "Gull Club")}


def names(harbour: Harbour, query: str) -> list[str]:
    """Give the names of the facts that a query selects, as the commands take them."""
    return [":".join(row[0].split("/")[-2:]) for row in harbour.rows(f"SELECT ?f {{ {query} }}")]


# -- rejecting ---------------------------------------------------------------------------------------------


def test_a_rejected_fact_is_gone_with_all_that_follows_from_it(harbour: Harbour) -> None:
    before = harbour.turtle
    assert harbour.facts("steers") == STEERS
    assert ("Ada Lind", "Velmar") in harbour.facts("sailsFrom")
    assert ("Ada Lind", "sailor") in kinds(harbour)
    said, told = harbour.kg("reject", "Ada Lind", "steers", "Tern Rowing Club", "--why", "the article was corrected")
    assert said.startswith("rejected: Ada Lind steers Tern Rowing Club [")
    assert "facts " in told
    assert harbour.facts("steers") == {("Bo Ek", "Gull Club")}
    assert harbour.facts("memberOf") == {("Bo Ek", "Gull Club")}
    assert harbour.facts("sailsFrom") == set()
    assert ("Ada Lind", "sailor") not in kinds(harbour)
    assert ("Ada Lind", "human") in kinds(harbour)
    harbour.kg("undo")
    assert harbour.turtle == before


def test_a_fact_is_rejected_by_its_name_as_show_tells_it(harbour: Harbour) -> None:
    (line,) = [each for each in harbour.kg("show", "Bo Ek", "--iris") if "steers Gull Club  " in each]
    harbour.kg("reject", line.split()[-1])
    assert harbour.facts("steers") == {("Ada Lind", "Tern Rowing Club")}


def test_what_a_rule_infers_stays_away_when_it_is_rejected(harbour: Harbour) -> None:
    harbour.kg("reject", "Ada Lind", "member of", "Tern Rowing Club")
    assert harbour.facts("steers") == STEERS
    assert harbour.facts("memberOf") == {("Bo Ek", "Gull Club")}
    assert harbour.facts("sailsFrom") == set()


@pytest.mark.parametrize("words", [("Ada Lind", "Bo Ek"), ("Bo Ek", "Ada Lind")])
def test_both_directions_of_a_symmetric_relation_are_rejected(words: tuple[str, str], harbour: Harbour) -> None:
    harbour.kg("reject", words[0], "rival of", words[1])
    assert harbour.facts("rivalOf") == set()


def test_the_inverse_is_rejected_too(empty: Harbour) -> None:
    draft = Draft("one")
    ada, bo = draft.refer("Ada Lind", kind="Human"), draft.refer("Bo Ek", kind="Human")
    draft.state(ada, "helps", bo, "Lind helps Ek")
    draft.state(bo, "helpedBy", ada, "Ek, helped by Lind")
    empty.write(draft)
    empty.build()
    empty.kg("reject", "Ada Lind", "helps", "Bo Ek")
    assert empty.facts("helpedBy") == set()


def test_a_class_is_rejected_whether_it_was_stated_or_is_of_the_name(harbour: Harbour) -> None:
    harbour.kg("reject", "Gull Club", "is a", "club")
    assert ("Gull Club", "club") not in kinds(harbour)
    assert harbour.facts("memberOf") == {("Ada Lind", "Tern Rowing Club")}
    assert not harbour.rows("SELECT ?f { ?f rdf:subject id:gull-club ; rdf:predicate rdf:type }")


def qualified(*qualifications: Qualification | None) -> Draft:
    draft = Draft("past")
    ada, club = draft.refer("Ada Lind", kind="Human"), draft.refer("Tern Rowing Club", kind="RowingClub")
    for each in qualifications:
        draft.state(ada, "steers", club, f"Lind steered it {each}", qualification=each)
    return draft


FORMER, SINCE, UNTIL = Qualification("Former"), Qualification(None, "2016"), Qualification(None, "2010", "2012")


def test_a_qualified_fact_is_rejected_where_there_is_no_plain_one(empty: Harbour) -> None:
    empty.write(qualified(FORMER))
    empty.build()
    assert "(former)" in empty.kg("reject", "Ada Lind", "steers", "Tern Rowing Club")[0]
    assert names(empty, "?f a kg:QualifiedFact") == []


def test_of_several_qualified_facts_one_must_be_named(empty: Harbour) -> None:
    empty.write(qualified(FORMER, UNTIL))
    empty.build()
    first, *choices = empty.kg("reject", "Ada Lind", "steers", "Tern Rowing Club", code=1)
    assert first.endswith("is any of these; name one")
    (former,) = [each for each in choices if "Former" in each]
    empty.kg("reject", former.split()[0])
    assert empty.rows("SELECT ?end { ?f a kg:QualifiedFact ; kg:until ?end }") == [("2012",)]


def test_what_does_not_hold_has_not_begun_either(empty: Harbour) -> None:
    empty.write(qualified(None, SINCE, FORMER))
    empty.build()
    empty.kg("reject", "Ada Lind", "steers", "Tern Rowing Club")
    assert empty.facts("steers") == set()
    assert empty.rows("SELECT ?kind { ?f a kg:QualifiedFact OPTIONAL { ?f kg:qualification ?kind } }") == [
        ("https://kg.example/ontology/core#Former",)
    ]


def test_a_claim_is_rejected_by_its_name_and_stays_away_when_the_speaker_has_another_iri(harbour: Harbour) -> None:
    (name,) = names(harbour, "?f a kg:Claim")
    said = harbour.kg("reject", name)[0]
    assert said.startswith("rejected: claimed by Bo Ek: “I never raced her” [")
    assert names(harbour, "?f a kg:Claim") == []
    harbour.kg("same", "Bo Ek", "Ada Lind")
    assert names(harbour, "?f a kg:Claim") == []
    harbour.kg("undo")
    harbour.kg("undo")
    assert names(harbour, "?f a kg:Claim") == [name]


def test_a_claim_of_a_relation_is_rejected_and_the_other_of_the_same_words_stays(empty: Harbour) -> None:
    draft = Draft("said")
    ada, bo, club = draft.refer("Ada Lind"), draft.refer("Bo Ek"), draft.refer("Gull Club", kind="Club")
    for speaker in (None, bo):
        draft.state(ada, "steers", club, "Lind might steer", status=Status.POSSIBLE, speaker=speaker)
    empty.write(draft)
    empty.build()
    (name,) = names(empty, "?f a kg:Claim . FILTER NOT EXISTS { ?f kg:speaker ?s }")
    assert "possible by somebody: Ada Lind steers Gull Club" in empty.kg("reject", name)[0]
    assert empty.rows("SELECT ?s { ?f a kg:Claim ; kg:speaker/rdfs:label ?s }") == [("Bo Ek",)]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("fact:0000",), "kg show NAME --iris"),
        (("no iri",), "kg show NAME --iris"),
        (("id:ada-lind",), "kg show NAME --iris"),
        (("Ada Lind", "steers"), "subject, property and object"),
        (("Ada Lind", "steers", "Gull Club"), "it says: steers Tern Rowing Club"),
        (("Ada Lind", "steers", "Nobody"), 'says that Ada Lind steers "Nobody"'),
        (("Ada Lind", "steer", "Gull Club"), 'did you mean "steers"'),
        (("Ada Lind", "Sailor", "Gull Club"), "is a class"),
        (("Ada Lind", "is a", "steers"), "is a property"),
        (("Nobody", "steers", "Gull Club"), "nothing in the graph"),
    ],
)
def test_what_is_no_fact_cannot_be_rejected(words: tuple[str, ...], told: str, harbour: Harbour) -> None:
    assert told in "\n".join(harbour.kg("reject", *words, code=1))
    assert not harbour.decisions.exists()


# -- adding ------------------------------------------------------------------------------------------------


def test_an_added_fact_is_sure_and_shows_who_decided_and_why(harbour: Harbour) -> None:
    before = harbour.turtle
    harbour.kg("add", "Ada Lind", "steers", "Gull Club", "--why", "her letter of 3 May", "--by", "Cy")
    assert ("Ada Lind", "Gull Club") in harbour.facts("steers")
    assert ("Ada Lind", "Gull Club") in harbour.facts("memberOf")
    query = "SELECT ?c { ?f rdf:subject id:ada-lind ; rdf:predicate h:steers ; rdf:object id:gull-club ; "
    assert [str(row[0]) for row in harbour.rows(query + "kg:confidence ?c }")] == ["1.0"]
    assert harbour.rows(query + "kg:support ?c }") == []
    who = query + "kg:decision ?d } GRAPH ?g { ?d kg:by ?c ; kg:why ?why }".replace("}", "", 1) + " }"
    assert harbour.rows(who) == [("Cy",)]
    shown = harbour.kg("show", "Ada Lind")
    line = next(number for number, each in enumerate(shown) if "steers Gull Club  1.00" in each)
    assert "decided by Cy, " in shown[line + 1]
    assert shown[line + 1].endswith(": her letter of 3 May")
    harbour.kg("undo")
    assert harbour.turtle == before


def test_what_articles_say_too_keeps_their_words(harbour: Harbour) -> None:
    harbour.kg("add", "Ada Lind", "steers", "Tern Rowing Club", "--why", "I saw her")
    with kg.open_graph(harbour.out) as graph:
        (fact,) = [each for each in graph.facts() if each.relation.label == "steers" and each.decided]
    assert [each.article for each in fact.passages] == ["one", "two"]
    assert fact.confidence == 1.0
    assert fact.decided[0].why == "I saw her"


def test_a_class_is_added_and_rules_see_it(harbour: Harbour) -> None:
    harbour.kg("reject", "Gull Club", "is a", "club")
    harbour.kg("add", "Gull Club", "is a", "rowing club", "--why", "its rules")
    assert ("Gull Club", "rowing club") in kinds(harbour)
    assert ("Bo Ek", "Gull Club") in harbour.facts("memberOf")


def test_values_and_terms_of_the_ontology_are_added(harbour: Harbour) -> None:
    harbour.kg("add", "Gull Club", "flies", "blue flag", "--why", "seen")
    harbour.kg("add", "Velmar", "berths", "95", "--why", "counted")
    harbour.kg("add", "Gull Club", "founded", "1987", "--why", "its rules")
    harbour.kg("add", "Gull Club", "motto", "Row!", "--why", "its flag")
    harbour.kg("add", "Gull Club", "h:basedIn", "Velmar", "--why", "its address")
    assert harbour.facts("flies") == {("Gull Club", "blue flag")}
    assert harbour.facts("basedIn") == {("Tern Rowing Club", "Velmar"), ("Gull Club", "Velmar")}
    assert [row[0] for row in harbour.rows("SELECT ?n { id:velmar h:berths ?n }")] == [95]
    assert harbour.rows("SELECT (STR(DATATYPE(?n)) AS ?d) { id:gull-club h:founded ?n }") == [
        ("http://www.w3.org/2001/XMLSchema#gYear",)
    ]
    assert harbour.facts("motto") == {("Gull Club", "Row!")}
    for words in (("Velmar", "berths", "95"), ("Gull Club", "flies", "blue flag")):
        assert "contradict each other" in harbour.kg("reject", *words, code=1)[0]


def test_both_directions_of_a_symmetric_relation_are_added(empty: Harbour) -> None:
    draft = Draft("one")
    for name in ("Ada Lind", "Bo Ek"):
        draft.refer(name, kind="Human")
    empty.write(draft)
    empty.build()
    empty.kg("add", "Ada Lind", "rival of", "Bo Ek", "--why", "a race")
    assert empty.facts("rivalOf") == {("Ada Lind", "Bo Ek"), ("Bo Ek", "Ada Lind")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("Gull Club", "steers", "Tern Rowing Club"), '"steers" leads from a human, and Gull Club is a club'),
        (("Ada Lind", "steers", "Bo Ek"), '"steers" leads to a club, and Bo Ek is a sailor'),
        (("Ada Lind", "is a", "club"), "no sailor is a club"),
        (("Ada Lind", "is a", "human"), "is a human already"),
        (("Ada Lind", "rival of", "ada lind"), "nothing is related to itself"),
        (("Velmar", "berths", "many"), "is no integer, which berths takes"),
        (("Gull Club", "founded", "in May"), "is no date or gYear"),
        (("Ada Lind", "steers", "Nobody"), 'nothing in the graph is named "Nobody"'),
        (("Ada Lind", "sails", "Gull Club"), 'no property of the ontology is called "sails"'),
        (("Ada Lind", "is a", "sailer"), 'did you mean "sailor"'),
    ],
)
def test_what_cannot_be_is_not_added(words: tuple[str, ...], told: str, harbour: Harbour) -> None:
    assert told in "\n".join(harbour.kg("add", *words, "--why", "so", code=1))
    assert not harbour.decisions.exists()


@pytest.mark.parametrize("why", [(), ("--why", " ")])
def test_a_fact_that_no_article_says_needs_a_reason(why: tuple[str, ...], harbour: Harbour) -> None:
    assert "needs a reason" in harbour.kg("add", "Ada Lind", "steers", "Gull Club", *why, code=1)[0]


def test_what_was_added_is_not_rejected_and_the_other_way_round(harbour: Harbour) -> None:
    harbour.kg("add", "Ada Lind", "rival of", "Bo Ek", "--why", "first")
    before = harbour.decisions.read_bytes()
    line, last = harbour.kg("reject", "Bo Ek", "rival of", "Ada Lind", "--why", "second", code=1)
    assert "first" in line
    assert "second" in line
    assert last == "nothing was recorded"
    assert harbour.decisions.read_bytes() == before
    harbour.kg("undo")
    harbour.kg("reject", "Bo Ek", "rival of", "Ada Lind", "--why", "second")
    assert "contradict each other" in harbour.kg("add", "Ada Lind", "rival of", "Bo Ek", "--why", "x", code=1)[0]


def kinds(harbour: Harbour) -> set[tuple[str, str]]:
    """Give the classes of things, by labels."""
    with kg.open_graph(harbour.out) as graph:
        return {(each.label, kind) for each in graph.entities() for kind in each.types}
