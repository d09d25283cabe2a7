"""The index of a knowledge base: a SQLite file in which entries are found by any of their names, and by their ids."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

from kg.closing import Closing
from kg.errors import StoreError
from kg.folder import KB
from kg.identity.names import name_key
from kg.kb.entries import Entry, KnownFact, KnownType
from kg.kb.names import Spelling
from kg.model import Issue

"""The file of the index in the folder of a graph."""

SCHEMA: Final = """
CREATE TABLE entry (number INTEGER PRIMARY KEY, id TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, number INTEGER NOT NULL, spelling INTEGER NOT NULL, PRIMARY KEY (key, number))
    WITHOUT ROWID;
CREATE TABLE other (id TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
AFTERWARDS: Final = "CREATE UNIQUE INDEX entry_id ON entry (id);"

MOST_BEARERS: Final = 256
"""A name of more entries than this says nothing: it is as if none had it."""
_MAPPED: Final = 1 << 32
_REMEMBERED: Final = 1 << 15
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)


class KbIndex(Closing):
    """An index that is open for reading; a context manager.

    >>> with open_index(Path("outputs")) as index:  # doctest: +SKIP
    ...     index.find("ada lind")
    """

    def __init__(self, path: Path) -> None:
        """Open an index; raise StoreError when it is none."""
        self.path = path
        try:
            self._database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            self._database.execute(f"PRAGMA mmap_size = {_MAPPED}")
            self.meta: Mapping[str, Any] = {
                key: json.loads(value) for key, value in self._database.execute("SELECT key, value FROM meta")
            }
        except (sqlite3.Error, ValueError) as error:
            raise StoreError(f"{path}: is no index of a knowledge base ({error}); remove it") from error
        self._ids: list[str] = self.meta.get("sources", [])
        self.find = lru_cache(_REMEMBERED)(self._find)
        self.entry = lru_cache(_REMEMBERED)(self._entry)
        self.by_id = lru_cache(_REMEMBERED)(self._by_id)
        self.degree = lru_cache(_REMEMBERED)(self._degree)

    def __len__(self) -> int:
        return int(self.meta.get("entries", 0))

    def __iter__(self) -> Iterator[Entry]:
        """Iterate over all entries, in the order of their ids."""
        for number, identifier, data in self._database.execute("SELECT number, id, data FROM entry ORDER BY number"):
            yield self._make(number, identifier, data)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    @property
    def files(self) -> list[list[object]]:
        """What it was made of: for each file its source, path, size, time and hash."""
        found: list[list[object]] = self.meta.get("files", [])
        return found

    @property
    def issues(self) -> list[Issue]:
        """What could not be read when it was made."""
        return [Issue(source, message) for source, message in self.meta.get("issues", [])]

    @cached_property
    def tails(self) -> Mapping[str, tuple[str, ...]]:
        """The words with which names of a type end so often that they are no part of the name, by the type.

        The longest first.
        """
        return {kind: tuple(tails) for kind, tails in self.meta.get("tails", {}).items()}

    def _find(self, key: str) -> tuple[tuple[int, Spelling], ...]:
        """Find the numbers of the entries that have a name with this key (`name_key`), and how they spell it.

        None when more than `MOST_BEARERS` have it.
        """
        rows = self._database.execute(
            "SELECT number, spelling FROM name WHERE key = ? LIMIT ?", (key, MOST_BEARERS + 1)
        ).fetchall()
        return () if len(rows) > MOST_BEARERS else tuple((number, Spelling(spelling)) for number, spelling in rows)

    def has_prefix(self, key: str) -> bool:
        """Say whether the key of some name begins so."""
        found = self._database.execute(
            "SELECT 1 FROM name WHERE key >= ? AND key < ? LIMIT 1", (key, key + "\U0010ffff")
        ).fetchone()
        return found is not None

    def _entry(self, number: int) -> Entry:
        """Give the entry of a number; raise KeyError when there is none."""
        row = self._database.execute("SELECT id, data FROM entry WHERE number = ?", (number,)).fetchone()
        if row is None:
            raise KeyError(number)
        return self._make(number, *row)

    def _by_id(self, identifier: str) -> Entry | None:
        """Give the entry of an id; None when there is none."""
        row = self._database.execute("SELECT number, id, data FROM entry WHERE id = ?", (identifier,)).fetchone()
        return None if row is None else self._make(*row)

    def _degree(self, identifier: str) -> int:
        """Count the entries that are related to a thing, by what stands for it (`other_key`)."""
        row = self._database.execute("SELECT count FROM other WHERE id = ?", (identifier,)).fetchone()
        return 0 if row is None else int(row[0])

    def _make(self, number: int, identifier: str, data: str) -> Entry:
        names, types, identifiers, pages, notations, facts, start, end, sources = json.loads(data)
        return Entry(
            identifier,
            names[0],
            tuple(names),
            tuple(KnownType(*each) for each in types),
            tuple(identifiers),
            tuple(pages),
            tuple(notations),
            tuple(KnownFact(*each) for each in facts),
            start,
            end,
            tuple(self._ids[source] for source in sources),
        )


def other_key(fact: KnownFact) -> str:
    """Give what stands for the other end of a fact: its id, or the key of its label."""
    return fact.other or f"~{name_key(fact.label)}"


def dump_entry(entry: Entry, sources: Mapping[str, int]) -> str:
    """Write an entry as `KbIndex` reads it."""
    row = (
        entry.names,
        entry.types,
        entry.identifiers,
        entry.pages,
        entry.notations,
        entry.facts,
        entry.start,
        entry.end,
        [sources[source] for source in entry.sources],
    )
    return _ENCODER.encode(row)


def open_index(folder: Path) -> KbIndex | None:
    """Open the index in the folder of a graph; None when the graph has no knowledge base.

    Raises StoreError when the file is no index.
    """
    path = folder / KB
    return KbIndex(path) if path.is_file() else None
