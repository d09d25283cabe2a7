from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError, SourceError
from kg.model import Article, Issue
from kg.read import records
from kg.read.articles import Origin
from kg.read.records import read_csv, read_json, read_jsonl

Reader = Callable[[io.BufferedReader, Origin, int], Iterator[Article | Issue]]
GOOD = {"id": "1", "text": "The council met."}


def read(reader: Reader, data: str | bytes, limit: int = 1000) -> list[Article | Issue]:
    raw = data.encode() if isinstance(data, str) else data
    return list(reader(io.BufferedReader(io.BytesIO(raw)), Origin("a", "fallback"), limit))


def get_ids(found: list[Article | Issue]) -> list[str]:
    return [each.id for each in found if isinstance(each, Article)]


def get_issues(found: list[Article | Issue]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Issue)]


def test_json_lines_are_read_exactly_as_given() -> None:
    text = "\ufeff One\r\n two \u2028 “three” 👍\t"
    (article,) = read(read_jsonl, json.dumps({"id": "1", "text": text}))
    assert isinstance(article, Article)
    assert article.text == text


def test_the_place_of_a_json_line_is_its_number() -> None:
    found = read(read_jsonl, f"{json.dumps(GOOD)}\n\n{json.dumps({**GOOD, 'id': '2'})}\n")
    assert [each.source for each in found if isinstance(each, Article)] == ["a:1", "a:3"]


def test_a_broken_json_line_is_one_issue_and_the_rest_is_read() -> None:
    found = read(read_jsonl, f'{json.dumps(GOOD)}\n{{"id": "2", "te\n{json.dumps({**GOOD, "id": "3"})}')
    assert get_ids(found) == ["1", "3"]
    (issue,) = get_issues(found)
    assert issue.startswith("a:2: is no JSON (")
    assert issue.endswith("; write one object per line")


@pytest.mark.parametrize("line", ["[1]", "3", "null", '"text"'])
def test_a_json_line_that_is_no_object_is_an_issue(line: str) -> None:
    assert get_issues(read(read_jsonl, line)) == ['a:1: is no JSON object; write {"id": …, "text": …}']


def test_a_json_line_without_an_id_is_an_issue_even_in_a_named_file() -> None:
    assert get_issues(read(read_jsonl, '{"text": "t"}')) == ["a:1: has neither an id nor a url; give it a field 'id'"]


def test_a_json_line_nested_too_deeply_is_an_issue() -> None:
    (issue,) = get_issues(read(read_jsonl, "[" * 100_000, limit=100_000))
    assert issue.startswith("a:1: is no JSON (")


def test_a_number_that_is_too_long_is_an_issue() -> None:
    (issue,) = get_issues(read(read_jsonl, '{"id": ' + "9" * 5000 + "}", limit=10_000))
    assert "a number is too long" in issue


def test_a_json_line_that_is_not_utf8_is_an_issue() -> None:
    found = read(read_jsonl, b'{"id": "2", "text": "caf\xe9"}\n' + json.dumps(GOOD).encode())
    assert get_ids(found) == ["1"]
    assert get_issues(found) == ["a:1: is not UTF-8 at byte 24 of the line; write it as UTF-8"]


def test_a_json_line_that_is_far_too_long_is_never_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "OTHER_FIELDS_LENGTH", 40)
    found = read(read_jsonl, "x" * 1000 + "\n" + json.dumps(GOOD) + "\n" + "y" * 1000, limit=20)
    assert get_ids(found) == ["1"]
    assert [issue.split(";")[0] for issue in get_issues(found)] == [
        "a:1: is longer than 160 bytes",
        "a:3: is longer than 160 bytes",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_json_lines_with_a_byte_order_mark_are_read(encoding: str) -> None:
    data = f"{json.dumps(GOOD)}\r\n{json.dumps({**GOOD, 'id': '2'})}".encode(encoding)
    assert get_ids(read(read_jsonl, data)) == ["1", "2"]


def test_broken_utf16_json_lines_are_an_error() -> None:
    with pytest.raises(SourceError, match="is broken UTF-16"):
        read(read_jsonl, json.dumps(GOOD).encode("utf-16")[:-1])


@pytest.mark.parametrize("data", ["", "\n \n"])
def test_json_lines_without_a_line_are_an_error(data: str) -> None:
    with pytest.raises(SourceError, match="is empty"):
        read(read_jsonl, data)


def test_binary_json_lines_are_one_error() -> None:
    with pytest.raises(SourceError, match="contains NUL bytes"):
        read(read_jsonl, b"\x89PNG\n\0\n\0\n")


def test_json_lines_are_read_one_at_a_time() -> None:
    lines = io.BytesIO(b"".join(b'{"id": %d, "text": "t"}\n' % number for number in range(100_000)))
    stream: Any = io.BufferedReader(lines)
    next(read_jsonl(stream, Origin("a"), 1000))
    assert stream.tell() < 100_000


@given(st.binary(max_size=300))
def test_any_bytes_named_json_lines_raise_nothing_but_our_errors(data: bytes) -> None:
    try:
        found = read(read_jsonl, data)
    except KgError:
        return
    assert found


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("id", "text", "title", "published", "url", "author"), VALUES)
)


@given(st.lists(FIELDS, min_size=1, max_size=4))
def test_every_object_is_one_article_or_one_issue_with_one_line(objects: list[dict[str, Any]]) -> None:
    found = read(read_jsonl, "\n".join(json.dumps(each) for each in objects))
    set_aside = [issue for issue in get_issues(found) if "the date" not in issue]
    assert len(get_ids(found)) + len(set_aside) == len(objects)
    assert all("\n" not in issue for issue in get_issues(found))
    for each in found:
        if isinstance(each, Article):
            assert each.text.encode("utf-8").strip()


def test_a_json_file_holds_a_list() -> None:
    found = read(read_json, json.dumps([GOOD, 3, {**GOOD, "id": "2"}], indent=1))
    assert get_ids(found) == ["1", "2"]
    assert get_issues(found) == ['a: item 2: is no JSON object; write {"id": …, "text": …}']


def test_a_json_file_with_one_object_takes_the_id_of_the_file() -> None:
    assert get_ids(read(read_json, '{"text": "t"}')) == ["fallback"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "is empty"),
        ("[]", "is an empty list"),
        ('{"id": "1"}\n{"id": "2"}', r"is no JSON \(Extra data at line 2, column 1\).*\.jsonl"),
        ("[" * 100_000, "is no JSON"),
        (b"\0\1", "contains NUL bytes"),
    ],
)
def test_a_broken_json_file_is_an_error(data: str | bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(read_json, data)


def test_a_json_file_too_large_to_hold_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_JSON_BYTES", 10)
    with pytest.raises(SourceError, match="write it as JSON Lines"):
        read(read_json, json.dumps(GOOD))


def test_csv_columns_are_found_by_their_names() -> None:
    data = 'url,date,Title ,text,section\nhttps://news.example/1,2019-01-04,"A ""vote""","One\r\n\r\ntwo, three",x\n'
    assert read(read_csv, data) == [
        Article(
            id="https://news.example/1",
            text="One\r\n\r\ntwo, three",
            title='A "vote"',
            published="2019-01-04",
            url="https://news.example/1",
            source="a:2",
        )
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_as_spreadsheets_write_it(delimiter: str, encoding: str) -> None:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows([["id", "text"], ["1", "The café, it; is\tclosed."]])
    assert get_ids(read(read_csv, lines.getvalue().encode(encoding))) == ["1"]


def test_the_place_of_a_csv_row_is_the_line_it_begins_on() -> None:
    found = read(read_csv, 'id,text\n1,"a\nb\nc"\n\n2,\n3,d,e\n4,f\n')
    assert [each.source for each in found] == ["a:2", "a:6", "a:7", "a:8"]
    assert get_issues(found) == [
        "a:6: has no text; give it a field 'text'",
        "a:7: has 3 fields, the header 2; quote fields with delimiters",
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "does not name the columns"),
        ("title,text\na,b\n", "does not name the columns text and id or url"),
        ("id,text,text\n1,b,c\n", "names a column twice"),
        ('id,text\n1,"never closed\n2,b\n', "line 2 is no CSV"),
        (b"id,text\n1,a\0b\n", "contains NUL bytes"),
    ],
)
def test_a_broken_csv_file_is_an_error(data: str | bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(read_csv, data)


def test_a_csv_field_longer_than_the_standard_limit_is_read_and_the_limit_is_given_back() -> None:
    before = csv.field_size_limit()
    text = "word " * 100_000
    (article,) = read(read_csv, f"id,text\n1,{text}\n", limit=1_000_000)
    assert isinstance(article, Article)
    assert article.text == text
    assert csv.field_size_limit() == before


def test_a_csv_text_longer_than_allowed_is_an_issue_and_the_rest_is_read() -> None:
    found = read(read_csv, f"id,text\n1,{'x' * 30}\n2,b\n", limit=20)
    assert get_ids(found) == ["2"]
    assert get_issues(found)[0].startswith("a:2: its text has 30 characters, the limit is 20")


@given(st.binary(max_size=200))
def test_any_bytes_named_csv_or_json_raise_nothing_but_our_errors(data: bytes) -> None:
    for reader in (read_csv, read_json):
        for prefix in (b"", b"id,text\n", b"["):
            try:
                found = read(reader, prefix + data)
            except KgError:
                continue
            assert all("\n" not in issue for issue in get_issues(found))
