"""Running a query on a store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from pyoxigraph import QueryBoolean, QuerySolutions

from kg.errors import QueryError
from kg.query.named import fill, find_query, set_values
from kg.query.result import Kind, QueryResult
from kg.store import Answer, Store
from kg.store.opening import describe_fault, is_damage

_NAME: Final = re.compile(r"[\w-]+")
_NOT_WORDS: Final = re.compile(
    r"""<[^<>\s"{}|^`]*+> | \#[^\r\n]*+
    | \"{3}(?:\"{0,2}+(?:[^"\\]|\\.))*+(?:\"{3})?+ | '{3}(?:'{0,2}+(?:[^'\\]|\\.))*+(?:'{3})?+
    | "(?:[^"\\\r\n]|\\.)*+"?+ | '(?:[^'\\\r\n]|\\.)*+'?+""",
    re.DOTALL | re.VERBOSE,
)
_UPDATE: Final = re.compile(
    r"\s*+(?:(?:PREFIX\s++\S*+|BASE)\s*+)*+(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)
_SERVICE: Final = re.compile(r"[?$:]\w*+|(SERVICE)", re.IGNORECASE)
_CALLED: Final = re.compile(
    r"(?:\s++|#[^\r\n]*+)*+(?:SILENT(?:\s++|#[^\r\n]*+)*+)?+(?:<[^>]*+>|[?$][^\s{]*+|[^\s:{}()\"'<>]*+:[^\s{]*+)"
    r"(?:\s++|#[^\r\n]*+)*+\{",
    re.IGNORECASE,
)
_MOST_LOOKED_AT: Final = 100
_PLACE: Final = re.compile(r"error at (\d+):(\d+)")
_EXPECTED: Final = re.compile(r'"([^"]+)"')
_REASON: Final = re.compile(r"expected one of ([A-Z][a-z]+[^,;\[]* [^,;\[]+)")
_MOST_EXPECTED: Final = 8


def run_query(store: Store, text: str, values: Mapping[str, str], prefixes: Mapping[str, str]) -> QueryResult:
    """Answer a query, or the named query when the text is but a name, with `values` in place of its $names.

    Raises QueryError for what is no query, for an update, and for a name or value that is not known or missing.
    """
    if not text.strip():
        raise QueryError("the query is empty; give a SPARQL query, or one of the named queries")
    for given in (text, *values.values()):
        _check_characters(given)
    if _NAME.fullmatch(text):
        return ask(store, fill(find_query(text), values, prefixes), prefixes)
    return ask(store, set_values(text, values, prefixes) if values else text, prefixes)


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"not a SPARQL query: character {error.start + 1} is not UTF-8; write it as such") from None


def ask(store: Store, text: str, prefixes: Mapping[str, str]) -> QueryResult:
    """Answer a SPARQL query; one that would ask another server is refused, since nothing here uses the network."""
    refuse_service(text)
    try:
        return _collect(store.query(text, prefixes=prefixes), prefixes)
    except (OSError, RuntimeError) as error:
        if is_damage(error):
            raise describe_fault("the store", error) from error
        raise QueryError(f"the query cannot be answered: {error}") from error
    except QueryError as error:
        told = explain_mistake(text, str(error))
        if told is None:
            raise
        raise QueryError(told) from error


def refuse_service(text: str) -> None:
    """Raise QueryError for a query that would ask another server.

    All that could be read as SERVICE counts, in a string or a comment too: an engine may see other tokens than we do.
    """
    words = (found for found in _SERVICE.finditer(text) if found[1])
    if any(number >= _MOST_LOOKED_AT or _CALLED.match(text, found.end()) for number, found in enumerate(words)):
        raise QueryError("SERVICE would ask another server, and kg stays offline; leave that part out")


def find_update(text: str) -> str | None:
    """Give the first word of an update, such as INSERT; None for what is none."""
    update = _UPDATE.match(_NOT_WORDS.sub(" ", text))
    return None if update is None else update[1].upper()


def explain_mistake(text: str, error: str) -> str | None:
    """Say what is wrong with a query, by the message of the engine; None when that tells nothing of it."""
    update = find_update(text)
    if update is not None:
        return (
            f"{update} would change the graph; a query only reads it: use SELECT, ASK, CONSTRUCT or DESCRIBE, and "
            "`kg build` to change what is in it"
        )
    place = _PLACE.search(error)
    return None if place is None else _explain(text, int(place[1]), int(place[2]), error)


def _collect(answer: Answer, prefixes: Mapping[str, str]) -> QueryResult:
    """Take the whole answer: what a query asks of functions and of services can fail half-way."""
    if isinstance(answer, QueryBoolean):
        return QueryResult.of_boolean(bool(answer), prefixes)
    if isinstance(answer, QuerySolutions):
        names = tuple(variable.value for variable in answer.variables)
        rows = tuple(tuple(solution[name] for name in names) for solution in answer)
        return QueryResult(Kind.SELECT, names, rows, dict(prefixes))
    triples = tuple((triple.subject, triple.predicate, triple.object) for triple in answer)
    return QueryResult(Kind.CONSTRUCT, ("subject", "predicate", "object"), triples, dict(prefixes))


def _explain(text: str, line: int, column: int, error: str) -> str:
    """Say where a query goes wrong, and what could stand there."""
    lines = text.splitlines() or [""]
    here = lines[min(line, len(lines)) - 1]
    before, after = here[: column - 1].split(), here[column - 1 :].split()
    where = f'before "{" ".join(after[:3])}"' if after else f'after "{" ".join(before[-3:])}"'
    expected = sorted(set(_EXPECTED.findall(error.partition("; in: ")[0])))[:_MOST_EXPECTED]
    reason = _REASON.search(error)
    could = f"; expected {' '.join(expected)}" if expected else f": {reason[1]}" if reason else ""
    return f"not a SPARQL query: line {line}, column {column}, {where}{could}"
