from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from fetch.files import make_pdf, make_record, pack
from fetch.site import TEXT, make_page

from kg.model import Article, Issue
from kg.read import read_articles

OK = "HTTP/1.1 200 OK\nContent-Type: text/html; charset=utf-8"


def read(tmp_path: Path, data: bytes, name: str = "w.warc.gz") -> tuple[list[Article], list[str]]:
    path = tmp_path / name
    path.write_bytes(data)
    found = list(read_articles(path, max_characters=100_000))
    told = [str(each) for each in found if isinstance(each, Issue)]
    assert all(each.isprintable() for each in told)
    return [each for each in found if isinstance(each, Article)], [each.replace(str(path), "W") for each in told]


def make_answer(address: str, body: bytes, http: str = OK) -> bytes:
    return make_record("response", address, body, http=http)


def make_pages(count: int) -> list[bytes]:
    pages = (make_page("Council meets", text=f"{number}. {TEXT}") for number in range(count))
    return [make_record("response", f"https://news.example/{n}", page, http=OK) for n, page in enumerate(pages)]


def test_the_pages_of_an_archive_are_articles_with_their_addresses(tmp_path: Path) -> None:
    date = "<meta property='article:published_time' content='2019-02-03'>"
    page = make_record(
        "response", "https://news.example/a?utm_source=x", make_page("Council meets", head=date), http=OK
    )
    (article,), issues = read(tmp_path, pack(make_record("warcinfo", "", b"software: test"), page))
    assert (article.id, article.url) == ("https://news.example/a",) * 2
    assert (article.title, article.published) == ("Council meets", "2019-02-03")
    assert article.source == f"{tmp_path / 'w.warc.gz'}: https://news.example/a?utm_source=x"
    assert not issues


@pytest.mark.parametrize("name", ["w.warc", "W.WARC", "w.warc.gz"])
def test_an_archive_may_be_packed_or_not_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    records = make_pages(3)
    for data in (b"".join(records), pack(*records), gzip.compress(b"".join(records))):
        articles, issues = read(tmp_path, data, name)
        assert [each.id for each in articles] == [f"https://news.example/{number}" for number in range(3)]
        assert not issues


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    png = "HTTP/1.1 200 OK\nContent-Type: image/png"
    records = [
        make_record("request", "https://news.example/0", b"", http="GET / HTTP/1.1\nHost: news.example"),
        make_record(
            "response", "https://news.example/1", make_page(), http="HTTP/1.1 404 Not Found\nContent-Type: text/html"
        ),
        make_record("response", "https://news.example/2", make_page(), http="HTTP/1.1 301 Moved\nLocation: /"),
        make_record("response", "https://news.example/3", b"\x89PNG\r\n\x1a\n", http=png),
        make_record("response", "dns:news.example", b"127.0.0.1"),
        make_record("metadata", "https://news.example/5", b"fetchTimeMs: 3"),
        make_record("revisit", "https://news.example/6", b"", http=OK),
        make_record(
            "response", "https://news.example/7", b'{"a": 1}', http="HTTP/1.1 200 OK\nContent-Type: application/json"
        ),
        make_record("resource", "file:///etc/passwd", TEXT.encode()),
    ]
    articles, issues = read(tmp_path, pack(*records))
    assert not articles
    assert issues == ["W: holds no page to read; look at what was crawled"]


def test_texts_and_pdf_in_an_archive_are_read_too(tmp_path: Path) -> None:
    pdf = make_pdf([["The council met on Monday."]])
    records = [
        make_record("conversion", "https://news.example/1", TEXT.encode()),
        make_record("response", "https://news.example/2", pdf, http="HTTP/1.1 200 OK\nContent-Type: application/pdf"),
        make_record("resource", "https://news.example/3", make_page(), {"Content-Type": "text/html"}),
    ]
    articles, issues = read(tmp_path, pack(*records))
    assert [each.id for each in articles] == [f"https://news.example/{number}" for number in (1, 2, 3)]
    assert articles[1].text == "The council met on Monday."
    assert not issues


def test_answers_that_came_packed_or_in_parts_are_put_together(tmp_path: Path) -> None:
    body = gzip.compress(make_page())
    parts = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (10, body[:10], len(body) - 10, body[10:])
    head = f"{OK}\nContent-Encoding: gzip\nTransfer-Encoding: chunked"
    (article,), issues = read(tmp_path, pack(make_record("response", "https://news.example/1", parts, http=head)))
    assert TEXT.split("\n\n")[1] in article.text
    assert not issues


def test_an_archive_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    records = make_pages(3)
    packed, whole = pack(*records), b"".join(records)
    for data, name, rest in ((packed, "w.warc.gz", 900), (whole, "w.warc", 700)):
        counts = set()
        for length in range(rest, len(data), 301):
            articles, issues = read(tmp_path, data[:length], name)
            assert len(articles) == len({each.text for each in articles})
            assert all(TEXT.split("\n\n")[-1] in each.text for each in articles)
            assert issues, length
            counts.add(len(articles))
        assert {1, 2} <= counts


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "W: holds no page to read"),
        (b"nonsense", "W: is broken at its beginning"),
        (b"\x1f\x8b\x08nonsense", "W: is broken, what follows is not read"),
        (b"\x1f\x8b", "W: is cut off, what follows is not read"),
        (b"\x00" * 1000, "W: is broken at its beginning"),
        (b"WARC/1.0\r\nContent-Length: many\r\n\r\n", "W: "),
        (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\n\r\n", "W: "),
        (b"WARC/1.0\r\n" + b"A: b\r\n" * 300_000, "W: has a record with a head of more than 1024 KB"),
        (b"WARC/1.0\r\nA: " + b"b" * 3_000_000, "W: has a record with a head of more than 1024 KB"),
        (make_answer("https://a.example/", b"", "A: " + "b" * 3_000_000), "W: has a record with a head of more than"),
        (make_pages(1)[0].replace(b"Content-Length: ", b"Content-Length: 99999999999999999999"), "W: "),
        (make_pages(1)[0].replace(b"Content-Length: ", b"Content-Length: -"), "W: is broken after 1 records"),
        (make_answer("https://a.example/", b"", "no HTTP at all"), "W: "),
        (make_answer("https://a.example/\x1b[2J", make_page()), "W: https://a.example/\\x1b[2J: is no web address"),
        (make_answer("https://me:pw@a.example/", make_page()), "W: https://me:pw@a.example/: holds a user name"),
        (make_answer("https://a.example/", b"<html></html>"), "W: https://a.example/: has no article text"),
        (
            make_record("response", "https://a.example/", make_page(), {"WARC-Truncated": "length"}, OK),
            "W: https://a.example/: was cut off when it was crawled",
        ),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, data: bytes, message: str) -> None:
    articles, issues = read(tmp_path, data, "w.warc")
    assert not articles
    assert issues[0].startswith(message)
    assert len(issues) <= 2  # the fault, and that what follows is not read


def test_one_broken_record_does_not_stop_the_rest(tmp_path: Path) -> None:
    broken = make_record(
        "response", "https://news.example/x", b"5\r\nnot five", http=f"{OK}\nTransfer-Encoding: chunked"
    )
    packed = make_record("response", "https://news.example/y", b"no gzip", http=f"{OK}\nContent-Encoding: gzip")
    first, second = make_pages(2)
    articles, issues = read(tmp_path, pack(first, broken, packed, second))
    assert [each.id for each in articles] == ["https://news.example/0", "https://news.example/1"]
    assert len(issues) == 2


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.measured.ALLOWANCE", 1 << 20)
    bomb = make_record("response", "https://news.example/1", bytes(8 << 20), http=OK)
    articles, issues = read(tmp_path, pack(*make_pages(1), bomb))
    assert len(articles) == 1
    assert issues == [
        "W: unpacks to more than 100 times its size, as no articles do, so the rest is not read; "
        "unpack it yourself if you trust it"
    ]


def test_without_the_library_a_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "warcio.recordloader", None)
    assert read(tmp_path, pack(*make_pages(1)))[1] == [
        'W: needs warcio, which is not installed; run pip install "kg[warc]"'
    ]
