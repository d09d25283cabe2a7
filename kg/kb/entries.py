"""What a knowledge base says: entries, and the pieces of them that its files hold in several places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeVar

from pyoxigraph import NamedNode

_T = TypeVar("_T")

WIKIDATA: Final = "http://www.wikidata.org/entity/"

LABEL: Final = 0
"""Rank of a name that is the English or only label of its thing."""
FOREIGN: Final = 1
"""Rank of a label in another language, kept where there is no other."""
ALIAS: Final = 2
"""Rank of another name."""

_DATE: Final = re.compile(r"\+?(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?:$|T|-|\s)")
_WIKIDATA_ID: Final = re.compile(r"Q[1-9]\d+")
_WIKIDATA_IRI: Final = re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[1-9]\d*)")
_IRI: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|(?:urn|tag|info|doi):)\S")


class KnownType(NamedTuple):
    """A word or an IRI by which a source types a thing; what it was for a time only has dates."""

    text: str
    start: str | None = None
    end: str | None = None


class KnownFact(NamedTuple):
    """What a source says of an entry: a property by the source's own name, and the other end.

    `other` is the id of the other end, empty where it has none; `label` is how the source calls it, empty where its
    own entry tells. `start` and `end` are ISO 8601 dates of any precision, None when the source gives none.
    """

    property: str
    other: str
    label: str = ""
    start: str | None = None
    end: str | None = None


class Piece(NamedTuple):
    """What one place of a file says of one thing: all pieces of one id make an entry.

    `names` are pairs of rank and name. `line` is where it begins, 0 when unknown.
    """

    id: str
    names: tuple[tuple[int, str], ...] = ()
    types: tuple[KnownType, ...] = ()
    identifiers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    notations: tuple[str, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    start: str | None = None
    end: str | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that a knowledge base knows.

    `id` is an IRI, or what the source calls it. `names` are all names, the label first. `identifiers` are IRIs of the
    same thing elsewhere, `pages` pages about it, `notations` codes of it ("scheme:code"). `start` and `end` are when
    it was born and died, or was founded and ended. `sources` are the files that tell of it.
    """

    id: str
    label: str
    names: tuple[str, ...]
    types: tuple[KnownType, ...] = ()
    identifiers: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    notations: tuple[str, ...] = ()
    facts: tuple[KnownFact, ...] = ()
    start: str | None = None
    end: str | None = None
    sources: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash(self.id)


def make_entry(identifier: str, pieces: Iterable[tuple[str, Piece]]) -> Entry:
    """Make the entry of all that is said of one thing, from pairs of source and piece in the order of the files.

    Its label is the first English one, or the first; names in other languages stay only where there is no other.
    """
    found = list(pieces)
    names = [name for _, piece in found for name in piece.names]
    if any(rank == LABEL for rank, _ in names):
        names = [(rank, name) for rank, name in names if rank != FOREIGN]
    ordered = dict.fromkeys(name for _, name in sorted(names, key=lambda each: each[0]))
    return Entry(
        identifier,
        next(iter(ordered), ""),
        tuple(ordered),
        _union(piece.types for _, piece in found),
        tuple(each for each in _union(piece.identifiers for _, piece in found) if each != identifier),
        _union(piece.pages for _, piece in found),
        _union(piece.notations for _, piece in found),
        _union(piece.facts for _, piece in found),
        next((piece.start for _, piece in found if piece.start), None),
        next((piece.end for _, piece in found if piece.end), None),
        tuple(dict.fromkeys(source for source, _ in found)),
    )


def _union(parts: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))


def is_iri(text: str) -> bool:
    """Say whether a text is an absolute IRI, not only written like one.

    >>> [is_iri(text) for text in ("http://example.org/a", "urn:isbn:1", "Q42", "gss:E14", "http://example.org/[a")]
    [True, True, False, False, False]
    """
    if _IRI.match(text) is None:
        return False
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True


def global_id(text: str) -> str:
    """Give the one form of an id that means the same in every file, empty when it means something in its file only.

    Items of Wikidata ("Q42"; "Q1" to "Q9" are too short to be sure of) become its IRIs.

    >>> global_id("Q42"), global_id("https://www.wikidata.org/wiki/Q42"), global_id("12")
    ('http://www.wikidata.org/entity/Q42', 'http://www.wikidata.org/entity/Q42', '')
    """
    found = _WIKIDATA_IRI.fullmatch(text)
    if found is not None:
        return WIKIDATA + found[1]
    if _WIKIDATA_ID.fullmatch(text):
        return WIKIDATA + text
    return text if is_iri(text) else ""


def plain_date(text: str) -> str | None:
    """Give a date as ISO 8601 with the parts that are known, None when it is no such date.

    >>> plain_date("+1967-05-00T00:00:00Z"), plain_date("2017-06-08"), plain_date("8 June 2017")
    ('1967-05', '2017-06-08', None)
    """
    found = _DATE.match(text.strip())
    if found is None:
        return None
    year, month, day = found.groups()
    known = [year] if month in (None, "00") else [year, month] if day in (None, "00") else [year, month, day]
    return "-".join(known)


def in_time(start: str | None, end: str | None, date: str | None) -> bool | None:
    """Say whether a date lies between two, ends included, each at its own precision; None when no date is known.

    >>> in_time("2017-06", None, "2017-06-01"), in_time(None, "2016", "2017-06-01"), in_time(None, None, "2017-06-01")
    (True, False, None)
    """
    if date is None or (start is None and end is None):
        return None
    return (start is None or date[: len(start)] >= start[: len(date)]) and (
        end is None or date[: len(end)] <= end[: len(date)]
    )
