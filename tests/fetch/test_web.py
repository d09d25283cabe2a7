from __future__ import annotations

import gzip
import socket
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import httpcore
import httpx
import pytest

from fetch.site import Answer, Site
from kg.errors import SettingError, SourceError, StoreError
from kg.read.fetch import Fetching
from kg.read.fetch.unpacking import MOST_BYTES
from kg.read.fetch.web import GoneError, Web, _find_target, _Response


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def web(waited: list[float]) -> Iterator[Web]:
    with Web(Fetching(allow_private=True, pause=0), wait=waited.append) as found:
        yield found


@pytest.fixture
def hasty(waited: list[float]) -> Iterator[Web]:
    with Web(Fetching(allow_private=True, pause=0, patience=0.5), wait=waited.append) as found:
        yield found


def open_remembering(path: Path) -> Web:
    return Web(Fetching(allow_private=True, pause=0, memory=path), wait=lambda _: None)


def fail(web: Web, address: str) -> str:
    with pytest.raises(SourceError) as caught:
        web.get(address)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_an_answer_comes_with_its_address_and_type(site: Site, web: Web) -> None:
    site["/a?b=c"] = Answer(b"One.", "text/plain; charset=latin-1")
    found = web.get(f"{site.url}/a?b=c#part")
    assert (found.url, found.type, found.body) == (f"{site.url}/a?b=c", "text/plain; charset=latin-1", b"One.")
    (_, headers) = site.asked[-1]
    assert headers["User-Agent"].startswith("kg/")
    assert headers["Host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "127.1", "2130706433", "0x7f000001", "0", "127。0。0。1",
     "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "10.0.0.1",
     "192.168.0.1", "172.16.9.9", "169.254.169.254", "100.64.0.1"],
)  # fmt: skip
def test_hosts_that_are_not_public_are_refused_however_they_are_written(site: Site, host: str) -> None:
    with Web(Fetching(pause=0, patience=2)) as web:
        assert "is not on the public Internet" in fail(web, f"http://{host}:{site.port}/")
    assert site.asked == []


def resolve_to(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let names resolve to addresses, one answer after the other, and give the addresses that are connected to."""
    pending, connected = list(answers), list[str]()

    def resolve(host: str, port: int, **_: Any) -> list[Any]:
        found = pending.pop(0) if len(pending) > 1 else pending[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    def connect(self: object, host: str, *_: object) -> httpcore.NetworkStream:
        connected.append(host)
        raise httpcore.ConnectError("not in a test")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return connected


def test_a_name_that_resolves_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolve_to(monkeypatch, ["93.184.216.34", "192.168.1.1"])
    with Web(Fetching(pause=0)) as web:
        assert fail(web, "http://news.example/").startswith("is at 192.168.1.1, which is not on the public Internet")
    assert connected == []


def test_what_was_looked_at_is_what_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = resolve_to(monkeypatch, ["93.184.216.34"], ["127.0.0.1"])
    with Web(Fetching(pause=0), wait=lambda _: None) as web:
        assert "127.0.0.1, which is not on the public" in fail(web, "http://news.example/")
    assert connected == ["93.184.216.34"]


def test_a_redirect_to_a_private_address_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_public(address: str) -> bool:
        return address == "127.0.0.1"  # the site stands for the Internet here

    monkeypatch.setattr("kg.read.fetch.connection.is_public", is_public)
    site["/a"] = Answer(status=302, headers={"Location": f"http://[::1]:{site.port}/secret"})
    site["/b"] = Answer(status=307, headers={"Location": "http://169.254.169.254/latest/meta-data"})
    with Web(Fetching(pause=0)) as web:
        for path in ("/a", "/b"):
            assert "is not on the public Internet" in fail(web, site.url + path)
            assert fail(web, site.url + path).startswith("leads to 'http://")
    assert "/secret" not in site.paths


@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("/a", "redirects in a circle"),
        ("/b", "redirects in a circle"),
        ("ftp://news.example/", "redirects to 'ftp://news.example/', which is a ftp address"),
        ("file:///etc/passwd", "redirects to 'file:///etc/passwd', which is a file address"),
        ("http://me:secret@127.0.0.1/", "redirects to 'http://me:secret@127.0.0.1/', which holds a user name"),
        ("http://[", r"redirects to 'http://\[', which is no web address"),
        ("/" + "x" * 5000, "redirects to '/xxxx"),
        ("", "redirects in a circle"),
    ],
)
def test_redirects_that_lead_nowhere_are_one_line(site: Site, web: Web, location: str, message: str) -> None:
    site["/a"] = Answer(status=301, headers={"Location": location})
    site["/b"] = Answer(status=301, headers={"Location": "/a"})
    with pytest.raises(SourceError, match=message):
        web.get(f"{site.url}/a")


def test_a_redirect_to_what_is_less_safe_is_refused() -> None:
    response = _Response(302, {"location": "http://news.example/a"}, b"")
    assert str(_find_target(httpx.URL("http://news.example/"), response)) == "http://news.example/a"
    with pytest.raises(SourceError, match=r"redirects to 'http://news\.example/a', which is less safe"):
        _find_target(httpx.URL("https://news.example/"), response)


def test_a_long_way_of_redirects_ends(site: Site, web: Web) -> None:
    for number in range(30):
        site[f"/{number}"] = Answer(status=302, headers={"Location": f"/{number + 1}"})
    assert fail(web, f"{site.url}/0").startswith("redirects more than 5 times")
    assert len(site.paths) == 6


def test_redirects_are_followed(site: Site, web: Web) -> None:
    site["/old"] = Answer(status=301, headers={"Location": "../new"})
    site["/new"] = Answer(b"here")
    assert web.get(f"{site.url}/old").url == f"{site.url}/new"


def test_an_answer_of_ten_gigabytes_is_not_read(site: Site, web: Web) -> None:
    sent = 0

    def answer(handler: BaseHTTPRequestHandler, told: bool) -> None:
        nonlocal sent
        handler.send_response(200)
        if told:
            handler.send_header("Content-Length", str(10 << 30))
        handler.end_headers()
        for _ in range(10 << 10):
            handler.wfile.write(bytes(1 << 20))
            sent += 1 << 20

    for path, told in (("/told", True), ("/untold", False)):
        site[path] = lambda handler, told=told: answer(handler, told)
        assert fail(web, site.url + path).startswith("answers with more than 64 MB")
    assert sent < 3 * MOST_BYTES


def pack_zeros(size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)), packer.flush()])


@pytest.mark.parametrize(
    ("coding", "body", "message"),
    [
        ("gzip", pack_zeros(80 << 20), "answers with more than 64 MB"),
        ("gzip", gzip.compress(pack_zeros(1 << 20))[:-20], "is cut off"),
        ("gzip", b"no gzip at all", "is broken"),
        ("br", b"\x8b\x02\x80", "answers packed with 'br'"),
        ("gzip, gzip", b"", "answers packed with 'gzip, gzip'"),
    ],
    ids=["too long", "cut off", "broken", "another way", "two ways"],
)
def test_packed_answers_that_cannot_be_unpacked(site: Site, web: Web, coding: str, body: bytes, message: str) -> None:
    site["/a"] = Answer(body, headers={"Content-Encoding": coding})
    assert fail(web, f"{site.url}/a").startswith(message)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "identity"])
def test_packed_answers_are_unpacked(site: Site, web: Web, coding: str) -> None:
    body = {"deflate": zlib.compress(b"One."), "identity": b"One."}.get(
        coding, gzip.compress(b"On") + gzip.compress(b"e.")
    )
    site["/a"] = Answer(body, headers={"Content-Encoding": coding})
    assert web.get(f"{site.url}/a").body == b"One."


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send the head of an answer, a little at a time, for ever."""
    for _ in range(2000):
        handler.wfile.write(b"X")
        handler.wfile.flush()
        time.sleep(0.02)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    drip(handler)


@pytest.mark.parametrize("route", [drip, drip_body])
def test_an_answer_that_does_not_end_is_given_up(
    site: Site, hasty: Web, route: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.read.fetch.web.WHOLE", 1)
    site["/robots.txt"] = Answer(status=404)
    site["/a"] = route
    assert fail(hasty, f"{site.url}/a").startswith("does not end its answer within 0.5 seconds")


def test_silence_is_given_up_and_asked_again_once(site: Site, hasty: Web) -> None:
    site["/a"] = lambda handler: time.sleep(1)
    assert fail(hasty, f"{site.url}/a").startswith("does not answer within 0.5 seconds")
    assert site.paths == ["/a", "/a"]


def test_a_host_that_does_not_answer_is_left_alone(site: Site, web: Web) -> None:
    for number in range(5):
        site[f"/{number}"] = Answer(status=503)
        told = fail(web, f"{site.url}/{number}")
        assert ("is not asked" in told) == (number >= 3)
    assert len(site.paths) == 6


@pytest.mark.parametrize(
    "route",
    [
        lambda handler: handler.wfile.write(b"HTTP/1.1 two hundred\r\n\r\n") and None,
        lambda handler: handler.wfile.write(b"\x00\xff" * 100) and None,
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort") and None,
        lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 100_000 + b"\r\n") and None,
        lambda handler: None,
    ],
    ids=["no status", "no HTTP", "cut off", "endless head", "hang up"],
)
def test_what_is_no_answer_is_one_line(site: Site, web: Web, route: Callable[..., None]) -> None:
    site["/a"] = route
    told = fail(web, f"{site.url}/a")
    assert told.startswith(("gives an answer that cannot be read (", "cannot be reached ("))
    assert told.isprintable()


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (204, "answers with HTTP status 204 (No Content)"),
        (206, "answers with HTTP status 206"),
        (304, "answers with HTTP status 304"),
        (401, "answers with HTTP status 401 (Unauthorized); it is not for everybody"),
        (403, "answers with HTTP status 403 (Forbidden); it is not for everybody"),
        (404, "answers with HTTP status 404 (Not Found); check the address"),
        (418, "answers with HTTP status 418"),
        (599, "answers with HTTP status 599; check the address"),
    ],
)
def test_a_status_that_is_no_page_is_one_line(site: Site, web: Web, status: int, told: str) -> None:
    site["/a"] = Answer(status=status)
    assert fail(web, f"{site.url}/a").startswith(told)


def test_a_page_that_is_gone_is_told_apart(site: Site, web: Web) -> None:
    site["/old"] = Answer(status=301, headers={"Location": "/gone"})
    site["/gone"] = Answer(status=410)
    for path in ("/gone", "/old"):
        with pytest.raises(GoneError, match=r"HTTP status 410 \(Gone\)"):
            web.get(site.url + path)


def test_a_host_is_asked_to_wait_no_longer_than_it_says(site: Site, web: Web, waited: list[float]) -> None:
    site["/a"] = Answer(status=429, headers={"Retry-After": "7"})
    fail(web, f"{site.url}/a")
    assert waited[0] == 7
    site["/b"] = Answer(status=503, headers={"Retry-After": "86400"})
    told = "is not asked, as its host wants to be left alone for 86,400 seconds"
    assert fail(web, f"{site.url}/b").startswith(told)
    assert fail(web, f"{site.url}/c").startswith(told)
    assert "/c" not in site.paths


def test_between_two_questions_lies_a_pause(site: Site, waited: list[float]) -> None:
    site["/a"] = Answer(b"a")
    with Web(Fetching(allow_private=True, pause=30), wait=waited.append) as web:
        web.get(f"{site.url}/a")
        web.get(f"{site.url}/a")
    assert len(waited) == 2  # robots.txt comes first, and nothing is waited for before it
    assert all(29 < each <= 30 for each in waited)


ROBOTS = b"User-agent: *\nDisallow: /private\nAllow: /private/open$\n\nUser-agent: other\nDisallow: /\n"


def test_robots_txt_is_asked_for_once_and_obeyed(site: Site, web: Web) -> None:
    site["/robots.txt"] = Answer(ROBOTS, "text/plain")
    for path in ("/open", "/private/open", "/private/x", "/private"):
        site[path] = Answer(b"x")
    assert web.get(f"{site.url}/open").body == web.get(f"{site.url}/private/open").body == b"x"
    for path in ("/private", "/private/x"):
        assert fail(web, site.url + path).startswith("is not fetched, as the robots.txt of its host asks")
    assert [path for path, _ in site.asked] == ["/robots.txt", "/open", "/private/open"]


def test_robots_txt_counts_after_a_redirect_too(site: Site, web: Web) -> None:
    site["/robots.txt"] = Answer(ROBOTS, "text/plain")
    site["/a"] = Answer(status=302, headers={"Location": "/private/x"})
    assert "as the robots.txt of its host asks" in fail(web, f"{site.url}/a")


def test_rules_for_kg_itself_come_first(site: Site, web: Web) -> None:
    site["/robots.txt"] = Answer(b"\xef\xbb\xbfUser-agent: kg\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    assert "as the robots.txt of its host asks" in fail(web, f"{site.url}/a")


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=404),
        Answer(status=403),
        Answer(b"\x00\xff\xfe garbage" * 1000, "image/png"),
        Answer(b"<html>no such page</html>"),
        Answer(b"User-agent: *\nDisallow:\nCrawl-delay: soon\n" + b"Disallow: /" + b"*a" * 10_000 + b"b\n"),
    ],
)
def test_without_rules_that_can_be_read_all_is_allowed(site: Site, web: Web, answer: Answer) -> None:
    site["/robots.txt"] = answer
    site["/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"] = Answer(b"x")
    assert web.get(f"{site.url}/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").body == b"x"


def test_while_robots_txt_is_not_to_be_had_nothing_is_fetched(site: Site, web: Web) -> None:
    site["/robots.txt"] = Answer(status=503)
    assert "the robots.txt of its host is not to be had (HTTP status 503)" in fail(web, f"{site.url}/a")
    assert site.paths == []


def test_a_host_may_ask_for_longer_pauses(site: Site, web: Web, waited: list[float]) -> None:
    site["/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 20\n")
    site["/a"] = Answer(b"a")
    web.get(f"{site.url}/a")
    web.get(f"{site.url}/a")
    assert 19 < waited[-1] <= 20


@pytest.mark.parametrize(("name", "value"), [("ETag", '"v1"'), ("Last-Modified", "Sun, 03 Feb 2019 10:00:00 GMT")])
def test_what_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path, name: str, value: str) -> None:
    site["/a"] = Answer(b"One.", "text/plain", headers={name: value})
    for _ in range(2):
        with open_remembering(tmp_path / "f.sqlite") as web:
            assert web.get(f"{site.url}/a").body == b"One."
    asked = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}[name]
    assert [headers.get(asked) for path, headers in site.asked if path == "/a"] == [None, value]
    site["/a"] = Answer(b"Two.", "text/plain", headers={name: value.replace("v1", "v2").replace("10:", "11:")})
    with open_remembering(tmp_path / "f.sqlite") as web:
        assert web.get(f"{site.url}/a").body == b"Two."
    with open_remembering(tmp_path / "f.sqlite") as web:
        assert web.get(f"{site.url}/a").body == b"Two."


def test_what_is_not_to_be_kept_is_not_kept(site: Site, tmp_path: Path) -> None:
    site["/a"] = Answer(b"One.", headers={"ETag": '"v1"', "Cache-Control": "private, No-Store"})
    with open_remembering(tmp_path / "f.sqlite") as web:
        web.get(f"{site.url}/a")
        assert not web.knows(f"{site.url}/a")
    assert not (tmp_path / "f.sqlite").exists()


def test_what_is_listed_as_not_changed_is_not_asked_for(site: Site, tmp_path: Path) -> None:
    site["/old"] = Answer(status=301, headers={"Location": "/a"})
    site["/a"] = Answer(b"One.")
    for updated in ("2019-02-03", "2019-02-03", "2019-02-04"):
        with open_remembering(tmp_path / "f.sqlite") as web:
            assert web.get(f"{site.url}/old", updated).body == b"One."
            assert web.knows(f"{site.url}/old")
    assert site.paths == ["/old", "/a", "/old", "/a"]


def test_headers_that_are_no_text_do_not_harm(site: Site, tmp_path: Path) -> None:
    site["/a"] = Answer(b"One.", headers={"ETag": '"caf\xe9"', "Last-Modified": "yesterday", "Location": "/b"})
    for _ in range(2):
        with open_remembering(tmp_path / "f.sqlite") as web:
            assert web.get(f"{site.url}/a").body == b"One."
    assert len(site.paths) == 2


@pytest.mark.parametrize("content", [b"no database at all" * 100, b"", None])
def test_a_file_that_is_no_memory_is_one_line(site: Site, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "f.sqlite"
    site["/a"] = Answer(b"One.")
    if content is None:
        with sqlite3.connect(path) as database:
            database.execute("PRAGMA user_version = 99")
        database.close()
    else:
        path.write_bytes(content)
    with open_remembering(path) as web:
        if content == b"":
            assert web.get(f"{site.url}/a").body == b"One."
            return
        with pytest.raises(StoreError, match=r"f\.sqlite: .*; ?.*remove it, and all is fetched anew"):
            web.get(f"{site.url}/a")


@pytest.mark.parametrize(
    "setting", [{"pause": -1}, {"pause": float("nan")}, {"patience": 0}, {"patience": float("inf")}, {"pages": 0}]
)
def test_numbers_with_which_nothing_can_be_fetched_are_wrong_settings(setting: dict[str, Any]) -> None:
    with pytest.raises(SettingError, match=f"^{next(iter(setting))} is "):
        Fetching(**setting)
