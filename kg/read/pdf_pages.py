"""The pages of a PDF as its drawing gives them; the main program of a process that `pdf` starts."""

from __future__ import annotations

import io
import json
import sys
from typing import Any, Final

from kg.read.pdf_text import join_pages

MOST_MEMORY: Final = 3 << 30
"""Bytes of address space that the process may have."""


def main() -> None:
    """Read a PDF from standard input, after the number of characters wanted; write what is found as JSON.

    That is what `read_pages` gives, with the pages joined into one text, and counted.
    """
    _limit_memory()
    length = sys.stdin.buffer.read(1)[0]
    most = int(sys.stdin.buffer.read(length))
    try:
        found = read_pages(sys.stdin.buffer.read(), most)
        if "pages" in found:  # joined here, within the limits of this process
            pages = found.pop("pages")
            found |= {"count": len(pages), "text": join_pages(pages)}
    except MemoryError:
        found = {"error": "takes more memory to read than there may be; save its text as a .txt file"}
    except RecursionError:
        found = {"error": "is nested too deeply; save its text as a .txt file"}
    sys.stdout.write(json.dumps(found))


def read_pages(data: bytes, most: int) -> dict[str, Any]:
    """Give title, pages and faults (pairs of the number of a page and why it cannot be read), or an error.

    Reading ends after `most` characters and a page more, so that a text that is too long is seen to be so.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "is encrypted; save it without a password"}
        count = len(reader.pages)
    except (DependencyError, NotImplementedError):
        return {"error": "is encrypted; save it without a password"}
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # the library publishes few of the errors that broken files bring about
        return {"error": f"is a broken PDF ({_tell(error)}); get it again, or save its text as a .txt file"}
    pages, faults, length = [], [], 0
    for number in range(count):
        try:
            text = reader.pages[number].extract_text()
        except (MemoryError, RecursionError):
            raise
        except Exception as error:  # as above
            faults.append((number + 1, _tell(error)))
            continue
        pages.append(text)
        length += len(text)
        if length > most:
            break
    if faults and not pages:
        return {"error": f"has no page that can be read ({faults[0][1]}); save its text as a .txt file"}
    return {"title": _find_title(reader), "pages": pages, "faults": faults}


def _find_title(reader: Any) -> str | None:  # noqa: ANN401 (the library is imported late)
    try:
        title = reader.metadata.title if reader.metadata else None
    except Exception:  # as above
        return None
    return title if isinstance(title, str) else None


def _tell(error: Exception) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):  # not every system has such limits
        return
