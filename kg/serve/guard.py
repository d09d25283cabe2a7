"""What every request passes: whose site it comes from, whom it is for, how large it is; and headers of every answer."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from kg.serve.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    Refuse = Callable[[Scope, Receive, Send, int, str], Awaitable[None]]

LOOPBACK: Final = ("localhost", "127.0.0.1", "[::1]")
"""The names under which a server on this machine is asked."""

OPEN: Final = "/sparql"
"""The one address that other sites may ask, as it only reads."""

_SAFE: Final = ("GET", "HEAD", "OPTIONS")
_OWN_SITE: Final = (b"same-origin", b"none")
_POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'"
)
HEADERS: Final = [
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
_LOG: Final = logging.getLogger(__name__)


class _TooLarge(Exception):  # noqa: N818
    """A body turned out longer than is taken."""


class Guard:
    """ASGI middleware that refuses what is not meant for this server, from another site, or too large.

    `hosts` are the values of the Host header that are answered, without port; a page of a strange name cannot reach us
    by letting its name mean this machine. `refuse` sends the answer to what is refused. `endpoint` is what answers
    under `OPEN`, without the way through the router, which takes longer than a short query.
    """

    def __init__(
        self, app: ASGIApp, *, hosts: Iterable[str], limits: Limits, refuse: Refuse, endpoint: ASGIApp | None = None
    ) -> None:
        self._app = app
        self._endpoint = endpoint or app
        self._hosts = frozenset(host.lower().encode() for host in hosts)
        self._limits = limits
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_on(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        try:
            refusal = self._find_refusal(scope)
            if refusal is None:
                bounded = receive if scope["method"] in _SAFE else self._bound(receive)
                app = self._endpoint if scope["path"] == OPEN else self._app
                await app(scope, bounded, send_on)
            else:
                await self._refuse(scope, receive, send_on, *refusal)
        except _TooLarge:
            if not started:
                await self._refuse(scope, receive, send_on, *self._too_large())
        except Exception as error:
            _LOG.error("%s %s failed (%s: %s)", scope["method"], scope["path"], type(error).__name__, error)
            _LOG.debug("where it happened", exc_info=error)
            if started:
                raise
            told = "this should not happen; the terminal of kg serve tells more, please report it"
            await self._refuse(scope, receive, send_on, HTTPStatus.INTERNAL_SERVER_ERROR, told)

    def _find_refusal(self, scope: Scope) -> tuple[int, str] | None:
        host = origin = site = length = None
        for name, value in scope["headers"]:
            if name == b"host":
                if host is not None:
                    return HTTPStatus.BAD_REQUEST, "the request names two hosts; send one Host header"
                host = value
            elif name == b"origin":
                origin = value
            elif name == b"sec-fetch-site":
                site = value
            elif name == b"content-length":
                length = value
        if host is None:
            return HTTPStatus.BAD_REQUEST, "the request names no host; send a Host header"
        if _without_port(host).lower() not in self._hosts:
            told = "this server does not answer to that name; use the address that kg serve prints, or --allow-host"
            return HTTPStatus.MISDIRECTED_REQUEST, told
        if length is not None and (not length.isdigit() or int(length[:20]) > self._limits.body):
            return self._too_large()
        if scope["method"] not in _SAFE and scope["path"] != OPEN and not _is_own(host, origin, site):
            return HTTPStatus.FORBIDDEN, "the request comes from another site; use the pages of this server"
        return None

    def _too_large(self) -> tuple[int, str]:
        told = f"the body of the request is longer than {self._limits.body >> 10:,} KB; send less"
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, told

    def _bound(self, receive: Receive) -> Receive:
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limits.body:
                raise _TooLarge
            return message

        return bounded


def _without_port(host: bytes) -> bytes:
    name, colon, port = host.rpartition(b":")
    return name if colon and port.isdigit() else host


def _is_own(host: bytes, origin: bytes | None, site: bytes | None) -> bool:
    """Tell whether a request was made by a page of ours, or by no page at all (Fetch Metadata; RFC 6454)."""
    if site is not None and site not in _OWN_SITE:
        return False
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc.lower() == host.lower()
    except ValueError:
        return False
