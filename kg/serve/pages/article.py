"""The page of an article: its text, with every mention and statement in its place."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.model import Span
from kg.serve.pages.errors import not_found
from kg.serve.pages.rendering import kept_of, render
from kg.serve.pages.told import Said, read_article


def article_page(request: Request, iri: str) -> Response:
    """Show an article; 404 for one that is not in the graph."""
    kept = kept_of(request)
    told = read_article(kept.reader, iri)
    if told is None:
        return not_found(request, iri)

    def words(span: Span) -> str:
        return told.article.text[span.start : span.end]

    context = {
        "reader": kept.reader,
        "told": told,
        "href": kept.reader.addresses.href(iri),
        "words": words,
        "spans": _spans,
    }
    return render(request, "article.html", context, page="article")


def _spans(said: Said) -> str:
    return " ".join(f"{span.start}-{span.end}" for span in said.spans)
