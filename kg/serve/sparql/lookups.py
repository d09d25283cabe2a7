"""Look-ups: queries of one pattern, which are answered at once, as the way to a worker takes longer than they do.

Nothing in them is planned or nested, and each step gives a row, so that they can neither crash nor last. They are read
here and answered from an index of the store; whatever is not that simple is left to a worker.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import StoreError
from kg.serve.snapshot import Snapshot
from kg.serve.sparql import worker
from kg.serve.sparql.pool import Answer, Question
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import TYPE, XSD

_NODE: Final = r"""<[^<>"{}|^`\\\x00-\x20]++> | [a-z][\w-]*+:[\w-]++ | \?\w++"""
_TEXT: Final = r""""[^"\\\r\n]*+"(?:@[a-z]++(?:-[a-z\d]++)*+)?+"""
_LOOKUP: Final = re.compile(
    rf"""\s*+ (?:ASK | SELECT\s*+(\*|(?:\?\w++\s*+)++)) \s*+ (?:WHERE\s*+)?+
    \{{ \s*+ ({_NODE})\s++ ({_NODE} | a)\s++ ({_NODE} | {_TEXT}) \s*+\.?+\s*+ \}} \s*+""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_STRING: Final = NamedNode(XSD + "string")
_quote: Final = json.JSONEncoder(ensure_ascii=False).encode
_LONGEST: Final = 2_000
"""Characters of a query that may be one."""

_MOST: Final = 100
"""Rows that are given so; an answer of more is left to a worker."""


def look_up(snapshot: Snapshot, question: Question) -> Answer | None:
    """Answer a look-up in the graph's own dataset, in JSON; None for all else, and for what is wrong."""
    text = question.text
    found = _LOOKUP.fullmatch(text) if len(text) <= _LONGEST and question.rows == "json" else None
    if found is None or question.default_graphs is not None or question.named_graphs is not None:
        return None
    asked, *parts = found.groups()
    variables = [part[1:] for part in parts if part[0] == "?"]
    names = sorted(variables) if asked == "*" else (asked or "").replace("?", " ").split()
    if len(set(variables)) < len(variables) or len(set(names)) < len(names):
        return None
    try:
        subject, predicate, object = (_read(part, snapshot.prefixes) for part in parts)
        assert not isinstance(subject, Literal)
        assert not isinstance(predicate, Literal)
        quads = snapshot.store.quads(subject, predicate, object, graph=DEFAULT_GRAPH)
        told = list(islice(quads, 1 if asked is None else _MOST + 1))
        if asked is None:
            return Answer(worker.BOOLEAN, b'{"head":{},"boolean":true}' if told else b'{"head":{},"boolean":false}')
        if len(told) > _MOST:
            return None
        places = [(name, parts.index(f"?{name}")) for name in names if name in variables]
        rows = (",".join(f"{_quote(name)}:{_tell(quad[number])}" for name, number in places) for quad in told)
        bindings = ",".join(f"{{{row}}}" for row in rows)
    except (StoreError, KeyError, TypeError, ValueError):
        return None
    head = ",".join(map(_quote, names))
    body = f'{{"head":{{"vars":[{head}]}},"results":{{"bindings":[{bindings}]}}}}'
    return Answer(worker.SOLUTIONS, body.encode())


def _read(part: str, prefixes: dict[str, str]) -> NamedNode | Literal | None:
    """Read a term; None for a variable. Raises KeyError for an unknown prefix, ValueError for what is no IRI."""
    match part[0]:
        case "?":
            return None
        case "<":
            return NamedNode(part[1:-1])
        case '"':
            value, _, language = part[1:].rpartition('"')
            return Literal(value, language=language[1:] or None)
    if part == "a":
        return NamedNode(TYPE)
    prefix, _, local = part.partition(":")
    return NamedNode(prefixes[prefix] + local)


def _tell(term: object) -> str:
    """Write a term as the SPARQL 1.1 Query Results JSON Format has it. Raises TypeError for a triple."""
    if isinstance(term, NamedNode):
        return f'{{"type":"uri","value":{_quote(term.value)}}}'
    if isinstance(term, BlankNode):
        return f'{{"type":"bnode","value":{_quote(term.value)}}}'
    if not isinstance(term, Literal):
        raise TypeError(f"{term} is left to a worker")
    more = ""
    if term.language is not None:
        more = f',"xml:lang":{_quote(term.language)}'
    elif term.datatype != _STRING:
        more = f',"datatype":{_quote(term.datatype.value)}'
    return f'{{"type":"literal","value":{_quote(term.value)}{more}}}'
