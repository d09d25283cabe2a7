"""What the network is trained for: one loss for each head, added up with weights."""

from typing import Final

import torch
from torch import Tensor
from torch.nn import functional

from kg.language.training.batches import UNSAID, Batch
from kg.language.training.network import Network

WEIGHTS: Final = {
    "tags": 0.6,
    "parts": 0.3,
    "features": 0.3,
    "rules": 0.3,
    "starts": 0.4,
    "names": 1.5,
    "heads": 1.5,
    "labels": 1.5,
}


def find_losses(network: Network, batch: Batch) -> dict[str, Tensor]:
    """Give the mean loss of each head over the words of the batch for which its layer says something."""
    mask = batch.mask[:, None, None, :]
    states = network.encode(batch.pieces, batch.shapes, None if bool(batch.mask.all()) else mask, batch.firsts)
    targets = batch.targets
    scores = {
        "tags": network.tag(network.drop(states)),
        "parts": network.part(network.drop(states)),
        "features": network.feature(network.drop(states)),
        "rules": network.rule(network.drop(states)),
        "heads": _mask_arcs(network.score_arcs(network.drop(states)), batch.sentences),
    }
    losses = {layer: _find_mean(score, targets[layer]) for layer, score in scores.items()}
    losses["labels"] = _find_label_loss(network, network.drop(states), targets)
    losses["names"] = _find_name_loss(network.name(network.drop(states)), targets["names"])
    said = targets["starts"] != UNSAID
    starts = network.start(network.drop(states))[..., 0][said]
    losses["starts"] = functional.binary_cross_entropy_with_logits(starts, targets["starts"][said].float())
    return losses


def _mask_arcs(scores: Tensor, sentences: Tensor) -> Tensor:
    """Leave only heads of the same sentence possible."""
    same = sentences[:, :, None] == sentences[:, None, :]
    return scores.masked_fill(~same, -1e4)


def _find_mean(scores: Tensor, targets: Tensor) -> Tensor:
    flat = targets.flatten()
    total = functional.cross_entropy(scores.flatten(0, 1), flat, ignore_index=UNSAID, reduction="sum")
    return total / (flat != UNSAID).sum().clamp(min=1)


def _find_label_loss(network: Network, states: Tensor, targets: dict[str, Tensor]) -> Tensor:
    said = targets["labels"] != UNSAID
    rows = torch.arange(states.shape[0])[:, None].expand_as(said)[said]
    heads = states[rows, targets["heads"][said]]
    if not len(heads):
        return states.new_zeros(())
    return functional.cross_entropy(network.score_labels(states[said], heads), targets["labels"][said])


def _find_name_loss(scores: Tensor, allowed: Tensor) -> Tensor:
    """Give the mean of minus the log of the share that the allowed tags have together."""
    bits = torch.arange(scores.shape[-1])
    possible = (allowed[..., None] >> bits) & 1 == 1
    said = possible.any(dim=-1) & ~possible.all(dim=-1)
    if not bool(said.any()):
        return scores.new_zeros(())
    spoken, open_tags = scores[said], possible[said]
    return torch.mean(torch.logsumexp(spoken, dim=-1) - torch.logsumexp(spoken.masked_fill(~open_tags, -1e4), dim=-1))
