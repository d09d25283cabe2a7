"""What a host asks of programs in its robots.txt (RFC 9309)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import SourceError
from kg.read.extras import load_library

if TYPE_CHECKING:
    from protego import Protego

AGENT: Final = "kg"
"""The name by which a robots.txt speaks of us."""
MOST_BYTES: Final = 512 << 10
"""So much of a robots.txt is read (RFC 9309, 2.5); the rest is as if it were not there."""
LONGEST_DELAY: Final = 60.0
"""Seconds between two questions that are waited for at most, whatever a host asks for."""


class Robots:
    """The rules of one host; without a text all is allowed."""

    def __init__(self, text: bytes = b"") -> None:
        protego: type[Protego] = load_library("protego", "web").Protego
        self._rules = protego.parse(text[:MOST_BYTES].decode("utf-8", errors="replace").removeprefix("\ufeff"))

    def check(self, address: str) -> None:
        """Raise SourceError for an address that is not to be fetched."""
        if not self._rules.can_fetch(address, AGENT):
            raise SourceError("is not fetched, as the robots.txt of its host asks; save the page as an .html file")

    @property
    def delay(self) -> float:
        """Seconds that are to lie between two questions, 0 where nothing is said."""
        asked = self._rules.crawl_delay(AGENT)
        return 0.0 if asked is None or not asked > 0 else min(float(asked), LONGEST_DELAY)
