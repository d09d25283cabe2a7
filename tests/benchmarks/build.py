"""Time `kg build` against the bare pipeline on the same articles in the same run.

    PYTHONPATH=. python tests/benchmarks/build.py --data ../shared/data

prints seconds, their ratio, and the peak memory for a tenth and for all of the articles. Each side runs in a process
of its own and counts from the loaded pipeline on; `growth.py` measures builds that start from nothing.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from tables import make_parser, report

from kg.model import Article
from kg.read import read_articles

NEWS = Path("news/wikinews_2019/wikinews_2019.csv")


def articles(data: Path, count: int | None) -> list[Article]:
    """Give the first articles of the collection."""
    found = [each for each in read_articles(data / NEWS) if isinstance(each, Article)]
    return found[:count]


def peak_megabytes() -> float:
    """Give the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def time_pipeline(data: Path, count: int | None) -> dict[str, float]:
    """Run the bare pipeline."""
    import kg.language

    nlp = kg.language.load_pipeline()
    nlp("This is a test.")
    texts = [article.text for article in articles(data, count)]
    start = time.perf_counter()
    words = sum(len(doc) for doc in nlp.pipe(texts))
    return {"seconds": time.perf_counter() - start, "words": words, "megabytes": peak_megabytes()}


def time_build(data: Path, count: int | None) -> dict[str, float]:
    """Build a graph in a folder, from reading to the written picture."""
    import kg
    import kg.language

    nlp = kg.language.load_pipeline()
    nlp("This is a test.")
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "articles.jsonl"
        lines.write_text("".join(json.dumps(line) + "\n" for line in as_json(articles(data, count))), encoding="utf-8")
        start = time.perf_counter()
        graph = kg.build(lines, Path(folder) / "out", pipeline=nlp)
        seconds = time.perf_counter() - start
        graph.close()
    return {"seconds": seconds, "megabytes": peak_megabytes()}


def as_json(found: Iterable[Article]) -> Iterator[dict[str, object]]:
    """Give the articles as JSON Lines has them."""
    for article in found:
        yield {"id": article.id, "text": article.text, "title": article.title, "published": article.published}


def in_process(side: str, data: Path, count: int | None) -> dict[str, float]:
    """Measure one side in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--data",
        str(data),
        "--side",
        side,
        *(["--count", str(count)] if count else []),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--count", type=int, help="the first so many articles only")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--side", choices=["pipeline", "build"], help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side:
        run = time_pipeline if options.side == "pipeline" else time_build
        print(json.dumps(run(options.data, options.count)))
        return
    report(("", "s", "words/s", "times nlp.pipe", "MB", "MB, a tenth"), iter_rows(options), options.markdown)


def iter_rows(options: argparse.Namespace) -> Iterator[list[str]]:
    """Measure both sides by turns, and iterate over the best of the rounds of each."""
    sides: dict[str, list[dict[str, float]]] = {"pipeline": [], "build": []}
    for _ in range(options.rounds):
        for side, results in sides.items():
            results.append(in_process(side, options.data, options.count))
    bare, whole = (min(results, key=lambda result: result["seconds"]) for results in sides.values())
    tenth = in_process("build", options.data, max(1, (options.count or 171) // 10))
    for name, best, less in (("nlp.pipe", bare, ""), ("kg build", whole, f"{tenth['megabytes']:.0f}")):
        ratio = f"{best['seconds'] / bare['seconds']:.2f}"
        speed = f"{bare['words'] / best['seconds']:,.0f}"
        yield [name, f"{best['seconds']:.1f}", speed, ratio, f"{best['megabytes']:.0f}", less]


if __name__ == "__main__":
    main()
