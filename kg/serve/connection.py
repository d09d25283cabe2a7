"""Connections that have no endless patience: uvicorn's own, with limits of time and size on what a client sends."""

from __future__ import annotations

import asyncio
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from kg.serve.limits import Limits

_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
_LONG: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"

_JOINED: Final = 64 << 10
"""Bytes that are sent without waiting for more."""


class _Joining:
    """A transport that sends the head of an answer with what comes first of its body, as soon as that is there."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._loop = asyncio.get_running_loop()
        self._pieces: list[bytes] = []
        self._held = 0

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self._pieces.append(data)
        self._held += len(data)
        if len(self._pieces) > 1 or self._held > _JOINED:
            self._send()
        else:
            self._loop.call_soon(self._send)

    def close(self) -> None:
        self._send()
        self._transport.close()

    def get_write_buffer_size(self) -> int:
        return self._held + self._transport.get_write_buffer_size()

    def _send(self) -> None:
        if self._pieces:
            data = b"".join(self._pieces)
            self._pieces, self._held = [], 0
            self._transport.write(data)


class Connection(HttpToolsProtocol):
    """One connection of a client: it is closed when a request takes too long to arrive, or an answer to be read."""

    limits = Limits()
    """Those of a subclass that `make_protocol` makes."""

    def __init__(self, *args: Any, **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self._head_bytes = self._chunked_bytes = 0
        self._in_head, self._is_chunked = True, False
        self._unread = 0
        self._reading: asyncio.TimerHandle | None = None
        self._writing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, unless too many are open."""
        super().connection_made(cast("asyncio.Transport", _Joining(transport)))
        if len(self.connections) > self.limits.connections:
            transport.abort()
            return
        self._await_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget what was waited for."""
        self._stop_reading()
        self._stop_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what a client sends: the head of a request in time and of a bounded size."""
        if self._in_head:
            self._head_bytes += len(data)
        elif self._is_chunked:
            self._chunked_bytes += len(data)
            if self._chunked_bytes > 2 * self.limits.body:
                self.transport.close()
                return
        super().data_received(data)
        if self._in_head and self._head_bytes > self.limits.head and not self.transport.is_closing():
            self.transport.write(_LONG)
            self.transport.close()
        if self._reading is None and (self._head_bytes or not self._in_head):
            self._await_request()

    def on_headers_complete(self) -> None:
        """Go on to the body."""
        self._in_head = False
        self._head_bytes = self._chunked_bytes = 0
        self._is_chunked = any(name == b"transfer-encoding" for name, _ in self.headers)
        self._stop_reading()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Wait for the next request, which may begin when it likes as long as the connection is kept."""
        self._stop_reading()
        self._in_head = True
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Close an idle connection; one whose client still reads stays for as long as it does."""
        unread = self.transport.get_write_buffer_size()
        if unread and unread != self._unread and not self.transport.is_closing():
            self._unread = unread
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        elif unread:
            self.transport.abort()
        else:
            super().timeout_keep_alive_handler()

    def pause_writing(self) -> None:
        """Wait for a client that does not read; it loses the connection in the end."""
        super().pause_writing()
        self._stop_writing()
        self._writing = self.loop.call_later(self.limits.reading, self._abort)

    def resume_writing(self) -> None:
        """Go on writing."""
        self._stop_writing()
        super().resume_writing()

    def _await_request(self) -> None:
        self._stop_reading()
        self._reading = self.loop.call_later(self.limits.reading, self._refuse_slow)

    def _refuse_slow(self) -> None:
        if self.transport.is_closing():
            return
        if self._in_head:
            self.transport.write(_SLOW)
        self.transport.close()

    def _abort(self) -> None:
        self.transport.abort()

    def _stop_reading(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None

    def _stop_writing(self) -> None:
        if self._writing is not None:
            self._writing.cancel()
            self._writing = None


def make_protocol(limits: Limits) -> type[Connection]:
    """Make the class of connections with these limits, for uvicorn's setting `http`."""
    return type("Connection", (Connection,), {"limits": limits})
