from __future__ import annotations

import random

import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.knowledge import graph_prefixes, write_turtle

from .harbour import BASE, Draft


def graph(know, ontology):
    draft = Draft("7")
    ada = draft.refer("Ada Lind", kind="Human")
    club = draft.refer("Tern Rowing Club", kind="Club")
    for number in range(12):
        draft.state(ada, "steers", club, f"Lind steers it for the {number}th time")
    draft.attribute(ada, 'We "won".\nTwice. ', about=[club])
    return know(ontology, draft.reading())


def test_turtle_is_read_by_pyoxigraph_and_rdflib_as_the_same_graph(know, ontology):
    quads = graph(know, ontology)
    text = write_turtle(quads, graph_prefixes(BASE, ontology.prefixes))
    assert set(parse(text, format=RdfFormat.TURTLE)) == set(quads)
    assert len(rdflib.Graph().parse(data=text, format="turtle")) == len(quads)


def test_turtle_does_not_depend_on_the_order_of_quads(know, ontology):
    quads = graph(know, ontology)
    prefixes = graph_prefixes(BASE, ontology.prefixes)
    expected = write_turtle(quads, prefixes)
    for seed in range(5):
        random.Random(seed).shuffle(quads)
        assert write_turtle(quads, prefixes) == expected


def test_entities_come_first_then_facts_then_claims_and_passages_in_the_order_of_the_text(know, ontology):
    text = write_turtle(graph(know, ontology), graph_prefixes(BASE, ontology.prefixes))
    subjects = [block.split()[0] for block in text.split("\n\n")[1:]]
    assert [subject.split(":")[0] for subject in subjects] == ["id", "id", "fact", "fact", "fact", "claim"]
    (steers,) = (block for block in text.split("\n\n") if "rdf:predicate h:steers" in block)
    starts = [int(passage.partition(",")[0]) for passage in steers.split("#char=")[1:]]
    assert starts == sorted(starts)
    assert len(starts) == 12


def test_prefixes_that_nothing_uses_are_left_out():
    quads = [Quad(NamedNode("https://kg.example/id/x"), NamedNode("https://a.example/p"), Literal("no: b:x"))]
    text = write_turtle(quads, {"id": "https://kg.example/id/", "a": "https://a.example/", "c": "https://c.example/"})
    assert text.startswith("@prefix a: <https://a.example/> .\n@prefix id: <https://kg.example/id/> .\n\nid:x a:p ")


def test_no_quads_make_an_empty_file():
    assert write_turtle([], {"a": "https://a.example/"}).strip() == ""


@given(texts=st.lists(st.text(), unique=True))
def test_any_text_survives(texts):
    quads = {Quad(NamedNode("https://a.example/s"), NamedNode("https://a.example/p"), Literal(text)) for text in texts}
    assert set(parse(write_turtle(quads, {"a": "https://a.example/"}), format=RdfFormat.TURTLE)) == quads


def test_however_many_subjects_are_written_together_the_text_is_the_same(know, ontology, monkeypatch):
    quads, prefixes = graph(know, ontology), graph_prefixes(BASE, ontology.prefixes)
    text = write_turtle(quads, prefixes)
    for number in (1, 2, 5):
        monkeypatch.setattr("kg.knowledge.turtle._TOGETHER", number)
        assert write_turtle(quads, prefixes) == text
