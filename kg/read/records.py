"""Files of records: JSON Lines, JSON and CSV. Their texts are kept exactly as given."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import IO, AnyStr, BinaryIO, Final, TextIO

from kg.errors import SourceError
from kg.model import Article, Issue
from kg.read.articles import Origin, iter_article
from kg.read.decode import decode, find_byte_order_mark, find_encoding, read_bytes

ESCAPE_LENGTH: Final = 6
OTHER_FIELDS_LENGTH: Final = 1 << 16
MAX_JSON_BYTES: Final = 1 << 28
HEAD_BYTES: Final = 1 << 12
FIELD_FACTOR: Final = 10
MAX_FIELD: Final = (1 << 31) - 1
DELIMITERS: Final = ",;\t"
COLUMN_NAMES: Final = {"date": "published"}

Records = Iterator[Article | Issue]


def read_jsonl(stream: io.BufferedReader, origin: Origin, max_characters: int) -> Records:
    """Yield the articles of JSON Lines one by one; a broken line is an issue of its own.

    A line is UTF-8 (UTF-16 and UTF-32 with a byte-order mark); blank lines are passed over.
    """
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
    mark = find_byte_order_mark(head)
    if mark is None and b"\0" in head:
        raise SourceError("contains NUL bytes, so it is no JSON Lines; write one JSON object per line as UTF-8")
    most = max_characters * ESCAPE_LENGTH + OTHER_FIELDS_LENGTH
    empty = True
    for number, line in _iter_text_lines(stream, mark, most):
        if isinstance(line, str) and not line.strip():
            continue
        empty = False
        place = f"{origin.place}:{number}"
        try:
            record = _parse_line(line)
        except SourceError as error:
            yield Issue(place, str(error))
            continue
        yield from _iter_record(record, Origin(place), max_characters)
    if empty:
        raise SourceError("is empty; write one JSON object per line")


def read_json(stream: BinaryIO, origin: Origin, max_characters: int) -> Records:
    """Yield the articles of a JSON file that holds one object or a list of them; it is read as a whole.

    A single object without id and url takes the file's own id.
    """
    data = read_bytes(stream, MAX_JSON_BYTES)
    if data is None:
        raise SourceError(f"has more than {MAX_JSON_BYTES:,} bytes; write it as JSON Lines (.jsonl)")
    text = decode(data)
    if not text.strip():
        raise SourceError("is empty; leave it out or write a JSON object")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SourceError(
            f"is no JSON ({_explain(error)}); mend it, or name it .jsonl when every line is an object"
        ) from None
    if not isinstance(value, list):
        yield from _iter_record(value, origin, max_characters)
        return
    if not value:
        raise SourceError("is an empty list; leave it out or fill it in")
    for number, record in enumerate(value, start=1):
        yield from _iter_record(record, Origin(f"{origin.place}: item {number}"), max_characters)


def read_csv(stream: BinaryIO, origin: Origin, max_characters: int) -> Records:
    """Yield the articles of a CSV file with the columns text, id or url, and where given title, date and author.

    Commas, semicolons and tabs are known as delimiters, by the header. The place of an issue is the line on which its
    row begins.
    """
    encoding = find_encoding(stream)
    stream.seek(0)
    with io.TextIOWrapper(stream, encoding=encoding, newline="") as lines:
        try:
            yield from _iter_rows(lines, origin, max_characters)
        except UnicodeDecodeError:
            raise SourceError("changes its encoding half-way, the rest is not read; save it again as UTF-8") from None


def _iter_rows(lines: TextIO, origin: Origin, max_characters: int) -> Records:
    header = lines.readline(OTHER_FIELDS_LENGTH)
    delimiter = max(DELIMITERS, key=header.count)
    names = [name.strip().casefold() for name in next(csv.reader([header], delimiter=delimiter), [])]
    columns = [COLUMN_NAMES.get(name, name) for name in names]
    if "text" not in columns or not {"id", "url"} & set(columns):
        raise SourceError("its first line does not name the columns text and id or url; add a header")
    if len(set(columns)) < len(columns):
        raise SourceError("its first line names a column twice; rename one")
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for number, row in _number_rows(reader, min(max_characters * FIELD_FACTOR, MAX_FIELD)):
        if not row:
            continue
        place = f"{origin.place}:{number}"
        if len(row) == len(columns):
            fields = {name: value or None for name, value in zip(columns, row, strict=True)}
            yield from iter_article(fields, Origin(place), max_characters)
        else:
            yield Issue(place, f"has {len(row)} fields, the header {len(columns)}; quote fields with delimiters")


def _number_rows(reader: Iterator[list[str]], max_field: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line that it begins on, counting the header as line 1."""
    while True:
        number = reader.line_num + 2  # type: ignore[attr-defined]
        before = csv.field_size_limit(max_field)  # the limit is the process's: it is lent for one row
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise SourceError(
                f"line {number} is no CSV ({error}) and what follows is not read; check its quotation marks"
            ) from None
        finally:
            csv.field_size_limit(before)
        if row is None:
            return
        yield number, row


def _iter_text_lines(stream: io.BufferedReader, mark: str | None, most: int) -> Iterator[tuple[int, str | SourceError]]:
    """Yield numbered lines as text; a line that is too long or not UTF-8 as its error."""
    if mark in ("utf-16", "utf-32"):
        try:
            yield from _iter_lines(io.TextIOWrapper(stream, encoding=mark, newline="\n"), most)
        except UnicodeDecodeError:
            raise SourceError(f"is broken {mark.upper()}, the rest is not read; write it as UTF-8") from None
        return
    for number, line in _iter_lines(stream, most):
        if isinstance(line, SourceError):
            yield number, line
            continue
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            yield number, SourceError(f"is not UTF-8 at byte {error.start} of the line; write it as UTF-8")


def _iter_lines(stream: IO[AnyStr], most: int) -> Iterator[tuple[int, AnyStr | SourceError]]:
    """Yield numbered lines and never hold more than `most` characters or bytes of one."""
    number = 0
    while line := stream.readline(most):
        number += 1
        rest = line
        while len(rest) == most and rest[-1:] not in ("\n", b"\n"):
            rest = stream.readline(most)
        if rest is line:
            yield number, line
        else:
            yield number, SourceError(f"is longer than {most:,} bytes; split it into several")


def _parse_line(line: str | SourceError) -> object:
    if isinstance(line, SourceError):
        raise line
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        reason = _explain(error).replace("line 1, ", "")
        raise SourceError(f"is no JSON ({reason}); write one object per line") from None


def _iter_record(record: object, origin: Origin, max_characters: int) -> Records:
    if isinstance(record, dict):
        yield from iter_article(record, origin, max_characters)
    else:
        yield Issue(origin.place, 'is no JSON object; write {"id": …, "text": …}')


def _explain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at line {error.lineno}, column {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
