from __future__ import annotations

import codecs
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import SourceError
from kg.read.decode import CHUNK_BYTES, decode, find_byte_order_mark, find_encoding, read_bytes

ENGLISH = "“It’s over,” said Zoë Müller of Café Éclair – after £3m…\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "mac_roman"])
def test_english_text_is_decoded_in_its_encoding(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding)) == ENGLISH


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE])
def test_big_endian_marks_are_known(mark: bytes) -> None:
    encoding = find_byte_order_mark(mark)
    assert encoding is not None
    assert decode(mark + ENGLISH.encode(f"{encoding}-be")) == ENGLISH


def test_line_ends_of_windows_and_old_macs_become_line_feeds() -> None:
    assert decode(b"one\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


def test_other_characters_keep_their_places() -> None:
    text = "a\u2028b\x0cc\tünï 👍🏽"
    assert decode(text.encode()) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Wałęsa of Gdańsk", "cp1250"), ("Новости дня", "cp1251"), ("日本の議会", "shift_jis"), ("Zoë’s café", "cp437")],
)
def test_an_encoding_that_cannot_be_told_is_not_guessed(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="ignore")
    with pytest.raises(SourceError, match="its encoding cannot be told; save it as UTF-8"):
        decode(data)


def test_broken_utf8_is_not_taken_for_an_old_encoding() -> None:
    data = "The café and the naïve reader of São Paulo".encode()
    broken = data[:7] + b"\xff" + data[7:]
    with pytest.raises(SourceError, match="is UTF-8 but broken at byte 7"):
        decode(broken)


def test_utf8_that_is_cut_off_names_the_byte() -> None:
    data = "caf\u00e9 na\u00efve \u2019".encode()[:-1]
    with pytest.raises(SourceError, match=f"broken at byte {len(data) - 2}"):
        decode(data)


def test_a_fault_behind_the_first_part_of_a_file_is_counted_from_its_start() -> None:
    start = ("é" * 9).encode() + b"x" * (CHUNK_BYTES - 19) + "é".encode()
    with pytest.raises(SourceError, match=f"broken at byte {len(start)};"):
        find_encoding(io.BytesIO(start + b"\xff" + "é".encode()))


def test_old_encodings_are_told_by_bytes_far_into_a_line() -> None:
    text = "x" * 400_000 + " Zoë’s"
    assert decode(text.encode("cp1252")) == text


def test_utf16_that_is_cut_off_is_an_error() -> None:
    with pytest.raises(SourceError, match="begins as UTF-16 but is broken"):
        decode("text".encode("utf-16")[:-1])


def test_nul_bytes_are_no_text() -> None:
    with pytest.raises(SourceError, match="contains NUL bytes"):
        decode(b"text\0text")


def test_nul_characters_of_utf16_are_no_text() -> None:
    with pytest.raises(SourceError, match="contains NUL characters"):
        decode("te\0xt".encode("utf-16"))


def test_control_characters_in_number_are_no_text() -> None:
    with pytest.raises(SourceError, match="full of control characters"):
        decode(b"%PDF-1.7\x01\x02\x03\x04")


def test_a_single_control_character_is_kept() -> None:
    text = "word " * 100 + "\x1a"
    assert decode(text.encode()) == text


def test_a_stream_longer_than_allowed_is_not_read_on() -> None:
    stream = io.BytesIO(b"x" * (3 * CHUNK_BYTES))
    assert read_bytes(stream, 10) is None
    assert stream.tell() == CHUNK_BYTES


@given(st.binary(max_size=200))
def test_any_bytes_give_text_or_a_source_error(data: bytes) -> None:
    try:
        text = decode(data)
    except SourceError:
        return
    assert text.encode("utf-8").decode() == text
    assert "\0" not in text
    assert "\r" not in text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_any_text_written_as_utf8_comes_back(text: str) -> None:
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == text
