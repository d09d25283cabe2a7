"""Named queries: the .rq files beside the shipped ontologies, and the values that they ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.ontology import shipped_ontologies
from kg.ontology.near import did_you_mean

FOLDER: Final = "queries"

_PARAMETER: Final = re.compile(r"\$([A-Za-z_]\w*)")
_IRI: Final = re.compile(r"<[^\s<>\"{}|^`\\]+>|[A-Za-z][\w-]*:[^\s\"<>]+")


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query with a name: what it tells, its text, and the names of the values that it asks for."""

    name: str
    description: str
    text: str
    parameters: tuple[str, ...]


def named_queries() -> dict[str, NamedQuery]:
    """Read the named queries, sorted by name."""
    folder = shipped_ontologies()[0].parent / FOLDER
    queries = (_read(path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.rq")))
    return {query.name: query for query in queries}


def find_query(name: str) -> NamedQuery:
    """Find a named query; raise QueryError, with near names, when there is none."""
    queries = named_queries()
    if name not in queries:
        near = did_you_mean(name, queries) or f"; there are {', '.join(queries)}"
        raise QueryError(f'no query is named "{name}"{near}')
    return queries[name]


def fill(query: NamedQuery, values: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """Put the values in place of $name; raise QueryError when one is missing."""
    missing = [name for name in query.parameters if name not in values]
    if missing:
        name = missing[0]
        raise QueryError(f'the query {query.name} asks for a {name}; give it as in --set {name}="..."')
    return set_values(query.text, values, prefixes)


def set_values(text: str, values: Mapping[str, str], prefixes: Mapping[str, str]) -> str:
    """Put values in place of $name in a query, as terms of SPARQL: nothing in a value can become query text.

    A value that is an IRI in angle brackets or of a known prefix stands for that IRI, any other for a string. Raises
    QueryError for a value that the query has no place for.

    >>> set_values("ASK { ?x rdfs:label $name }", {"name": 'O"Hara'}, {})
    'ASK { ?x rdfs:label "O\\\\"Hara" }'
    """
    known = set(_PARAMETER.findall(text))
    for name in values:
        if name not in known:
            near = did_you_mean(name, known) or (f"; it asks for {', '.join(sorted(known))}" if known else "")
            raise QueryError(f"the query has no ${name} to set{near}")

    def term(found: re.Match[str]) -> str:
        return _term(values[found[1]], prefixes) if found[1] in values else found[0]

    return _PARAMETER.sub(term, text)


def _term(value: str, prefixes: Mapping[str, str]) -> str:
    prefix, _, local = value.partition(":")
    if _IRI.fullmatch(value) and (value.startswith("<") or prefix in prefixes):
        with suppress(ValueError):  # <script> looks like one
            return str(NamedNode(value[1:-1] if value.startswith("<") else prefixes[prefix] + local))
    return str(Literal(value))


def _read(name: str, text: str) -> NamedQuery:
    first, _, rest = text.partition("\n")
    parameters = tuple(dict.fromkeys(_PARAMETER.findall(rest)))
    return NamedQuery(name, first.lstrip("# ").rstrip(), rest, parameters)
