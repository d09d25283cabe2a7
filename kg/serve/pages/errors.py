"""Pages for what went wrong: what happened, and where to go from there."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from kg.errors import KgError
from kg.serve.pages.negotiation import choose
from kg.serve.pages.rendering import kept_of, render

_OFFERED: Final = ("text/html", "application/json", "text/plain")
_MOST_NEAR: Final = 5


def error_page(request: Request, status: int, message: str, *, near: str = "") -> Response:
    """Say what went wrong, as a page, JSON or plain text, whatever the client takes; `near` is a name to look for."""
    chosen = choose(request.headers.get("accept"), _OFFERED)
    if chosen == "application/json" or request.url.path.startswith("/api/"):
        return JSONResponse({"status": status, "error": message}, status_code=status, headers={"Vary": "Accept"})
    if chosen != "text/html":
        return PlainTextResponse(f"{message}\n", status_code=status, headers={"Vary": "Accept"})
    context = {"status": status, "title": _phrase(status), "message": message, "near": _near(request, near)}
    return render(request, "error.html", context, page="error", status=status)


def not_found(request: Request, iri: str) -> Response:
    """Say that the graph knows nothing of an IRI, with entities of like names."""
    name = iri.rstrip("/").rpartition("/")[2].replace("-", " ").replace("_", " ")
    return error_page(request, 404, f"Nothing in the graph is named {iri}", near=name)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Something went wrong"


def _near(request: Request, name: str) -> list[object]:
    """Give entities with names like one; none where the index of names is not there, or the graph itself is not."""
    if not name.strip():
        return []
    try:
        kept = kept_of(request)
        search = kept.search.get(0.3)
        hits = [] if search is None else search.find(name, _MOST_NEAR) or search.near(name, _MOST_NEAR)
        return [kept.reader.shown(hit.iri) for hit in hits]
    except KgError:
        return []
