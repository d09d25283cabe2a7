"""The body of an answer: read within limits, unpacked where it came packed."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

from kg.errors import SourceError

MOST_BYTES: Final = 64 << 20
"""The longest answer that is read, unpacked."""

GZIP: Final = ("gzip", "x-gzip")
_ANY_HEADER: Final = 47  # of gzip or zlib, whichever comes


def read_body(chunks: Iterable[bytes], coding: str, most: int = MOST_BYTES) -> bytes:
    """Put the parts of a body together; raises SourceError as soon as it is too long, or when it is broken.

    `coding` is its Content-Encoding (RFC 9110, 8.4).
    """
    if coding in GZIP or coding == "deflate":
        return _unpack(chunks, most)
    if coding not in ("", "identity"):
        raise SourceError(f"answers packed with {coding[:20]!r}, which was not asked for; save the page as a file")
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most:
            raise too_long(most)
    return bytes(body)


def gunzip(data: bytes, most: int = MOST_BYTES) -> bytes:
    """Unpack a gzip file; raises SourceError when it is too long, or broken."""
    return _unpack((data,), most)


def too_long(most: int = MOST_BYTES) -> SourceError:
    """Make the error for an answer that is too long."""
    return SourceError(f"answers with more than {most >> 20} MB; fetch it with another program and name the file")


def _unpack(chunks: Iterable[bytes], most: int) -> bytes:
    body = bytearray()
    unpacker = zlib.decompressobj(_ANY_HEADER)
    try:
        for chunk in chunks:
            data = chunk
            while data:
                if unpacker.eof:  # several gzip members may follow one another (RFC 1952, 2.2)
                    unpacker = zlib.decompressobj(_ANY_HEADER)
                body += unpacker.decompress(data, most - len(body) + 1)
                if len(body) > most:
                    raise too_long(most)
                data = unpacker.unused_data
    except zlib.error as error:
        raise SourceError("is broken: what it packed cannot be unpacked; try again or leave it out") from error
    if not unpacker.eof and (body or unpacker.unconsumed_tail):
        raise SourceError("is cut off: what it packed does not end; try again or leave it out")
    return bytes(body)
