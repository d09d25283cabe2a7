"""Run the benchmarks, keep the table of each, and put all of them on one page: tests/benchmarks/results.md.

    python tests/benchmarks/all.py [NAME...] [--quick] [--data ../shared/data] [--list]

Without names all are run, one after the other: it takes most of a day, and wants a machine with nothing else to do.
--quick tries each on little, for a look at whether it runs: its tables go to a folder of their own, and say little.
The table of a benchmark is kept as NAME.md beside it, with the date and the machine. One that fails, or takes longer
than it may, leaves the table of the time before; the page says so, and is made of what is there.
"""

from __future__ import annotations

import argparse
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bars import BARS, Bar
from tables import describe_run, read_table

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RESULTS = "results.md"
DATA = "DATA"
"""Stands for the folder of the data sets in the arguments of a benchmark."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A script with its arguments: those of the page, those of a quick try (None: it is not tried), and its minutes."""

    name: str
    title: str
    minutes: int
    arguments: tuple[str, ...] = ()
    quick: tuple[str, ...] | None = ()
    script: str | None = None

    def command(self, data: Path, *, quick: bool) -> list[str]:
        """Give the command that runs it, but for where its table goes."""
        arguments = (self.quick or ()) if quick else self.arguments
        return [f"{self.script or self.name}.py", *(str(data) if each == DATA else each for each in arguments)]


WITH_DATA = ("--data", DATA)
BENCHMARKS = (
    Benchmark("start", "From start to end", 10, quick=("--rounds", "3")),
    Benchmark("loading", "Loading a store", 60, quick=("--quads", "20000", "--rounds", "2")),
    Benchmark("serving", "Queries and pages", 40, quick=("--facts", "1000", "--seconds", "2", "--times", "20")),
    Benchmark("querying", "Queries from Python", 20, quick=("--facts", "1000", "--times", "20")),
    Benchmark(
        "build", "`kg build` and the bare pipeline", 30, WITH_DATA, (*WITH_DATA, "--count", "10", "--rounds", "1")
    ),
    Benchmark(
        "growth",
        "Growth: time, memory, and size on disk of an article",
        600,
        (*WITH_DATA, "--sizes", "100", "1000", "10000", "--workers", "1"),
        (*WITH_DATA, "--sizes", "10", "20", "--workers", "1"),
    ),
    Benchmark(
        "workers",
        "Two workers",
        120,
        (*WITH_DATA, "--sizes", "2000", "--workers", "1", "2", "--rounds", "2"),
        (*WITH_DATA, "--sizes", "20", "--workers", "1", "2"),
        script="growth",
    ),
    Benchmark("extraction_speed", "Extraction and the language pipeline", 20, WITH_DATA, None),
    Benchmark("resolution", "Identity at size", 60, quick=("--mentions", "10000", "--entities", "2000")),
    Benchmark("kills", "Kills", 20, quick=None),
    Benchmark("fuzzing", "Bad input", 120, ("--examples", "110000"), ("--examples", "300")),
    Benchmark("evaluation", "What articles say", 30, WITH_DATA, None),
    Benchmark("relations", "Facts about people and companies (KnowledgeNet)", 60, WITH_DATA, None),
    Benchmark("language", "Trees, tags and names", 60, WITH_DATA, None),
    Benchmark("robustness", "Names in every sort of writing", 10),
    Benchmark("coreference", "What stands for the same (OntoGUM)", 60, WITH_DATA, None),
    Benchmark("quotations", "Who says what (LitBank)", 60, WITH_DATA, None),
    Benchmark("identity", "One thing, one entity (GUM)", 60, WITH_DATA, None),
    Benchmark("homonyms", "Namesakes, and other names of one thing", 10, ("--together",), None),
    Benchmark("constituencies", "Members and their constituencies", 10, WITH_DATA, None),
    Benchmark("linking", "Links to a knowledge base", 60, (*WITH_DATA, "--scale", "200"), None),
)


def run(benchmark: Benchmark, data: Path, target: Path, *, quick: bool) -> str | None:
    """Run a benchmark, which shows its table; say what went wrong, None when it came to its end."""
    script, *arguments = benchmark.command(data, quick=quick)
    if not (HERE / script).is_file():
        return "is not there"
    if str(data) in arguments and not data.is_dir():
        return "needs the data sets (--data)"
    command = [sys.executable, str(HERE / script), *arguments, "--markdown", str(target / f"{benchmark.name}.md")]
    paths = [str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))}
    with subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True) as process:
        try:
            code = process.wait(benchmark.minutes * 60)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)  # with the processes that it has started
            if isinstance(error, subprocess.TimeoutExpired):
                return f"took more than {benchmark.minutes} minutes"
            raise
    return f"ended with exit code {code}" if code else None


def read_tables(folder: Path) -> dict[str, tuple[str, list[list[str]]]]:
    """Read the tables that are there: of each benchmark when and with what it was measured, and the rows."""
    paths = ((each.name, folder / f"{each.name}.md") for each in BENCHMARKS)
    return {name: read_table(path) for name, path in paths if path.is_file()}


def write_page(folder: Path, faults: Mapping[str, str]) -> Path:
    """Write the page of all tables that are in a folder; `faults` are benchmarks that did not come to their end."""
    tables = read_tables(folder)
    lines = [
        "# Benchmarks",
        "",
        f"Put together {describe_run()}. Made by `python tests/benchmarks/all.py`.",
        "",
        "Ratios are of things measured in the same run; each table tells when, with what and on which machine. What a "
        "figure means, and what was tried, is told in the file of the benchmark.",
        "",
        "## What is to be reached",
        "",
        *make_table(
            ("", "at least", "aim", "reached", ""), iter_bars({name: rows for name, (_, rows) in tables.items()})
        ),
    ]
    for each in BENCHMARKS:
        lines += ["", f"## {each.title}", ""]
        command = shlex.join(["python", "tests/benchmarks/" + each.command(Path("../shared/data"), quick=False)[0]])
        arguments = shlex.join(each.command(Path("../shared/data"), quick=False)[1:])
        lines += [f"`{f'{command} {arguments}'.strip()}`", ""]
        if each.name in faults:
            lines += [f"On {datetime.now(tz=UTC):%Y-%m-%d} it {faults[each.name]}.", ""]
        if each.name in tables:
            told, rows = tables[each.name]
            lines += [told, "", *make_table(rows[0], rows[1:])]
        else:
            lines += ["Not measured yet."]
    path = folder / RESULTS
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def iter_bars(tables: Mapping[str, list[list[str]]]) -> Iterator[list[str]]:
    """Iterate over what is to be reached, and how far that is."""
    for bar in BARS:
        figure = bar.find(tables[bar.benchmark]) if bar.benchmark in tables else None
        least, aim, reached = (_write(number, bar) for number in (bar.least, bar.aim, figure))
        yield [bar.what, least, aim, reached, "" if figure is None else "yes" if bar.is_met(figure) else "no"]


def _write(number: float | None, bar: Bar) -> str:
    if number is None:
        return "not measured"
    return f"{number:.10g}" if number == round(number, 2) else f"{number:.2f}"


def make_table(head: Sequence[str], rows: Iterator[list[str]] | Sequence[Sequence[str]]) -> list[str]:
    """Give the lines of a table."""
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows)]


def main() -> None:
    """Run what is named, and write the page."""
    names = [each.name for each in BENCHMARKS]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"{', '.join(names)}; or page, to run none")
    parser.add_argument("--quick", action="store_true", help="try those that can be tried on little")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "data", help="the folder of the data sets"
    )
    parser.add_argument("--to", type=Path, help="the folder of the tables and of the page")
    parser.add_argument("--list", action="store_true", help="list the benchmarks")
    options = parser.parse_args()
    if options.list:
        print("\n".join(f"{each.name:<18}{each.title} (at most {each.minutes} minutes)" for each in BENCHMARKS))
        return
    unknown = [name for name in options.names if name not in (*names, "page")]
    if unknown:
        parser.error(f"no benchmark is named {unknown[0]}; see --list")
    target = options.to or (Path(tempfile.mkdtemp(prefix="kg-benchmarks-")) if options.quick else HERE)
    target.mkdir(parents=True, exist_ok=True)
    faults: dict[str, str] = {}
    for each in BENCHMARKS:
        if (options.names and each.name not in options.names) or (options.quick and each.quick is None):
            continue
        print(f"\n== {each.name}: {each.title}", flush=True)
        start = time.monotonic()
        fault = run(each, options.data, target, quick=options.quick)
        if fault is not None:
            faults[each.name] = fault
        print(f"-- {fault or 'done'}, {time.monotonic() - start:.0f} s", flush=True)
        write_page(target, faults)
    print(f"\nsee {write_page(target, faults)}")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
