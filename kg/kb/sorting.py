"""More records than memory holds, sorted: in runs on disk that are merged when they are read."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from heapq import merge
from pathlib import Path
from typing import Any, Final

Record = tuple[Any, ...]
"""Texts, numbers and bytes, of which the first few tell the order; no two records of one sorter compare further."""

MOST_BYTES: Final = 1 << 26
_BUFFER: Final = 1 << 16
_OVERHEAD: Final = 200
_CHUNK: Final = 256


class Sorter:
    """Takes records in any order and gives them back in theirs, as often as is asked."""

    def __init__(self, folder: Path, name: str, most_bytes: int = MOST_BYTES) -> None:
        self._folder = folder
        self._name = name
        self._most_bytes = most_bytes
        self._records: list[Record] = []
        self._bytes = 0
        self._runs: list[Path] = []

    def add(self, record: Record) -> None:
        """Take a record."""
        self._records.append(record)
        self._bytes += _OVERHEAD + sum(len(each) for each in record if isinstance(each, str | bytes))
        if self._bytes > self._most_bytes:
            self._spill()

    def __iter__(self) -> Iterator[Record]:
        self._records.sort()
        return merge(*(_read(run) for run in self._runs), self._records)

    def _spill(self) -> None:
        self._records.sort()
        path = self._folder / f"{self._name}-{len(self._runs)}.run"
        with path.open("wb", buffering=_BUFFER) as file:
            for start in range(0, len(self._records), _CHUNK):
                marshal.dump(self._records[start : start + _CHUNK], file)
        self._runs.append(path)
        self._records, self._bytes = [], 0


def _read(path: Path) -> Iterator[Record]:
    with path.open("rb", buffering=_BUFFER) as file:
        while True:
            try:
                yield from marshal.load(file)
            except EOFError:
                return
