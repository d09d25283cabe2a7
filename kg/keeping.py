"""Keeping evidence: what was read goes into the store several articles at a time, quicker than one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.build_report import BuildReport
from kg.knowledge import article_iri
from kg.making import Remembered, distrust
from kg.store import Store
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.working import Evidence

TOGETHER: Final = 10_000
"""So many quads are written together: with more, each takes less time, but a build that is killed reads more again."""

PATIENCE: Final = 3.0
"""Seconds after which the next article is written with what waits, however little that is."""

_FINGERPRINT: Final = NamedNode(KG + "fingerprint")


@dataclass(frozen=True, slots=True)
class _Waiting:
    reading: bytes
    quads: list[Quad]
    then: Callable[[], object]


class Keeper:
    """Keeps what was read of articles in a store, and counts it; what waits is written by `write` at the latest."""

    def __init__(self, store: Store, base: str, remembered: Remembered, report: BuildReport) -> None:
        self.store = store
        self.base = base
        self.remembered = remembered
        self.report = report
        self._waiting: dict[NamedNode, _Waiting] = {}
        self._size = 0
        self._written = time.monotonic()

    def fingerprint(self, article: str) -> str | None:
        """Give the fingerprint of what was read last of the article with an id; None where the store has nothing."""
        return find_fingerprint(self.store, NamedNode(article_iri(self.base, article)))

    def keep(self, article: str, evidence: Evidence, fingerprint: str, then: Callable[[], object]) -> None:
        """Keep the evidence of an article in place of what there was; call `then` when it is in the store."""
        graph = NamedNode(article_iri(self.base, article))
        if graph in self._waiting:
            self.write()
        quads = [*evidence.quads, Quad(graph, _FINGERPRINT, Literal(fingerprint), graph)]
        self._waiting[graph] = _Waiting(evidence.reading, quads, then)
        self._size += len(quads)
        if self._size >= TOGETHER or time.monotonic() - self._written >= PATIENCE:
            self.write()

    def write(self) -> None:
        """Write what waits: all of it or, on failure, nothing."""
        waiting, self._waiting, self._size = self._waiting, {}, 0
        if waiting:
            known = sum(find_fingerprint(self.store, graph) is not None for graph in waiting)
            distrust(self.store, self.base)
            changes = self.store.replace_graphs({graph: each.quads for graph, each in waiting.items()})
            self.report.changed += known
            self.report.new += len(waiting) - known
            self.report.evidence_changed |= any(changes.values())
            for graph, each in waiting.items():
                self.remembered.add(graph, each.reading)
                each.then()
        self._written = time.monotonic()


def find_fingerprint(store: Store, graph: NamedNode) -> str | None:
    """Give the fingerprint of what was read last of the article of a graph."""
    found = next(iter(store.quads(graph, _FINGERPRINT, graph=graph)), None)
    return found.object.value if found is not None and isinstance(found.object, Literal) else None
