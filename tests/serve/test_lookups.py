"""Queries of one pattern, which are answered without a worker: they give what a worker would."""

from __future__ import annotations

import json
import marshal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from harbour import EX, ID
from pyoxigraph import Store

from kg.serve import Snapshot, Snapshots
from kg.serve.sparql import worker
from kg.serve.sparql.lookups import look_up
from kg.serve.sparql.pool import Question
from kg.vocabulary import LABEL

from .served import ARTICLE


@pytest.fixture(scope="module")
def snapshot(folder: Path) -> Iterator[Snapshot]:
    with Snapshots(folder) as snapshots:
        yield snapshots.current()


def ask(text: str, rows: str | None = "json", graph: str | None = None) -> Question:
    return Question(text, None if graph is None else (graph,), None, rows, "ttl")


def ask_worker(snapshot: Snapshot, text: str) -> tuple[bytes, Any]:
    question = marshal.dumps((text, None, None, "json", "ttl"))
    kind, body = worker.answer(Store.read_only(str(snapshot.path)), question, snapshot.prefixes, 1 << 20)
    return kind, json.loads(bytes(body))


def in_any_order(answer: Any) -> Any:
    rows = answer.get("results", {}).get("bindings", ())
    return answer["head"], answer.get("boolean"), sorted(json.dumps(row, sort_keys=True) for row in rows)


ADA = f"<{ID}ada>"


@pytest.mark.parametrize(
    "query",
    [
        f'SELECT ?who {{ ?who <{LABEL}> "Ada Marsh"@en }}',
        f'SELECT ?who {{ ?who <{LABEL}> "Ada Marsh" }}',
        'select ?who where { ?who rdfs:label "Ada Marsh"@EN . }',
        "SELECT * WHERE { id:ada ?what ?to }",
        "SELECT ?to ?other { id:ada ?what ?to }",
        "SELECT *{ ?ballot ex:ayes ?number }",
        "SELECT ?what ?who { ?who a ?what }",
        "SELECT ?f { ?f kg:confidence ?sure }",
        f"ASK {{ {ADA} <{EX}chairs> id:club }}",
        f"ASK {{ {ADA} a ex:Club }}",
        'ASK { ?who ?named "Nobody"@en }',
        "ASK WHERE { ?s ?p ?o }",
    ],
)
def test_a_look_up_gives_what_a_worker_gives(snapshot: Snapshot, query: str) -> None:
    found = look_up(snapshot, ask(query))
    assert found is not None
    kind, answer = ask_worker(snapshot, query)
    assert found.kind == kind
    assert in_any_order(json.loads(found.body)) == in_any_order(answer)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { id:ada ?p ?p }",
        "SELECT ?s ?s { ?s a ex:Club }",
        "SELECT DISTINCT ?s { ?s a ex:Club }",
        "SELECT ?s { ?s a ex:Club } LIMIT 1",
        "SELECT ?s { ?s a ex:Club . ?s ?p ?o }",
        "SELECT ?s { ?s a ex:Club FILTER(true) }",
        "SELECT ?s { ?s A ex:Club }",
        "SELECT ?s { { ?s a ex:Club } }",
        "SELECT ?s { ?s a unknown:Club }",
        "SELECT ?s { ?s a <Club> }",
        'SELECT ?s { "Ada" ?p ?s }',
        r'SELECT ?s { ?s ?p "A\u0064a" }',
        "SELECT ?s { ?s ex:ayes 12 }",
        "SELECT ?s FROM <http://a.example/> { ?s a ex:Club }",
        "SELECT ?s { GRAPH ?g { ?s a ex:Club } }",
        f'SELECT ?s {{ ?s rdfs:label "{"a" * 3000}" }}',
        "CONSTRUCT { ?s a ex:Club } WHERE { ?s a ex:Club }",
        "ASK {}",
        "ASK",
    ],
)
def test_all_else_is_left_to_a_worker(snapshot: Snapshot, query: str) -> None:
    assert look_up(snapshot, ask(query)) is None


def test_other_formats_and_datasets_are_left_to_a_worker(snapshot: Snapshot) -> None:
    query = "SELECT ?s { ?s a ex:Club }"
    assert look_up(snapshot, ask(query)) is not None
    assert look_up(snapshot, ask(query, "csv")) is None
    assert look_up(snapshot, ask(query, None)) is None
    assert look_up(snapshot, ask(query, graph=ARTICLE)) is None


def test_an_answer_of_many_rows_is_left_to_a_worker(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT * { ?s ?p ?o }"
    assert look_up(snapshot, ask(query)) is not None
    monkeypatch.setattr("kg.serve.sparql.lookups._MOST", 10)
    assert look_up(snapshot, ask(query)) is None
    assert look_up(snapshot, ask("ASK { ?s ?p ?o }")) is not None
