from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.errors import StoreError
from kg.serve import Limits
from kg.serve.guard import LOOPBACK, Guard
from kg.serve.run import open_socket

from .served import Running

LIMITS = Limits(timeout=5.0, reading=2.0, body=1 << 20, head=16 << 10)
HEAD = b"GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\n"
POST = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sparql-query\r\n"
WHOLE = HEAD + b"Accept: application/json\r\nConnection: close\r\n\r\n"


async def echo(request: Request) -> PlainTextResponse:
    if request.method == "POST":
        await request.body()
    if request.url.path == "/broken":
        raise ValueError("secret")
    return PlainTextResponse("done")


async def refuse(scope, receive, send, status, message):  # type: ignore[no-untyped-def]
    await PlainTextResponse(message, status)(scope, receive, send)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    paths = ("/", "/sparql", "/corrections", "/broken")
    guard = Middleware(Guard, hosts=LOOPBACK, limits=Limits(body=1000), refuse=refuse)
    app = Starlette(routes=[Route(path, echo, methods=["GET", "POST"]) for path in paths], middleware=[guard])
    with TestClient(app, base_url="http://localhost") as made:
        yield made


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:80", "[::1]", "[::1]:8000"])
def test_loopback_names_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).text == "done"


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "", "x:y"],
)
def test_other_names_are_not(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "--allow-host" in answer.text


def test_every_answer_has_the_headers_that_keep_scripts_and_frames_out(client: TestClient) -> None:
    for answer in (client.get("/"), client.get("/", headers={"host": "evil.example"}), client.get("/broken")):
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"origin": "http://localhost", "sec-fetch-site": "same-origin"}, 200),
        ({"sec-fetch-site": "none"}, 200),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "http://localhost:9"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://[evil"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://localhost"}, 403),
    ],
)
def test_other_sites_cannot_change_anything(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/corrections", data={"a": "b"}, headers=headers).status_code == status
    assert client.post("/sparql", data={"a": "b"}, headers=headers).status_code == 200


def test_a_long_body_is_refused_by_its_length_and_while_it_comes(client: TestClient) -> None:
    assert client.post("/corrections", content=b"x" * 1000).status_code == 200
    by_length = client.post("/corrections", content=b"x" * 1001)
    streamed = client.post("/corrections", content=iter([b"x" * 600, b"x" * 600]))
    for answer in (by_length, streamed):
        assert answer.status_code == 413
        assert "send less" in answer.text
    assert client.post("/corrections", content=b"", headers={"content-length": "many"}).status_code == 413


def test_what_nobody_foresaw_is_told_without_its_inside(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/broken")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "GET /broken failed (ValueError: secret)" in caplog.text


# -- a server of its own ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(serve_folder: Callable[[Limits], AbstractContextManager[Running]]) -> Iterator[Running]:
    with serve_folder(LIMITS) as running:
        yield running


def connect(server: Running) -> socket.socket:
    return socket.create_connection((server.host, server.port), timeout=30)


def exchange(server: Running, request: bytes) -> bytes:
    with connect(server) as connection:
        connection.sendall(request)
        return read_all(connection)


def read_all(connection: socket.socket) -> bytes:
    answer = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            answer += piece
    return answer


def is_answering(server: Running) -> bool:
    answer = exchange(server, WHOLE)
    return answer.startswith(b"HTTP/1.1 200") and json.loads(answer.partition(b"\r\n\r\n")[2])["boolean"] is True


def test_two_hundred_connections_that_never_finish_do_not_keep_the_next_from_its_answer(server: Running) -> None:
    before = server.memory
    with ExitStack() as stack:
        waiting = [stack.enter_context(connect(server)) for _ in range(200)]
        for number, each in enumerate(waiting):
            each.sendall(
                (b"", HEAD, HEAD + b"X-Slow: ", HEAD.replace(b"GET", b"POST") + b"Content-Length: 9\r\n\r\n")[
                    number % 4
                ]
            )
        assert is_answering(server)
        assert server.memory - before < 64 << 20
        for each in waiting:
            assert read_all(each).partition(b"\r\n")[0] in (b"", b"HTTP/1.1 408 Request Timeout")
    assert is_answering(server)


def test_a_client_that_sends_a_byte_now_and_then_is_not_waited_for(server: Running) -> None:
    with connect(server) as connection:
        started = time.monotonic()
        with suppress(OSError):
            connection.sendall(HEAD + b"X-Slow: ")
            while time.monotonic() - started < 30:
                connection.sendall(b"y")
                time.sleep(0.2)
        assert time.monotonic() - started < 30
    assert is_answering(server)


def test_a_body_of_a_gigabyte_is_refused_and_never_held(server: Running) -> None:
    before = server.memory
    head = POST + b"Content-Length: 1073741824\r\n\r\n"
    with connect(server) as connection:
        connection.sendall(head)
        piece = b"x" * (1 << 20)
        with suppress(OSError):
            for _ in range(1024):
                connection.sendall(piece)
        answer = connection.recv(65536)
    assert answer.startswith(b"HTTP/1.1 413")
    assert server.memory - before < 64 << 20
    assert is_answering(server)


def test_a_body_of_unknown_length_is_refused_while_it_comes(server: Running) -> None:
    before = server.memory
    head = POST + b"Transfer-Encoding: chunked\r\n\r\n"
    with connect(server) as connection:
        connection.sendall(head)
        piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
        with suppress(OSError):
            for _ in range(16384):
                connection.sendall(piece)
    assert server.memory - before < 64 << 20
    assert is_answering(server)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /" + b"a" * (1 << 20) + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        HEAD + b"".join(b"X-%d: %s\r\n" % (number, b"y" * 1000) for number in range(2000)) + b"\r\n",
        HEAD + b"Cookie: " + b"z" * (1 << 20),
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
        + b"T: x\r\n" * 1_000_000,
    ],
    ids=["address", "many headers", "one header", "trailers"],
)
def test_a_head_without_end_is_refused(server: Running, request_: bytes) -> None:
    before = server.memory
    with connect(server) as connection:
        with suppress(OSError):
            connection.sendall(request_)
        answer = read_all(connection)
    assert not answer.startswith(b"HTTP/1.1 200")
    assert server.memory - before < 64 << 20
    assert is_answering(server)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", b"421"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"400"),
        (b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /static/..%2f..%2f..%2fetc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /id/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", b"404"),
        (b"GET /id/a%0ab HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", b"404"),
    ],
)
def test_bad_requests_are_refused(server: Running, request_: bytes, status: bytes) -> None:
    answer = exchange(server, request_.replace(b"HTTP/1.1\r\n\r\n", b"HTTP/1.1\r\nConnection: close\r\n\r\n"))
    assert answer.startswith(b"HTTP/1.1 " + status), answer[:200]
    assert b"root:" not in answer
    assert is_answering(server)


def test_a_client_that_does_not_read_its_answer_is_left(server: Running) -> None:
    query = b"SELECT+*+%7B+?a+?b+?c.+?d+?e+?f.+?g+?h+?i+%7D+LIMIT+100000"
    with ExitStack() as stack:
        for _ in range(4):
            each = stack.enter_context(connect(server))
            each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            each.sendall(b"GET /sparql?query=" + query + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(LIMITS.reading * 2)
        assert is_answering(server)
        assert server.memory < 400 << 20


def test_a_port_that_is_taken_is_one_clear_line(folder: Path) -> None:
    with open_socket("127.0.0.1", 0) as taken, pytest.raises(StoreError, match="choose another with --port"):
        open_socket("127.0.0.1", taken.getsockname()[1])


def test_the_command_tells_its_address_and_ends_clean(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    command = [sys.executable, "-m", "kg", "serve", "--graph", str(folder), "--port"]
    with subprocess.Popen([*command, "0"], stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:(\d+)/ ", told)
        if found is None:
            process.kill()
        assert found is not None, told
        server = Running("127.0.0.1", int(found[1]), process)
        assert is_answering(server)
        second = subprocess.run([*command, found[1]], capture_output=True, text=True)
        assert second.returncode == 1
        assert second.stderr == (
            f"kg: port {found[1]} of 127.0.0.1: cannot be used (address already in use); choose another with --port\n"
        )
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
        assert process.stderr.read() == ""
    assert sorted(path.name for path in folder.iterdir()) == names
