"""Entities and plain facts as flat tables: GraphML and GEXF for graph programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from kg.export.rdf import NOT_XML

if TYPE_CHECKING:
    import networkx as nx

NODES: Final = "nodes"
EDGES: Final = "edges"

_JOINT: Final = "; "
_NODE_COLUMNS: Final = ("id", "label", "types", "kind")
_EDGE_COLUMNS: Final = (
    "source",
    "source_label",
    "label",
    "target",
    "target_label",
    "property",
    "confidence",
    "support",
)
_META: Final = re.compile(r"\s*<meta\b.*?</meta>", re.DOTALL)


def make_graphml(graph: nx.MultiDiGraph) -> str:
    """Write a graph of `to_networkx` as GraphML."""
    from networkx.readwrite.graphml import GraphMLWriter

    file = io.BytesIO()
    writer = GraphMLWriter(encoding="utf-8", prettyprint=True, named_key_ids=False)
    writer.add_graph_element(_flatten(graph))
    writer.dump(file)
    return file.getvalue().decode()


def make_gexf(graph: nx.MultiDiGraph) -> str:
    """Write a graph of `to_networkx` as GEXF, without the date that networkx puts in.

    Edges have the `kind` of GEXF 1.3 besides: without one, Gephi makes one edge of all that join the same two nodes.
    """
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(_flatten(graph))
    for edge in writer.xml.iter("edge"):
        edge.set("kind", edge.get("label", ""))
    file = io.BytesIO()
    writer.write(file)
    return _META.sub("", file.getvalue().decode(), count=1) + "\n"


def make_nodes_csv(graph: nx.MultiDiGraph) -> str:
    """Write the entities as CSV: id, label, types, kind, then every attribute that one of them has, by name."""
    attributes = sorted({name for _, data in graph.nodes(data=True) for name in data} - set(_NODE_COLUMNS))
    rows = ({"id": iri, **data} for iri, data in graph.nodes(data=True))
    return _csv((*_NODE_COLUMNS, *attributes), rows)


def make_edges_csv(graph: nx.MultiDiGraph) -> str:
    """Write the facts as CSV: both ends with their labels, the property, confidence and passages."""
    label = graph.nodes(data="label")
    rows = (
        {"source": source, "source_label": label[source], "target": target, "target_label": label[target], **data}
        for source, target, data in graph.edges(data=True)
    )
    return _csv(_EDGE_COLUMNS, rows)


def _csv(columns: tuple[str, ...], rows: Iterable[dict[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _flat(value) for name, value in row.items() if value is not None})
    return text.getvalue()


def _flatten(graph: nx.MultiDiGraph) -> nx.MultiDiGraph:
    """Copy a graph with values that both formats have: no lists, nothing missing, one type for one attribute."""
    import networkx as nx

    flat = nx.MultiDiGraph()
    nodes = _one_type([dict(data) for _, data in graph.nodes(data=True)])
    edges = _one_type([{**data, "iri": key} for _, _, key, data in graph.edges(keys=True, data=True)])
    for iri, data in zip(graph, nodes, strict=True):
        flat.add_node(iri, **data)
    for number, ((source, target), data) in enumerate(zip(graph.edges(), edges, strict=True)):
        flat.add_edge(source, target, key=f"e{number}", **data)
    return flat


def _one_type(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    flat = [{name: _flat(value) for name, value in each.items() if value is not None} for each in records]
    types: defaultdict[str, set[type]] = defaultdict(set)
    for each in flat:
        for name, value in each.items():
            types[name].add(type(value))
    return [
        {
            name: _xml_text(value) if len(types[name]) > 1 or isinstance(value, str) else value
            for name, value in each.items()
        }
        for each in flat
    ]


def _flat(value: object) -> object:
    return _JOINT.join(map(str, value)) if isinstance(value, list) else value


def _xml_text(value: object) -> str:
    return NOT_XML.sub("\ufffd", str(value))
