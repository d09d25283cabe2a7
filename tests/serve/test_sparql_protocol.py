"""The query tests of the W3C SPARQL 1.1 Protocol suite, as the specification has them, and more of its rules."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass, field
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse
from starlette.testclient import TestClient

from .served import ARTICLE, OTHER

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
ASK = "ASK {}"
TWO_GRAPHS = "SELECT DISTINCT ?article { ?article a kg:Article } ORDER BY ?article"
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
JSON = "application/sparql-results+json"
XML = "application/sparql-results+xml"


@dataclass(frozen=True)
class Request:
    """A test of the suite: a request, the status it gets, and what its answer holds."""

    name: str
    status: int = 200
    method: str = "GET"
    params: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    boolean: bool | None = None
    values: tuple[str, ...] | None = None


def form(*fields: tuple[str, str]) -> bytes:
    return urlencode(fields).encode()


Q = ("query", ASK)
DG, DG2 = ("default-graph-uri", ARTICLE), ("default-graph-uri", OTHER)
NG, NG2 = ("named-graph-uri", ARTICLE), ("named-graph-uri", OTHER)
TYPED, SENT = {"content-type": FORM}, {"content-type": DIRECT}

SUITE = (
    Request("query_get", params=(Q,), boolean=True),
    Request("query_post_form", method="POST", body=form(Q), headers=TYPED, boolean=True),
    Request("query_post_direct", method="POST", body=ASK.encode(), headers=SENT, boolean=True),
    Request("query_content_type_select", params=(("query", "SELECT (1 AS ?v) {}"),), values=("1",)),
    Request("query_content_type_ask", params=(Q,), boolean=True),
    Request("query_content_type_describe", params=(("query", f"DESCRIBE <{ARTICLE}>"),)),
    Request("query_content_type_construct", params=(("query", "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"),)),
    Request("query_dataset_default_graph", params=(("query", TWO_GRAPHS), DG), values=(ARTICLE,)),
    Request("query_dataset_default_graphs_get", params=(("query", TWO_GRAPHS), DG, DG2), values=(OTHER, ARTICLE)),
    Request(
        "query_dataset_default_graphs_post",
        method="POST",
        body=form(("query", TWO_GRAPHS), DG, DG2),
        headers=TYPED,
        values=(OTHER, ARTICLE),
    ),
    Request(
        "query_dataset_default_graphs_post_direct",
        method="POST",
        params=(DG, DG2),
        body=TWO_GRAPHS.encode(),
        headers=SENT,
        values=(OTHER, ARTICLE),
    ),
    Request("query_dataset_named_graphs_get", params=(("query", NAMED), NG, NG2), values=(OTHER, ARTICLE)),
    Request(
        "query_dataset_named_graphs_post",
        method="POST",
        body=form(("query", NAMED), NG),
        headers=TYPED,
        values=(ARTICLE,),
    ),
    Request("query_dataset_named_graphs_leave_the_default_empty", params=(("query", TWO_GRAPHS), NG), values=()),
    Request("query_dataset_default_graphs_leave_no_named", params=(("query", NAMED), DG), values=()),
    Request(
        "query_dataset_full",
        params=(("query", "SELECT ?a ?g { ?a a kg:Article . GRAPH ?g { ?g a kg:Article } }"), DG, NG2),
        values=(ARTICLE, OTHER),
    ),
    Request(
        "query_multiple_dataset",
        params=(("query", f"SELECT ?article FROM <{OTHER}> {{ ?article a kg:Article }}"), DG),
        values=(ARTICLE,),
    ),
    Request("query_dataset_from", params=(("query", f"SELECT ?a FROM <{OTHER}> {{ ?a a ?kind }}"),), values=(OTHER,)),
    Request(
        "query_dataset_from_elsewhere", params=(("query", "ASK FROM <http://a.example/g> { ?s ?p ?o }"),), boolean=False
    ),
    Request("bad_query_method", 405, "PUT", (Q,)),
    Request("bad_query_delete_method", 405, "DELETE", (Q,)),
    Request("bad_multiple_queries", 400, params=(Q, Q)),
    Request("bad_multiple_queries_post", 400, "POST", body=form(Q, Q), headers=TYPED),
    Request("bad_query_wrong_media_type", 415, "POST", body=ASK.encode(), headers={"content-type": "text/plain"}),
    Request("bad_query_missing_form_type", 415, "POST", body=form(Q)),
    Request("bad_query_missing_direct_type", 415, "POST", body=ASK.encode()),
    Request(
        "bad_query_non_utf8",
        415,
        "POST",
        body=ASK.encode("utf-16"),
        headers={"content-type": DIRECT + "; charset=UTF-16"},
    ),
    Request("bad_query_bytes_of_latin1", 400, "POST", body='ASK { ?s ?p "é" }'.encode("latin-1"), headers=SENT),
    Request("bad_query_form_of_latin1", 400, "POST", body=b"query=ASK+%7B+%3Fs+%3Fp+%22%E9%22+%7D", headers=TYPED),
    Request("bad_query_syntax", 400, params=(("query", "ASK {"),)),
    Request("bad_query_empty", 400, params=(("query", " "),)),
    Request("bad_query_missing", 400, "POST", body=form(DG), headers=TYPED),
    Request("bad_query_missing_get", 400, params=(DG,)),
    Request("bad_query_in_address_and_body", 400, "POST", (Q,), ASK.encode(), SENT),
    Request("bad_default_graph", 400, params=(Q, ("default-graph-uri", "no iri"))),
    Request("bad_named_graph_with_a_newline", 400, params=(Q, ("named-graph-uri", "http://e.example/a\nb"))),
    Request("bad_iri_with_a_newline", 400, params=(("query", "ASK { <http://e.example/a\nb> ?p ?o }"),)),
    Request("bad_undeclared_prefix", 400, params=(("query", "ASK { nowhere:a ?p ?o }"),)),
    Request("bad_query_of_300_kilobytes", 413, "POST", body=b"ASK { ?s ?p '" + b"a" * 300_000 + b"' }", headers=SENT),
    Request("update_get", 403, params=(("update", "CLEAR ALL"),)),
    Request("update_post_form", 403, "POST", body=form(("update", "CLEAR ALL")), headers=TYPED),
    Request(
        "update_post_direct", 403, "POST", body=b"CLEAR ALL", headers={"content-type": "application/sparql-update"}
    ),
    Request("update_as_query", 400, params=(("query", "INSERT DATA { <http://e.example/a> a <http://e.example/b> }"),)),
    Request("load_as_query", 400, params=(("query", "LOAD <http://e.example/a>"),)),
)


def ask(client: TestClient, request: Request, **more: str):  # type: ignore[no-untyped-def]
    return client.request(
        request.method,
        "/sparql",
        params=list(request.params),
        content=request.body,
        headers={**request.headers, **more},
        follow_redirects=False,
    )


@pytest.mark.parametrize("request_", SUITE, ids=[each.name for each in SUITE])
def test_protocol(client: TestClient, request_: Request) -> None:
    answer = ask(client, request_)
    assert answer.status_code == request_.status, answer.text
    if request_.status != 200:
        assert answer.headers["content-type"].startswith("text/plain")
        assert len(answer.text.splitlines()) == 1
    if request_.boolean is not None:
        assert answer.json()["boolean"] is request_.boolean
    if request_.values is not None:
        rows = answer.json()["results"]["bindings"]
        assert tuple(row[name]["value"] for row in rows for name in answer.json()["head"]["vars"]) == request_.values


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/json", "application/json"),
        (XML, XML),
        ("application/*", JSON),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values, text/csv;q=0.9", "text/tab-separated-values; charset=utf-8"),
        ("image/png, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (f"{JSON};q=0, */*", XML),
        ("TEXT/CSV", "text/csv; charset=utf-8"),
        ("text/csv;q=high, */*;q=0.1", JSON),
    ],
)
@pytest.mark.parametrize("query", ["SELECT ?o { <https://kg.example/id/ada> rdfs:label ?o }", "ASK {}"])
def test_rows_come_in_the_format_that_the_client_likes_best(
    client: TestClient, accept: str, media: str, query: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media)
    assert "accept" in answer.headers["vary"].lower()
    word = "true" if query == "ASK {}" else "Ada Marsh"
    if "json" in media:
        assert word in json.dumps(answer.json())
    elif "xml" in media:
        assert word in "".join(ElementTree.fromstring(answer.text).itertext())
    else:
        delimiter = "," if "csv" in media else "\t"
        rows = list(csv.reader(io.StringIO(answer.text), delimiter=delimiter))
        assert word in rows[-1][0]


@pytest.mark.parametrize(
    ("accept", "media", "format"),
    [
        ("*/*", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("text/turtle", "text/turtle; charset=utf-8", RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml", RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize(
    "query", ["CONSTRUCT WHERE { ?s rdfs:label ?o }", "DESCRIBE id:ada", "CONSTRUCT { ?s ?p 5 } WHERE { ?s ?p ?o }"]
)
def test_triples_come_in_the_format_that_the_client_likes_best(
    client: TestClient, accept: str, media: str, format: RdfFormat, query: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, media), answer.text
    subjects = {quad.subject for quad in parse(answer.content, format)}
    assert NamedNode("https://kg.example/id/ada") in subjects


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [
        ("SELECT * { ?s ?p ?o }", "text/turtle", JSON),
        ("CONSTRUCT WHERE { ?s ?p ?o }", JSON, "text/turtle"),
        ("ASK {}", "image/png", "text/csv"),
    ],
)
def test_a_format_that_there_is_not_is_refused_with_those_that_there_are(
    client: TestClient, query: str, accept: str, offered: str
) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 406
    assert offered in answer.text


def test_prefixes_of_the_graph_are_declared_already(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": "ASK { id:ada ex:chairs id:club }"})
    assert answer.json()["boolean"] is True
    declared = "PREFIX ex: <http://other.example/> ASK { id:ada ex:chairs id:club }"
    assert client.get("/sparql", params={"query": declared}).json()["boolean"] is False


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * { ?s ?p", "line 1, column 17"),
        ("SELECT *\nWHERE { ?s ?p ?o . FILTER(?o > }", "line 2"),
        ("INSERT DATA { <http://e.example/a> a <http://e.example/b> }", "INSERT would change the graph"),
        ("LOAD <http://e.example/a>", "LOAD would change the graph"),
        ("SELECT * { SERVICE <http://e.example/> { ?s ?p ?o } }", "kg stays offline"),
    ],
)
def test_a_query_that_is_refused_is_told_why(client: TestClient, query: str, told: str) -> None:
    answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    assert told in answer.text
    assert len(answer.text.splitlines()) == 1


def test_updates_are_told_that_the_endpoint_reads_only(client: TestClient) -> None:
    answer = client.post("/sparql", data={"update": "CLEAR ALL"})
    assert "read-only" in answer.text
    assert client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "format"), [("text/turtle", RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)]
)
def test_a_request_without_a_query_gets_the_description_of_the_service(
    client: TestClient, accept: str, format: RdfFormat
) -> None:
    answer = client.get("/sparql", headers={"accept": accept})
    assert answer.status_code == 200
    sd = "http://www.w3.org/ns/sparql-service-description#"
    told = {(quad.predicate.value.removeprefix(sd), quad.object.value) for quad in parse(answer.content, format)}
    assert ("endpoint", "http://localhost/sparql") in told
    assert ("supportedLanguage", sd + "SPARQL11Query") in told
    assert {("name", ARTICLE), ("name", OTHER)} <= told
    assert not [value for _, value in told if "Update" in value or "Federated" in value]


def test_a_browser_without_a_query_is_sent_to_the_page_for_queries(client: TestClient) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = client.get("/sparql", headers={"accept": accept}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/query")
    asked = client.get("/sparql", params={"query": ASK}, headers={"accept": accept}, follow_redirects=False)
    assert asked.status_code == 200


def test_other_sites_may_ask_and_read_the_answer(client: TestClient) -> None:
    origin = {"origin": "https://notebook.example", "sec-fetch-site": "cross-site"}
    asked = client.post("/sparql", data={"query": ASK}, headers=origin)
    assert (asked.status_code, asked.headers["access-control-allow-origin"]) == (200, "*")
    preflight = client.options("/sparql", headers={**origin, "access-control-request-method": "POST"})
    assert preflight.status_code == 204
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "content-type" in preflight.headers["access-control-allow-headers"]
    refused = client.get("/sparql", params={"query": "ASK {"}, headers=origin)
    assert refused.headers["access-control-allow-origin"] == "*"


def test_a_method_that_is_not_answered_is_told_which_are(client: TestClient) -> None:
    answer = client.put("/sparql", content=b"")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS, POST"


def test_head_gives_what_get_gives_without_the_body(client: TestClient) -> None:
    got, asked = (client.request(method, "/sparql", params={"query": ASK}) for method in ("GET", "HEAD"))
    assert asked.headers["content-type"] == got.headers["content-type"]
    assert asked.headers["content-length"] == got.headers["content-length"]
