from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.files import replace_file


def write(path: Path, data: bytes) -> None:
    with replace_file(path) as file:
        file.write(data)


def test_a_file_below_a_file_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"file/graph\.ttl: cannot be written"):
        write(tmp_path / "file" / "graph.ttl", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cannot be written \(Is a directory\)"):
        write(tmp_path, b"new")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there" / "graph.ttl")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "there" / "graph.ttl").read_bytes() == b"new"


def test_a_link_that_leads_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(StoreError, match="cannot be written"):
        write(tmp_path / "link", b"new")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    thread = threading.Thread(target=write, args=(pipe, b"new"))
    thread.start()
    assert pipe.read_bytes() == b"new"
    thread.join()
    assert pipe.is_fifo()
