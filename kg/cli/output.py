"""What commands write: data to standard output, everything else to standard error, nothing that a terminal obeys."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from kg.read.escape import escape

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH: Final = 120
_LINE_PARTS: Final = re.compile(r"[^\n\t]+")


def write(text: str) -> None:
    """Write data as it is; to a terminal with control characters escaped."""
    sys.stdout.write(_LINE_PARTS.sub(lambda found: escape(found[0]), text) if sys.stdout.isatty() else text)


def write_json(value: object) -> None:
    """Write a value as one line of JSON, in which nothing is a control character."""
    line = json.dumps(value, ensure_ascii=False)
    sys.stdout.write("".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in line) + "\n")


def tell(message: str) -> None:
    """Write a message as one line of standard error."""
    print(escape(" ".join(message.split())), file=sys.stderr)


def tell_error(error: Exception) -> None:
    """Write an error as one line; in debugging with its traceback."""
    logging.getLogger("kg").debug("where it happened", exc_info=error)
    tell(f"kg: {error}")


@contextmanager
def page() -> Iterator[Console]:
    """Open a rich console for standard output; where that is no terminal, plain lines of at most 120 characters."""
    from rich.console import Console

    if sys.stdout.isatty():
        yield Console(highlight=False)
        return
    text = io.StringIO()
    yield Console(file=text, highlight=False, width=_WIDTH, color_system=None)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))


def show_debugging() -> None:
    """Write what the package logs, tracebacks included, to standard error."""
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    logging.getLogger("kg").setLevel(logging.DEBUG)


def close_broken_pipe() -> None:
    """Let nothing more be written to a reader who is gone, not at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
