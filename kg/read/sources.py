"""From sources, as a user names them, to articles."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import SettingError, SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.decode import find_byte_order_mark
from kg.read.escape import escape, quote
from kg.read.folders import File, explain, iter_files
from kg.read.html import read_html
from kg.read.records import read_csv, read_json, read_jsonl
from kg.read.text import read_text

DEFAULT_MAX_CHARACTERS: Final = 5_000_000
STANDARD_INPUT: Final = "-"
MAX_BLANK_BYTES: Final = 1 << 16

Reader = Callable[[io.BufferedReader, Origin, int], Iterator[Article | Issue]]

READERS: Final[Mapping[str, Reader]] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".json": read_json,
    ".csv": read_csv,
}

_WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def read_articles(
    sources: str | Path | Iterable[str | Path],
    *,
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Issue]:
    """Yield the articles of files, folders and standard input ("-"), and in their place the issues of what is not read.

    Articles come in the order of the sources, those of a folder in sorted order, and are read one at a time. An id is
    unique in what is yielded: an article that comes again with the same text is passed over, with another text it is
    an issue. No article is longer than `max_characters`. `stdin` stands in for standard input.

    Raises SettingError when `max_characters` is less than 1; whatever is wrong with a source is an issue.
    """
    if max_characters < 1:
        raise SettingError(f"max_characters is {max_characters}; give a number of 1 or more")
    if isinstance(sources, str | Path):
        sources = [sources]
    return _iter_unique(found for source in sources for found in _read_source(source, max_characters, stdin))


def _iter_unique(found: Iterable[Article | Issue]) -> Iterator[Article | Issue]:
    seen: dict[str, tuple[bytes, str]] = {}
    for each in found:
        if isinstance(each, Issue):
            yield each
            continue
        digest = hashlib.blake2b(each.text.encode("utf-8"), digest_size=16).digest()
        place = each.source or each.id
        if each.id not in seen:
            seen[each.id] = digest, place
            yield each
        elif seen[each.id][0] != digest:
            first = seen[each.id][1]
            yield Issue(place, f"has the id {quote(each.id)} of another text, in {first}; give it an id of its own")


def _read_source(source: str | Path, max_characters: int, stdin: BinaryIO | None) -> Iterator[Article | Issue]:
    if source == STANDARD_INPUT:
        yield from _read_standard_input(stdin, max_characters)
    elif source == "":
        yield Issue("''", "is no name of a file or folder; give one, or . for the folder where you are")
    elif isinstance(source, str) and _WEB_ADDRESS.match(source):
        yield Issue(escape(source), "is a web address, which is not fetched; save the page as an .html file")
    else:
        for file in iter_files(Path(source), READERS):
            yield from _read_file(file, max_characters) if isinstance(file, File) else (file,)


def _read_file(file: File, max_characters: int) -> Iterator[Article | Issue]:
    place = escape(str(file.path))
    try:
        with file.path.open("rb") as stream:
            yield from READERS[file.path.suffix.lower()](stream, Origin(place, file.id), max_characters)
    except SourceError as error:
        yield Issue(place, str(error))
    except OSError as error:
        yield Issue(place, explain(error, file.path))


def _read_standard_input(given: BinaryIO | None, max_characters: int) -> Iterator[Article | Issue]:
    """Read JSON Lines when the first character that is no space is a brace, else one text."""
    origin = Origin("standard input", "stdin")
    stdin = getattr(sys.stdin, "buffer", None) if given is None else given
    if stdin is None:
        yield Issue(origin.place, "is closed; send articles to it, or name files")
        return
    head = b""
    while line := stdin.readline(io.DEFAULT_BUFFER_SIZE):
        head += line
        if line.strip() or len(head) > MAX_BLANK_BYTES:
            break
    first = head.decode(find_byte_order_mark(head) or "utf-8", errors="ignore").lstrip()[:1]
    try:
        yield from (read_jsonl if first == "{" else read_text)(
            io.BufferedReader(_Rejoined(head, stdin)), origin, max_characters
        )
    except SourceError as error:
        yield Issue(origin.place, str(error))
    except OSError as error:
        yield Issue(origin.place, f"cannot be read ({error.strerror}); try again")


class _Rejoined(io.RawIOBase):
    """A stream whose first bytes were taken off to look at, put together again."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        data = self._head[:size] or self._rest.readline(size)
        self._head = self._head[size:]
        buffer[: len(data)] = data
        return len(data)
