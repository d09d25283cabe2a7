"""Folders that hold what is no file: pipes, devices, sockets and links that lead nowhere; nothing hangs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.decisions import read_decisions
from kg.errors import OntologyError, SourceError
from kg.model import Article, Issue
from kg.ontology import load_ontology
from kg.read import read_articles
from kg.vocabulary import DEFAULT_BASE

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes in folders")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "good.txt").write_text("The council met.")
    return made


def read(folder: Path) -> tuple[list[str], dict[str, str]]:
    """Give the ids of the articles, and the issues by the names of their files."""
    found = list(read_articles(folder))
    issues = {Path(each.source).name: each.message for each in found if isinstance(each, Issue)}
    return [each.id for each in found if isinstance(each, Article)], issues


def test_pipes_devices_and_sockets_are_issues(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "random.jsonl").symlink_to("/dev/urandom")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind("socket.txt")
    articles, issues = read(folder)
    assert articles == ["good"]
    assert set(issues) == {"pipe.txt", "zero.txt", "random.jsonl", "socket.txt"}
    told = {name: each.partition(";")[0] for name, each in issues.items()}
    assert told["pipe.txt"] == told["socket.txt"] == "is no regular file"
    assert told["zero.txt"] == "is a link out of the folder, to /dev/zero"


def test_links_that_lead_to_one_another_or_up_are_issues(folder: Path) -> None:
    (folder / "one.txt").symlink_to("two.txt")
    (folder / "two.txt").symlink_to("one.txt")
    (folder / "inner").mkdir()
    (folder / "inner" / "up").symlink_to("..")
    (folder / "gone.txt").symlink_to("nowhere\x1b[31m")
    articles, issues = read(folder)
    assert articles == ["good"]
    assert set(issues) == {"one.txt", "two.txt", "up", "gone.txt"}
    assert all(each.isprintable() for each in issues.values())


def test_links_are_followed_only_within_the_folder(folder: Path, tmp_path: Path) -> None:
    outside, inside = tmp_path / "outside", folder / "inside"
    outside.mkdir()
    inside.mkdir()
    (outside / "there.txt").write_text("The vote was close.")
    (inside / "here.txt").write_text("The vote was lost.")
    (folder / "far").symlink_to(outside)
    (folder / "secret.txt").symlink_to(outside / "there.txt")
    (folder / "near").symlink_to(inside)
    articles, issues = read(folder)
    assert articles == ["good", "inside/here", "near/here"]
    assert set(issues) == {"far", "secret.txt"}
    assert all("is a link out of the folder, to " in each for each in issues.values())


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_an_issue(folder: Path) -> None:
    (folder / "secret.txt").write_text("x")
    (folder / "secret.txt").chmod(0)
    assert read(folder)[1] == {"secret.txt": "may not be read; change its permissions"}


def test_an_ontology_or_decisions_that_are_a_pipe_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.ttl"
    os.mkfifo(pipe)
    with pytest.raises(OntologyError, match="is no regular file"):
        load_ontology(pipe)
    with pytest.raises(SourceError, match="is no regular file"):
        read_decisions(pipe, DEFAULT_BASE)
    with pytest.raises(OntologyError, match="is no regular file"):
        load_ontology("/dev/zero")


def test_a_command_shows_no_code_of_a_name_raw(tmp_path: Path) -> None:
    name = "\x1b[31mred\n\u202e.txt"
    command = [sys.executable, "-m", "kg", "build", name, "-o", "out\x1b[2J"]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(root), "PATH": ""}, capture_output=True)
    assert done.returncode == 1
    shown = (done.stdout + done.stderr).decode()
    assert "\\x1b[31mred\\n\\u202e.txt: does not exist; check the path" in shown
    assert shown.replace("\n", "").isprintable()
