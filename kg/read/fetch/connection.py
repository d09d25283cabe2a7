"""Connections to public hosts alone, and with an end: what is looked at is what is connected to.

The address that a name resolves to is judged here and then used, so that a name that resolves to another address the
next moment leads nowhere. That covers every way of writing an address (decimal, octal, mapped into IPv6).
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable
from typing import Any, Final

import httpcore

from kg.errors import SourceError
from kg.read.fetch.address import is_public

CONNECT: Final = 10.0
"""Seconds in which a host has to take a connection."""
_MOST_ADDRESSES: Final = 4


class PrivateAddressError(SourceError):
    """A host is not on the public Internet."""


class Network(httpcore.NetworkBackend):
    """Opens connections that all end at `deadline`, a time of `time.monotonic`."""

    def __init__(self, *, allow_private: bool) -> None:
        self.deadline = float("inf")
        self._allow_private = allow_private
        self._sockets = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host by its name; raise PrivateAddressError for one that is not public."""
        addresses = _resolve(host, port)
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise PrivateAddressError(
                        f"is at {address}, which is not on the public Internet, so it is not fetched; "
                        "--allow-private allows it"
                    )
        problem: Exception = httpcore.ConnectError("it has no address")
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                stream = self._sockets.connect_tcp(
                    address, port, self.left(CONNECT), local_address, list(socket_options or ())
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                problem = error
            else:
                return _Stream(stream, self)
        raise problem

    def left(self, timeout: float | None) -> float:
        """Give the seconds that something may take; raise httpcore's ReadTimeout when the time is over."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer does not end")
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection that knows the time until which it may be used."""

    def __init__(self, stream: httpcore.NetworkStream, network: Network) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _Stream(stream, self._network)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (as its base has it)
        return self._stream.get_extra_info(info)


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError("no such host is known") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))
