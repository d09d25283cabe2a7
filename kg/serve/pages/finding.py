"""Which thing a form means: the one that was picked from a list, or what somebody typed."""

from __future__ import annotations

from typing import Final

from starlette.requests import Request

from kg.knowledge.iris import is_iri
from kg.serve.pages.kept import Kept

WAIT: Final = 20.0
"""Seconds that a page waits for the names of a large graph to be read for the first time."""


def find_thing(request: Request, kept: Kept) -> tuple[str, str | None]:
    """Give what `around` says, and the thing that it names: by its IRI, or as the likeliest of its names.

    `picked` is the IRI of what was picked from a list; it counts while `around` still has its label.
    """
    text = request.query_params.get("around", "").strip()
    picked = request.query_params.get("picked", "").strip()
    if picked and is_thing(kept, picked) and kept.reader.shown(picked).label == text:
        return text, picked
    if is_thing(kept, text):
        return text, text
    index = kept.search.get(WAIT) if text else None
    hits = [] if index is None else index.find(text, 1)
    return text, hits[0].iri if hits else None


def is_thing(kept: Kept, iri: str) -> bool:
    """Say whether a text is the IRI of an entity that the graph tells of."""
    return is_iri(iri) and kept.reader.is_entity(iri) and kept.reader.is_known(iri)
