"""The training run: seeded, with lines of progress and checkpoints."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

import torch
from torch.optim import AdamW

from kg.language.pieces import Pieces
from kg.language.shapes import SHAPES
from kg.language.training.batches import Batch, WindowMaker, iter_batches
from kg.language.training.classes import Classes, find_classes
from kg.language.training.corpora import Corpus
from kg.language.training.losses import WEIGHTS, find_losses
from kg.language.training.network import Network, Sizes, load_encoder, save_network

_REPORT_EVERY: Final = 20
_SAVE_EVERY: Final = 100


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; rates are those reached after `warm_up` steps, from where they fall linearly to 0."""

    epochs: int = 5
    seed: int = 1
    encoder_rate: float = 1e-4
    head_rate: float = 1.5e-3
    warm_up: int = 80
    batch_pieces: int = 896
    head_dropout: float = 0.3
    threads: int = 2


def fit(
    corpora: list[Corpus], encoder: Path, output: Path, settings: Settings, report: Callable[[str], None]
) -> Network:
    """Train on `corpora` from the pretrained encoder in the folder `encoder`; write checkpoints to `output`.

    A run that was stopped goes on from its last checkpoint when it is called again.
    """
    torch.set_num_threads(settings.threads)
    classes = find_classes(corpora)
    output.mkdir(parents=True, exist_ok=True)
    (output / "classes.json").write_text(json.dumps(asdict(classes), ensure_ascii=False), encoding="utf-8")
    torch.manual_seed(settings.seed)
    network = Network(find_sizes(classes), head_dropout=settings.head_dropout)
    load_encoder(network, encoder)
    maker = WindowMaker(Pieces.from_file(encoder / "tokenizer.json"), classes)

    def iter_epochs() -> Iterator[Batch]:
        for epoch in range(settings.epochs):
            chance = Random(settings.seed * 1000 + epoch)
            yield from iter_batches(corpora, maker, chance, batch_pieces=settings.batch_pieces)

    run = _Run(network, settings, steps=sum(1 for _ in iter_epochs()), output=output)
    done = run.resume()
    torch.manual_seed(settings.seed + done)
    report(f"{done} of {run.steps} steps done before")
    clock = _Clock(done, run.steps, report)
    for batch in islice(iter_epochs(), done, None):
        clock.count(batch, run.take_step(batch))
        if clock.step % _SAVE_EVERY == 0 or clock.step == run.steps:
            run.save(clock.step)
    return network


class _Run:
    """The network with what changes it: optimiser, rates, and a checkpoint of all to go on from."""

    def __init__(self, network: Network, settings: Settings, *, steps: int, output: Path) -> None:
        self.steps = steps
        self._network = network
        self._settings = settings
        self._output = output
        self._step = self._resumed = 0
        self._optimizer = _make_optimizer(network, settings)
        network.train()

    def resume(self) -> int:
        """Take up the checkpoint in the output folder, if there is one; give the steps it had done."""
        path = self._output / "state.pt"
        if not path.is_file():
            return 0
        saved = torch.load(path, weights_only=True)
        self._network.load_state_dict(saved["network"])
        if saved["optimizer"]:
            self._optimizer.load_state_dict(saved["optimizer"])
        self._step = self._resumed = int(saved["step"])
        return self._step

    def save(self, step: int) -> None:
        """Write a checkpoint, whole or not at all, and the network by itself."""
        part = self._output / "state.part"
        state = {"network": self._network.state_dict(), "optimizer": self._optimizer.state_dict(), "step": step}
        torch.save(state, part)
        part.replace(self._output / "state.pt")
        save_network(self._network, self._output / "network.pt")

    def take_step(self, batch: Batch) -> dict[str, float]:
        """Learn from one batch; give its losses."""
        self._set_rates()
        losses = find_losses(self._network, batch)
        total = torch.stack([loss * WEIGHTS[layer] for layer, loss in losses.items()]).sum()
        self._optimizer.zero_grad()
        torch.autograd.backward(total)
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._step += 1
        return {layer: float(loss.detach()) for layer, loss in losses.items()}

    def _set_rates(self) -> None:
        """Let the rates rise while warming up, after a stop once more, then fall linearly to 0."""
        warm_up = self._settings.warm_up
        share = min(
            (self._step - self._resumed + 1) / warm_up, (self.steps - self._step) / max(1, self.steps - warm_up)
        )
        rates = (self._settings.encoder_rate, self._settings.head_rate)
        for group, rate in zip(self._optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share


def find_sizes(classes: Classes) -> Sizes:
    """Give the sizes that fit the classes."""
    return Sizes(
        tags=len(classes.tags),
        parts=len(classes.parts),
        features=len(classes.features),
        rules=len(classes.rules),
        labels=len(classes.labels),
        names=len(classes.names),
        shapes=len(SHAPES),
    )


def _make_optimizer(network: Network, settings: Settings) -> AdamW:
    """Make the optimiser; the piece embeddings stay as they came, so that rare words keep their place."""
    network.pieces.requires_grad_(False)
    encoder: list[torch.nn.Parameter] = []
    heads: list[torch.nn.Parameter] = []
    for name, weight in network.named_parameters():
        if weight.requires_grad:
            inside = name.startswith(("layers.", "places.", "norm."))
            (encoder if inside else heads).append(weight)
    groups = [
        {"params": encoder, "lr": settings.encoder_rate},
        {"params": heads, "lr": settings.head_rate},
    ]
    return AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


class _Clock:
    """Counts words and losses and reports both with the time that is left."""

    def __init__(self, done: int, steps: int, report: Callable[[str], None]) -> None:
        self._done = done
        self._steps = steps
        self._report = report
        self._start = time.monotonic()
        self.step = done
        self._words = 0
        self._means: dict[str, float] = {}

    def count(self, batch: Batch, losses: dict[str, float]) -> None:
        self.step += 1
        self._words += int((batch.sentences >= 0).sum())
        for layer, loss in losses.items():
            self._means[layer] = 0.98 * self._means.get(layer, loss) + 0.02 * loss
        if self.step % _REPORT_EVERY == 0:
            spent = time.monotonic() - self._start
            left = spent / (self.step - self._done) * (self._steps - self.step) / 60
            means = " ".join(f"{layer} {mean:.3f}" for layer, mean in self._means.items())
            self._report(
                f"step {self.step} of {self._steps}, {self._words / spent:.0f} words/s, {left:.0f} min left: {means}"
            )
