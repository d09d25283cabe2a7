"""Backups of a graph: all that it is in one file or folder, read again when it is written and when it is put back.

A backup holds the parts of the folder of a graph (`kg.folder.PARTS`) and, before them, a list of its files with the
size and the hash of each. One that is a file is a tar archive, packed with gzip where its name says so.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass
from os import PathLike
from pathlib import Path
from typing import IO, Any, BinaryIO, Final

from kg.decisions import read_decisions
from kg.errors import SettingError, StoreError
from kg.escape import escape
from kg.files import remove_left_folders, replace_file, temporary_name
from kg.folder import DECISIONS, ONTOLOGIES, PARTS, RESTORED, STORE, article_graphs, base_of, find_store, open_writer
from kg.store import InUseError, OxigraphStore

FORMAT: Final = 1
"""The format of the backups that are written, and the newest that is read."""

_STAGED: Final = "restored"
_LIST: Final = "kg-backup.json"
_LONGEST_LIST: Final = 64 << 20
_PACKED: Final = {".tar": False, ".tar.gz": True, ".tgz": True}
_OTHERS: Final = (".zip", ".7z", ".rar", ".zst", ".xz", ".bz2", ".gz")
_FOLDERS: Final = (STORE, ONTOLOGIES)
_OF_PROCESS: Final = ("LOCK", "LOG")
_CHUNK: Final = 1 << 20
_FAULTS: Final = (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, KeyError, TypeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: quads, articles and decisions, in so many files of so many bytes together."""

    quads: int
    articles: int
    decisions: int
    files: int
    size: int


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a backup: its name there, its size in bytes, and the BLAKE2b hash of these."""

    name: str
    size: int
    hash: str


@dataclass(frozen=True, slots=True)
class _List:
    """What is in a backup."""

    quads: int
    articles: int
    decisions: int
    files: tuple[_File, ...]

    def told(self) -> Backup:
        return Backup(self.quads, self.articles, self.decisions, len(self.files), sum(each.size for each in self.files))


def write_backup(folder: str | PathLike[str], target: str | PathLike[str]) -> Backup:
    """Write all that the graph in a folder is to a file (.tar, .tar.gz, .tgz) or, by any other name, to a new folder.

    It is the state of one moment: no other process may write the graph meanwhile, readers may read it. A file of that
    name is replaced when the new one is whole and was read again. Raises SettingError for a name that cannot be meant,
    StoreError when there is no graph, when another process writes it, and for lack of room.
    """
    source, path = Path(folder), Path(target)
    packed = _packing(path)
    find_store(source)
    with _snapshot(source) as (store, paths):
        listed = _make_list(source, store, paths)
        with _faults_of(path, "cannot be written", "make room or choose another place"):
            if packed is None:
                _write_folder(path, listed, paths)
            else:
                _write_archive(path, listed, paths, packed)
    return listed.told()


def restore_backup(backup: str | PathLike[str], folder: str | PathLike[str], *, force: bool = False) -> Backup:
    """Make a folder hold the graph of a backup, whatever graph it held; other files in the folder stay.

    All is unpacked, compared with the list, and opened, before anything that is there is touched; where the restore is
    killed while it puts things in place, the next one finishes. Raises StoreError when the folder holds a graph and
    `force` is not given, when another process writes that, and for what is no backup or not whole.
    """
    source, target = Path(backup), Path(folder)
    if not source.exists():
        raise StoreError(f"{source}: there is no such backup; name a file or folder that `kg backup` wrote")
    stopped = (target / RESTORED).is_dir()
    if not force and not stopped and any((target / name).exists() for name in (STORE, DECISIONS)):
        raise StoreError(f"{target}: holds a graph already; name another folder, or replace it with --force")
    new = not target.exists()
    staged = temporary_name(target / _STAGED)
    try:
        with _faults_of(target, "cannot be written", "make room or choose another folder"):
            remove_left_folders(target, _STAGED)
            staged.mkdir(parents=True)
        with _held(target):
            listed = _unpack(source, staged)
        with _faults_of(target, "the backup cannot be put in place", "run it again"):
            shutil.rmtree(target / RESTORED, ignore_errors=True)
            staged.rename(target / RESTORED)
            _take_over(target)
    finally:
        shutil.rmtree(staged, ignore_errors=True)
        if new:
            with suppress(OSError):
                target.rmdir()
    return listed.told()


def _packing(path: Path) -> bool | None:
    """Say whether an archive of this name is packed; None for a folder. Raises SettingError, StoreError."""
    name = path.name.lower()
    packed = next((packed for suffix, packed in _PACKED.items() if name.endswith(suffix)), None)
    if packed is None:
        if name.endswith(_OTHERS):
            raise SettingError(f"{path}: a backup is a .tar or .tar.gz file, or a folder; choose such a name")
        if path.exists() and not (path.is_dir() and not any(path.iterdir())):
            raise StoreError(f"{path}: is already there; name a folder that is not, or a .tar file")
    elif path.exists() and not path.is_file():
        raise StoreError(f"{path}: is no file that could be replaced; choose another name")
    return packed


@contextmanager
def _faults_of(path: Path, what: str, advice: str) -> Iterator[None]:
    try:
        yield
    except _FAULTS as error:
        reason = getattr(error, "strerror", None) or error or type(error).__name__
        raise StoreError(f"{path}: {what} ({escape(str(reason))}); {advice}") from error


# -- writing ----------------------------------------------------------------------------------------------------------


@contextmanager
def _snapshot(source: Path) -> Iterator[tuple[Path, dict[str, Path]]]:
    """Give the store as it is now, and the files of the graph by their names; nobody else writes it meanwhile."""
    if not os.access(source / STORE, os.W_OK):  # nobody writes it, nor can we
        yield source / STORE, _stored(source / STORE) | _others(source)
        return
    with open_writer(source) as store:
        saved = temporary_name(source / STORE)
        try:
            store.snapshot(saved)
            yield saved, _stored(saved) | _others(source)
        finally:
            shutil.rmtree(saved, ignore_errors=True)


def _others(source: Path) -> dict[str, Path]:
    files = {name: source / name for name in PARTS if name not in _FOLDERS and (source / name).is_file()}
    return files | {f"{ONTOLOGIES}/{path.name}": path for path in sorted((source / ONTOLOGIES).glob("*.ttl"))}


def _stored(store: Path) -> dict[str, Path]:
    paths = (path for path in sorted(store.iterdir()) if path.is_file() and not path.name.startswith(_OF_PROCESS))
    return {f"{STORE}/{path.name}": path for path in paths}


def _make_list(source: Path, store: Path, paths: dict[str, Path]) -> _List:
    with OxigraphStore(store, read_only=True) as opened:
        base = base_of(opened)
        quads, articles = sum(1 for _ in opened.quads()), len(article_graphs(opened, base))
    decisions = len(read_decisions(source / DECISIONS, base))
    with _faults_of(source, "cannot be read", "see that its files are readable"):
        files = tuple(_File(name, *_measure(path)) for name, path in paths.items())
    return _List(quads, articles, decisions, files)


def _measure(path: Path) -> tuple[int, str]:
    with path.open("rb") as stream:
        return _copy(stream, None)


def _copy(stream: IO[bytes], target: IO[bytes] | None, most: int | None = None) -> tuple[int, str]:
    """Copy a stream, or only read it; give its size and hash. Raises ValueError for one of more than `most` bytes."""
    size, total = 0, hashlib.blake2b(digest_size=32)
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if most is not None and size > most:
            raise ValueError("a file in it is longer than its list says")
        total.update(chunk)
        if target is not None:
            target.write(chunk)
    return size, total.hexdigest()


def _dump(listed: _List) -> bytes:
    return json.dumps({"format": FORMAT, **asdict(listed)}, ensure_ascii=False, indent=1).encode()


def _write_archive(path: Path, listed: _List, paths: dict[str, Path], packed: bool) -> None:
    with replace_file(path) as file:
        _pack(file, listed, paths, packed)
        file.seek(0)
        with tarfile.open(fileobj=file, mode="r:*") as archive:
            _check_all(_archived(archive), listed.files, None)


def _pack(file: BinaryIO, listed: _List, paths: dict[str, Path], packed: bool) -> None:
    data = _dump(listed)
    with ExitStack() as stack:
        if packed:
            archive = stack.enter_context(tarfile.open(fileobj=file, mode="w:gz", compresslevel=6))
        else:
            archive = stack.enter_context(tarfile.open(fileobj=file, mode="w"))
        archive.addfile(_header(_LIST, len(data)), io.BytesIO(data))
        for each in listed.files:
            with paths[each.name].open("rb") as stream:
                archive.addfile(_header(each.name, each.size), stream)


def _header(name: str, size: int) -> tarfile.TarInfo:
    header = tarfile.TarInfo(name)
    header.size, header.mode = size, 0o644
    return header


def _write_folder(path: Path, listed: _List, paths: dict[str, Path]) -> None:
    remove_left_folders(path.parent, path.name)
    made = temporary_name(path)
    try:
        made.mkdir(parents=True)
        for each in listed.files:
            (made / each.name).parent.mkdir(exist_ok=True)
            shutil.copyfile(paths[each.name], made / each.name)
        (made / _LIST).write_bytes(_dump(listed))
        _check_all(_laid_out(made), listed.files, None)
        made.rename(path)
    finally:
        shutil.rmtree(made, ignore_errors=True)


# -- putting back -----------------------------------------------------------------------------------------------------

_Found = tuple[str, IO[bytes]]


@contextmanager
def _held(target: Path) -> Iterator[None]:
    """Keep other writers away from the graph that is to be replaced, unless it is too damaged to be opened."""
    store = None
    if (target / STORE).is_dir():
        try:
            store = OxigraphStore(target / STORE)
        except InUseError:
            raise
        except StoreError:
            pass
    try:
        yield
    finally:
        if store is not None:
            with suppress(StoreError):
                store.close()


def _unpack(source: Path, staged: Path) -> _List:
    """Write the files of a backup to an empty folder, and see that they are those of its list, and a graph."""
    with _faults_of(source, "is no backup that is whole", "name one that `kg backup` wrote"), ExitStack() as stack:
        if source.is_dir():
            found = _laid_out(source)
        else:
            found = _archived(stack.enter_context(tarfile.open(source, mode="r:*")))
        listed = _load(source, next(found, None))
        _check_room(staged, listed)
        _check_all(found, listed.files, staged)
        with OxigraphStore(staged / STORE, read_only=True) as store:
            quads = sum(1 for _ in store.quads())
    if quads != listed.quads:
        raise StoreError(
            f"{source}: holds {quads:,} quads where its list says {listed.quads:,}; take an earlier backup"
        )
    return listed


def _archived(archive: tarfile.TarFile) -> Iterator[_Found]:
    for member in archive:
        if member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE) or member.issparse():
            raise ValueError(f"{member.name} in it is no plain file")
        stream = archive.extractfile(member)
        assert stream is not None
        yield member.name, stream


def _laid_out(folder: Path) -> Iterator[_Found]:
    """Open the files of a backup that is a folder, the list first."""
    paths = sorted(folder.rglob("*"), key=lambda path: (path != folder / _LIST, path))
    for path in paths:
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise ValueError(f"{path.relative_to(folder)} in it is no plain file")
        if path.is_file():
            with path.open("rb") as stream:
                yield path.relative_to(folder).as_posix(), stream


def _load(source: Path, found: _Found | None) -> _List:
    if found is None or found[0] != _LIST:
        raise ValueError(f"it does not begin with {_LIST}")
    data = found[1].read(_LONGEST_LIST + 1)
    if len(data) > _LONGEST_LIST:
        raise ValueError("its list is too long")
    listed: dict[str, Any] = json.loads(data)
    if listed["format"] > FORMAT:
        raise StoreError(f"{source}: was written by a newer kg (format {listed['format']}); use that one")
    files = tuple(_File(str(each["name"]), int(each["size"]), str(each["hash"])) for each in listed["files"])
    for each in files:
        _check_name(each.name)
    return _List(int(listed["quads"]), int(listed["articles"]), int(listed["decisions"]), files)


def _check_name(name: str) -> None:
    """Raise ValueError for a name that no file of a graph has: nothing is written outside of the folder."""
    folder, _, inside = name.rpartition("/")
    if not folder and inside in PARTS and inside not in _FOLDERS:
        return
    if folder in _FOLDERS and inside not in ("", ".", "..") and inside.isprintable() and "\\" not in inside:
        return
    raise ValueError(f"{name} in it is no part of a graph")


def _check_room(staged: Path, listed: _List) -> None:
    wanted, free = listed.told().size, shutil.disk_usage(staged).free
    if wanted > free:
        raise StoreError(f"{staged.parent}: has no room for {wanted:,} bytes, {free:,} are free; make some")


def _check_all(found: Iterable[_Found], files: Iterable[_File], target: Path | None) -> None:
    """Compare what is in a backup with its list, and write it to a folder where one is given; raise ValueError."""
    wanted = {each.name: each for each in files}
    for name, stream in found:
        if name == _LIST and target is None:
            continue
        each = wanted.pop(name, None)
        if each is None:
            raise ValueError(f"{name} in it is not on its list, or is there twice")
        if target is None:
            measured = _copy(stream, None)
        else:
            (target / name).parent.mkdir(exist_ok=True)
            with (target / name).open("xb") as file:
                measured = _copy(stream, file, most=each.size)
        if measured != (each.size, each.hash):
            raise ValueError(f"{name} in it is damaged")
    if wanted:
        raise ValueError(f"{next(iter(wanted))} is missing in it")


def _take_over(target: Path) -> None:
    """Put what waits in the place of what is there; started again it goes on where it was stopped."""
    waiting = target / RESTORED
    for part in PARTS:
        old, new = target / part, waiting / part
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        else:
            old.unlink(missing_ok=True)
        if new.exists():
            new.rename(old)
    shutil.rmtree(waiting)
