"""Time what is taken out of parsed articles against parsing them, and with ten times as many frames.

    python tests/benchmarks/extraction_speed.py --data ../shared/data

prints the seconds of the language stage (the pipeline, then names beyond the tagger, quotations and what stands for the
same: `kg.language.content`), of extraction (`kg.extract`: all that comes after), and of both that `kg` does with a
parsed Doc, once with nine frames more beside each, of the same kind and property under other words. All in one process,
in turn, the best of five rounds each.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tables import make_parser, report

import kg.language
from kg.extract.reading import read_doc
from kg.language.content import find_content
from kg.language.lexicon import Lexicon
from kg.model import Article
from kg.ontology import Ontology, load_ontology
from kg.ontology.frames import Frame
from kg.read import read_articles

NEWS = Path("news/wikinews_2019/wikinews_2019.csv")
TIMES = 10
ROUNDS = 5


def multiply(ontology: Ontology, times: int) -> Ontology:
    """Give an ontology with frames of the same kinds under words that no text holds."""
    more = [_reworded(frame, n) for frame in ontology.frames for n in range(1, times)]
    return replace(ontology, frames=(*ontology.frames, *more))


def _reworded(frame: Frame, number: int) -> Frame:
    def other(word: str) -> str:
        return f"{word}qx{number}"

    lemmas = tuple(tuple(map(other, row)) for row in frame.lemmas)
    return replace(frame, lemmas=lemmas, verbs=tuple(map(other, frame.verbs)), name=f"{frame.name} copy {number}")


def best(works: Sequence[Callable[[], object]]) -> list[float]:
    """Give the seconds of the fastest round of each work; they take turns, as a machine is not always equally fast."""
    seconds: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, seconds, strict=True):
            start = time.perf_counter()
            work()
            taken.append(time.perf_counter() - start)
    return list(map(min, seconds))


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

    lexicon, larger = Lexicon(ontology), Lexicon(multiply(ontology, TIMES))
    works = (lambda: list(nlp.pipe(texts)), lambda: [find_content(doc, lexicon) for doc in docs])
    parsing, content, once, often = best([*works, extract(lexicon), extract(larger)])
    language, extraction = parsing + content, once - content
    rows = [
        ["the language pipeline", f"{parsing:.1f}", ""],
        ["names, quotations, what stands for the same", f"{content:.1f}", f"{content / parsing:.0%} of the pipeline"],
        [f"extraction with {len(ontology.frames)} frames", f"{extraction:.1f}", f"{extraction / language:.0%} of both"],
        ["all after the pipeline", f"{once:.1f}", f"{once / parsing:.0%} of the pipeline"],
        [f"all after the pipeline, {TIMES} times the frames", f"{often:.1f}", f"{often / once:.2f} of the time"],
    ]
    report(["Wikinews 2019", "seconds", "share"], rows, options.markdown)


if __name__ == "__main__":
    main()
