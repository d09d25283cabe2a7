"""CSV: one row for a thing, or several rows with its id, as the header tells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, TextIO

from kg.errors import SourceError
from kg.escape import escape, quote
from kg.kb.entries import ALIAS, LABEL, KnownFact, KnownType, Piece, global_id, is_iri, plain_date
from kg.kb.files import KbFile
from kg.kb.notations import REGISTERS, identify, register
from kg.model import Issue
from kg.read.decode import find_encoding

COLUMNS: Final = {
    "id": ("id", "iri", "uri", "item"),
    "name": ("name", "label", "full name", "preferred name", "item label"),
    "aliases": ("aliases", "alias", "other names", "also known as", "alt label", "alt labels", "item alt label"),
    "type": ("type", "types", "class", "kind", "classification"),
    "born": ("born", "birth", "birth date", "date of birth", "founded", "founding date", "established"),
    "died": ("died", "death", "death date", "date of death", "dissolved", "dissolution date", "abolished"),
    "start": ("start", "start date", "from", "since"),
    "end": ("end", "end date", "to", "until"),
    "identifiers": ("identifiers", "identifier", "same as", "exact match"),
}
"""What columns mean, by their headers in small letters; every other column is a relation, or an identifier."""

_ID: Final = " id"
_LABEL: Final = " label"
_DELIMITERS: Final = ",;\t|"
_SEVERAL: Final = re.compile(r"[|;]")
_CAPITAL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HEADER_LENGTH: Final = 1 << 16
_MAX_FIELD: Final = 1 << 24


@dataclass(frozen=True, slots=True)
class _Relation:
    """A column of a relation: its number, its header, whether it holds ids, and the column of the labels of these."""

    number: int
    title: str
    ids: bool
    labels: int | None

    def facts(self, row: Sequence[str], start: str | None, end: str | None) -> Iterator[KnownFact]:
        """Iterate over what a row says by it."""
        texts = _split(row[self.number])
        labels = [] if self.labels is None else _split(row[self.labels])
        labels = labels if len(labels) == len(texts) else [""] * len(texts)
        for text, label in zip(texts, labels, strict=True):
            known = global_id(text)
            if known or self.ids or label:
                yield KnownFact(self.title, known or text, label, start, end)
            else:
                yield KnownFact(self.title, "", text, start, end)


@dataclass(slots=True)
class _Columns:
    """Which columns mean what: their numbers, and for identifiers the register."""

    meaning: dict[str, list[int]] = field(default_factory=dict)
    codes: list[tuple[int, str]] = field(default_factory=list)
    relations: list[_Relation] = field(default_factory=list)

    def text(self, row: Sequence[str], meaning: str) -> str:
        """Give the first text in the columns of a meaning."""
        return next((text for n in self.meaning.get(meaning, ()) if (text := _plain(row[n]))), "")

    def texts(self, row: Sequence[str], meaning: str) -> list[str]:
        """Give all texts in the columns of a meaning."""
        return [text for n in self.meaning.get(meaning, ()) for text in _split(row[n])]


def read_table(file: KbFile) -> Iterator[Piece | Issue]:
    """Iterate over what the rows of a CSV file say; a row that cannot be used is an issue.

    `COLUMNS` says how headers are understood. `start` and `end` are those of the relations and types of their row; of
    the thing itself when the file has no other relations. Several values in one field have | or ; between them. A
    column "club id" holds ids, and "club label" beside "club" the names of these. Raises SourceError when the file
    is no such table, or no text; OSError when it cannot be read.
    """
    with file.open() as stream:
        encoding = find_encoding(stream)
        stream.seek(0)
        with io.TextIOWrapper(stream, encoding=encoding, newline="") as lines:
            try:
                yield from _read(lines, escape(str(file.path)))
            except UnicodeDecodeError:
                raise SourceError("changes its encoding half-way; save it again as UTF-8") from None


def _read(lines: TextIO, place: str) -> Iterator[Piece | Issue]:
    first = lines.readline(_HEADER_LENGTH)
    delimiter = max(_DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    columns = _columns(header)
    missing = [name for name in ("id", "name") if name not in columns.meaning]
    if missing:
        raise SourceError(f"its first line names no column {' and no column '.join(missing)}; add a header")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number, row in _number_rows(reader):
        if not any(row):
            continue
        if len(row) != len(header):
            problem = f"has {len(row)} fields, the header {len(header)}; quote fields with delimiters"
            yield Issue(f"{place}:{number}", f"{problem}; left out")
            continue
        yield from _row(row, columns, number, place)


def _number_rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Iterate over the rows, each with the line that it begins on, counting the header as line 1."""
    while True:
        number = reader.line_num + 2  # type: ignore[attr-defined]
        before = csv.field_size_limit(_MAX_FIELD)  # the limit is the process's: it is lent for one row
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise SourceError(f"line {number} is no CSV ({error}); close its quotation marks") from None
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield number, row


def _columns(header: Sequence[str]) -> _Columns:
    meanings = {name: meaning for meaning, names in COLUMNS.items() for name in names}
    columns = _Columns()
    names = [" ".join(_CAPITAL.sub(" ", title.replace("_", " ")).lower().split()) for title in header]
    for number, name in enumerate(names):
        if name in meanings:
            columns.meaning.setdefault(meanings[name], []).append(number)
        elif register(name) in REGISTERS:
            columns.codes.append((number, register(name)))
        elif name and not (name.endswith(_LABEL) and name.removesuffix(_LABEL) in names):
            labels = names.index(name + _LABEL) if name + _LABEL in names else None
            columns.relations.append(_Relation(number, name.removesuffix(_ID), name.endswith(_ID), labels))
    return columns


def _row(row: Sequence[str], columns: _Columns, number: int, place: str) -> Iterator[Piece | Issue]:
    raw, name = columns.text(row, "id"), columns.text(row, "name")
    if not raw or not name:
        yield Issue(f"{place}:{number}", f"has no {'id' if not raw else 'name'}, so it is left out; give it one")
        return
    identifier = global_id(raw) or raw
    dates: dict[str, str | None] = {}
    for meaning in ("born", "died", "start", "end"):
        text = columns.text(row, meaning)
        dates[meaning] = plain_date(text)
        if text and dates[meaning] is None:
            yield Issue(f"{place}:{number}", f"the date {quote(text)} is passed over; write it as 2019-01-31")
    start, end = dates["start"], dates["end"]
    born, died = dates["born"], dates["died"]
    if not columns.relations:
        born, died, start, end = born or start, died or end, None, None
    codes = [identify("", text) for text in columns.texts(row, "identifiers")]
    codes += [identify(scheme, text) for n, scheme in columns.codes for text in _split(row[n])]
    yield Piece(
        identifier,
        ((LABEL, name), *((ALIAS, alias) for alias in columns.texts(row, "aliases"))),
        tuple(KnownType(text, start, end) for text in columns.texts(row, "type")),
        tuple(code for code in codes if is_iri(code)),
        (),
        tuple(code for code in codes if not is_iri(code)),
        tuple(fact for relation in columns.relations for fact in relation.facts(row, start, end)),
        born,
        died,
        number,
    )


def _split(text: str) -> list[str]:
    return [plain for part in _SEVERAL.split(text) if (plain := _plain(part))]


def _plain(text: str) -> str:
    return " ".join(text.split())
