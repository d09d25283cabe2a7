"""Finding things: the results of a search, completion while typing, lists of names by kind and of articles."""

from __future__ import annotations

from typing import Any, Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.phrases import count
from kg.serve.pages.home import kinds_of
from kg.serve.pages.kept import Kept
from kg.serve.pages.reader import Reader, Shown
from kg.serve.pages.rendering import kept_of, page_number, remembered, render
from kg.serve.pages.search_index import Hit, SearchIndex

_PAGE: Final = 20
_BROWSED: Final = 100
_MOST_COMPLETED: Final = 50
_COMPLETED: Final = 10
_MOST_NAMES: Final = 6
_LONGEST: Final = 300
_WAIT: Final = 20.0
"""Seconds that a search waits for the names of a large graph to be read for the first time."""


@remembered
def search(request: Request) -> Response:
    """Show what is called as somebody typed, the likeliest first; near names where nothing is."""
    kept = kept_of(request)
    text = request.query_params.get("q", "")[:_LONGEST].strip()
    index = _index(kept)
    offset = (page_number(request) - 1) * _PAGE
    hits = index.find(text, _PAGE, offset=offset)
    near = index.near(text) if not hits and not offset else []
    context = {
        "text": text,
        "results": [(kept.reader.shown(hit.iri), kept.reader.names(hit.iri), _told(hit)) for hit in hits],
        "near": [kept.reader.shown(hit.iri) for hit in near],
        "total": index.count(text),
        "offset": offset,
        "limit": _PAGE,
        "most_names": _MOST_NAMES,
    }
    return render(request, "search.html", context, page="search")


@remembered
def complete(request: Request) -> Response:
    """Answer with the things whose names begin as somebody types, as JSON."""
    kept = kept_of(request)
    text = request.query_params.get("q", "")[:_LONGEST]
    limit = request.query_params.get("limit", "")
    number = min(_MOST_COMPLETED, int(limit)) if limit.isdecimal() and len(limit) < 6 else _COMPLETED
    index = _index(kept)
    hits = index.find(text, number) or index.near(text, number)
    return JSONResponse([_suggestion(kept.reader, hit) for hit in hits])


def _suggestion(reader: Reader, hit: Hit) -> dict[str, Any]:
    thing = reader.shown(hit.iri)
    described = ", ".join(filter(None, (", ".join(thing.types), _told(hit))))
    return {
        "iri": thing.iri,
        "label": thing.label,
        "description": described,
        "href": thing.href,
        "kind": thing.kind,
        "names": reader.names(hit.iri)[:_MOST_NAMES],
    }


def _told(hit: Hit) -> str:
    return count(hit.told, "fact or claim", "facts and claims")


def _index(kept: Kept) -> SearchIndex:
    found = kept.search.get(_WAIT)
    if found is None:
        raise RuntimeError("the names of the graph could not be read; see the log of the server")
    return found


@remembered
def entities(request: Request) -> Response:
    """Show the things of a kind, those told of most first."""
    kept = kept_of(request)
    totals = kept.totals.get(_WAIT)
    kinds = [] if totals is None else kinds_of(kept.reader, totals)
    chosen = request.query_params.get("kind", kinds[0][0] if kinds else "")
    things = next((things for kind, _, things in kinds if kind == chosen), [])
    offset = (page_number(request) - 1) * _BROWSED
    context = {
        "kinds": [(kind, label, len(all_of_it)) for kind, label, all_of_it in kinds],
        "chosen": chosen,
        "label": next((label for kind, label, _ in kinds if kind == chosen), chosen),
        "things": _shown(kept.reader, things[offset : offset + _BROWSED]),
        "total": len(things),
        "offset": offset,
        "limit": _BROWSED,
    }
    return render(request, "entities.html", context, page="browse")


@remembered
def articles(request: Request) -> Response:
    """Show the articles, the newest first."""
    kept = kept_of(request)
    totals = kept.totals.get(_WAIT)
    found = [] if totals is None else totals.articles
    offset = (page_number(request) - 1) * _BROWSED
    context = {
        "reader": kept.reader,
        "articles": found[offset : offset + _BROWSED],
        "total": len(found),
        "offset": offset,
        "limit": _BROWSED,
    }
    return render(request, "articles.html", context, page="articles")


def _shown(reader: Reader, iris: list[str]) -> list[Shown]:
    return [reader.shown(iri) for iri in iris]
