"""The application: pages, linked data, the SPARQL endpoint and what they share."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from http import HTTPStatus
from os import PathLike
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from kg.errors import KgError, QueryError, SettingError, StoreError
from kg.serve import corrections, linked, pages
from kg.serve.guard import LOOPBACK, Guard
from kg.serve.limits import Limits
from kg.serve.pages.errors import error_page
from kg.serve.snapshot import Snapshots
from kg.serve.sparql.endpoint import SparqlEndpoint
from kg.serve.sparql.formats import negotiate
from kg.serve.sparql.pool import Pool
from kg.serve.static_files import static_app

_STATUS: Final = {
    SettingError: HTTPStatus.BAD_REQUEST,
    QueryError: HTTPStatus.BAD_REQUEST,
    StoreError: HTTPStatus.SERVICE_UNAVAILABLE,
}


def make_app(
    folder: str | PathLike[str],
    *,
    edit: bool = False,
    limits: Limits | None = None,
    allowed_hosts: Iterable[str] = LOOPBACK,
) -> Starlette:
    """Make the application for the graph in a folder; `edit` lets pages record decisions.

    `allowed_hosts` are the names and addresses, without port, under which it answers. Run it with its lifespan: that
    keeps the workers. Raises StoreError when there is no graph, or when it is just being written.
    """
    limits = limits or Limits()
    snapshots = Snapshots(folder)
    pool = Pool(limits)

    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        await pool.warm(snapshots.current())
        try:
            yield
        finally:
            await pool.close()
            snapshots.close()

    endpoint = SparqlEndpoint(snapshots, pool, limits)
    app = Starlette(
        routes=[*pages.routes, *corrections.routes, Mount("/static", static_app()), *linked.routes],
        middleware=[Middleware(Guard, hosts=allowed_hosts, limits=limits, refuse=_refuse, endpoint=endpoint)],
        exception_handlers={HTTPException: _tell_http, KgError: _tell_kg},
        lifespan=live,
    )
    app.router.redirect_slashes = False
    app.state.snapshots = snapshots
    app.state.edit = edit
    return app


def _tell_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    response = _make_error(request, error.status_code, error.detail)
    response.headers.update(error.headers or {})
    return response


def _tell_kg(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    return _make_error(request, status, str(error))


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, message: str) -> None:
    await _make_error(Request(scope), status, message)(scope, receive, send)


def _make_error(request: Request, status: int, message: str) -> Response:
    """Tell of an error as the client likes it: as a page, in JSON or as a line of text."""
    accept = request.headers.get("accept", "")
    if negotiate(accept).page:
        return error_page(request, status, message)
    if "json" in accept:
        return Response(json.dumps({"status": status, "error": message}), status, media_type="application/json")
    return PlainTextResponse(f"{message}\n", status)
