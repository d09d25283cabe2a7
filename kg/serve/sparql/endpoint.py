"""The endpoint as an ASGI application: a request is read, a worker asked, and its bytes sent on as they are.

Look-ups are answered at once (kg.serve.sparql.lookups).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from kg.errors import KgError, QueryError
from kg.query.run import explain_mistake, refuse_service
from kg.serve.limits import Limits
from kg.serve.snapshot import Snapshot, Snapshots
from kg.serve.sparql import worker
from kg.serve.sparql.description import describe_service
from kg.serve.sparql.formats import ROWS, TRIPLES, Wanted, negotiate
from kg.serve.sparql.lookups import look_up
from kg.serve.sparql.pool import Answer, Pool, Question
from kg.serve.sparql.refusals import RefusedError
from kg.serve.sparql.requests import Asked, read_get, read_post

Headers = list[tuple[bytes, bytes]]

_METHODS: Final = "GET, HEAD, OPTIONS, POST"
_CORS: Final[Headers] = [(b"access-control-allow-origin", b"*"), (b"vary", b"accept")]
_PREFLIGHT: Final[Headers] = [
    (b"access-control-allow-methods", _METHODS.encode()),
    (b"access-control-allow-headers", b"accept, content-type"),
    (b"access-control-max-age", b"86400"),
    (b"allow", _METHODS.encode()),
]
_TEXT: Final = "text/plain; charset=utf-8"
_WITH_CHARSET: Final = ("text/",)
_PIECE: Final = 256 << 10
_NARROW: Final = "add LIMIT, or name fewer variables"


class SparqlEndpoint:
    """Answers SPARQL queries over the current state of a graph, and nothing else."""

    def __init__(self, snapshots: Snapshots, pool: Pool, limits: Limits) -> None:
        self._snapshots = snapshots
        self._pool = pool
        self._limits = limits
        self._sending = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._respond(scope, receive, send)
        except RefusedError as refused:
            headers = [(name.lower().encode(), value.encode()) for name, value in refused.headers.items()]
            await _send(send, refused.status, _TEXT, f"{refused}\n".encode(), headers)
        except QueryError as error:
            await _send(send, 400, _TEXT, f"{error}\n".encode())

    async def _respond(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        if method == "OPTIONS":
            await _send(send, 204, None, b"", _PREFLIGHT)
            return
        if method not in ("GET", "HEAD", "POST"):
            raise RefusedError(405, f"{method} is not answered; ask with GET or POST", {"Allow": _METHODS})
        wanted = negotiate(", ".join(_values(scope, b"accept")))
        if method == "POST":
            content_type = next(_values(scope, b"content-type"), "")
            asked: Asked | None = read_post(content_type, scope["query_string"], await self._read_body(receive))
        else:
            asked = read_get(scope["query_string"])
        if asked is None:
            await self._describe(scope, wanted, send)
            return
        snapshot = await self._find_snapshot()
        rows, triples = wanted.rows, wanted.triples
        question = Question(
            asked.text,
            asked.default_graphs,
            asked.named_graphs,
            None if rows is None else ROWS[rows],
            None if triples is None else TRIPLES[triples],
        )
        answer = look_up(snapshot, question) or await self._ask_worker(snapshot, question, receive)
        media = triples if answer.kind == worker.TRIPLES else rows
        if answer.kind not in (worker.SOLUTIONS, worker.BOOLEAN, worker.TRIPLES) or media is None:
            raise self._explain(asked, answer)
        await self._send_answer(send, media, answer.body)

    async def _ask_worker(self, snapshot: Snapshot, question: Question, receive: Receive) -> Answer:
        text = question.text
        if len(text) > self._limits.query or len(text.encode()) > self._limits.query:
            raise RefusedError(413, f"the query is longer than {self._limits.query >> 10:,} KB; shorten it")
        refuse_service(text)

        async def until_gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        return await self._pool.ask(snapshot, question, until_gone)

    async def _read_body(self, receive: Receive) -> bytes:
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise RefusedError(400, "the request ended before its body did; send it again")
            body += message.get("body", b"")
            if not message.get("more_body", False):
                return bytes(body)

    async def _find_snapshot(self) -> Snapshot:
        try:
            return (
                await run_in_threadpool(self._snapshots.current) if self._snapshots.due else self._snapshots.current()
            )
        except KgError as error:
            raise RefusedError(503, str(error), {"Retry-After": "5"}) from None

    async def _describe(self, scope: Scope, wanted: Wanted, send: Send) -> None:
        if wanted.page:
            await _send(send, 303, None, b"", [(b"location", b"/query")])
            return
        if wanted.triples is None:
            raise RefusedError(406, f"the description of the service is had as {', '.join(TRIPLES)}")
        host = next(_values(scope, b"host"), "localhost")
        address = f"{scope['scheme']}://{host}{scope['path']}"
        body = describe_service(address, await self._find_snapshot(), TRIPLES[wanted.triples])
        await _send(send, 200, wanted.triples, body)

    def _explain(self, asked: Asked, answer: Answer) -> RefusedError:
        told = answer.body.decode(errors="replace")
        match answer.kind:
            case worker.WRONG:
                return RefusedError(400, explain_mistake(asked.text, told) or f"not a SPARQL query: {told}")
            case worker.NOT_ACCEPTABLE:
                offered = TRIPLES if told == "triples" else ROWS
                return RefusedError(406, f"the answer is had as {', '.join(offered)}; accept one of them")
            case worker.TOO_LARGE:
                most = self._limits.result >> 20
                return RefusedError(503, f"the query was stopped: its answer is longer than {most:,} MB; {_NARROW}")
            case worker.OUT_OF_MEMORY:
                most = self._limits.memory >> 20
                return RefusedError(503, f"the query was stopped: it took more than {most:,} MB of memory; {_NARROW}")
            case worker.UNWRITABLE:
                return RefusedError(406, f"the answer cannot be written in this format ({told}); accept another")
        return RefusedError(500, f"the query cannot be answered: {told}")

    async def _send_answer(self, send: Send, media: str, body: bytes) -> None:
        if len(body) <= _PIECE:
            await _send(send, 200, media, body)
            return
        if self._sending + len(body) > self._limits.results:
            raise RefusedError(503, "too many long answers are being read; ask again in a moment", {"Retry-After": "5"})
        self._sending += len(body)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _head(media, len(body))})
            for start in range(0, len(body), _PIECE):
                more = start + _PIECE < len(body)
                piece = body[start : start + _PIECE]
                await send({"type": "http.response.body", "body": piece, "more_body": more})
        finally:
            self._sending -= len(body)


def _values(scope: Scope, name: bytes) -> Iterator[str]:
    return (value.decode("latin-1") for key, value in scope["headers"] if key == name)


def _head(media: str | None, length: int, more: Headers | None = None) -> Headers:
    headers = [*_CORS, (b"content-length", str(length).encode()), *(more or ())]
    if media is not None:
        charset = "; charset=utf-8" if media.startswith(_WITH_CHARSET) and ";" not in media else ""
        headers.append((b"content-type", f"{media}{charset}".encode()))
    return headers


async def _send(send: Send, status: int, media: str | None, body: bytes, more: Headers | None = None) -> None:
    await send({"type": "http.response.start", "status": status, "headers": _head(media, len(body), more)})
    await send({"type": "http.response.body", "body": body})
