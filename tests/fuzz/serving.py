"""The explorer: pages asked for with odd parameters and addresses."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote_from_bytes

from explored import browsing
from hypothesis import strategies as st
from lxml import html
from starlette.testclient import TestClient

from .odd import ODDITIES, mostly, odd_texts
from .target import Target
from .telling import CODES, folder

PATHS = (
    "/search", "/entities", "/articles", "/graph", "/timeline", "/query", "/why", "/api/complete", "/api/graph",
    "/about", "/id/eve-roe", "/id/{}", "/article/{}", "/fact/{}", "/claim/{}", "/decision/{}", "/ontology/{}",
    "/static/{}",
    "/{}", "/corrections", "/article/hostile",
)  # fmt: skip
PARAMETERS = (
    "q", "page", "around", "picked", "hops", "type", "kind", "of", "show", "relation", "limit", "from", "to", "at",
    "status", "layout", "notice", "format", "query", "default-graph-uri", "update", "x",
)  # fmt: skip
VALUES = (
    "eve", "Eve Roe", CODES, "https://kg.example/id/eve-roe", "-1", "0", "2", "9" * 30, "1e9", "NaN", "2024-02-30",
    "ASK {}", "SELECT * { ?s ?p ?o } LIMIT 3", "MetWith", "claimed",
)  # fmt: skip


def percent(text: str) -> str:
    """Write a text for an address; what is no UTF-8 too."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


texts = mostly(st.one_of(odd_texts, st.sampled_from(VALUES)), st.sampled_from(ODDITIES))
pairs = st.lists(st.tuples(st.sampled_from(PARAMETERS), texts), max_size=4)
addresses = st.tuples(st.sampled_from(PATHS), texts, pairs).map(
    lambda three: (
        f"{three[0].format(percent(three[1]))}?{'&'.join(f'{name}={percent(value)}' for name, value in three[2])}"
    )
)
accepts = st.sampled_from(
    ("text/html", "*/*", "text/turtle", "application/json", "application/rdf+xml;q=x", "image/png", ",;=", "")
)


@cache
def client() -> TestClient:
    """Serve the graph that holds codes and HTML; without its workers, so the endpoint is not asked for."""
    opened = browsing(folder())
    _kept.append(opened)
    return opened.__enter__()


_kept: list[object] = []


def ask(drawn: tuple[str, str]) -> None:
    """Ask for a page: it is there or not, and never fails; HTML parses, and holds no script of the graph."""
    address, accept = drawn
    answer = client().get(address, headers={"accept": accept})
    assert answer.status_code < 500 or answer.status_code == 503, (address, answer.status_code, answer.text[:300])
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        page = html.document_fromstring(answer.text)
        assert not [each for each in page.iter("script") if "alert" in (each.text or "")]
    assert "Traceback" not in answer.text


TARGETS = (
    Target("pages of the explorer", st.tuples(addresses, mostly(st.just("text/html"), accepts)), ask, few=25, share=1),
)
