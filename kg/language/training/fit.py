"""The training run: seeded, with lines of progress and checkpoints."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, islice
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
class Cycle:
    """Some epochs over which the rates rise to these in `Settings.warm_up` steps, then fall linearly to 0."""

    epochs: int
    encoder_rate: float
    head_rate: float


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train: in cycles, each with a warm restart of the rates (Loshchilov and Hutter 2017)."""

    cycles: tuple[Cycle, ...] = (Cycle(5, 1e-4, 1.5e-3), Cycle(4, 7e-5, 9e-4))
    seed: int = 1
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

    def iter_epoch(epoch: int) -> Iterator[Batch]:
        chance = Random(settings.seed * 1000 + epoch)
        return iter_batches(corpora, maker, chance, batch_pieces=settings.batch_pieces)

    epochs = range(sum(cycle.epochs for cycle in settings.cycles))
    sizes = [sum(1 for _ in iter_epoch(epoch)) for epoch in epochs]
    run = _Run(network, settings, sizes=sizes, output=output)
    done = run.resume()
    torch.manual_seed(settings.seed + done)
    report(f"{done} of {run.steps} steps done before")
    clock = _Clock(done, run.steps, report)
    batches = chain.from_iterable(map(iter_epoch, epochs))
    for batch in islice(batches, done, None):
        clock.count(batch, run.take_step(batch))
        if clock.step % _SAVE_EVERY == 0 or clock.step == run.steps:
            run.save(clock.step)
    return network


class _Run:
    """The network with what changes it: optimiser, rates, and a checkpoint of all to go on from."""

    def __init__(self, network: Network, settings: Settings, *, sizes: Sequence[int], output: Path) -> None:
        """Take the network, and the number of steps of each epoch."""
        self.steps = sum(sizes)
        self._cycles = _find_ends(settings.cycles, sizes)
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
        """Let the rates of the cycle rise while warming up, after a stop once more, then fall linearly to 0."""
        warm_up = self._settings.warm_up
        start, end, cycle = next(entry for entry in self._cycles if self._step < entry[1])
        risen = (self._step - max(start, self._resumed) + 1) / warm_up
        share = min(risen, (end - self._step) / max(1, end - start - warm_up))
        rates = (cycle.encoder_rate, cycle.head_rate)
        for group, rate in zip(self._optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * share


def _find_ends(cycles: Sequence[Cycle], sizes: Sequence[int]) -> list[tuple[int, int, Cycle]]:
    """Give the first step of each cycle and the one after its last, by the steps of each epoch."""
    found = []
    start = epoch = 0
    for cycle in cycles:
        end = start + sum(sizes[epoch : epoch + cycle.epochs])
        found.append((start, end, cycle))
        start, epoch = end, epoch + cycle.epochs
    return found


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
    first = settings.cycles[0]
    groups = [
        {"params": encoder, "lr": first.encoder_rate},
        {"params": heads, "lr": first.head_rate},
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
