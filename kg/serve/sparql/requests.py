"""Reading a request of the SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013, section 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode

from kg.serve.sparql.refusals import RefusedError

FORM: Final = "application/x-www-form-urlencoded"
DIRECT: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
READ_ONLY: Final = "this endpoint is read-only: it answers queries and takes no updates"

_ADVICE: Final = "send the query as the parameter query of a GET or a form, or as a body of " + DIRECT
_MOST_FIELDS: Final = 200
_UTF8: Final = ("utf-8", "utf8", "us-ascii")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset that it is asked of; None for the dataset of the query itself or of the graph."""

    text: str
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


def read_get(query_string: bytes) -> Asked | None:
    """Read the parameters of a GET; None when there are none of the protocol. Raises RefusedError."""
    fields = _read_fields(query_string)
    return _make(fields, _one_query(fields)) if any(name in _NAMES for name, _ in fields) else None


def read_post(content_type: str, query_string: bytes, body: bytes) -> Asked:
    """Read a POST of a form, or of a query itself with its parameters in the address. Raises RefusedError."""
    media, *parameters = (part.strip() for part in content_type.lower().split(";"))
    if media == UPDATE:
        raise RefusedError(403, READ_ONLY)
    if media not in (FORM, DIRECT):
        told = f"{media} is neither" if media else "the Content-Type is missing"
        raise RefusedError(415, f"{told} {FORM} nor {DIRECT}; {_ADVICE}" if media else f"{told}; {_ADVICE}")
    charset = next((part[8:].strip('"') for part in parameters if part.startswith("charset=")), "utf-8")
    if charset not in _UTF8:
        raise RefusedError(415, f"the charset {charset} is not UTF-8; send the query in UTF-8")
    if media == FORM:
        fields = _read_fields(body)
        return _make(fields, _one_query(fields))
    fields = _read_fields(query_string)
    if any(name in ("query", "update") for name, _ in fields):
        raise RefusedError(400, "a query stands in the address and in the body; send one of them")
    return _make(fields, _decode(body))


_NAMES: Final = ("query", "update", "default-graph-uri", "named-graph-uri")


def _read_fields(data: bytes) -> list[tuple[str, str]]:
    try:
        text = data.decode("ascii")
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise RefusedError(400, "the parameters are not percent-encoded UTF-8; send them so") from None
    except ValueError:
        raise RefusedError(400, f"there are more than {_MOST_FIELDS} parameters; send fewer") from None


def _one_query(fields: list[tuple[str, str]]) -> str:
    queries = [value for name, value in fields if name == "query"]
    if any(name == "update" for name, _ in fields):
        raise RefusedError(403, READ_ONLY)
    if len(queries) != 1:
        told = f"there are {len(queries)} queries; send one" if queries else f"there is no query; {_ADVICE}"
        raise RefusedError(400, told)
    return queries[0]


def _make(fields: list[tuple[str, str]], text: str) -> Asked:
    if not text.strip():
        raise RefusedError(400, f"the query is empty; {_ADVICE}")
    default = tuple(_check_iri(value) for name, value in fields if name == "default-graph-uri")
    named = tuple(_check_iri(value) for name, value in fields if name == "named-graph-uri")
    return Asked(text, default, named) if default or named else Asked(text)


def _check_iri(text: str) -> str:
    try:
        return NamedNode(text).value
    except ValueError:
        raise RefusedError(
            400, "default-graph-uri or named-graph-uri is no absolute IRI; send that of a graph"
        ) from None


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the query is not UTF-8 at byte {error.start + 1}; send it so") from None
