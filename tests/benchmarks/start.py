"""How long the commands take that only look at a small graph, from the start of the process to its end.

    python tests/benchmarks/start.py [--rounds 25] [--markdown FILE]

Each round runs every command once, in turn with `python -c "import pyoxigraph, typer"`, which nothing that asks a graph
on a command line can do without; the ratio is the median of those of the rounds, of time and of work (seconds of a
processor). Two rounds before do not count: they write the bytecode, to a folder of its own, so that it is there for all
alike. The last rows tell what `kg query` imports beyond that, by `python -X importtime`.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from serving import World, make_graph
from tables import make_parser, report

FACTS = 100
BARE = "import of pyoxigraph and typer"
HEAD = ("from start to end", "median ms", "times the bare import", "work, times the bare import", "modules")
TRIES = 5
"""How often imports are timed; the best time of each module counts."""
UNWANTED = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED")
RUN = "import sys; from kg.cli import main; main()"


def make_commands(graph: Path, name: str) -> dict[str, list[str]]:
    """Give the commands by what they are called in the table."""
    kg = [sys.executable, "-c", RUN]
    of = ["--graph", str(graph)]
    return {
        BARE: [sys.executable, "-c", "import pyoxigraph, typer"],
        "kg query": [*kg, "query", "SELECT ?thing ?name { ?thing rdfs:label ?name } LIMIT 10", *of],
        "kg query --format csv": [*kg, "query", "SELECT ?s ?name { ?s rdfs:label ?name } LIMIT 10", "-f", "csv", *of],
        "kg query --name relations": [*kg, "query", "--name", "relations", *of],
        "kg --help": [*kg, "--help"],
        "kg show": [*kg, "show", name, *of],
    }


def run(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Run a command; give its seconds, and those that a processor worked for it."""
    start = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return taken, used.ru_utime + used.ru_stime


def time_imports(command: list[str], environment: dict[str, str]) -> dict[str, float]:
    """Give the milliseconds that each module takes by itself that a command imports."""
    command = [command[0], "-X", "importtime", *command[1:]]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr
    found = {}
    for line in told.splitlines():
        if line.startswith("import time:") and "imported package" not in line:
            own, _, name = line.removeprefix("import time:").split("|")
            found[name.strip()] = int(own) / 1000
    return found


def iter_rows(graph: Path, name: str, rounds: int, environment: dict[str, str]) -> Iterator[list[str]]:
    """Measure, and iterate over the rows of the table."""
    commands = make_commands(graph, name)
    found: dict[str, list[tuple[float, float]]] = {each: [] for each in commands}
    for _ in range(rounds + 2):
        for each, command in commands.items():
            found[each].append(run(command, environment))
    for each, taken in found.items():
        pairs = [(one, bare) for one, bare in zip(taken[2:], found[BARE][2:], strict=True)]
        median = statistics.median(one[0] for one, _ in pairs) * 1000
        time_ratio, work_ratio = (statistics.median(one[at] / bare[at] for one, bare in pairs) for at in (0, 1))
        modules = len(time_imports(commands[each], environment))
        yield [each, f"{median:.0f}", f"{time_ratio:.2f}", f"{work_ratio:.2f}", str(modules)]
    yield from iter_import_rows(commands, environment)


def iter_import_rows(commands: dict[str, list[str]], environment: dict[str, str]) -> Iterator[list[str]]:
    """Iterate over what `kg query` imports that the bare import does not, the slowest package first."""
    bare = time_imports(commands[BARE], environment)
    packages: dict[str, list[float]] = {}
    tries = [time_imports(commands["kg query"], environment) for _ in range(TRIES)]
    for name, own in ((name, min(each.get(name, own) for each in tries)) for name, own in tries[0].items()):
        package = name.partition(".")[0]
        if name not in bare:
            packages.setdefault("Python's own" if package in sys.stdlib_module_names else package, []).append(own)
    for package, times in sorted(packages.items(), key=lambda each: -sum(each[1])):
        yield [f"imports of kg query: {package}", f"{sum(times):.1f}", "", "", str(len(times))]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--rounds", type=int, default=25)
    options = parser.parse_args()
    world = World(FACTS)
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "graph"
        graph.mkdir()
        make_graph(graph, world)
        environment = {name: value for name, value in os.environ.items() if name not in UNWANTED}
        environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        report(HEAD, iter_rows(graph, world.all()[0].label, options.rounds, environment), options.markdown)


if __name__ == "__main__":
    main()
