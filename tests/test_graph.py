from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_pipeline import make_pipeline

import kg
from kg.errors import SettingError, StoreError
from kg.model import Span
from kg.sentences import find_sentence

ARTICLES = [
    {
        "id": "a",
        "title": "Lind leads",
        "published": "2024-05-03",
        "text": "Ada Lind leads Harbour Party. Bo Ek met Ada Lind.",
    },
    {"id": "b", "text": "Bo Ek criticised Ada Lind. Ada Lind leads Harbour Party."},
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    file = tmp_path_factory.mktemp("graph") / "articles.jsonl"
    file.write_text("\n".join(map(json.dumps, ARTICLES)))
    with kg.build(file, pipeline=make_pipeline()) as made:
        yield made


def test_entities_come_by_their_iris_with_labels_and_classes(graph: kg.Graph) -> None:
    assert [(each.iri.rpartition("/")[2], each.label) for each in graph.entities()] == [
        ("ada-lind", "Ada Lind"),
        ("bo-ek", "Bo Ek"),
        ("harbour-party", "Harbour Party"),
    ]
    assert graph.entities()[-1].types == ("party",)


def test_a_fact_shows_every_passage_that_says_it_in_its_sentence(graph: kg.Graph) -> None:
    (fact,) = [each for each in graph.facts() if each.relation.label == "leads"]
    assert (fact.subject.label, fact.object.label) == ("Ada Lind", "Harbour Party")
    assert [(each.article, each.sentence) for each in fact.passages] == [
        ("a", "Ada Lind leads Harbour Party."),
        ("b", "Ada Lind leads Harbour Party."),
    ]
    texts = {each["id"]: each["text"] for each in ARTICLES}
    for passage in fact.passages:
        words = passage.sentence[passage.words.start : passage.words.end]
        assert words == texts[passage.article][passage.span.start : passage.span.end] == "Ada Lind leads Harbour Party"
    assert (fact.passages[0].title, fact.passages[0].published) == ("Lind leads", "2024-05-03")


def test_what_a_rule_infers_says_from_what(graph: kg.Graph) -> None:
    (fact,) = [each for each in graph.facts() if each.relation.iri.endswith("#memberOfParty")]
    assert "Ada Lind leads Harbour Party" in fact.because
    assert fact.passages


def test_a_portrait_has_facts_of_both_ends_but_no_mirror_image(graph: kg.Graph) -> None:
    (portrait,) = graph.show("ada lind")
    told = [(each.subject.label, each.relation.label, each.object.label) for each in portrait.facts]
    assert ("Ada Lind", "leads", "Harbour Party") in told
    assert ("Bo Ek", "criticised", "Ada Lind") in told
    assert len([each for each in told if each[1] == "met with"]) == 1


def test_a_thing_is_found_by_its_iri_too(graph: kg.Graph) -> None:
    for name in ("id:bo-ek", "https://kg.example/id/bo-ek", "<https://kg.example/id/bo-ek>", "BO EK"):
        assert [each.thing.label for each in graph.show(name)] == ["Bo Ek"]


def test_an_unknown_name_brings_near_ones(graph: kg.Graph) -> None:
    with pytest.raises(SettingError, match='did you mean "Ada Lind"'):
        graph.show("Ada Lindt")


def test_a_graph_becomes_networkx_and_a_text(graph: kg.Graph) -> None:
    network = graph.to_networkx()
    assert network.has_edge("https://kg.example/id/ada-lind", "https://kg.example/id/harbour-party")
    assert "id:ada-lind a pol:" in graph.serialize()
    assert len(graph.serialize("nq").splitlines()) == len(graph.store)


def test_a_graph_is_drawn_and_exported_to_files(graph: kg.Graph, tmp_path: Path) -> None:
    graph.draw(tmp_path / "g.svg", around="Ada Lind")
    assert (tmp_path / "g.svg").read_bytes().startswith(b"<?xml")
    assert graph.export(tmp_path / "g.trig") == (tmp_path / "g.trig",)
    assert "kg:fingerprint" in (tmp_path / "g.trig").read_text()


def test_a_closed_graph_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLES[0]["text"])
    with kg.build(tmp_path / "a.txt", tmp_path / "out", pipeline=make_pipeline()) as graph:
        assert "quads under https://kg.example/" in repr(graph)
    with pytest.raises(StoreError, match="closed"):
        graph.query("ASK { ?s ?p ?o }")


def test_a_folder_without_a_graph_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        kg.open_graph(tmp_path)


def test_an_open_graph_does_not_keep_others_from_building(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Ada Lind leads Harbour Party.")
    nlp = make_pipeline()
    with kg.build(file, tmp_path / "out", pipeline=nlp):
        file.write_text("Bo Ek leads Harbour Party.")
        with kg.build(file, tmp_path / "out", pipeline=nlp) as second:
            assert [each.label for each in second.entities()] == ["Bo Ek", "Harbour Party"]


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One came. Two left. Three stayed.", "left", "Two left."),
        ("Mr. Lind spoke. He left.", "spoke", "Mr. Lind spoke."),
        ("A. B. Lind spoke. He left.", "spoke", "A. B. Lind spoke."),
        ("Title\n\nIt rained", "rained", "It rained"),
        ("He said: “No.” She left! Why?", "She", "She left!"),
        ("“I go.” said he. Then", "I", "“I go.” said he."),
        ("It grew 1.5 per cent. Good.", "grew", "It grew 1.5 per cent."),
        ("One came. Two left.", "came. Two", "One came. Two left."),
        ("  spaced  ", "spaced", "spaced"),
    ],
)
def test_the_sentence_around_words_is_found_without_a_pipeline(text: str, words: str, sentence: str) -> None:
    start = text.index(words)
    found = find_sentence(text, Span(start, start + len(words)))
    assert text[found.start : found.end] == sentence


def test_a_sentence_without_an_end_is_cut() -> None:
    text = "word " * 1000
    found = find_sentence(text, Span(2500, 2504))
    assert found.start > 2000
    assert found.end < 3000
