"""ZIP archives, read like the folders that they hold; nothing of them is written to disk."""

from __future__ import annotations

import io
import lzma
import os
import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from kg.errors import SourceError
from kg.escape import escape
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.folders import find_suffix
from kg.read.kinds import ARCHIVES, NAMED_ONLY, PLAIN, Reader
from kg.read.measured import BombError, Budget, measure

MOST_ENTRIES: Final = 1_000_000

_ENCRYPTED: Final = 0x1
_OF_SYSTEM: Final = ("__MACOSX",)
_BROKEN: Final = (BadZipFile, EOFError, zlib.error, lzma.LZMAError, struct.error, ValueError, OverflowError, OSError)


def read_zip(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the articles of the files of an archive, in sorted order, each with its path in the archive as its id.

    Before that path comes the archive's own id, where it has one. Hidden files and files of other kinds are passed
    over; archives in it are not opened. What cannot be read is an issue each.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    budget = Budget(size)
    try:
        with ZipFile(stream) as archive:
            infos = archive.infolist()
            if len(infos) > MOST_ENTRIES:
                raise SourceError(f"holds {len(infos):,} files, the limit is {MOST_ENTRIES:,}; make several of it")
            yield from _read_entries(archive, infos, origin, max_characters, budget)
    except (*_BROKEN, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"is a broken ZIP archive ({_tell(error)}); get it again, or unpack it yourself") from error


def _read_entries(
    archive: ZipFile,
    infos: list[ZipInfo],
    origin: Origin,
    max_characters: int,
    budget: Budget,
) -> Iterator[Article | Issue]:
    passed, found = 0, False
    for info in sorted(infos, key=_split):
        parts = [part for part in _split(info) if part]
        if info.filename.endswith(("/", "\\")) or not parts or any(_is_hidden(part) for part in parts):
            continue
        suffix = find_suffix(parts[-1], PLAIN.keys() - NAMED_ONLY)
        place = f"{origin.place}/{escape(info.filename)}"
        if suffix is None and find_suffix(parts[-1], ARCHIVES) is None:
            passed += 1
            continue
        found = True
        refusal = "is an archive in an archive, which is not opened; unpack it" if suffix is None else _refuse(info)
        if refusal is not None:
            yield Issue(place, refusal)
            continue
        assert suffix is not None
        inner = Origin(place, _make_id(origin.fallback_id, parts, suffix))
        yield from _read_entry(archive, info, inner, max_characters, (PLAIN[suffix], budget))
    if not found:
        kinds = ", ".join(sorted(PLAIN.keys() - NAMED_ONLY))
        files = "1 file" if passed == 1 else f"{passed:,} files"
        yield Issue(origin.place, f"holds nothing to read ({files} of other kinds); readable are {kinds}")


def _read_entry(
    archive: ZipFile, info: ZipInfo, origin: Origin, max_characters: int, how: tuple[Reader, Budget]
) -> Iterator[Article | Issue]:
    reader, budget = how
    try:
        with archive.open(info) as packed, measure(packed, budget) as stream:
            yield from reader(stream, origin, max_characters)
    except BombError:
        raise
    except SourceError as error:
        yield Issue(origin.place, str(error))
    except NotImplementedError:
        yield Issue(origin.place, "is packed in a way that cannot be unpacked here; unpack it yourself")
    except (*_BROKEN, RuntimeError) as error:
        yield Issue(origin.place, f"is broken in the archive ({_tell(error)}); get it again, or leave it out")


def _refuse(info: ZipInfo) -> str | None:
    """Say why a file of an archive is not read; None when it may be."""
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted; unpack it with its password"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, which is not followed in an archive; put the file itself there"
    parts = _split(info)
    if not parts[0] or ".." in parts or parts[0][1:2] == ":":
        return "has a path that leads out of the archive, so it is not read; see where the archive comes from"
    return None


def _split(info: ZipInfo) -> list[str]:
    return info.filename.replace("\\", "/").split("/")  # some programs of Windows write its own sign


def _is_hidden(part: str) -> bool:
    return (part.startswith(".") and part != "..") or part in _OF_SYSTEM


def _make_id(prefix: str | None, parts: list[str], suffix: str) -> str:
    whole = "/".join((*([prefix] if prefix else []), *parts))[: -len(suffix)]
    return escape(unicodedata.normalize("NFC", whole))


def _tell(error: BaseException) -> str:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return escape(" ".join(reason.split())[:100]) or type(error).__name__
