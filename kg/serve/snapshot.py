"""The graph as the server sees it: a state that stays as it is while others write, and is followed by the next.

A state is made of hard links to the files of the store (RocksDB never changes a table that it has written) and opened
for reading. It is made anew when the store on disk has changed and no other process has it open for writing.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2s
from os import PathLike
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from kg.closing import Closing
from kg.errors import KgError, StoreError
from kg.folder import ONTOLOGIES, base_of, find_store, load_kept_ontology, warn_unfinished
from kg.knowledge import graph_prefixes
from kg.ontology import Ontology
from kg.store import OxigraphStore

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
Signature = tuple[tuple[str, int, int, int], ...]

CHECKED_EVERY: Final = 1.0
"""Seconds between two looks at the store on disk."""

_HIDDEN: Final = ".serve-"
_HELD: Final = "held"
_NOT_READ: Final = ("LOCK", "LOG", "LOG.old")
_NEVER_CHANGED: Final = (".sst", ".log")
_TRIES: Final = 5
_WAIT: Final = 0.2


@dataclass(frozen=True, eq=False)
class Files:
    """The store of one state on disk, which is removed when nobody holds this object any more."""

    path: Path


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One state of a graph. It may be read as long as somebody holds this object.

    `version` differs between any two states. `folder` is that of the graph. Whoever opens the store at `path` keeps
    `files`.
    """

    store: OxigraphStore
    ontology: Ontology
    base: str
    version: str
    folder: Path
    files: Files
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False)
    _locks: dict[Hashable, threading.Lock] = field(default_factory=dict, repr=False)

    @property
    def path(self) -> Path:
        """The folder of this state's store."""
        return self.files.path

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries need not declare, and in which IRIs are shown."""
        return graph_prefixes(self.base, self.ontology.prefixes)

    def cached(self, make: Callable[[Snapshot], T]) -> T:
        """Give what a function makes of this state: made once, whichever thread asks, and kept as long as the state.

        The function is its own key: give one of a module, not a lambda of the moment.
        """
        if make not in self._made:
            with self._locks.setdefault(make, threading.Lock()):
                if make not in self._made:
                    self._made[make] = make(self)
        return cast("T", self._made[make])


class Snapshots(Closing):
    """The states of the graph in a folder, one after the other. Close it, or use it in `with`.

    A folder that cannot be written is read in place. Raises StoreError when there is no graph, or when it is just
    being written and there is no earlier state to show.
    """

    def __init__(self, folder: str | PathLike[str]) -> None:
        self.folder = Path(folder)
        self._store = find_store(self.folder)
        self._checking = threading.Lock()
        self._looked_at = 0.0
        self._ontology: tuple[Signature, Ontology] | None = None
        self._lock_files: dict[int, int] = {}
        self._hidden, self._held = _make_hidden(self.folder)
        self._number = 0
        self._seen: Signature = ()
        self._current: Snapshot | None = None
        try:
            self._current = self._first()
        except BaseException:
            self.close()
            raise

    @property
    def due(self) -> bool:
        """Whether `current` will look at the disk, and may take a moment."""
        return time.monotonic() - self._looked_at >= CHECKED_EVERY

    def current(self) -> Snapshot:
        """Give the latest state. Safe in threads; while one of them makes the next state, others get the last one."""
        if self.due and self._checking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._checking.release()
        if self._current is None:
            raise StoreError(f"{self.folder}: was closed; open it again")
        return self._current

    def refresh(self) -> Snapshot:
        """Give the state that is on disk now, after a change of our own; the last one when another process writes."""
        with self._checking:
            self._look()
        return self.current()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let this process change the store: one thread at a time, and no state is made of a change half done."""
        with self._checking:
            yield
            self._look()

    def close(self) -> None:
        """Let go of the graph and remove what was made beside it."""
        self._current = None
        if self._hidden is not None:
            shutil.rmtree(self._hidden, ignore_errors=True)
            self._hidden = None
        for opened in (*self._lock_files.values(), *self._held):
            os.close(opened)
        self._lock_files, self._held = {}, ()

    def _first(self) -> Snapshot:
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_WAIT)
            made = self._make()
            if made is not None:
                warn_unfinished(made.store, self.folder)
                return made
        raise StoreError(f"{self._store}: is being written by another process; wait until it is done")

    def _look(self) -> None:
        try:
            self._current = self._make() or self._current
        except KgError as error:  # the store may be gone or half there; the last state stays
            _LOG.warning("the last state is shown on: %s", error)
        self._looked_at = time.monotonic()

    def _make(self) -> Snapshot | None:
        """Make the state that is on disk; None when it is the current one or somebody writes."""
        before = _sign(self._store), _sign(self.folder / ONTOLOGIES)
        signature = (*before[0], *before[1])
        if signature == self._seen or self._is_written():
            return None
        path = self._link()
        if path is None or _sign(self._store) != before[0] or self._is_written():
            if path is not None and path != self._store:
                shutil.rmtree(path, ignore_errors=True)
            return None
        store = OxigraphStore(path, read_only=True)
        version = blake2s(repr(signature).encode(), digest_size=8).hexdigest()
        files = Files(path)
        if path != self._store:
            weakref.finalize(files, shutil.rmtree, path, ignore_errors=True)
        made = Snapshot(store, self._load_ontology(before[1]), base_of(store), version, self.folder, files)
        self._seen = signature
        return made

    def _link(self) -> Path | None:
        """Link the files of the store into a folder of their own; None when they change meanwhile."""
        if self._hidden is None:
            return self._store
        self._number += 1
        target = self._hidden / str(self._number)
        try:
            target.mkdir()
            for entry in os.scandir(self._store):
                if not entry.name.startswith(_NOT_READ):
                    _link(entry.path, target / entry.name)
        except FileNotFoundError:
            shutil.rmtree(target, ignore_errors=True)
            return None
        except OSError as error:
            shutil.rmtree(target, ignore_errors=True)
            raise StoreError(f"{target}: cannot be written ({error.strerror}); make room there") from error
        return target

    def _load_ontology(self, signature: Signature) -> Ontology:
        if self._ontology is None or self._ontology[0] != signature:
            self._ontology = signature, load_kept_ontology(self.folder)
        return self._ontology[1]

    def _is_written(self) -> bool:
        """Tell whether another process has the store open for writing: RocksDB locks the file LOCK then.

        That file stays open here: closing it would give up the lock of a writer in this very process.
        """
        try:
            path = self._store / "LOCK"
            number = path.stat().st_ino
            if number not in self._lock_files:
                self._lock_files[number] = os.open(path, os.O_RDONLY)
            os.lockf(self._lock_files[number], os.F_TEST, 0)
        except (BlockingIOError, PermissionError):
            return True
        except OSError:
            return False
        return False


def _sign(folder: Path) -> Signature:
    """Tell what files are in a folder, and which states of them."""
    try:
        found = [(entry.name, entry.stat()) for entry in os.scandir(folder) if not entry.name.startswith(_NOT_READ)]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in found))


def _link(source: str, target: Path) -> None:
    if source.endswith(_NEVER_CHANGED):
        try:
            os.link(source, target)
            return
        except FileNotFoundError:
            raise
        except OSError:
            pass
    shutil.copyfile(source, target)


def _make_hidden(folder: Path) -> tuple[Path | None, tuple[int, ...]]:
    """Make the folder of the states, held by a lock, and remove those that servers left that were killed.

    None, and nothing to close, when the folder cannot be written.
    """
    for left in folder.glob(f"{_HIDDEN}*"):
        if not _is_held(left):
            shutil.rmtree(left, ignore_errors=True)
    try:
        made = Path(tempfile.mkdtemp(prefix=_HIDDEN, dir=folder))
        held = os.open(made / _HELD, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None, ()
    fcntl.flock(held, fcntl.LOCK_EX)
    return made, (held,)


def _is_held(left: Path) -> bool:
    try:
        opened = os.open(left / _HELD, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(opened)
    return False
