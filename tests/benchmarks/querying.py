"""How long `kg.Graph.query` takes on a large graph, beside pyoxigraph called directly, in turn in one process.

    python tests/benchmarks/querying.py [--facts 100000] [--times 300] [--graph DIR] [--markdown FILE]

The graph and the queries are those of serving.py. Both give the rows as Python values that hold the terms; each query
is asked with another value every time. Times are medians, the ratio is that of the medians.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from pyoxigraph import QueryBoolean, QuerySolutions, Store
from serving import World, make_graph, make_queries
from tables import make_parser, report

import kg

HEAD = ("in one process", "pyoxigraph", "kg", "ratio")
FEW = 50
"""How often a query is asked that gives many rows."""


def ask(store: Store, query: str) -> list[tuple[object, ...]]:
    """Ask the engine; give the rows."""
    found = store.query(query)
    if isinstance(found, QuerySolutions):
        return [tuple(row) for row in found]
    assert isinstance(found, QueryBoolean)
    return [(bool(found),)]


def measure(store: Store, graph: kg.Graph, make: Callable[[int], str], times: int) -> tuple[float, float]:
    """Give the median seconds of the engine and of kg for a kind of query."""
    taken: tuple[list[float], list[float]] = ([], [])
    rounds = times if len(ask(store, make(0))) < 100 else min(times, FEW)
    for number in range(rounds + rounds // 5):
        query = make(number)
        start = time.perf_counter()
        rows = ask(store, query)
        between = time.perf_counter()
        result = graph.query(query)
        taken[1].append(time.perf_counter() - between)
        taken[0].append(between - start)
        assert len(result) == len(rows), query
    one, other = (statistics.median(each[rounds // 5 :]) for each in taken)
    return one, other


def iter_rows(folder: Path, world: World, times: int) -> Iterator[list[str]]:
    """Measure, and iterate over the rows of the table."""
    store = Store.read_only(str(folder / "store"))
    with kg.open_graph(folder) as graph:
        yield ["facts; triples", f"{world.facts:,}; {len(store):,}", "", ""]
        for name, make in make_queries(world).items():
            one, other = measure(store, graph, make, times)
            yield [name, f"{one * 1e3:.3f} ms", f"{other * 1e3:.3f} ms", f"{other / one:.2f}"]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--graph", type=Path, help="keep the graph in this folder, and take it from there")
    parser.add_argument("--times", type=int, default=300, help="how often each query is asked")
    options = parser.parse_args()
    world = World(options.facts)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.graph or Path(temporary)
        if not (folder / "store").is_dir():
            folder.mkdir(parents=True, exist_ok=True)
            make_graph(folder, world)
        report(HEAD, iter_rows(folder, world, options.times), options.markdown)


if __name__ == "__main__":
    main()
