"""The IRIs of what the graph holds. All stand under a base that ends in a slash or a hash."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final
from urllib.parse import quote, unquote

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model import Span

Term = NamedNode | BlankNode | Literal | Triple

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9_.]+")
_SLUG_LENGTH: Final = 80
CHARACTERS: Final = "#char="
"""Between the IRI of an article and a range of its characters (RFC 5147)."""


def article_iri(base: str, article: str) -> str:
    """Name an article, which is also the name of its graph.

    An id that is no plain word keeps what is readable of it and gets a hash, so that two ids never share an IRI.

    >>> article_iri("https://kg.example/", "2024-harbour-vote")
    'https://kg.example/article/2024-harbour-vote'
    >>> article_iri("https://kg.example/", "news/harbour vote")
    'https://kg.example/article/news-harbour-vote-686f340b'
    """
    slug = _UNSAFE.sub("-", article).strip("-.")[:_SLUG_LENGTH].rstrip("-.")
    if slug != article:
        slug = f"{slug}-{digest(article, length=8)}".lstrip("-")
    return f"{base}article/{slug}"


def referent_iri(article: str, referent: str) -> str:
    """Name a referent of the article with this IRI."""
    return f"{article}#{quote(referent, safe='')}"


def referent_id(article: str, iri: str) -> str | None:
    """Give the id of the referent that an IRI names; None when it names none of this article."""
    prefix = f"{article}#"
    return unquote(iri[len(prefix) :]) if iri.startswith(prefix) else None


def passage_iri(article: str, span: Span) -> str:
    """Name a range of characters of the article with this IRI, by RFC 5147.

    >>> passage_iri("https://kg.example/article/7", Span(120, 184))
    'https://kg.example/article/7#char=120,184'
    """
    return f"{article}{CHARACTERS}{span.start},{span.end}"


def passage_span(iri: str) -> Span:
    """Give the range of characters that an IRI names; raise ValueError when it names none.

    >>> passage_span("https://kg.example/article/7#char=120,184")
    Span(start=120, end=184)
    """
    _, found, numbers = iri.rpartition(CHARACTERS)
    start, comma, end = numbers.partition(",")
    if not (found and comma and start.isdecimal() and end.isdecimal()):
        raise ValueError(f"{iri} names no range of characters; it should end in {CHARACTERS}start,end")
    return Span(int(start), int(end))


def fact_iri(base: str, *parts: str) -> str:
    """Name a fact by what it says."""
    return f"{base}fact/{digest(*parts)}"


def claim_iri(base: str, *parts: str) -> str:
    """Name a claim by who says it and what it says."""
    return f"{base}claim/{digest(*parts)}"


def digest(*parts: str, length: int = 16) -> str:
    """Hash some texts, of which none can run into the next, to hexadecimal digits."""
    framed = "".join([f"{len(part)}:{part}" for part in parts])
    return sha256(framed.encode()).hexdigest()[:length]


def is_iri(text: str) -> bool:
    """Say whether a text can be an IRI.

    >>> is_iri("https://kg.example/id/ada-lind"), is_iri("Ada Lind")
    (True, False)
    """
    try:
        NamedNode(text)
    except ValueError:
        return False
    return True
