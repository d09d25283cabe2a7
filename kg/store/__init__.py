"""Stores of quads: evidence in named graphs, knowledge in the default graph."""

from __future__ import annotations

from kg.store.base import DEFAULT_GRAPH, Answer, Change, GraphName, Store
from kg.store.opening import InUseError
from kg.store.oxigraph import MemoryStore, OxigraphStore

__all__ = ["DEFAULT_GRAPH", "Answer", "Change", "GraphName", "InUseError", "MemoryStore", "OxigraphStore", "Store"]
