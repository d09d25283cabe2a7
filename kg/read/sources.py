"""From sources, as a user names them, to articles."""

from __future__ import annotations

import hashlib
import io
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from kg.errors import SettingError, SourceError
from kg.escape import escape, quote
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.decode import find_byte_order_mark
from kg.read.fetch import Fetching
from kg.read.folders import File, explain, find_suffix, iter_files
from kg.read.kinds import ARCHIVES, NAMED_ONLY, READERS
from kg.read.records import read_jsonl
from kg.read.text import read_text

if TYPE_CHECKING:
    from kg.read.fetch.web import Web

DEFAULT_MAX_CHARACTERS: Final = 5_000_000
STANDARD_INPUT: Final = "-"
MAX_BLANK_BYTES: Final = 1 << 16

_NEARLY_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def read_articles(
    sources: str | Path | Iterable[str | Path],
    *,
    max_characters: int = DEFAULT_MAX_CHARACTERS,
    stdin: BinaryIO | None = None,
    fetching: Fetching | None = None,
) -> Iterator[Article | Issue]:
    """Yield the articles of files, folders, web addresses and standard input ("-"), and issues of what is not read.

    Articles come in the order of the sources, those of a folder in sorted order, and are read one at a time. An id is
    unique in what is yielded: an article that comes again with the same text is passed over, with another text it is
    an issue. No article is longer than `max_characters`. `stdin` stands in for standard input. Nothing is fetched but
    web addresses among the sources, and pages that feeds and sitemaps there list; how, `fetching` says.

    Raises SettingError when `max_characters` is less than 1; whatever is wrong with a source is an issue.
    """
    if max_characters < 1:
        raise SettingError(f"max_characters is {max_characters}; give a number of 1 or more")
    if isinstance(sources, str | Path):
        sources = [sources]
    return _iter_unique(_read_sources(sources, max_characters, stdin, fetching or Fetching()))


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


def _read_sources(
    sources: Iterable[str | Path], max_characters: int, stdin: BinaryIO | None, fetching: Fetching
) -> Iterator[Article | Issue]:
    with ExitStack() as opened:
        web: Web | None = None
        for source in sources:
            if isinstance(source, str) and _WEB_ADDRESS.match(source):
                from kg.read.web import read_web

                try:
                    web = web or opened.enter_context(_open_web(fetching))
                except SourceError as error:
                    yield Issue(escape(source), str(error))
                    continue
                yield from read_web(source, web, max_characters)
            else:
                yield from _read_source(source, max_characters, stdin)


def _open_web(fetching: Fetching) -> Web:
    from kg.read.fetch.web import Web

    return Web(fetching)


def _read_source(source: str | Path, max_characters: int, stdin: BinaryIO | None) -> Iterator[Article | Issue]:
    if source == STANDARD_INPUT:
        yield from _read_standard_input(stdin, max_characters)
    elif source == "":
        yield Issue("''", "is no name of a file or folder; give one, or . for the folder where you are")
    else:
        named = Path(source)
        for file in iter_files(named, READERS, NAMED_ONLY):
            if isinstance(file, File):
                yield from _read_file(file, max_characters, is_named=file.path == named)
            elif file.message.startswith("does not exist") and _NEARLY_ADDRESS.match(str(source)):
                yield Issue(escape(str(source)), "does not exist; a web address begins with https:// or http://")
            else:
                yield file


def _read_file(file: File, max_characters: int, *, is_named: bool) -> Iterator[Article | Issue]:
    place = escape(str(file.path))
    suffix = find_suffix(file.path.name, READERS)
    assert suffix is not None
    # what an archive that is named itself holds has the ids that it has in a folder
    origin = Origin(place, None if is_named and suffix in ARCHIVES else file.id)
    try:
        with file.path.open("rb") as stream:
            yield from READERS[suffix](stream, origin, max_characters)
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
