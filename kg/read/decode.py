"""Find the encoding of bytes that should be text.

A byte-order mark decides; else UTF-8 where it fits. What remains are old files: English text in the Western code pages
of Windows and of old Macs differs from UTF-8 in a few quotation marks, dashes and accents, too few for a statistical
detector, which takes them for Central European or Baltic. So the two code pages are tried, and the one whose accents
and marks stand where English puts them is taken; where neither fits, nothing is guessed.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import BinaryIO, Final

from kg.errors import SourceError

BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The marks and their codecs; UTF-32 before UTF-16, whose little-endian mark begins its own."""

CODE_PAGES: Final = ("cp1252", "mac_roman")
MIN_FIT: Final = 0.9
MAX_CONTROLS: Final = 0.01
CHUNK_BYTES: Final = 1 << 20
SAMPLE_BYTES: Final = 1 << 18

_CAPITAL = "À-ÖØ-ÞŒŠŽŸ"
_SMALL = "ß-öø-þœšž"
_FITTING = re.compile(
    rf"""
      [{_SMALL}] | (?<=[a-z{_SMALL}])ÿ                              # café
    | (?<![a-z{_SMALL}])[{_CAPITAL}](?=[a-z{_SMALL}])               # École
    | (?<=[A-Z{_CAPITAL}])[{_CAPITAL}](?![a-z{_SMALL}])             # CAFÉ
    | (?<![a-z{_SMALL}])[{_CAPITAL}](?=[A-Z{_CAPITAL}](?![a-z]))    # ÉCOLE
    | [’–—…•·\xa0]
    | (?<!\w)[“‘„«¿¡£€©®§™]                                         # opens, or stands before its word
    | (?<=\S)[”»®™°½¼¾²]                                            # closes, or stands behind it
    | (?<=\s)[½¼¾”»]
    """,
    re.VERBOSE,
)
_FOREIGN = re.compile(rf"[{_CAPITAL}{_SMALL}]{{3,}}")
_BEYOND_ASCII = re.compile(rb"[\x00-\x7f]{0,4}(?:[\x80-\xff]+[\x00-\x7f]{0,4})+")
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f]")


def read_bytes(stream: BinaryIO, most: int) -> bytes | None:
    """Read a whole stream in small parts, or give None, and read no further, when it holds more bytes than `most`."""
    data = bytearray()
    while chunk := stream.read(CHUNK_BYTES):
        data += chunk
        if len(data) > most:
            return None
    return bytes(data)


def find_byte_order_mark(head: bytes) -> str | None:
    """Name the codec of the byte-order mark that the first four bytes begin with, if any."""
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS if head.startswith(mark)), None)


def find_encoding(stream: BinaryIO) -> str:
    """Name the codec of a whole stream, which is read from its start in small parts.

    Raises SourceError when it is no text or when its encoding cannot be told.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    fault: int | None = None
    position, sample = 0, bytearray()
    while chunk := stream.read(CHUNK_BYTES):
        if position == 0 and (encoding := find_byte_order_mark(chunk)):
            return encoding
        if b"\0" in chunk:
            raise SourceError("contains NUL bytes, so it is no text; save it as UTF-8 text or leave it out")
        if fault is None:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError as error:
                # error.start counts from the bytes that the decoder kept of the chunk before
                fault = position + error.start - (len(error.object) - len(chunk))
        _collect(sample, chunk)
        position += len(chunk)
    if fault is None and decoder.getstate()[0]:
        fault = position - len(decoder.getstate()[0])
    return "utf-8" if fault is None else _guess(bytes(sample), fault)


def decode(data: bytes) -> str:
    r"""Decode a whole text without its byte-order mark and with every line end as ``\n``.

    Raises SourceError when it is no text or when its encoding cannot be told.

    >>> decode(b"\xef\xbb\xbfone\r\ntwo")
    'one\ntwo'
    """
    encoding = find_encoding(io.BytesIO(data))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"begins as {_shown(encoding)} but is broken at byte {error.start}; save it again as UTF-8"
        ) from None
    check_characters(text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_characters(text: str) -> None:
    """Raise SourceError when the characters of a decoded text are not those of a text."""
    if "\0" in text:
        raise SourceError("contains NUL characters, so it is no text; save it as UTF-8 text or leave it out")
    if len(_CONTROL.findall(text)) > MAX_CONTROLS * len(text):
        raise SourceError("is full of control characters, so it is no text; save it as UTF-8 text or leave it out")


def _shown(encoding: str) -> str:
    return encoding.removesuffix("-sig").upper()


def _collect(sample: bytearray, chunk: bytes) -> None:
    """Add the bytes beyond ASCII and what stands around them."""
    if chunk.isascii():
        return
    for found in _BEYOND_ASCII.finditer(chunk):
        if len(sample) >= SAMPLE_BYTES:
            return
        sample += found[0][:SAMPLE_BYTES] + b"\n"


def _guess(sample: bytes, fault: int) -> str:
    """Choose the code page that fits the bytes beyond ASCII; `fault` is where UTF-8 ended."""
    mended = sample.decode("utf-8", errors="replace")
    broken = mended.count("\ufffd")
    if _count_beyond_ascii(mended) - broken > broken:
        raise SourceError(f"is UTF-8 but broken at byte {fault}; save it again as UTF-8")
    fits = {encoding: _fit(sample, encoding) for encoding in CODE_PAGES}
    best = max(CODE_PAGES, key=lambda encoding: fits[encoding])
    if fits[best] < MIN_FIT:
        raise SourceError(f"is not UTF-8 (byte {fault}) and its encoding cannot be told; save it as UTF-8")
    return best


def _fit(sample: bytes, encoding: str) -> float:
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    # three accents in a row are the letters of another script
    return len(_FITTING.findall(_FOREIGN.sub(" ", text))) / _count_beyond_ascii(text)


def _count_beyond_ascii(text: str) -> int:
    return sum(not character.isascii() for character in text)
