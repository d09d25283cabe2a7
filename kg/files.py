"""Files that are written whole or not at all, and what is left of them where a process was killed."""

from __future__ import annotations

import fcntl
import glob
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Final

from kg.errors import StoreError

_LEFT: Final = re.compile(r"\..+\.[0-9a-f]{8}\.part", re.DOTALL)


@contextmanager
def replace_file(path: str | PathLike[str]) -> Iterator[BinaryIO]:
    """Open a temporary file beside `path` that takes its name at the end; after an error `path` is as it was.

    Missing parent folders are made, a link stays a link, and a device or a pipe is written to, not replaced. What a
    process left here that was killed while it wrote the same file is removed. Raises StoreError when the file cannot
    be written.
    """
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
        else:
            with _beside(target.resolve()) as file:
                yield file
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{target}: cannot be written ({reason}); choose another file") from error


def temporary_name(path: Path) -> Path:
    """Give the name of a file or folder beside `path` for what is not whole yet; `remove_left` knows it by its form."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def remove_left(folder: Path, name: str | None = None) -> None:
    """Remove from a folder the temporary files that nobody writes any more, of one file name or of all."""
    for left in _find_left(folder, name):
        if left.is_file():
            _remove_free(left)


def remove_left_folders(folder: Path, name: str | None = None) -> None:
    """Remove from a folder the temporary folders in it; for whoever is the only one to write there."""
    for left in _find_left(folder, name):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)


def _find_left(folder: Path, name: str | None) -> Iterator[Path]:
    pattern = f".{'*' if name is None else glob.escape(name)}.*.part"
    return (left for left in folder.glob(pattern) if _LEFT.fullmatch(left.name) and not left.is_symlink())


@contextmanager
def _beside(target: Path) -> Iterator[BinaryIO]:
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_left(target.parent, target.name)
    temporary, file = _open_temporary(target)
    try:
        with file:
            yield file
            if not file.closed:
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _open_temporary(target: Path) -> tuple[Path, BinaryIO]:
    """Open a new file that is locked as long as it is open, so that others see that somebody writes it."""
    while True:
        temporary = temporary_name(target)
        file = temporary.open("x+b")
        with suppress(OSError):  # not every file system has locks; where none are, nothing is ever taken for left
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(file.fileno()).st_nlink:
            return temporary, file
        file.close()  # taken for left between its opening and its lock


def _remove_free(left: Path) -> None:
    with suppress(OSError):
        opened = os.open(left, os.O_RDONLY | os.O_NOFOLLOW)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            left.unlink()
        finally:
            os.close(opened)
