"""Choosing what to send by what a client accepts, as RFC 9110, section 12.5.1, says."""

from __future__ import annotations

from collections.abc import Sequence


def choose(accept: str | None, offered: Sequence[str]) -> str | None:
    """Give the media type that a client likes best of those offered; None when it takes none of them.

    Of those that it likes as much the one that is offered first; without a header that is the first.

    >>> choose("text/turtle, text/html;q=0.5", ["text/html", "text/turtle"])
    'text/turtle'
    >>> choose("application/*;q=0.2, */*;q=0.1", ["text/html", "application/ld+json"])
    'application/ld+json'
    >>> choose("image/png", ["text/html"])
    """
    if accept is None or not accept.strip():
        return offered[0]
    ranges = [_range(each) for each in accept.split(",") if each.strip()]
    rated = [(max((_match(given, each) for given in ranges), default=(-1, 0.0)), each) for each in offered]
    best = max((quality for (_, quality), _ in rated), default=0.0)
    return next((each for (_, quality), each in rated if quality == best), None) if best > 0 else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(quality)))
    except ValueError:
        return name, 0.0


def _match(given: tuple[str, float], offered: str) -> tuple[int, float]:
    """Give how exactly a range fits, and its quality; the most exact one decides."""
    name, quality = given
    if name == offered:
        return 2, quality
    if name == offered.partition("/")[0] + "/*":
        return 1, quality
    return (0, quality) if name == "*/*" else (-1, 0.0)
