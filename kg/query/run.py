"""Running a query on a store."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from pyoxigraph import QueryBoolean, QuerySolutions

from kg.errors import QueryError
from kg.folder import base_of, find_store, load_kept_prefixes, warn_unfinished
from kg.nesting import find_nesting
from kg.offline import asks_elsewhere
from kg.query.result import Kind, QueryResult
from kg.store import Answer, OxigraphStore, Store
from kg.store.opening import describe_fault, is_damage
from kg.vocabulary import graph_prefixes

# Patterns are compiled where they are needed: all of them take as long as to open a store.
_NAME: Final = r"[\w-]+"
_NOT_WORDS: Final = r"""(?sx)
    <[^<>\s"{}|^`]*+> | \#[^\r\n]*+
    | \"{3}(?:\"{0,2}+(?:[^"\\]|\\.))*+(?:\"{3})?+ | '{3}(?:'{0,2}+(?:[^'\\]|\\.))*+(?:'{3})?+
    | "(?:[^"\\\r\n]|\\.)*+"?+ | '(?:[^'\\\r\n]|\\.)*+'?+"""
_UPDATE: Final = r"(?i)\s*+(?:(?:PREFIX\s++\S*+|BASE)\s*+)*+(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|COPY|MOVE|ADD|WITH)\b"
_PLACE: Final = r"error at (\d+):(\d+)"
_EXPECTED: Final = r'"([^"]+)"'
_REASON: Final = r"expected one of ([A-Z][a-z]+[^,;\[]* [^,;\[]+)"
_MOST_EXPECTED: Final = 8


def query_folder(folder: Path, text: str, values: Mapping[str, str]) -> QueryResult:
    """Answer a query to the graph in a folder as `kg.Graph.query` does, of its ontologies with the prefixes alone.

    Raises StoreError when there is no graph, QueryError as `run_query` does.
    """
    with OxigraphStore(find_store(folder), read_only=True) as store:
        warn_unfinished(store, folder)
        return run_query(store, text, values, graph_prefixes(base_of(store), load_kept_prefixes(folder)))


def run_query(store: Store, text: str, values: Mapping[str, str], prefixes: Mapping[str, str]) -> QueryResult:
    """Answer a query, or the named query when the text is but a name, with `values` in place of its $names.

    Raises QueryError for what is no query, for an update, and for a name or value that is not known or missing.
    """
    if not text.strip():
        raise QueryError("the query is empty; give a SPARQL query, or one of the named queries")
    for given in (text, *values.values()):
        _check_characters(given)
    if values or re.fullmatch(_NAME, text):
        text = _fill(text, values, prefixes)
    return ask(store, text, prefixes)


def _fill(text: str, values: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    from kg.query.named import fill, find_query, set_values

    return fill(find_query(text), values, prefixes) if re.fullmatch(_NAME, text) else set_values(text, values, prefixes)


def _check_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise QueryError(f"not a SPARQL query: character {error.start + 1} is not UTF-8; write it as such") from None


def ask(store: Store, text: str, prefixes: Mapping[str, str]) -> QueryResult:
    """Answer a SPARQL query; one that would ask another server is refused, since nothing here uses the network."""
    refuse_service(text)
    deep = find_nesting(text)
    if deep is not None:
        raise QueryError(f"the query is too much for the engine: {deep}")
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
    """Raise QueryError for a query that would ask another server."""
    if asks_elsewhere(text):
        raise QueryError("SERVICE would ask another server, and kg stays offline; leave that part out")


def find_update(text: str) -> str | None:
    """Give the first word of an update, such as INSERT; None for what is none."""
    update = re.match(_UPDATE, re.sub(_NOT_WORDS, " ", text))
    return None if update is None else update[1].upper()


def explain_mistake(text: str, error: str) -> str | None:
    """Say what is wrong with a query, by the message of the engine; None when that tells nothing of it."""
    update = find_update(text)
    if update is not None:
        return (
            f"{update} would change the graph; a query only reads it: use SELECT, ASK, CONSTRUCT or DESCRIBE, and "
            "`kg build` to change what is in it"
        )
    place = re.search(_PLACE, error)
    return None if place is None else _explain(text, int(place[1]), int(place[2]), error)


def _collect(answer: Answer, prefixes: Mapping[str, str]) -> QueryResult:
    """Take the whole answer: what a query asks of functions and of services can fail half-way."""
    if isinstance(answer, QueryBoolean):
        return QueryResult.of_boolean(bool(answer), prefixes)
    if isinstance(answer, QuerySolutions):
        names = tuple(variable.value for variable in answer.variables)
        return QueryResult(Kind.SELECT, names, tuple(map(tuple, answer)), dict(prefixes))
    triples = tuple((triple.subject, triple.predicate, triple.object) for triple in answer)
    return QueryResult(Kind.CONSTRUCT, ("subject", "predicate", "object"), triples, dict(prefixes))


def _explain(text: str, line: int, column: int, error: str) -> str:
    """Say where a query goes wrong, and what could stand there."""
    lines = text.splitlines() or [""]
    here = lines[min(line, len(lines)) - 1]
    before, after = here[: column - 1].split(), here[column - 1 :].split()
    where = f'before "{" ".join(after[:3])}"' if after else f'after "{" ".join(before[-3:])}"'
    expected = sorted(set(re.findall(_EXPECTED, error.partition("; in: ")[0])))[:_MOST_EXPECTED]
    reason = re.search(_REASON, error)
    could = f"; expected {' '.join(expected)}" if expected else f": {reason[1]}" if reason else ""
    return f"not a SPARQL query: line {line}, column {column}, {where}{could}"
