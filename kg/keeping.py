"""Keeping evidence: what was read goes into the store many articles at a time, and into the journal at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.build_report import BuildReport
from kg.evidence import Evidence
from kg.journal import FINGERPRINT, Journal, marked, write_evidence
from kg.knowledge import article_iri
from kg.making import Remembered, distrust
from kg.store import Store

TOGETHER: Final = 100_000
"""So many quads are written together: the more, the less time each takes, but they wait in memory."""

PATIENCE: Final = 1.0
"""Seconds after which the next article is told of, with what waits to be."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    evidence: Evidence
    quads: bytes


class Keeper:
    """Keeps what was read of articles in a store, and counts it; what waits is written by `write` at the latest.

    What waits is in the `journal`, where there is one, until it is in the store.
    """

    def __init__(
        self, store: Store, base: str, remembered: Remembered, report: BuildReport, journal: Journal | None = None
    ) -> None:
        self.store = store
        self.base = base
        self.remembered = remembered
        self.report = report
        self._journal = journal or Journal(None)
        self._waiting: dict[NamedNode, _Waiting] = {}
        self._untold: list[Callable[[], object]] = []
        self._size = 0
        self._told = time.monotonic()

    def fingerprint(self, article: str) -> str | None:
        """Give the fingerprint of what was read last of the article with an id; None where the store has nothing."""
        return find_fingerprint(self.store, NamedNode(article_iri(self.base, article)))

    def keep(self, article: str, evidence: Evidence, fingerprint: str, then: Callable[[], object]) -> None:
        """Keep the evidence of an article in place of what there was; call `then` when nothing can undo that."""
        graph = NamedNode(article_iri(self.base, article))
        if graph in self._waiting:
            self.write()
        if not self._waiting:
            distrust(self.store, self.base)
        quads = marked(evidence.quads, graph, fingerprint)
        self._journal.add(quads)
        self._waiting[graph] = _Waiting(evidence, quads)
        self._untold.append(then)
        self._size += quads.count(b"\n")
        if self._size >= TOGETHER:
            self.write()
        elif time.monotonic() - self._told >= PATIENCE:
            self._journal.sync()
            self._tell()

    def write(self) -> None:
        """Write what waits."""
        waiting, self._waiting, self._size = self._waiting, {}, 0
        if waiting:
            written = write_evidence(self.store, {graph: each.quads for graph, each in waiting.items()})
            self._journal.clear()
            self.report.new += written.new
            self.report.changed += written.changed
            self.report.evidence_changed |= written.differs
            for graph, each in waiting.items():
                self.remembered.add(graph, each.evidence)
        self._tell()

    def _tell(self) -> None:
        untold, self._untold = self._untold, []
        for then in untold:
            then()
        self._told = time.monotonic()


def find_fingerprint(store: Store, graph: NamedNode) -> str | None:
    """Give the fingerprint of what was read last of the article of a graph."""
    found = next(iter(store.quads(graph, FINGERPRINT, graph=graph)), None)
    return found.object.value if found is not None and isinstance(found.object, Literal) else None
