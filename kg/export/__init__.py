"""A graph in files that other programs read, in formats told apart by the suffix of the file."""

from __future__ import annotations

from collections.abc import Callable
from os import PathLike, fspath
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from kg.errors import SettingError
from kg.export.jsonld import make_jsonld
from kg.export.rdf import make_nquads, make_ntriples, make_rdfxml, make_trig, make_turtle
from kg.export.tables import EDGES, NODES, make_edges_csv, make_gexf, make_graphml, make_nodes_csv
from kg.files import replace_file
from kg.knowledge import graph_prefixes
from kg.network import Source, iter_quads, to_networkx
from kg.ontology import Ontology
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import DEFAULT_BASE

__all__ = ["FORMATS", "write_export"]

Prefixes: TypeAlias = dict[str, str]

_KNOWLEDGE: Final[dict[str, Callable[..., str]]] = {
    "ttl": make_turtle,
    "nt": make_ntriples,
    "rdf": make_rdfxml,
    "jsonld": make_jsonld,
}
_EVERYTHING: Final[dict[str, Callable[..., str]]] = {"trig": make_trig, "nq": make_nquads}
_NETWORKS: Final = {"graphml": make_graphml, "gexf": make_gexf}
_CSV: Final = "csv"

FORMATS: Final = (*_KNOWLEDGE, *_EVERYTHING, *_NETWORKS, _CSV)
"""The formats, each the suffix of its files without the dot."""


def write_export(
    source: Source,
    target: str | PathLike[str] | BinaryIO,
    ontology: Ontology,
    *,
    format: str | None = None,
    base: str = DEFAULT_BASE,
) -> tuple[Path, ...]:
    """Write a store, or quads, to a file or a binary stream, and give the files written; same graph, same bytes.

    The format is `format`, or the suffix of the file; a stream needs `format`. ttl, nt, rdf and jsonld hold the default
    graph, trig and nq every graph; graphml, gexf and csv the entities and plain facts of `to_networkx`, several values
    of one attribute joined by "; ". NAME.csv becomes two files, NAME-nodes.csv and NAME-edges.csv. A file is written
    whole or not at all. `base` is that of the graph's own IRIs, for the prefixes id, fact and claim.

    Raises SettingError for an unknown format and for csv on a stream, StoreError when a file cannot be written.
    """
    path = Path(target) if isinstance(target, (str, PathLike)) else None
    format = _format(path, format)
    if format == _CSV:
        if path is None:
            raise SettingError("csv is two files, nodes and edges; name a file instead of a stream")
        graph = to_networkx(source, ontology)
        tables = {NODES: make_nodes_csv(graph), EDGES: make_edges_csv(graph)}
        files = {path.with_name(f"{path.stem}-{name}.csv"): text for name, text in tables.items()}
        for file, text in files.items():
            _write(file, text)
        return tuple(files)
    text = _make(source, ontology, format, graph_prefixes(base, ontology.prefixes))
    if isinstance(target, (str, PathLike)):
        _write(Path(target), text)
        return (Path(target),)
    target.write(text.encode())
    return ()


def _format(path: Path | None, format: str | None) -> str:
    found = format if format is not None else path.suffix if path is not None else ""
    found = found.lower().lstrip(".")
    if found not in FORMATS:
        where = f"{fspath(path)}: " if path is not None else ""
        raise SettingError(f'{where}no format is called "{found}"; take one of {", ".join(FORMATS)}')
    return found


def _make(source: Source, ontology: Ontology, format: str, prefixes: Prefixes) -> str:
    if format in _NETWORKS:
        return _NETWORKS[format](to_networkx(source, ontology))
    if format in _EVERYTHING:
        return _EVERYTHING[format](iter_quads(source), prefixes)
    return _KNOWLEDGE[format](iter_quads(source, DEFAULT_GRAPH), prefixes)


def _write(path: Path, text: str) -> None:
    with replace_file(path) as file:
        file.write(text.encode())
