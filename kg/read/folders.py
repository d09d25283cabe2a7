"""Find the files of a source and the ids that they give their articles."""

from __future__ import annotations

import errno
import os
import stat
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.escape import escape
from kg.model import Issue

_ADVICE: Final = {
    errno.ENOENT: "does not exist; check the path",
    errno.ENOTDIR: "does not exist; check the path",
    errno.EACCES: "may not be read; change its permissions",
    errno.EPERM: "may not be read; change its permissions",
    errno.ELOOP: "is a link that leads back to itself; remove it",
    errno.ENAMETOOLONG: "has a path that is too long; move it up",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read and the id that its article takes when it brings none."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    parts: tuple[str, ...] = ()
    above: frozenset[tuple[int, int]] = field(default=frozenset())


def iter_files(source: Path, suffixes: Collection[str], named_only: Collection[str] = ()) -> Iterator[File | Issue]:
    """Yield the readable files of a file or a folder, in sorted order, and an issue for each that cannot be opened.

    In folders, hidden files and files of other kinds are passed over, and so are those with one of the suffixes
    `named_only`; links are followed as far as they stay in the folder named, and lead to no folder above: what lies
    elsewhere was not meant by who named the folder. The id of a file is its path relative to the folder named, with "/"
    and without suffix; of a file that was named itself, its name without suffix.
    """
    passed = 0
    found = False
    pending = [_Entry(source)]
    within = [suffix for suffix in suffixes if suffix not in named_only]
    while pending:
        entry = pending.pop()
        step = _open(entry, within if entry.parts else suffixes)
        if isinstance(step, list):
            pending.extend(reversed(step))
        elif step is None:
            passed += 1
        else:
            found = True
            yield step
    if not found:
        kinds = ", ".join(sorted(suffixes))
        files = "1 file" if passed == 1 else f"{passed} files"
        yield Issue(escape(str(source)), f"holds nothing to read ({files} of other kinds); readable are {kinds}")


def find_suffix(name: str, suffixes: Collection[str]) -> str | None:
    """Find the suffix that a file name ends with, in letters of any case; the longest where several do.

    >>> find_suffix("Crawl-1.WARC.GZ", [".gz", ".warc.gz"])
    '.warc.gz'
    """
    lower = name.lower()
    found = [suffix for suffix in suffixes if lower.endswith(suffix) and len(name) > len(suffix)]
    return max(found, key=len, default=None)


def explain(error: OSError | ValueError, path: Path) -> str:
    """Say in one line why the system did not open a path, and what to do."""
    if isinstance(error, ValueError):
        return "is no possible path; check it"
    if error.errno == errno.ENOENT and path.is_symlink():
        return f"is a link to {escape(str(path.readlink()))}, which does not exist; mend or remove it"
    return _ADVICE.get(error.errno or 0, f"cannot be read ({error.strerror}); try again or leave it out")


def _open(entry: _Entry, suffixes: Collection[str]) -> list[_Entry] | File | Issue | None:
    """List a folder, or judge a file: None when it is passed over."""
    path, named = entry.path, not entry.parts
    suffix = find_suffix(path.name, suffixes)
    try:
        status = path.stat()
        is_folder = stat.S_ISDIR(status.st_mode)
        if not named and (is_folder or suffix is not None) and path.is_symlink() and not _stays_in(entry):
            told = f"is a link out of the folder, to {escape(str(path.readlink()))}; name that itself to read it"
            return Issue(escape(str(path)), told)
        if is_folder:
            return _list(entry, (status.st_dev, status.st_ino))
    except (OSError, ValueError) as error:
        return Issue(escape(str(path)), explain(error, path))
    if suffix is None:
        return Issue(escape(str(path)), _other_kind(path.suffix.lower(), suffixes)) if named else None
    if not stat.S_ISREG(status.st_mode):
        return Issue(escape(str(path)), "is no regular file; copy what it gives into one")
    return File(path, _make_id(entry.parts or (path.name,), suffix))


def _stays_in(entry: _Entry) -> bool:
    """Say whether the link that an entry is leads to something in the folder that was named."""
    named = entry.path.parents[len(entry.parts) - 1]
    return entry.path.resolve().is_relative_to(named.resolve())


def _list(entry: _Entry, key: tuple[int, int]) -> list[_Entry] | Issue:
    if key in entry.above:
        return Issue(escape(str(entry.path)), "leads back to a folder above it; remove the link")
    above = entry.above | {key}
    with os.scandir(entry.path) as listing:
        names = sorted(each.name for each in listing if not each.name.startswith("."))
    return [_Entry(entry.path / name, (*entry.parts, name), above) for name in names]


def _other_kind(suffix: str, suffixes: Collection[str]) -> str:
    kind = f"is a {escape(suffix)} file" if suffix else "has no suffix"
    return f"{kind}, which cannot be read; readable are {', '.join(sorted(suffixes))}"


def _make_id(parts: tuple[str, ...], suffix: str) -> str:
    # NFC, because one system gives the name of a file composed and another decomposed
    return escape(unicodedata.normalize("NFC", "/".join(parts).removesuffix(parts[-1][-len(suffix) :])))
