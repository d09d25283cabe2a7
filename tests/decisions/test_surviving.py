"""Decisions outlive whatever happens to articles, ontologies and the code that reads them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from knowledge.harbour import RULES, TURTLE, Draft
from tiny_pipeline import make_pipeline

import kg

from .conftest import ENDS, Harbour

NEWS = {
    "one": "Ada Lind leads Harbour Party. Bo Ek met Ada Lind.",
    "two": "Ada Lind leads Harbour Party. Bo Ek criticised Ada Lind. Bo Ek met Ada Lind.",
    "three": "Cy Dahl leads Tide Party. Bo Ek leads Tide Party.",
}


@pytest.fixture
def news(tmp_path: Path, empty: Harbour) -> Harbour:
    """Give a graph of articles that a pipeline has read, and can read again."""
    read(empty, NEWS)
    return empty


def read(harbour: Harbour, texts: dict[str, str], **options) -> kg.BuildReport:
    file = harbour.folder / "news.jsonl"
    file.write_text("\n".join(json.dumps({"id": name, "text": text}) for name, text in texts.items()))
    with kg.build(file, harbour.out, pipeline=make_pipeline(), **{"ontology": "politics", **options}) as graph:
        assert graph.report is not None
        return graph.report


def decide(harbour: Harbour) -> None:
    """Decide something of every kind."""
    harbour.kg("rename", "Ada Lind", "Lady Lind", "--why", "ennobled")
    harbour.kg("reject", "Lady Lind", "met with", "Bo Ek", "--why", "misheard")
    harbour.kg("same", "Bo Ek", "Cy Dahl", "--why", "a pen name")
    harbour.kg("add", "Lady Lind", "criticised", "Tide Party", "--why", "her speech")
    harbour.kg("different", "Lady Lind", "Bo Ek", "--why", "they met")
    harbour.kg("rename", "Tide Party", "Ebb Party")
    harbour.kg("undo")


def test_reading_all_articles_again_changes_nothing(news: Harbour) -> None:
    decide(news)
    before = news.turtle
    report = read(news, NEWS, reread=True)
    assert (report.changed, report.graph_changed, report.issues) == (3, False, [])
    assert news.turtle == before


def test_articles_in_another_order_and_the_decisions_beside_them_give_the_same_bytes(news: Harbour) -> None:
    decide(news)
    before, decisions = news.turtle, news.decisions.read_bytes()
    shutil.rmtree(news.out)
    news.out.mkdir()
    news.decisions.write_bytes(decisions)
    assert read(news, dict(reversed(NEWS.items()))).issues == []
    assert news.turtle == before
    shutil.rmtree(news.out / "store")
    for name in ("three", "one", "two"):
        read(news, {name: NEWS[name]})
    assert news.turtle == before


def test_more_articles_keep_every_correction(news: Harbour) -> None:
    decide(news)
    texts = {"zero": "Ada Lind leads Harbour Party. Bo Ek met Ada Lind.", **NEWS, "zulu": "Dee Fox leads Tide Party."}
    report = read(news, texts)
    assert (report.waiting, report.issues) == (0, [])
    assert news.labels()["ada-lind"] == "Lady Lind"
    assert news.rows("SELECT ?a { ?a pol:metWith ?b }") == []


def test_a_changed_ontology_keeps_them(news: Harbour, tmp_path: Path) -> None:
    decide(news)
    more = tmp_path / "more.ttl"
    more.write_text(
        "@prefix my: <https://my.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "<https://my.example> a owl:Ontology ; owl:imports <https://kg.example/ontology/politics> .\n"
        'my:Sailor a owl:Class ; rdfs:label "sailor"@en ; rdfs:comment "Who sails."@en .\n'
    )
    report = read(news, NEWS, ontology=more)
    assert (report.changed, report.waiting) == (3, 0)
    assert "Lady Lind" in news.labels().values()
    assert news.rows("SELECT ?a { ?a pol:metWith ?b }") == []
    assert len(news.labels()) == 4


def test_a_thing_that_gets_another_iri_keeps_its_decisions(harbour: Harbour, articles: dict[str, Draft]) -> None:
    """A namesake of another class takes the plain IRI from both."""
    harbour.kg("rename", "Gull Club", "The Gulls", "--why", "its own name")
    assert harbour.labels()["gull-club"] == "The Gulls"
    port = Draft("port")
    port.refer("Gull Club", kind="Port")
    harbour.write(port)
    assert harbour.build().issues == []
    labels = harbour.labels()
    assert "gull-club" not in labels
    assert sorted(label for iri, label in labels.items() if iri.startswith("gull-club")) == ["Gull Club", "The Gulls"]
    with kg.open_graph(harbour.out) as graph:
        (found,) = [each for each in graph.entities() if each.label == "The Gulls"]
    assert "club" in found.types


def test_an_article_that_grew_at_its_beginning_still_tells_who_was_meant(harbour: Harbour) -> None:
    harbour.kg("rename", "Gull Club", "The Gulls")
    for name in ("two", "three"):
        draft = Draft(name)
        draft.phrase("Corrected on 4 May")
        draft.state(draft.refer("Bo Ek", kind="Human"), "steers", draft.refer("Gull Club", kind="Club"), "He steers it")
        harbour.write(draft)
    assert harbour.build().issues == []
    assert "The Gulls" in harbour.labels().values()


def test_other_words_in_the_place_of_a_name_are_not_taken_for_it(harbour: Harbour, articles: dict[str, Draft]) -> None:
    """An article is corrected: it never was Bo Ek, but Al Fox, whose name stands in the same characters."""
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    for name in ("two", "three"):
        draft = Draft(name)
        for was in articles[name].mentions:
            draft.refer("Al Fo" if was.text == "Bo Ek" else was.text, kind="Human" if was.text == "Bo Ek" else None)
        harbour.write(draft)
    report = harbour.build()
    assert "Commodore Ek" not in harbour.labels().values()
    (issue,) = report.issues
    assert 'waits: what was "Bo Ek" <https://kg.example/id/bo-ek> then is not in the graph' in issue.message


def test_a_decision_waits_while_its_articles_are_away_and_harms_nothing(
    harbour: Harbour, articles: dict[str, Draft]
) -> None:
    harbour.kg("rename", "Velmar", "Port of Velmar", "--why", "its charter")
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    before = harbour.turtle
    report = harbour.build(remove=["one"])
    assert (report.decisions, report.waiting) == (1, 1)
    (issue,) = report.issues
    assert issue.source == f"{harbour.decisions}:13"
    assert 'Velmar is called "Port of Velmar" [' in issue.message
    assert "its charter" in issue.message
    assert "waits" in issue.message
    assert "Commodore Ek" in harbour.labels().values()
    assert [each.split()[-1] for each in harbour.kg("decisions")[2:4]] == ["waiting", "applied"]
    harbour.write(articles["one"])
    assert harbour.build().issues == []
    assert harbour.turtle == before


def test_waiting_decisions_are_told_again_by_a_build_but_not_by_the_next_command(harbour: Harbour) -> None:
    harbour.kg("rename", "Velmar", "Port of Velmar")
    assert len(harbour.build(remove=["one"]).issues) == 1
    assert len(harbour.build().issues) == 1
    assert len(harbour.kg("rename", "Bo Ek", "Commodore Ek")) == 2


def test_a_thing_without_its_articles_is_found_by_its_iri_where_nothing_else_is_called_so(harbour: Harbour) -> None:
    harbour.kg("rename", "Gull Club", "The Gulls")
    draft = Draft("renamed")
    draft.state(draft.refer("Bo Ek", kind="Human"), "steers", draft.refer("Gull Club", kind="Club"), "Ek steers it")
    harbour.write(draft)
    assert harbour.build(remove=["two", "three"]).issues == []
    assert "The Gulls" in harbour.labels().values()
    other = Draft("other")
    other.refer("Gull Club", kind="Port")
    harbour.write(other)
    assert len(harbour.build().issues) == 1
    assert "The Gulls" not in harbour.labels().values()


def test_an_added_fact_waits_while_the_ontology_has_no_such_property(harbour: Harbour) -> None:
    harbour.kg("add", "Gull Club", "motto", "Row!", "--why", "its flag")
    harbour.ontology.write_text(TURTLE + ENDS.replace("h:motto", "h:slogan") + RULES)
    (issue,) = harbour.build().issues
    assert "the ontology has no https://harbour.example/ontology#motto any more" in issue.message
    harbour.ontology.write_text(TURTLE + ENDS + RULES)
    assert harbour.build().issues == []
    assert harbour.facts("motto") == {("Gull Club", "Row!")}


def test_a_graph_that_moves_to_another_base_takes_its_decisions_along(harbour: Harbour) -> None:
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    harbour.kg("reject", "Ada Lind", "steers", "Tern Rowing Club")
    harbour.build(base="https://news.example/g/")
    assert harbour.labels()["bo-ek"] == "Commodore Ek"
    assert harbour.facts("steers") == {("Commodore Ek", "Gull Club")}
    with kg.open_graph(harbour.out) as graph:
        assert {name.value.startswith("https://news.example/g/") for name in graph.store.graphs()} == {True}
    harbour.kg("undo")
    assert b"https://kg.example/id/" not in harbour.decisions.read_bytes()
    harbour.kg("undo")
    harbour.build(base=kg.DEFAULT_BASE)
    assert harbour.labels()["bo-ek"] == "Bo Ek"


def test_how_sure_statements_have_to_be_stays_as_the_graph_was_built(harbour: Harbour) -> None:
    harbour.build(min_confidence=0.95)
    assert harbour.facts("steers") == set()
    before = harbour.turtle
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    assert harbour.facts("steers") == set()
    harbour.kg("undo")
    assert harbour.turtle == before


def test_two_things_that_an_article_no_longer_tells_apart_are_told(empty: Harbour) -> None:
    draft = Draft("one")
    draft.refer("Ada Lind", kind="Human")
    draft.refer("A. Lind", kind="Human")
    empty.write(draft)
    empty.build()
    empty.kg("different", "Ada Lind", "A. Lind")
    other = Draft("one")
    other.refer("Ada Lind", "A. Lind", kind="Human")
    other.mentions.append(kg.Mention("r1", other.phrase("A. Lind"), "A. Lind", draft.mentions[0].kind))
    empty.write(other)
    (issue,) = empty.build().issues
    assert "waits: no article tells one from the other any more" in issue.message


def test_a_merge_of_the_past_is_kept_by_most_of_its_mentions(empty: Harbour) -> None:
    """One of three mentions turns out to be of another club: it does not follow where the other two go."""
    for name in ("a", "b", "c"):
        draft = Draft(name)
        draft.refer("Gull Club", kind="Club")
        empty.write(draft)
    draft = Draft("d")
    draft.refer("The Birds", kind="Club")
    empty.write(draft)
    empty.build()
    empty.kg("same", "Gull Club", "The Birds")
    draft = Draft("c")
    draft.refer("Gull Club", kind="Port")
    empty.write(draft)
    empty.build()
    assert sorted(empty.labels().values()) == ["Gull Club", "Gull Club"]
    assert len(empty.rows("SELECT ?a { ?a a h:Port }")) == 1
    assert empty.rows("SELECT ?n { ?a a h:Club ; skos:altLabel ?n }") == [("The Birds",)]
