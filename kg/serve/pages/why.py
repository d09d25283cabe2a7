"""Why a thing is one thing: where it appears, what joined it, and what it was not joined with."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from kg.decisions import read_decisions
from kg.folder import DECISIONS
from kg.knowledge.iris import is_iri
from kg.making import Maker, open_linking
from kg.serve.pages.errors import not_found
from kg.serve.pages.kept import Later
from kg.serve.pages.rendering import kept_of, remembered, render, snapshot_of
from kg.serve.snapshot import Snapshot
from kg.why import Account, explain_entities

_PATIENCE: Final = 2.0
_MOST_KEPT: Final = 50
_MOST_SHOWN: Final = 50


class Accounts:
    """The accounts of a state of a graph that were asked for last: each takes a walk through all articles."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._store, self._ontology = snapshot.store, snapshot.ontology
        self._base, self._folder = snapshot.base, snapshot.folder
        self._one_at_a_time = threading.Lock()
        self._lock = threading.Lock()
        self._found: OrderedDict[str, Later[list[Account]]] = OrderedDict()

    def of(self, iri: str) -> Later[list[Account]]:
        """Give the account of an entity, which may still be being made."""
        with self._lock:
            if iri not in self._found:
                self._found[iri] = Later(lambda: self._explain(iri))
                while len(self._found) > _MOST_KEPT:
                    self._found.popitem(last=False)
            return self._found[iri]

    def _explain(self, iri: str) -> list[Account]:
        with self._one_at_a_time:
            linking = open_linking(self._folder, self._store, self._ontology, self._base)
            maker = Maker(self._store, self._ontology, self._base, linking)
            return explain_entities(maker, read_decisions(self._folder / DECISIONS, self._base), [iri])


@remembered
def why(request: Request) -> Response:
    """Explain the identity of one thing; while that is being worked out the page says to look again."""
    kept = kept_of(request)
    iri = request.query_params.get("of", "")
    if not is_iri(iri) or not kept.reader.is_entity(iri) or not kept.reader.is_known(iri):
        return not_found(request, iri)
    accounts = snapshot_of(request).cached(Accounts).of(iri)
    found = accounts.get(_PATIENCE)
    context = {
        "reader": kept.reader,
        "thing": kept.reader.shown(iri),
        "account": found[0] if found else None,
        "ready": accounts.ready,
        "most": _MOST_SHOWN,
    }
    return render(request, "why.html", context, page="why", status=200 if accounts.ready else 202)
