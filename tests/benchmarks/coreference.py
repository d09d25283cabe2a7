"""How well coreference is resolved: OntoGUM's development documents, CoNLL average without things mentioned once.

python tests/benchmarks/coreference.py --data ../shared/data [--model DIR] [--markdown FILE]
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from conll import Scorer as Conll
from spacy.language import Language
from spacy.tokens import Doc
from tables import add_model, load_model, make_parser, report

import kg.extract.reading as extract
from kg.language.antecedents import Links, Scorer, load_scorer
from kg.language.lexicon import Lexicon
from kg.language.quotations import find_speech
from kg.language.syntax import Syntax
from kg.language.training.coreference_sets import CoreferenceDocument, read_ontogum
from kg.language.training.gold import read_doc
from kg.model import Article, Span
from kg.ontology import load_ontology

PRONOUNS = frozenset("he him his himself she her hers herself it its itself they them their theirs themselves".split())
Row = tuple[str, str, float]


class Bench:
    """The gold documents with what the pipeline reads in them."""

    def __init__(self, nlp: Language, scorer: Scorer, documents: Iterable[CoreferenceDocument]) -> None:
        self.documents = list(documents)
        start = time.process_time()
        self.docs = [read_doc(nlp, document.sentences) for document in self.documents]
        self.reading_seconds = time.process_time() - start
        start = time.process_time()
        self.links = [self._link(scorer, doc) for doc in self.docs]
        self.seconds = time.process_time() - start

    def _link(self, scorer: Scorer, doc: Doc) -> Links:
        syntax = Syntax(doc)
        return scorer.find_links(syntax, find_speech(syntax))

    def iter_rows(self) -> Iterator[Row]:
        """Yield set, measure and value."""
        conll, genres = Conll(), dict[str, Conll]()
        for document, doc, links in zip(self.documents, self.docs, self.links, strict=True):
            numbers = number_words(doc)
            found = [[(numbers[p.start], numbers[p.end - 1] + 1) for p in each] for each in links.find_clusters()]
            genre = document.name.split("_")[1]
            for scorer in (conll, genres.setdefault(genre, Conll())):
                scorer.add(document.clusters, found)
        for measure, value in conll.figures().items():
            yield "OntoGUM dev", f"{measure} F1" if measure != "CoNLL" else "CoNLL average", value
        for genre in sorted(genres):
            yield f"OntoGUM dev, {genre}", "CoNLL average", genres[genre].figures()["CoNLL"]
        yield "OntoGUM dev, mentions of kg extract", "CoNLL average", self._score_extract()
        yield from self._score_pronouns()
        yield (
            "OntoGUM dev",
            "speech and coreference, percent of the reader's time",
            100 * self.seconds / self.reading_seconds,
        )

    def _score_extract(self) -> float:
        """Give the average over the mentions that `kg extract` prints."""
        conll, lexicon = Conll(), Lexicon(load_ontology())
        for document, doc in zip(self.documents, self.docs, strict=True):
            reading = extract.read_doc(doc, Article(document.name, doc.text), lexicon)
            groups: defaultdict[str, set[Span]] = defaultdict(set)
            for mention in reading.mentions:
                groups[mention.referent].add(mention.span)
            for number, chain in enumerate(reading.chains):
                groups[chain.referent or f"chain {number}"].update(chain.spans)
            numbers = number_words(doc)
            found = []
            for group in groups.values():
                spans = [doc.char_span(span.start, span.end, alignment_mode="expand") for span in group]
                found.append([(numbers[span.start], numbers[span.end - 1] + 1) for span in spans if span is not None])
            conll.add(document.clusters, found)
        return conll.figures()["CoNLL"]

    def _score_pronouns(self) -> Iterator[Row]:
        """Yield how often the best antecedent of a third-person pronoun stands for the same thing."""
        counts: Counter[str] = Counter()
        for document, doc, links in zip(self.documents, self.docs, self.links, strict=True):
            numbers = number_words(doc)
            cluster_of = {numbers_of: k for k, spans in enumerate(document.clusters) for numbers_of in spans}
            of_head = {p.head: (numbers[p.start], numbers[p.end - 1] + 1) for p in links.phrases}
            heads: dict[int, int] = {}
            for phrase in links.phrases:
                span = (numbers[phrase.start], numbers[phrase.end - 1] + 1)
                if span in cluster_of:
                    heads.setdefault(phrase.head, cluster_of[span])
            for token in doc:
                if token.lower_ not in PRONOUNS or token.i not in of_head:
                    continue
                scores = links.scores_of(token.i)
                best = max(scores.items(), key=lambda pair: (pair[1], pair[0]), default=(token.i, 0.0))
                known, linked = heads.get(token.i), best[1] > 0
                counts["known"] += known is not None
                counts["linked"] += linked
                counts["right"] += linked and known is not None and heads.get(best[0]) == known
        yield "OntoGUM dev, he, she, it, they", "precision", 100 * counts["right"] / max(1, counts["linked"])
        yield "OntoGUM dev, he, she, it, they", "recall", 100 * counts["right"] / max(1, counts["known"])


def number_words(doc: Doc) -> dict[int, int]:
    """Give the gold number of each token that is no white space."""
    return {token.i: number for number, token in enumerate(token for token in doc if not token.is_space)}


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebank/ and coreference/")
    add_model(parser)
    arguments = parser.parse_args()
    scorer = Scorer.from_folder(arguments.model) if arguments.model else load_scorer()
    bench = Bench(load_model(arguments.model), scorer, read_ontogum(arguments.data)["dev"])
    rows = ((name, measure, f"{value:.1f}") for name, measure, value in bench.iter_rows())
    report(("set", "measure", "value"), rows, arguments.markdown)


if __name__ == "__main__":
    main()
