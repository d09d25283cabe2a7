"""Knowledge is made when something that it is made of has changed, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from spacy.language import Language
from tiny_pipeline import make_pipeline

import kg
from kg import deciding
from kg.build_report import BuildReport
from kg.making import Maker

TEXTS = {"a": "Ada Lind leads Harbour Party.", "b": "Bo Ek criticised Ada Lind.", "c": "Ada Lind met Bo Ek."}


@pytest.fixture(autouse=True)
def sketch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing: it takes longer than all else, and no test here looks at it."""
    monkeypatch.setattr("kg.making.draw", lambda *_, output: output.write_text("a picture"))


@pytest.fixture(scope="module")
def nlp() -> Language:
    return make_pipeline()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in TEXTS.items()))
    return path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What was made, since the list was last cleared."""
    calls: list[str] = []
    knowledge = Maker.knowledge

    def noted(maker: Maker, *arguments):
        calls.append("knowledge")
        return knowledge(maker, *arguments)

    monkeypatch.setattr(Maker, "knowledge", noted)
    return calls


def build(source: Path | tuple[()], out: Path, nlp: Language, **options) -> BuildReport:
    with kg.build(source, out, pipeline=nlp, **options) as graph:
        assert graph.report is not None
        return graph.report


def test_nothing_is_made_where_nothing_changed(source: Path, tmp_path: Path, nlp: Language, made: list[str]) -> None:
    first = build(source, tmp_path / "out", nlp)
    made.clear()
    second = build(source, tmp_path / "out", nlp)
    assert made == []
    assert not second.evidence_changed
    assert not second.graph_changed
    for name in ("articles", "entities", "facts", "qualified", "claims", "relations", "files", "decisions"):
        assert getattr(second, name) == getattr(first, name)


@pytest.mark.parametrize(
    "change",
    [
        lambda source, out: source.write_text(source.read_text().replace("met", "leads")),
        lambda source, out: {"min_confidence": 0.99},
        lambda source, out: {"remove": ["c"]},
        lambda source, out: {"base": "https://news.example/"},
        lambda source, out: {"ontology": kg.load_ontology()},
        lambda source, out: deciding.rename(out, "Bo Ek", "Bo Eklund", by="tests") and source.touch(),
        lambda source, out: (out / "decisions.ttl").unlink(),
    ],
    ids=["an article", "a setting", "an article less", "a base", "the same ontology", "a decision made", "undecided"],
)
def test_what_is_made_is_what_a_fresh_build_makes(
    change: Callable[[Path, Path], object], source: Path, tmp_path: Path, nlp: Language
) -> None:
    out, fresh = tmp_path / "out", tmp_path / "fresh"
    build(source, out, nlp)
    deciding.same(out, "Ada Lind", "Bo Ek", by="tests")
    build(source, out, nlp)
    options = change(source, out)
    options = options if isinstance(options, dict) else {}
    build(() if "remove" in options else source, out, nlp, **options)
    if "remove" in options:
        lines = source.read_text().splitlines(keepends=True)
        source.write_text("".join(lines[:-1]))
        options = {}
    fresh.mkdir()
    if (out / "decisions.ttl").exists():
        (fresh / "decisions.ttl").write_bytes((out / "decisions.ttl").read_bytes())
    build(source, fresh, nlp, **options)
    assert (out / "graph.ttl").read_text() == (fresh / "graph.ttl").read_text()


def test_evidence_that_no_knowledge_was_made_of_is_not_forgotten(
    source: Path, tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a build that was killed between the two."""
    out = tmp_path / "out"
    build(source, out, nlp)
    source.write_text(source.read_text() + json.dumps({"id": "d", "text": "Cy Dahl leads Tide Party."}) + "\n")

    def fail(*_: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(Maker, "resolve", fail)
        with pytest.raises(InterruptedError):
            build(source, out, nlp)
    report = build(source, out, nlp)
    assert (report.unchanged, report.new) == (4, 0)
    assert report.graph_changed
    with kg.open_graph(out) as graph:
        assert graph.query("ASK { ?a pol:leads ?b . ?b rdfs:label 'Tide Party'@en }")


@pytest.mark.parametrize("name", ["graph.ttl", "graph.svg"])
def test_a_file_that_is_gone_or_was_edited_is_written_again(
    name: str, source: Path, tmp_path: Path, nlp: Language, made: list[str]
) -> None:
    file = tmp_path / "out" / name
    build(source, file.parent, nlp)
    before = file.read_bytes()
    made.clear()
    file.unlink()
    build(source, file.parent, nlp)
    assert file.read_bytes() == before
    (file.parent / "graph.ttl").write_text("edited")
    build(source, file.parent, nlp)
    assert file.read_bytes() == before
    assert made == []


def test_a_decision_that_waits_is_told_each_time(source: Path, tmp_path: Path, nlp: Language) -> None:
    out = tmp_path / "out"
    build(source, out, nlp)
    deciding.rename(out, "Bo Ek", "Bo Eklund", by="tests")
    build((), out, nlp, remove=["b", "c"])
    source.write_text(source.read_text().splitlines()[0] + "\n")
    reports = [build(source, out, nlp) for _ in range(2)]
    assert [report.waiting for report in reports] == [1, 1]
    assert reports[0].issues == reports[1].issues != []
