"""The process that answers queries over one state of a graph: a script, so that it starts without the rest of kg.

It is given the number of a socket, the folder of the store, and limits in bytes: of memory, of an answer. What comes
over the socket is marshalled, with its length before it: first the prefixes, which are answered with READY, then
questions. An answer is a kind, a length and the bytes that the client gets. The process ends with the socket, also in
the midst of a query.
"""

from __future__ import annotations

import io
import marshal
import os
import resource
import select
import socket
import struct
import sys
import threading
from typing import TYPE_CHECKING

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

READY, SOLUTIONS, BOOLEAN, TRIPLES = b"R", b"S", b"B", b"T"
WRONG, NOT_ACCEPTABLE, TOO_LARGE, OUT_OF_MEMORY, UNWRITABLE, FAILED = b"W", b"A", b"L", b"M", b"U", b"F"
QUESTION = struct.Struct("=I")
ANSWER = struct.Struct("=cI")

STACK = 128 << 20
"""Bytes of the stack on which queries are parsed and planned, which takes some for each level of nesting."""

_PIECE = 1 << 16
_ROWS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_TRIPLES = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}


class TooLarge(Exception):  # noqa: N818
    """The answer is longer than the limit."""


class Bounded(io.BytesIO):
    """A file in memory that takes so many bytes and no more."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Buffer, /) -> int:
        """Take bytes; raise TooLarge when there is no room."""
        if self.tell() + len(memoryview(data)) > self._limit:
            raise TooLarge
        return super().write(data)


def answer(store: Store, question: bytes, prefixes: dict[str, str], limit: int) -> tuple[bytes, bytes | memoryview]:
    """Answer one question: the kind of the answer, and its bytes or what went wrong."""
    text, default, named, rows, triples = marshal.loads(question)
    output = Bounded(limit)
    try:
        found = store.query(
            text,
            prefixes={name: iri for name, iri in prefixes.items() if f"{name}:" in text},
            default_graph=None if default is None else [NamedNode(iri) for iri in default],
            named_graphs=None if named is None else [NamedNode(iri) for iri in named],
        )
        if isinstance(found, QueryTriples):
            if triples is None:
                return NOT_ACCEPTABLE, b"triples"
            serialize(found, output, format=_TRIPLES[triples], prefixes=prefixes)
            return TRIPLES, output.getbuffer()
        if rows is None:
            return NOT_ACCEPTABLE, b"rows"
        found.serialize(output, format=_ROWS[rows])
    except SyntaxError as error:
        return WRONG, str(error).encode()
    except TooLarge:
        return TOO_LARGE, b""
    except MemoryError:
        return OUT_OF_MEMORY, b""
    except ValueError as error:
        return UNWRITABLE, str(error).encode()
    except Exception as error:  # whatever it is, the next question is answered
        return FAILED, str(error).encode()
    return (BOOLEAN if isinstance(found, QueryBoolean) else SOLUTIONS), output.getbuffer()


def serve(connection: socket.socket, path: str, limit: int) -> None:
    """Answer questions until the other end is closed."""
    try:
        store = Store.read_only(path)
        prefixes = marshal.loads(_receive(connection))
        connection.sendall(ANSWER.pack(READY, 0))
        while question := _receive(connection):
            kind, body = answer(store, question, prefixes, limit)
            connection.sendall(b"".join((ANSWER.pack(kind, len(body)), body)))
    finally:
        os._exit(0)


def _receive(connection: socket.socket) -> bytes:
    """Take the next message; nothing at the end. The other end sends one only when we have answered the last."""
    data = connection.recv(_PIECE)
    while data and (len(data) < QUESTION.size or len(data) < QUESTION.size + QUESTION.unpack_from(data)[0]):
        more = connection.recv(_PIECE)
        data = data + more if more else b""
    return data[QUESTION.size :]


def main(number: str, path: str, memory: str, limit: str) -> None:
    """Answer in a thread with a large stack, and watch the other end meanwhile."""
    most = int(memory) + STACK
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    connection = socket.socket(fileno=int(number))
    threading.stack_size(STACK)
    threading.Thread(target=serve, args=(connection, path, int(limit))).start()
    watch = select.poll()
    watch.register(connection, 0)
    watch.poll()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
