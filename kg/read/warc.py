"""Web archives (WARC, ISO 28500): the pages that a crawler kept."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import Any, Final, TypeAlias

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.decode import read_bytes
from kg.read.extras import load_library
from kg.read.fetch.address import read_address
from kg.read.fetch.memory import Kept
from kg.read.listed import Listed, name_place
from kg.read.measured import BombError, Budget, measure
from kg.read.pages import read_page
from kg.read.sniff import find_kind

MOST_BYTES: Final = 64 << 20
"""The longest record that is read."""
MOST_HEAD: Final = 1 << 20
"""The longest head of a record, that of an HTTP answer in it included."""

_GZIP: Final = 31
_CHUNK: Final = 1 << 16
_END: Final = b"\r\n\r\n"
"""What each record ends with."""
_KINDS: Final = ("response", "resource", "conversion")
_OTHERS: Final = ("image/", "video/", "audio/", "font/", "text/css", "text/javascript", "application/javascript")
_READ: Final = (".html", ".pdf", ".txt")
_Record: TypeAlias = Any  # warcio has no types


def read_warc(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the articles of the pages of an archive, in its order, each with its address as its id.

    Pages are HTML, PDF and text that a server gave with status 200, and what was converted to text; all other records
    are passed over. Raises SourceError for what is no WARC, and where the extra `warc` is not installed.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - len(_END)))
    ends = stream.read().endswith(_END) or not size
    stream.seek(0)
    found = False
    # unpacked here, so that it is counted, and so that what comes before a fault is read
    unpacked = _Unpacked(stream) if stream.peek(2)[:2] == b"\x1f\x8b" else None
    for record in _iter_records(measure(unpacked or stream, Budget(size))):
        for each in _read_record(record, origin, max_characters):
            found = True
            yield each
    fault = unpacked.fault if unpacked is not None else None if ends else "is cut off"
    if fault is not None:
        raise SourceError(f"{fault}, what follows is not read; get it again")
    if not found:
        yield Issue(origin.place, "holds no page to read; look at what was crawled")


class _Unpacked(io.RawIOBase):
    """What a file of gzip members holds, as far as it can be unpacked; `fault` says why it ends where it should not."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.fault: str | None = None
        self._stream = stream
        self._unpacker = zlib.decompressobj(_GZIP)
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        while self.fault is None:
            data = self._waiting or self._stream.read(_CHUNK)
            if not data and self._unpacker.eof:
                return 0
            if self._unpacker.eof:
                self._unpacker = zlib.decompressobj(_GZIP)
            try:
                unpacked = self._unpacker.decompress(data, len(buffer))
            except zlib.error:
                self.fault = "is broken"
                return 0
            self._waiting = self._unpacker.unconsumed_tail or self._unpacker.unused_data
            if unpacked:
                buffer[: len(unpacked)] = unpacked
                return len(unpacked)
            if not data:
                self.fault = "is cut off"
        return 0


class _Lines:
    """A stream as warcio reads it, of which the lines of one head may hold no more than `MOST_HEAD` bytes."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._left = MOST_HEAD

    def find_record(self) -> bytes:
        """Give the next line that is not blank, the first of a record; none at the end."""
        self._left = MOST_HEAD
        while (line := self.readline()) and not line.strip():
            self._left = MOST_HEAD
        return line

    def readline(self, size: int | None = None) -> bytes:
        line = self._stream.readline(self._left if size is None else min(size, self._left))
        self._left -= len(line)
        if self._left <= 0:
            raise SourceError(f"has a record with a head of more than {MOST_HEAD >> 10} KB; get it again")
        return line

    def read(self, size: int) -> bytes:
        return self._stream.read(min(size, _CHUNK))

    def tell(self) -> int:
        return 0


def _iter_records(stream: io.BufferedReader) -> Iterator[_Record]:
    loader = load_library("warcio.recordloader", "warc").ArcWarcRecordLoader(verify_http=False, arc2warc=False)
    lines, number = _Lines(stream), 0
    while first := lines.find_record():
        try:
            record = loader.parse_record_stream(lines, first, "warc")
            if record.length is None:
                raise ValueError("no length")
        except SourceError:
            raise
        except Exception as error:  # whatever is wrong with a head, the library fails in many ways
            told = f"after {number:,} records" if number else "at its beginning"
            raise SourceError(f"is broken {told}, the rest is not read; get it again") from error
        number += 1
        yield record
        while record.raw_stream.read(_CHUNK):
            pass


def _read_record(record: _Record, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    address = address.strip("<>") if isinstance(address, str) else ""
    if record.rec_type not in _KINDS or not address.lower().startswith(("http://", "https://")):
        return
    if record.rec_type == "response" and (record.http_headers is None or record.http_headers.get_statuscode() != "200"):
        return
    if record.rec_headers.get_header("WARC-Truncated"):
        yield Issue(f"{origin.place}: {name_place(address)}", "was cut off when it was crawled; crawl it again")
        return
    place = f"{origin.place}: {name_place(address)}"
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    declared = headers.get_header("Content-Type") or ""
    if declared.strip().lower().startswith(_OTHERS):
        return
    try:
        body = _read_body(record)
        if _find_kind(body, declared, address) in _READ:
            url = str(read_address(address))
            yield from read_page(Kept(url, declared, body), Listed(url), Origin(place), max_characters)
    except BombError:
        raise
    except SourceError as error:
        yield Issue(place, str(error))


def _read_body(record: _Record) -> bytes:
    try:
        body = read_bytes(record.content_stream(), MOST_BYTES)
    except SourceError:
        raise
    except Exception as error:  # as above
        raise SourceError(f"is a broken record ({type(error).__name__}); crawl the page again") from error
    if body is None:
        raise SourceError(f"is a record of more than {MOST_BYTES >> 20} MB, which is not read; leave it out")
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise SourceError("is cut off; get the archive again")
    return body


def _find_kind(body: bytes, declared: str, address: str) -> str | None:
    """Name the kind of a record; None where it is none that is read, as most of an archive is."""
    try:
        return find_kind(body, declared.partition(";")[0].strip().lower(), address)
    except SourceError:
        return None
