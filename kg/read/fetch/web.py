"""Asking web servers as a guest does: one question at a time, with pauses, as their robots.txt wants it.

Every question is asked of a public host only (`connection`), is answered within limits of time and size or given up,
and is not asked again where the answer is known not to have changed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kg.closing import Closing
from kg.errors import SourceError
from kg.escape import escape, quote
from kg.http import name_status, read_pause
from kg.read.fetch.address import join_address, read_address
from kg.read.fetch.memory import Kept, Memory
from kg.read.fetch.robots import AGENT, Robots
from kg.read.fetch.settings import Fetching
from kg.read.fetch.unpacking import MOST_BYTES, read_body, too_long

if TYPE_CHECKING:
    import httpcore
    import httpx

    from kg.read.fetch.connection import Network

TRIES: Final = 2
"""How often a question is asked that is not answered, or with one of `RETRIED`."""
RETRIED: Final = frozenset((429, 500, 502, 503, 504))
"""The HTTP status codes that may pass."""
LONGEST_WAIT: Final = 60.0
"""Seconds that a host may ask us to wait; after more it is not asked again."""
MOST_FAILURES: Final = 3
"""After so many questions in a row without an answer a host is not asked any more."""
WHOLE: Final = 4
"""An answer may take so many times as long as a silence in it."""

_LOG: Final = logging.getLogger("kg")
_REDIRECTING: Final = frozenset((301, 302, 303, 307, 308))
_REDIRECTS: Final = 5
_ACCEPT: Final = (
    "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5"
)


class GoneError(SourceError):
    """There is no page at an address: it was taken away, or never was."""


@dataclass(slots=True)
class _Response:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class _Host:
    """What is known of a host: when it may be asked again, and how it has behaved."""

    free_at: float = 0.0
    failures: int = 0
    refusal: str | None = None
    robots: dict[str, Robots] = field(default_factory=dict)


class Web(Closing):
    """Fetches what stands at web addresses; `wait` is called with the seconds to wait between two questions.

    Raises SourceError where the extra `web` is not installed.
    """

    def __init__(self, fetching: Fetching, *, wait: Callable[[float], object] = time.sleep) -> None:
        import kg

        self.fetching = fetching
        self._wait = wait
        self._memory = Memory(fetching.memory)
        self._hosts: dict[str, _Host] = {}
        self._headers = {"User-Agent": f"{AGENT}/{kg.__version__}", "Accept": _ACCEPT, "Accept-Encoding": "gzip"}
        self._network: Network | None = None
        self._pools: dict[str, httpcore.ConnectionPool] = {}
        Robots()  # without the library nothing can be fetched

    def get(self, address: str, updated: str | None = None) -> Kept:
        """Give what stands at an address, after redirects.

        `updated` is when it was last changed, as a feed or a sitemap says; where that is so of what is kept, nothing
        is asked. Raises SourceError, in words that follow the address.
        """
        url = read_address(address)
        known = None if updated is None else self._memory.find_listed(str(url), updated)
        if known is not None:
            return known
        answer = self._follow(url)
        if updated is not None:
            self._memory.keep_listed(str(url), updated, answer.url)
        return answer

    def knows(self, address: str) -> bool:
        """Say whether what stands at an address was fetched before, and is kept."""
        return self._memory.has(str(read_address(address)))

    def close(self) -> None:
        """Let go of all connections and of what is kept."""
        self._memory.close()
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()

    def _follow(self, url: httpx.URL) -> Kept:
        first, seen = url, set[str]()
        while str(url) not in seen:
            seen.add(str(url))
            try:
                found = self._fetch(url)
            except SourceError as error:
                if url == first:
                    raise
                raise type(error)(f"leads to {quote(str(url))}, which {error}") from error
            if isinstance(found, Kept):
                return found
            if len(seen) > _REDIRECTS:
                raise SourceError(f"redirects more than {_REDIRECTS} times; give the address that it should lead to")
            url = found
        raise SourceError("redirects in a circle; give the address that it should lead to")

    def _fetch(self, url: httpx.URL) -> Kept | httpx.URL:
        """Ask one address: give its answer, or the address that it redirects to."""
        robots = self._robots(url)
        robots.check(str(url))
        known = self._memory.find(str(url))
        asked = self._headers | _conditions(known)
        response = self._ask(url, asked, robots.delay)
        target = _find_target(url, response)
        if target is not None:
            return target
        if response.status == HTTPStatus.NOT_MODIFIED and known is not None:
            return known
        if response.status not in (HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION):
            raise _refusal(response.status)
        headers = response.headers
        answer = Kept(
            str(url), headers.get("content-type", ""), response.body, headers.get("etag"), headers.get("last-modified")
        )
        if "no-store" not in headers.get("cache-control", "").lower():
            self._memory.keep(answer)
        return answer

    def _robots(self, url: httpx.URL) -> Robots:
        """Give the rules of the host of an address, asked for once."""
        host, origin = self._host(url), str(url.copy_with(raw_path=b"/robots.txt"))
        if origin not in host.robots:
            host.robots[origin] = self._ask_robots(read_address(origin))
        return host.robots[origin]

    def _ask_robots(self, url: httpx.URL) -> Robots:
        for _ in range(_REDIRECTS + 1):
            response = self._ask(url, self._headers, 0.0, robots=True)
            target = _find_target(url, response)
            if target is None:
                break
            url = target
        if response.status == HTTPStatus.OK:
            return Robots(response.body)
        if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.status == HTTPStatus.TOO_MANY_REQUESTS:
            raise SourceError(
                f"is not fetched, as the robots.txt of its host is not to be had (HTTP status {response.status}); "
                "try again later"
            )
        return Robots()

    def _host(self, url: httpx.URL) -> _Host:
        host = self._hosts.setdefault(url.host.lower(), _Host())
        if host.refusal is not None:
            raise SourceError(host.refusal)
        return host

    def _ask(self, url: httpx.URL, headers: dict[str, str], delay: float, *, robots: bool = False) -> _Response:
        """Ask, and once more where there is no answer; give any answer that is not one of `RETRIED`, or the last."""
        host = self._host(url)
        pause, response = 0.0, None
        for attempt in range(TRIES):
            self._wait_for(host, pause)
            try:
                response = self._send(url, headers)
            except _Unanswered as error:
                problem = str(error)
                if not error.may_pass:
                    break
            else:
                if response.status not in RETRIED:
                    host.failures = 0
                    return response
                problem = f"answers with {name_status(response.status)}"
            finally:
                host.free_at = time.monotonic() + max(self.fetching.pause, delay)
            pause = self._pause(host, response, 2.0**attempt)
        host.failures += 1
        if host.failures >= MOST_FAILURES:
            host.refusal = f"is not asked, as its host did not answer {MOST_FAILURES} times; try again later"
        if robots and response is not None:
            return response
        raise SourceError(f"{problem}; try again later, or check the address")

    def _wait_for(self, host: _Host, pause: float) -> None:
        left = max(host.free_at - time.monotonic(), pause)
        if left > 0:
            _LOG.debug("waiting %.1f seconds", left)
            self._wait(left)

    def _pause(self, host: _Host, response: _Response | None, otherwise: float) -> float:
        asked = None if response is None else read_pause(response.headers.get("retry-after", ""))
        if asked is not None and asked > LONGEST_WAIT:
            host.refusal = f"is not asked, as its host wants to be left alone for {asked:,.0f} seconds; try again then"
            raise SourceError(host.refusal)
        return min(otherwise, self.fetching.patience) if asked is None else asked

    def _send(self, url: httpx.URL, headers: dict[str, str]) -> _Response:
        """Ask once; raise _Unanswered when nothing, or not all, comes back, SourceError for what is too long."""
        import httpcore

        _LOG.debug("fetching %s", escape(str(url)))
        pool, network = self._open(url.scheme)
        patience = self.fetching.patience
        network.deadline = time.monotonic() + WHOLE * patience
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        limits = dict.fromkeys(("connect", "read", "write", "pool"), patience)
        sent = [(b"Host", url.netloc), *((name.encode(), value.encode("latin-1")) for name, value in headers.items())]
        try:
            with pool.stream("GET", target, headers=sent, extensions={"timeout": limits}) as stream:
                found = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in stream.headers}
                if found.get("content-length", "").isdecimal() and int(found["content-length"][:19]) > MOST_BYTES:
                    raise too_long()
                coding = found.get("content-encoding", "").strip().lower()
                return _Response(stream.status, found, read_body(stream.iter_stream(), coding))
        except httpcore.TimeoutException as error:
            if time.monotonic() >= network.deadline:
                told = f"does not end its answer within {WHOLE * patience:g} seconds"
                raise _Unanswered(told, may_pass=False) from error
            raise _Unanswered(f"does not answer within {patience:g} seconds") from error
        except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
            raise _Unanswered(f"gives an answer that cannot be read ({_reason(error)})") from error
        except (httpcore.NetworkError, OSError) as error:
            raise _Unanswered(f"cannot be reached ({_reason(error)})") from error

    def _open(self, scheme: str) -> tuple[httpcore.ConnectionPool, Network]:
        import httpcore
        import httpx

        from kg.read.fetch.connection import Network

        if self._network is None:
            self._network = Network(allow_private=self.fetching.allow_private)
        if scheme not in self._pools:  # certificates are loaded only where they are needed
            context = httpx.create_ssl_context() if scheme == "https" else None
            self._pools[scheme] = httpcore.ConnectionPool(
                ssl_context=context, max_connections=4, network_backend=self._network
            )
        return self._pools[scheme], self._network


class _Unanswered(Exception):  # noqa: N818 (it is no error of the user's yet)
    """Nothing came back; `may_pass` says whether it is worth asking again."""

    def __init__(self, told: str, *, may_pass: bool = True) -> None:
        super().__init__(told)
        self.may_pass = may_pass


def _conditions(known: Kept | None) -> dict[str, str]:
    """Give the headers that ask for an answer only where it has changed (RFC 9110, 13.1)."""
    if known is None:
        return {}
    found = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in found.items() if value}


def _find_target(url: httpx.URL, response: _Response) -> httpx.URL | None:
    """Give the address that an answer redirects to; raise SourceError for one that is not followed."""
    location = response.headers.get("location")
    if response.status not in _REDIRECTING or location is None:
        return None
    try:
        target = join_address(url, location)
    except SourceError as error:
        raise SourceError(f"redirects to {quote(location)}, which {error}") from error
    if url.scheme == "https" and target.scheme != "https":
        raise SourceError(f"redirects to {quote(str(target))}, which is less safe; give that address if you trust it")
    return target


def _refusal(status: int) -> SourceError:
    told = f"answers with {name_status(status)}"
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.PAYMENT_REQUIRED, HTTPStatus.FORBIDDEN):
        return SourceError(f"{told}; it is not for everybody: save the page as an .html file")
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return GoneError(f"{told}; check the address")
    return SourceError(f"{told}; check the address")


def _reason(error: Exception) -> str:
    return escape(" ".join(str(error).split())[:200]) or type(error).__name__
