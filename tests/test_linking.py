"""A knowledge base in a build: what it links, what it brings, and how long it stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from tiny_pipeline import make_pipeline
from typer.testing import CliRunner

import kg
from kg.cli.app import make_app
from kg.errors import SettingError, SourceError

MATCHES = "SELECT ?thing ?how ?entry { ?thing ?how ?entry . FILTER(STRSTARTS(STR(?entry), 'http://known.example/')) }"
LIND = "http://known.example/lind"
PARTY = "http://known.example/party"
ROWS = f"""id,name,aliases,type,leads,start
{LIND},Ada Lind,A. M. Lind,person,{PARTY},1990
{PARTY},Harbour Party,,party,,1980
http://known.example/other,Cleo Marr,,person,,1970
"""


@pytest.fixture
def nlp() -> Language:
    return make_pipeline()


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "one.txt"
    path.write_text("Ada Lind leads Harbour Party.")
    return path


@pytest.fixture
def known(tmp_path: Path) -> Path:
    path = tmp_path / "known.csv"
    path.write_text(ROWS)
    return path


def matches(graph: kg.Graph) -> set[tuple[str, str, str]]:
    return {
        (thing.rpartition("/")[2], how.rpartition("#")[2], entry) for thing, how, entry in graph.query(MATCHES).rows
    }


def test_entities_are_linked_to_the_entries_that_they_are(article, known, nlp, tmp_path):
    with kg.build(article, tmp_path / "out", pipeline=nlp, kb=known) as graph:
        found = matches(graph)
    assert ("ada-lind", "exactMatch", LIND) in found
    assert {entry for _, _, entry in found} <= {LIND, PARTY}


def test_a_knowledge_base_stays_with_its_graph_until_it_is_let_go_of(article, known, nlp, tmp_path):
    out = tmp_path / "out"
    kg.build(article, out, pipeline=nlp).close()
    without = (out / "graph.ttl").read_bytes()
    kg.build(article, out, pipeline=nlp, kb=known).close()
    linked = (out / "graph.ttl").read_bytes()
    assert linked != without
    known.unlink()
    kg.build(article, out, pipeline=nlp).close()
    assert (out / "graph.ttl").read_bytes() == linked
    kg.build(article, out, pipeline=nlp, kb=()).close()
    assert (out / "graph.ttl").read_bytes() == without


def test_its_facts_come_only_when_asked_and_are_marked(article, known, nlp, tmp_path):
    facts = "SELECT ?fact { ?fact a kg:KnownFact }"
    marked = "SELECT ?fact { ?fact a kg:KnownFact ; prov:wasDerivedFrom ?file . ?file a kg:KnowledgeBase }"
    supported = "SELECT ?fact { ?fact a kg:KnownFact ; kg:support ?passage }"
    with kg.build(article, tmp_path / "plain", pipeline=nlp, kb=known) as graph:
        assert graph.query(facts).rows == []
    with kg.build(article, tmp_path / "full", pipeline=nlp, kb=known, kb_facts=True) as graph:
        assert set(graph.query(facts).rows) == set(graph.query(marked).rows) != set()
        assert graph.query(supported).rows == []


def test_a_decision_keeps_what_the_knowledge_base_says(article, known, nlp, tmp_path):
    with kg.build(article, tmp_path / "out", pipeline=nlp, kb=known) as graph:
        before = matches(graph)
        graph.rename("Ada Lind", "Ada M. Lind", why="register", by="Bo Ek")
        assert matches(graph) == before


def test_a_knowledge_base_needs_a_folder(article, known, nlp):
    with pytest.raises(SettingError, match="needs a folder"):
        kg.build(article, pipeline=nlp, kb=known)


def test_a_file_that_is_no_knowledge_base_changes_nothing(article, nlp, tmp_path):
    out = tmp_path / "out"
    kg.build(article, out, pipeline=nlp).close()
    before = (out / "graph.ttl").read_bytes()
    broken = tmp_path / "broken.json"
    broken.write_text('{"persons": [\n{"id": "p1", "name": "Ada Lind"},\n{"id": ]}')
    with pytest.raises(SourceError, match=r"broken\.json"):
        kg.build(article, out, pipeline=nlp, kb=broken)
    kg.build(article, out, pipeline=nlp).close()
    assert (out / "graph.ttl").read_bytes() == before


def test_the_command_takes_files_without_articles(article, known, nlp, tmp_path):
    out = tmp_path / "out"
    kg.build(article, out, pipeline=nlp).close()
    done = CliRunner().invoke(make_app(), ["build", "--kb", str(known), "-o", str(out)])
    assert done.exit_code == 0, done.output
    with kg.open_graph(out) as graph:
        assert ("ada-lind", "exactMatch", LIND) in matches(graph)
