"""Files of every kind with a few bytes wrong, missing or too many: whatever comes of them, it is articles or issues."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from contextlib import suppress

import pytest
from fetch.files import make_pdf, make_record, make_zip, pack
from fetch.site import SENTENCES, TEXT, make_rss, make_sitemap

from kg.errors import SourceError
from kg.model import Article
from kg.read.articles import Origin
from kg.read.feeds import list_entries
from kg.read.kinds import READERS
from kg.read.pdf_pages import read_pages
from kg.read.pdf_text import join_pages
from kg.read.sitemaps import read_sitemap
from kg.read.sniff import find_kind

SHORT = "<description>The council met.</description>"
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://a.example/"><title>t</title><entry><id>1</id>'
    '<title type="html">a &lt;b&gt;</title><link href="x"/><updated>2019-02-03T10:00:00Z</updated></entry></feed>'
)
CHUNKED = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked"
RECORDS = (
    make_record("warcinfo", "", b"software: test"),
    make_record("conversion", "https://news.example/1", TEXT.encode()),
    make_record(
        "response",
        "https://news.example/2",
        b"5\r\nhello\r\n0\r\n\r\n",
        http="HTTP/1.1 200 OK\nTransfer-Encoding: chunked",
    ),
)
WHOLE = {
    ".rss": [make_rss(f"<title>T</title><link>http://a.example/1</link>{SHORT}", SHORT), ATOM.encode()],
    ".warc": [b"".join(RECORDS)],
    ".warc.gz": [pack(*RECORDS)],
    ".zip": [make_zip({"a.txt": SENTENCES[0], "b/c.jsonl": '{"id": "1", "text": "t"}\n', "d.csv": "id,text\n2,t\n"})],
}
SITEMAPS = [
    make_sitemap("<loc>http://a.example/1</loc><lastmod>2019-01-01</lastmod>", "<loc>http://a.example/2</loc>"),
    make_sitemap("<loc>http://a.example/1</loc>", root="sitemapindex", item="sitemap"),
]
PIECES = (
    b"<", b">", b"&", b"]]>", b"<![CDATA[", b"\0", b"\xff\xfe", b"http://[", b"\r\n\r\n", b"Content-Length: ", b"-1",
    b"9" * 20, b"xml:base='http://['", b"<link href='http://['/>", b"<x:", b":", b"PK\x01\x02", b"obj", b"\xed\xa0\x80",
)  # fmt: skip


def damage(chance: random.Random, whole: bytes) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        place = chance.randrange(len(data) + 1)
        how = chance.randrange(5)
        if how == 0 and place < len(data):
            data[place] = chance.randrange(256)
        elif how == 1:
            del data[place : place + chance.choice((1, 4, 50, 400))]
        elif how == 2:
            data[place : place + chance.choice((0, 3))] = chance.choice(PIECES)
        elif how == 3:
            start = chance.randrange(len(data) + 1)
            data[place:place] = data[start : start + chance.choice((3, 30, 300))]
        elif chance.random() < 0.2:
            del data[place:]
    return bytes(data)


def read(suffix: str, data: bytes) -> list[Article | str]:
    """Give articles, and issues or the error as they are told."""
    try:
        found = list(READERS[suffix](io.BufferedReader(io.BytesIO(data)), Origin("P", "id"), 10_000))
    except SourceError as error:
        return [str(error)]
    return [each if isinstance(each, Article) else str(each) for each in found]


@pytest.mark.parametrize("suffix", WHOLE)
def test_any_damage_is_articles_or_issues(suffix: str) -> None:
    chance = random.Random(7)
    for _ in range(150):
        found = read(suffix, damage(chance, chance.choice(WHOLE[suffix])))
        assert found
        assert all(each.isprintable() if isinstance(each, str) else each.text for each in found)


@pytest.mark.parametrize(("read_list", "wholes"), [(list_entries, WHOLE[".rss"]), (read_sitemap, SITEMAPS)])
def test_any_damage_of_a_list_of_pages_is_a_list_or_an_error(
    read_list: Callable[[bytes], object], wholes: list[bytes]
) -> None:
    chance = random.Random(7)
    for _ in range(200):
        data = damage(chance, chance.choice(wholes))
        with suppress(SourceError):
            find_kind(data, "text/xml", "http://[")
        with suppress(SourceError):
            read_list(data)


def test_any_damage_of_a_pdf_is_pages_or_an_error() -> None:
    chance = random.Random(7)
    whole = make_pdf([["The council met on Monday."], ["It rained."]], "Council rejects")
    for _ in range(150):
        found = read_pages(damage(chance, whole), 10_000)
        assert "error" in found or isinstance(join_pages(found["pages"]), str)
