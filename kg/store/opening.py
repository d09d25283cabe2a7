"""Opening the folder of a store: made whole or not at all, of a format that is known, and what is wrong with it."""

from __future__ import annotations

import shutil
import time
from contextlib import suppress
from os import fspath
from pathlib import Path
from typing import Final

import pyoxigraph

from kg.errors import StoreError
from kg.files import replace_file, temporary_name

FORMAT: Final = 1
"""The format of the stores that are written: what the graphs hold, and how. A store that names none has the first."""

OLDEST: Final = 1
"""The oldest format that can be read."""

FORMAT_FILE: Final = "FORMAT"

_TRIES: Final = 50
_WAIT: Final = 0.02
_LOCKED: Final = ("While lock file", "lock hold by current process")
_MOVED: Final = "No such file"
_HALF_MADE: Final = ("Column family not found", "Inserts are only possible")
_FULL: Final = ("No space left", "File too large", "quota")
_REFUSED: Final = ("Permission denied", "Read-only file system", "Operation not permitted")
_DAMAGED: Final = ("Corruption", "orrupted", "No such file")
_MENDED: Final = "put a backup in its place (`kg restore BACKUP --force`), or remove it and build the graph again"


class InUseError(StoreError):
    """Another writer has the store open."""


def open_folder(path: Path, *, read_only: bool) -> pyoxigraph.Store:
    """Open a store, for writing made when it is not there; raise StoreError, whose message says what to do."""
    if not read_only:
        _make_folder(path.parent)
        _make(path)
    _check_format(path)
    try:
        store = _open_to_read(path) if read_only else _open_to_write(path)
    except FileNotFoundError as error:
        if _is_store(path):
            raise describe_fault(fspath(path), error) from error
        raise StoreError(f"{path}: no store is there; build one first, or name its folder") from error
    except (OSError, RuntimeError) as error:
        raise _describe_unopened(path, error) from error
    if not read_only and not (path / FORMAT_FILE).exists():
        _write_format(path)
    return store


def is_damage(error: Exception) -> bool:
    """Say whether an error of the engine tells of a damaged file."""
    return _holds(" ".join(str(error).split()), _DAMAGED)


def describe_fault(name: str, error: Exception) -> StoreError:
    """Make the error of a store that could not be read or written: of a full disk, a damaged file, or another fault."""
    told = " ".join(str(error).split())
    if _holds(told, _FULL):
        return StoreError(f"{name}: cannot be written, there is no room ({told}); make some and run it again")
    if _holds(told, _REFUSED):
        return StoreError(f"{name}: cannot be written ({told}); see that its folder is writable")
    if _holds(told, _DAMAGED):
        return StoreError(f"{name}: is damaged ({told}); {_MENDED}")
    return StoreError(f"{name}: cannot be used ({told}); see that it is writable and whole")


def _describe_unopened(path: Path, error: Exception) -> StoreError:
    told = str(error)
    if _holds(told, _LOCKED):
        return InUseError(f"{path}: another writer has it open; wait until it is done, or open the store read-only")
    if _holds(told, _HALF_MADE):
        return StoreError(f"{path}: its first build was stopped before anything was kept; run that build again")
    if _holds(told, (*_FULL, *_REFUSED, *_DAMAGED)) and path.is_dir():
        return describe_fault(fspath(path), error)
    return StoreError(f"{path}: is no store that can be opened ({told}); name another folder")


def _open_to_write(path: Path) -> pyoxigraph.Store:
    if path.is_dir() and not (path / "CURRENT").exists() and _is_store(path):
        raise RuntimeError("Corruption: there are tables but no file CURRENT")  # the engine would begin anew over them
    return pyoxigraph.Store(fspath(path))


def _open_to_read(path: Path) -> pyoxigraph.Store:
    """Open a store that another process may be writing: tables that it merges meanwhile are looked for again."""
    for _ in range(_TRIES):
        before = _list(path)
        try:
            return pyoxigraph.Store.read_only(fspath(path))
        except RuntimeError as error:
            if _MOVED not in str(error) or _list(path) == before:
                raise
        time.sleep(_WAIT)
    raise StoreError(f"{path}: is being written by another process; wait until it is done")


def _list(path: Path) -> list[tuple[str, int]]:
    found = []
    for each in path.iterdir():
        with suppress(OSError):
            found.append((each.name, each.stat().st_size))
    return sorted(found)


def _is_store(path: Path) -> bool:
    """Tell whether something was ever written here, whatever of it is left."""
    return any(path.glob("*.sst")) or any(path.glob("*.log"))


def _make(path: Path) -> None:
    """Make an empty store that is there at once and whole, or not there: being killed leaves none half made."""
    if path.exists():
        return
    made = temporary_name(path)
    try:
        pyoxigraph.Store(fspath(made))  # and closed at once
        _write_format(made)
        with suppress(OSError):  # another process may have been faster
            made.rename(path)
    except (OSError, RuntimeError) as error:
        if not path.exists():
            raise describe_fault(fspath(path), error) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _write_format(path: Path) -> None:
    with replace_file(path / FORMAT_FILE) as file:
        file.write(f"{FORMAT}\n".encode())


def _check_format(path: Path) -> None:
    try:
        text = (path / FORMAT_FILE).read_text("utf-8", "replace")
    except OSError:
        return
    digits = text.strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
        raise StoreError(f"{path / FORMAT_FILE}: names no format; {_MENDED}")
    number = int(digits)
    if number > FORMAT:
        raise StoreError(
            f"{path}: was written by a newer kg (format {number}, this one knows {FORMAT}); use that one, or build the "
            "graph again in another folder"
        )
    if number < OLDEST:
        raise StoreError(
            f"{path}: was written by an older kg (format {number}, this one knows {OLDEST} to {FORMAT}); build the "
            "graph again in another folder"
        )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: the folder cannot be made ({error.strerror}); choose another") from error


def _holds(text: str, parts: tuple[str, ...]) -> bool:
    return any(part in text for part in parts)
