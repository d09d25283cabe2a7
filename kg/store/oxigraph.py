"""The embedded stores: Oxigraph in a folder on disk, and in memory."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from os import PathLike, fspath
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import QueryError, StoreError
from kg.store.base import DEFAULT_GRAPH, Answer, GraphName, Object, Store, Subject
from kg.store.opening import FORMAT_FILE, describe_fault, open_folder

_FLUSH_AFTER: Final = 50_000
"""How many quads are written before the engine puts them on disk: until then it holds them in memory."""

_BULK: Final = 5_000
"""From how many quads on they are written as tables, which then become part of the store at once."""

_MANY_LOGGED: Final = 2_000
"""From how many quads on what the engine keeps of its log is worth the time to be rid of it."""


class _Embedded(Store):
    """What the stores on pyoxigraph share; `name` is how messages call the store."""

    def __init__(self, store: pyoxigraph.Store, name: str) -> None:
        self._open: pyoxigraph.Store | None = store
        self.name = name

    @property
    def _store(self) -> pyoxigraph.Store:
        if self._open is None:
            raise StoreError(f"{self.name}: the store is closed; open it again")
        return self._open

    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,
        *,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        return self._told(self._store.quads_for_pattern(subject, predicate, object, graph))

    def _told(self, found: Iterator[Quad]) -> Iterator[Quad]:
        """Pass on what is read; a table that is damaged is found only now."""
        try:
            yield from found
        except (OSError, RuntimeError) as error:
            raise describe_fault(self.name, error) from error

    def graphs(self) -> list[NamedNode]:
        names = (name for name in self._store.named_graphs() if isinstance(name, NamedNode))
        return sorted((name for name in names if any(self.quads(graph=name))), key=lambda name: name.value)

    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        try:
            return self._store.query(text, prefixes=dict(prefixes or {}))
        except SyntaxError as error:
            raise QueryError(f"not a SPARQL query: {error}; in: {_shorten(text)}") from error

    def dump(
        self,
        output: str | PathLike[str],
        format: RdfFormat,
        *,
        graph: GraphName | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        if graph is None and not format.supports_datasets:
            raise ValueError(f"{format.name} holds triples of one graph; say which graph")
        try:
            self._store.dump(fspath(output), format, from_graph=graph, prefixes=dict(prefixes or {}))
        except OSError as error:
            raise StoreError(f"{fspath(output)}: cannot be written ({error}); choose another file") from error

    def __len__(self) -> int:
        try:
            return len(self._store)
        except (OSError, RuntimeError) as error:
            raise describe_fault(self.name, error) from error

    def close(self) -> None:
        self._open = None

    def add(self, quads: bytes) -> None:
        try:
            self._load(quads)
        except (OSError, RuntimeError) as error:
            raise describe_fault(self.name, error) from error

    def _load(self, quads: bytes) -> None:
        self._store.bulk_load(quads, RdfFormat.N_QUADS, lenient=True)

    def _write(self, added: list[Quad], removed: list[Quad]) -> None:
        try:
            self._change(added, removed)
        except (OSError, RuntimeError) as error:
            raise describe_fault(self.name, error) from error

    def _change(self, added: list[Quad], removed: list[Quad]) -> None:
        if removed:
            self._store.update(_update(added, removed))
        else:
            self._store.extend(added)


class MemoryStore(_Embedded):
    """A store that lives as long as its process."""

    def __init__(self) -> None:
        super().__init__(pyoxigraph.Store(), "memory")


class OxigraphStore(_Embedded):
    """A store in a folder, made when it is not there.

    One writer at a time: a second one gets a StoreError. `read_only` opens what is there, as many readers as wanted;
    while another process writes, read a `snapshot` that the writer made instead.
    """

    def __init__(self, path: str | PathLike[str], *, read_only: bool = False) -> None:
        self.path = Path(path)
        self.read_only = read_only
        self._unflushed = 0
        self._logged = 0
        super().__init__(open_folder(self.path, read_only=read_only), fspath(path))
        if not read_only:
            self._remove_left()

    def snapshot(self, path: str | PathLike[str]) -> Path:
        """Save the store as it is now to a folder that is not there yet; quick, as files are linked, not copied.

        The parent folders are made. Raises StoreError when the folder exists or cannot be made, and for a store that
        was opened read-only: what a killed writer left in the log would not come along.
        """
        target = Path(path)
        if self.read_only:
            raise StoreError(f"{self.name}: was opened read-only; open it without read_only to make a snapshot")
        if target.exists():
            raise StoreError(f"{target}: is already there; remove it or choose another folder for the snapshot")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._store.backup(fspath(target))
            shutil.copyfile(self.path / FORMAT_FILE, target / FORMAT_FILE)
        except (OSError, RuntimeError) as error:
            raise StoreError(f"{target}: the snapshot cannot be written ({error}); choose another folder") from error
        return target

    def close(self) -> None:
        """Write what is pending and give up the folder, for the next writer to take; StoreError where it cannot be."""
        opened = self._open
        super().close()
        if opened is None or self.read_only:
            return
        self._flush(opened)
        if self._logged > _MANY_LOGGED:
            del opened  # what it has logged the engine keeps, to write over it, until it is opened anew
            with suppress(StoreError):
                OxigraphStore(self.path).close()

    def _flush(self, opened: pyoxigraph.Store) -> None:
        try:
            opened.flush()
        except (OSError, RuntimeError) as error:
            raise describe_fault(self.name, error) from error
        self._unflushed = 0

    def _remove_left(self) -> None:
        """Remove what the engine noted for its makers when it was open before, and tables that it was killed over."""
        for old in chain(self.path.glob("LOG.old.*"), self.path.glob("bulk-*.sst")):
            with suppress(OSError):
                old.unlink()

    def _load(self, quads: bytes) -> None:
        self._check_writable()
        if quads.count(b"\n") >= _BULK:
            super()._load(quads)
        else:
            self._change(list(parse(quads, RdfFormat.N_QUADS, lenient=True)), [])

    def _write(self, added: list[Quad], removed: list[Quad]) -> None:
        self._check_writable()
        super()._write(added, removed)

    def _check_writable(self) -> None:
        if self.read_only:
            raise StoreError(f"{self.name}: was opened read-only; open it without read_only to write")

    def _change(self, added: list[Quad], removed: list[Quad]) -> None:
        if not removed and len(added) >= _BULK:
            self._store.bulk_extend(added)  # all or nothing too, in a third of the time
            return
        super()._change(added, removed)
        self._unflushed += len(added) + len(removed)
        self._logged += len(added) + len(removed)
        if self._unflushed > _FLUSH_AFTER:
            self._flush(self._store)


def _update(added: Iterable[Quad], removed: Iterable[Quad]) -> str:
    """Write a change as one SPARQL update, which Oxigraph runs in one transaction."""
    parts = (("DELETE", removed), ("INSERT", added))
    return " ;\n".join(f"{verb} DATA {{\n{_data(quads)}}}" for verb, quads in parts)


def _data(quads: Iterable[Quad]) -> str:
    graphs: dict[GraphName, list[Triple]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    blocks = []
    for graph, triples in graphs.items():
        lines = serialize(triples, format=RdfFormat.N_TRIPLES)
        text = lines.decode() if lines is not None else ""
        blocks.append(text if graph == DEFAULT_GRAPH else f"GRAPH {graph} {{\n{text}}}\n")
    return "".join(blocks)


def _shorten(text: str, length: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"
