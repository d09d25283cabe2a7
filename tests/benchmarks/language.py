"""How well and how fast the shipped pipeline reads: one table, from the development sets.

python tests/benchmarks/language.py --data ../shared/data [--model DIR] [--markdown FILE]
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Token
from tables import add_model, load_model, make_parser, report

from kg.language.training.corpora import Document, Sentence, read_crossner, read_ewt, read_gum, read_wikigold
from kg.language.training.gold import read_doc

Row = tuple[str, str, float]
NEWSLIKE = ("_news_", "_interview_", "_bio_")
TYPES = ("PERSON", "ORG", "LOC")


@dataclass(frozen=True, slots=True)
class Read:
    """One gold document with what the pipeline makes of its words, white space left out."""

    gold: Document
    tokens: list[Token]

    def iter_sentences(self) -> Iterator[tuple[Sentence, list[Token]]]:
        """Yield each gold sentence with the pipeline's tokens."""
        place = 0
        for sentence in self.gold:
            yield sentence, self.tokens[place : place + len(sentence.words)]
            place += len(sentence.words)


def read_documents(nlp: Language, documents: Iterable[Document], *, given_starts: bool) -> list[Read]:
    """Run the pipeline over gold words, with line breaks between paragraphs; gold sentence starts where asked."""
    found = []
    for document in documents:
        doc = read_doc(nlp, document, given_starts=given_starts)
        found.append(Read(document, [token for token in doc if not token.is_space]))
    return found


def score_trees(reads: Iterable[Read]) -> dict[str, float]:
    """Give the percentages of words with the right head, head and label, tag, part of speech, features, lemma."""
    right: Counter[str] = Counter()
    words = 0
    for read in reads:
        for sentence, tokens in read.iter_sentences():
            words += len(tokens)
            for name, hits in _compare(sentence, tokens).items():
                right[name] += hits
    return {name: 100 * hits / words for name, hits in right.items()}


def _compare(sentence: Sentence, tokens: Sequence[Token]) -> Counter[str]:
    tree, hits = sentence.tree, Counter[str]()
    if tree is None:
        raise ValueError(f"sentence {sentence.identifier!r} has no tree")
    for place, token in enumerate(tokens):
        head = token.head == tokens[tree.heads[place]]
        hits["UAS"] += head
        hits["LAS"] += head and token.dep_.lower() == tree.labels[place]
        hits["tag"] += token.tag_ == tree.tags[place]
        hits["part of speech"] += token.pos_ == tree.parts[place]
        hits["features"] += set(str(token.morph).split("|")) == set(tree.features[place].split("|"))
        hits["lemma"] += token.lemma_ == tree.lemmas[place]
    return hits


def score_starts(reads: Iterable[Read]) -> float:
    """Give the F1 of whole sentences."""
    gold, found = set(), set()
    for number, read in enumerate(reads):
        place = 0
        for sentence in read.gold:
            gold.add((number, place, place + len(sentence.words)))
            place += len(sentence.words)
        starts = [at for at, token in enumerate(read.tokens) if token.is_sent_start or at == 0]
        found |= {(number, *span) for span in zip(starts, [*starts[1:], place], strict=True)}
    return score_sets(gold, found)


def score_names(reads: Iterable[Read], types: Sequence[str]) -> float:
    """Give the F1 of names with the right span and type."""
    gold, found = set(), set()
    for number, read in enumerate(reads):
        for part, (sentence, tokens) in enumerate(read.iter_sentences()):
            if sentence.names is not None:
                tags = ["O" if len(allowed) > 1 else min(allowed) for allowed in sentence.names]
                gold |= {(number, part, *name) for name in find_spans(tags) if name[2] in types}
                tags = [f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O" for token in tokens]
                found |= {(number, part, *name) for name in find_spans(tags) if name[2] in types}
    return score_sets(gold, found)


def find_spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and type of each name that the tags mark."""
    start = 0
    for place, tag in enumerate(tags):
        after = tags[place + 1] if place + 1 < len(tags) else "O"
        if tag.startswith("B-"):
            start = place
        if tag != "O" and after != f"I-{tag[2:]}":
            yield start, place + 1, tag[2:]


def score_sets(gold: set[tuple[object, ...]], found: set[tuple[object, ...]]) -> float:
    """Give the F1 of what was found, in percent."""
    return 200 * len(gold & found) / max(1, len(gold) + len(found))


def measure_speed(nlp: Language, texts: Sequence[str]) -> float:
    """Give the words a second of processor time, the first text read before the clock starts."""
    nlp(texts[0])
    start = time.process_time()
    words = sum(not token.is_space for doc in nlp.pipe(texts) for token in doc)
    return words / (time.process_time() - start)


def iter_rows(nlp: Language, data: Path) -> Iterator[Row]:
    """Yield set, measure and value, set by set."""
    ewt, gum = read_ewt(data, "dev"), read_gum(data / "treebank/gum")["dev"]
    newslike = [document for document in gum if any(kind in document[0].identifier for kind in NEWSLIKE)]
    for name, documents in (("EWT dev", ewt), ("GUM dev, news, interview, bio", newslike)):
        given = read_documents(nlp, documents, given_starts=True)
        yield from ((f"{name}, sentences given", measure, value) for measure, value in score_trees(given).items())
        free = read_documents(nlp, documents, given_starts=False)
        yield f"{name}, sentences found", "sentence F1", score_starts(free)
        trees = score_trees(free)
        yield from ((f"{name}, sentences found", measure, trees[measure]) for measure in ("UAS", "LAS"))
        label = "UNER-EWT dev" if documents is ewt else "GUM names dev (made from entities)"
        yield label, "name F1", score_names(free, TYPES)
    others = {
        "CrossNER politics dev": read_crossner(data / "names/crossner_politics/dev.txt"),
        "wikigold, held-out tenth": read_wikigold(data / "names/wikigold", held_out=True),
    }
    for name, documents in others.items():
        reads = read_documents(nlp, documents, given_starts=True)
        yield name, "name F1", score_names(reads, (*TYPES, "MISC"))
    yield "Wikinews 2019", "words/s, one thread", measure_speed(nlp, read_texts(data))


def read_texts(data: Path) -> list[str]:
    """Read the Wikinews articles."""
    with (data / "news/wikinews_2019/wikinews_2019.csv").open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebank/, names/ and news/")
    add_model(parser)
    arguments = parser.parse_args()
    rows = (
        (name, measure, f"{value:.1f}")
        for name, measure, value in iter_rows(load_model(arguments.model), arguments.data)
    )
    report(("set", "measure", "value"), rows, arguments.markdown)


if __name__ == "__main__":
    main()
