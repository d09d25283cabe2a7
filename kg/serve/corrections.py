"""Corrections: what wants a look, and the decisions that people make on it, each with who made it and why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from kg import deciding
from kg.deciding import Outcome
from kg.errors import KgError, SettingError
from kg.serve.pages.addresses import local_path
from kg.serve.pages.errors import error_page
from kg.serve.pages.kept import PATIENCE
from kg.serve.pages.rendering import AUTHOR, kept_of, may_edit, notices_of, page_number, remembered, render, snapshot_of
from kg.serve.pages.wanted import find_namesakes, read_made, troubled

ADDRESS: Final = "/corrections"
LONGEST: Final = 64 << 10
"""The longest body of a correction, in bytes."""

_WAIT: Final = 20.0
_PATIENCE: Final = 60.0
"""Seconds that a correction waits for the one before it."""

_MOST_FIELDS: Final = 50
_PAGE: Final = 20
_YEAR: Final = 365 * 24 * 3600
_FORM: Final = "application/x-www-form-urlencoded"
_FIELDS: Final = (
    "action", "a", "b", "fact", "subject", "predicate", "object", "name", "replace", "decision", "why", "by", "next",
)  # fmt: skip

Fields = Mapping[str, str]

_DECIDE: Final[dict[str, Callable[[Path, Fields, dict[str, Any]], Outcome]]] = {
    "same": lambda folder, given, who: deciding.same(folder, given["a"], given["b"], **who),
    "different": lambda folder, given, who: deciding.different(folder, given["a"], given["b"], **who),
    "rename": lambda folder, given, who: deciding.rename(
        folder, given["a"], given["name"], replace=bool(given["replace"]), **who
    ),
    "reject": lambda folder, given, who: deciding.reject(folder, *_rejected(given), **who),
    "add": lambda folder, given, who: deciding.add(
        folder, given["subject"], given["predicate"], given["object"], **who
    ),
    "undo": lambda folder, given, who: deciding.undo(folder, given["decision"], **who),
}
_NEEDED: Final = {
    "same": ("a", "b"),
    "different": ("a", "b"),
    "rename": ("a", "name"),
    "reject": (),
    "add": ("subject", "predicate", "object", "why"),
    "undo": ("decision",),
}
_WORDS: Final = {
    "a": "one name",
    "b": "the other name",
    "name": "the new name",
    "subject": "who or what it is about",
    "predicate": "the relation",
    "object": "the other end",
    "why": "the reason, as no article gives one",
    "by": "your name, as a decision says who made it",
    "decision": "the decision",
}


@remembered
def _list(request: Request) -> Response:
    return _page(request, {})


def _page(request: Request, given: Fields, *, error: str = "", status: int = 200) -> Response:
    """Show what wants correcting; after an error with the form as it was filled in."""
    kept = kept_of(request)
    conflicts = kept.conflicts()
    weakest = kept.weakest.get(PATIENCE)
    index = kept.search.get(_WAIT)
    offset = (page_number(request) - 1) * _PAGE
    namesakes, number = ([], 0) if index is None else find_namesakes(kept.reader, index, _PAGE, offset)
    made = read_made(snapshot_of(request))
    ontology = kept.reader.ontology
    context = {
        "reader": kept.reader,
        "contradictions": None if conflicts is None else conflicts.shown(_PAGE, offset),
        "number_of_contradictions": 0 if conflicts is None else len(conflicts),
        "weakest": None if weakest is None else [kept.reader.fact(iri) for iri in weakest[offset : offset + _PAGE]],
        "number_of_weak": 0 if weakest is None else len(weakest),
        "namesakes": namesakes,
        "number_of_namesakes": number,
        "made": made,
        "troubled": troubled(made),
        "given": {name: given.get(name, "") for name in _FIELDS},
        "error": error,
        "relations": sorted({each.label for each in ontology.properties.values()}) if may_edit(request) else [],
        "offset": offset,
        "limit": _PAGE,
    }
    return render(request, "corrections.html", context, page="corrections", status=status)


async def _correct(request: Request) -> Response:
    """Take in a form; it is read here, as a page that reads it in a thread could wait for ever."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return await run_in_threadpool(error_page, request, 415, f"A correction is a form, sent as {_FORM}")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST:
            return await run_in_threadpool(error_page, request, 413, f"A correction has {LONGEST:,} bytes at most")
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError:
        return await run_in_threadpool(error_page, request, 400, f"A correction has {_MOST_FIELDS} fields at most")
    given = dict.fromkeys(_FIELDS, "") | {name: value.strip() for name, value in pairs if name in _FIELDS}
    return await run_in_threadpool(_decide, request, given)


def _decide(request: Request, given: Fields) -> Response:
    """Make a decision and go on to where it was asked for, with a notice of what it changed."""
    if not may_edit(request):
        return error_page(request, 403, "Corrections are switched off here; start `kg serve --edit` to make them")
    if not _is_same_origin(request):
        return error_page(request, 403, "A correction is taken from a page of this server only")
    lock = _lock_of(request)
    if not lock.acquire(timeout=_PATIENCE):
        return _page(request, given, error="Another correction is being made; try again when it is done", status=503)
    try:
        _check(given)
        who = {"why": given["why"] or None, "by": given["by"]}
        with request.app.state.snapshots.writing():
            outcome = _DECIDE[given["action"]](request.app.state.snapshots.folder, given, who)
    except KgError as error:
        return _page(request, given, error=str(error), status=400)
    finally:
        lock.release()
    request.state.snapshot = request.app.state.snapshots.refresh()
    notice = notices_of(request).leave(_tell(outcome))
    response = RedirectResponse(_with_notice(_next(request, given["next"]), notice), status_code=303)
    response.set_cookie(AUTHOR, quote(given["by"]), max_age=_YEAR, httponly=True, samesite="strict")
    return response


def _check(given: Fields) -> None:
    """Raise SettingError for a form that lacks what its action needs."""
    if given["action"] not in _DECIDE:
        raise SettingError(f"there is no correction called “{given['action']}”")
    for name in (*_NEEDED[given["action"]], "by"):
        if not given[name]:
            raise SettingError(f"give {_WORDS[name]}")


def _rejected(given: Fields) -> tuple[str, ...]:
    return (given["fact"],) if given["fact"] else (given["subject"], given["predicate"], given["object"])


def _lock_of(request: Request) -> threading.Lock:
    state = request.app.state
    if not hasattr(state, "correcting"):
        state.correcting = threading.Lock()
    lock: threading.Lock = state.correcting
    return lock


def _is_same_origin(request: Request) -> bool:
    """Say whether a form was sent by one of these pages, as far as the browser tells."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return site in ("same-origin", "none") and origin in (None, own)


def _tell(outcome: Outcome) -> list[str]:
    """Say what became of a decision."""
    lines = [*outcome.told, *(str(issue) for issue in outcome.issues)]
    if not outcome.decisions:
        lines.append("Nothing new was decided.")
    changes = [f"{name}: {before:,} → {after:,}" for name, (before, after) in outcome.changes.items()]
    if changes:
        lines.append(f"The graph changed ({', '.join(changes)}).")
    else:
        lines.append("The graph changed." if outcome.changed else "The graph stays as it is.")
    return lines


def _next(request: Request, wanted: str) -> str:
    """Give where to go on: the page that a correction came from, as long as there is what it shows."""
    path = local_path(wanted, ADDRESS)
    name = urlsplit(path).path.lstrip("/")
    snapshot = snapshot_of(request)
    if name.startswith(("id/", "fact/", "claim/")) and not kept_of(request).reader.is_known(snapshot.base + name):
        return ADDRESS
    return path


def _with_notice(path: str, notice: str) -> str:
    parts = urlsplit(path)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != "notice"]
    return urlunsplit(("", "", parts.path, urlencode([*query, ("notice", notice)]), parts.fragment))


routes: Final = [Route(ADDRESS, _list, methods=["GET"]), Route(ADDRESS, _correct, methods=["POST"])]
