"""Sources: what the readers of files make of odd texts and bytes."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from hypothesis import strategies as st

from kg.model import Article, Issue
from kg.read import read_articles
from kg.read.articles import Origin
from kg.read.dates import parse_date
from kg.read.decode import decode, find_encoding
from kg.read.html import read_html
from kg.read.records import read_csv, read_json, read_jsonl
from kg.read.text import find_title, read_text, split_front_matter

from .odd import ODDITIES, broken, encoded, is_encodable, odd_texts, texts_of_lines, whole_texts
from .target import Target

MOST = 5_000
NEWS = "The council met on Monday and voted to keep the ferry, which the mayor had opposed for years, she said."
FIELDS = ("id", "text", "title", "published", "url", "author", "date", "other")

json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), odd_texts, st.just(NEWS), st.just("2019-01-31")),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(odd_texts, inner, max_size=3)),
    max_leaves=6,
)
records = st.one_of(st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=6), json_values)
lines = st.one_of(records.map(json.dumps), records.map(lambda each: json.dumps(each, ensure_ascii=False)), odd_texts)
tags = st.sampled_from(
    "p div span article h1 b a table tr td ul li blockquote script style title meta link br img time svg math form "
    "iframe template noscript pre main header footer nav q del".split()
)
attributes = st.sampled_from(
    "class id href src content name property datetime charset http-equiv rel lang onload style itemprop".split()
)
metadata = st.sampled_from(
    (
        '<meta property="og:title" content="{}">', '<meta name="author" content="{}">',
        '<meta property="article:published_time" content="{}">', '<link rel="canonical" href="{}">',
        '<base href="{}">', '<time datetime="{}">', "<title>{}</title>", '<meta name="date" content="{}">',
        '<script type="application/ld+json">{{"@type":"NewsArticle","datePublished":"{}"}}</script>',
        '<script type="application/ld+json">{}</script>', '<meta charset="{}">',
        '<meta property="og:url" content="{}">',
    )
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    """Pages with odd tags, attributes and metadata, around a paragraph that may be an article."""
    parts = []
    for _ in range(draw(st.integers(0, 12))):
        kind = draw(st.integers(0, 4))
        if kind == 0:
            parts.append(draw(metadata).format(draw(odd_texts)))
        elif kind == 1:
            parts.append(f'<{draw(tags)} {draw(attributes)}="{draw(odd_texts)}">')
        elif kind == 2:
            parts.append(f"</{draw(tags)}>")
        elif kind == 3:
            parts.append(f"<{draw(tags)}>{draw(odd_texts)}")
        else:
            parts.append(f"<p>{NEWS}</p>")
    return "".join(parts)


def check_found(found: Article | Issue) -> None:
    """See that what is read is an article whose fields can be kept, or an issue in one line."""
    if isinstance(found, Issue):
        assert found.message.strip()
        assert found.message.isprintable(), repr(found.message)
        return
    assert found.text.strip()
    assert len(found.text) <= MOST
    assert "\0" not in found.text
    for each in (found.id, found.text, found.title, found.published, found.url, found.author):
        assert each is None or is_encodable(each)


def _read(reader: Any, data: bytes) -> None:
    for each in reader(io.BufferedReader(io.BytesIO(data)), Origin("a", "fallback"), MOST):
        check_found(each)


def read_plain(data: bytes) -> None:
    """Read a text file."""
    _read(read_text, data)


def read_page(page: str) -> None:
    """Read a page as UTF-8."""
    _read(read_html, page.encode("utf-8", "surrogatepass"))


def read_page_in(drawn: tuple[str, str, bytes]) -> None:
    """Read a page that says it is in some encoding, true or not."""
    says, begins, data = drawn
    declared = f'<html><head><meta charset="{says}"></head><body><article><p>{NEWS}</p>'
    _read(read_html, declared.encode("ascii", "replace") + begins.encode("utf-8", "replace") + data)


def read_lines(data: bytes) -> None:
    """Read JSON Lines."""
    _read(read_jsonl, data)


def read_whole(data: bytes) -> None:
    """Read a JSON file."""
    _read(read_json, data)


def read_rows(data: bytes) -> None:
    """Read CSV."""
    _read(read_csv, data)


def read_stdin(data: bytes) -> None:
    """Read standard input, whatever it holds."""
    for each in read_articles("-", max_characters=MOST, stdin=io.BytesIO(data)):
        check_found(each)


def read_date(text: str) -> None:
    """Read a date: what is read reads again as itself."""
    found = parse_date(text)
    assert parse_date(found) == found


def split(text: str) -> None:
    """Split metadata from a text; the body is the end of the text."""
    fields, body = split_front_matter(text)
    assert text.endswith(body)
    assert fields or body == text
    title = find_title(body)
    assert title is None or title.strip() == title != ""


def decode_bytes(data: bytes) -> None:
    """Decode: the text has no mark and one kind of line end."""
    text = decode(data)
    assert not {"\r", "\0"} & set(text)
    find_encoding(io.BytesIO(data))


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Rows of fields, quoted or not, the header among odd ones."""
    delimiter = draw(st.sampled_from(",;\t|"))
    header = draw(st.lists(st.sampled_from((*FIELDS[2:], *ODDITIES[:20])), max_size=3, unique=True))
    header = ["id", "text", *header] if draw(st.integers(0, 3)) else header
    fields = st.one_of(odd_texts, st.sampled_from(("1", NEWS, "2019-01-31", "")))
    row = st.lists(fields, min_size=len(header), max_size=len(header))
    body = draw(st.lists(st.one_of(row, row, row, st.lists(fields, max_size=5)), max_size=4))
    out = io.StringIO(newline="")
    try:
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(header)
        writer.writerows(body)
    except csv.Error:
        pass
    return out.getvalue() + draw(st.sampled_from(("", "", '"', '"\n', "\r")))


dates = st.one_of(
    odd_texts,
    st.tuples(
        st.sampled_from(("", "Friday, ", "on ")),
        st.dates().map(lambda day: f"{day:%d %B %Y}"),
        st.sampled_from(
            ("", " 10:30", ", 23:59:59 GMT", " 12:00 +14:00", "T10:00Z", " 0:00 PM", " 24:00", " 10:30 XYZ")
        ),
    ).map("".join),
    st.tuples(
        st.dates().map(str), st.sampled_from(("", "T10:30", " 10:30:00.123456789+05:30", "Z", "T24", "+99:00"))
    ).map("".join),
    st.text("0123456789-/.: TZ+,", max_size=24),
    st.lists(
        st.sampled_from(
            "January Feb 3 31 2019 0000 99999 12:30 24:00 25:61 am PM Mon, Z UTC GMT EST BST +02:00 -99:99 + - / . T W "
            "AD BC noon th st of 1e5 . ' inf nan".split()
        ),
        max_size=8,
    ).map(" ".join),
)
charsets = st.one_of(
    st.sampled_from(
        "utf-8 utf-16 utf-32 utf-7 utf-8-sig latin-1 cp1252 ascii idna punycode unicode_escape raw_unicode_escape hex "
        "rot13 base64 zlib bz2 undefined mbcs oem palmos shift_jis big5 gb18030 hz iso2022_jp cp037 cp65001 charmap "
        "unknown x-user-defined none windows-1251 koi8-r utf_16_be quopri uu string_escape".split()
    ),
    st.text("abcdefghijklmnopqrstuvwxyz0123456789_.:-", min_size=1, max_size=12),
)

TARGETS = (
    Target("decode", st.one_of(st.binary(max_size=200), encoded(whole_texts)), decode_bytes, share=30),
    Target("texts", st.one_of(st.binary(max_size=100), encoded(texts_of_lines)), read_plain, share=20),
    Target("front matter", texts_of_lines, split, share=20),
    Target("dates", dates, read_date, share=30),
    Target("pages", pages(), read_page, few=20, share=5),
    Target("charsets", st.tuples(charsets, odd_texts, st.binary(max_size=60)), read_page_in, few=20, share=5),
    Target(
        "JSON Lines", st.one_of(encoded(st.lists(lines, max_size=5).map("\n".join)), broken(st.binary())), read_lines
    ),
    Target("JSON", st.one_of(encoded(lines), encoded(st.lists(records).map(json.dumps))), read_whole),
    Target("CSV", encoded(rows()), read_rows),
    Target("standard input", st.one_of(st.binary(), encoded(lines), encoded(texts_of_lines)), read_stdin),
)
