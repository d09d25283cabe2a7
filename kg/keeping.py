"""Keeping evidence: what was read goes into the store several articles at a time, quicker than one after the other."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.build_report import BuildReport
from kg.evidence import Evidence
from kg.knowledge import article_iri
from kg.making import Remembered, distrust
from kg.store import GraphName, Store
from kg.vocabulary import KG

TOGETHER: Final = 20_000
"""So many quads are written together: with more, each takes less time, but a build that is killed reads more again."""

PATIENCE: Final = 3.0
"""Seconds after which the next article is written with what waits, however little that is."""

_FINGERPRINT: Final = NamedNode(KG + "fingerprint")


@dataclass(frozen=True, slots=True)
class _Waiting:
    evidence: Evidence
    quads: bytes
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
        mark = serialize([Quad(graph, _FINGERPRINT, Literal(fingerprint), graph)], format=RdfFormat.N_QUADS)
        quads = evidence.quads + (mark or b"")
        self._waiting[graph] = _Waiting(evidence, quads, then)
        self._size += quads.count(b"\n")
        if self._size >= TOGETHER or time.monotonic() - self._written >= PATIENCE:
            self.write()

    def write(self) -> None:
        """Write what waits: new articles first, then changed ones; of each sort all or, on failure, none."""
        waiting, self._waiting, self._size = self._waiting, {}, 0
        if waiting:
            distrust(self.store, self.base)
            changed = {graph: each for graph, each in waiting.items() if any(self.store.quads(graph=graph))}
            new = {graph: each for graph, each in waiting.items() if graph not in changed}
            if new:
                self.store.add(b"".join(each.quads for each in new.values()))
                self.report.new += len(new)
                self.report.evidence_changed = True
                self._tell(new)
            if changed:
                graphs: dict[GraphName, Iterable[Quad]] = {
                    graph: parse(each.quads, format=RdfFormat.N_QUADS) for graph, each in changed.items()
                }
                changes = self.store.replace_graphs(graphs)
                self.report.changed += len(changed)
                self.report.evidence_changed |= any(changes.values())
                self._tell(changed)
        self._written = time.monotonic()

    def _tell(self, written: Mapping[NamedNode, _Waiting]) -> None:
        for graph, each in written.items():
            self.remembered.add(graph, each.evidence)
            each.then()


def find_fingerprint(store: Store, graph: NamedNode) -> str | None:
    """Give the fingerprint of what was read last of the article of a graph."""
    found = next(iter(store.quads(graph, _FINGERPRINT, graph=graph)), None)
    return found.object.value if found is not None and isinstance(found.object, Literal) else None
