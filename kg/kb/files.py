"""The files of a knowledge base: which they are, what they are called in messages and in the graph, how they open."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from kg.escape import escape
from kg.model import Issue
from kg.read.folders import explain, iter_files

KINDS: Final = {
    ".json": "popolo",
    ".csv": "table",
    ".tsv": "table",
    ".ttl": "rdf",
    ".nt": "rdf",
    ".nq": "rdf",
    ".trig": "rdf",
    ".rdf": "rdf",
    ".owl": "rdf",
    ".jsonld": "rdf",
}
"""How the files of a suffix are read; .gz or .bz2 may follow it."""

_PACKED: Final[dict[str, Callable[[Path], Any]]] = {".gz": gzip.open, ".bz2": bz2.open}
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class KbFile:
    """A file of a knowledge base. `source` names it wherever it lies: from the folder that was named, or by itself."""

    path: Path
    source: str

    @property
    def suffix(self) -> str:
        """What tells how it is read, in small letters, without the suffix of its compression."""
        path = self.path.with_suffix("") if self.path.suffix.lower() in _PACKED else self.path
        return path.suffix.lower()

    def open(self) -> BinaryIO:
        """Open it for reading, unpacked; raise OSError when it cannot be."""
        unpack = _PACKED.get(self.path.suffix.lower())
        return self.path.open("rb") if unpack is None else cast("BinaryIO", unpack(self.path))

    def digest(self) -> str:
        """Hash its bytes; raise OSError when it cannot be read."""
        total = hashlib.blake2b(digest_size=16)
        with self.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                total.update(chunk)
        return total.hexdigest()


def find_files(paths: Iterable[str | Path]) -> Iterator[KbFile | Issue]:
    """Iterate over the files of a knowledge base, those of a folder sorted, and issues for what cannot be opened."""
    suffixes = (*KINDS, *_PACKED)
    for path in sorted(dict.fromkeys(Path(each) for each in paths)):
        for found in iter_files(path, suffixes):
            if isinstance(found, Issue):
                yield found
                continue
            file = KbFile(found.path, _source(found.path, path))
            if file.suffix in KINDS:
                yield file
            elif found.path == path:
                yield Issue(escape(str(path)), f"is a packed {file.suffix or 'file'}; readable are {', '.join(KINDS)}")


def describe_fault(error: OSError | EOFError | zlib.error, file: KbFile) -> Issue:
    """Make the issue of a file that the system, or its compression, does not let us read."""
    place = escape(str(file.path))
    if isinstance(error, OSError) and error.errno is not None:
        return Issue(place, explain(error, file.path))
    return Issue(place, "is not packed as its suffix says, or ends too early; pack it again")


def _source(path: Path, given: Path) -> str:
    """Name a file from the last part of the path that was given."""
    inside = path.relative_to(given) if path != given else Path()
    name = given.resolve().name if given.name in ("", "..") else given.name
    return "/".join((name, *inside.parts))
