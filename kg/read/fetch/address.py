"""Web addresses: which can be fetched, which are on the public Internet, which name the same site."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Final

from kg.errors import SourceError
from kg.escape import quote

if TYPE_CHECKING:
    import httpx

LONGEST: Final = 2000
"""Characters of the longest address that is fetched."""

_SCHEMES: Final = ("http", "https")
_HOST_PREFIXES: Final = ("www.", "m.", "amp.")
_HOST: Final = re.compile(rb"[A-Za-z0-9._-]{1,253}|[0-9A-Fa-f:.]{2,45}")
_NAT64: Final = IPv6Network("64:ff9b::/96")
_COMPATIBLE: Final = IPv6Network("::/96")


def read_address(text: str) -> httpx.URL:
    """Read the address of a page, without its fragment.

    Raises SourceError where it is none that can be fetched, and where it holds a password, which would be written into
    the graph.
    """
    import httpx

    if len(text) > LONGEST:
        raise SourceError(f"is an address of {len(text):,} characters, the limit is {LONGEST:,}; shorten it")
    try:
        found = httpx.URL(text.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError):
        found = httpx.URL()
    if found.scheme and found.scheme not in _SCHEMES:
        raise SourceError(f"is a {quote(found.scheme)[1:-1]} address; only http:// and https:// are fetched")
    port = 80 if found.port is None else found.port
    is_one = len(text.split()) == 1 and _HOST.fullmatch(found.raw_host) is not None
    if not found.scheme or not is_one or not 0 < port < 1 << 16:
        raise SourceError("is no web address that can be fetched; check it")
    if found.userinfo:
        raise SourceError("holds a user name or password, which would stand in the graph; leave it out")
    return found.copy_with(fragment=None)


def join_address(base: httpx.URL, location: str) -> httpx.URL:
    """Read an address that stands in an answer from `base`, where it may be relative; raises as `read_address` does."""
    import httpx

    if len(location) > LONGEST:
        raise SourceError(f"is an address of {len(location):,} characters, the limit is {LONGEST:,}; leave it out")
    try:
        joined = str(base.join(location.strip()))
    except (httpx.InvalidURL, ValueError, UnicodeError):
        joined = ""
    return read_address(joined)


def is_public(address: str) -> bool:
    """Say whether an IP address, as a resolver gives it, is one of the public Internet.

    IPv6 addresses that stand for an IPv4 one (mapped, compatible, 6to4, Teredo, NAT64) are what that is.

    >>> is_public("93.184.216.34"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        inner = _find_inner(found)
        if inner is not None:
            return _is_global(inner)
        return found.scope_id is None and _is_global(found)
    return _is_global(found)


def _is_global(address: IPv4Address | IPv6Address) -> bool:
    return address.is_global and not address.is_multicast and not address.is_reserved


def _find_inner(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def is_same_site(one: httpx.URL, other: httpx.URL) -> bool:
    """Say whether two addresses are of one host, written with "www." or as that for telephones or without."""
    return _site(one) == _site(other)


def _site(address: httpx.URL) -> str:
    host = address.host.lower().removesuffix(".")
    for prefix in _HOST_PREFIXES:
        host = host.removeprefix(prefix)
    return host


def clean_address(address: str) -> str:
    """Give an address without what only tells where a reader came from, and without its fragment.

    >>> clean_address("https://news.example/1?utm_source=feed&page=2#top")
    'https://news.example/1?page=2'
    """
    from courlan import normalize_url

    without = address.partition("#")[0]
    try:
        return str(normalize_url(without)) or without
    except ValueError:
        return without
