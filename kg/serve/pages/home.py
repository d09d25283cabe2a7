"""The first page: search, what the graph holds, and what wants a look."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.pages.kept import PATIENCE
from kg.serve.pages.reader import UNTYPED, Reader
from kg.serve.pages.rendering import kept_of, remembered, render
from kg.serve.pages.totals import Totals
from kg.serve.pages.words import several

_MOST_KINDS: Final = 12
_SHOWN_OF_A_KIND: Final = 6
_CONTRADICTIONS: Final = 5


@remembered
def home(request: Request) -> Response:
    """Show what there is."""
    kept = kept_of(request)
    totals, conflicts = kept.totals.get(PATIENCE), kept.conflicts()
    kinds = [] if totals is None else kinds_of(kept.reader, totals)
    told = {} if (search := kept.search.get(0)) is None else search.told
    connected = [
        (kind, label, [(kept.reader.shown(iri), told.get(iri, 0)) for iri in things[:_SHOWN_OF_A_KIND]])
        for kind, label, things in kinds[:_MOST_KINDS]
        if kind != UNTYPED
    ]
    context = {
        "reader": kept.reader,
        "totals": totals,
        "kinds": kinds[:_MOST_KINDS],
        "connected": connected,
        "contradictions": None if conflicts is None else conflicts.shown(_CONTRADICTIONS),
        "number": 0 if conflicts is None else len(conflicts),
    }
    return render(request, "home.html", context, page="home")


def kinds_of(reader: Reader, totals: Totals) -> list[tuple[str, str, list[str]]]:
    """Give the kinds of things, each with its name and its things, the largest kind first."""
    return [(kind, _label(reader, kind), things) for kind, things in totals.kinds.items() if things]


def _label(reader: Reader, kind: str) -> str:
    label = reader.kind_label(kind)
    return label if kind == UNTYPED else several(label)
