"""What was fetched before, kept in a file: a later build asks whether it has changed, and reads it from here if not."""

from __future__ import annotations

import sqlite3
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.closing import Closing
from kg.errors import StoreError

FORMAT: Final = 1

_SCHEMA: Final = f"""
BEGIN;
CREATE TABLE IF NOT EXISTS page (
    url TEXT PRIMARY KEY, etag TEXT, modified TEXT, type TEXT NOT NULL, body BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS listed (url TEXT PRIMARY KEY, updated TEXT NOT NULL, page TEXT NOT NULL) WITHOUT ROWID;
PRAGMA user_version = {FORMAT};
COMMIT;
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: its body, its Content-Type, and what to ask with for a newer one (RFC 9110, 8.8)."""

    url: str
    type: str
    body: bytes
    etag: str | None = None
    modified: str | None = None


class Memory(Closing):
    """Answers by their addresses; without a file nothing is kept. The file is made when there is something to keep.

    Raises StoreError, from any method, for a file that cannot be used.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    def find(self, url: str) -> Kept | None:
        """Find the last answer of an address."""
        row = self._ask("SELECT type, body, etag, modified FROM page WHERE url = ?", url)
        if row is None:
            return None
        kind, body, etag, modified = row
        try:
            return Kept(url, kind, zlib.decompress(body), etag, modified)
        except (zlib.error, TypeError):
            return None

    def has(self, url: str) -> bool:
        """Say whether an answer of an address, or of the page that it leads to when it was listed, is kept."""
        query = "SELECT 1 FROM page WHERE url = ?1 OR url = (SELECT page FROM listed WHERE url = ?1)"
        return self._ask(query, url) is not None

    def keep(self, answer: Kept) -> None:
        """Keep an answer in place of what was kept of its address."""
        body = zlib.compress(answer.body)
        self._write(
            "INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?)",
            (answer.url, answer.etag, answer.modified, answer.type, body),
        )

    def find_listed(self, url: str, updated: str) -> Kept | None:
        """Find the answer of an address that a feed or sitemap listed with the same time of its last change."""
        row = self._ask("SELECT updated, page FROM listed WHERE url = ?", url)
        return self.find(row[1]) if row is not None and row[0] == updated else None

    def keep_listed(self, url: str, updated: str, page: str) -> None:
        """Keep when a listed address was last changed, and the address that it leads to."""
        self._write("INSERT OR REPLACE INTO listed VALUES (?, ?, ?)", (url, updated, page))

    def close(self) -> None:
        """Close the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _ask(self, query: str, url: str) -> tuple[Any, ...] | None:
        if self._path is None or (self._opened is None and not self._path.exists()):
            return None
        try:
            found: tuple[Any, ...] | None = self._open(self._path).execute(query, (url,)).fetchone()
        except sqlite3.Error as error:
            raise self._fault(error) from error
        return found

    def _write(self, statement: str, values: tuple[object, ...]) -> None:
        if self._path is None:
            return
        try:
            with self._open(self._path) as database:
                database.execute(statement, values)
        except sqlite3.Error as error:
            raise self._fault(error) from error

    def _open(self, path: Path) -> sqlite3.Connection:
        if self._opened is None:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise self._fault(error.strerror or error) from error
            # one generator reads, in whatever thread it is run
            self._opened = database = sqlite3.connect(path, check_same_thread=False)
            version = database.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, FORMAT):
                raise StoreError(f"{path}: was written by another version of kg; remove it, and all is fetched anew")
            if version == 0:
                database.executescript(_SCHEMA)
        return self._opened

    def _fault(self, reason: object) -> StoreError:
        return StoreError(f"{self._path}: cannot be used ({reason}); remove it, and all is fetched anew")
