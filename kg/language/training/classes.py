"""The classes that each head chooses among, counted in the training sets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.language.lemmas import NAME_TAGS as PROPER_NOUNS
from kg.language.lemmas import make_rule, normalise
from kg.language.training.corpora import NAME_TAGS, Corpus, Tree

_UNLISTED: Final = PROPER_NOUNS | {"ADD", "CD", "FW", "GW", "XX"}


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
    trees = list(_iter_trees(corpora))
    return Classes(
        tags=_count((tree.tags for _, tree in trees), 1),
        parts=_count((tree.parts for _, tree in trees), 1),
        features=_count((tree.features for _, tree in trees), least),
        rules=_count((make_rules(words, tree) for words, tree in trees), least),
        labels=_count((tree.labels for _, tree in trees), 1),
    )


def find_lemmas(corpora: Iterable[Corpus], *, share: float = 0.6) -> dict[str, dict[str, str]]:
    """Collect tag → form → lemma of all words but names and numbers, where at least `share` of the cases agree."""
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for words, tree in _iter_trees(corpora):
        for word, tag, lemma in zip(words, tree.tags, tree.lemmas, strict=True):
            if tag not in _UNLISTED:
                seen[tag, normalise(word)][lemma] += 1
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, form), lemmas in sorted(seen.items()):
        lemma, count = lemmas.most_common(1)[0]
        if count >= share * lemmas.total():
            found[tag][form] = lemma
    return dict(found)


def make_rules(words: Sequence[str], tree: Tree) -> list[str]:
    """Make the lemma rule of each word."""
    return [make_rule(word, lemma) for word, lemma in zip(words, tree.lemmas, strict=True)]


def _iter_trees(corpora: Iterable[Corpus]) -> Iterator[tuple[tuple[str, ...], Tree]]:
    for corpus in corpora:
        for document in corpus.documents:
            for sentence in document:
                if sentence.tree is not None:
                    yield sentence.words, sentence.tree


def _count(columns: Iterable[Iterable[str]], least: int) -> tuple[str, ...]:
    counts = Counter(value for column in columns for value in column)
    return tuple(sorted(value for value, count in counts.items() if count >= least))
