"""What a query gives: rows of terms, as Python values or in a format that other programs read."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.errors import SettingError
from kg.escape import escape
from kg.ontology.turtle import by_length, compact_iri
from kg.vocabulary import XSD

if TYPE_CHECKING:
    import pandas

Term: TypeAlias = NamedNode | BlankNode | Literal | Triple
Value: TypeAlias = str | int | float | bool | date | datetime | None
Row: TypeAlias = tuple[Value, ...]

_ANSWER: Final = "answer"
WIDTH: Final = 120
"""How wide a table is where nothing else tells, in cells of a terminal."""


class Kind(StrEnum):
    """The form of the query."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a query, as rows of terms under the names of variables; None where a variable has no value.

    ASK gives one row with a boolean, which is also the truth of the result; CONSTRUCT and DESCRIBE give triples.
    Iterating gives the rows as Python values: IRIs and strings as str, numbers, booleans and dates as such.
    """

    kind: Kind
    variables: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    prefixes: dict[str, str]

    @classmethod
    def of_boolean(cls, value: bool, prefixes: Mapping[str, str]) -> QueryResult:
        """Make the answer to ASK."""
        literal = Literal(str(value).lower(), datatype=NamedNode(XSD + "boolean"))
        return cls(Kind.ASK, (_ANSWER,), ((literal,),), dict(prefixes))

    def __iter__(self) -> Iterator[Row]:
        return (tuple(to_python(term) for term in row) for row in self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def __bool__(self) -> bool:
        return self.rows == [(True,)] if self.kind is Kind.ASK else bool(self.terms)

    @property
    def rows(self) -> list[Row]:
        """The rows as Python values."""
        return list(self)

    def to_dicts(self) -> list[dict[str, Value]]:
        """Give each row as a dictionary from variable to Python value."""
        return [dict(zip(self.variables, row, strict=True)) for row in self]

    def write(self, format: str = "table") -> str:
        """Write the answer as table, csv, tsv or json; the table of CONSTRUCT is Turtle.

        csv, tsv and json are those of the W3C ("SPARQL 1.1 Query Results"). Raises SettingError for another format.
        """
        if format not in _WRITERS:
            raise SettingError(f'no format is called "{format}"; take one of {", ".join(FORMATS)}')
        return _WRITERS[format](self)

    def __str__(self) -> str:
        return self.write()

    def to_csv(self) -> str:
        """Write SPARQL CSV: values without their types."""
        import csv

        lines = io.StringIO(newline="")
        writer = csv.writer(lines)
        writer.writerow(self.variables)
        writer.writerows(tuple(plain(term) for term in row) for row in self.terms)
        return lines.getvalue()

    def to_tsv(self) -> str:
        """Write SPARQL TSV: terms as in Turtle."""
        rows = ("\t".join("" if term is None else _in_one_line(_turtle(term)) for term in row) for row in self.terms)
        return "".join(f"{line}\n" for line in ("\t".join(f"?{name}" for name in self.variables), *rows))

    def to_json(self) -> str:
        """Write SPARQL JSON."""
        import json

        if self.kind is Kind.ASK:
            return json.dumps({"head": {}, "boolean": bool(self)}) + "\n"
        bindings = [
            {name: _to_json(term) for name, term in zip(self.variables, row, strict=True) if term is not None}
            for row in self.terms
        ]
        answer = {"head": {"vars": self.variables}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"

    def to_turtle(self) -> str:
        """Write the triples of CONSTRUCT or DESCRIBE as Turtle; raise SettingError for another answer."""
        if self.kind is not Kind.CONSTRUCT:
            raise SettingError(f"{self.kind.upper()} gives no triples; Turtle is for CONSTRUCT and DESCRIBE")
        from kg.knowledge import write_turtle

        return write_turtle((Quad(*row) for row in self.terms), self.prefixes)  # type: ignore[arg-type]

    def to_table(self, width: int = WIDTH) -> str:
        """Write the rows as a table of so many cells at most: IRIs compact, numbers to the right.

        Nothing in it is obeyed by a terminal.
        """
        from kg.query.table import write_table

        namespaces = by_length(self.prefixes)
        rows = [[escape(_readable(term, namespaces)) for term in row] for row in self.terms]
        columns = ([row[number] for row in self.terms] for number in range(len(self.variables)))
        right = frozenset(number for number, column in enumerate(columns) if _are_numbers(column))
        return write_table(self.variables, rows, width=width, right=right)

    def to_pandas(self) -> pandas.DataFrame:
        """Make a pandas DataFrame: a column for each variable, typed where all its values are of one type.

        Whole numbers, numbers, truth values, texts and dates become pandas' own types, which know missing values; a
        column of several types keeps Python's. Raises SettingError when pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise SettingError("pandas is not installed; run `pip install pandas`") from None
        rows = self.rows
        columns = {name: _column([row[at] for row in rows], pandas.Series) for at, name in enumerate(self.variables)}
        return pandas.DataFrame(columns, index=pandas.RangeIndex(len(rows)))

    def _repr_html_(self) -> str:
        """Show the first rows in a notebook, IRIs compact, everything escaped."""
        import html

        if self.kind is Kind.ASK:
            return f"<p><strong>{'yes' if self else 'no'}</strong></p>"
        namespaces = by_length(self.prefixes)
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.variables)
        shown = self.terms[:_SHOWN]
        body = "".join(f"<tr>{''.join(_cell(term, namespaces) for term in row)}</tr>" for row in shown)
        total = f"{len(self):,} {'row' if len(self) == 1 else 'rows'}"
        told = total if len(shown) == len(self) else f"the first {len(shown):,} of {total}"
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{told}</p>"

    def _to_text(self) -> str:
        if self.kind is Kind.ASK:
            return "yes\n" if self else "no\n"
        if self.kind is Kind.CONSTRUCT:
            return self.to_turtle()
        return self.to_table()


_SHOWN: Final = 100
"""How many rows a notebook shows."""

_WRITERS: Final[dict[str, Callable[[QueryResult], str]]] = {
    "table": QueryResult._to_text,
    "csv": QueryResult.to_csv,
    "tsv": QueryResult.to_tsv,
    "json": QueryResult.to_json,
}
FORMATS: Final = tuple(_WRITERS)
"""The formats in which an answer is written."""

_INTEGERS: Final = frozenset(
    XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt")
)
_FLOATS: Final = frozenset(XSD + name for name in ("decimal", "double", "float"))
_READERS: Final[dict[str, Callable[[str], Value]]] = {
    **dict.fromkeys(_INTEGERS, int),
    **dict.fromkeys(_FLOATS, float),
    XSD + "boolean": lambda text: text in ("true", "1"),
    XSD + "date": date.fromisoformat,
    XSD + "dateTime": datetime.fromisoformat,
}


def to_python(term: Term | None) -> Value:
    """Give what a term means in Python; the text of what has no like there or is ill-formed.

    >>> to_python(Literal(95)), to_python(Literal("Lind", language="en")), to_python(None)
    (95, 'Lind', None)
    """
    if isinstance(term, Literal) and term.datatype.value in _READERS:
        try:
            return _READERS[term.datatype.value](term.value)
        except ValueError:
            return term.value
    return None if term is None else plain(term)


def plain(term: Term | None) -> str:
    """Give the characters of a term alone."""
    if isinstance(term, NamedNode | Literal):
        return term.value
    return "" if term is None else _turtle(term)


def _turtle(term: Term) -> str:
    """Write a term as Turtle 1.2 does; pyoxigraph leaves the brackets of a triple away."""
    if isinstance(term, Triple):
        return f"<<( {_turtle(term.subject)} {_turtle(term.predicate)} {_turtle(term.object)} )>>"
    return str(term)


def _readable(term: Term | None, namespaces: tuple[tuple[str, str], ...]) -> str:
    return compact_iri(term.value, namespaces) if isinstance(term, NamedNode) else plain(term)


def _cell(term: Term | None, namespaces: tuple[tuple[str, str], ...]) -> str:
    import html

    align = "right" if _is_number(term) else "left"
    hint = f' title="{html.escape(term.value)}"' if isinstance(term, NamedNode) else ""
    return f'<td style="text-align: {align}"{hint}>{html.escape(_readable(term, namespaces))}</td>'


def _column(values: list[Value], series: type[pandas.Series[Any]]) -> pandas.Series[Any]:
    """Make a column of the type that all values have, of objects where they have several or it cannot hold them."""
    types = {type(value) for value in values if value is not None}
    found = next((name for of, name in _PANDAS if types and types <= of), "object")
    try:
        return series(values, dtype=found)
    except (ValueError, OverflowError, TypeError):
        return series(values, dtype="object")


_PANDAS: Final[tuple[tuple[frozenset[type], str], ...]] = (
    (frozenset({int}), "Int64"),
    (frozenset({int, float}), "Float64"),
    (frozenset({bool}), "boolean"),
    (frozenset({str}), "string"),
    (frozenset({date}), "datetime64[s]"),
)


def _is_number(term: Term | None) -> bool:
    return isinstance(term, Literal) and term.datatype.value in (_INTEGERS | _FLOATS)


def _are_numbers(column: list[Term | None]) -> bool:
    known = [term for term in column if term is not None]
    return bool(known) and all(map(_is_number, known))


def _in_one_line(text: str) -> str:
    return text.replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")


def _to_json(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        ends = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _to_json(end) for name, end in ends.items()}}
    found: dict[str, object] = {"type": "literal", "value": term.value}
    if term.language is not None:
        return found | {"xml:lang": term.language}
    return found if term.datatype.value == XSD + "string" else found | {"datatype": term.datatype.value}
