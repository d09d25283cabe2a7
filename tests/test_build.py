from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.language import Language
from tiny_pipeline import make_pipeline, texts_read

import kg
from kg.build_report import BuildReport
from kg.builder import count_articles
from kg.errors import PipelineError, SettingError, SourceError, StoreError

LEADS = "Ada Lind leads Harbour Party."
CRITICISED = "Bo Ek criticised Ada Lind."


@pytest.fixture
def nlp() -> Language:
    return make_pipeline()


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "one.txt").write_text(LEADS)
    (folder / "two.txt").write_text(CRITICISED)
    return folder


def build(articles: Path, output: Path | None, nlp: Language, **options) -> BuildReport:
    with kg.build(articles, output, pipeline=nlp, **options) as graph:
        assert graph.report is not None
        return graph.report


def leaders(graph: kg.Graph) -> list[tuple]:
    return graph.query("SELECT ?a ?b { ?a pol:leads ?b } ORDER BY ?a").rows


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_graph_in_memory_writes_no_file(articles: Path, nlp: Language) -> None:
    before = sorted(articles.parent.rglob("*"))
    with kg.build(articles, pipeline=nlp) as graph:
        assert leaders(graph) == [("https://kg.example/id/ada-lind", "https://kg.example/id/harbour-party")]
    assert sorted(articles.parent.rglob("*")) == before


def test_a_build_counts_what_it_read_and_what_the_graph_holds(articles: Path, nlp: Language) -> None:
    report = build(articles, None, nlp)
    assert (report.read, report.new, report.changed, report.unchanged, report.set_aside) == (2, 2, 0, 0, 0)
    assert (report.articles, report.entities) == (2, 3)
    assert dict(report.relations)["leads"] == 1
    assert dict(report.relations)["criticised"] == 1
    assert report.facts >= 3


def test_building_twice_reads_nothing_and_changes_nothing(articles: Path, nlp: Language, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(articles, out, nlp)
    read, written = list(texts_read(nlp)), files(out)
    times = {path: path.stat().st_mtime_ns for path in out.iterdir() if path.is_file()}
    report = build(articles, out, nlp)
    assert texts_read(nlp) == read
    assert (report.unchanged, report.new, report.changed) == (2, 0, 0)
    assert not report.evidence_changed
    assert not report.graph_changed
    assert files(out) == written
    assert {path: path.stat().st_mtime_ns for path in times} == times


@pytest.mark.parametrize("name", ["no_such_pipeline", "a folder"])
def test_a_pipeline_that_is_missing_leaves_no_empty_graph_behind(name: str, articles: Path, tmp_path: Path) -> None:
    if name == "a folder":
        (tmp_path / "\udcff").write_text("a name that is no UTF-8")
        name = str(tmp_path)
    with pytest.raises(PipelineError):
        kg.build(articles, tmp_path / "out", pipeline=name)
    assert not (tmp_path / "out").exists()


def test_a_changed_article_replaces_what_it_said(articles: Path, nlp: Language, tmp_path: Path) -> None:
    build(articles, tmp_path / "out", nlp)
    (articles / "one.txt").write_text("Cy Dahl leads Harbour Party.")
    report = build(articles, tmp_path / "out", nlp)
    assert (report.changed, report.unchanged, report.articles) == (1, 1, 2)
    with kg.open_graph(tmp_path / "out") as graph:
        assert [row[0] for row in leaders(graph)] == ["https://kg.example/id/cy-dahl"]


def test_more_articles_add_and_give_what_building_all_at_once_gives(
    articles: Path, nlp: Language, tmp_path: Path
) -> None:
    build(articles / "two.txt", tmp_path / "out", nlp)
    report = build(articles / "one.txt", tmp_path / "out", nlp)
    assert (report.new, report.read, report.articles) == (1, 1, 2)
    build(articles, tmp_path / "whole", nlp)
    assert files(tmp_path / "out") == files(tmp_path / "whole")


def test_a_removed_article_takes_along_what_only_it_said(articles: Path, nlp: Language, tmp_path: Path) -> None:
    build(articles, tmp_path / "out", nlp)
    with kg.build((), tmp_path / "out", pipeline=nlp, remove=["one"]) as graph:
        assert graph.report is not None
        assert (graph.report.removed, graph.report.articles) == (1, 1)
        assert leaders(graph) == []
    report = build(articles / "two.txt", tmp_path / "fresh", nlp)
    assert report.articles == 1
    assert files(tmp_path / "out") == files(tmp_path / "fresh")


def test_removing_an_unknown_article_is_told_with_a_near_id(articles: Path, nlp: Language, tmp_path: Path) -> None:
    build(articles, tmp_path / "out", nlp)
    report = build(articles, tmp_path / "out", nlp, remove=["onee"])
    assert report.set_aside == 1
    assert 'did you mean "one"' in str(report.issues[0])


def test_the_last_article_can_be_removed(articles: Path, nlp: Language, tmp_path: Path) -> None:
    build(articles / "one.txt", tmp_path / "out", nlp)
    with kg.build((), tmp_path / "out", pipeline=nlp, remove=["one"]) as graph:
        assert len(graph.store) == 0


def test_one_broken_article_is_set_aside_and_the_run_goes_on(articles: Path, nlp: Language) -> None:
    (articles / "broken.txt").write_text("Kaboom leads Harbour Party.")
    heard: list[kg.Issue] = []
    report = build(articles, None, nlp, on_issue=heard.append)
    assert (report.new, report.set_aside, report.articles) == (2, 1, 2)
    assert heard == report.issues
    assert heard[0].source == "broken"
    assert "RuntimeError: the parser broke" in heard[0].message
    assert "\n" not in heard[0].message


def test_what_cannot_be_read_is_counted_and_told(articles: Path, nlp: Language) -> None:
    (articles / "empty.txt").write_text("")
    report = build(articles, None, nlp)
    assert (report.new, report.set_aside) == (2, 1)
    assert "empty.txt" in report.issues[0].source


def test_an_article_with_a_date_that_cannot_be_read_is_told_but_not_set_aside(nlp: Language, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"id": "a", "text": LEADS, "published": "soon"}))
    report = build(file, None, nlp)
    assert (report.new, report.set_aside, len(report.issues)) == (1, 0, 1)


def test_no_article_at_all_is_an_error_and_makes_no_folder(nlp: Language, tmp_path: Path) -> None:
    heard: list[kg.Issue] = []
    with pytest.raises(SourceError, match="no article could be read"):
        kg.build(tmp_path / "nothing", tmp_path / "out", pipeline=nlp, on_issue=heard.append)
    assert len(heard) == 1
    assert not (tmp_path / "out").exists()


def test_a_graph_whose_only_articles_broke_is_an_error(nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kaboom.")
    with pytest.raises(SourceError):
        kg.build(tmp_path / "a.txt", tmp_path / "out", pipeline=nlp)


def test_metadata_counts_as_a_change_and_the_place_of_the_file_does_not(nlp: Language, tmp_path: Path) -> None:
    article = {"id": "a", "text": LEADS, "title": "Lind leads"}
    for folder in ("here", "there"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.jsonl").write_text(json.dumps(article))
    build(tmp_path / "here", tmp_path / "out", nlp)
    assert build(tmp_path / "there", tmp_path / "out", nlp).unchanged == 1
    (tmp_path / "there" / "a.jsonl").write_text(json.dumps({**article, "title": "Ada leads"}))
    assert build(tmp_path / "there", tmp_path / "out", nlp).changed == 1


def test_unchanged_articles_are_read_again_when_asked(articles: Path, nlp: Language, tmp_path: Path) -> None:
    build(articles, tmp_path / "out", nlp)
    report = build(articles, tmp_path / "out", nlp, reread=True)
    assert (report.changed, report.unchanged) == (2, 0)
    assert not report.graph_changed


def test_another_ontology_reads_articles_anew_and_stays_with_the_graph(
    articles: Path, nlp: Language, tmp_path: Path
) -> None:
    build(articles, tmp_path / "out", nlp)
    mine = tmp_path / "mine.ttl"
    mine.write_text(
        "@prefix my: <https://my.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix kg: <https://kg.example/ontology/core#> .\n"
        'my:Being a owl:Class ; rdfs:label "being"@en ; kg:nameLabel "PERSON", "ORG" .\n'
        'my:heads a owl:ObjectProperty ; rdfs:label "heads"@en ; rdfs:domain my:Being ; rdfs:range my:Being ;\n'
        '    kg:frame [ a kg:Verb ; kg:lemma "lead" ] .\n'
    )
    assert build(articles, tmp_path / "out", nlp, ontology=mine).changed == 2
    mine.unlink()
    with kg.open_graph(tmp_path / "out") as graph:
        assert len(graph.query("SELECT * { ?a my:heads ?b }")) == 1
        assert graph.query("ASK { ?a a my:Being }")
    assert build(articles, tmp_path / "out", nlp).unchanged == 2
    assert build(articles, tmp_path / "out", nlp, ontology=kg.load_ontology()).changed == 2
    assert not (tmp_path / "out" / "ontologies").exists()


def test_a_base_is_kept_and_another_one_moves_the_graph_without_reading(
    articles: Path, nlp: Language, tmp_path: Path
) -> None:
    base = "https://news.example/g/"
    build(articles, tmp_path / "out", nlp)
    read = list(texts_read(nlp))
    report = build(articles, tmp_path / "out", nlp, base=base)
    assert texts_read(nlp) == read
    assert (report.unchanged, report.articles) == (2, 2)
    with kg.build(articles, tmp_path / "out", pipeline=nlp) as graph:
        assert graph.base == base
        assert leaders(graph) == [(f"{base}id/ada-lind", f"{base}id/harbour-party")]
        assert all(name.value.startswith(base) for name in graph.store.graphs())


def test_what_is_less_sure_stays_evidence(articles: Path, nlp: Language) -> None:
    with kg.build(articles, pipeline=nlp, min_confidence=0.99) as graph:
        assert leaders(graph) == []
        assert graph.query("ASK { GRAPH ?article { ?statement rdf:predicate pol:leads } }")


@pytest.mark.parametrize("base", ["kg.example", "https://kg.example", "https://kg example/", "https://kg.example/<"])
def test_a_base_that_cannot_begin_an_iri_is_refused(base: str, articles: Path, nlp: Language) -> None:
    with pytest.raises(SettingError, match="base"):
        kg.build(articles, pipeline=nlp, base=base)


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_a_confidence_outside_its_range_is_refused(confidence: float, articles: Path, nlp: Language) -> None:
    with pytest.raises(SettingError, match="min_confidence"):
        kg.build(articles, pipeline=nlp, min_confidence=confidence)


def test_a_pipeline_without_trees_is_refused(articles: Path) -> None:
    import spacy

    with pytest.raises(PipelineError, match="no dependency trees"):
        kg.build(articles, pipeline=spacy.blank("en"))


def test_a_pipeline_that_is_not_installed_is_an_error_that_says_how(articles: Path) -> None:
    with pytest.raises(PipelineError, match="install"):
        kg.build(articles, pipeline="no_such_pipeline")


def test_the_order_of_articles_does_not_matter(nlp: Language, tmp_path: Path) -> None:
    texts = {"a": LEADS, "b": CRITICISED, "c": "Bo Ek met Ada Lind. Ada Lind leads Tide Party."}
    for name, order in (("there", "abc"), ("back", "cba")):
        lines = (json.dumps({"id": each, "text": texts[each]}) for each in order)
        file = tmp_path / f"{name}.jsonl"
        file.write_text("\n".join(lines))
        build(file, tmp_path / name, nlp)
    assert files(tmp_path / "there") == files(tmp_path / "back")


def test_articles_are_read_as_they_come(nlp: Language, tmp_path: Path) -> None:
    """Of many articles only a group is taken before evidence of the first is there."""
    from kg.readings import ArticleReader

    taken: list[str] = []

    def stream():
        for number in range(1000):
            taken.append(str(number))
            yield kg.Article(str(number), LEADS)

    readings = ArticleReader(kg.load_ontology(), nlp).read(stream())
    next(readings)
    assert len(taken) < 50


def test_a_build_says_when_an_article_is_done(articles: Path, nlp: Language, tmp_path: Path) -> None:
    done: list[None] = []
    for total in (2, 4):
        build(articles, tmp_path / "out", nlp, on_article=lambda: done.append(None))
        assert len(done) == total
    assert count_articles(articles) == 2


def test_a_build_loads_language_libraries_in_its_workers_and_those_where_something_changed(
    articles: Path, tmp_path: Path
) -> None:
    code = (
        "import subprocess, sys, kg\n"
        "started = []\n"
        "sys.addaudithook(lambda name, _: started.append(name) if name == 'subprocess.Popen' else None)\n"
        "from kg.cli import run\n"
        f"assert run(['build', {str(articles)!r}, '-o', {str(tmp_path / 'out')!r}]) == 0\n"
        "print(sorted({'spacy', 'onnxruntime', 'matplotlib'} & set(sys.modules)), len(started))"
    )
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(2)]
    assert [each.returncode for each in runs] == [0, 0], runs[0].stderr + runs[1].stderr
    assert [each.stdout.splitlines()[-1] for each in runs] == ["['matplotlib'] 1", "[] 0"]


def test_a_folder_that_is_a_file_cannot_hold_a_graph(articles: Path, nlp: Language, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("not a folder")
    with pytest.raises(StoreError):
        kg.build(articles, tmp_path / "out", pipeline=nlp)
