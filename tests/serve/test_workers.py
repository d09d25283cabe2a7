"""Queries that take too long or too much, on a server of its own with small limits."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, suppress
from urllib.parse import quote

import pytest

from kg.serve import Limits

from .served import Running

LIMITS = Limits(timeout=1.5, memory=256 << 20, result=4 << 20, query=1 << 20, body=4 << 20, workers=2, queue=4)
CROSS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"
PRODUCT = " . ".join(f"?a{n} ?b{n} ?c{n}" for n in range(6))
ASK = "ASK {}"
"""A query that a worker answers."""

LOOKUP = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def server(serve_folder: Callable[[Limits], AbstractContextManager[Running]]) -> Iterator[Running]:
    with serve_folder(LIMITS) as running:
        yield running


def ask(server: Running, query: str, *, accept: str = "application/json") -> tuple[int, str]:
    connection = http.client.HTTPConnection(server.host, server.port, timeout=30)
    try:
        headers = {"Content-Type": "application/sparql-query", "Accept": accept}
        connection.request("POST", "/sparql", query.encode(), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_a_query_that_takes_too_long_is_stopped_while_others_are_answered(server: Running) -> None:
    told: list[tuple[int, str]] = []
    asking = threading.Thread(target=lambda: told.append(ask(server, CROSS)))
    asking.start()
    time.sleep(0.3)
    for _ in range(5):
        assert ask(server, ASK) == ask(server, LOOKUP) == (200, '{"head":{},"boolean":true}')
    asking.join(30)
    ((status, text),) = told
    assert status == 503
    assert "stopped after 1.5 seconds" in text
    assert "LIMIT" in text
    assert ask(server, ASK)[0] == 200


NESTED = 240_000
REFUSED = {
    "cross product": (CROSS, 503, "seconds"),
    "a result too long": (f"SELECT * {{ {PRODUCT} }}", 503, "longer than 4 MB"),
    "too much memory": (
        f"SELECT (GROUP_CONCAT(?x) AS ?n) {{ VALUES ?x {{ '{'x' * 200_000}' }} {PRODUCT} }}",
        503,
        "256 MB of memory",
    ),
    "brackets": ("SELECT * " + "{" * NESTED + "?s ?p ?o" + "}" * NESTED, 503, "nested too deeply"),
    "round brackets": (f"SELECT ({'(' * NESTED}1{')' * NESTED} AS ?x) {{}}", 503, "nested too deeply"),
    "negations": (f"SELECT ({'!' * 900_000}1 AS ?x) {{}}", 503, "nested too deeply"),
    "a regular expression too large": (
        "SELECT (STRLEN(STR(REGEX('" + "a" * 30000 + "', '((a{1,90}){1,90}){1,90}'))) AS ?x) {}",
        200,
        '"results"',
    ),
    "a query of a megabyte": ("ASK { ?s ?p '" + "a" * (1 << 20) + "' }", 413, "longer than 1,024 KB"),
}


@pytest.mark.parametrize(("query", "status", "told"), REFUSED.values(), ids=REFUSED)
def test_what_takes_too_much_is_refused_and_the_next_query_answered(
    server: Running, query: str, status: int, told: str
) -> None:
    before = server.memory
    found, text = ask(server, query)
    assert (found, told in text) == (status, True), text[:300]
    assert len(text.splitlines()) == 1
    assert server.memory - before < 64 << 20
    assert ask(server, ASK)[0] == 200


def test_a_long_answer_comes_whole(server: Running) -> None:
    status, text = ask(server, f"SELECT * {{ {PRODUCT} }} LIMIT 2000")
    assert status == 200
    assert len(text) > 1 << 20
    assert len(json.loads(text)["results"]["bindings"]) == 2000


def test_a_thousand_alternatives_end_in_time(server: Running) -> None:
    union = " UNION ".join(f"{{ ?s <http://e.example/{number}> ?o }}" for number in range(1000))
    status, text = ask(server, f"SELECT * {{ {union} }}")
    assert status in (200, 503), text[:300]
    assert ask(server, ASK)[0] == 200


def test_regular_expressions_do_not_explode(server: Running) -> None:
    status, text = ask(server, f"SELECT (REGEX('{'a' * 5000}b', '^(a+)+$') AS ?x) {{}}")
    assert (status, "false" in text) == (200, True)


def test_more_queries_than_there_is_room_for_are_told_to_come_again(server: Running) -> None:
    told: list[tuple[int, str]] = []
    asking = [threading.Thread(target=lambda: told.append(ask(server, CROSS))) for _ in range(12)]
    for each in asking:
        each.start()
    for each in asking:
        each.join(30)
    assert [status for status, _ in told] == [503] * 12
    assert any("too many queries are waiting" in text for _, text in told)
    assert any("stopped after" in text for _, text in told)
    assert ask(server, ASK)[0] == 200
    assert len(server.workers) <= LIMITS.workers + 1


def test_a_worker_that_dies_costs_one_query(server: Running) -> None:
    ask(server, ASK)
    for number in server.workers:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    time.sleep(0.5)
    assert ask(server, ASK)[0] == 200


def test_a_query_ends_with_its_client(server: Running) -> None:
    ask(server, ASK)
    request = f"GET /sparql?query={quote(CROSS)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    idle = set(server.workers)
    with socket.create_connection((server.host, server.port)) as connection:
        connection.sendall(request)
        time.sleep(0.4)
        asked = set(server.workers)
    deadline = time.monotonic() + 1.0
    while asked & set(server.workers) & idle and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not asked <= set(server.workers)


def test_workers_end_with_their_server(serve_folder: Callable[[Limits], AbstractContextManager[Running]]) -> None:
    with serve_folder(LIMITS) as server:
        ask(server, ASK)
        threading.Thread(target=ask_in_vain, args=(server,)).start()
        time.sleep(0.3)
        workers = server.workers
        assert workers
        server.process.kill()
        server.process.wait()
        deadline = time.monotonic() + 20
        while any(is_running(number) for number in workers) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert not any(is_running(number) for number in workers)


def ask_in_vain(server: Running) -> None:
    with suppress(OSError, http.client.HTTPException):
        ask(server, CROSS)


def is_running(number: int) -> bool:
    try:
        with open(f"/proc/{number}/stat") as file:  # noqa: PTH123
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


SPELT = [
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * { service silent<%s>{?s ?p ?o} }",
    "SELECT * { ?s ?p ?o.SERVICE<%s>{?s ?p ?o} }",
    "SELECT * { ?s ?p true SERVICE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * { SERVICE#\n#x\n<%s>#{\n{ ?s ?p ?o } }",
    "PREFIX s: <%s> SELECT * { SERVICE SILENT s: { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { <%s> } SERVICE SILENT ?x { ?s ?p ?o } }",
    "SELECT * { VALUES ?a·b { <%s> } SERVICE SILENT ?a·b { ?s ?p ?o } }",
    'SELECT * { BIND("""a"b""" AS ?x) SERVICE SILENT <%s> { ?s ?p "x" } }',
    "SELECT * { ?s ?p <http://e.example/\\u0041#> . SERVICE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * { FILTER('a'<'x>y') SERVICE SILENT <%s> { ?s ?p 'b' } }",
    "SELECT * { \\u0053ERVICE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * FROM <%s> { ?s ?p ?o }",
    "SELECT * FROM NAMED <%s> { GRAPH ?g { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE SILENT <%s> { ?s ?p ?o } } }",
    "LOAD <%s>",
    "LOAD SILENT <%s> INTO GRAPH <http://e.example/g>",
]


@pytest.mark.parametrize("query", SPELT)
def test_no_query_makes_the_server_call_anybody(server: Running, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        status, text = ask(server, query.replace("%s", f"http://127.0.0.1:{listening.getsockname()[1]}/"))
        with pytest.raises(TimeoutError):
            listening.accept()
    assert status == 400 or "bindings" in text


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s ex:service ?service { ?s ?p ?o } }",
        "SELECT * { ?s ?p 'the civil service' } # a service",
        "SELECT * { GRAPH ex:service { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER REGEX(?o, 'service: the', 'i') }",
    ],
)
def test_the_word_service_may_stand_elsewhere(server: Running, query: str) -> None:
    status, text = ask(server, query)
    assert status == 200, text
