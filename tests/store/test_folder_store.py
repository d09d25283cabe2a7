"""What only a store in a folder has: it stays, it has one writer, and others read it."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

import kg
from kg.errors import StoreError
from kg.store import DEFAULT_GRAPH, OxigraphStore

FACT = Quad(NamedNode("https://a.example/x"), NamedNode("https://a.example/says"), Literal("a"))


@pytest.fixture
def folder(tmp_path):
    with OxigraphStore(tmp_path / "store") as store:
        store.replace_graph(DEFAULT_GRAPH, [FACT])
    return tmp_path / "store"


def test_what_was_written_is_there_when_the_folder_is_opened_again(folder):
    with OxigraphStore(folder) as store:
        assert list(store.quads()) == [FACT]


def test_a_second_writer_is_refused_with_what_to_do(folder):
    with OxigraphStore(folder), pytest.raises(StoreError, match=r"store: another writer has it open; wait .*read-only"):
        OxigraphStore(folder)
    OxigraphStore(folder).close()


def test_readers_read_and_cannot_write(folder):
    with OxigraphStore(folder, read_only=True) as one, OxigraphStore(folder, read_only=True) as two:
        assert list(one.quads()) == list(two.quads()) == [FACT]
        with pytest.raises(StoreError, match="was opened read-only"):
            one.remove_graph(DEFAULT_GRAPH)
        with pytest.raises(StoreError, match="was opened read-only"):
            one.add(b"<https://a.example/x> <https://a.example/says> <https://a.example/b> .\n")
        assert list(one.quads()) == [FACT]


def test_a_snapshot_stays_as_it_was_while_the_writer_goes_on(folder, tmp_path):
    with OxigraphStore(folder) as writer:
        snapshot = writer.snapshot(tmp_path / "snapshots" / "1")
        writer.remove_graph(DEFAULT_GRAPH)
        with OxigraphStore(snapshot, read_only=True) as reader:
            assert list(reader.quads()) == [FACT]
        assert len(writer) == 0


def test_a_snapshot_never_replaces_a_folder(folder, tmp_path):
    with OxigraphStore(folder) as writer, pytest.raises(StoreError, match="is already there"):
        writer.snapshot(tmp_path)


def test_reading_where_no_store_is_says_so(tmp_path):
    with pytest.raises(StoreError, match=r"nothing: no store is there; build one first"):
        OxigraphStore(tmp_path / "nothing", read_only=True)
    assert not (tmp_path / "nothing").exists()


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match=r"file: is no store that can be opened"):
        OxigraphStore(tmp_path / "file")


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match=r"file/out: the folder cannot be made \(Not a directory\); choose another"):
        OxigraphStore(tmp_path / "file" / "out" / "store")


@pytest.fixture
def tables(tmp_path):
    """Give the folder of a store with several tables and a log."""
    with OxigraphStore(tmp_path / "tables") as store:
        for number in range(3):
            quads = [Quad(FACT.subject, FACT.predicate, Literal(f"{number} {each}" * 9)) for each in range(400)]
            store.replace_graphs({DEFAULT_GRAPH: [*store.quads(), *quads]})
            store._flush(store._store)
    return tmp_path / "tables"


@pytest.mark.parametrize("how", ["gone", "empty", "half", "garbled"])
@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*", "*.sst"])
@pytest.mark.parametrize("read_only", [True, False])
def test_a_damaged_store_is_told_in_one_line_and_left_alone(tables, name, how, read_only):
    path = max(tables.glob(name), key=lambda path: path.stat().st_size)
    data = path.read_bytes()
    if how == "gone":
        path.unlink()
    else:
        garbled = bytes(byte ^ 0xA5 for byte in data)
        path.write_bytes({"empty": b"", "half": data[: len(data) // 2], "garbled": garbled}[how])
    names = {each.name for each in tables.iterdir() if each.suffix == ".sst"}
    with pytest.raises(StoreError, match=r"is damaged \(.*kg restore BACKUP --force"):
        list(OxigraphStore(tables, read_only=read_only).quads())
    assert {each.name for each in tables.iterdir() if each.suffix == ".sst"} == names


@pytest.mark.parametrize("read_only", [True, False])
def test_tables_without_the_file_that_names_them_are_never_begun_anew(tables, read_only):
    for path in [tables / "CURRENT", *tables.glob("MANIFEST-*"), *tables.glob("*.log")]:
        path.unlink()
    with pytest.raises(StoreError, match="is damaged"):
        OxigraphStore(tables, read_only=read_only)
    assert not (tables / "CURRENT").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2\n", r"was written by a newer kg \(format 2, this one knows 1\); use that one"),
        ("0\n", r"was written by an older kg \(format 0, .*build the graph again"),
        ("\x00\x00", "names no format"),
        ("", "names no format"),
    ],
)
@pytest.mark.parametrize("read_only", [True, False])
def test_a_store_of_another_format_is_refused(folder, text, told, read_only):
    (folder / "FORMAT").write_text(text, "ascii")
    with pytest.raises(StoreError, match=told):
        OxigraphStore(folder, read_only=read_only)


def test_a_store_that_names_no_format_has_the_first(folder):
    (folder / "FORMAT").unlink()
    with OxigraphStore(folder, read_only=True) as store:
        assert list(store.quads()) == [FACT]
    assert not (folder / "FORMAT").exists()
    OxigraphStore(folder).close()
    assert (folder / "FORMAT").read_text("ascii") == "1\n"


def test_what_a_killed_writer_left_in_the_log_is_read_and_is_in_a_snapshot(tmp_path):
    code = (
        "import os, sys; from kg.store import *; from pyoxigraph import *; store = OxigraphStore(sys.argv[1]);"
        "q = Quad(NamedNode('https://a.example/x'), NamedNode('https://a.example/says'), Literal('a'));"
        "store.replace_graph(DEFAULT_GRAPH, [q]); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "store")], cwd=Path(kg.__file__).parent.parent)
    with OxigraphStore(tmp_path / "store", read_only=True) as store:
        assert list(store.quads()) == [FACT]
        with pytest.raises(StoreError, match="was opened read-only; open it without read_only to make a snapshot"):
            store.snapshot(tmp_path / "snapshot")
    with OxigraphStore(tmp_path / "store") as store:
        store.snapshot(tmp_path / "snapshot")
    with OxigraphStore(tmp_path / "snapshot", read_only=True) as store:
        assert list(store.quads()) == [FACT]


def test_readers_open_a_store_whose_tables_are_merged_meanwhile(tmp_path):
    with OxigraphStore(tmp_path / "store") as writer:
        for number in range(60):
            graph = NamedNode(f"https://a.example/{number}")
            quads = [Quad(FACT.subject, FACT.predicate, Literal(str(each)), graph) for each in range(20)]
            writer.replace_graph(graph, quads)
            if number % 3 == 0:
                writer._flush(writer._store)
            with OxigraphStore(tmp_path / "store", read_only=True) as reader:
                assert len(reader) == 20 * (number + 1)


def test_graphs_are_replaced_at_once_or_not_at_all(folder):
    graph = NamedNode("https://a.example/g")
    with OxigraphStore(folder) as store:
        with pytest.raises(ValueError, match="does not belong"):
            store.replace_graphs({DEFAULT_GRAPH: [], graph: [FACT]})
        assert list(store.quads()) == [FACT]
        inside = Quad(*FACT.triple, graph)
        changes = store.replace_graphs({DEFAULT_GRAPH: [], graph: [inside]})
        assert (changes[DEFAULT_GRAPH].removed, changes[graph].added) == (1, 1)
        assert list(store.quads()) == [inside]


def test_the_notes_of_the_engine_do_not_pile_up(folder):
    for _ in range(3):
        OxigraphStore(folder).close()
    assert not list(folder.glob("LOG.old.*"))
    assert not list(folder.parent.glob(".*.part"))


MANY = 25_000
WRITES_MANY = f"""
import resource, sys
from pyoxigraph import Literal, NamedNode, Quad
from kg.errors import StoreError
from kg.store import DEFAULT_GRAPH, OxigraphStore
if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
say = NamedNode("https://a.example/says")
quads = [Quad(NamedNode(f"https://a.example/{{n}}"), say, Literal(f"number {{n}}")) for n in range({MANY})]
with OxigraphStore(sys.argv[1]) as store:
    old = list(store.quads())
    print("go", flush=True)
    try:
        store.replace_graph(DEFAULT_GRAPH, [*old, *quads])
    except StoreError as error:
        print(error)
"""


def start_writing(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITES_MANY, str(folder), *options]
    process = subprocess.Popen(command, cwd=Path(kg.__file__).parent.parent, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "go\n"
    return process


def test_of_many_quads_at_once_all_or_none_are_there_when_the_writer_is_killed(folder, tmp_path):
    chance = random.Random(5)
    for number in range(8):
        copy = shutil.copytree(folder, tmp_path / str(number))
        with start_writing(copy) as process:
            time.sleep(chance.random() * 0.4)
            process.kill()
        with OxigraphStore(copy, read_only=True) as reader:
            found = len(reader)
        assert found in (1, 1 + MANY)
        with OxigraphStore(copy) as store:
            assert not list(copy.glob("bulk-*"))
            assert len(store) == found
            assert FACT in store.quads()


def test_many_quads_at_once_for_which_there_is_no_room_leave_the_store_as_it_was(folder):
    with start_writing(folder, "200000") as process:
        assert process.stdout is not None
        assert "no room" in process.stdout.read()
    with OxigraphStore(folder) as store:
        assert list(store.quads()) == [FACT]
        assert not list(folder.glob("bulk-*"))


def test_the_log_of_many_quads_is_gone_when_the_store_is_closed(tmp_path):
    with OxigraphStore(tmp_path / "store") as store:
        for number in range(12):
            graph = NamedNode(f"https://a.example/{number}")
            quads = [Quad(FACT.subject, FACT.predicate, Literal(f"{each} of some"), graph) for each in range(1000)]
            store.replace_graph(graph, quads)
    assert sum(path.stat().st_size for path in (tmp_path / "store").glob("*.log")) == 0
    with OxigraphStore(tmp_path / "store", read_only=True) as store:
        assert len(store) == 12_000


def test_a_store_can_be_closed_while_an_answer_is_still_read(tmp_path):
    store = OxigraphStore(tmp_path / "store")
    quads = [Quad(FACT.subject, FACT.predicate, Literal(f"{each} of some")) for each in range(12_000)]
    store.replace_graph(DEFAULT_GRAPH, quads)
    answer = store.quads()
    next(answer)
    store.close()
    del answer
    OxigraphStore(tmp_path / "store").close()
