"""Questions to a graph: SPARQL, or a named query that comes with the package."""

from __future__ import annotations

from kg.query.named import NamedQuery, named_queries
from kg.query.result import FORMATS, QueryResult
from kg.query.run import query_folder, run_query

__all__ = ["FORMATS", "NamedQuery", "QueryResult", "named_queries", "query_folder", "run_query"]
