"""The page of a decision: what a person decided, and what became of it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.deciding import list_decisions
from kg.serve.pages.errors import not_found
from kg.serve.pages.rendering import kept_of, render, snapshot_of


def decision_page(request: Request, iri: str) -> Response:
    """Show a decision; 404 for one that nobody made."""
    recorded = list_decisions(snapshot_of(request).folder)
    found = next(
        (each for each in recorded if iri == each.decision.iri or iri.startswith(f"{each.decision.iri}-")), None
    )
    if found is None:
        return not_found(request, iri)
    context = {
        "reader": kept_of(request).reader,
        "recorded": found,
        "href": kept_of(request).reader.addresses.href(iri),
    }
    return render(request, "decision.html", context, page="corrections")
