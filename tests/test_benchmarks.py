"""The page of the benchmarks finds its figures in the tables that they write."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "benchmarks"
sys.path.insert(0, str(FOLDER))

import all as page  # noqa: E402
from bars import BARS, Bar  # noqa: E402
from tables import read_table, report  # noqa: E402

sys.path.remove(str(FOLDER))  # modules there have the names of folders of tests

NAMES = {each.name for each in page.BENCHMARKS}


def test_every_benchmark_has_its_script() -> None:
    assert all((FOLDER / each.command(Path("data"), quick=False)[0]).is_file() for each in page.BENCHMARKS)


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.what)
def test_every_figure_is_found_in_the_table_that_is_kept(bar: Bar) -> None:
    assert bar.benchmark in NAMES
    kept = FOLDER / f"{bar.benchmark}.md"
    if not kept.is_file():
        pytest.skip(f"{kept.name} was not measured yet")
    assert bar.find(read_table(kept)[1]) is not None


def test_a_table_is_replaced_and_what_stands_under_it_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "one.md"
    report(("what", "value"), [("a", "1,000.5"), ("b", "")], kept)
    assert capsys.readouterr().out == kept.read_text("utf-8")
    kept.write_text(kept.read_text("utf-8") + "\nWhat was tried.\n", "utf-8")
    report(("what", "value"), [("a", "2")], kept)
    told, rows = read_table(kept)
    assert rows == [["what", "value"], ["a", "2"]]
    assert "Python" in told
    assert kept.read_text("utf-8").endswith("| a | 2 |\n\nWhat was tried.\n")


def test_the_page_is_made_of_the_tables_that_are_there(tmp_path: Path) -> None:
    report(("from start to end", "times the bare import"), [("kg query", "1.4")], tmp_path / "start.md")
    text = page.write_page(tmp_path, {"build": "took more than 30 minutes"}).read_text("utf-8")
    (line,) = (line for line in text.splitlines() if line.startswith("| `kg query`"))
    assert line.endswith("| 1.5 | 1.2 | 1.4 | yes |")
    assert "| kg query | 1.4 |" in text
    assert "it took more than 30 minutes." in text
    assert "Not measured yet." in text
