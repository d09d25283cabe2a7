"""Odd texts and bytes: of all planes, broken, cut, doubled, and with what formats and terminals take for commands."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]

ODDITIES = (
    "\0", "\x1b[31m", "\x1b]0;title\x07", "\x9b31m", "\x08", "\r", "\r\n", "\n", "\t", "\x0b", "\x0c", "\x7f", "\x85",
    "\u2028", "\u2029", "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\ufffd", "\ufffe", "\U0010ffff", "\ud800",
    "\udfff", "e\u0301", "ﬁ", "İ", "ß", "ǅ", "٣", "½", "👩‍👩‍👧", "𝔸", "مرحبا", "汉字", "\u00a0", "\u00ad", "'", "`",
    '"',     "“", "”", "’", "«", "<", ">", "&", "&amp;", "&#0;", "&#xD800;", "]]>", "<!--", "<script>", "</p>", "\\",
    "\\u0000",
    "\\ud800", "/", "..", "../", "://", "#", "?", "%00", "%", "{", "}", "[", "]", "(", ")", "<<", ">>", "<<(", ")>>",
    "@", "^^", ";", ",", ".", ":", "::", "|", "$", "$name", "?x", "*", "+", "-", "!", "=", "~", "_:b", "[bold]",
    "[/]",
    "-0", "1e999", "NaN", "9" * 30, "null", "true", " ", "  ", "a" * 300,
)  # fmt: skip
"""What has broken programs, ours or others."""

WORDS = (
    "Ada Lind", "Bo Ek", "Harbour Party", "leads", "criticised", "met", "the", "and", "said", "Title:", "Date:",
    "URL:",
    "Author:", "2019-01-31", "3 May 2024", "council", "Kaboom",
)  # fmt: skip

characters = st.characters(codec=None, categories=None)
odd_texts = st.lists(
    st.one_of(st.sampled_from(ODDITIES), st.sampled_from(WORDS), st.text(characters, max_size=8)), max_size=12
).map("".join)
"""Texts of any characters, half surrogate pairs among them."""


def is_encodable(text: str) -> bool:
    """Say whether a text is one of whole characters."""
    return not any("\ud800" <= each <= "\udfff" for each in text)


def whole(text: str) -> str:
    """Leave out the halves of surrogate pairs."""
    return "".join(each for each in text if not "\ud800" <= each <= "\udfff")


whole_texts = odd_texts.map(whole)
texts_of_lines = st.lists(whole_texts, max_size=6).map("\n".join)

encodings = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp1252", "mac_roman", "latin-1", "shift_jis"]
)


@st.composite
def encoded(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """Texts in UTF-8, or in some encoding, sometimes broken after that."""
    how = draw(st.integers(0, 3))
    data = draw(texts).encode("utf-8" if how < 3 else draw(encodings), errors="ignore")
    return draw(broken(st.just(data))) if how == 2 else data


@st.composite
def broken(draw: st.DrawFn, given: st.SearchStrategy[bytes]) -> bytes:
    """Bytes in which some parts are cut out, doubled, moved, or written over."""
    data = bytearray(draw(given))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        what = draw(st.integers(0, 3))
        if what == 0:
            del data[start:end]
        elif what == 1:
            data[end:end] = data[start:end]
        elif what == 2:
            data[start:end] = draw(st.binary(max_size=6))
        else:
            odd = draw(st.sampled_from(ODDITIES)).encode("utf-8", "surrogatepass")
            data[start:start] = odd * draw(st.sampled_from((1, 1, 2, 50)))
    return bytes(data)


@cache
def shipped(name: str) -> str:
    """Read a shipped ontology."""
    return (ROOT / "ontologies" / name).read_text(encoding="utf-8")


@st.composite
def pieces(draw: st.DrawFn, text: str, between: str, most: int = 6) -> str:
    """Some of the parts of a text, in any order."""
    parts = text.split(between)
    return between.join(draw(st.lists(st.sampled_from(parts), min_size=1, max_size=most)))


def mostly(usual: st.SearchStrategy[Any], *others: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw nine times of ten from the first, else from one of the others."""
    return st.integers(0, 9).flatmap(lambda number: usual if number else st.one_of(*others))
