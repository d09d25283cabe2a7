"""Backups hold all that a graph is, and only a whole one is ever written or put in place."""

from __future__ import annotations

import io
import json
import random
import shutil
import tarfile
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from crash import killing
from crash.killing import Moment
from kg.backup import restore_backup, write_backup
from kg.errors import SettingError, StoreError
from kg.folder import JOURNAL, RESTORED
from kg.journal import Journal, marked
from kg.store import OxigraphStore

LIST = "kg-backup.json"
Member = tuple[tarfile.TarInfo, bytes]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a graph with a decision, an ontology of its own, and a file of somebody beside it."""
    place = tmp_path_factory.mktemp("kept")
    (place / "coast.ttl").write_text(killing.ONTOLOGY, "utf-8")
    (place / "one.txt").write_text("Ada Lind leads Gull Party.", "utf-8")
    ended = killing.run("build", place / "one.txt", "-o", place / "out", "--ontology", place / "coast.ttl")
    assert ended.code == 0, ended.err
    ended = killing.run("rename", "Gull Party", "The Gulls", "--by", "Tess Ester", "--graph", place / "out")
    assert ended.code == 0, ended.err
    (place / "out" / "notes.txt").write_text("mine", "utf-8")
    return place / "out"


def files(folder: Path) -> dict[str, bytes]:
    """Give what a graph is, apart from its store, by the names of its files."""
    paths = (path for path in folder.rglob("*") if path.is_file() and path.parent.name != "store")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.name != "notes.txt"}


def quads(folder: Path) -> set[str]:
    with OxigraphStore(folder / "store", read_only=True) as store:
        return set(map(str, store.quads()))


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz", "b.TGZ", "folder", "folder.2024-05"])
def test_what_is_restored_is_the_graph(graph: Path, tmp_path: Path, name: str) -> None:
    with OxigraphStore(graph / "store", read_only=True):
        written = write_backup(graph, tmp_path / name)
    assert (written.articles, written.decisions, written.quads) == (1, 1, len(quads(graph)))
    assert restore_backup(tmp_path / name, tmp_path / "new") == written
    assert quads(tmp_path / "new") == quads(graph)
    assert files(tmp_path / "new") == files(graph)
    assert not (tmp_path / "new" / "notes.txt").exists()
    assert not [path for path in tmp_path.rglob(".*") if path.name != ".gitattributes"]


def test_what_waits_in_a_journal_is_part_of_the_graph(graph: Path, tmp_path: Path) -> None:
    shutil.copytree(graph, tmp_path / "stopped")
    article = NamedNode("https://kg.example/article/two")
    said = Quad(article, NamedNode("urn:says"), Literal("two"), article)
    waiting = marked(serialize([said], format=RdfFormat.N_QUADS) or b"", article, "read")
    Journal(tmp_path / "stopped" / JOURNAL).add(waiting)
    assert write_backup(tmp_path / "stopped", tmp_path / "b.tar").articles == 2
    assert str(said) in quads(tmp_path / "stopped")
    Journal(tmp_path / "stopped" / JOURNAL).add(waiting)
    write_backup(graph, tmp_path / "before.tar")
    restore_backup(tmp_path / "before.tar", tmp_path / "stopped", force=True)
    assert not (tmp_path / "stopped" / JOURNAL).exists()
    assert quads(tmp_path / "stopped") == quads(graph)


def test_the_commands_say_what_they_did(graph: Path, tmp_path: Path) -> None:
    ended = killing.run("backup", tmp_path / "b.tar.gz", "--graph", graph)
    assert (ended.code, ended.out) == (0, "")
    assert f"{len(quads(graph)):,} quads, 1 article, 1 decision" in ended.err
    for code, words in ((0, ()), (1, ()), (0, ("--force",))):
        ended = killing.run("restore", tmp_path / "b.tar.gz", *words, "--graph", tmp_path / "new")
        assert ended.code == code
        assert ("holds a graph already" in ended.err) == (code == 1)
        assert ended.err.count("\n") == 1


def test_a_restore_replaces_a_damaged_graph_and_leaves_other_files(graph: Path, tmp_path: Path) -> None:
    write_backup(graph, tmp_path / "b.tar")
    shutil.copytree(graph, tmp_path / "new")
    (tmp_path / "new" / "store" / "CURRENT").write_text("junk", "utf-8")
    (tmp_path / "new" / "rejected.jsonl").write_text("{}", "utf-8")
    restore_backup(tmp_path / "b.tar", tmp_path / "new", force=True)
    assert quads(tmp_path / "new") == quads(graph)
    assert files(tmp_path / "new") == files(graph)
    assert (tmp_path / "new" / "notes.txt").read_text("utf-8") == "mine"


def test_a_graph_that_is_written_is_neither_saved_nor_replaced(graph: Path, tmp_path: Path) -> None:
    write_backup(graph, tmp_path / "b.tar")
    with OxigraphStore(graph / "store"):
        with pytest.raises(StoreError, match="another writer has it open"):
            write_backup(graph, tmp_path / "c.tar")
        with pytest.raises(StoreError, match="another writer has it open"):
            restore_backup(tmp_path / "b.tar", graph, force=True)
    assert not (tmp_path / "c.tar").exists()
    assert quads(graph)


def test_names_that_cannot_be_meant_are_refused(graph: Path, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"is a \.tar or \.tar\.gz file, or a folder"):
        write_backup(graph, tmp_path / "b.zip")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(StoreError, match="is already there"):
        write_backup(graph, tmp_path / "full")
    with pytest.raises(StoreError, match="holds no graph"):
        write_backup(tmp_path / "full", tmp_path / "b.tar")
    with pytest.raises(StoreError, match="there is no such backup"):
        restore_backup(tmp_path / "none.tar", tmp_path / "new")
    (tmp_path / "x.tar").write_bytes(b"no archive")
    with pytest.raises(StoreError, match="is no backup that is whole"):
        restore_backup(tmp_path / "x.tar", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def pack(path: Path, members: list[Member], names: list[str]) -> Path:
    """Write an archive by hand, with a list of some names."""
    listed = {
        "format": 1, "quads": 0, "articles": 0, "decisions": 0,
        "files": [{"name": name, "size": 1, "hash": "x"} for name in names],
    }  # fmt: skip
    with tarfile.open(path, "w") as archive:
        data = json.dumps(listed).encode()
        header = tarfile.TarInfo(LIST)
        header.size = len(data)
        for head, body in [(header, data), *members]:
            archive.addfile(head, io.BytesIO(body))
    return path


def member(
    name: str, kind: bytes = tarfile.REGTYPE, link: str = "", body: bytes = b"x"
) -> tuple[tarfile.TarInfo, bytes]:
    header = tarfile.TarInfo(name)
    header.type, header.linkname, header.size = kind, link, len(body) if kind == tarfile.REGTYPE else 0
    return header, body


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "store/../../x",
        "store/a/b",
        "store/..",
        "store",
        "x",
        "store\\x",
        "",
        "store/",
        "ontologies/\n",
    ],
)
def test_a_name_outside_of_a_graph_is_refused(tmp_path: Path, name: str) -> None:
    path = pack(tmp_path / "b.tar", [member(name or "y")], [name])
    with pytest.raises(StoreError, match="no part of a graph"):
        restore_backup(path, tmp_path / "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar"]


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([member("decisions.ttl", tarfile.SYMTYPE, "/etc/passwd")], "is no plain file"),
        ([member("decisions.ttl", tarfile.LNKTYPE, "graph.ttl")], "is no plain file"),
        ([member("decisions.ttl", tarfile.FIFOTYPE)], "is no plain file"),
        ([member("store", tarfile.DIRTYPE)], "is no plain file"),
        ([member("graph.ttl")], "is not on its list"),
        ([member("decisions.ttl")], "is damaged"),
        ([member("decisions.ttl", body=b"xy")], "is longer than its list says"),
        ([], "is missing"),
    ],
)
def test_what_is_not_on_the_list_or_no_file_is_refused(tmp_path: Path, members: list, told: str) -> None:
    path = pack(tmp_path / "b.tar", members, ["decisions.ttl"])
    with pytest.raises(StoreError, match=told):
        restore_backup(path, tmp_path / "new")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b.tar"]


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_a_backup_that_is_cut_off_or_garbled_restores_nothing(graph: Path, tmp_path: Path, name: str) -> None:
    write_backup(graph, tmp_path / name)
    data = (tmp_path / name).read_bytes()
    chance = random.Random(7)
    for number in range(12):
        at = chance.randrange(512, len(data) - 12_000)
        wrong = data[:at] if number % 2 else data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
        (tmp_path / "wrong.tar").write_bytes(wrong)
        with suppress(StoreError):
            restore_backup(tmp_path / "wrong.tar", tmp_path / "new")
        if (tmp_path / "new").exists():  # what was changed stands in no file, but in padding, or says nothing here
            assert quads(tmp_path / "new") == quads(graph)
            shutil.rmtree(tmp_path / "new")


def test_a_link_in_a_backup_that_is_a_folder_is_refused(graph: Path, tmp_path: Path) -> None:
    write_backup(graph, tmp_path / "b")
    (tmp_path / "b" / "decisions.ttl").unlink()
    (tmp_path / "b" / "decisions.ttl").symlink_to(graph / "decisions.ttl")
    with pytest.raises(StoreError, match=r"decisions\.ttl in it is no plain file"):
        restore_backup(tmp_path / "b", tmp_path / "new")


def test_a_newer_backup_is_refused(graph: Path, tmp_path: Path) -> None:
    write_backup(graph, tmp_path / "b")
    text = (tmp_path / "b" / LIST).read_text("utf-8")
    (tmp_path / "b" / LIST).write_text(text.replace('"format": 1', '"format": 2'), "utf-8")
    with pytest.raises(StoreError, match="was written by a newer kg"):
        restore_backup(tmp_path / "b", tmp_path / "new")


def test_a_restore_that_is_killed_leaves_the_old_graph_or_says_how_to_finish(graph: Path, tmp_path: Path) -> None:
    write_backup(graph, tmp_path / "b.tar")
    (tmp_path / "b.txt").write_text("Bo Ek met Cy Dahl.", "utf-8")
    old = tmp_path / "old"
    words = ("build", tmp_path / "b.txt", "-o", old, "--ontology", graph.parent / "coast.ttl")
    assert killing.run(*words).code == 0
    ended = killing.run("restore", tmp_path / "b.tar", "--force", "--graph", shutil.copytree(old, tmp_path / "target"))
    assert ended.code == 0, ended.err
    chance = random.Random(7)
    for number in range(6):
        out = shutil.copytree(old, tmp_path / str(number))
        killing.kill(
            Moment(chance.randrange(ended.writes), 0.0), "restore", tmp_path / "b.tar", "--force", "--graph", out
        )
        asked = killing.run("query", "ASK {}", "--graph", out)
        if (out / RESTORED).exists():
            assert (asked.code, asked.err.count("\n")) == (1, 1)
            assert "`kg restore` was stopped here; run it again" in asked.err
        else:
            assert asked.code == 0
            assert quads(out) in (quads(old), quads(graph))
        assert killing.run("restore", tmp_path / "b.tar", "--force", "--graph", out).code == 0
        assert quads(out) == quads(graph)
        assert files(out) == files(graph)
