"""Read sources into articles: files of many kinds, folders and archives of them, standard input, web addresses."""

from __future__ import annotations

from kg.read.sources import DEFAULT_MAX_CHARACTERS, read_articles

__all__ = ["DEFAULT_MAX_CHARACTERS", "read_articles"]
