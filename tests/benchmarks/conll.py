"""The figures of coreference: MUC (Vilain 1995), B-cubed (Bagga 1998), CEAF-e (Luo 2005), their mean (CoNLL 2012)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linear_sum_assignment

Cluster = frozenset[Hashable]
_MEASURES = ("MUC", "B3", "CEAFe", "mentions")


@dataclass(slots=True)
class Counts:
    """Numerators and denominators of recall and precision, added up over documents."""

    found: float = 0.0
    gold: float = 0.0
    right: float = 0.0
    true: float = 0.0

    def f1(self) -> float:
        """Give the F1 in percent."""
        precision = self.right / self.found if self.found else 0.0
        recall = self.true / self.gold if self.gold else 0.0
        return 200 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(slots=True)
class Scorer:
    """Adds up documents; things mentioned once are left out on both sides."""

    counts: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in _MEASURES})

    def add(self, gold: Iterable[Iterable[Hashable]], found: Iterable[Iterable[Hashable]]) -> None:
        """Add one document: its clusters of mentions as they should be and as they were found."""
        keys, responses = _keep(gold), _keep(found)
        _add_muc(self.counts["MUC"], keys, responses)
        _add_b_cubed(self.counts["B3"], keys, responses)
        _add_ceaf(self.counts["CEAFe"], keys, responses)
        there, here = set().union(*keys), set().union(*responses)
        mentions = self.counts["mentions"]
        mentions.gold += len(there)
        mentions.found += len(here)
        mentions.true += len(there & here)
        mentions.right += len(there & here)

    def figures(self) -> dict[str, float]:
        """Give F1 in percent by measure, and their mean as "CoNLL"."""
        figures = {name: counts.f1() for name, counts in self.counts.items()}
        return {**figures, "CoNLL": (figures["MUC"] + figures["B3"] + figures["CEAFe"]) / 3}


def _keep(clusters: Iterable[Iterable[Hashable]]) -> list[Cluster]:
    kept = [frozenset(cluster) for cluster in clusters]
    return [cluster for cluster in kept if len(cluster) > 1]


def _index(clusters: Sequence[Cluster]) -> dict[Hashable, int]:
    return {mention: number for number, cluster in enumerate(clusters) for mention in cluster}


def _add_muc(counts: Counts, keys: Sequence[Cluster], responses: Sequence[Cluster]) -> None:
    for clusters, others, side in ((keys, responses, "gold"), (responses, keys, "found")):
        index = _index(others)
        total = sum(len(cluster) - 1 for cluster in clusters)
        linked = sum(
            len(cluster) - len({index.get(mention, (mention,)) for mention in cluster}) for cluster in clusters
        )
        if side == "gold":
            counts.gold += total
            counts.true += linked
        else:
            counts.found += total
            counts.right += linked


def _add_b_cubed(counts: Counts, keys: Sequence[Cluster], responses: Sequence[Cluster]) -> None:
    key_of, response_of = _index(keys), _index(responses)
    for mention, number in key_of.items():
        other = response_of.get(mention)
        counts.gold += 1
        if other is not None:
            counts.true += len(keys[number] & responses[other]) / len(keys[number])
    for mention, number in response_of.items():
        other = key_of.get(mention)
        counts.found += 1
        if other is not None:
            counts.right += len(responses[number] & keys[other]) / len(responses[number])


def _add_ceaf(counts: Counts, keys: Sequence[Cluster], responses: Sequence[Cluster]) -> None:
    counts.gold += len(keys)
    counts.found += len(responses)
    if not keys or not responses:
        return
    alike = np.array([[2 * len(a & b) / (len(a) + len(b)) for b in responses] for a in keys])
    rows, columns = linear_sum_assignment(-alike)
    total = float(alike[rows, columns].sum())
    counts.true += total
    counts.right += total
