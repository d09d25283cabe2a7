"""The graph as a picture to walk in, and the data that it is drawn from."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.serve.pages.errors import error_page, not_found
from kg.serve.pages.finding import WAIT, find_thing
from kg.serve.pages.kept import Kept
from kg.serve.pages.neighbourhood import MOST_HOPS, MOST_NODES, Neighbourhood, Wanted, as_json
from kg.serve.pages.rendering import kept_of, remembered, render

_FIRST: Final = 60
_MOST_ROWS: Final = 200


@remembered
def graph(request: Request) -> Response:
    """Show the neighbourhood of a thing: a picture where scripts run, and a list of what relates to what."""
    kept = kept_of(request)
    wanted = _wanted(request, kept, _FIRST)
    if wanted is None:
        return _unknown(request)
    if not wanted.around:
        return render(request, "graph.html", {"thing": None, "reader": kept.reader}, page="graph")
    told = _told(kept)
    found = as_json(kept.reader, Neighbourhood(kept.reader, wanted, told), told)
    context = {
        "reader": kept.reader,
        "thing": kept.reader.shown(wanted.around),
        "wanted": wanted,
        "found": found,
        "labels": {each["iri"]: each for each in found["nodes"]},
        "most_hops": MOST_HOPS,
        "most_rows": _MOST_ROWS,
    }
    return render(request, "graph.html", context, page="graph")


@remembered
def graph_data(request: Request) -> Response:
    """Give the neighbourhood of a thing as JSON: nodes, edges, kinds and relations, and how many are hidden."""
    kept = kept_of(request)
    wanted = _wanted(request, kept, MOST_NODES)
    if wanted is None or not wanted.around:
        return _unknown(request)
    told = _told(kept)
    return JSONResponse(as_json(kept.reader, Neighbourhood(kept.reader, wanted, told), told))


def _wanted(request: Request, kept: Kept, limit: int) -> Wanted | None:
    """Read what is asked for; None for a thing that the graph does not know. Without one it is what most is told of."""
    asked = request.query_params
    text, around = find_thing(request, kept)
    if text and around is None:
        return None
    around = around or _most_told_of(kept)
    return Wanted(
        around,
        min(MOST_HOPS, _number(asked.get("hops"), 1)),
        min(MOST_NODES, _number(asked.get("limit"), limit)),
        frozenset(filter(None, asked.getlist("types"))),
        frozenset(filter(None, asked.getlist("relations"))),
    )


def _most_told_of(kept: Kept) -> str:
    totals = kept.totals.get(WAIT)
    told = _told(kept)
    firsts = [] if totals is None else [things[0] for things in totals.kinds.values() if things]
    return min(firsts, key=lambda iri: (-told.get(iri, 0), iri), default="")


def _told(kept: Kept) -> dict[str, int]:
    index = kept.search.get(WAIT)
    return {} if index is None else index.told


def _number(text: str | None, otherwise: int) -> int:
    return max(1, int(text)) if text is not None and text.isdecimal() and len(text) < 6 else otherwise


def _unknown(request: Request) -> Response:
    around = request.query_params.get("around", "")
    if around.startswith("http"):
        return not_found(request, around)
    return error_page(request, 404, f"Nothing in the graph is named “{around}”", near=around)
