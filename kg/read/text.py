"""Plain text and Markdown files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, Final

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin, iter_article
from kg.read.dates import parse_date
from kg.read.decode import decode, read_bytes

MAX_TITLE: Final = 150
MAX_BYTES_PER_CHARACTER: Final = 4
MAX_MARK_BYTES: Final = 4

_FIELD_NAMES: Final = {"title": "title", "date": "published", "author": "author", "url": "url"}
_FRONT_MATTER = re.compile(r"(?:(?:title|date|author|url)[ \t]*:.*(?:\n|\Z))+(?:[ \t]*(?:\n|\Z))", re.IGNORECASE)
_FIELD = re.compile(r"(\w+)[ \t]*:[ \t]*(.*)")
_FIRST_BLOCK = re.compile(r"\s*(?P<mark>#+[ \t]+)?(?P<line>\S.*)\n(?P<blank>[ \t]*\n)?")


def read_text(stream: BinaryIO, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    r"""Yield the one article of a text file.

    Lines ``Title:``, ``Date:``, ``Author:`` and ``URL:`` before a first blank line are metadata: they and the blank
    line are not part of the text. Otherwise the text is the whole file, decoded, without a byte-order mark and with
    Windows line ends as ``\n``, so that offsets are those of the file as an editor shows it. A first line that looks
    like a headline becomes the title and stays in the text.
    """
    text = decode(read_limited(stream, max_characters))
    fields, body = split_front_matter(text)
    title = fields.get("title") or find_title(body)
    yield from iter_article({**fields, "title": title, "text": body}, origin, max_characters)


def read_limited(stream: BinaryIO, max_characters: int) -> bytes:
    """Read all bytes of a stream; raises SourceError, before reading them all, when no encoding makes them fit."""
    data = read_bytes(stream, max_characters * MAX_BYTES_PER_CHARACTER + MAX_MARK_BYTES)
    if data is None:
        raise SourceError(f"is longer than the limit of {max_characters:,} characters; split it into several")
    if not data:
        raise SourceError("is empty; leave it out or fill it in")
    return data


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Split the metadata lines that a text begins with from what follows their blank line.

    A name that comes twice is no metadata: the text is then given back whole.

    >>> split_front_matter("Title: A vote\nDate: 2019-02-03\n\nIt was close.")
    ({'title': 'A vote', 'published': '2019-02-03'}, 'It was close.')
    """
    front = _FRONT_MATTER.match(text)
    if front is None:
        return {}, text
    pairs = [field.groups() for field in map(_FIELD.match, front[0].split("\n")) if field]
    fields = {_FIELD_NAMES[name.lower()]: value.strip() for name, value in pairs}
    return (fields, text[front.end() :]) if len(fields) == len(pairs) else ({}, text)


def find_title(text: str) -> str | None:
    r"""Find a headline in the first line: a Markdown heading, or a short line before a blank one that ends no sentence.

    >>> find_title("Council rejects the plan\n\nThe council met on Monday.")
    'Council rejects the plan'
    """
    block = _FIRST_BLOCK.match(text)
    if block is None or len(block["line"]) > MAX_TITLE:
        return None
    line = block["line"].strip()
    if block["mark"]:
        return line.rstrip("#").strip() or None
    if block["blank"] is None or line.rstrip("\"'”’)")[-1:] in tuple(".:;,…") or _is_date(line):
        return None
    return line


def _is_date(line: str) -> bool:
    try:
        parse_date(line)
    except SourceError:
        return False
    return True
