"""Literals in the one form that a store gives back."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad

from kg.model import Value
from kg.vocabulary import XSD

BOOLEAN: Final = NamedNode(XSD + "boolean")
DECIMAL: Final = NamedNode(XSD + "decimal")
INTEGER: Final = NamedNode(XSD + "integer")

_HUNDREDTH: Final = Decimal("0.01")
_DATES: Final = (
    (re.compile(r"\d{4}"), "gYear"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d-\d\dT.+"), "dateTime"),
)
_NODE: Final = NamedNode("https://kg.example/literal")


def text(value: str) -> Literal:
    """Make a plain string."""
    return Literal(value)


def english(value: str) -> Literal:
    """Make a text in English."""
    return Literal(value, language="en")


def boolean(value: bool) -> Literal:
    """Make a boolean."""
    return Literal("true" if value else "false", datatype=BOOLEAN)


def integer(value: int) -> Literal:
    """Make an integer."""
    return Literal(str(value), datatype=INTEGER)


def decimal(value: float) -> Literal:
    """Make a decimal that keeps every digit of a number."""
    return Literal(_plain(Decimal(repr(float(value)))), datatype=DECIMAL)


@lru_cache(maxsize=4096)
def hundredths(value: float) -> Literal:
    """Make a decimal of at most two digits.

    >>> str(hundredths(0.8949))
    '"0.89"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return Literal(_plain(Decimal(repr(float(value))).quantize(_HUNDREDTH, ROUND_HALF_EVEN)), datatype=DECIMAL)


def typed(value: Value) -> Literal:
    """Make the literal of a value, as a store gives it back: "095" as an integer is 95.

    Oxigraph keeps numbers, dates and booleans by value, not by their characters; a graph written from memory and one
    read from a store must be the same.

    >>> typed(Value("0.50", XSD + "decimal")).value
    '0.5'
    """
    return _stored(value.text, value.datatype)


def dated(value: str) -> Literal:
    """Make the literal of an ISO 8601 date of any precision; what a store would write otherwise stays a plain string.

    >>> str(dated("2016-05"))
    '"2016-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'
    >>> str(dated("May 2016"))
    '"May 2016"'
    """
    datatype = next((name for pattern, name in _DATES if pattern.fullmatch(value)), None)
    if datatype is None:
        return text(value)
    literal = typed(Value(value, XSD + datatype))
    return literal if literal.value == value else text(value)


@lru_cache(maxsize=4096)
def _stored(lexical: str, datatype: str) -> Literal:
    store = pyoxigraph.Store()
    store.add(Quad(_NODE, _NODE, Literal(lexical, datatype=NamedNode(datatype))))
    (quad,) = store
    assert isinstance(quad.object, Literal)
    return quad.object


def _plain(number: Decimal) -> str:
    written = format(number, "f")
    return (written.rstrip("0").rstrip(".") if "." in written else written) or "0"
