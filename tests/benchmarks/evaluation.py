"""What is extracted, against what careful readers took from the same articles: all sets of gold in one table.

    python tests/benchmarks/evaluation.py [--data ../shared/data] [--markdown FILE]

Each set is scored as `kg evaluate` does, which also shows each relation and each mistake. The texts of the articles of
Wikinews and the like are not part of the project: without --data these are left out.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tables import make_parser, report

import kg.language
from kg.evaluation import evaluate, make_rows, make_terms, read_gold
from kg.folder import load_given
from kg.ontology import load_ontology
from kg.records import extract_articles

TESTS = Path(__file__).parents[1]
NEWS = Path("news/wikinews_2019/wikinews_2019.csv")
MEASURES = ("all facts", "types", "events", "claims", "qualified", "sameness")
HEAD = ("set", "measure", "precision", "recall", "F1", "right/found", "found/gold")
MIN_CONFIDENCE = 0.5


@dataclass(frozen=True, slots=True)
class Set:
    """Some gold: what it is called, where it is, the ontology, and whether its texts are data from elsewhere."""

    name: str
    path: Path
    ontology: str | None = None
    is_news: bool = False


def make_sets(folder: Path) -> Iterator[Set]:
    """Yield the sets; those under other names are written to a folder."""
    sys.path.insert(0, str(TESTS))
    from renaming import rename_folder

    yield Set("fourteen articles", TESTS / "articles")
    for seed in (1, 2):
        rename_folder(TESTS / "articles", folder / str(seed), seed)
        yield Set(f"the same under other names ({seed})", folder / str(seed))
    yield Set("five more articles", TESTS / "unseen")
    yield Set("24 articles of Wikinews", TESTS / "gold", is_news=True)
    yield Set("200 traps", TESTS / "gold" / "traps.jsonl")
    yield Set("six articles of business", TESTS / "business", ontology="business")


def iter_rows(data: Path | None) -> Iterator[Sequence[str]]:
    """Score each set, and iterate over the rows of the table."""
    nlp = kg.language.load_pipeline()
    with tempfile.TemporaryDirectory() as folder:
        for each in make_sets(Path(folder)):
            if each.is_news and data is None:
                continue
            ontology = load_ontology() if each.ontology is None else load_given(Path(each.ontology))
            texts = [str(data / NEWS)] if each.is_news and data is not None else []
            pairs = list(read_gold([each.path], ontology, texts))
            objects = extract_articles([article for article, _ in pairs], ontology, nlp)
            score = evaluate(pairs, objects, make_terms(ontology), [], MIN_CONFIDENCE)
            yield from ((each.name, *row) for row in make_rows(score) if row[0] in MEASURES)
            if score.texts:
                said = f"{score.trapped} of {score.texts} texts, {score.trapped / score.texts:.1%}"
                yield each.name, "never to be said", "", "", "", "", said


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, help="the folder of the data sets")
    options = parser.parse_args()
    report(HEAD, iter_rows(options.data), options.markdown)


if __name__ == "__main__":
    main()
