from __future__ import annotations

import csv
import datetime
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from tiny_pipeline import make_pipeline

import kg
from kg.errors import QueryError, SettingError
from kg.knowledge import graph_prefixes
from kg.ontology import load_ontology
from kg.query import FORMATS, named_queries, query_folder, run_query
from kg.query.named import set_values
from kg.query.table import write_table
from kg.store import MemoryStore, OxigraphStore
from kg.vocabulary import DEFAULT_BASE, XSD

PREFIXES = {"ex": "https://x.example/"}
ESCAPE = "red \x1b[31m text\tand more"


def ex(name: str) -> NamedNode:
    return NamedNode(PREFIXES["ex"] + name)


@pytest.fixture(scope="module")
def store() -> Iterator[MemoryStore]:
    typed = {
        "count": Literal("95", datatype=NamedNode(XSD + "integer")),
        "share": Literal("0.5", datatype=NamedNode(XSD + "decimal")),
        "carried": Literal("true", datatype=NamedNode(XSD + "boolean")),
        "day": Literal("2024-05-03", datatype=NamedNode(XSD + "date")),
        "year": Literal("2024", datatype=NamedNode(XSD + "gYear")),
        "label": Literal("Vote", language="en"),
        "text": Literal(ESCAPE),
        "of": ex("b"),
    }
    with MemoryStore() as made:
        made.replace_graph(
            Quad(ex("a"), ex("a"), ex("a")).graph_name, [Quad(ex("a"), ex(p), o) for p, o in typed.items()]
        )
        yield made


def ask(store: MemoryStore, text: str, **values: str) -> kg.QueryResult:
    return run_query(store, text, values, PREFIXES)


def value(store: MemoryStore, name: str) -> object:
    return ask(store, f"SELECT ?v {{ ex:a ex:{name} ?v }}").rows[0][0]


def test_values_are_those_of_python(store: MemoryStore) -> None:
    names = ("count", "share", "carried", "day", "year", "label", "of")
    assert [value(store, name) for name in names] == [
        95, 0.5, True, datetime.date(2024, 5, 3), "2024", "Vote", "https://x.example/b",
    ]  # fmt: skip


def test_rows_come_as_tuples_and_as_dictionaries_with_none_for_what_is_missing(store: MemoryStore) -> None:
    result = ask(store, "SELECT ?n ?x { ex:a ex:count ?n OPTIONAL { ex:a ex:none ?x } }")
    assert result.variables == ("n", "x")
    assert list(result) == [(95, None)]
    assert result.to_dicts() == [{"n": 95, "x": None}]
    assert len(result) == 1


def test_ask_is_true_or_false(store: MemoryStore) -> None:
    assert ask(store, "ASK { ex:a ex:count 95 }")
    no = ask(store, "ASK { ex:a ex:count 96 }")
    assert not no
    assert (no.write(), json.loads(no.to_json())) == ("no\n", {"head": {}, "boolean": False})


def test_construct_and_describe_give_turtle(store: MemoryStore) -> None:
    for text in ("CONSTRUCT { ex:a ex:n ?n } WHERE { ex:a ex:count ?n }", "DESCRIBE ex:a"):
        result = ask(store, text)
        assert "ex:a ex:" in result.write()
        assert "@prefix ex:" in result.to_turtle()
    assert ask(store, "CONSTRUCT { ex:a ex:n ?n } WHERE { ex:a ex:count ?n }").rows == [
        ("https://x.example/a", "https://x.example/n", 95)
    ]
    with pytest.raises(SettingError, match="CONSTRUCT"):
        ask(store, "SELECT * { ?s ?p ?o }").to_turtle()


def test_a_table_shows_short_iris_and_nothing_that_a_terminal_obeys(store: MemoryStore) -> None:
    text = ask(store, "SELECT ?of ?text { ex:a ex:of ?of ; ex:text ?text }").write("table")
    assert "ex:b" in text
    assert "\x1b" not in text
    assert "red \\x1b[31m text\\tand more" in text


def test_csv_tsv_and_json_are_those_of_the_w3c(store: MemoryStore) -> None:
    result = ask(store, "SELECT ?of ?n ?label ?text { ex:a ex:of ?of ; ex:count ?n ; ex:label ?label ; ex:text ?text }")
    rows = list(csv.reader(io.StringIO(result.write("csv"))))
    assert rows == [["of", "n", "label", "text"], ["https://x.example/b", "95", "Vote", ESCAPE]]
    assert result.to_csv().endswith("\r\n")
    head, line = result.write("tsv").splitlines()
    assert head == "?of\t?n\t?label\t?text"
    assert line.split("\t")[:3] == ["<https://x.example/b>", f'"95"^^<{XSD}integer>', '"Vote"@en']
    (binding,) = json.loads(result.write("json"))["results"]["bindings"]
    assert binding["n"] == {"type": "literal", "value": "95", "datatype": XSD + "integer"}
    assert binding["label"] == {"type": "literal", "value": "Vote", "xml:lang": "en"}
    assert binding["of"] == {"type": "uri", "value": "https://x.example/b"}
    assert binding["text"] == {"type": "literal", "value": ESCAPE}


def test_an_unknown_format_is_refused(store: MemoryStore) -> None:
    with pytest.raises(SettingError, match="table, csv, tsv, json"):
        ask(store, "ASK {}").write("xml")
    assert FORMATS == ("table", "csv", "tsv", "json")


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { ex:a ex:b ex:c }",
        "PREFIX a: <b#> # comment\n delete where { ?s ?p ?o }",
        "DROP ALL",
        "WITH <g:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_an_update_is_refused_by_name(text: str, store: MemoryStore) -> None:
    before = len(store)
    with pytest.raises(QueryError, match=r"(INSERT|DELETE|DROP|WITH) would change the graph"):
        ask(store, text)
    assert len(store) == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?x WHERE { ?x ?y\n ?z", r"line 2, column \d+, after .* expected .*}"),
        ("SELECT ?x { ?x no:where ?y }", "Prefix not found"),
        ("SELECT ?x", "line 1"),
    ],
)
def test_what_is_no_query_is_told_with_its_place(text: str, told: str, store: MemoryStore) -> None:
    with pytest.raises(QueryError, match=told) as caught:
        ask(store, text)
    assert len(str(caught.value)) < 200


def test_values_become_terms_and_never_query_text() -> None:
    text = "SELECT ?x { ?x rdfs:label $name ; a $kind }"
    assert set_values(text, {"name": '" } DROP', "kind": "ex:T"}, PREFIXES) == (
        'SELECT ?x { ?x rdfs:label "\\" } DROP" ; a <https://x.example/T> }'
    )
    assert '"no:T"' in set_values("ASK { ?x a $kind }", {"kind": "no:T"}, PREFIXES)
    assert "<http://a.example/>" in set_values("ASK { ?x a $kind }", {"kind": "<http://a.example/>"}, PREFIXES)


def test_values_that_a_query_does_not_ask_for_are_refused(store: MemoryStore) -> None:
    with pytest.raises(QueryError, match='did you mean "name"'):
        ask(store, "ASK { ?x ex:label $name }", nam="a")


def test_a_named_query_asks_for_its_values(store: MemoryStore) -> None:
    with pytest.raises(QueryError, match="asks for a name"):
        ask(store, "claims")
    with pytest.raises(QueryError, match='did you mean "claims"'):
        ask(store, "clams")


@pytest.mark.parametrize("name", sorted(named_queries()))
def test_every_named_query_says_what_it_tells_and_is_a_query(name: str) -> None:
    query = named_queries()[name]
    assert query.description
    assert query.text.startswith("SELECT")
    with MemoryStore() as empty:
        prefixes = graph_prefixes(DEFAULT_BASE, load_ontology().prefixes)
        assert run_query(empty, name, dict.fromkeys(query.parameters, "Ada Lind"), prefixes).rows in ([], [(None,) * 6])


def test_the_named_queries_find_what_articles_say() -> None:
    article = "Ada Lind leads Harbour Party. Bo Ek criticised Ada Lind."
    with kg.build(_write(article), pipeline=make_pipeline()) as graph:
        assert graph.query("leaders").to_dicts()[0]["leader"] == "Ada Lind"
        rows = graph.query("evidence", name="ada lind").to_dicts()
        assert "Ada Lind leads Harbour Party" in {row["words"] for row in rows}
        assert {row["article"] for row in rows} == {"article"}
        assert {row["label"] for row in graph.query("entities").to_dicts()} == {"Ada Lind", "Bo Ek", "Harbour Party"}
        assert ("https://kg.example/ontology/politics#leads", 1) in [row[:2] for row in graph.query("relations")]


def _write(text: str) -> str:
    import tempfile
    from pathlib import Path

    folder = Path(tempfile.mkdtemp())
    (folder / "article.txt").write_text(text)
    return str(folder)


@pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK { service ?x {} }"])
def test_a_query_that_would_ask_another_server_is_refused(store, query):
    with pytest.raises(QueryError, match="stays offline"):
        run_query(store, query, {}, PREFIXES)


def test_a_variable_may_be_called_service(store):
    result = run_query(store, 'SELECT ?service { VALUES ?service { "SERVICE" } }', {}, PREFIXES)
    assert result.to_dicts() == [{"service": "SERVICE"}]


def test_a_folder_is_asked_as_its_graph_is(tmp_path: Path) -> None:
    (tmp_path / "late.ttl").write_text(LATE_PREFIX, "utf-8")
    (tmp_path / "one.txt").write_text("Ada Lind leads Harbour Party.", "utf-8")
    built = kg.build(
        tmp_path / "one.txt", tmp_path / "out", ontology=tmp_path / "late.ttl", pipeline=make_pipeline(), base="urn:b/"
    )
    with built as graph:
        text = "SELECT ?thing { ?thing late:leads ?other ; rdfs:label $name . FILTER(?thing != id:nobody) }"
        expected = graph.query(text, name="nobody")
        assert query_folder(tmp_path / "out", text, {"name": "nobody"}) == expected
        assert query_folder(tmp_path / "out", "entities", {}) == graph.query("entities")
        assert expected.prefixes["late"] == "https://late.example/"


LATE_PREFIX = """
@prefix owl: <http://www.w3.org/2002/07/owl#> .
<https://late.example> a owl:Ontology ; owl:imports <https://kg.example/ontology/politics> .
PREFIX late: <https://late.example/>
late:leads a owl:ObjectProperty .
"""


def test_a_query_loads_no_more_than_it_needs(tmp_path: Path) -> None:
    with OxigraphStore(tmp_path / "store"):
        pass
    code = (
        f"import sys; from kg.cli import run; run(['query', 'SELECT * {{ ?s ?p ?o }}', '--graph', {str(tmp_path)!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print(*sys.modules)"], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "kg.query.run" in loaded
    assert not loaded & {
        "kg.graph",
        "kg.knowledge",
        "kg.language",
        "kg.read",
        "kg.ontology.ontology",
        "pydantic",
        "rich.console",
    }


def test_a_table_folds_what_does_not_fit() -> None:
    rows = [("ab", "one two three four", "7"), ("東京都", "x" * 25, "12")]
    assert write_table(("a", "b", "n"), rows, width=24, right=frozenset({2})).splitlines() == [
        "a        b             n",
        "─" * 24,
        "ab       one two       7",
        "         three four",
        "東京都   xxxxxxxxxx   12",
        "         xxxxxxxxxx",
        "         xxxxx",
    ]
