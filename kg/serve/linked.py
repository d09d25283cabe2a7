"""Linked data: every IRI under the base of the graph answers with a page, or with RDF for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from pyoxigraph import BlankNode, NamedNode, Quad
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.decisions import decisions_graph
from kg.export.jsonld import make_jsonld
from kg.export.rdf import make_ntriples, make_rdfxml, make_turtle
from kg.knowledge.iris import is_iri
from kg.ontology.turtle import Term
from kg.serve.pages.article import article_page
from kg.serve.pages.decision import decision_page
from kg.serve.pages.entity import entity_page
from kg.serve.pages.errors import error_page, not_found
from kg.serve.pages.negotiation import choose
from kg.serve.pages.rendering import make_etag, remembered, snapshot_of
from kg.serve.pages.statement import statement_page
from kg.serve.pages.term import find_source, term_page
from kg.serve.snapshot import Snapshot
from kg.store import DEFAULT_GRAPH

HTML: Final = "text/html"
FORMATS: Final = {
    "ttl": ("text/turtle", make_turtle),
    "nt": ("application/n-triples", make_ntriples),
    "jsonld": ("application/ld+json", make_jsonld),
    "rdf": ("application/rdf+xml", make_rdfxml),
}
"""The formats that `?format=` can ask for, with their media types and what writes them."""

_BLANK: Final = "_:"
_BY_TYPE: Final = {media: name for name, (media, _) in FORMATS.items()}
_PAGES: Final[dict[str, Callable[[Request, str], Response]]] = {
    "id": entity_page,
    "article": article_page,
    "fact": statement_page,
    "claim": statement_page,
    "decision": decision_page,
    "ontology": term_page,
}


@remembered
def resource(request: Request) -> Response:
    """Show what the IRI names that is the base of the graph and this path: as a page, or as RDF.

    404 where the graph knows nothing of it, 406 where the client takes nothing that there is.
    """
    snapshot = snapshot_of(request)
    iri = find_iri(snapshot, request)
    if iri is None:
        path = request.path_params["path"]
        iri = snapshot.base + path
        if path.partition("/")[0] in _PAGES:
            return not_found(request, iri)
        return error_page(request, 404, "There is no such page", near=path.rpartition("/")[2])
    wanted = _format(request)
    if wanted is None:
        offered = ", ".join((HTML, *_BY_TYPE))
        return error_page(request, 406, f"This is there as {offered}; ask for one of these (Accept, or ?format=ttl)")
    if wanted != HTML:
        return _data(request, snapshot, iri, wanted)
    page = _PAGES.get(request.path_params["path"].partition("/")[0])
    return not_found(request, iri) if page is None else page(request, iri)


def find_iri(snapshot: Snapshot, request: Request) -> str | None:
    """Find what the path of a request names, as it was sent or decoded; None where the graph knows nothing of it."""
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0].lstrip("/")
    for path in dict.fromkeys((request.path_params["path"], raw)):
        iri: str = snapshot.base + path
        if is_iri(iri) and any(_triples(snapshot, iri)):
            return iri
    return None


def _format(request: Request) -> str | None:
    """Give the format that is asked for, by its name or "text/html"; None for none that there is."""
    asked = request.query_params.get("format")
    if asked is not None:
        return HTML if asked == "html" else asked if asked in FORMATS else None
    chosen = choose(request.headers.get("accept"), (HTML, "application/xhtml+xml", *_BY_TYPE))
    if chosen is None:
        return None
    return _BY_TYPE.get(chosen, HTML)


def _data(request: Request, snapshot: Snapshot, iri: str, format: str) -> Response:
    media, write = FORMATS[format]
    etag = make_etag(iri, format, snapshot.version)
    headers = {"Vary": "Accept", "ETag": etag, "Cache-Control": "no-cache"}
    if etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    text = write(_triples(snapshot, iri), snapshot.prefixes)
    return Response(text, media_type=media, headers={**headers, "Access-Control-Allow-Origin": "*"})


def _triples(snapshot: Snapshot, iri: str) -> Iterator[Quad]:
    """Iterate over what the graph says of an IRI: all that it is the subject of, and what points to an entity.

    An article has all its evidence, an ontology all its terms.
    """
    store, node = snapshot.store, NamedNode(iri)
    path = iri[len(snapshot.base) :].partition("/")[0]
    if path == "ontology":
        source = find_source(snapshot.ontology, iri)
        yield from () if source is None else _of_source(source.triples)
    elif path == "article":
        yield from store.quads(graph=node)
    elif path == "decision":
        graph = decisions_graph(snapshot.base)
        yield from _described(node, lambda each: store.quads(each, graph=graph))
    else:
        yield from store.quads(node, graph=DEFAULT_GRAPH)
        if path == "id":
            yield from store.quads(None, None, node, graph=DEFAULT_GRAPH)


def _described(node: NamedNode, quads: Callable[[NamedNode], Iterable[Quad]]) -> Iterator[Quad]:
    """Iterate over what is said of a node, and of the nodes whose names begin with its own."""
    for quad in quads(node):
        yield quad
        if isinstance(quad.object, NamedNode) and quad.object.value.startswith(f"{node.value}-"):
            yield from quads(quad.object)


def _of_source(triples: Iterable[tuple[str, str, Term]]) -> Iterator[Quad]:
    for subject, predicate, value in triples:
        blank = subject.startswith(_BLANK)
        node = BlankNode(subject.removeprefix(_BLANK)) if blank else NamedNode(subject)
        yield Quad(node, NamedNode(predicate), value)


routes: Final = [Route("/{path:path}", resource, methods=["GET"])]
"""To be the last of an application: it answers every path."""
