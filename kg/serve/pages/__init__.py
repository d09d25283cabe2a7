"""The pages of the explorer: a module for each, and what they read of a graph."""

from __future__ import annotations

from typing import Final

from starlette.routing import Route

from kg.serve.pages.about import about, licences
from kg.serve.pages.errors import error_page
from kg.serve.pages.graph import graph, graph_data
from kg.serve.pages.home import home
from kg.serve.pages.query import query
from kg.serve.pages.search import articles, complete, entities, search
from kg.serve.pages.timeline import timeline
from kg.serve.pages.why import why

__all__ = ["error_page", "routes"]

routes: Final = [
    Route("/", home),
    Route("/search", search),
    Route("/api/complete", complete),
    Route("/entities", entities),
    Route("/articles", articles),
    Route("/graph", graph),
    Route("/api/graph", graph_data),
    Route("/timeline", timeline),
    Route("/query", query),
    Route("/why", why),
    Route("/about", about),
    Route("/licences", licences),
]
"""All pages but those of linked data (kg.serve.linked) and of corrections (kg.serve.corrections)."""
