from __future__ import annotations

import errno
import io
import itertools
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SettingError
from kg.model import Article, Issue
from kg.read import read_articles


def write(root: Path, **contents: str | bytes) -> None:
    for name, content in contents.items():
        path = root / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def get_ids(found: Iterable[Article | Issue]) -> list[str]:
    return [each.id for each in found if isinstance(each, Article)]


def get_issues(found: Iterable[Article | Issue]) -> list[str]:
    return [str(each) for each in found if isinstance(each, Issue)]


def test_a_folder_of_all_kinds_is_read(tmp_path: Path) -> None:
    page = "<html><body><article><p>" + "The council met and rejected the plan. " * 5 + "</p></article></body></html>"
    write(
        tmp_path,
        a_txt="One.",
        b__b_md="# Two\n\nText.",
        c_html=page,
        d_jsonl='{"id": "four", "text": "t"}',
        e_csv="id,text\nfive,t\n",
        f_json='[{"id": "six", "text": "t"}]',
        g_ndjson='{"id": "seven", "text": "t"}',
        h_htm=page + " ",
    )
    found = list(read_articles([tmp_path]))
    assert get_ids(found) == ["a", "b/b", "c", "four", "five", "six", "seven", "h"]
    assert not get_issues(found)


def test_sources_are_read_in_the_order_given(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.")
    assert get_ids(read_articles([str(tmp_path / "b.txt"), tmp_path / "a.txt"])) == ["b", "a"]


def test_a_single_source_needs_no_list(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    assert get_ids(read_articles(str(tmp_path))) == get_ids(read_articles(tmp_path)) == ["a"]


def test_nothing_is_read_before_it_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    endless = itertools.repeat(tmp_path / "none.txt")
    found = read_articles(itertools.chain([tmp_path / "a.txt"], endless))
    assert get_ids(itertools.islice(found, 2)) == ["a"]


BAD_FILES: list[tuple[str, str | bytes, str]] = [
    ("a.txt", b"", "is empty"),
    ("a.txt", " \n\t\n", "has an empty text"),
    ("a.txt", b"\xef\xbb\xbf", "has an empty text"),
    ("a.txt", b"text\0text", "contains NUL bytes"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "contains NUL bytes"),
    ("a.txt", b"\x8f\x90\x9d" * 30, "is not UTF-8 (byte 0) and its encoding cannot be told"),
    ("a.txt", b"x" * 50_000, "is longer than the limit of 10,000 characters"),
    ("a.txt", "é" * 10_001, "its text has 10,001 characters, the limit is 10,000"),
    ("a.html", "<html></html>", "has no article text"),
    ("a.jsonl", "", "is empty"),
    ("a.json", "{", "is no JSON"),
    ("a.csv", "title\nx\n", "its first line does not name the columns"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD_FILES)
def test_a_bad_file_is_one_line_and_the_run_goes_on(
    tmp_path: Path, name: str, content: str | bytes, message: str
) -> None:
    (tmp_path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    write(tmp_path, z_txt="Last.")
    found = list(read_articles([tmp_path], max_characters=10_000))
    assert get_ids(found) == ["z"]
    (issue,) = get_issues(found)
    assert issue.startswith(f"{tmp_path / name}: {message}")
    assert "\n" not in issue
    assert ";" in issue


def test_a_line_of_fifty_megabytes_is_one_issue(tmp_path: Path) -> None:
    write(tmp_path, a_txt=b"word " * 10_000_000)
    (issue,) = get_issues(read_articles([tmp_path]))
    assert issue.endswith("a.txt: is longer than the limit of 5,000,000 characters; split it into several")


def test_a_broken_json_line_names_file_and_line(tmp_path: Path) -> None:
    write(tmp_path, a_jsonl='{"id": "1", "text": "t"}\n{"id"\n{"id": "2", "text": "u"}\n')
    found = list(read_articles([tmp_path]))
    assert get_ids(found) == ["1", "2"]
    assert get_issues(found)[0].startswith(f"{tmp_path / 'a.jsonl'}:2: is no JSON")


def test_what_came_before_a_fault_half_way_is_kept(tmp_path: Path) -> None:
    write(tmp_path, a_csv='id,text\n1,One.\n2,"never closed\n', b_txt="Two.")
    found = list(read_articles([tmp_path]))
    assert get_ids(found) == ["1", "b"]
    assert len(get_issues(found)) == 1


def test_an_id_that_comes_again_with_another_text_is_set_aside(tmp_path: Path) -> None:
    write(tmp_path, a_jsonl='{"id": "1", "text": "One."}\n{"id": "1", "text": "Two."}\n')
    found = list(read_articles([tmp_path]))
    assert [each.text for each in found if isinstance(each, Article)] == ["One."]
    path = tmp_path / "a.jsonl"
    assert get_issues(found) == [f"{path}:2: has the id '1' of another text, in {path}:1; give it an id of its own"]


def test_an_article_that_comes_again_is_the_same_article(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    found = list(read_articles([tmp_path, tmp_path, tmp_path / "a.txt"]))
    assert get_ids(found) == ["a"]
    assert not get_issues(found)


def test_two_files_that_differ_in_suffix_only_are_told_apart_by_an_issue(tmp_path: Path) -> None:
    write(tmp_path, a_md="One.", a_txt="Two.")
    found = list(read_articles([tmp_path]))
    assert get_ids(found) == ["a"]
    assert get_issues(found)[0].startswith(f"{tmp_path / 'a.txt'}: has the id 'a' of another text")


def test_a_file_that_may_not_be_read_is_an_issue_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a_txt="One.", b_txt="Two.")
    open_path = Path.open

    def refuse(path: Path, mode: str) -> io.BufferedReader:
        if path.name == "a.txt":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        stream = open_path(path, mode)
        assert isinstance(stream, io.BufferedReader)
        return stream

    monkeypatch.setattr(Path, "open", refuse)
    found = list(read_articles([tmp_path]))
    assert get_ids(found) == ["b"]
    assert get_issues(found) == [f"{tmp_path / 'a.txt'}: may not be read; change its permissions"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_permissions_of_the_system_are_an_issue(tmp_path: Path) -> None:
    write(tmp_path, a_txt="One.")
    (tmp_path / "a.txt").chmod(0)
    assert get_issues(read_articles([tmp_path])) == [f"{tmp_path / 'a.txt'}: may not be read; change its permissions"]


def test_a_file_that_fails_while_it_is_read_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    write(tmp_path, a_txt="One.")
    monkeypatch.setattr(Path, "open", lambda path, mode: Failing())
    (issue,) = get_issues(read_articles([tmp_path]))
    assert issue.endswith("a.txt: cannot be read (Input/output error); try again or leave it out")


@pytest.mark.parametrize("address", ["ftp://news.example/a.txt", "FILE:///etc/passwd", "s3://bucket/key"])
def test_an_address_that_is_not_of_the_web_is_an_issue(address: str) -> None:
    scheme = address.partition(":")[0].lower()
    assert get_issues(read_articles([address])) == [
        f"{address}: is a {scheme} address; only http:// and https:// are fetched"
    ]


@pytest.mark.parametrize("address", ["www.news.example/1", "HTTPS:/news.example/1", "http:news.example"])
def test_what_is_nearly_a_web_address_is_told_how_one_begins(address: str) -> None:
    assert get_issues(read_articles([address])) == [
        f"{address}: does not exist; a web address begins with https:// or http://"
    ]


def test_control_characters_of_a_name_are_shown_escaped(tmp_path: Path) -> None:
    (tmp_path / "a\n\x1b[2J.txt").write_bytes(b"")
    assert get_issues(read_articles([tmp_path])) == [
        f"{tmp_path}/" + r"a\n\x1b[2J.txt: is empty; leave it out or fill it in"
    ]


def read_input(data: bytes, limit: int = 1000) -> list[Article | Issue]:
    return list(read_articles(["-"], stdin=io.BytesIO(data), max_characters=limit))


def test_standard_input_is_a_text() -> None:
    data = "\n\n  The café\r\nis closed.\n"
    assert read_input(data.encode()) == [
        Article(id="stdin", text="\n\n  The café\nis closed.\n", source="standard input")
    ]


@pytest.mark.parametrize("start", [b"", b"\n \r\n", b"\xef\xbb\xbf"])
def test_standard_input_is_json_lines_when_it_begins_with_a_brace(start: bytes) -> None:
    found = read_input(start + b'{"id": "1", "text": "One."}\n{"id": "2"}\n{"id": "3", "text": "Three."}')
    assert get_ids(found) == ["1", "3"]
    line = 2 + start.count(b"\n")
    assert get_issues(found) == [f"standard input:{line}: has no text; give it a field 'text'"]


def test_standard_input_may_be_utf16() -> None:
    assert get_ids(read_input('{"id": "1", "text": "One."}'.encode("utf-16"))) == ["1"]
    assert get_ids(read_input("One.".encode("utf-16"))) == ["stdin"]


@pytest.mark.parametrize("data", [b"", b" \n\n", b"a\0b", b"x" * 100_000, b" " * 100_000, b"\n" * 100_000, b'{"id'])
def test_bad_standard_input_is_one_issue(data: bytes) -> None:
    (issue,) = read_input(data)
    assert str(issue).startswith("standard input")


def test_standard_input_is_read_line_by_line() -> None:
    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.lines: Iterator[bytes] = (b'{"id": %d, "text": "t"}\n' % number for number in itertools.count())

        def readline(self, size: int | None = -1) -> bytes:
            return next(self.lines)

    found = read_articles(["-"], stdin=Endless())  # type: ignore[arg-type]
    assert get_ids(itertools.islice(found, 1000)) == [str(number) for number in range(1000)]


def test_a_file_named_like_standard_input_can_be_named_as_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert get_issues(read_articles([Path("-")])) == ["-: does not exist; check the path"]


@pytest.mark.parametrize("limit", [0, -1])
def test_a_limit_below_one_is_a_wrong_setting(limit: int) -> None:
    with pytest.raises(SettingError, match=f"max_characters is {limit}; give a number of 1 or more"):
        read_articles([], max_characters=limit)


@given(data=st.binary(max_size=200))
def test_any_standard_input_is_read_or_an_issue(data: bytes) -> None:
    for start in (b"", b"{"):
        found = read_input(start + data)
        assert found
        assert all("\n" not in issue for issue in get_issues(found))


@given(text=st.text(max_size=100))
def test_any_text_in_json_comes_back_as_it_was_or_is_an_issue(text: str) -> None:
    (found,) = read_input(json.dumps({"id": "1", "text": text}).encode())
    assert isinstance(found, Issue) or found.text == text
