"""Pages and records that were made to harm: they are read or set aside, in one line, and in time."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.html import read_html
from kg.read.records import read_json, read_jsonl
from kg.read.text import read_text

NEWS = "The council met on Monday and voted to keep the ferry, which the mayor had opposed for years, she said."
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
DOCTYPE = f'<!DOCTYPE html [<!ENTITY l0 "lol">{LAUGHS}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
MOST = 5_000_000


def read(reader: Callable[..., Iterator[Article | Issue]], data: str | bytes) -> list[Article | Issue]:
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return list(reader(io.BufferedReader(io.BytesIO(raw)), Origin("a", "fallback"), MOST))


def page(body: str, head: str = "") -> list[Article | Issue]:
    return read(read_html, f"<html><head>{head}</head><body><article><p>{NEWS}</p>{body}</article></body></html>")


def text_of(found: list[Article | Issue]) -> str:
    (article,) = found
    assert isinstance(article, Article), article
    return article.text


def read_or_none(data: str) -> str:
    """Give the text of a page; nothing where it is set aside as one that has none."""
    with suppress(SourceError):
        return text_of(read(read_html, data))
    with pytest.raises(SourceError, match=r"^has no article text that could be found; save the text as a \.txt file$"):
        read(read_html, data)
    return ""


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert('evil')</script>",
        "<style>p { color: evil }</style>",
        "<p onclick='evil()'></p><img src=x onerror='evil()'>",
        "<svg><script>evil()</script></svg>",
    ],
)
def test_no_script_of_a_page_is_text(body: str) -> None:
    found = text_of(page(body))
    assert NEWS in found
    assert "evil" not in found


def test_an_address_that_is_a_script_is_no_address() -> None:
    (article,) = page("", '<link rel="canonical" href="javascript:alert(1)">')
    assert isinstance(article, Article)
    assert article.url is None
    assert article.id == "fallback"


@pytest.mark.parametrize("start", ["", '<?xml version="1.0"?>'])
@pytest.mark.parametrize("entity", ["&l9;", "&x;"])
def test_entities_that_a_page_declares_are_not_put_in(start: str, entity: str) -> None:
    data = f"{start}{DOCTYPE}<html><body><article><p>{NEWS}</p><p>{entity} {NEWS[:50]}</p></article></body></html>"
    found = read_or_none(data)
    assert len(found) < 2 * len(data)
    assert "root:" not in found


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul", "table", "blockquote"])
def test_a_page_nested_a_hundred_thousand_deep_is_read_or_set_aside(tag: str) -> None:
    found = read_or_none(f"<html><body><article><p>{NEWS}</p>{f'<{tag}>' * 100_000}{NEWS}")
    assert NEWS in found or found == ""


@pytest.mark.parametrize("attributes", ["{}=1 ", 'a{}="1"', "{}/"])
def test_a_tag_with_a_hundred_thousand_attributes_is_refused_before_it_is_parsed(attributes: str) -> None:
    with pytest.raises(SourceError, match=r"^has a tag with more than 1,000 attributes; "):
        page(f"<p {''.join(map(attributes.format, range(100_000)))}>")


def test_long_values_of_attributes_are_no_attributes() -> None:
    assert NEWS in text_of(page(f'<img src="data:{"a b=c / " * 20_000}">'))


@pytest.mark.parametrize(
    "charset",
    ["utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "hex", "nonsense", "a" * 500],
)
def test_what_is_no_encoding_of_a_page_counts_as_not_declared(charset: str) -> None:
    start = f'<html><head><meta charset="{charset}"></head><body><article><p>{NEWS}'.encode()
    (article,) = read(read_html, start + " The café\\x41 +AGE- was “full”.</p>".encode("cp1252"))
    assert isinstance(article, Article)
    assert "café\\x41 +AGE- was “full”." in article.text


@pytest.mark.parametrize("charset", ["utf-16", "utf-32", "shift_jis", "cp037", "koi8-r"])
def test_a_page_in_another_encoding_than_it_says_is_read_as_utf8_where_it_is(charset: str) -> None:
    found = text_of(page("<p>The café was “full”.</p>", f'<meta charset="{charset}">'))
    assert "The café was “full”." in found


def test_half_a_surrogate_pair_and_nul_as_references_leave_no_such_character() -> None:
    found = read_or_none(f"<html><body><article><p>{NEWS}</p><p>{NEWS[:40]} &#xD800;&#0;&#x1b;[31m</p>")
    found.encode()
    assert "\0" not in found


@pytest.mark.parametrize("reader", [read_html, read_text, read_json, read_jsonl])
def test_nul_bytes_are_no_text(reader: Any) -> None:
    with pytest.raises(SourceError, match="NUL"):
        read(reader, f"<p>{NEWS}\0</p>")


def test_a_word_of_a_million_letters_is_a_text() -> None:
    assert len(text_of(read(read_text, "w" * 1_000_000))) == 1_000_000


def test_one_line_of_a_million_that_is_broken_is_one_issue() -> None:
    good = b'{"id": "%d", "text": "The council met."}\n'
    count = 20_000
    lines = [good % number for number in range(count)]
    lines[count // 2] = b'{"id": "1", "text": "The coun\n'
    issues = [each for each in read(read_jsonl, b"".join(lines)) if isinstance(each, Issue)]
    assert [each.source for each in issues] == [f"a:{count // 2 + 1}"]


@pytest.mark.parametrize("nested", ["[", '{"a":', '{"text":[', '[{"a":'])
@pytest.mark.parametrize("reader", [read_json, read_jsonl])
def test_json_nested_a_hundred_thousand_deep_is_no_json(nested: str, reader: Any) -> None:
    depth = sys.getrecursionlimit()
    try:
        (found,) = read(reader, nested * 100_000)
    except SourceError as error:
        told = str(error)
    else:
        assert isinstance(found, Issue)
        told = found.message
    assert "is no JSON (" in told
    assert sys.getrecursionlimit() == depth


@pytest.mark.parametrize("field", ["id", "text", "title", "author"])
def test_half_a_surrogate_pair_in_json_sets_the_article_aside(field: str) -> None:
    record = {"id": "1", "text": NEWS, field: f"{NEWS} \ud800"}
    (found,) = read(read_jsonl, json.dumps(record))
    assert isinstance(found, Issue)
    assert (
        found.message
        == f"its {field} has half a surrogate pair at character {len(NEWS) + 1}; write the whole character"
    )


def test_codes_in_a_name_of_a_file_reach_no_message(tmp_path: Path) -> None:
    from kg.read import read_articles

    names = [b"new\nline.txt", b"\x1b[31mred.txt", b"bad\xff\xfe.txt", "turn\u202e.txt".encode()]
    for name in names:
        with open(bytes(tmp_path) + b"/" + name, "wb") as file:  # noqa: PTH123 -- its name is no text
            file.write(b"\0")
    found = list(read_articles(tmp_path))
    assert len(found) == len(names)
    for each in found:
        assert isinstance(each, Issue)
        assert str(each).isprintable(), ascii(str(each))
