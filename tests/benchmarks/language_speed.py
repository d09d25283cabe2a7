"""Words a second of the shipped pipeline and of a spaCy CNN with the same tasks, on one thread, in the same run.

    PYTHONPATH=. python tests/benchmarks/language_speed.py --data ../shared/data

The CNN has the sizes of spaCy's preset for efficiency and is trained for a moment only: its accuracy is not looked at,
and its speed needs no more than a parser and a name finder that behave like trained ones.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import Any

import spacy
from language import find_spans, measure_speed, read_texts
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

import kg.language
from kg.language.training.corpora import Sentence, read_ewt

WIDTH = 96
STEPS = 150
BATCH = 32
ENCODER: dict[str, Any] = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": WIDTH,
        "attrs": ["NORM", "PREFIX", "SUFFIX", "SHAPE"],
        "rows": [5000, 1000, 2500, 2500],
        "include_static_vectors": False,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": WIDTH,
        "depth": 4,
        "window_size": 1,
        "maxout_pieces": 3,
    },
}
LISTENER: dict[str, Any] = {"@architectures": "spacy.Tok2VecListener.v1", "width": WIDTH, "upstream": "tok2vec"}
TASKS = ("tagger", "morphologizer", "trainable_lemmatizer", "parser", "ner")


def make_cnn(sentences: list[Sentence]) -> Language:
    """Make the CNN pipeline and train it for a moment."""
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": ENCODER})
    for task in TASKS:
        nlp.add_pipe(task, config={"model": {"tok2vec": LISTENER}})
    examples = [make_example(nlp, sentence) for sentence in sentences]
    optimizer = nlp.initialize(lambda: examples)
    chooser = random.Random(1)
    for _ in range(STEPS):
        nlp.update(chooser.sample(examples, BATCH), sgd=optimizer)
    return nlp


def make_example(nlp: Language, sentence: Sentence) -> Example:
    """Make a training example of a gold sentence."""
    tree = sentence.tree
    if tree is None or sentence.names is None:
        raise ValueError(f"sentence {sentence.identifier!r} has no tree or no names")
    tags = ["O" if len(allowed) > 1 else min(allowed) for allowed in sentence.names]
    gold = Doc(
        nlp.vocab,
        words=list(sentence.words),
        tags=list(tree.tags),
        pos=list(tree.parts),
        morphs=list(tree.features),
        lemmas=list(tree.lemmas),
        heads=list(tree.heads),
        deps=["ROOT" if label == "root" else label for label in tree.labels],
    )
    gold.set_ents([spacy.tokens.Span(gold, start, end, kind) for start, end, kind in find_spans(tags)])
    return Example(Doc(nlp.vocab, words=list(sentence.words)), gold)


def main() -> None:
    """Print both speeds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder with treebank/, names/ and news/")
    arguments = parser.parse_args()
    documents = read_ewt(arguments.data, "dev")
    sentences = [sentence for document in documents for sentence in document if sentence.names is not None]
    texts = read_texts(arguments.data)
    cnn = measure_speed(make_cnn(sentences), texts)
    ours = measure_speed(kg.language.load_pipeline(), texts)
    print(f"CNN {cnn:.0f} words/s, shipped pipeline {ours:.0f} words/s, {ours / cnn:.2f} of it")


if __name__ == "__main__":
    main()
