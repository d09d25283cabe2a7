"""What HTTP answers say besides their body."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus


def read_pause(text: str) -> float | None:
    """Give the seconds that a Retry-After header names (RFC 9110, 10.2.3); None when it cannot be read.

    >>> read_pause("120"), read_pause("Thu, 01 Jan 1970 00:00:00 GMT"), read_pause("soon")
    (120.0, 0.0, None)
    """
    if text.strip().isdecimal():
        return float(text.strip()[:9])
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - datetime.now(UTC)).total_seconds())


def name_status(status: int) -> str:
    """Name a status code.

    >>> name_status(404), name_status(799)
    ('HTTP status 404 (Not Found)', 'HTTP status 799')
    """
    try:
        return f"HTTP status {status} ({HTTPStatus(status).phrase})"
    except ValueError:
        return f"HTTP status {status}"
