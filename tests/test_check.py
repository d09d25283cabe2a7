"""Contradictions as `kg check` and `kg.check` show them: with the words of each article."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tiny_pipeline import make_pipeline

import kg
from kg.check import find_contradictions
from kg.cli import run
from kg.cli.checking import count_kinds
from kg.knowledge.contradictions import Kind

MINE = """
@prefix my: <https://my.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix kg: <https://kg.example/ontology/core#> .
<https://my.example> a owl:Ontology .
my:Being a owl:Class ; rdfs:label "being"@en ; rdfs:comment "Whoever has a name."@en ; kg:nameLabel "PERSON", "ORG" .
my:heads a owl:ObjectProperty ; rdfs:label "heads"@en ; rdfs:comment "Is the one head of."@en ;
    rdfs:domain my:Being ; rdfs:range my:Being ; rdfs:subPropertyOf <https://schema.org/knows> ;
    kg:inverseFunctional true ;
    kg:frame [ a kg:Verb ; kg:lemma "lead" ; kg:example "Ada Lind leads Harbour Party." ] .
"""
ARTICLES = [
    {"id": "a", "title": "Red \x1b[31malert", "published": "2024-05-03", "text": "Ada Lind leads Harbour Party."},
    {"id": "b", "title": "New head", "published": "2024-05-03", "text": "Bo Ek leads Harbour Party."},
    {"id": "c", "title": "Old head", "published": "2014-05-03", "text": "Cleo Wik leads Harbour Party."},
]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    (folder / "mine.ttl").write_text(MINE)
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    made = kg.build(folder / "articles.jsonl", folder / "out", ontology=folder / "mine.ttl", pipeline=make_pipeline())
    made.close()
    return folder / "out"


@pytest.fixture
def graph(outputs: Path) -> Iterator[kg.Graph]:
    with kg.open_graph(outputs) as opened:
        yield opened


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def test_a_contradiction_shows_each_fact_with_the_words_of_its_article(graph: kg.Graph) -> None:
    (found,) = find_contradictions(graph)
    assert (found.kind, found.thing.label, found.relation.label) == (Kind.CONTRADICTION, "Harbour Party", "heads")
    assert [
        (fact.subject.label, fact.passages[0].article, fact.passages[0].published, fact.passages[0].sentence)
        for fact in found.facts
    ] == [
        ("Ada Lind", "a", "2024-05-03", "Ada Lind leads Harbour Party."),
        ("Bo Ek", "b", "2024-05-03", "Bo Ek leads Harbour Party."),
    ]
    assert str(found) == "contradiction: Ada Lind heads Harbour Party; Bo Ek heads Harbour Party (said of one time)"


def test_changes_are_given_when_they_are_asked_for(graph: kg.Graph) -> None:
    found = find_contradictions(graph, changes=True)
    assert [each.kind for each in found] == [Kind.CONTRADICTION, Kind.CHANGE]
    assert [fact.subject.label for fact in found[1].facts] == ["Cleo Wik", "Ada Lind", "Bo Ek"]


def test_check_lists_contradictions_which_are_no_fault_of_the_graph(command: Command, outputs: Path) -> None:
    pytest.importorskip("pyshacl")
    code, out, err = command("check", "--graph", outputs)
    assert (code, err) == (0, "nothing is wrong; 1 contradiction\n")
    for told in (
        "contradiction: Harbour Party, heads (said of one time)",
        "  Ada Lind heads Harbour Party  0.",
        "      **Ada Lind leads Harbour Party**.  [Red \\x1b[31malert, 2024-05-03]",
        "      **Bo Ek leads Harbour Party**.  [New head, 2024-05-03]",
    ):
        assert told in out
    assert "Cleo Wik" not in out
    assert all(each.isprintable() or each == "\n" for each in out)


def test_strict_ends_with_1_for_a_contradiction(command: Command, outputs: Path) -> None:
    pytest.importorskip("pyshacl")
    assert command("check", "--strict", "--graph", outputs)[0] == 1


def test_all_lists_changes_too(command: Command, outputs: Path) -> None:
    pytest.importorskip("pyshacl")
    code, out, err = command("check", "--all", "--graph", outputs)
    assert (code, err) == (0, "nothing is wrong; 1 contradiction, 1 change\n")
    assert "change: Harbour Party, heads (one after the other)" in out
    assert "[Old head, 2014-05-03]" in out


def test_check_writes_json(command: Command, outputs: Path) -> None:
    pytest.importorskip("pyshacl")
    code, out, _ = command("check", "--json", "--graph", outputs)
    (told,) = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert (told["kind"], told["relation"]["label"]) == ("contradiction", "heads")
    assert [facts[0]["subject"]["label"] for facts in told["values"]] == ["Ada Lind", "Bo Ek"]
    assert told["values"][0][0]["passages"][0]["sentence"] == "Ada Lind leads Harbour Party."


def test_json_of_an_ontology_tells_its_faults(command: Command, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(MINE.replace('kg:lemma "lead" ;', ""))
    code, out, _ = command("check", "--json", "--ontology", tmp_path / "bad.ttl")
    assert code == 1
    assert {json.loads(line)["kind"] for line in out.splitlines()} == {"ontology"}


def test_kinds_are_counted_in_words() -> None:
    assert count_kinds([]) == ""
    assert count_kinds([Kind.DISPUTED, Kind.CONTRADICTION, Kind.DISPUTED]) == "1 contradiction, 2 disputed facts"
