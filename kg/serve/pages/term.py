"""The page of an ontology: what its classes and relations mean, and in which words articles tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.ontology import Ontology
from kg.ontology.frames import Frame
from kg.ontology.turtle import Source
from kg.serve.pages.addresses import name_of
from kg.serve.pages.errors import not_found
from kg.serve.pages.rendering import kept_of, render, snapshot_of
from kg.vocabulary import RDFS

_COMMENT: Final = RDFS + "comment"
_MOST_EXAMPLES: Final = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A term in words: `kind` is "class", "relation" or "name", the ends are labels, `examples` sentences."""

    name: str
    iri: str
    kind: str
    label: str
    comment: str
    above: tuple[tuple[str, str | None], ...]
    of: tuple[tuple[str, str | None], ...]
    to: tuple[tuple[str, str | None], ...]
    words: tuple[str, ...]
    examples: tuple[str, ...]


def find_source(ontology: Ontology, iri: str) -> Source | None:
    """Find the loaded ontology that an address under ontology/ names: by its IRI, else by the last part of it."""
    sources = [source for source in ontology.triples.sources if source.iri is not None]
    found = [source for source in sources if source.iri is not None and source.iri.rstrip("#/") == iri]
    named = [source for source in sources if source.iri is not None and name_of(source.iri) == name_of(iri)]
    return next(iter((*found, *named)), None)


def term_page(request: Request, iri: str) -> Response:
    """Show an ontology with all its terms; 404 for one that the graph was not built with."""
    ontology, reader = snapshot_of(request).ontology, kept_of(request).reader
    source = find_source(ontology, iri)
    if source is None or source.iri is None:
        return not_found(request, iri)
    subjects = dict.fromkeys(subject for subject, _, _ in source.triples)
    terms = (*ontology.classes, *ontology.properties, *ontology.individuals)
    teller = _Teller(ontology, reader.addresses.href)
    told = [teller.tell(each) for each in terms if each in subjects]
    context = {
        "reader": reader,
        "title": ontology.triples.label(source.iri) or name_of(source.iri),
        "comment": " ".join(ontology.triples.texts(source.iri, _COMMENT)),
        "terms": told,
        "iri": source.iri,
        "href": f"/ontology/{name_of(source.iri)}",
    }
    return render(request, "term.html", context, page="term")


class _Teller:
    def __init__(self, ontology: Ontology, href: Callable[[str], str | None]) -> None:
        self._ontology = ontology
        self._href = href
        self._frames: dict[str, list[Frame]] = {}
        for frame in ontology.frames:
            self._frames.setdefault(frame.term, []).append(frame)

    def tell(self, iri: str) -> Told:
        """Put a term into words."""
        ontology, frames = self._ontology, self._frames.get(iri, [])
        declared = ontology.properties.get(iri)
        known = ontology.classes.get(iri)
        above = declared.parents if declared else known.parents if known else ontology.individuals[iri].types
        words = dict.fromkeys(" ".join(lemma) for frame in frames for lemma in frame.lemmas)
        examples = dict.fromkeys(text for frame in frames for text in frame.examples)
        return Told(
            iri.replace("#", "/").rpartition("/")[2],
            iri,
            "relation" if declared else "class" if known else "name",
            ontology.label(iri),
            " ".join(ontology.triples.texts(iri, _COMMENT)),
            self._links(above),
            self._links(declared.domain if declared else ()),
            self._links(declared.range if declared else ()),
            tuple(words),
            tuple(examples)[:_MOST_EXAMPLES],
        )

    def _links(self, iris: Iterable[str]) -> tuple[tuple[str, str | None], ...]:
        return tuple((self._ontology.label(each), self._href(each)) for each in iris)
