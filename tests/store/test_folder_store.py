"""What only a store in a folder has: it stays, it has one writer, and others read it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

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


def test_a_damaged_store_is_named(folder):
    (folder / "CURRENT").write_text("junk", "utf-8")
    with pytest.raises(StoreError, match=r"store: is no store that can be opened"):
        OxigraphStore(folder)
