"""The journal: evidence on disk that is not in the store yet, one article after the other, as N-Quads.

The engine of a store sorts what it is given into tables, and merges tables again and again: given more at a time, it
merges less. What waits to be given is in the journal meanwhile, and so survives the process that made it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.errors import StoreError
from kg.store import GraphName, Store
from kg.vocabulary import KG

FINGERPRINT: Final = NamedNode(KG + "fingerprint")
"""What it was read of and with; the last quad of the evidence of an article, so that half an article is known."""
_MARK: Final = str(FINGERPRINT).encode()


@dataclass(frozen=True, slots=True)
class Written:
    """How many articles came into a store and how many were there already, and whether anything is different now."""

    new: int
    changed: int
    differs: bool


class Journal:
    """A journal in a file that is there as long as something is in it; without a path nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def add(self, evidence: bytes) -> None:
        """Add the evidence of an article, marked (`marked`); it outlives this process from now on."""
        if self._path is not None:
            with _open(self._path) as file:
                _write_all(file, evidence)

    def sync(self) -> None:
        """Wait until what was added outlives the machine too."""
        if self._path is not None:
            with _open(self._path) as file:
                os.fsync(file.fileno())

    def clear(self) -> None:
        """Forget all of it: it is in the store."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def marked(evidence: bytes, graph: NamedNode, fingerprint: str) -> bytes:
    """Give the evidence of an article with the mark that it ends with."""
    mark = serialize([Quad(graph, FINGERPRINT, Literal(fingerprint), graph)], format=RdfFormat.N_QUADS)
    return evidence + (mark or b"")


def write_evidence(store: Store, evidence: Mapping[NamedNode, bytes]) -> Written:
    """Write the evidence of articles, in place of what there was of them.

    New articles come first, then changed ones; of each sort all or, on failure, none.
    """
    changed = {graph: quads for graph, quads in evidence.items() if any(store.quads(graph=graph))}
    new = [quads for graph, quads in evidence.items() if graph not in changed]
    if new:
        store.add(b"".join(new))
    graphs: dict[GraphName, Iterable[Quad]] = {
        graph: parse(quads, RdfFormat.N_QUADS, lenient=True) for graph, quads in changed.items()
    }
    changes = store.replace_graphs(graphs) if graphs else {}
    return Written(len(new), len(changed), bool(new) or any(changes.values()))


def recover(store: Store, path: Path) -> None:
    """Write to a store what a process that was killed left in its journal, but for an article that is not whole.

    Raises StoreError where the journal cannot be read.
    """
    try:
        evidence = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); see that it is readable") from error
    try:
        write_evidence(store, _split(evidence))
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"{path}: is damaged ({error}); remove it, and build again what was in it") from error
    Journal(path).clear()


def _split(evidence: bytes) -> dict[NamedNode, bytes]:
    """Give the evidence of each whole article by its graph; raise SyntaxError or ValueError for what is none."""
    graphs: dict[NamedNode, bytes] = {}
    article: list[bytes] = []
    *lines, _ = evidence.split(b"\n")
    for line in lines:
        article.append(line)
        if line.split(b" ", 2)[1:2] == [_MARK]:
            quads = b"\n".join((*article, b""))
            names = {quad.graph_name for quad in parse(quads, RdfFormat.N_QUADS, lenient=True)}
            graph = next(iter(names), None)
            if len(names) > 1 or not isinstance(graph, NamedNode):
                raise ValueError("what should be the quads of one article is of several, or of none")
            graphs[graph] = quads
            article = []
    return graphs


@contextmanager
def _open(path: Path) -> Iterator[FileIO]:
    try:
        with path.open("ab", buffering=0) as file:
            yield file
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written ({error.strerror}); make room or see to its folder, then try again"
        ) from error


def _write_all(file: FileIO, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]
