"""How much one request may take of the server."""

from __future__ import annotations

import os
from dataclasses import dataclass, field


def _count_workers() -> int:
    return max(2, min(4, os.cpu_count() or 2))


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of `kg serve`: times in seconds, sizes in bytes."""

    timeout: float = 10.0
    """How long a query may take, and how long it may wait for its turn."""

    memory: int = 1 << 30
    """What a worker may take while it answers a query."""

    result: int = 64 << 20
    """The longest answer to a query."""

    results: int = 256 << 20
    """What answers that clients are still reading may take together."""

    query: int = 256 << 10
    """The longest query, in UTF-8."""

    body: int = 1 << 20
    """The longest body of a request."""

    head: int = 64 << 10
    """The longest head of a request: its address and its headers."""

    workers: int = field(default_factory=_count_workers)
    """How many queries are answered at a time."""

    queue: int = 32
    """How many queries may wait."""

    connections: int = 800
    """How many connections may be open; one more is closed."""

    reading: float = 15.0
    """How long the head of a request may take to arrive, and then its body; how long a client may read nothing."""
