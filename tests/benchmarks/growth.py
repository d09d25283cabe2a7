"""Build graphs of more and more articles: time, memory and room on disk for each, with one worker and with several.

    PYTHONPATH=. python tests/benchmarks/growth.py --data ../shared/data --sizes 100 1000 --workers 1 2

The articles are those of the collection, over and over under other names and dates. Each build runs in a process of
its own and is counted from its start, pipeline and all; of several `--rounds`, in which the numbers of workers take
turns, the quickest of each number counts. `--write 5000` writes articles instead, as JSON Lines.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import count, islice, product
from pathlib import Path

from build import articles, peak_megabytes
from tables import make_parser, report

import kg
from kg.model import Article
from kg.working import Workers

ONTOLOGIES = Path(__file__).parents[2] / "ontologies"
SYLLABLES = ("ar", "bel", "cor", "dan", "el", "fen", "gar", "hol", "in", "kel", "lor", "mar", "nor", "os", "per", "ros")
ENDINGS = ("a", "by", "den", "er", "ham", "ick", "ley", "man", "ner", "ow", "sen", "ton")
NAMES = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
WORDS = re.compile(r"\b[A-Z][a-z]{2,}\b")
YEARS = re.compile(r"\b(?:19|20)\d\d\b")
HEAD = ("articles", "workers", "s", "processor time, ms each", "reading, ms each", "making, ms each")
HEAD += ("writing, ms each", "own MB", "largest worker MB", "of that the model", "KB on disk each", "entities")


def iter_articles(data: Path) -> Iterator[Article]:
    """Iterate, without an end, over the articles of the collection: first as they are, then under other names."""
    known = set(WORDS.findall(" ".join(path.read_text(encoding="utf-8") for path in ONTOLOGIES.glob("*.ttl"))))
    originals = articles(data, None)
    for copy in count():
        for article in originals:
            yield change(article, copy, known) if copy else article


def change(article: Article, copy: int, known: set[str]) -> Article:
    """Give an article other names, except those that ontologies know, and other years and a later date."""
    rng = random.Random(f"{article.id} {copy}")
    lower = set(re.findall(r"\b[a-z]+\b", article.text))
    found = sorted(word for word in set(NAMES.findall(article.text)) if word.lower() not in lower and word not in known)
    names = {word: _make_name(word[0], rng) for word in found}

    def rename(text: str) -> str:
        text = WORDS.sub(lambda match: names.get(match[0], match[0]), text)
        return YEARS.sub(lambda match: str(int(match[0]) - copy % 40), text)

    published = article.published and str(
        date.fromisoformat(article.published[:10]) - timedelta(days=365 * (copy % 40))
    )
    return Article(f"{article.id}-{copy}", rename(article.text), rename(article.title or ""), published)


def _make_name(initial: str, rng: random.Random) -> str:
    return initial + "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 2))) + rng.choice(ENDINGS)


def write(data: Path, number: int, file: Path) -> None:
    """Write articles as JSON Lines, one at a time."""
    with file.open("w", encoding="utf-8") as out:
        for article in islice(iter_articles(data), number):
            fields = {"id": article.id, "text": article.text, "title": article.title, "published": article.published}
            out.write(json.dumps(fields, ensure_ascii=False) + "\n")


def build(source: Path, folder: Path, workers: int) -> dict[str, float]:
    """Build a graph, and measure what that takes; this process and its workers must have done nothing else."""
    stages: dict[str, float] = {}
    start = time.perf_counter()
    with kg.build(
        source, folder, workers=workers, on_stage=lambda stage: stages.setdefault(stage, time.perf_counter())
    ) as graph:
        end = time.perf_counter()
        assert graph.report is not None
        entities = graph.report.entities
    size = sum(path.stat().st_size for path in (folder / "store").rglob("*") if path.is_file())
    making, writing = stages["making the knowledge"], stages["writing"]
    return {
        "seconds": end - start,
        "processor": processor_seconds(),
        "reading": making - start,
        "making": writing - making,
        "writing": end - writing,
        "own": peak_megabytes(),
        "worker": worker_megabytes(),
        "size": size / 1024,
        "entities": entities,
    }


def processor_seconds() -> float:
    """Give the processor time of this process and of its workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def load_model() -> dict[str, float]:
    """Start a worker that reads nothing."""
    workers = Workers(None, most=1)
    workers.load(kg.load_ontology())
    workers.close()
    return {"worker": worker_megabytes()}


def worker_megabytes() -> float:
    """Give the most memory that any worker of this process has held."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def in_process(*arguments: str) -> dict[str, float]:
    """Measure in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def measure(data: Path, size: int, workers: Sequence[int], rounds: int) -> dict[int, dict[str, float]]:
    """Build with each number of workers in turn, and give what the quickest build of each took."""
    best: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl"
        write(data, size, source)
        for turn, number in product(range(rounds), workers):
            out = Path(folder) / f"{turn}-{number}"
            found = in_process("--side", "build", "--source", str(source), "--out", str(out), "--one", str(number))
            print(f"{size:,} articles, {number} workers: {found['seconds']:.1f} s", file=sys.stderr)
            if number not in best or found["seconds"] < best[number]["seconds"]:
                best[number] = found
            shutil.rmtree(out)
    return best


def iter_rows(data: Path, sizes: Sequence[int], workers: Sequence[int], rounds: int) -> Iterator[list[str]]:
    """Iterate over the rows of the table, measured one after the other; under those of a size, how much faster."""
    model = in_process("--side", "model")["worker"]
    for size in sizes:
        best = measure(data, size, workers, rounds)
        for number, found in best.items():
            parts = ("processor", "reading", "making", "writing")
            yield [
                *(f"{size:,}", str(number), f"{found['seconds']:.1f}"),
                *(f"{found[part] / size * 1000:.0f}" for part in parts),
                *(f"{found['own']:.0f}", f"{found['worker']:.0f}", f"{model:.0f}"),
                *(f"{found['size'] / size:.0f}", f"{found['entities']:,.0f}"),
            ]
        for number in workers[1:]:
            faster = f"{best[workers[0]]['seconds'] / best[number]['seconds']:.2f} times as fast"
            yield [f"{size:,}", f"{number} against {workers[0]}", faster, *[""] * (len(HEAD) - 3)]


def main() -> None:
    """Print the table, or write articles."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="numbers of articles")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], help="numbers of worker processes")
    parser.add_argument("--rounds", type=int, default=1, help="how often each is built")
    parser.add_argument("--write", type=int, metavar="N", help="write so many articles to --out instead")
    parser.add_argument("--out", type=Path, default=Path("articles.jsonl"))
    parser.add_argument("--side", choices=["build", "model"], help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.write is not None:
        write(options.data, options.write, options.out)
    elif options.side == "model":
        print(json.dumps(load_model()))
    elif options.side == "build":
        print(json.dumps(build(options.source, options.out, options.one)))
    else:
        report(HEAD, iter_rows(options.data, options.sizes, options.workers, options.rounds), options.markdown)


if __name__ == "__main__":
    main()
