"""Which reader reads which kind of file; kinds are told by suffix. Those that are seldom needed are loaded late."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.html import read_html
from kg.read.records import read_csv, read_json, read_jsonl
from kg.read.text import read_text

Found: TypeAlias = Iterator[Article | Issue]
Reader: TypeAlias = Callable[[io.BufferedReader, Origin, int], Found]


def _read_pdf(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Found:
    from kg.read.pdf import read_pdf

    return read_pdf(stream, origin, max_characters)


def _read_feed(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Found:
    from kg.read.feeds import read_feed

    return read_feed(stream, origin, max_characters)


def _read_zip(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Found:
    from kg.read.zipped import read_zip

    return read_zip(stream, origin, max_characters)


def _read_warc(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Found:
    from kg.read.warc import read_warc

    return read_warc(stream, origin, max_characters)


PLAIN: Final[Mapping[str, Reader]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
    ".pdf": _read_pdf,
    ".rss": _read_feed,
    ".atom": _read_feed,
    ".xml": _read_feed,
}
"""The readers of files that hold no other files."""

ARCHIVES: Final[Mapping[str, Reader]] = {".zip": _read_zip, ".warc": _read_warc, ".warc.gz": _read_warc}
"""The readers of files that hold others."""

READERS: Final[Mapping[str, Reader]] = {**PLAIN, **ARCHIVES}

NAMED_ONLY: Final = frozenset({".xml"})
"""Kinds of which most files are something else: they are read where they are named, and passed over in folders."""
