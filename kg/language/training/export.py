"""Turns a trained network into what the pipeline runs: two ONNX graphs, the word pieces and the classes."""

import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import onnx
from onnx import TensorProto

from kg.language.lemmas import RULES_TRIED
from kg.language.training.classes import Classes
from kg.language.training.graph import MICROSOFT, Array, Graph, Precision
from kg.language.training.network import Network

READER_FILE: Final = "reader.onnx"
LABELLER_FILE: Final = "labeller.onnx"
_FLOAT, _INT = TensorProto.FLOAT, TensorProto.INT64
_NEVER: Final = -1e4


@dataclass(frozen=True, slots=True)
class Lists:
    """What goes with the network: its classes, the tokenizer's JSON, and the known lemmas by tag and form."""

    classes: Classes
    tokenizer: str
    lemmas: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """The precision of the layers' matrices and of the heads'; of single ones by name ("3.down") where it differs."""

    layers: Precision = "rows"
    heads: Precision = "stored"
    exceptions: dict[str, Precision] = field(default_factory=dict)


def export(network: Network, lists: Lists, output: Path, recipe: Recipe) -> None:
    """Write the network and its lists to the folder `output`."""
    classes = lists.classes
    output.mkdir(parents=True, exist_ok=True)
    weights = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    onnx.save(make_reader(network, weights, recipe), output / READER_FILE)
    onnx.save(make_labeller(network, weights, classes), output / LABELLER_FILE)
    (output / "tokenizer.json").write_text(lists.tokenizer, encoding="utf-8")
    for name, value in (("classes.json", asdict(classes)), ("lemmas.json", lists.lemmas)):
        text = json.dumps(value, ensure_ascii=False, indent=0)
        (output / name).write_text(text + "\n", encoding="utf-8")


def make_reader(network: Network, weights: dict[str, Array], recipe: Recipe) -> onnx.ModelProto:
    """Make the graph from pieces to word states, classes, and scores of starts, names and arcs."""
    graph = Graph()
    pieces, shapes = (graph.take(name, _INT, ["pieces"]) for name in ("pieces", "shapes"))
    firsts = graph.take("firsts", _INT, ["words"])
    states = _add_embeddings(graph, weights, pieces, shapes)
    for number in range(network.sizes.layers):
        states = _add_layer(graph, weights, states, number, recipe, network.sizes.attention_heads)
    words = graph.add("Gather", states, firsts)
    graph.give(words, "states", _FLOAT, ["words", network.sizes.hidden])
    for name in ("tag", "part", "feature"):
        scores = _apply(graph, weights, words, name, recipe.heads)
        graph.give(graph.add("ArgMax", scores, axis=1, keepdims=0), name, _INT, ["words"])
    scores = _apply(graph, weights, words, "rule", recipe.heads)
    tried = graph.add("TopK", scores, graph.hold(np.array([RULES_TRIED])), outputs=2, axis=1).split()[1]
    graph.give(tried, "rule", _INT, ["words", RULES_TRIED])
    graph.give(_apply(graph, weights, words, "name", "float"), "name", _FLOAT, ["words", network.sizes.names])
    graph.give(_apply(graph, weights, words, "start", "float"), "start", _FLOAT, ["words", 1])
    left = graph.add("Gelu", _apply(graph, weights, words, "arc_word", recipe.heads))
    right = graph.add("Gelu", _apply(graph, weights, words, "arc_head", recipe.heads))
    scale = graph.hold(np.float32(1 / math.sqrt(network.sizes.arc)))
    turned = graph.add("Mul", _apply(graph, weights, left, "arc_pair", recipe.heads), scale)
    graph.give(graph.add("MatMul", turned, graph.add("Transpose", right)), "arc", _FLOAT, ["words", "words"])
    graph.give(_apply(graph, weights, left, "root", "float"), "root", _FLOAT, ["words", 1])
    return graph.build()


def make_labeller(network: Network, weights: dict[str, Array], classes: Classes) -> onnx.ModelProto:
    """Make the graph from the states of words and of their heads to labels; "root" is never among them."""
    graph = Graph()
    hidden, size, labels = network.sizes.hidden, network.sizes.label, network.sizes.labels
    words, heads = (graph.take(name, _FLOAT, ["words", hidden]) for name in ("words", "heads"))
    left = graph.add("Gelu", _apply(graph, weights, words, "label_word", "stored"))
    right = graph.add("Gelu", _apply(graph, weights, heads, "label_head", "stored"))
    pairs = weights["label_pair"].transpose(1, 0, 2).reshape(size, labels * size)
    turned = graph.add("Reshape", graph.multiply(left, pairs, None, "stored"), graph.hold(np.array([-1, labels, size])))
    column = graph.add("Unsqueeze", right, graph.hold(np.array([2])))
    paired = graph.add("Squeeze", graph.add("MatMul", turned, column), graph.hold(np.array([2])))
    sides = _apply(graph, weights, graph.add("Concat", left, right, axis=1), "label_sides", "float")
    mask = np.zeros(labels, dtype=np.float32)
    mask[classes.labels.index("root")] = _NEVER
    scores = graph.add("Add", graph.add("Add", paired, sides), graph.hold(mask))
    graph.give(graph.add("ArgMax", scores, axis=1, keepdims=0), "label", _INT, ["words"])
    return graph.build()


def _add_embeddings(graph: Graph, weights: dict[str, Array], pieces: str, shapes: str) -> str:
    found = graph.look_up(pieces, weights["pieces.weight"])
    kinds = graph.add("Gather", graph.hold(weights["shapes.weight"]), shapes)
    size = graph.add("Shape", pieces)
    zero, one = graph.hold(np.array([0])), graph.hold(np.array([1]))
    places = graph.add("Slice", graph.hold(weights["places.weight"]), zero, size, zero, one)
    return _normalise(graph, weights, graph.add("Add", graph.add("Add", found, kinds), places), "norm")


def _add_layer(
    graph: Graph, weights: dict[str, Array], states: str, number: int, recipe: Recipe, attention_heads: int
) -> str:
    def apply(value: str, name: str) -> str:
        precision = recipe.exceptions.get(f"{number}.{name}", recipe.layers)
        return _apply(graph, weights, value, f"layers.{number}.{name}", precision)

    batch = graph.hold(np.array([0]))
    mixed = graph.add("Unsqueeze", apply(states, "query_key_value"), batch)
    query, key, value = graph.add("Split", mixed, outputs=3, axis=2, num_outputs=3).split()
    attended = graph.add("MultiHeadAttention", query, key, value, domain=MICROSOFT, num_heads=attention_heads)
    attended = apply(graph.add("Squeeze", attended, batch), "attended")
    states = _normalise(graph, weights, graph.add("Add", states, attended), f"layers.{number}.attended_norm")
    inner = apply(graph.add("Gelu", apply(states, "up")), "down")
    return _normalise(graph, weights, graph.add("Add", states, inner), f"layers.{number}.norm")


def _normalise(graph: Graph, weights: dict[str, Array], states: str, name: str) -> str:
    scale, bias = graph.hold(weights[f"{name}.weight"]), graph.hold(weights[f"{name}.bias"])
    return graph.add("LayerNormalization", states, scale, bias, axis=-1, epsilon=1e-12)


def _apply(graph: Graph, weights: dict[str, Array], value: str, name: str, precision: Precision) -> str:
    return graph.multiply(value, weights[f"{name}.weight"].T, weights[f"{name}.bias"], precision)
