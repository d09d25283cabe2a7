"""Time what is taken out of parsed articles against parsing them, and with ten times as many frames.

    python tests/benchmarks/extraction_speed.py --data ../shared/data

prints the seconds of the language pipeline, of extraction, and of extraction with nine frames more beside each, of the
same kind and property under other words; all in one process, one after the other, the best of three rounds each.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tables import make_parser, report

import kg.language
from kg.extract.reading import read_doc
from kg.language.lexicon import Lexicon
from kg.model import Article
from kg.ontology import Ontology, load_ontology
from kg.ontology.frames import Frame
from kg.read import read_articles

NEWS = Path("news/wikinews_2019/wikinews_2019.csv")
TIMES = 10
ROUNDS = 3


def multiply(ontology: Ontology, times: int) -> Ontology:
    """Give an ontology with frames of the same kinds under words that no text holds."""
    more = [_reworded(frame, n) for frame in ontology.frames for n in range(1, times)]
    return replace(ontology, frames=(*ontology.frames, *more))


def _reworded(frame: Frame, number: int) -> Frame:
    def other(word: str) -> str:
        return f"{word}qx{number}"

    lemmas = tuple(tuple(map(other, row)) for row in frame.lemmas)
    return replace(frame, lemmas=lemmas, verbs=tuple(map(other, frame.verbs)), name=f"{frame.name} copy {number}")


def best(work: Callable[[], object]) -> float:
    """Give the seconds of the fastest round."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> None:
    """Measure and print."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the data sets")
    options = parser.parse_args()
    articles = [each for each in read_articles([options.data / NEWS]) if isinstance(each, Article)]
    texts = [article.text for article in articles]
    nlp, ontology = kg.language.load_pipeline(), load_ontology()
    nlp("This is a test.")
    docs = list(nlp.pipe(texts))

    def extract(lexicon: Lexicon) -> Callable[[], object]:
        return lambda: [read_doc(doc, article, lexicon) for doc, article in zip(docs, articles, strict=True)]

    parsing = best(lambda: list(nlp.pipe(texts)))
    once = best(extract(Lexicon(ontology)))
    often = best(extract(Lexicon(multiply(ontology, TIMES))))
    rows = [
        ["language pipeline", f"{parsing:.1f}", ""],
        [f"extraction with {len(ontology.frames)} frames", f"{once:.1f}", f"{once / parsing:.0%} of the pipeline"],
        [f"extraction with {TIMES} times the frames", f"{often:.1f}", f"{often / once:.2f} of the time"],
    ]
    report(["Wikinews 2019", "seconds", "share"], rows, options.markdown)


if __name__ == "__main__":
    main()
