"""Read sources into articles: text, HTML, JSON Lines, JSON and CSV files, folders of them, standard input."""

from __future__ import annotations

from kg.read.sources import DEFAULT_MAX_CHARACTERS, read_articles

__all__ = ["DEFAULT_MAX_CHARACTERS", "read_articles"]
