"""The classes that each head chooses among, counted in the training sets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.language.lemmas import make_rule
from kg.language.training.corpora import NAME_TAGS, Corpus, Tree


@dataclass(frozen=True, slots=True)
class Classes:
    """The names of the classes of each head, in the order of its scores."""

    tags: tuple[str, ...]
    parts: tuple[str, ...]
    features: tuple[str, ...]
    rules: tuple[str, ...]
    labels: tuple[str, ...]
    names: tuple[str, ...] = NAME_TAGS


def find_classes(corpora: Iterable[Corpus], *, least: int = 3) -> Classes:
    """Collect the classes of all trees; a feature string or lemma rule seen fewer than `least` times is left out."""
    trees = [
        (sentence.words, sentence.tree)
        for corpus in corpora
        for document in corpus.documents
        for sentence in document
        if sentence.tree is not None
    ]
    return Classes(
        tags=_count((tree.tags for _, tree in trees), 1),
        parts=_count((tree.parts for _, tree in trees), 1),
        features=_count((tree.features for _, tree in trees), least),
        rules=_count((make_rules(words, tree) for words, tree in trees), least),
        labels=_count((tree.labels for _, tree in trees), 1),
    )


def make_rules(words: Sequence[str], tree: Tree) -> list[str]:
    """Make the lemma rule of each word."""
    return [make_rule(word, lemma) for word, lemma in zip(words, tree.lemmas, strict=True)]


def _count(columns: Iterable[Iterable[str]], least: int) -> tuple[str, ...]:
    counts = Counter(value for column in columns for value in column)
    return tuple(sorted(value for value, count in counts.items() if count >= least))
