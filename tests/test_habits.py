"""The house keeps itself: lint, types, sizes, and what may not stand in the code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "kg").rglob("*.py"))


@pytest.mark.parametrize(
    "command",
    [["ruff", "check", "kg", "tests"], ["ruff", "format", "--check", "kg", "tests"], ["mypy"]],
    ids=lambda command: " ".join(command[:2]),
)
def test_the_code_passes(command: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_one_topic_of_at_most_400_lines(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_python_knows_a_domain() -> None:
    words = re.compile(r"\b(constituenc|parliament|mayor|senator|prime.minister)", re.IGNORECASE)
    found = [str(path.relative_to(ROOT)) for path in MODULES if words.search(path.read_text(encoding="utf-8"))]
    assert found == []


def test_no_name_of_an_example_article_stands_in_code_or_ontologies() -> None:
    shared = ROOT.parent / "shared" / "data" / "articles"
    if not shared.is_dir():
        pytest.skip("the first real article is not beside this checkout")
    text = " ".join(path.read_text(encoding="utf-8") for path in shared.glob("*.txt"))
    people = set(re.findall(r"(?<=[a-z] )[A-Z][a-z]+ [A-Z][a-z]+\b", text))
    known = (ROOT / "ontologies" / "countries.ttl").read_text(encoding="utf-8")
    places = (ROOT / "ontologies" / "places.ttl").read_text(encoding="utf-8")
    files = [*MODULES, ROOT / "ontologies" / "core.ttl", ROOT / "ontologies" / "politics.ttl"]
    nouns = files[-1].read_text(encoding="utf-8")
    people = {name for name in people if f'"{name.lower()}"' not in nouns}
    assert people
    for path in files:
        content = path.read_text(encoding="utf-8")
        for name in people:
            assert name not in content or name in known or name in places, f"{name} in {path.name}"
