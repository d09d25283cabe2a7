"""Evidence as it is made where an article is read: it is what a later build reads of the store."""

from __future__ import annotations

from news import read
from pyoxigraph import RdfFormat, parse

from kg.evidence import EvidenceMaker
from kg.identity import make_profiles
from kg.knowledge import read_reading, write_reading
from kg.model import Article, Mention, MentionKind, Reading, Referent, Span
from kg.ontology import load_ontology
from kg.packed import unpack
from kg.readings import ArticleReader
from kg.vocabulary import DEFAULT_BASE


def check(reading: Reading) -> None:
    ontology = load_ontology()
    evidence = EvidenceMaker(ontology, DEFAULT_BASE).make(reading)
    stored = read_reading(parse(evidence.quads, format=RdfFormat.N_QUADS))
    assert unpack(evidence.reading) == stored
    assert [(each.member, each.relations, each.referent) for each in evidence.profiles] == [
        (each.member, each.relations, each.referent) for each in make_profiles((stored,), ontology)
    ]


def test_evidence_is_what_the_store_will_give() -> None:
    check(read("Maren Ost, the former mayor of Tarnvik, left the Harbour Union in 2014. She leads the Tide Party."))


def test_two_mentions_of_the_same_words_are_of_the_kind_that_the_store_keeps() -> None:
    words = Span(10, 24)
    reading = Reading(
        Article("1", "Ada Lind, Prime Minister, left."),
        (
            Referent("r1", "Prime Minister", ("Prime Minister",), (), named=False),
            Referent("r2", "Ada Lind", ("Ada Lind",), (), named=True),
        ),
        (
            Mention("r2", Span(0, 8), "Ada Lind", MentionKind.NAME),
            Mention("r1", words, "Prime Minister", MentionKind.NAME),
            Mention("r2", words, "Prime Minister", MentionKind.NOMINAL),
        ),
        (),
        (),
    )
    check(reading)
    evidence = EvidenceMaker(load_ontology(), DEFAULT_BASE).make(reading)
    kinds = [mention.kind for mention in unpack(evidence.reading).mentions if mention.span == words]
    assert kinds == [MentionKind.NAME, MentionKind.NAME]


def test_names_are_in_the_order_in_which_they_are_mentioned() -> None:
    once = "Ada Lind, the leader of the Harbour Party, resigned on Monday."
    reading = next(iter(ArticleReader(load_ontology()).read([Article("1", f"{once} Ada Lind {once}")])))
    assert isinstance(reading, Reading)
    assert reading.referents[0].names == ("Ada Lind", "Ada Lind Ada Lind")
    assert read_reading(write_reading(reading, DEFAULT_BASE)).referents == reading.referents


def test_what_no_graph_keeps_is_there_for_those_who_read_the_text() -> None:
    text = (
        "The old ferry left at noon. The ferry came back at night.\n\n"
        "Ada Lind met Bram Quist.\n\n“The boat was late,” he said.\n\n“It was not.”\n\n“It was.”"
    )
    reading = next(iter(ArticleReader(load_ontology()).read([Article("1", text)])))
    assert isinstance(reading, Reading)
    assert reading.chains
    assert reading.guesses
