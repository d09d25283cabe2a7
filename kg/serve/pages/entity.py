"""The page of an entity: what it is, its facts, its events, what it said and what was said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.pages.errors import not_found
from kg.serve.pages.profile import Part, Profile
from kg.serve.pages.rendering import kept_of, page_number, render
from kg.vocabulary import TYPE

_PAGE: Final = 50
_EVENT_PAGE: Final = 20
_MOST_NAMES: Final = 20
_MOST_CONTRADICTIONS: Final = 5
_NONE: Final = Part((), 0)


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a page shown by itself, page by page; `query` is what its address says."""

    query: str
    offset: int
    limit: int
    total: int


def entity_page(request: Request, iri: str) -> Response:
    """Show an entity, or all of one part of what is known of it; 404 for one that the graph does not know."""
    kept = kept_of(request)
    if not kept.reader.is_known(iri):
        return not_found(request, iri)
    profile = Profile(kept.reader, iri)
    conflicts = kept.conflicts(0)
    names = kept.reader.names(iri)
    context: dict[str, Any] = {
        "reader": kept.reader,
        "thing": profile.thing,
        "names": names[:_MOST_NAMES],
        "more_names": len(names[_MOST_NAMES:]),
        "contradictions": [] if conflicts is None else conflicts.about(iri, _MOST_CONTRADICTIONS),
        "conflicts": {} if conflicts is None else conflicts.reasons,
        "groups": [],
        "dated": _NONE,
        "events": _NONE,
        "said": _NONE,
        "said_of": _NONE,
        "links": [],
        "section": None,
    }
    show = request.query_params.get("show")
    context |= _whole(profile) if show is None else _part(profile, show, request)
    return render(request, "entity.html", context, page="entity")


def _whole(profile: Profile) -> dict[str, Any]:
    return {
        "groups": profile.groups(),
        "dated": profile.dated(),
        "events": profile.events(),
        "said": profile.claims(by=True),
        "said_of": profile.claims(by=False),
        "links": profile.links(),
    }


def _part(profile: Profile, show: str, request: Request) -> dict[str, Any]:
    """Read one part, of which the address says the page."""
    relation = request.query_params.get("relation", "")
    limit = _EVENT_PAGE if show == "events" else _PAGE
    offset = (page_number(request) - 1) * limit
    query = urlencode({"show": show, "relation": relation} if relation else {"show": show})
    if show in ("of", "to"):
        known = relation in profile.reader.ontology.properties or relation == TYPE
        group = profile.group(relation, inverse=show == "to", limit=limit, offset=offset) if known else None
        groups = [group] if group is not None and group.facts else []
        return {"groups": groups, "section": Section(query, offset, limit, group.total if group else 0)}
    if show == "events":
        name, found = "events", profile.events(offset, limit)
    elif show in ("said", "said-of"):
        name, found = show.replace("-", "_"), profile.claims(by=show == "said", offset=offset, limit=limit)
    else:
        name, found = "dated", profile.dated(offset, limit)
    return {name: found, "section": Section(query, offset, limit, found.total)}
