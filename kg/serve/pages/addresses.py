"""Where on this server things are shown: IRIs as links, and which links of articles may be followed."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from kg.knowledge import article_iri
from kg.model import Span
from kg.ontology import Ontology
from kg.phrases import web_address

_SAFE: Final = "/-._~:@!$&'()*+,;=%"
_ONTOLOGY: Final = "ontology/"


class Addresses:
    """Turns IRIs of a graph into addresses of pages."""

    def __init__(self, base: str, ontology: Ontology) -> None:
        self.base = base
        self._files = {
            source.iri.rstrip("#/"): name_of(source.iri)
            for source in ontology.triples.sources
            if source.iri is not None
        }

    def href(self, iri: str) -> str | None:
        """Give the address of what an IRI names; None where no page and no web address shows it."""
        if not iri:
            return None
        file, hash_sign, local = iri.partition("#")
        if file in self._files:
            return f"/{_ONTOLOGY}{quote(self._files[file])}{'#' + quote(local) if hash_sign else ''}"
        if iri.startswith(self.base):
            path = quote(file[len(self.base) :], safe=_SAFE)
            return f"/{path}{'#' + quote(local, safe=_SAFE) if hash_sign else ''}"
        return web_address(iri)

    def article(self, article: str, span: Span | None = None) -> str:
        """Give the address of an article, by its id, at some characters of it."""
        path = quote(article_iri("", article), safe=_SAFE)
        return f"/{path}" if span is None else f"/{path}#char={span.start},{span.end}"


def name_of(ontology: str) -> str:
    """Give the last part of the IRI of an ontology.

    >>> name_of("https://kg.example/ontology/politics")
    'politics'
    """
    return ontology.rstrip("#/").rpartition("/")[2]


def local_path(text: str | None, otherwise: str = "/") -> str:
    """Give a text back if it is a path on this server; anything else could lead a reader away.

    >>> local_path("/id/ada?x=1"), local_path("//evil.example"), local_path("https://evil.example")
    ('/id/ada?x=1', '/', '/')
    """
    if not text or not text.startswith("/") or text[1:2] in ("/", "\\"):
        return otherwise
    return otherwise if any(ord(letter) <= 32 or letter == "\\" for letter in text) else text
