"""Trains the scorer of antecedents over what the pipeline says of the sets, and exports it."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import TensorProto
from spacy.language import Language
from spacy.tokens import Doc
from torch import Tensor, nn

from kg.language.antecedents import LINKS_FILE, PHRASES_FILE, STATE_SIZE, find_states
from kg.language.mentions import Phrase, find_phrases
from kg.language.pairs import compare, describe, find_candidates
from kg.language.quotations import find_speech
from kg.language.syntax import Syntax
from kg.language.training.coreference_sets import CoreferenceDocument, read_litbank, read_ontogum
from kg.language.training.gold import read_doc
from kg.language.training.graph import Array, Graph

_FLOAT, _INT = TensorProto.FLOAT, TensorProto.INT64


@dataclass(frozen=True, slots=True)
class CoreferenceSettings:
    """How to train the scorer.

    `missed` weighs a phrase with an antecedent against one without; `lone_weight` the phrases of a set that marks
    some kinds of things only; `bare_share` of the documents is read without the reader's states, as other pipelines
    will have it; `lean` is added to every score in the end.
    """

    epochs: int = 8
    rate: float = 1.5e-3
    seed: int = 1
    hidden: int = 128
    head: int = 64
    start: int = 24
    alike: int = 48
    state_dropout: float = 0.4
    dropout: float = 0.3
    missed: float = 1.5
    lone_weight: float = 0.4
    bare_share: float = 0.15
    lean: float = 0.0


@dataclass(frozen=True, slots=True)
class Example:
    """One document as numbers: its phrases, its pairs, and the cluster of each phrase, -1 for none."""

    features: Tensor
    heads: Tensor
    starts: Tensor
    left: Tensor
    right: Tensor
    pairs: Tensor
    clusters: Tensor
    lone: bool


class Ranker(nn.Module):
    """Scores the pairs of a document."""

    def __init__(self, features: int, pairs: int, settings: CoreferenceSettings) -> None:
        super().__init__()
        self.head = nn.Linear(STATE_SIZE, settings.head)
        self.start = nn.Linear(STATE_SIZE, settings.start)
        self.alike = nn.Linear(STATE_SIZE, settings.alike)
        width = features + settings.head + settings.start
        self.as_left = nn.Linear(width, settings.hidden)
        self.as_right = nn.Linear(width, settings.hidden, bias=False)
        self.pair = nn.Linear(pairs, settings.hidden, bias=False)
        self.both = nn.Linear(settings.alike, settings.hidden, bias=False)
        self.out = nn.Linear(settings.hidden, 1)
        self.linked_inner = nn.Linear(width, 64)
        self.linked_out = nn.Linear(64, 1)
        self.drop = nn.Dropout(settings.dropout)
        self.drop_states = nn.Dropout(settings.state_dropout)

    def forward(self, example: Example, *, bare: bool) -> Tensor:
        """Give the score of each pair; without the states of words where `bare`."""
        heads, starts = self.drop_states(example.heads), self.drop_states(example.starts)
        if bare:
            heads, starts = torch.zeros_like(heads), torch.zeros_like(starts)
        rows = torch.cat([example.features, torch.relu(self.head(heads)), torch.relu(self.start(starts))], dim=1)
        alike = torch.tanh(self.alike(heads))
        inner = self.as_left(rows)[example.left] + self.as_right(rows)[example.right] + self.pair(example.pairs)
        inner = inner + self.both(self.drop(alike[example.left] * alike[example.right]))
        linked = self.linked_out(self.drop(torch.relu(self.linked_inner(rows))))[:, 0]
        return torch.as_tensor(self.out(self.drop(torch.relu(inner)))[:, 0] + linked[example.left])


def train_coreference(
    nlp: Language, data: Path, output: Path, settings: CoreferenceSettings, report: Callable[[str], None]
) -> None:
    """Train on OntoGUM's training part and LitBank as the pipeline reads them; write both graphs to `output`."""
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    documents = [*read_ontogum(data)["train"], *read_litbank(data)]
    examples = [make_example(read_doc(nlp, document.sentences), document) for document in documents]
    ranker = Ranker(examples[0].features.shape[1], examples[0].pairs.shape[1], settings)
    optimizer = torch.optim.AdamW(ranker.parameters(), lr=settings.rate, weight_decay=0.02)
    steps, step = settings.epochs * len(examples), 0
    for epoch in range(settings.epochs):
        random.shuffle(examples)
        total = 0.0
        for example in examples:
            for group in optimizer.param_groups:
                group["lr"] = settings.rate * min((step + 1) / 50, max(0.02, 1 - step / steps))
            loss = find_loss(ranker, example, settings)
            optimizer.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(ranker.parameters(), 1.0)
            optimizer.step()
            step += 1
            total += float(loss.detach())
        report(f"coreference, epoch {epoch + 1} of {settings.epochs}: loss {total / len(examples):.4f}")
    export_ranker(ranker.eval(), output, settings)


def make_example(doc: Doc, document: CoreferenceDocument) -> Example:
    """Turn a document with its clusters into numbers."""
    syntax = Syntax(doc)
    phrases = find_phrases(syntax)
    found = describe(syntax, phrases, find_speech(syntax))
    clusters = match_clusters(doc, phrases, document)
    left, right = find_candidates(found)
    if document.lone:
        kept = clusters[left] >= 0
        left, right = left[kept], right[kept]
    heads, starts = find_states(doc, phrases)
    return Example(
        features=torch.from_numpy(found.features),
        heads=torch.from_numpy(heads),
        starts=torch.from_numpy(starts),
        left=torch.from_numpy(left),
        right=torch.from_numpy(right),
        pairs=torch.from_numpy(compare(found, left, right)),
        clusters=torch.from_numpy(clusters),
        lone=document.lone,
    )


def match_clusters(doc: Doc, phrases: Sequence[Phrase], document: CoreferenceDocument) -> npt.NDArray[np.int64]:
    """Give each phrase the number of its cluster, -1 for none.

    A span that is no phrase goes to the phrase of the same head that is most like it, where no other has taken it.
    """
    places = [token.i for token in doc if not token.is_space]
    wanted = {
        (places[start], places[end - 1] + 1): number
        for number, spans in enumerate(document.clusters)
        for start, end in spans
    }
    clusters = np.full(len(phrases), -1, dtype=np.int64)
    of_head: dict[int, list[int]] = {}
    for number, phrase in enumerate(phrases):
        of_head.setdefault(phrase.head, []).append(number)
        clusters[number] = wanted.pop((phrase.start, phrase.end), -1)
    for (start, end), cluster in wanted.items():
        near = of_head.get(doc[start:end].root.i, [])
        if near and all(clusters[number] < 0 for number in near):
            best = min(near, key=lambda number: abs(phrases[number].end - phrases[number].start - end + start))
            clusters[best] = cluster
    return clusters


def find_loss(ranker: Ranker, example: Example, settings: CoreferenceSettings) -> Tensor:
    """Give the mean of minus the log of the share that all right antecedents have together, none being one of them."""
    bare = ranker.training and random.random() < settings.bare_share
    scores = ranker(example, bare=bare)
    count, left = len(example.features), example.left
    right_one = (example.clusters[left] == example.clusters[example.right]) & (example.clusters[left] >= 0)
    top = torch.zeros(count).scatter_reduce(0, left, scores, "amax", include_self=True).detach()
    shares = torch.exp(scores - top[left])
    none = torch.exp(-top)
    total = torch.zeros(count).index_add(0, left, shares) + none
    linked = torch.zeros(count).index_add(0, left, right_one.float()) > 0
    good = torch.where(linked, torch.zeros(count).index_add(0, left, shares * right_one), none)
    weights = torch.where(linked, settings.missed, 1.0)
    if example.lone:
        weights = weights * torch.where(example.clusters >= 0, settings.lone_weight, 0.0)
    losses = (torch.log(total) - torch.log(good + 1e-12)) * weights
    return losses.sum() / weights.sum().clamp(min=1e-6)


def export_ranker(ranker: Ranker, output: Path, settings: CoreferenceSettings) -> None:
    """Write the two graphs of the scorer to a folder."""
    weights = {name: value.detach().numpy() for name, value in ranker.state_dict().items()}
    weights["linked_out.bias"] = weights["linked_out.bias"] + np.float32(settings.lean)
    output.mkdir(parents=True, exist_ok=True)
    onnx.save(_make_phrases(weights), output / PHRASES_FILE)
    onnx.save(_make_links(weights), output / LINKS_FILE)


def _make_phrases(weights: dict[str, Array]) -> onnx.ModelProto:
    graph = Graph()
    width = weights["as_left.weight"].shape[1] - weights["head.bias"].size - weights["start.bias"].size
    features = graph.take("features", _FLOAT, ["phrases", width])
    heads, starts = (graph.take(name, _FLOAT, ["phrases", STATE_SIZE]) for name in ("heads", "starts"))
    head = graph.add("Relu", _apply(graph, weights, heads, "head"))
    start = graph.add("Relu", _apply(graph, weights, starts, "start"))
    rows = graph.add("Concat", features, head, start, axis=1)
    hidden = weights["as_left.bias"].size
    graph.give(_apply(graph, weights, rows, "as_left"), "as_left", _FLOAT, ["phrases", hidden])
    graph.give(_apply(graph, weights, rows, "as_right"), "as_right", _FLOAT, ["phrases", hidden])
    alike = graph.add("Tanh", _apply(graph, weights, heads, "alike"))
    graph.give(alike, "alike", _FLOAT, ["phrases", weights["alike.bias"].size])
    inner = graph.add("Relu", _apply(graph, weights, rows, "linked_inner"))
    graph.give(_apply(graph, weights, inner, "linked_out"), "linked", _FLOAT, ["phrases", 1])
    return graph.build()


def _make_links(weights: dict[str, Array]) -> onnx.ModelProto:
    graph = Graph()
    hidden, size = weights["as_left.bias"].size, weights["alike.bias"].size
    rows = {name: graph.take(name, _FLOAT, ["phrases", hidden]) for name in ("as_left", "as_right")}
    alike = graph.take("alike", _FLOAT, ["phrases", size])
    linked = graph.take("linked", _FLOAT, ["phrases", 1])
    left, right = (graph.take(name, _INT, ["pairs"]) for name in ("left", "right"))
    pairs = graph.take("pairs", _FLOAT, ["pairs", weights["pair.weight"].shape[1]])
    both = graph.add("Mul", graph.add("Gather", alike, left), graph.add("Gather", alike, right))
    inner = graph.add("Add", graph.add("Gather", rows["as_left"], left), graph.add("Gather", rows["as_right"], right))
    inner = graph.add("Add", inner, _apply(graph, weights, pairs, "pair"))
    inner = graph.add("Relu", graph.add("Add", inner, _apply(graph, weights, both, "both")))
    score = graph.add("Add", _apply(graph, weights, inner, "out"), graph.add("Gather", linked, left))
    graph.give(score, "scores", _FLOAT, ["pairs", 1])
    return graph.build()


def _apply(graph: Graph, weights: dict[str, Array], value: str, name: str) -> str:
    return graph.multiply(value, weights[f"{name}.weight"].T, weights.get(f"{name}.bias"), "float")
