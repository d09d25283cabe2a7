"""Asking a web service politely: with time-outs and retries, for answers of a bounded size, and of no other host."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kg.closing import Closing
from kg.errors import SettingError, SourceError
from kg.escape import quote
from kg.http import name_status, read_pause

if TYPE_CHECKING:
    import httpx

TIMEOUT: Final = 30.0
"""Seconds of silence after which an answer is given up; all of it may take four times as long."""

TRIES: Final = 4
"""How often a question is asked that is not answered, or with one of `RETRIED`."""

RETRIED: Final = frozenset((429, 500, 502, 503, 504))
"""The HTTP status codes that may pass."""

MOST_BYTES: Final = 16 << 20
"""The longest answer that is read."""

LONGEST_WAIT: Final = 60.0
"""Seconds that a service may ask us to wait; after more we do not ask again."""

_CONNECT: Final = 10.0
_REDIRECTS: Final = 5
_KEPT: Final = "what was answered is kept"


class TooMuchAskedError(SourceError):
    """The service takes no question of this size (HTTP status 413)."""


class MustWaitError(SourceError):
    """The service asks to be left alone for longer than we wait."""


class WebService(Closing):
    """One address that is asked again and again; close it, or use it in `with`.

    `agent` is who asks, as the User-Agent says. `wait` is called with seconds between two tries. Raises SettingError
    when the address is none.
    """

    def __init__(
        self, url: str, *, agent: str, timeout: float = TIMEOUT, wait: Callable[[float], object] = time.sleep
    ) -> None:
        import httpx

        self._url = _read_url(url)
        self._timeout = timeout
        self._wait = wait
        self._reached = False
        self._client = httpx.Client(
            timeout=httpx.Timeout(timeout, connect=min(timeout, _CONNECT)),
            headers={"User-Agent": agent, "Accept": "application/json"},
            follow_redirects=False,
        )

    @property
    def url(self) -> str:
        """The address, after redirects on the same host."""
        return str(self._url)

    def get(self) -> bytes:
        """Give what stands at the address. Raises SourceError, in one line that says what to do."""
        return self._ask("GET", None)

    def post(self, form: Mapping[str, str]) -> bytes:
        """Send a form and give the answer. Raises SourceError, TooMuchAskedError for a form that is too large."""
        return self._ask("POST", form)

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _ask(self, method: str, form: Mapping[str, str] | None) -> bytes:
        import httpx

        problem = ""
        for attempt in range(TRIES):
            pause = 2.0**attempt
            try:
                response, body = self._send(method, form)
            except httpx.TimeoutException as error:
                problem = f"does not answer within {self._timeout:g} seconds"
                self._refuse_if_never_reached(error, problem)
            except httpx.RequestError as error:
                problem = f"cannot be reached ({' '.join(str(error).split()) or type(error).__name__})"
                self._refuse_if_never_reached(error, problem)
            else:
                self._reached = True
                if response.is_success:
                    return body
                problem = f"answers with {name_status(response.status_code)}"
                if response.status_code not in RETRIED:
                    raise self._refusal(response.status_code, problem)
                pause = self._pause(response.headers.get("retry-after"), pause)
            if attempt + 1 < TRIES:
                self._wait(pause)
        raise SourceError(f"{self.url}: {problem}, asked {TRIES} times; try again later, {_KEPT}")

    def _send(self, method: str, form: Mapping[str, str] | None) -> tuple[httpx.Response, bytes]:
        for _ in range(_REDIRECTS):
            with self._client.stream(method, self._url, data=form) as response:
                if not response.has_redirect_location:
                    return response, self._read(response)
                self._follow(response.headers["location"])
        raise SourceError(f"{self.url}: redirects more than {_REDIRECTS} times; give the address it should lead to")

    def _read(self, response: httpx.Response) -> bytes:
        import httpx

        body = bytearray()
        latest = time.monotonic() + 4 * self._timeout
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > MOST_BYTES:
                raise SourceError(f"{self.url}: answers with more than {MOST_BYTES >> 20} MB; that is no such service")
            if time.monotonic() > latest:
                raise httpx.ReadTimeout("the answer does not end")
        return bytes(body)

    def _follow(self, location: str) -> None:
        import httpx

        try:
            target = self._url.join(location)
        except httpx.InvalidURL:
            raise SourceError(f"{self.url}: redirects to {quote(location)}, which is no address") from None
        weaker = self._url.scheme == "https" and target.scheme != "https"
        if target.host != self._url.host or target.scheme not in ("http", "https") or weaker:
            told = "which is less safe" if weaker and target.host == self._url.host else "which is another host"
            advice = "give that address if you trust it"
            raise SourceError(f"{self.url}: redirects to {quote(str(target))}, {told}; {advice}")
        self._url = target.copy_with(fragment=None)

    def _refuse_if_never_reached(self, error: Exception, problem: str) -> None:
        import httpx

        if not self._reached and isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            raise SourceError(f"{self.url}: {problem}; check the address and the network") from error

    def _refusal(self, status: int, problem: str) -> SourceError:
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return TooMuchAskedError(f"{self.url}: {problem} even for one name; that is no such service")
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
            return SourceError(f"{self.url}: {problem}; it asks who we are, which kg does not tell")
        return SourceError(f"{self.url}: {problem}; check the address")

    def _pause(self, asked: str | None, otherwise: float) -> float:
        pause = read_pause(asked) if asked else None
        if pause is not None and pause > LONGEST_WAIT:
            raise MustWaitError(f"{self.url}: asks us to wait {pause:.0f} seconds; try again then, {_KEPT}")
        return otherwise if pause is None else pause


def _read_url(url: str) -> httpx.URL:
    import httpx

    try:
        found = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        found = httpx.URL()
    if found.scheme not in ("http", "https") or not found.host or len(url.split()) != 1:
        raise SettingError(f"{quote(url)} is no address of a service; give one that begins with https:// or http://")
    return found.copy_with(fragment=None)
