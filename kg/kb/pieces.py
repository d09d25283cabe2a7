"""Pieces of all files brought together: which of them are of one thing."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from kg.escape import escape, quote
from kg.identity.names import name_key
from kg.kb.entries import KnownFact, KnownType, Piece, is_iri
from kg.kb.files import KbFile
from kg.kb.sorting import Record, Sorter
from kg.model import Issue

_MOST_DIFFERENT: Final = 0.5
"""Files number their things apart when more than this share of the ids that they have in common name different ones."""

Found = list[tuple[int, Piece]]
"""Pieces with the numbers of their files."""


class Pieces:
    """Takes pieces in any order, and gives them back thing by thing; memory does not grow with their number.

    An IRI is one thing in all files. Any other id is one thing where the names that go with it have one in common:
    where most ids that two files share name different things, the later file's ids are its own, and get its name
    before them; else, and in one file, what has another name than the first is left out.
    """

    def __init__(self, folder: Path, sources: Iterable[str]) -> None:
        self.sources = _distinct(sources)
        self._sorter = Sorter(folder, "pieces")
        self._count = 0
        self._dropped: set[int] = set()
        self._conflicts: dict[int, tuple[str, str, str, int]] = {}
        self._numbers: Counter[int] = Counter()

    def add(self, file: int, piece: Piece) -> None:
        """Take a piece of a file, by the number of the file."""
        self._count += 1
        data = (
            piece.names,
            tuple(map(tuple, piece.types)),
            piece.identifiers,
            piece.pages,
            piece.notations,
            tuple(map(tuple, piece.facts)),
            piece.start,
            piece.end,
            piece.line,
        )
        self._sorter.add((piece.id, file, self._count, marshal.dumps(data)))

    def drop(self, file: int) -> None:
        """Forget all pieces of a file."""
        self._dropped.add(file)

    def things(self) -> Iterator[tuple[str, list[tuple[str, Piece]]]]:
        """Iterate over the things: an id, and pairs of source and piece in the order of the files."""
        own = self._own_ids()
        for identifier, records in groupby(self._records(), key=lambda record: record[0]):
            found: Found = [(record[1], _piece(record)) for record in records]
            if is_iri(identifier):
                yield identifier, self._with_sources(found, own)
                continue
            shared = [(file, piece) for file, piece in found if file not in own]
            if kept := list(self._agreeing(shared)):
                yield identifier, self._with_sources(kept, own)
            for file, several in groupby((each for each in found if each[0] in own), key=lambda each: each[0]):
                kept = list(self._agreeing(list(several)))
                yield f"{self.sources[file]}#{identifier}", self._with_sources(kept, own)

    def conflicts(self, files: list[KbFile]) -> Iterator[Issue]:
        """Iterate over what was left out, one issue for a file; known when all things were given."""
        for file, count in sorted(self._numbers.items()):
            identifier, first, other, line = self._conflicts[file]
            place = escape(str(files[file].path)) + (f":{line}" if line else "")
            more = f"; so are {count - 1:,} more" if count > 1 else ""
            told = f"the id {quote(identifier)} is that of {quote(first)}, so {quote(other)} is left out"
            yield Issue(place, f"{told}{more}; give each thing an id of its own")

    def _records(self) -> Iterator[Record]:
        return (record for record in self._sorter if record[1] not in self._dropped)

    def _own_ids(self) -> frozenset[int]:
        """Find the files whose ids, but for IRIs, mean other things than the same ids of files before them."""
        if len(self.sources) - len(self._dropped) < 2:
            return frozenset()
        shared: Counter[int] = Counter()
        different: Counter[int] = Counter()
        for identifier, records in groupby(self._records(), key=lambda record: record[0]):
            if is_iri(identifier):
                continue
            names: dict[int, set[str]] = {}
            for record in records:
                names.setdefault(record[1], set()).update(_keys(_piece(record)))
            (_, first), *others = [(file, keys) for file, keys in names.items() if keys] or [(0, set())]
            for file, keys in others:
                shared[file] += 1
                different[file] += first.isdisjoint(keys)
        return frozenset(file for file, count in different.items() if count > _MOST_DIFFERENT * shared[file])

    def _agreeing(self, found: Found) -> Iterator[tuple[int, Piece]]:
        """Iterate over the pieces that have no name, or one in common with those before them; note the others."""
        if sum(bool(piece.names) for _, piece in found) < 2:
            yield from found
            return
        known: set[str] = set()
        first = ""
        for file, piece in found:
            keys = _keys(piece)
            if keys and known and known.isdisjoint(keys):
                self._numbers[file] += 1
                self._conflicts.setdefault(file, (piece.id, first, piece.names[0][1], piece.line))
                continue
            first = first or next((name for _, name in piece.names), "")
            known |= keys
            yield file, piece

    def _with_sources(self, found: Found, own: frozenset[int]) -> list[tuple[str, Piece]]:
        return [(self.sources[file], self._scoped(file, piece) if file in own else piece) for file, piece in found]

    def _scoped(self, file: int, piece: Piece) -> Piece:
        """Write the ids of other things as those of the file, where they are no IRIs."""
        facts = (
            fact._replace(other=f"{self.sources[file]}#{fact.other}") if fact.other and not is_iri(fact.other) else fact
            for fact in piece.facts
        )
        return piece._replace(facts=tuple(facts))


def _piece(record: Record) -> Piece:
    names, types, identifiers, pages, notations, facts, start, end, line = marshal.loads(record[3])
    return Piece(
        record[0],
        names,
        tuple(KnownType(*each) for each in types),
        identifiers,
        pages,
        notations,
        tuple(KnownFact(*each) for each in facts),
        start,
        end,
        line,
    )


def _keys(piece: Piece) -> set[str]:
    return {name_key(name) for _, name in piece.names}


def _distinct(sources: Iterable[str]) -> list[str]:
    """Number what is called the same."""
    counts: Counter[str] = Counter()
    found = []
    for source in sources:
        counts[source] += 1
        found.append(source if counts[source] == 1 else f"{source}~{counts[source]}")
    return found
