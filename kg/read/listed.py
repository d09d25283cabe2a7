"""What feeds and sitemaps tell of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kg.escape import escape

LONGEST_PLACE: Final = 300


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that is listed somewhere, and what is told of it; `url` is absolute.

    `published` and `updated` are as they stand there, `content` is HTML, a text or a part of it.
    """

    url: str | None
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    content: str | None = None
    id: str | None = None


def name_place(address: str) -> str:
    """Give an address as messages name it, in one line that can be read; who lists addresses can list long ones."""
    return escape(address if len(address) <= LONGEST_PLACE else f"{address[:LONGEST_PLACE]}…")
