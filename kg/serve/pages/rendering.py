"""Pages out of templates: what every page shows, and what is the same between two requests."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from hashlib import blake2s
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import parse_qsl, unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kg import assets
from kg.phrases import count, day, in_time, web_address
from kg.serve.pages.kept import Kept, make_kept
from kg.serve.pages.pieces import claim_line, dates, details, fact_line, passage, passages, says, status_of
from kg.serve.pages.words import classes, show_percent, standing

if TYPE_CHECKING:
    from kg.serve.snapshot import Snapshot

Endpoint: TypeAlias = Callable[[Request], Response]

AUTHOR: Final = "kg-by"
"""The cookie that keeps the name of who made the last correction, for the next form."""

TEMPLATES: Final = Path(__file__).parent.parent / "templates"
_MOST_NOTICES: Final = 100


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Give the templates; all that they show is escaped."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(day=day, number=lambda value: f"{value:,}", percent=show_percent, in_time=in_time)
    made.globals.update(
        tags=tags, count=count, web_address=web_address, standing=standing, classes=classes, says=says, dates=dates,
        status_of=status_of, fact_line=fact_line, claim_line=claim_line, details=details, passage=passage,
        passages=passages,
    )  # fmt: skip
    return made


def tags(entry: str) -> Markup:
    """Give the tags of scripts and style as `kg.assets` has them; looked up anew every second."""
    return _tags(entry, int(time.monotonic()))


@lru_cache(maxsize=16)
def _tags(entry: str, _second: int) -> Markup:
    return assets.tags(entry)


def snapshot_of(request: Request) -> Snapshot:
    """Give the state of the graph that a request is answered from, one for all of it."""
    if not hasattr(request.state, "snapshot"):
        request.state.snapshot = request.app.state.snapshots.current()
    snapshot: Snapshot = request.state.snapshot
    return snapshot


def kept_of(request: Request) -> Kept:
    """Give what pages keep of that state."""
    return snapshot_of(request).cached(make_kept)


def may_edit(request: Request) -> bool:
    """Say whether corrections can be made here."""
    return bool(getattr(request.app.state, "edit", False))


def author_of(request: Request) -> str:
    """Give the name of who made the last correction in this browser, where corrections can be made."""
    return unquote(request.cookies.get(AUTHOR, "")) if may_edit(request) else ""


def remembered(endpoint: Endpoint) -> Endpoint:
    """Make an endpoint whose pages are made once for a state of the graph, and not sent to those who have them."""

    @wraps(endpoint)
    def answer(request: Request) -> Response:
        if take_notice(request) is not None:
            return endpoint(request)
        kept, edit = kept_of(request), may_edit(request)
        author = author_of(request)
        accepted = request.headers.get("accept", "")
        version, state = snapshot_of(request).version, kept.state
        etag = make_etag(_path(request), version, state, str(edit), author, accepted, tags("main"))
        headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept"}
        given = request.headers.get("if-none-match", "")
        if etag in (each.strip().removeprefix("W/") for each in given.split(",")):
            return Response(status_code=304, headers=headers)
        found = kept.pages.get(etag)
        if found is None:
            response = endpoint(request)
            if response.status_code != 200 or kept.state != state:
                return response
            found = bytes(response.body), response.headers["content-type"]
            kept.pages.put(etag, found)
        return Response(found[0], headers={**headers, "Content-Type": found[1]})

    return answer


def render(request: Request, template: str, context: Mapping[str, Any], *, page: str, status: int = 200) -> Response:
    """Make a page of a template; `page` is its name, for style and navigation."""
    edit = may_edit(request)
    text = (
        environment()
        .get_template(template)
        .render(
            page=page,
            edit=edit,
            missing=assets.missing(),
            author=author_of(request),
            notice=take_notice(request),
            path=_path(request),
            typed=request.query_params.get("q", ""),
            **context,
        )
    )
    return HTMLResponse(text, status_code=status, headers={"Vary": "Accept", "Cache-Control": "no-store"})


def make_etag(*parts: str) -> str:
    """Name the content that some parts decide.

    >>> make_etag("a", "b") == make_etag("a", "b"), make_etag("ab", "") == make_etag("a", "b")
    (True, False)
    """
    return f'"{blake2s(repr(parts).encode(errors="replace"), digest_size=9).hexdigest()}"'


def _path(request: Request) -> str:
    """Give the path and the query, without what names a notice."""
    query = urlencode([pair for pair in parse_qsl(request.url.query, keep_blank_values=True) if pair[0] != "notice"])
    return request.url.path + (f"?{query}" if query else "")


def page_number(request: Request) -> int:
    """Give the number of the page that is asked for, from 1 on; what is no number is the first."""
    text = request.query_params.get("page", "1")
    return max(1, int(text)) if text.isdecimal() and len(text) < 8 else 1


# -- notices ------------------------------------------------------------------------------------------


class Notices:
    """What a correction did, told once on the page that is shown after it; no link from elsewhere can make one."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, list[str]] = OrderedDict()
        self._lock = threading.Lock()

    def leave(self, lines: list[str]) -> str:
        """Keep some lines, and give the name under which they are shown."""
        name = secrets.token_urlsafe(9)
        with self._lock:
            self._texts[name] = lines
            while len(self._texts) > _MOST_NOTICES:
                self._texts.popitem(last=False)
        return name

    def take(self, name: str) -> list[str] | None:
        """Give the lines of a name; None where there are none."""
        with self._lock:
            return self._texts.get(name)


def notices_of(request: Request) -> Notices:
    """Give the notices of the application."""
    state = request.app.state
    if not hasattr(state, "notices"):
        state.notices = Notices()
    notices: Notices = state.notices
    return notices


def take_notice(request: Request) -> list[str] | None:
    """Give what a correction just did, where the address says that one was made."""
    name = request.query_params.get("notice")
    return notices_of(request).take(name) if name else None
