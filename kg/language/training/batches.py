"""Windows of sentences as numbers, and batches of windows of like length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random
from typing import Final

import torch
from torch import Tensor

from kg.language.lemmas import make_rule
from kg.language.pieces import Pieces
from kg.language.shapes import SHAPE_IDS, find_shapes
from kg.language.training.augment import NameCoiner, vary_window
from kg.language.training.classes import Classes
from kg.language.training.corpora import ANY_NAME, Corpus, Document, Sentence

UNSAID: Final = -100
"""The class of a word for which a layer says nothing."""

_BUDGETS: Final = (40, 80, 120, 160, 160, 192, 192, 224)
_SEPARATED_SHARE: Final = 0.9
_LAYERS: Final = ("tags", "parts", "features", "rules", "heads", "labels", "starts", "names")


@dataclass(frozen=True, slots=True)
class Window:
    """One window as numbers: pieces with their shapes, first pieces of words, and per word what each head shall say."""

    pieces: list[int]
    shapes: list[int]
    firsts: list[int]
    sentences: list[int]
    targets: dict[str, list[int]]


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows side by side, padded: `mask` is over pieces, `sentences` numbers each word's sentence, -1 beyond."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    firsts: Tensor
    sentences: Tensor
    targets: dict[str, Tensor]


class WindowMaker:
    """Turns sentences into windows."""

    def __init__(self, pieces: Pieces, classes: Classes) -> None:
        self._pieces = pieces
        self._ids = {
            "tags": _number(classes.tags),
            "parts": _number(classes.parts),
            "features": _number(classes.features),
            "rules": _number(classes.rules),
            "labels": _number(classes.labels),
        }
        self._name_ids = _number(classes.names)
        self._find_rule = lru_cache(maxsize=200_000)(make_rule)

    def count_pieces(self, sentence: Sentence) -> int:
        """Count the pieces of a sentence."""
        return sum(map(len, self._pieces.find(sentence.words)))

    def make_window(self, sentences: Sequence[Sentence], *, separated: bool) -> Window:
        """Join sentences into one window; a separator stands before each paragraph but the first if `separated`."""
        window = Window([self._pieces.start], [0], [], [], {layer: [] for layer in _LAYERS})
        for number, sentence in enumerate(sentences):
            if number and separated and sentence.starts_paragraph:
                window.pieces.append(self._pieces.stop)
                window.shapes.append(0)
            self._add_targets(window, sentence)
            shapes = find_shapes(sentence.words, sentence.spaces)
            for pieces, shape in zip(self._pieces.find(sentence.words), shapes, strict=True):
                window.firsts.append(len(window.pieces))
                window.sentences.append(number)
                window.pieces.extend(pieces)
                window.shapes.extend([shape] * len(pieces))
        window.pieces.append(self._pieces.stop)
        window.shapes.append(SHAPE_IDS["other"])
        return window

    def _add_targets(self, window: Window, sentence: Sentence) -> None:
        targets, size, offset = window.targets, len(sentence.words), len(window.firsts)
        targets["starts"] += [1] + [0] * (size - 1)
        targets["names"] += [self._allow(tags) for tags in sentence.names or (ANY_NAME,) * size]
        tree = sentence.tree
        if tree is None:
            for layer in ("tags", "parts", "features", "rules", "heads", "labels"):
                targets[layer] += [UNSAID] * size
            return
        for layer in ("tags", "parts", "features", "labels"):
            targets[layer] += [self._ids[layer].get(value, UNSAID) for value in getattr(tree, layer)]
        rules = map(self._find_rule, sentence.words, tree.lemmas)
        targets["rules"] += [self._ids["rules"].get(rule, UNSAID) for rule in rules]
        targets["heads"] += [head + offset for head in tree.heads]

    def _allow(self, tags: frozenset[str]) -> int:
        return sum(1 << self._name_ids[tag] for tag in tags)


def iter_batches(
    corpora: Sequence[Corpus], maker: WindowMaker, random: Random, *, batch_pieces: int
) -> Iterator[Batch]:
    """Yield the batches of one epoch, in an order of chance, of about `batch_pieces` pieces each."""
    windows = []
    coiner = NameCoiner(document for corpus in corpora for document in corpus.documents)
    for corpus in corpora:
        for document in _repeat(corpus, random):
            for sentences in _pack(document, maker, random):
                varied = vary_window(sentences, random, coiner)
                windows.append(maker.make_window(varied, separated=random.random() < _SEPARATED_SHARE))
    windows.sort(key=lambda window: (len(window.pieces) + random.randrange(16), len(window.firsts)))
    groups: list[list[Window]] = [[]]
    for window in windows:
        if groups[-1] and (len(groups[-1]) + 1) * len(window.pieces) > batch_pieces:
            groups.append([])
        groups[-1].append(window)
    random.shuffle(groups)
    for group in groups:
        yield join_windows(group)


def join_windows(windows: Sequence[Window]) -> Batch:
    """Pad windows to one batch."""
    return Batch(
        pieces=_pad([window.pieces for window in windows], 0),
        shapes=_pad([window.shapes for window in windows], 0),
        mask=_pad([[1] * len(window.pieces) for window in windows], 0).bool(),
        firsts=_pad([window.firsts for window in windows], 0),
        sentences=_pad([window.sentences for window in windows], -1),
        targets={layer: _pad([window.targets[layer] for window in windows], _padding(layer)) for layer in _LAYERS},
    )


def _padding(layer: str) -> int:
    return 0 if layer == "names" else UNSAID


def _pad(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    width = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (width - len(row))] for row in rows])


def _repeat(corpus: Corpus, random: Random) -> Iterator[Document]:
    """Yield each document as often as the corpus says, the broken part of it by chance."""
    for document in corpus.documents:
        times = int(corpus.repeats) + (random.random() < corpus.repeats % 1)
        for _ in range(times):
            yield document


def _pack(document: Document, maker: WindowMaker, random: Random) -> Iterator[Document]:
    """Cut a document into runs of sentences, each run up to a budget of pieces drawn anew."""
    window: Document = []
    pieces, budget = 0, random.choice(_BUDGETS)
    for sentence in document:
        size = maker.count_pieces(sentence)
        if size > 480:
            continue
        if window and pieces + size > budget:
            yield window
            window, pieces, budget = [], 0, random.choice(_BUDGETS)
        window.append(sentence)
        pieces += size
    if window:
        yield window


def _number(names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}
