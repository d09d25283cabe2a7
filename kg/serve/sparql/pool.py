"""Workers that answer queries, a few at a time, and are ended when a query takes too long or too much."""

from __future__ import annotations

import asyncio
import marshal
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from typing import Final, TypeVar, cast

from kg.serve.limits import Limits
from kg.serve.snapshot import Snapshot
from kg.serve.sparql import worker
from kg.serve.sparql.refusals import GONE, RefusedError

T = TypeVar("T")

_SLOW: Final = 1.0
"""Seconds of work after which a worker is replaced: what a large query leaves in memory goes with it."""

_LARGE: Final = 8 << 20
_STARTING: Final = 30.0
_STOPPING: Final = 3.0
_TICK: Final = 0.1
"""Seconds between two looks at the clock: no query needs a timer of its own."""

_LATER: Final = {"Retry-After": "5"}
_NARROW: Final = "name more of what you look for, or add LIMIT"
_MORE_TIME: Final = "or let the server take longer (`kg serve --timeout SECONDS`)"


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its dataset, the graph's own where None, and the formats for rows and for triples, or None."""

    text: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    rows: str | None
    triples: str | None

    def pack(self) -> bytes:
        """Give the bytes for the worker."""
        return _pack((self.text, self.default_graphs, self.named_graphs, self.rows, self.triples))


@dataclass(frozen=True, slots=True)
class Answer:
    """The kind of an answer, as the worker names it, and its bytes."""

    kind: bytes
    body: bytes


class Worker(asyncio.Protocol):
    """One process, and the socket to it. It answers one question at a time."""

    def __init__(self, snapshot: Snapshot, limits: Limits) -> None:
        self.version = snapshot.version
        self.asked_at = 0.0
        self.watch: asyncio.Task[None] | None = None
        self.until_gone: Callable[[], Awaitable[object]] | None = None
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._files = snapshot.files
        self._prefixes = snapshot.prefixes
        self._limits = limits
        self._pieces: list[bytes] = []
        self._taken = self._length = 0
        self._waiting: asyncio.Future[Answer] | None = None
        self._ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._ending: RefusedError | None = None
        self._transport: asyncio.Transport | None = None
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start the process, and wait until it has opened the store."""
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-P", worker.__file__, str(theirs.fileno()), str(self._files.path)]
            limits = [str(self._limits.memory), str(self._limits.result)]
            self._process = subprocess.Popen(
                command + limits,
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,
            )
        ours.setblocking(False)
        await asyncio.get_running_loop().create_unix_connection(lambda: self, sock=ours)
        assert self._transport is not None
        self._transport.write(_pack(self._prefixes))
        await self._ready

    @property
    def is_open(self) -> bool:
        """Whether it can be asked."""
        return self._transport is not None and not self._transport.is_closing()

    def ask(self, question: Question) -> asyncio.Future[Answer]:
        """Ask, once the last question was answered; the future raises RefusedError when the process ends first."""
        assert self._transport is not None
        self._waiting = asyncio.get_running_loop().create_future()
        self._transport.write(question.pack())
        return self._waiting

    def end(self, reason: RefusedError | None = None) -> None:
        """End the process, whatever it does; whoever waits is told the reason."""
        self._ending = self._ending or reason
        if self._process is not None:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    # -- asyncio.Protocol ----------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Take an answer, or a piece of one."""
        self._pieces.append(data)
        self._taken += len(data)
        if self._taken < worker.ANSWER.size or self._taken < self._length:
            return
        if len(self._pieces) > 1 and not self._length:
            self._pieces = [b"".join(self._pieces)]
        kind, length = worker.ANSWER.unpack_from(self._pieces[0])
        self._length = worker.ANSWER.size + length
        if self._taken < self._length:
            return
        body = b"".join(self._pieces)[worker.ANSWER.size :]
        self._pieces, self._taken, self._length = [], 0, 0
        if kind == worker.READY:
            _settle(self._ready, None)
        elif self._waiting is not None:
            _settle(self._waiting, Answer(kind, body))

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits how the process ended."""
        loop = asyncio.get_running_loop()
        loop.run_in_executor(None, self._reap).add_done_callback(lambda ended: self._tell(ended.result()))

    def _reap(self) -> int:
        assert self._process is not None
        try:
            return self._process.wait(1.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _tell(self, code: int) -> None:
        reason = self._ending or RefusedError(503, _explain_end(code, self._limits))
        for each in (self._ready, self._waiting):
            if each is not None and not each.done():
                each.set_exception(reason)
                each.exception()  # it may be that nobody waits any more
        _settle(self.ended, None)


class Pool:
    """So many workers as the limits say, started when they are needed, and a bounded queue before them.

    It belongs to the event loop in which it is first asked; `close` it there.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._alive: set[Worker] = set()
        self._free = limits.workers
        self._queue: deque[asyncio.Future[None]] = deque()
        self._ticker: asyncio.TimerHandle | None = None
        self._closed = False

    async def warm(self, snapshot: Snapshot) -> None:
        """Start a worker for the first question."""
        self._idle.append(await self._start(snapshot))

    async def ask(
        self, snapshot: Snapshot, question: Question, until_gone: Callable[[], Awaitable[object]] | None = None
    ) -> Answer:
        """Have a question answered. Raises RefusedError, with what to do, at a limit or when too many wait.

        `until_gone` returns when nobody wants the answer any more, which ends the query.
        """
        if self._free:
            self._free -= 1
        else:
            await self._wait()
        asked = None
        fresh = False
        try:
            asked = self._take(snapshot) or await self._start(snapshot)
            asked.asked_at = since = monotonic()
            asked.until_gone = until_gone
            self._busy.add(asked)
            if self._ticker is None:
                self._ticker = asyncio.get_running_loop().call_later(_TICK, self._tick)
            answer = await asked.ask(question)
            fresh = monotonic() - since < _SLOW and len(answer.body) < _LARGE
            return answer
        finally:
            if asked is not None:
                self._put_back(asked, fresh=fresh)
            self._pass_on()

    async def close(self) -> None:
        """End all workers, and wait until they have ended."""
        self._closed = True
        self._idle.clear()
        for each in self._alive:
            each.end(RefusedError(503, "the server is stopping"))
        if self._alive:
            await asyncio.wait([each.ended for each in self._alive], timeout=_STOPPING)

    def _take(self, snapshot: Snapshot) -> Worker | None:
        """Take an idle worker over this state; those over earlier ones have done their work."""
        while self._idle:
            found = self._idle.pop()
            if found.is_open and found.version == snapshot.version:
                return found
            found.end()
        return None

    async def _start(self, snapshot: Snapshot) -> Worker:
        made = Worker(snapshot, self._limits)
        self._alive.add(made)
        made.ended.add_done_callback(lambda _: self._alive.discard(made))
        try:
            async with asyncio.timeout(_STARTING):
                await made.start()
        except BaseException as error:
            made.end()
            if isinstance(error, TimeoutError):
                raise RefusedError(
                    503, "the query cannot be answered just now; ask again in a moment", _LATER
                ) from None
            raise
        return made

    async def _wait(self) -> None:
        """Wait until another query passes its place on."""
        if len(self._queue) >= self._limits.queue:
            raise RefusedError(503, "too many queries are waiting; ask again in a moment", _LATER)
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        try:
            async with asyncio.timeout(self._limits.timeout):
                await turn
        except BaseException as error:
            if turn in self._queue:
                self._queue.remove(turn)
            elif turn.done() and not turn.cancelled():
                self._pass_on()
            if isinstance(error, TimeoutError):
                raise RefusedError(503, "other queries took all the time; ask again in a moment", _LATER) from None
            raise

    def _pass_on(self) -> None:
        while self._queue:
            turn = self._queue.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1

    def _put_back(self, done: Worker, *, fresh: bool) -> None:
        self._busy.discard(done)
        if done.watch is not None:
            done.watch.cancel()
            done.watch = None
        if fresh and done.is_open and not self._closed:
            self._idle.append(done)
        else:
            done.end()

    def _tick(self) -> None:
        """End the queries that took too long, and look whether the clients of the others are still there."""
        now = monotonic()
        loop = asyncio.get_running_loop()
        for each in self._busy:
            age = now - each.asked_at
            if age > self._limits.timeout:
                told = f"the query was stopped after {self._limits.timeout:g} seconds; {_NARROW}, {_MORE_TIME}"
                each.end(RefusedError(503, told))
            elif age > _TICK / 2 and each.watch is None and each.until_gone is not None:
                each.watch = loop.create_task(_end_when_gone(each, each.until_gone))
        self._ticker = loop.call_later(_TICK, self._tick) if self._busy else None


async def _end_when_gone(asked: Worker, until_gone: Callable[[], Awaitable[object]]) -> None:
    await until_gone()
    asked.end(RefusedError(GONE, "the client has gone"))


def _settle(waiting: asyncio.Future[T], value: T) -> None:
    if not waiting.done():
        waiting.set_result(value)


def _explain_end(code: int, limits: Limits) -> str:
    if code == -signal.SIGSEGV:
        return "the query is nested too deeply; write it with fewer levels of brackets or fewer alternatives"
    if code in (-signal.SIGABRT, -signal.SIGKILL):
        return f"the query was stopped: it took more than {limits.memory >> 20:,} MB of memory; {_NARROW}"
    return f"the query could not be answered (the worker ended with code {code}); ask again"


def _pack(value: dict[str, str] | tuple[str | tuple[str, ...] | None, ...]) -> bytes:
    data = marshal.dumps(value)
    return worker.QUESTION.pack(len(data)) + data
