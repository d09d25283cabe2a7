"""Why a request to the endpoint is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from kg.errors import QueryError

GONE: Final = 499
"""The status, of nobody's standard, for a client that did not wait for its answer."""


class RefusedError(QueryError):
    """A request that gets no answer: the HTTP status, the reason in one line, and headers that go with it."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})
