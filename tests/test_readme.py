"""What the README shows is what happens: its blocks are run, in a folder where its first command was run."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(m[1], m[2]) for m in re.finditer(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]


def blocks(language: str) -> list[str]:
    return [text for kind, text in BLOCKS if kind == language]


def sessions() -> list[tuple[str, str]]:
    """Give the commands of console blocks with the output that stands below each."""
    found = []
    for block in blocks("console"):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            while command.endswith("\\"):
                more, _, output = output.partition("\n")
                command = command[:-1] + more.strip()
            found.append((command, output))
    return found


@pytest.fixture(scope="module")
def folder(built: Path) -> Path:
    """Give a folder with outputs/ as the README's first command makes it, and the files that the README shows."""
    for text in blocks("turtle"):
        name = re.match(r"# (\S+\.ttl)\n", text)
        if name:
            (built / name[1]).write_text(text, encoding="utf-8")
    return built


def squeezed(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def test_the_readme_has_sessions_code_and_turtle() -> None:
    assert len(sessions()) >= 2
    assert blocks("pycon")
    assert len(blocks("turtle")) >= 2


@pytest.mark.parametrize(("command", "expected"), sessions(), ids=[command[:60] for command, _ in sessions()])
def test_a_command_prints_what_the_readme_shows(command: str, expected: str, folder: Path) -> None:
    assert command.startswith("kg ")
    environment = os.environ | {"COLUMNS": "110", "PYTHONPATH": str(ROOT), "TERM": "dumb"}
    done = subprocess.run(
        f"{sys.executable} -m {command}", shell=True, cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert squeezed(done.stdout) == squeezed(expected)


@pytest.mark.parametrize("block", blocks("pycon"), ids=lambda block: block[:40])
def test_python_blocks_do_what_the_readme_shows(block: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    example = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    results = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(example)
    assert results.attempted > 0
    assert results.failed == 0


def test_the_turtle_that_the_readme_shows_stands_in_the_graph(folder: Path) -> None:
    graph = squeezed((folder / "outputs" / "graph.ttl").read_text(encoding="utf-8"))
    shown = [text for text in blocks("turtle") if not text.startswith("# ")]
    assert shown
    for text in shown:
        for line in squeezed(text):
            assert not line or line in graph


def test_continuous_integration_runs_the_test_command_of_the_readme() -> None:
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert "pytest" in commands[1]
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "README.md" in script
    assert "eval" in script
