"""What commands write: data to standard output, everything else to standard error, nothing that a terminal obeys."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TextIO

from kg.escape import escape

if TYPE_CHECKING:
    import typer
    from rich.console import Console

_WIDTH: Final = 120
_LINE_PARTS: Final = r"[^\n\t]+"


def prepare_streams() -> None:
    """Let what programs read be UTF-8, as its formats are; what is written to a closed stream is lost."""
    sys.stdout = sys.stdout or _open_nothing()
    sys.stderr = sys.stderr or _open_nothing()
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _open_nothing() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def write(text: str) -> None:
    """Write data as it is; to a terminal with control characters escaped."""
    sys.stdout.write(_escape_lines(text) if sys.stdout.isatty() else text)


def write_json(value: object) -> None:
    """Write a value as one line of JSON, in which nothing is a control character."""
    import json

    line = json.dumps(value, ensure_ascii=False)
    sys.stdout.write("".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in line) + "\n")


def tell(message: str) -> None:
    """Write a message as one line of standard error, where there is somebody to hear it."""
    with suppress(OSError):
        print(escape(" ".join(message.split())), file=sys.stderr)


def tell_usage(error: typer.BadParameter) -> None:
    """Write how a command is used and what was wrong."""
    error.message = _escape_lines(error.message)
    error.show()


def tell_error(error: Exception) -> None:
    """Write an error as one line; in debugging with its traceback."""
    _log(error)
    tell(f"kg: {error}")


def tell_fault(error: Exception) -> None:
    """Write an error that nobody foresaw as one line: standard output that cannot be written, or a fault of kg."""
    _log(error)
    reason = f"{type(error).__name__}: {error}".rstrip(": ")
    if isinstance(error, OSError) and error.errno is not None and error.filename is None:
        tell(f"kg: standard output cannot be written ({error.strerror}); send it elsewhere")
        close_output()
    else:
        tell(f"kg: this should not happen ({reason}); --debug shows where, please report it")


def _escape_lines(text: str) -> str:
    return re.sub(_LINE_PARTS, lambda found: escape(found[0]), text)


def _log(error: Exception) -> None:
    import logging

    logging.getLogger("kg").debug("where it happened", exc_info=error)


def find_width() -> int:
    """Give how many characters fit on a line of standard output: those of the terminal, or 120."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH


@contextmanager
def page() -> Iterator[Console]:
    """Open a rich console for standard output; where that is no terminal, plain lines of at most 120 characters."""
    from rich.console import Console

    if sys.stdout.isatty():
        yield Console(highlight=False)
        return
    text = io.StringIO()
    yield Console(file=text, highlight=False, width=find_width(), color_system=None)
    sys.stdout.write("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))


def show_debugging() -> None:
    """Write what the package logs, tracebacks included, to standard error."""
    import logging

    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s")
    logging.getLogger("kg").setLevel(logging.DEBUG)


def close_output() -> None:
    """Let nothing more be written to standard output that takes nothing, not at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
