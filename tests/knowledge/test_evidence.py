from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode

from kg.errors import StoreError
from kg.knowledge import in_order, read_reading, write_reading
from kg.model import (
    Article,
    Attribution,
    Iri,
    Mention,
    MentionKind,
    Qualification,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Status,
    Value,
)
from kg.store import MemoryStore
from kg.vocabulary import XSD

from .harbour import BASE, HARBOUR, Draft, number


@pytest.fixture
def reading():
    draft = Draft("port/7", title="Harbour", published="2024-05-03", url="https://a.example/7", author="Bo Marr")
    ada = draft.refer("Ada Lind", "Lind", kind="Human")
    club = draft.refer("Tern Rowing Club", kind="RowingClub")
    draft.state(ada, "steers", club, "Lind steers the club")
    draft.state(club, "berths", number("012"), "It has 012 berths", status=Status.CLAIMED, speaker=ada)
    draft.attribute(ada, "The club is ours", about=[club])
    return draft.reading()


def test_a_reading_is_read_as_it_was_written(reading):
    assert read_reading(write_reading(reading, BASE)) == in_order(reading)


def test_all_evidence_stands_in_the_graph_of_the_article_without_blank_nodes(reading):
    quads = list(write_reading(reading, BASE))
    assert {quad.graph_name.value for quad in quads} == {"https://kg.example/article/port-7-952c9316"}
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    assert len(set(quads)) == len(quads)


def test_evidence_can_be_asked_for_the_words_of_a_statement(reading):
    with MemoryStore() as store:
        quads = list(write_reading(reading, BASE))
        store.replace_graph(quads[0].graph_name, quads)
        rows = store.query(
            "PREFIX kg: <https://kg.example/ontology/core#> PREFIX oa: <http://www.w3.org/ns/oa#>"
            f" SELECT ?words {{ GRAPH ?a {{ ?s rdf:predicate <{HARBOUR}steers> ; kg:evidence/oa:exact ?words }} }}",
            prefixes={"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
        )
        assert [row["words"].value for row in rows] == ["Lind steers the club"]


def test_a_graph_that_is_no_evidence_is_refused():
    with pytest.raises(StoreError, match="holds 0 articles"):
        read_reading([])


def test_damaged_evidence_names_its_article(reading):
    predicate = NamedNode("https://kg.example/ontology/core#status")
    quads = [quad for quad in write_reading(reading, BASE) if quad.predicate != predicate]
    with pytest.raises(StoreError, match=r"article/port-7-952c9316: its evidence is damaged .*core#status"):
        read_reading(quads)


TEXT = "Ada Lind said the Tern Club\n steers \U0001f6a2 from Vélmar, “now” \\ and then."
SPANS = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda ends: Span(min(ends), max(ends)))
IDS = st.integers(1, 12).map("r{}".format)
CLASSES = st.sampled_from([HARBOUR + name for name in ("Human", "Club", "Port")])
PROPERTIES = st.sampled_from([HARBOUR + name for name in ("steers", "berths")])
DATES = st.one_of(st.sampled_from(["2016", "2016-05", "2016-05-03", "2016-13", "2016-05-03T10:00:00Z"]), st.text())
VALUES = st.one_of(
    st.builds(
        Value,
        st.sampled_from(["7", "007", "0.50", "1e3", "true", "1", "2016-05-03", ""]),
        st.sampled_from([XSD + name for name in ("integer", "decimal", "double", "boolean", "date", "gYear")]),
    ),
    st.builds(Value, st.text(), st.just(XSD + "string")),
)
OPTIONAL = st.one_of(st.none(), st.text())
REFERENTS = st.builds(
    Referent,
    IDS,
    st.text(),
    st.lists(st.text(), max_size=3).map(tuple),
    st.lists(CLASSES, max_size=2).map(tuple),
    st.booleans(),
    st.one_of(st.none(), st.just(HARBOUR + "Velmar")),
)
QUALIFICATIONS = st.builds(
    Qualification,
    st.sampled_from([None, "Former", "Acting", "Future"]),
    st.one_of(st.none(), DATES),
    st.one_of(st.none(), DATES),
)
STATEMENTS = st.builds(
    Statement,
    subject=IDS,
    predicate=PROPERTIES,
    object=st.one_of(st.builds(Ref, IDS), st.builds(Iri, CLASSES), VALUES),
    status=st.sampled_from(Status),
    confidence=st.floats(0, 1),
    evidence=SPANS,
    subject_span=SPANS,
    rule=st.text(),
    object_span=st.one_of(st.none(), SPANS),
    speaker=st.one_of(st.none(), IDS),
    status_cue=OPTIONAL,
    qualification=st.one_of(st.none(), QUALIFICATIONS),
)
ATTRIBUTIONS = st.builds(
    Attribution,
    st.one_of(st.none(), IDS),
    st.one_of(st.none(), SPANS),
    st.one_of(st.none(), SPANS),
    SPANS,
    st.booleans(),
    st.lists(IDS, max_size=4).map(tuple),
)


@st.composite
def mentions(draw):
    """A span has one form: of one span all mentions are alike."""
    spans = draw(st.lists(SPANS, max_size=6, unique=True))
    found = []
    for span in spans:
        text = draw(st.one_of(st.just(TEXT[span.start : span.end]), st.text()))
        kind = draw(st.sampled_from(MentionKind))
        found += [Mention(referent, span, text, kind) for referent in draw(st.lists(IDS, min_size=1, max_size=2))]
    return tuple(found)


READINGS = st.builds(
    Reading,
    st.builds(Article, st.text(), st.just(TEXT), OPTIONAL, st.one_of(st.none(), DATES), OPTIONAL, OPTIONAL, OPTIONAL),
    st.lists(REFERENTS, max_size=5, unique_by=lambda referent: referent.id).map(tuple),
    mentions(),
    st.lists(STATEMENTS, max_size=4).map(tuple),
    st.lists(ATTRIBUTIONS, max_size=3).map(tuple),
)


@given(reading=READINGS, seed=st.integers())
def test_any_reading_survives_a_store_in_any_order(reading, seed):
    with MemoryStore() as store:
        quads = list(write_reading(reading, BASE))
        store.replace_graph(quads[0].graph_name, quads)
        assert not store.replace_graph(quads[0].graph_name, quads)
        stored = list(store.quads())
    random.Random(seed).shuffle(stored)
    assert read_reading(stored) == in_order(reading)


@given(reading=READINGS, data=st.data())
def test_the_order_in_which_a_reading_was_made_does_not_matter(reading, data):
    shuffled = Reading(
        reading.article,
        *(
            tuple(data.draw(st.permutations(part)))
            for part in (reading.referents, reading.mentions, reading.statements, reading.attributions)
        ),
    )
    assert in_order(shuffled) == in_order(reading)
    assert set(write_reading(shuffled, BASE)) == set(write_reading(reading, BASE))
