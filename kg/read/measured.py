"""What an archive unpacks to, counted, so that a small file cannot become a large one."""

from __future__ import annotations

import io
from typing import IO, Final

from kg.errors import SourceError

MOST_TIMES: Final = 100
"""An archive may unpack to so many times its own size …"""
ALLOWANCE: Final = 64 << 20
"""… and so many bytes."""
CHUNK: Final = 1 << 16


class Budget:
    """How many bytes an archive of a size may still unpack to."""

    def __init__(self, packed: int) -> None:
        self._left = packed * MOST_TIMES + ALLOWANCE

    def spend(self, count: int) -> None:
        """Count some bytes; raise BombError when they are too many."""
        self._left -= count
        if self._left < 0:
            raise BombError(
                f"unpacks to more than {MOST_TIMES} times its size, as no articles do, so the rest is not read; "
                "unpack it yourself if you trust it"
            )


class BombError(SourceError):
    """An archive unpacks to far more than it is."""


def measure(stream: IO[bytes] | io.RawIOBase, budget: Budget) -> io.BufferedReader:
    """Give a stream whose bytes are counted as they are read."""
    return io.BufferedReader(_Measured(stream, budget), CHUNK)


class _Measured(io.RawIOBase):
    def __init__(self, stream: IO[bytes] | io.RawIOBase, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer)) or b""
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)
