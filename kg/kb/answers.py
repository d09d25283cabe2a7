"""Answers of services, kept on disk so that nothing is asked twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import Final

from kg.closing import Closing
from kg.errors import StoreError

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS answers (service TEXT, question TEXT, answer TEXT, PRIMARY KEY (service, question))"
)
_GET: Final = "SELECT answer FROM answers WHERE service = ? AND question = ?"
_KEEP: Final = "INSERT OR REPLACE INTO answers VALUES (?, ?, ?)"


class Answers(Closing):
    """The answers of services to questions, all of them texts, in an SQLite file that is made when it is not there.

    Close it, or use it in `with`. Whatever is wrong with the file is a StoreError.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        self.path = Path(path)
        with self._told():
            self._database = sqlite3.connect(self.path)
            self._database.execute(_TABLE)

    def get(self, service: str, question: str) -> str | None:
        """Give an answer; None when it was never kept."""
        with self._told():
            row = self._database.execute(_GET, (service, question)).fetchone()
        return None if row is None else str(row[0])

    def keep(self, service: str, answers: Mapping[str, str]) -> None:
        """Keep answers by their questions, all or none, in place of earlier ones."""
        with self._told(), self._database:
            self._database.executemany(_KEEP, [(service, *each) for each in answers.items()])

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            advice = "remove it if it is damaged: what it holds can be asked again"
            raise StoreError(f"{self.path}: cannot be used ({error}); {advice}") from error
