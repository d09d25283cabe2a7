"""A full disk, a folder that cannot be written, a damaged store: one line says so, and nothing gets worse."""

from __future__ import annotations

import ctypes
import resource
from pathlib import Path

import pytest

from crash import killing
from kg.files import remove_left, replace_file, temporary_name
from kg.store import OxigraphStore

TEXTS = {"one": "Ada Lind leads Gull Party.", "two": "Bo Ek met Ada Lind.", "three": "Cy Dahl criticised Bo Ek."}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "coast.ttl").write_text(killing.ONTOLOGY, "utf-8")
    (tmp_path / "articles").mkdir()
    for name, text in TEXTS.items():
        (tmp_path / "articles" / f"{name}.txt").write_text(text, "utf-8")
    return tmp_path


def build(place: Path, **options) -> killing.Ended:
    words = ("build", place / "articles", "-o", place / "out", "--ontology", place / "coast.ttl")
    return killing.run(*words, **options)


def one_line(ended: killing.Ended) -> str:
    assert ended.code == 1
    assert ended.err.startswith("kg: ")
    assert ended.err.count("\n") == 1
    assert "should not happen" not in ended.err
    return ended.err


def lose_rights() -> None:
    """Let the rights of folders count, which they do not for root (capset(2): CAP_DAC_OVERRIDE is the bit 1)."""
    system = ctypes.CDLL(None)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    held = (ctypes.c_uint32 * 6)()
    system.capget(header, held)
    held[0] &= ~0b10
    system.capset(header, held)


def allow_little() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


def test_a_full_disk_is_told_and_the_build_goes_on_when_there_is_room(place: Path) -> None:
    assert "no room" in one_line(build(place, before=allow_little))
    ended = build(place)
    assert ended.code == 0, ended.err
    assert (place / "out" / "graph.ttl").exists()
    assert not list((place / "out").glob(".*.part"))


def test_a_full_disk_leaves_a_graph_as_it_was(place: Path) -> None:
    assert build(place).code == 0
    before = (place / "out" / "graph.ttl").read_bytes()
    (place / "articles" / "four.txt").write_text("Dee Voss leads Tern Party.", "utf-8")
    assert "no room" in one_line(build(place, before=allow_little))
    assert (place / "out" / "graph.ttl").read_bytes() == before
    assert killing.run("query", "ASK {}", "--graph", place / "out").code == 0
    again = build(place)
    assert again.code == 0, again.err
    assert again.texts == ["Dee Voss leads Tern Party."]


def test_a_folder_that_cannot_be_written_is_told_and_can_be_read(place: Path) -> None:
    assert build(place).code == 0
    folders = [place / "out", place / "out" / "store"]
    for folder in folders:
        folder.chmod(0o555)
    decided = killing.run("rename", "Bo Ek", "Bo", "--by", "T", "--graph", place / "out", before=lose_rights)
    assert "Permission denied" in decided.err
    one_line(decided)
    one_line(build(place, before=lose_rights))
    asked = killing.run("query", "ASK { ?s ?p ?o }", "--graph", place / "out", before=lose_rights)
    assert asked.code == 0, asked.err
    for folder in folders:
        folder.chmod(0o755)
    assert build(place).code == 0


def test_a_folder_in_use_is_told(place: Path) -> None:
    assert build(place).code == 0
    with OxigraphStore(place / "out" / "store"):
        assert "another writer has it open" in one_line(build(place))
        assert killing.run("query", "ASK {}", "--graph", place / "out").code == 0
    assert build(place).code == 0


@pytest.mark.parametrize(
    "words", [("query", "ASK { ?s ?p ?o }"), ("show", "Ada Lind"), ("export", "x.ttl"), ("backup", "x")]
)
def test_a_damaged_store_is_told_by_every_command(place: Path, words: tuple[str, ...]) -> None:
    assert build(place).code == 0
    for table in (place / "out" / "store").glob("*.sst"):
        table.write_bytes(table.read_bytes()[:-100])
    assert "is damaged" in one_line(killing.run(*words, "--graph", place / "out"))


def test_what_a_killed_process_left_is_removed_and_what_is_being_written_is_not(tmp_path: Path) -> None:
    left, mine = temporary_name(tmp_path / "a.ttl"), tmp_path / ".a.ttl.mine.part"
    left.write_text("half")
    mine.write_text("not one of ours")
    with replace_file(tmp_path / "b.ttl") as file:
        file.write(b"whole")
        remove_left(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.ttl.mine.part", "b.ttl"]
    assert (tmp_path / "b.ttl").read_bytes() == b"whole"
