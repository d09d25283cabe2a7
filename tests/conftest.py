"""What tests of the whole share: the graph that the README's first command makes of the example articles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder in which the example articles were built, as the README's first command does it."""
    folder = tmp_path_factory.mktemp("built")
    articles = sorted(str(path) for path in (ROOT / "tests" / "articles").glob("*.txt"))
    command = [sys.executable, "-m", "kg", "build", *articles]
    done = subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(ROOT), "PATH": ""}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return folder
