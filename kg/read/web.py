"""Web addresses as sources: a page, a feed or a sitemap with the pages that it lists, an archive."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.errors import SourceError
from kg.escape import escape, quote
from kg.model import Article, Issue
from kg.read.articles import Origin
from kg.read.feeds import list_entries, read_content
from kg.read.fetch.address import is_same_site, join_address, read_address
from kg.read.fetch.memory import Kept
from kg.read.fetch.unpacking import gunzip
from kg.read.fetch.web import GoneError, Web
from kg.read.kinds import ARCHIVES
from kg.read.listed import Listed, name_place
from kg.read.pages import ONE_ARTICLE, kind_of, read_page
from kg.read.sitemaps import read_sitemap
from kg.read.sniff import FEED, GZIP, SITEMAP, decode_head

MOST_SITEMAPS: Final = 1000
"""So many sitemaps of one index are fetched."""
_FEED_TYPES: Final = ("application/rss+xml", "application/atom+xml")
_Found = Iterator[Article | Issue]


def read_web(address: str, web: Web, max_characters: int) -> _Found:
    """Yield the articles of what stands at an address, which is fetched.

    Pages that a feed or a sitemap lists are fetched one after the other, those of a feed in its order, those of a
    sitemap the newest first. Where a page of a feed cannot be had or read, and its whole text stands in the feed, that
    is read, unless the page is of another site, was fetched before, or was taken away. Whatever is wrong is an issue.
    """
    place = escape(address)
    try:
        answer = _unpacked(web.get(address))
        kind = kind_of(answer)
        if kind == FEED:
            listed = list_entries(answer.body, answer.url, answer.type)
            yield from _read_all(listed, Origin(place, answer.url), web, max_characters)
        elif kind == SITEMAP:
            yield from _read_all(_iter_sitemap(answer, web), Origin(place, answer.url), web, max_characters)
        elif kind in ARCHIVES:
            stream: io.BufferedReader = io.BufferedReader(io.BytesIO(answer.body))
            yield from ARCHIVES[kind](stream, Origin(place), max_characters)
        else:
            yield from _read_named(answer, place, max_characters)
    except SourceError as error:
        yield Issue(place, str(error))


def _unpacked(answer: Kept) -> Kept:
    """Unpack a file that is packed by itself, as sitemaps may be."""
    if kind_of(answer) != GZIP:
        return answer
    return replace(answer, url=answer.url.removesuffix(".gz"), body=gunzip(answer.body), type="")


def _read_named(answer: Kept, place: str, max_characters: int) -> _Found:
    """Read the page that was named; of one that is no article say which feed it has."""
    try:
        yield from read_page(answer, Listed(answer.url), Origin(place), max_characters)
    except SourceError as error:
        feed = _find_feed(answer)
        if feed is None:
            raise
        raise SourceError(f"{str(error).partition(';')[0]}; its feed is {quote(feed)[1:-1]}") from error


def _find_feed(answer: Kept) -> str | None:
    """Find the feed that a page names (RSS autodiscovery)."""
    from lxml import etree, html

    try:
        links = html.fromstring(decode_head(answer.body)).iter("link")
        for link in links:
            if link.get("type") in _FEED_TYPES and link.get("href"):
                return str(join_address(read_address(answer.url), link.get("href")))
    except (etree.LxmlError, ValueError, SourceError):
        return None
    return None


def _read_all(listed: Iterable[Listed | Issue], lister: Origin, web: Web, max_characters: int) -> _Found:
    """Read the pages that a feed or a sitemap lists, as many as are wanted."""
    most, number, seen = web.fetching.pages, 0, set[str]()
    for each in listed:
        if isinstance(each, Issue):
            yield each
            continue
        key = each.url or each.id or ""
        if key in seen:
            continue
        seen.add(key)
        number += 1
        if number > most:
            yield Issue(lister.place, f"lists more pages than the {most:,} that are read; --pages N reads more")
            return
        yield from _read_listed(each, replace(lister, place=f"{lister.place}: entry {number}"), web, max_characters)


def _read_listed(listed: Listed, entry: Origin, web: Web, max_characters: int) -> _Found:
    """Read a page or, where that is not to be had, the text that a feed gives of it."""
    if listed.url is None:
        found = list(read_content(listed, entry, max_characters))
        yield from found or [Issue(entry.place, "has neither the address of a page nor a full text; leave it out")]
        return
    place = name_place(listed.url)
    issues: list[Issue] = []
    try:
        answer = _get_listed(listed.url, listed.updated, web)
        if kind_of(answer) not in ONE_ARTICLE:
            raise SourceError("is no page, though it is listed as one; give its own address")
        for each in read_page(answer, listed, Origin(place), max_characters):
            if isinstance(each, Article):
                yield from issues
                yield each
                return
            issues.append(each)
    except (GoneError, _KnownError) as error:
        yield Issue(place, str(error))
        return
    except SourceError as error:
        issues.append(Issue(place, str(error)))
    # what one site says of a page of another is no article there
    instead = list(read_content(listed, Origin(place), max_characters)) if _is_of(listed.url, entry.fallback_id) else []
    if not any(isinstance(each, Article) for each in instead):
        yield from issues
        return
    reason = issues[-1].message.partition(";")[0] if issues else "gives no article"
    yield Issue(place, f"{reason}; the text that the feed gives is read instead")
    yield from instead


class _KnownError(SourceError):
    """A page cannot be had, but was fetched before."""


def _get_listed(url: str, updated: str | None, web: Web) -> Kept:
    try:
        return web.get(url, updated)
    except GoneError as error:
        if not web.knows(url):
            raise
        told = str(error).partition(";")[0]
        raise GoneError(f"{told}, but was there before; `kg build --remove ID` takes its article out") from error
    except SourceError as error:
        if not web.knows(url):
            raise
        raise _KnownError(f"{str(error).partition(';')[0]}; what was read there before stays") from error


def _iter_sitemap(answer: Kept, web: Web) -> Iterator[Listed | Issue]:
    """List the pages of a sitemap and, of an index, those of its sitemaps, the newest first as far as times are told.

    Addresses of other hosts are no part of a sitemap (sitemaps.org, "Sitemap file location").
    """
    sitemap = read_sitemap(answer.body)
    yield from _own(_newest_first(sitemap.pages), answer.url)
    done = {answer.url}
    if not sitemap.pages and all(listed.url in done for listed in sitemap.sitemaps):
        raise SourceError("is an index of sitemaps that lists only itself; give the pages themselves")
    for number, listed in enumerate(_newest_first(sitemap.sitemaps)):
        if number == MOST_SITEMAPS:
            yield Issue(
                name_place(answer.url), f"lists more than {MOST_SITEMAPS:,} sitemaps; give the others themselves"
            )
            return
        if listed.url is None or listed.url in done:
            continue
        done.add(listed.url)
        try:
            found = _unpacked(web.get(listed.url, listed.updated))
            if kind_of(found) != SITEMAP:
                raise SourceError("is no sitemap, though it is listed as one; give the pages themselves")
            inner = read_sitemap(found.body)
            if inner.sitemaps:
                raise SourceError("is an index of sitemaps in another; give its own address")
            yield from _own(_newest_first(inner.pages), found.url)
        except SourceError as error:
            yield Issue(name_place(listed.url), str(error))


def _is_of(url: str | None, address: str | None) -> bool:
    """Say whether an address, which may be none at all, is of the site of another."""
    try:
        return url is not None and address is not None and is_same_site(read_address(url), read_address(address))
    except SourceError:
        return False


def _own(pages: list[Listed], address: str) -> Iterator[Listed | Issue]:
    others = 0
    for page in pages:
        if _is_of(page.url, address):
            yield page
        else:
            others += 1
    if others:
        told = "1 address is" if others == 1 else f"{others:,} addresses are"
        yield Issue(name_place(address), f"{told} of other hosts, or none, and not fetched; give them yourself")


def _newest_first(listed: list[Listed]) -> list[Listed]:
    return sorted(listed, key=lambda each: each.updated or each.published or "", reverse=True)
