"""The page on which questions are asked in SPARQL, with the named queries and the prefixes at hand."""

from __future__ import annotations

import json

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from kg.query import named_queries
from kg.serve.pages.rendering import remembered, render, snapshot_of

_ENDPOINT = "/sparql"
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


@remembered
def query(request: Request) -> Response:
    """Show the editor, or without scripts a plain field that sends its question to the endpoint."""
    snapshot = snapshot_of(request)
    queries = [
        {"name": each.name, "description": each.description, "text": each.text, "parameters": list(each.parameters)}
        for each in named_queries().values()
    ]
    data = {"endpoint": _ENDPOINT, "base": snapshot.base, "prefixes": snapshot.prefixes, "queries": queries}
    context = {"data": as_script(data), "queries": queries, "prefixes": snapshot.prefixes}
    return render(request, "query.html", context, page="query")


def as_script(data: object) -> Markup:
    """Write data as JSON that can stand in a script element: nothing in it can end the element.

    >>> str(as_script({"a": "</script>"}))
    '{"a": "\\\\u003c/script\\\\u003e"}'
    """
    return Markup(json.dumps(data, ensure_ascii=False).translate(_UNSAFE))
