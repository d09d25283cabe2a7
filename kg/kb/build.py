"""From the files of a knowledge base to its index: streamed, sorted on disk, and put in place when it is whole."""

from __future__ import annotations

import json
import secrets
import shutil
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import kg.identity.names
from kg.errors import SourceError, StoreError
from kg.escape import escape
from kg.folder import KB
from kg.kb.entries import Entry, make_entry
from kg.kb.files import KINDS, KbFile, describe_fault, find_files
from kg.kb.index import AFTERWARDS, SCHEMA, KbIndex, dump_entry, open_index, other_key
from kg.kb.names import Spelling, stored_keys
from kg.kb.pieces import Pieces
from kg.kb.popolo import read_popolo
from kg.kb.rdf import read_rdf
from kg.kb.sorting import Sorter
from kg.kb.table import read_table
from kg.kb.tails import Tails
from kg.model import Issue

MOST_ISSUES: Final = 10
"""So many items of one file that cannot be used are told one by one."""

_READERS: Final = {"popolo": read_popolo, "table": read_table, "rdf": read_rdf}
_MAKING: Final = (
    "build", "entities", "entries", "files", "index", "jsonitems", "names", "notations", "pieces", "popolo", "rdf",
    "sorting", "table", "tails",
)  # fmt: skip
"""The modules that decide what an index holds."""
_CACHE_KIB: Final = 1 << 15

Hearer = Callable[[Issue], object]
Described = tuple[str, int, int, str]
"""What tells a file from another: its source, size, time and hash."""


def build_index(paths: Iterable[str | Path], folder: Path, on_issue: Hearer | None = None) -> KbIndex:
    """Make the index of a knowledge base in the folder of a graph, unless it has that of the same files already.

    The files are Popolo JSON, RDF and CSV (`KINDS`); of folders all that are in them. A file that cannot be parsed to
    its end gives nothing; an item that cannot be used is left out; `on_issue` hears of both, and of those of an index
    that is there already. What several places say of one id adds up; of rows of one id in one file that have no name
    in common the first counts. A new index takes the place of the old one when it is whole.

    Raises SourceError when no file could be read (the old index then stays), StoreError when it cannot be written.
    """
    log = _Log(on_issue)
    files = []
    for found in find_files(paths):
        if isinstance(found, Issue):
            log.note(found)
        else:
            files.append(found)
    known = _open_known(folder, files)
    if known is not None:
        for issue in known.issues:
            log.note(issue)
        return known
    if not files:
        raise SourceError(f"no knowledge base could be read; {next(iter(log.kept), 'no file is named')}")
    log.kept.clear()
    try:
        with _workplace(folder) as work:
            _Build(files, work, log).run(work / KB)
            (work / KB).replace(folder / KB)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{folder / KB}: cannot be written ({error}); make room or choose another folder") from error
    return KbIndex(folder / KB)


def _open_known(folder: Path, files: list[KbFile]) -> KbIndex | None:
    """Open the index that is there when it was made of the same files by the same code."""
    try:
        known = open_index(folder)
    except StoreError:
        return None
    if known is None:
        return None
    if known.meta.get("code") == _code() and _same(known.files, files):
        return known
    known.close()
    return None


def _same(known: list[list[Any]], files: list[KbFile]) -> bool:
    """Compare files by name, size and time; where the time alone differs, by their bytes."""
    if len(known) != len(files):
        return False
    for (source, size, time, digest), file in zip(known, files, strict=True):
        try:
            status = file.path.stat()
            if (source, size) != (file.source, status.st_size):
                return False
            if time != status.st_mtime_ns and digest != file.digest():
                return False
        except OSError:
            return False
    return True


def _describe(file: KbFile) -> Described:
    try:
        status = file.path.stat()
        return file.source, status.st_size, status.st_mtime_ns, file.digest()
    except OSError:
        return file.source, 0, 0, ""


@cache
def _code() -> str:
    """Hash the code that an index is made by."""
    total = blake2b(digest_size=16)
    for path in (*(Path(__file__).with_name(f"{name}.py") for name in _MAKING), Path(kg.identity.names.__file__)):
        total.update(path.read_bytes())
    return total.hexdigest()


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """Make a folder for what is not whole yet, and take it away at the end."""
    work = folder / f".{KB}.{secrets.token_hex(4)}.part"
    work.mkdir(parents=True)
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


class _Log:
    """Takes note of what cannot be read, and tells it on; of one file no more than `MOST_ISSUES` items."""

    def __init__(self, on_issue: Hearer | None) -> None:
        self.kept: list[Issue] = []
        self._on_issue = on_issue

    def note(self, issue: Issue) -> None:
        """Take note of an issue."""
        self.kept.append(issue)
        if self._on_issue is not None:
            self._on_issue(issue)


class _Build:
    """One build of an index, in a folder of its own."""

    def __init__(self, files: list[KbFile], work: Path, log: _Log) -> None:
        self._files = files
        self._log = log
        self._names = Sorter(work, "names")
        self._others = Sorter(work, "others")
        self._pieces = Pieces(work, [file.source for file in files])
        self._tails = Tails()
        self._entries = 0

    def run(self, path: Path) -> None:
        """Read all files and write the index; raise SourceError when none could be read."""
        described = [_describe(file) for file in self._files]
        read = [self._read(number, file) for number, file in enumerate(self._files)]
        if not any(read):
            raise SourceError(f"no knowledge base could be read; {self._log.kept[0]}")
        database = sqlite3.connect(path, isolation_level=None)
        try:
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            database.executescript(SCHEMA)
            database.execute("BEGIN")
            database.executemany("INSERT INTO entry VALUES (?, ?, ?)", self._entry_rows())
            database.executemany("INSERT INTO name VALUES (?, ?, ?)", self._names)
            database.executemany("INSERT INTO other VALUES (?, ?)", self._degrees())
            database.executemany("INSERT INTO meta VALUES (?, ?)", self._meta(described))
            database.execute(AFTERWARDS)
            database.execute("COMMIT")
        finally:
            database.close()

    def _read(self, number: int, file: KbFile) -> bool:
        """Read a file; say whether what it holds is kept."""
        place = escape(str(file.path))
        left_out = 0
        try:
            for piece in _READERS[KINDS[file.suffix]](file):
                if not isinstance(piece, Issue):
                    self._pieces.add(number, piece)
                    continue
                left_out += 1
                if left_out <= MOST_ISSUES:
                    self._log.note(piece)
        except SourceError as error:
            self._log.note(Issue(place, f"{error}; nothing of it is used"))
        except (OSError, EOFError, zlib.error) as error:
            self._log.note(describe_fault(error, file))
        else:
            if left_out > MOST_ISSUES:
                self._log.note(Issue(place, f"{left_out - MOST_ISSUES:,} more of its items are like these"))
            return True
        self._pieces.drop(number)
        return False

    def _entry_rows(self) -> Iterator[tuple[int, str, str]]:
        sources = {source: number for number, source in enumerate(self._pieces.sources)}
        for identifier, pieces in self._pieces.things():
            entry = make_entry(identifier, pieces)
            if not entry.label:
                continue
            number = self._entries
            self._entries += 1
            self._index(number, entry)
            yield number, identifier, dump_entry(entry, sources)
        for issue in self._pieces.conflicts(self._files):
            self._log.note(issue)

    def _index(self, number: int, entry: Entry) -> None:
        keys: dict[str, Spelling] = {}
        for place, name in enumerate(entry.names):
            for key, spelling in stored_keys(name, Spelling.ALIAS if place else Spelling.LABEL):
                if key:
                    keys[key] = min(spelling, keys.get(key, spelling))
        for key, spelling in keys.items():
            self._names.add((key, number, int(spelling)))
        for other in {other_key(fact) for fact in entry.facts}:
            self._others.add((other, number))
        self._tails.add({kind.text for kind in entry.types}, next(iter(keys), ""))

    def _degrees(self) -> Iterator[tuple[str, int]]:
        for other, rows in groupby(self._others, key=lambda record: record[0]):
            yield other, sum(1 for _ in rows)

    def _meta(self, described: list[Described]) -> Iterator[tuple[str, str]]:
        told = {
            "code": _code(),
            "files": described,
            "sources": self._pieces.sources,
            "issues": [(issue.source, issue.message) for issue in self._log.kept],
            "tails": self._tails.found(),
            "entries": self._entries,
        }
        for key, value in told.items():
            yield key, json.dumps(value, ensure_ascii=False)
