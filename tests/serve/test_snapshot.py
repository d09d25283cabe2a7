from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import StoreError
from kg.serve import Snapshot, Snapshots, snapshot
from kg.store import DEFAULT_GRAPH, OxigraphStore

from .served import make_folder

A, B, C = (NamedNode(f"https://kg.example/id/{name}") for name in "abc")
WRITER = """
import os, sys
from pyoxigraph import NamedNode, Quad
from kg.store import OxigraphStore
a, b, c = (NamedNode(f"https://kg.example/id/{name}") for name in "abc")
store = OxigraphStore(sys.argv[1])
store._write([Quad(a, b, c)], [])
print("written", flush=True)
if sys.stdin.read() == "kill":
    os._exit(1)
store.close()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_folder(tmp_path)


@pytest.fixture
def snapshots(folder: Path) -> Iterator[Snapshots]:
    with Snapshots(folder) as made:
        yield made


def says(state: Snapshot, subject: NamedNode = A) -> bool:
    return any(state.store.quads(subject, B, C))


def write(folder: Path, subject: NamedNode = A) -> None:
    with OxigraphStore(folder / "store") as store:
        store.replace_graph(DEFAULT_GRAPH, [*store.quads(graph=DEFAULT_GRAPH), Quad(subject, B, C)])


def test_a_state_has_what_is_in_the_folder(snapshots: Snapshots, folder: Path) -> None:
    state = snapshots.current()
    assert state.base == "https://kg.example/"
    assert state.folder == folder
    assert state.prefixes["ex"] == "https://example.org/terms#"
    assert len(state.store) == len(OxigraphStore(folder / "store", read_only=True))
    assert snapshots.current() is state


def test_a_state_stays_and_the_next_follows(snapshots: Snapshots, folder: Path) -> None:
    before = snapshots.current()
    write(folder)
    after = snapshots.refresh()
    assert (says(before), says(after)) == (False, True)
    assert before.version != after.version
    assert snapshots.refresh() is after


def test_the_disk_is_looked_at_by_and_by(snapshots: Snapshots, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "CHECKED_EVERY", 1000.0)
    snapshots.refresh()
    write(folder)
    assert not says(snapshots.current())
    monkeypatch.setattr(snapshot, "CHECKED_EVERY", 0.0)
    assert says(snapshots.current())


def test_the_files_of_a_state_go_when_nobody_uses_it(snapshots: Snapshots, folder: Path) -> None:
    before = snapshots.current()
    path = before.path
    write(folder)
    snapshots.refresh()
    assert path.is_dir()
    del before
    gc.collect()
    assert not path.exists()


def test_nothing_is_left_beside_the_graph(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    with Snapshots(folder):
        assert len(list(folder.iterdir())) == len(names) + 1
    assert sorted(path.name for path in folder.iterdir()) == names


def test_what_a_killed_server_left_goes_and_what_another_uses_stays(folder: Path) -> None:
    (folder / ".serve-left").mkdir()
    (folder / ".serve-left" / "held").touch()
    with Snapshots(folder) as first, Snapshots(folder):
        assert not (folder / ".serve-left").exists()
        assert first.current().path.is_dir()


@pytest.mark.parametrize("end", ["close", "kill"])
def test_a_change_is_shown_when_its_writer_is_done(snapshots: Snapshots, folder: Path, end: str) -> None:
    command = [sys.executable, "-c", WRITER, str(folder / "store")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        assert not says(snapshots.refresh())
        with pytest.raises(StoreError, match="being written by another process; wait"):
            Snapshots(folder)
        writer.communicate(end)
    assert says(snapshots.refresh())


def test_a_change_of_our_own_is_shown_at_once(snapshots: Snapshots, folder: Path) -> None:
    with snapshots.writing():
        write(folder)
    assert says(snapshots.current())


def test_reading_meanwhile_leaves_the_lock_to_the_writer(snapshots: Snapshots, folder: Path) -> None:
    snapshots.refresh()
    with snapshots.writing(), OxigraphStore(folder / "store"):
        snapshots.current()
        command = [sys.executable, "-c", WRITER, str(folder / "store")]
        done = subprocess.run(command, input="close", capture_output=True, text=True)
    assert "another writer has it open" in done.stderr


def test_a_store_that_goes_away_leaves_the_last_state(snapshots: Snapshots, folder: Path) -> None:
    (folder / "store").rename(folder / "gone")
    assert any(snapshots.refresh().store.quads())
    (folder / "gone").rename(folder / "store")
    write(folder)
    assert says(snapshots.refresh())


def test_a_folder_in_which_nothing_can_be_made_is_read_in_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**options: object) -> str:
        raise PermissionError

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with Snapshots(folder) as snapshots:
        assert snapshots.current().path == folder / "store"
        write(folder)
        assert says(snapshots.refresh())


def test_what_is_made_of_a_state_is_made_once(snapshots: Snapshots, folder: Path) -> None:
    made: list[str] = []

    def count(state: Snapshot) -> int:
        made.append(state.version)
        return len(state.store)

    state = snapshots.current()
    threads = [threading.Thread(target=state.cached, args=(count,)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert state.cached(count) == len(state.store)
    assert made == [state.version]
    write(folder)
    assert snapshots.refresh().cached(count) == len(state.store) + 1


def test_a_folder_without_a_graph_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Snapshots(tmp_path)


def test_a_closed_one_says_so(folder: Path) -> None:
    snapshots = Snapshots(folder)
    snapshots.close()
    snapshots.close()
    with pytest.raises(StoreError, match="closed"):
        snapshots.current()
