"""One contract for every store: each test runs on all of them."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, parse, serialize

from kg.errors import QueryError, StoreError
from kg.store import DEFAULT_GRAPH, Change, MemoryStore, OxigraphStore

ONE = NamedNode("https://a.example/article/1")
TWO = NamedNode("https://a.example/article/2")
SAYS = NamedNode("https://a.example/says")


def quad(subject, text, graph=DEFAULT_GRAPH):
    return Quad(NamedNode(f"https://a.example/{subject}"), SAYS, Literal(text), graph)


@pytest.fixture(params=["memory", "folder"])
def store(request, tmp_path):
    with MemoryStore() if request.param == "memory" else OxigraphStore(tmp_path / "deep" / "store") as opened:
        yield opened


def test_a_replaced_graph_holds_just_what_was_given_and_leaves_the_others(store):
    store.replace_graph(ONE, [quad("x", "old", ONE), quad("y", "kept", ONE)])
    store.replace_graph(TWO, [quad("x", "other", TWO)])
    change = store.replace_graph(ONE, [quad("y", "kept", ONE), quad("z", "new", ONE)])
    assert change == Change(added=1, removed=1)
    assert set(store.quads(graph=ONE)) == {quad("y", "kept", ONE), quad("z", "new", ONE)}
    assert set(store.quads(graph=TWO)) == {quad("x", "other", TWO)}


def test_replacing_a_graph_by_the_same_quads_changes_nothing(store):
    quads = [quad("x", "one"), quad("y", "two")]
    assert store.replace_graph(DEFAULT_GRAPH, quads)
    assert not store.replace_graph(DEFAULT_GRAPH, [*reversed(quads), quads[0]])


def test_the_default_graph_is_replaced_without_touching_named_graphs(store):
    store.replace_graph(ONE, [quad("x", "evidence", ONE)])
    store.replace_graph(DEFAULT_GRAPH, [quad("x", "old")])
    store.replace_graph(DEFAULT_GRAPH, [quad("x", "new")])
    assert set(store.quads()) == {quad("x", "evidence", ONE), quad("x", "new")}


def test_a_removed_graph_is_gone_with_its_name(store):
    store.replace_graph(ONE, [quad("x", "a", ONE)])
    store.replace_graph(TWO, [quad("x", "b", TWO)])
    assert store.remove_graph(ONE) == Change(added=0, removed=1)
    assert store.graphs() == [TWO]
    assert not store.remove_graph(ONE)
    assert len(store) == 1


def test_a_quad_of_another_graph_is_refused_and_nothing_is_written(store):
    with pytest.raises(ValueError, match=r"article/2.*does not belong to .*article/1"):
        store.replace_graph(ONE, [quad("x", "a", ONE), quad("y", "b", TWO)])
    assert len(store) == 0


def test_quads_are_found_by_any_part(store):
    quads = {quad("x", "a", ONE), quad("x", "b", TWO), quad("y", "a")}
    for graph in (ONE, TWO, DEFAULT_GRAPH):
        store.replace_graph(graph, [each for each in quads if each.graph_name == graph])
    assert set(store.quads()) == quads
    assert set(store.quads(NamedNode("https://a.example/x"))) == {quad("x", "a", ONE), quad("x", "b", TWO)}
    assert set(store.quads(None, SAYS, Literal("a"))) == {quad("x", "a", ONE), quad("y", "a")}
    assert set(store.quads(graph=DEFAULT_GRAPH)) == {quad("y", "a")}


def test_a_query_gives_solutions_a_boolean_or_triples(store):
    store.replace_graph(DEFAULT_GRAPH, [quad("x", "a")])
    solutions = store.query("SELECT ?t { ?s a:says ?t }", prefixes={"a": "https://a.example/"})
    assert isinstance(solutions, QuerySolutions)
    assert [solution["t"] for solution in solutions] == [Literal("a")]
    boolean = store.query("ASK { ?s ?p 'b' }")
    assert isinstance(boolean, QueryBoolean)
    assert not boolean
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, QueryTriples)
    assert list(triples) == [quad("x", "a").triple]


def test_a_query_sees_evidence_only_through_graph(store):
    store.replace_graph(ONE, [quad("x", "evidence", ONE)])
    assert not store.query("ASK { ?s ?p ?o }")
    assert store.query("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_a_wrong_query_is_the_askers_fault_and_is_shown(store):
    with pytest.raises(QueryError, match=r"SELECT \?x WHERE \{$"):
        store.query("SELECT ?x\n   WHERE {")


def test_a_dump_holds_every_graph_or_the_one_asked_for(store, tmp_path):
    store.replace_graph(ONE, [quad("x", "evidence", ONE)])
    store.replace_graph(DEFAULT_GRAPH, [quad("x", "fact")])
    store.dump(tmp_path / "all.nq", RdfFormat.N_QUADS)
    assert set(parse(path=tmp_path / "all.nq")) == set(store.quads())
    store.dump(tmp_path / "one.ttl", RdfFormat.TURTLE, graph=ONE, prefixes={"a": "https://a.example/"})
    assert [each.triple for each in parse(path=tmp_path / "one.ttl")] == [quad("x", "evidence").triple]
    assert "a:says" in (tmp_path / "one.ttl").read_text("utf-8")


def test_a_dump_of_triples_must_say_of_which_graph(store, tmp_path):
    with pytest.raises(ValueError, match="say which graph"):
        store.dump(tmp_path / "all.ttl", RdfFormat.TURTLE)


def test_a_dump_to_where_nothing_can_be_written_says_where(store, tmp_path):
    with pytest.raises(StoreError, match=r"none.all\.nq: cannot be written"):
        store.dump(tmp_path / "none" / "all.nq", RdfFormat.N_QUADS)


def test_a_closed_store_says_so(store):
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.query("ASK {}")


TEXTS = st.lists(st.text(), max_size=6, unique=True)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(before=TEXTS, after=TEXTS)
def test_any_text_survives_being_replaced_and_replacing(store, before, after):
    store.replace_graph(ONE, [quad("x", text, ONE) for text in before])
    change = store.replace_graph(ONE, [quad("x", text, ONE) for text in after])
    assert set(store.quads(graph=ONE)) == {quad("x", text, ONE) for text in after}
    assert change == Change(len(set(after) - set(before)), len(set(before) - set(after)))


@pytest.mark.parametrize("number", [1, 6_000])
def test_lines_are_added_to_what_there_is_all_or_none(store, number):
    store.replace_graph(ONE, [quad("x", "old", ONE)])
    wanted = [quad("x", f"line\n{place}", TWO) for place in range(number)]
    lines = serialize(wanted, format=RdfFormat.N_QUADS)
    store.add(lines)
    store.add(lines)
    assert set(store.quads(graph=TWO)) == set(wanted)
    assert list(store.quads(graph=ONE)) == [quad("x", "old", ONE)]
    with pytest.raises(SyntaxError):
        store.add(
            serialize([quad("x", f"more {place}", TWO) for place in range(number)], format=RdfFormat.N_QUADS) + b"<"
        )
    assert set(store.quads(graph=TWO)) == set(wanted)
