"""How to read the pages, and whose work is in them."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg import assets
from kg.serve.pages.addresses import name_of
from kg.serve.pages.rendering import remembered, render, snapshot_of


@remembered
def about(request: Request) -> Response:
    """Explain facts, claims and how sure they are, and name the ontologies."""
    ontology = snapshot_of(request).ontology
    sources = [source.iri for source in ontology.triples.sources if source.iri is not None]
    ontologies = [(name_of(iri), ontology.triples.label(iri) or name_of(iri)) for iri in sources]
    return render(request, "about.html", {"ontologies": ontologies}, page="about")


@remembered
def licences(request: Request) -> Response:
    """List the packages that the scripts are made of, each with its licence."""
    return render(request, "licences.html", {"licences": assets.licences()}, page="licences")
