"""Several processes on one port: each answers, and none outlives the first."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from kg.errors import SettingError
from kg.serve import serve

SERVED = """
import sys
from kg.serve import serve
serve(sys.argv[1], port=0, processes=3, on_start=lambda address: print(address, flush=True))
"""


def children(process: int) -> set[int]:
    """Give the processes below one that are alive, at any depth."""
    path = Path(f"/proc/{process}/task/{process}/children")
    own = {int(each) for each in path.read_text().split()} if path.exists() else set()
    return own.union(*map(children, own))


def test_three_processes_answer_on_one_port_and_end_with_the_first(folder: Path) -> None:
    command = [sys.executable, "-c", SERVED, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        below = children(process.pid)
        for _ in range(12):  # each on a connection of its own
            assert httpx.get(address, headers={"Accept": "text/html"}, timeout=30).status_code == 200
        assert len(below) >= 2
        process.kill()
    for _ in range(200):
        if not any(Path(f"/proc/{each}").exists() for each in below):
            break
        time.sleep(0.1)
    assert [each for each in below if Path(f"/proc/{each}").exists()] == []


def test_corrections_are_for_one_process(folder: Path) -> None:
    with pytest.raises(SettingError, match="one process"):
        serve(folder, port=0, processes=2, edit=True)
