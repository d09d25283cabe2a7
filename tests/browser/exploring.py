"""What the browser tests share: a server that shows a graph, what a page did wrong, and a hostile article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

HOSTILE = {
    "id": '<img src=x onerror="window.ran=1">',
    "title": "</title><script>window.ran = 1</script><b onclick='window.ran=1'>Harbour “bold”</b>",
    "url": "javascript:window.ran=1",
    "published": "2024-05-01",
    "text": "Mira Olden, the leader of the <script>window.ran = 1</script> Reform Party, said: “</article><img src=x "
    "onerror=window.ran=1> is no way to run a harbour.”\n\nOlden, the MP for Northwick <svg onload=window.ran=1>, met "
    "Paul Brandt, the chairman of the Harbour Trust.",
}


@dataclass
class Site:
    """A server that shows a graph, and how to build that graph again."""

    address: str
    folder: Path
    build: Callable[[], None]


@dataclass
class Seen:
    """What a page did that it should not: complaints of its console, and requests to other hosts."""

    complaints: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
