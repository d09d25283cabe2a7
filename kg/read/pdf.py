"""PDF files, read in a process of their own: one that takes for ever, or all memory, costs only itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, BinaryIO, Final

from kg.errors import SourceError
from kg.escape import quote
from kg.model import Article, Issue
from kg.read.articles import Origin, iter_article
from kg.read.decode import read_bytes
from kg.read.extras import load_library
from kg.read.text import find_title

MOST_BYTES: Final = 128 << 20
TIME_LIMIT: Final = 120.0
"""Seconds that a file may take."""

_CODE: Final = "import sys; sys.path[:] = sys.argv[1:]; from kg.read.pdf_pages import main; main()"
_PROGRAMS: Final = (".doc", ".docx", ".indd", ".pdf", ".qxd", ".qxp", ".rtf", ".odt", ".tex", ".dvi", ".ps")


def read_pdf(stream: BinaryIO, origin: Origin, max_characters: int) -> Iterator[Article | Issue]:
    """Yield the one article of a PDF: the text of its pages, offsets counting in that text.

    What is repeated at the top or bottom of pages is left out, words that lines divide are whole again, and lines are
    paragraphs. A title is taken from the file's properties or its first line; there is no date, as the time when a
    PDF was made is not that of its publication. A page that cannot be read is an issue beside the article.

    Raises SourceError for what holds no text, and where the extra `pdf` is not installed.
    """
    if find_spec("pypdf") is None:
        load_library("pypdf", "pdf")
    data = read_bytes(stream, MOST_BYTES)
    if data is None:
        raise SourceError(f"has more than {MOST_BYTES >> 20} MB; split it into several")
    if not data:
        raise SourceError("is empty; leave it out")
    found = _read_apart(data, max_characters)
    text, count = found["text"], found["count"]
    if not text:
        pages = "its page has" if count == 1 else f"its {count:,} pages have"
        raise SourceError(
            f"{pages} no text, as with scanned pages; have its text recognised first (with ocrmypdf, say)"
        )
    for number, fault in found["faults"]:
        yield Issue(origin.place, f"its page {number} cannot be read ({fault}); the others are")
    title = _find_title(found["title"]) or find_title(text)
    yield from iter_article({"text": text, "title": title}, origin, max_characters)


def _read_apart(data: bytes, max_characters: int) -> dict[str, Any]:
    """Give what `pdf_pages.main` writes, in another process."""
    command = [sys.executable, "-c", _CODE, *map(os.path.abspath, sys.path)]
    given = len(str(max_characters)).to_bytes(1, "big") + str(max_characters).encode() + data
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=TIME_LIMIT, check=False)
    except subprocess.TimeoutExpired:
        raise SourceError(f"takes more than {TIME_LIMIT:.0f} seconds to read; save its text as a .txt file") from None
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        found = {"error": f"cannot be read as a PDF (exit code {done.returncode}); save its text as a .txt file"}
    if "error" in found:
        raise SourceError(str(found["error"]))
    return found


def _find_title(title: str | None) -> str | None:
    """Take a title from the properties of a file, unless a program put the name of a file there."""
    title = " ".join((title or "").split())
    is_title = " " in title and title.isprintable() and not title.lower().endswith(_PROGRAMS)
    return title if is_title and not title.startswith(("Microsoft ", "untitled")) and quote(title) else None
