"""The client of the Reconciliation Service API, against a real HTTP server on loopback."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import typer
from tiny_pipeline import make_pipeline

import kg
from kg.cli.reconciling import reconcile as command
from kg.errors import OntologyError, SettingError, SourceError, StoreError
from kg.kb import web
from kg.kb.answers import Answers
from kg.kb.files import KbFile
from kg.kb.reconciliation import Candidate, Manifest, Query, ReconciliationService
from kg.kb.table import read_table
from kg.model import Issue
from kg.reconcile import COLUMNS, reconcile, write_matches

MANIFEST = {
    "versions": ["0.1", "0.2"],
    "name": "Harbours",
    "identifierSpace": "https://harbours.example/id/",
    "schemaSpace": "https://schema.org/Thing",
    "view": {"url": "https://harbours.example/page?id={{id}}"},
    "batchSize": 2,
}
Reply = tuple[int, dict[str, str], bytes]


def offer(name: str, *, match: bool = True, **more: object) -> dict[str, object]:
    return {"id": name.lower().replace(" ", "-"), "name": name, "score": 90, "match": match, **more}


class Service:
    """A server that answers with the replies of `script` first, then with `manifest` and a candidate for each name."""

    def __init__(self) -> None:
        self.manifest: dict[str, object] = dict(MANIFEST)
        self.script: list[Reply] = []
        self.asked: list[dict[str, dict[str, object]] | None] = []
        self.headers: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.result: Callable[[str], object] = lambda name: [offer(name)]
        service = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(None)

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.reply(json.loads(parse_qs(body)["queries"][0]))

            def reply(self, queries: dict[str, dict[str, object]] | None) -> None:
                service.asked.append(queries)
                service.headers.append({name.lower(): value for name, value in self.headers.items()})
                service.paths.append(self.path)
                status, headers, body = service.script.pop(0) if service.script else service.answer(queries)
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *given: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *given: object) -> None:
                """Say nothing of clients that hang up."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    @property
    def port(self) -> int:
        return self.server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/reconcile"

    @property
    def names(self) -> list[list[object]]:
        return [[query["query"] for query in queries.values()] for queries in self.asked if queries is not None]

    def answer(self, queries: dict[str, dict[str, object]] | None) -> Reply:
        found = {key: {"result": self.result(str(query["query"]))} for key, query in (queries or {}).items()}
        return say(self.manifest if queries is None else found)

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def say(value: object, status: int = 200, **headers: str) -> Reply:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return status, {name.replace("_", "-"): each for name, each in headers.items()}, body


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    made = Service()
    yield made
    made.close()


class Asking:
    """Asks a service for names; keeps the issues and the waits."""

    def __init__(self) -> None:
        self.issues: list[str] = []
        self.waits: list[float] = []

    def __call__(self, service: Service, *names: str, **options: object) -> dict[str, tuple[Candidate, ...] | None]:
        queries = [Query(name) for name in names]
        with ReconciliationService(service.url, wait=self.waits.append, **options) as client:
            return {query.name: found for query, found in client.candidates(queries, self.take)}

    def take(self, issue: Issue) -> None:
        self.issues.append(str(issue))


@pytest.fixture
def ask() -> Asking:
    return Asking()


# -- the protocol ------------------------------------------------------------------------------------------


def test_a_query_has_the_fields_that_are_given() -> None:
    full = Query("Ada", ("person",), (("port", ("Velmar",)), ("club", ("Tern", "Gull")), ("boat", ())), 3)
    assert full.fields == {
        "query": "Ada",
        "type": "person",
        "properties": [{"pid": "port", "v": "Velmar"}, {"pid": "club", "v": ["Tern", "Gull"]}],
        "limit": 3,
    }
    assert Query("Ada").fields == {"query": "Ada"}
    assert Query("Ada", ("person", "sailor")).fields["type"] == ["person", "sailor"]


def test_names_are_asked_in_batches_of_the_size_that_the_service_takes(service: Service, ask: Asking) -> None:
    found = ask(service, "Ada", "Bo", "Ada", "Cleo")
    assert {name: [each.name for each in candidates or ()] for name, candidates in found.items()} == {
        name: [name] for name in ("Ada", "Bo", "Cleo")
    }
    assert service.names == [["Ada", "Bo"], ["Cleo"]]
    assert service.asked[0] is None
    assert service.headers[1]["content-type"] == "application/x-www-form-urlencoded"
    assert service.headers[1]["user-agent"].startswith(f"kg/{kg.__version__}")


@pytest.mark.parametrize(("told", "size"), [(3, 3), (500, 50), (None, 10), ("many", 10), (0, 10)])
def test_batches_are_of_a_polite_size(told: object, size: int, service: Service, ask: Asking) -> None:
    service.manifest["batchSize"] = told
    ask(service, *map(str, range(60)))
    assert len(service.names[0]) == size
    assert sum(map(len, service.names)) == 60


def test_a_candidate_has_all_that_the_service_tells(service: Service, ask: Asking) -> None:
    more = {
        "description": "a \x1b[31mport\n",
        "type": [{"id": "p", "name": "port"}, "x"],
        "features": [{"id": "name", "value": 0.5}, {"id": "same", "value": True}, {"value": 1}],
    }
    service.result = lambda name: [offer(name, **more), offer("Other", match=False, score="7.5")]
    assert ask(service, "Velmar")["Velmar"] == (
        Candidate(
            "velmar",
            "https://harbours.example/id/velmar",
            "Velmar",
            "a [31mport",
            (("p", "port"), ("x", "x")),
            90.0,
            True,
            (("name", 0.5), ("same", 1.0)),
        ),
        Candidate("other", "https://harbours.example/id/other", "Other", score=7.5),
    )


@pytest.mark.parametrize(
    ("space", "view", "identifier", "iri"),
    [
        ("http://www.wikidata.org/entity/", None, "Q42", "http://www.wikidata.org/entity/Q42"),
        ("https://a.example/#", None, "x y", "https://a.example/#x%20y"),
        ("https://a.example/doc", "https://a.example/{{id}}.html", "a/b", "https://a.example/a%2Fb.html"),
        ("https://a.example/", None, "https://b.example/7", "https://b.example/7"),
        ("anything", None, "7", "7"),
    ],
)
def test_an_id_becomes_an_iri(space: str, view: str | None, identifier: str, iri: str) -> None:
    assert Manifest("a", space, view).iri(identifier) == iri


# -- no call unless it must be -----------------------------------------------------------------------------


def test_nothing_is_asked_before_it_must_be(service: Service, ask: Asking) -> None:
    assert ask(service) == {}
    assert service.asked == []


def test_what_was_answered_is_not_asked_again_unless_anew(service: Service, ask: Asking, tmp_path: Path) -> None:
    with Answers(tmp_path / "answers.sqlite") as answers:
        first = ask(service, "Ada", "Bo", answers=answers)
    asked = len(service.asked)
    with Answers(tmp_path / "answers.sqlite") as answers:
        assert ask(service, "Ada", "Bo", answers=answers) == first
        assert len(service.asked) == asked
        ask(service, "Ada", "Cleo", answers=answers)
        assert service.names[-1] == ["Cleo"]
        ask(service, "Ada", answers=answers, anew=True)
        assert service.names[-1] == ["Ada"]


def test_a_damaged_file_of_answers_is_told(tmp_path: Path) -> None:
    (tmp_path / "answers.sqlite").write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with pytest.raises(StoreError, match=r"answers\.sqlite: cannot be used \(file is not a database\); remove it"):
        Answers(tmp_path / "answers.sqlite")


# -- what goes wrong ---------------------------------------------------------------------------------------


def test_what_may_pass_is_asked_again_with_longer_and_longer_waits(service: Service, ask: Asking) -> None:
    service.script = [say(b"", 503), say(b"", 500), say(MANIFEST), say(b"", 429, Retry_After="7")]
    assert ask(service, "Ada")["Ada"]
    assert ask.waits == [1.0, 2.0, 7.0]


def test_a_service_may_name_the_time_until_which_to_wait(service: Service, ask: Asking) -> None:
    service.script = [say(b"", 503, Retry_After=formatdate(usegmt=True)), say(b"", 503, Retry_After="soon")]
    assert ask(service, "Ada")["Ada"]
    assert ask.waits == [0.0, 2.0]


def test_who_asks_us_to_wait_long_is_left_alone(service: Service, ask: Asking) -> None:
    service.script = [say(MANIFEST), say(b"", 429, Retry_After="3600")]
    assert set(ask(service, *"abcdefgh").values()) == {None}
    assert len(service.asked) == 2
    assert ask.issues == [
        f"{service.url}: asks us to wait 3600 seconds; try again then, what was answered is kept",
        f"{service.url}: is asked no more; 6 names are left, run this again for them",
    ]


def test_what_was_answered_is_kept_when_the_service_stops_answering(
    service: Service, ask: Asking, tmp_path: Path
) -> None:
    service.script = [
        say(MANIFEST),
        service.answer({"q0": {"query": "a"}, "q1": {"query": "b"}}),
        *[say(b"", 502)] * 12,
    ]
    with Answers(tmp_path / "answers.sqlite") as answers:
        found = ask(service, *"abcdefghij", answers=answers)
        assert [name for name, candidates in found.items() if candidates] == ["a", "b"]
        assert len(ask.issues) == 4
        assert "answers with HTTP status 502 (Bad Gateway), asked 4 times; try again later" in ask.issues[0]
        assert ask.issues[-1].endswith("is asked no more; 2 names are left, run this again for them")
        asked = len(service.asked)
        assert all(ask(service, *"abcdefghij", answers=answers).values())
        assert service.names[asked - 1] == ["c", "d"]


def test_a_batch_that_is_too_large_is_sent_in_halves(service: Service, ask: Asking) -> None:
    service.manifest["batchSize"] = 4
    service.script = [say(service.manifest), say(b"", 413)]
    found = ask(service, *"abcd")
    assert {name: candidates[0].name for name, candidates in found.items() if candidates} == dict(
        zip(*["abcd"] * 2, strict=True)
    )
    assert service.names == [list("abcd"), list("ab"), list("cd")]
    assert ask.issues == []


def test_a_redirect_on_the_same_host_is_followed_and_another_host_is_not_asked(service: Service, ask: Asking) -> None:
    service.script = [say(b"", 301, Location="/reconcile/")]
    assert ask(service, "Ada")["Ada"]
    assert service.paths == ["/reconcile", "/reconcile/", "/reconcile/"]
    service.script = [say(b"", 302, Location=f"http://localhost:{service.port}/x")]
    with pytest.raises(SourceError, match=r"redirects to 'http://localhost:\d+/x', which is another host; give that"):
        ask(service, "Ada")
    service.script = [say(b"", 307, Location="/reconcile")] * 9
    with pytest.raises(SourceError, match="redirects more than 5 times"):
        ask(service, "Ada")


@pytest.mark.parametrize(
    ("reply", "told"),
    [
        (say(b"<!DOCTYPE html><p>Welcome"), "answers with a web page; give the address of the service itself"),
        (say(b'{"name": '), "answers with broken JSON (Expecting value"),
        (say(b"[" * 100_000), "answers with broken JSON (RecursionError)"),
        (say(b'{"name": NaN}'), "answers with broken JSON (ValueError)"),
        (say(b'"\xff"'), "answers with broken JSON (UnicodeDecodeError)"),
        (say(["a"]), "answers with no manifest of a reconciliation service; check the address"),
        (say({"error": "no\nsuch"}), r"answers with no manifest of a reconciliation service but says 'no\nsuch'"),
        (say({**MANIFEST, "versions": ["1.0-draft"]}), """speaks versions '["1.0-draft"]' of the protocol"""),
        (say({**MANIFEST, "authentication": {"type": "http"}}), "asks who we are, which kg does not tell"),
        (say(b"", 401), "answers with HTTP status 401 (Unauthorized); it asks who we are"),
        (say(b"", 404), "answers with HTTP status 404 (Not Found); check the address"),
        (say(b"", 799), "answers with HTTP status 799; check the address"),
        (say(b"nothing packed", Content_Encoding="gzip"), "cannot be reached (Error -3 while decompressing data"),
    ],
)
def test_what_is_no_such_service_is_told_in_one_line(reply: Reply, told: str, service: Service, ask: Asking) -> None:
    service.script = [reply] * 4
    with pytest.raises(SourceError) as caught:
        ask(service, "Ada")
    assert str(caught.value).startswith(f"{service.url}: {told}")
    assert "\n" not in str(caught.value)


def test_an_answer_of_any_length_is_not_read_to_its_end(
    service: Service, ask: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "MOST_BYTES", 2 << 20)
    service.script = [say(b" " * (3 << 20))]
    with pytest.raises(SourceError, match="answers with more than 2 MB"):
        ask(service, "Ada")


def test_a_service_that_does_not_answer_is_given_up(service: Service, ask: Asking) -> None:
    release = threading.Event()

    def hang(queries: object) -> Reply:
        release.wait(20)
        return say(MANIFEST)

    service.answer = hang  # type: ignore[method-assign]
    try:
        with pytest.raises(SourceError, match=r"does not answer within 0\.05 seconds, asked 4 times"):
            ask(service, "Ada", timeout=0.05)
    finally:
        release.set()
    assert ask.waits == [1.0, 2.0, 4.0]


def test_an_address_where_nobody_listens_is_told_at_once(service: Service, ask: Asking) -> None:
    service.close()
    service.close = lambda: None  # type: ignore[method-assign]
    with pytest.raises(SourceError, match=r"cannot be reached \(.+\); check the address and the network"):
        ask(service, "Ada")
    assert ask.waits == []


@pytest.mark.parametrize(
    "url", ["", "wikidata", "ftp://a.example/", "https://", "http://[::1", "http://a b/", "file:///x"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(SettingError, match="is no address of a service; give one that begins with https://"):
        ReconciliationService(url)


def test_a_name_without_a_result_and_a_candidate_without_an_id_are_told(service: Service, ask: Asking) -> None:
    offers: dict[str, object] = {"Ada": [{"name": "Ada"}, {"id": 7, "name": "Ada Lind"}], "Bo": "none", "Cleo": []}
    service.manifest["batchSize"] = 5
    service.result = lambda name: offers[name]
    found = ask(service, "Ada", "Bo", "Cleo")
    assert [each.id for each in found["Ada"] or ()] == ["7"]
    assert (found["Bo"], found["Cleo"]) == (None, ())
    assert ask.issues == [
        f"{service.url}: gives no result for 1 of 3 names, 'Bo' among them; run this again for them",
        f"{service.url}: offers a candidate without an id or a name; it is passed over",
    ]


def test_what_a_service_says_instead_of_an_answer_is_shown(service: Service, ask: Asking) -> None:
    service.script = [say(MANIFEST), say({"status": "error", "message": "unknown type"})]
    assert ask(service, "Ada") == {"Ada": None}
    assert ask.issues == [f"{service.url}: answers no query but says 'unknown type'; check the address and the options"]


# -- graphs ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reconciliation")
    (folder / "a.txt").write_text("Ada Lind leads Harbour Party. Bo Ek met Ada Lind.")
    kg.build(folder / "a.txt", folder / "out", pipeline=make_pipeline()).close()
    return folder / "out"


@pytest.fixture
def graph(outputs: Path) -> Iterator[kg.Graph]:
    with kg.open_graph(outputs) as opened:
        yield opened


def test_named_things_are_asked_for_and_matches_given(service: Service, graph: kg.Graph) -> None:
    service.result = lambda name: [offer(name, match=name == "Ada Lind")]
    matches = reconcile(graph, service.url)
    assert {match.entity.label: match.candidate and match.candidate.id for match in matches} == {
        "Ada Lind": "ada-lind",
        "Bo Ek": None,
        "Harbour Party": None,
    }
    assert next(query for batch in service.asked[1:] for query in (batch or {}).values()) == {
        "query": "Ada Lind",
        "limit": 5,
    }


def test_classes_and_properties_are_sent_as_the_service_calls_them(service: Service, graph: kg.Graph) -> None:
    matches = reconcile(graph, service.url, types=[("Person", "human")], properties=[("leads", "heads")], limit=2)
    assert [query for batch in service.asked[1:] for query in (batch or {}).values()] == [
        {"query": "Ada Lind", "type": "human", "properties": [{"pid": "heads", "v": "Harbour Party"}], "limit": 2},
        {"query": "Bo Ek", "type": "human", "limit": 2},
    ]
    assert {match.kind for match in matches} == {graph.ontology.term("Person")}
    with pytest.raises(OntologyError, match='"Persn"'):
        reconcile(graph, service.url, types=[("Persn", None)])


def test_two_candidates_that_both_match_are_none(service: Service, graph: kg.Graph) -> None:
    service.result = lambda name: [offer(name), offer(f"{name} the younger")]
    assert [match.candidate for match in reconcile(graph, service.url, types=[("Party", None)])] == [None]


def test_matches_are_written_as_a_table_that_a_knowledge_base_can_be(
    service: Service, graph: kg.Graph, tmp_path: Path
) -> None:
    service.result = lambda name: [
        offer(f"{name}, Jr", type=[{"id": "human", "name": "human being"}]),
        offer("X", match=False),
    ]
    matches = reconcile(graph, service.url, types=[("Person", "human")])
    assert write_matches(matches, tmp_path / "all.csv", graph, every_candidate=True) == 4
    assert write_matches(matches, tmp_path / "people.csv", graph) == 2
    lines = (tmp_path / "people.csv").read_text().splitlines()
    assert lines[0].split(",") == list(COLUMNS)
    pieces = list(read_table(KbFile(tmp_path / "people.csv", "people.csv")))
    assert [[name for _, name in piece.names] for piece in pieces if not isinstance(piece, Issue)] == [
        ["Ada Lind, Jr", "Ada Lind"],
        ["Bo Ek, Jr", "Bo Ek"],
    ]
    assert [tuple(row.values()) for row in csv.DictReader(lines)] == [
        (f"https://harbours.example/id/{slug}%2C-jr", f"{name}, Jr", name, "person|human being", "90", "true", iri, "")
        for name, slug, iri in (
            (each.entity.label, each.entity.iri.rpartition("/")[2], each.entity.iri) for each in matches
        )
    ]


# -- the command -------------------------------------------------------------------------------------------


def run(*arguments: object) -> int:
    app = typer.Typer()
    app.command()(command)
    try:
        return app([str(each) for each in arguments], standalone_mode=False) or 0
    except typer.Exit as stop:
        return stop.exit_code


def test_the_command_prints_matches_and_writes_the_file(
    service: Service, outputs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.result = lambda name: [offer(name, description="somebody", match=name == "Ada Lind")]
    file = tmp_path / "people.csv"
    assert run(service.url, "--type", "Person=human", "-o", file, "--graph", outputs) == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[-1].split() == ["Ada", "Lind", "Ada", "Lind", "ada-lind", "90", "yes", "somebody"]
    assert told.err == f"wrote {file} (1 row)\n2 names, 1 matched, 0 not answered\n"
    assert len(file.read_text().splitlines()) == 2
    asked = len(service.asked)
    assert run(service.url, "--type", "Person=human", "--all", "--graph", outputs) == 0
    assert "Bo Ek" in capsys.readouterr().out
    assert len(service.asked) == asked


def test_the_command_ends_with_1_when_a_name_is_not_answered(
    service: Service, outputs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    service.result = lambda name: None
    assert run(service.url, "--type", "Party", "--anew", "--graph", outputs) == 1
    assert "gives no result for 1 of 1 names" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "given"), [("--type", "=Q5"), ("--type", "Person="), ("--property", "leads")])
def test_the_command_tells_how_options_are_written(option: str, given: str, service: Service, outputs: Path) -> None:
    with pytest.raises(typer.BadParameter, match="is not of the form of"):
        run(service.url, option, given, "--graph", outputs)
    assert service.asked == []
