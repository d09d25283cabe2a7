"""The page of a fact or a claim: what it says, every passage that says it, and how it was found."""

from __future__ import annotations

from typing import Any, Final

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response

from kg.knowledge import terms as t
from kg.lookup import Fact
from kg.serve.pages.errors import not_found
from kg.serve.pages.reader import KNOWN_FACT, Reader
from kg.serve.pages.rendering import kept_of, page_number, render
from kg.vocabulary import PROV

_PASSAGES: Final = 50
_SOURCE: Final = NamedNode(PROV + "wasDerivedFrom")
_KNOWN: Final = KNOWN_FACT.value


def statement_page(request: Request, iri: str) -> Response:
    """Show a fact or a claim; 404 for one that is not in the graph, which may have been so before it was corrected."""
    kept = kept_of(request)
    reader = kept.reader
    types = reader.node_types(iri)
    offset = (page_number(request) - 1) * _PASSAGES
    context: dict[str, Any] = {"reader": reader, "iri": iri, "offset": offset, "limit": _PASSAGES}
    context |= {"found": reader.passages(iri, _PASSAGES, offset), "total": reader.count_passages(iri)}
    context |= {"href": reader.addresses.href(iri), "rules": reader.values(iri, t.RULE)}
    if t.CLAIM.value in types:
        claim = reader.claim(iri)
        about = [reader.shown(each) for each in reader.values(iri, t.ABOUT)]
        cues = reader.values(iri, t.STATUS_CUE)
        return render(
            request, "claim.html", {**context, "claim": claim, "about": about, "cues": cues}, page="statement"
        )
    if {t.FACT.value, t.QUALIFIED_FACT.value, _KNOWN} & types:
        fact = reader.fact(iri)
        conflicts = kept.conflicts(0)
        against = [] if conflicts is None else conflicts.of(iri)
        context |= {
            "fact": fact,
            "contradictions": against,
            "premises": _premises(reader, iri),
            "known": _KNOWN in types,
        }
        context |= {"sources": [reader.thing(each).label for each in reader.values(iri, _SOURCE)]}
        return render(request, "fact.html", context, page="statement")
    return not_found(request, iri)


def _premises(reader: Reader, iri: str) -> list[Fact]:
    """Give the facts that a fact was concluded from."""
    return [reader.fact(each) for each in reader.values(iri, t.INFERRED_FROM)]
