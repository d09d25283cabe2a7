"""Finding entities by what they are called: the beginning of any word of any name, whatever its accents and case."""

from __future__ import annotations

import re
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.identity.names import plain_letters
from kg.knowledge import terms as t
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import KG, OWL, RDF, RDFS, SH

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader

_NOT_OF_THE_WORLD: Final = (KG, RDF, RDFS, OWL, SH)
_WORD: Final = re.compile(r"\w+")
_MOST_WORDS: Final = 12
_NEAR: Final = 75


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found; `told` counts the facts and claims that it is the subject of, or that are about it."""

    iri: str
    label: str
    told: int


class SearchIndex:
    """The names of a state of a graph, in memory; safe in threads.

    `told` counts what is told of each thing; `types` are the most specific classes of each that has any.
    """

    def __init__(self, reader: Reader) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(":memory:", check_same_thread=False)
        self._database.executescript(
            "CREATE TABLE entity (id INTEGER PRIMARY KEY, iri TEXT, label TEXT, folded TEXT, told INTEGER);"
            "CREATE VIRTUAL TABLE name USING fts5(folded, prefix='1 2 3', tokenize=\"unicode61 remove_diacritics 0\");"
        )
        self._names: dict[str, int] = {}
        told = self.told = dict(_told(reader))
        self.types = read_types(reader)
        numbers: dict[str, int] = {}
        names: list[list[str]] = []
        rows: list[tuple[int, str, str, str, int]] = []
        for iri, label in sorted(_pairs(reader, t.RDFS_LABEL.value)):
            if iri not in numbers:
                numbers[iri] = len(rows) + 1
                folded = fold(label)
                rows.append((len(rows) + 1, iri, label, folded, told.get(iri, 0)))
                names.append([folded])
        for iri, name in _pairs(reader, t.ALT_LABEL.value):
            if iri in numbers:
                names[numbers[iri] - 1].append(fold(name))
        for number, own in enumerate(names, start=1):
            for name in own:
                self._names.setdefault(name, number)
        with self._database:
            self._database.executemany("INSERT INTO entity VALUES (?, ?, ?, ?, ?)", rows)
            texts = ((number, " \n ".join(own)) for number, own in enumerate(names, start=1))
            self._database.executemany("INSERT INTO name (rowid, folded) VALUES (?, ?)", texts)
            self._database.execute("CREATE INDEX place ON entity (iri)")
        self.number = len(rows)

    def describe(self, iri: str) -> tuple[str, tuple[str, ...]] | None:
        """Give the label and the most specific classes of a thing; None for what has not both."""
        types = self.types.get(iri)
        rows = self._select("SELECT label FROM entity WHERE iri = ?", iri) if types else ()
        return (rows[0][0], types) if rows and types else None

    def find(self, text: str, limit: int, *, offset: int = 0) -> list[Hit]:
        """Give the entities of which one name has words that begin with all words of a text, the best first.

        What is called just so comes first, then whose label begins so, then who is told of most.
        """
        words = _words(text)
        if not words:
            return []
        rows = self._select(
            "SELECT iri, label, told FROM name JOIN entity ON entity.id = name.rowid WHERE name MATCH ?1 "
            "ORDER BY entity.folded = ?2 DESC, instr(char(10) || ' ' || name.folded || ' ' || char(10), "
            "char(10) || ' ' || ?2 || ' ' || char(10)) > 0 DESC, substr(entity.folded, 1, length(?2)) = ?2 DESC, "
            "told DESC, iri LIMIT ?3 OFFSET ?4",
            _match(words),
            fold(text),
            limit,
            offset,
        )
        return [Hit(*row) for row in rows]

    def count(self, text: str) -> int:
        """Count what `find` can give."""
        words = _words(text)
        return int(self._select("SELECT count(*) FROM name WHERE name MATCH ?", _match(words))[0][0]) if words else 0

    def near(self, text: str, limit: int = 5) -> list[Hit]:
        """Give the entities with names that look like a text, the most alike first."""
        from rapidfuzz import fuzz, process

        wanted = fold(text)
        if len(wanted) < 3:
            return []
        found = process.extract(wanted, self._names.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=4 * limit)
        numbers = dict.fromkeys(self._names[name] for name, _, _ in found)
        rows = (self._select("SELECT iri, label, told FROM entity WHERE id = ?", each)[0] for each in numbers)
        return [Hit(*row) for row in islice(rows, limit)]

    def namesakes(self) -> Iterator[tuple[str, list[Hit]]]:
        """Iterate over the labels that several entities have, those that are told of most first."""
        rows = self._select(
            "SELECT folded, iri, label, told FROM entity WHERE folded IN "
            "(SELECT folded FROM entity GROUP BY folded HAVING count(*) > 1) ORDER BY folded, told DESC, iri"
        )
        groups: dict[str, list[Hit]] = {}
        for folded, *row in rows:
            groups.setdefault(folded, []).append(Hit(*row))
        yield from sorted(groups.items(), key=lambda each: (-sum(hit.told for hit in each[1]), each[0]))

    def _select(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._database.execute(query, values).fetchall()


def fold(name: str) -> str:
    """Give the words of a name without accents and case, one space between two.

    >>> fold("Łódź’s  Harbour-Master")
    'lodz s harbour master'
    """
    return " ".join(_WORD.findall(plain_letters(name).casefold()))


def _words(text: str) -> list[str]:
    return fold(text).split()[:_MOST_WORDS]


def _match(words: list[str]) -> str:
    """Write a query of FTS5: every word begins a word of the names; nothing in it can be an operator."""
    return " AND ".join(f'"{word}"*' for word in words)


def _pairs(reader: Reader, predicate: str) -> Iterator[tuple[str, str]]:
    own = f"{reader.base}id/"
    for row in reader.ask(f"SELECT ?s ?o WHERE {{ ?s <{predicate}> ?o }}"):
        iri = row[0].value
        if iri.startswith(own):
            yield iri, row[1].value


def read_types(reader: Reader) -> dict[str, tuple[str, ...]]:
    """Read the most specific classes of each thing that has any, of those that tell something of the world."""
    own = f"{reader.base}id/"
    found: defaultdict[str, list[str]] = defaultdict(list)
    for iri in sorted(reader.ontology.classes):
        if not iri.startswith(_NOT_OF_THE_WORLD):
            for quad in reader.store.quads(None, t.TYPE, NamedNode(iri), graph=DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(own):
                    found[quad.subject.value].append(iri)
    specific = {types: reader.ontology.most_specific(types) for types in set(map(tuple, found.values()))}
    return {thing: specific[tuple(types)] for thing, types in found.items()}


def _told(reader: Reader) -> Iterator[tuple[str, int]]:
    """Count for each entity the facts and claims that it is the subject of, or that are about it."""
    parts = f"{t.RDF_SUBJECT}|{t.ABOUT}|<{KG}speaker>"
    for row in reader.ask(f"SELECT ?s (COUNT(*) AS ?n) WHERE {{ ?f {parts} ?s }} GROUP BY ?s"):
        yield row[0].value, int(row[1].value)
