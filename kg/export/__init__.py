"""A graph in files that other programs read, in formats told apart by the suffix of the file or by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final, TypeAlias

from kg.errors import SettingError
from kg.export import neo4j
from kg.export.jsonld import make_jsonld
from kg.export.openrefine import make_openrefine
from kg.export.rdf import make_nquads, make_ntriples, make_rdfxml, make_trig, make_turtle
from kg.export.tables import EDGES, NODES, make_edges_csv, make_gexf, make_graphml, make_nodes_csv
from kg.export.triple_terms import make_trig12
from kg.files import replace_file
from kg.knowledge import graph_prefixes
from kg.network import Source, iter_quads, to_networkx
from kg.ontology import Ontology
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import DEFAULT_BASE

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "write_export"]

Prefixes: TypeAlias = dict[str, str]
Table: TypeAlias = "Callable[[nx.MultiDiGraph, Ontology], str]"

_KNOWLEDGE: Final[dict[str, Callable[..., str]]] = {
    "ttl": make_turtle,
    "nt": make_ntriples,
    "rdf": make_rdfxml,
    "jsonld": make_jsonld,
}
_EVERYTHING: Final[dict[str, Callable[..., str]]] = {"trig": make_trig, "nq": make_nquads, "trig12": make_trig12}
_NETWORKS: Final[dict[str, Table]] = {
    "graphml": lambda graph, ontology: make_graphml(graph),
    "gexf": lambda graph, ontology: make_gexf(graph),
}
_TABLES: Final[dict[str, dict[str, Table]]] = {
    "csv": {
        NODES: lambda graph, ontology: make_nodes_csv(graph),
        EDGES: lambda graph, ontology: make_edges_csv(graph),
    },
    "neo4j": {neo4j.NODES: neo4j.make_nodes, neo4j.RELATIONSHIPS: neo4j.make_relationships},
}

FORMATS: Final = ("ttl", "nt", "rdf", "jsonld", "trig", "nq", "graphml", "gexf", "csv", "trig12", "neo4j", "openrefine")
"""The formats: suffixes of files without the dot, then those to be named, as their files have other suffixes."""

_TAB: Final = ".tsv"


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
    graph, trig and nq every graph, trig12 too, with triple terms of RDF 1.2 for what facts and claims say. The others
    hold the entities and plain facts of `to_networkx`: graphml and gexf, in which several values of one attribute are
    joined by "; "; csv, two files, NAME-nodes.csv and NAME-edges.csv; neo4j, NAME-neo4j-nodes.csv and
    NAME-neo4j-relationships.csv as `neo4j-admin database import` reads them; openrefine, a table with a row for each
    entity, with tabs when the file is named .tsv. All files are written whole or none is. `base` is that of the graph's
    own IRIs, for the prefixes id, fact and claim.

    Raises SettingError for an unknown format and for two files on a stream, StoreError when a file cannot be written.
    """
    path = Path(target) if isinstance(target, (str, PathLike)) else None
    format = _format(path, format)
    if format in _TABLES:
        tables = _TABLES[format]
        if path is None:
            raise SettingError(f"{format} is two files, {' and '.join(tables)}; name a file instead of a stream")
        graph = to_networkx(source, ontology)
        made = {path.with_name(f"{path.stem}-{name}.csv"): make(graph, ontology) for name, make in tables.items()}
        return _write(made)
    text = _make(source, ontology, format, graph_prefixes(base, ontology.prefixes), path)
    if path is not None:
        return _write({path: text})
    assert not isinstance(target, (str, PathLike))
    target.write(text.encode())
    return ()


def _format(path: Path | None, format: str | None) -> str:
    suffix = path.suffix.lower().lstrip(".") if path is not None else ""
    found = suffix if format is None else format.lower().lstrip(".")
    if found not in FORMATS:
        where = f"{fspath(path)}: " if path is not None else ""
        raise SettingError(f'{where}no format is called "{found}"; take one of {", ".join(FORMATS)}')
    return found


def _make(source: Source, ontology: Ontology, format: str, prefixes: Prefixes, path: Path | None) -> str:
    if format == "openrefine":
        delimiter = "\t" if path is not None and path.suffix.lower() == _TAB else ","
        return make_openrefine(to_networkx(source, ontology), ontology, delimiter)
    if format in _NETWORKS:
        return _NETWORKS[format](to_networkx(source, ontology), ontology)
    if format in _EVERYTHING:
        return _EVERYTHING[format](iter_quads(source), prefixes)
    return _KNOWLEDGE[format](iter_quads(source, DEFAULT_GRAPH), prefixes)


def _write(texts: Mapping[Path, str]) -> tuple[Path, ...]:
    """Write files side by side, which take their names when all are written."""
    with ExitStack() as stack:
        files = [(stack.enter_context(replace_file(path)), text) for path, text in texts.items()]
        for file, text in files:
            file.write(text.encode())
    return tuple(texts)
