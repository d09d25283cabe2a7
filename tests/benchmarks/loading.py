"""How long a store takes to load what a build writes, beside pyoxigraph's `bulk_load` of the same quads.

    python tests/benchmarks/loading.py [--quads 100000 1000000] [--rounds 3] [--articles DIR] [--markdown FILE]

The quads are those of the graph of the example articles, over and over under other IRIs. Facts are its default graph,
which a build writes at once; evidence are the graphs of the articles, of which it writes each as soon as it is read, in
a transaction of its own, so that no article has to be read again after a kill. `bulk_load` reads an N-Quads file, the
others take quads that are there. All begin with a folder that is not there and end with a closed store. Each round
does all of it in turn; times are medians, and a ratio is the median of those of the rounds.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count, islice
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, Quad, RdfFormat, serialize
from pyoxigraph import Store as Engine
from tables import make_parser, report

import kg
from kg.store import DEFAULT_GRAPH, GraphName, OxigraphStore
from kg.vocabulary import DEFAULT_BASE

ARTICLES = Path(__file__).parents[1] / "articles"
ONTOLOGIES = "ontology/"
"""What the IRIs of terms begin with, after the base of both."""
HEAD = ("loaded", "quads", "s", "times bulk_load", "MB on disk")
BULK_LOAD = "pyoxigraph, bulk_load of a file"

Graphs = Mapping[GraphName, list[Quad]]
Load = Callable[[Path], None]


def build(articles: Path) -> list[Quad]:
    """Give the quads of the graph of some articles, in an order that is always the same."""
    with tempfile.TemporaryDirectory() as folder, kg.build(sorted(articles.glob("*.txt")), folder) as graph:
        return sorted(graph.store.quads(), key=str)


def repeat(quads: list[Quad]) -> Iterator[Quad]:
    """Iterate over quads without an end: as they are, then under other IRIs."""
    for number in count():
        yield from (change(quad, number) for quad in quads) if number else quads


def change(quad: Quad, number: int) -> Quad:
    """Give a quad of other things; terms of the ontologies stay."""
    base = f"{DEFAULT_BASE}{number}/"

    def other(term: Any) -> Any:
        if not isinstance(term, NamedNode) or not term.value.startswith(DEFAULT_BASE):
            return term
        own = term.value.removeprefix(DEFAULT_BASE)
        return term if own.startswith(ONTOLOGIES) else NamedNode(base + own)

    return Quad(other(quad.subject), quad.predicate, other(quad.object), other(quad.graph_name))


def by_graph(quads: Iterable[Quad]) -> dict[GraphName, list[Quad]]:
    """Give the quads of each graph."""
    graphs: dict[GraphName, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    return graphs


def make_loads(graphs: Graphs, file: Path, *, facts: bool) -> dict[str, Load]:
    """Give the ways to load some graphs by what they are called in the table."""

    def bulk_load(folder: Path) -> None:
        store = Engine(str(folder))
        store.bulk_load(path=str(file), format=RdfFormat.N_QUADS)
        store.flush()

    def extend(folder: Path) -> None:
        store = Engine(str(folder))
        for quads in graphs.values():
            store.extend(quads)
        store.flush()

    def at_once(folder: Path) -> None:
        with OxigraphStore(folder) as store:
            store.replace_graphs(graphs)

    def one_by_one(folder: Path) -> None:
        with OxigraphStore(folder) as store:
            for graph, quads in graphs.items():
                store.replace_graph(graph, quads)

    if facts:
        return {BULK_LOAD: bulk_load, "facts, as a build writes them": at_once}
    return {
        BULK_LOAD: bulk_load,
        "pyoxigraph, a transaction for each article": extend,
        "evidence, as a build writes it": one_by_one,
    }


def measure(loads: dict[str, Load], rounds: int) -> dict[str, tuple[list[float], float]]:
    """Give the seconds of each round, and the megabytes on disk, of each way to load."""
    seconds: dict[str, list[float]] = {name: [] for name in loads}
    size: dict[str, float] = {}
    for _ in range(rounds):
        for name, load in loads.items():
            with tempfile.TemporaryDirectory() as folder:
                start = time.perf_counter()
                load(Path(folder) / "store")
                seconds[name].append(time.perf_counter() - start)
                size[name] = sum(path.stat().st_size for path in (Path(folder) / "store").iterdir()) / 1e6
    return {name: (seconds[name], size[name]) for name in loads}


def iter_rows(quads: list[Quad], sizes: Iterable[int], rounds: int) -> Iterator[list[str]]:
    """Measure, and iterate over the rows of the table."""
    for size in sizes:
        for facts in (True, False):
            some = [quad for quad in quads if (quad.graph_name == DEFAULT_GRAPH) == facts]
            graphs = by_graph(islice(repeat(some), size))
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "quads.nq"
                serialize((quad for each in graphs.values() for quad in each), str(file), format=RdfFormat.N_QUADS)
                found = measure(make_loads(graphs, file, facts=facts), rounds)
            bulk = found[BULK_LOAD][0]
            for name, (taken, megabytes) in found.items():
                ratio = statistics.median(one / other for one, other in zip(taken, bulk, strict=True))
                told = "the facts" if facts else "the evidence"
                named = f"{name} ({told})" if name == BULK_LOAD else name
                yield [named, f"{size:,}", f"{statistics.median(taken):.2f}", f"{ratio:.2f}", f"{megabytes:.0f}"]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--quads", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="texts whose graph is repeated")
    options = parser.parse_args()
    report(HEAD, iter_rows(build(options.articles), options.quads, options.rounds), options.markdown)


if __name__ == "__main__":
    main()
