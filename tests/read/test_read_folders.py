from __future__ import annotations

import errno
import os
import unicodedata
from pathlib import Path

import pytest

from kg.model import Issue
from kg.read.folders import File, explain, iter_files

SUFFIXES = (".txt", ".html")


def write(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")


def get_ids(source: Path) -> list[str]:
    return [each.id for each in iter_files(source, SUFFIXES) if isinstance(each, File)]


def get_issue(source: Path) -> str:
    issues = [str(each) for each in iter_files(source, SUFFIXES) if isinstance(each, Issue)]
    assert len(issues) == 1
    assert "\n" not in issues[0]
    return issues[0].removeprefix(str(source))


def test_folders_are_read_through_in_sorted_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.TXT", "a/b/c.v2.html", "c.txt", "A.txt")
    assert get_ids(tmp_path) == ["A", "a/b/c.v2", "a/z", "b", "c"]


def test_hidden_files_and_other_kinds_are_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", ".b.txt", ".git/c.txt", "d.png", "README")
    assert list(iter_files(tmp_path, SUFFIXES)) == [File(tmp_path / "a.txt", "a")]


def test_a_file_that_is_named_takes_its_name_as_id(tmp_path: Path) -> None:
    write(tmp_path, "deep/.hidden.txt")
    assert get_ids(tmp_path / "deep" / ".hidden.txt") == [".hidden"]


def test_kinds_that_are_read_only_when_they_are_named_are_passed_over_in_folders(tmp_path: Path) -> None:
    for name in ("a.txt", "b.xml", "c.tar.gz"):
        (tmp_path / name).write_bytes(b"x")
    within = list(iter_files(tmp_path, [".txt", ".xml", ".gz", ".tar.gz"], [".xml"]))
    assert within == [File(tmp_path / "a.txt", "a"), File(tmp_path / "c.tar.gz", "c")]
    assert list(iter_files(tmp_path / "b.xml", [".txt", ".xml"], [".xml"])) == [File(tmp_path / "b.xml", "b")]


@pytest.mark.parametrize(("name", "kind"), [("a.pdf", "is a .pdf file"), ("README", "has no suffix")])
def test_a_file_of_another_kind_is_an_issue_when_it_is_named(tmp_path: Path, name: str, kind: str) -> None:
    write(tmp_path, name)
    issues = list(iter_files(tmp_path / name, SUFFIXES))
    message = f"{kind}, which cannot be read; readable are .html, .txt"
    assert Issue(str(tmp_path / name), message) in issues
    assert len(issues) == 1


def test_a_folder_with_nothing_to_read_is_an_issue(tmp_path: Path) -> None:
    write(tmp_path, "a.png")
    assert get_issue(tmp_path) == ": holds nothing to read (1 file of other kinds); readable are .html, .txt"


def test_a_path_that_does_not_exist_is_an_issue(tmp_path: Path) -> None:
    assert get_issue(tmp_path / "none.txt") == ": does not exist; check the path"


def test_a_path_through_a_file_is_an_issue(tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    assert get_issue(tmp_path / "a.txt" / "b.txt") == ": does not exist; check the path"


def test_a_path_with_a_nul_character_is_an_issue() -> None:
    (issue,) = iter_files(Path("a\0b.txt"), SUFFIXES)
    assert str(issue) == r"a\x00b.txt: is no possible path; check it"


def test_a_path_that_is_too_long_is_an_issue(tmp_path: Path) -> None:
    assert get_issue(tmp_path / ("x" * 5000)) == ": has a path that is too long; move it up"


def test_a_link_to_nothing_is_an_issue_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path, "b.txt")
    (tmp_path / "a.txt").symlink_to("gone.txt")
    assert get_issue(tmp_path) == "/a.txt: is a link to gone.txt, which does not exist; mend or remove it"
    assert get_ids(tmp_path) == ["b"]


def test_a_link_to_itself_is_an_issue(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("a.txt")
    assert get_issue(tmp_path / "a.txt") == ": is a link that leads back to itself; remove it"


def test_a_link_to_a_folder_above_is_an_issue_and_the_rest_is_found(tmp_path: Path) -> None:
    write(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    assert get_issue(tmp_path) == "/a/loop: leads back to a folder above it; remove the link"
    assert get_ids(tmp_path) == ["a/b"]


def test_a_link_is_followed_within_the_folder_that_was_named(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/b/c.txt", "out/d.txt")
    (tmp_path / "in" / "link").symlink_to(tmp_path / "in" / "b")
    assert get_ids(tmp_path / "in") == ["a", "b/c", "link/c"]


def test_a_link_out_of_the_folder_that_was_named_is_an_issue(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "out/b.txt")
    (tmp_path / "in" / "link").symlink_to("../out")
    assert get_issue(tmp_path / "in") == "/link: is a link out of the folder, to ../out; name that itself to read it"
    assert get_ids(tmp_path / "in") == ["a"]
    assert get_ids(tmp_path / "in" / "link") == ["b"]


def test_a_pipe_is_an_issue_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert get_issue(tmp_path / "a.txt") == ": is no regular file; copy what it gives into one"


def test_a_folder_that_may_not_be_read_is_an_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    assert get_issue(tmp_path) == ": may not be read; change its permissions"


def test_other_errors_of_the_system_are_told_in_its_words() -> None:
    message = explain(OSError(errno.EIO, "Input/output error"), Path("a.txt"))
    assert message == "cannot be read (Input/output error); try again or leave it out"


def test_names_with_control_characters_are_shown_escaped(tmp_path: Path) -> None:
    write(tmp_path, "a\n\x1b[31m.png")
    (issue,) = iter_files(tmp_path / "a\n\x1b[31m.png", SUFFIXES)
    assert isinstance(issue, Issue)
    assert issue.source == str(tmp_path / "a") + r"\n\x1b[31m.png"


def test_names_that_are_not_utf8_give_ids_that_are(tmp_path: Path) -> None:
    try:
        write(tmp_path, os.fsdecode(b"caf\xe9.txt"))
    except OSError:
        pytest.skip("the file system takes UTF-8 names only")
    assert get_ids(tmp_path) == [r"caf\udce9"]


def test_ids_are_composed_whatever_the_file_system_does(tmp_path: Path) -> None:
    write(tmp_path, unicodedata.normalize("NFD", "café.txt"))
    assert get_ids(tmp_path) == [unicodedata.normalize("NFC", "café")]


def test_folders_deeper_than_python_recurses_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    depth = 1200
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.txt").write_text("text", encoding="utf-8")
    found = list(iter_files(tmp_path, SUFFIXES))
    Path("a.txt").unlink()
    for _ in range(depth):  # the framework's own cleaning recurses
        os.chdir("..")
        Path("d").rmdir()
    assert [each.id.count("/") for each in found if isinstance(each, File)] == [depth]
