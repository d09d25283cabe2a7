"""Entities for OpenRefine: a table with one row for each, whose first column is the name to be reconciled.

The other columns are what its reconciliation takes as properties to tell namesakes apart: kind, classes, other names,
known matches, then every relation and value under the label of its property, with the labels of what it leads to.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from kg.vocabulary import SKOS

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

_JOINT: Final = "; "
_OWN: Final = ("label", "types", "kind")
_FIRST: Final = ("name", "kind", "types", "other names", "exact match")
_LAST: Final = ("facts", "iri")
_KNOWN: Final = {SKOS + "altLabel": "other names", SKOS + "exactMatch": "exact match"}


def make_openrefine(graph: nx.MultiDiGraph, ontology: Ontology, delimiter: str = ",") -> str:
    """Write the entities of a graph of `to_networkx`, several values of a cell joined by "; ".

    `facts` counts the plain facts that an entity has part in; `iri` is that of the entity, by which results come back.
    """
    heads = _heads(graph, ontology)
    labels = dict(graph.nodes(data="label"))
    others = sorted({*heads.values()} - {*_FIRST, *_LAST}, key=lambda each: (each.casefold(), each))
    columns = (*_FIRST, *others, *_LAST)
    classes = {ontology.compact(iri): ontology.label(iri) for iri in ontology.classes}

    def rows() -> Iterator[dict[str, str]]:
        for iri, data in graph.nodes(data=True):
            cells: defaultdict[str, list[str]] = defaultdict(list)
            for name, value in data.items():
                if name not in _OWN:
                    cells[heads[name]] += map(str, value if isinstance(value, list) else [value])
            for _, target, edge in graph.out_edges(iri, data=True):
                cells[heads[edge["property"]]].append(labels[target])
            row = {head: _JOINT.join(dict.fromkeys(values)) for head, values in cells.items()}
            row |= {"name": data["label"], "kind": data["kind"], "iri": iri, "facts": str(graph.degree(iri))}
            yield row | {"types": _JOINT.join(classes.get(each, each) for each in data["types"])}

    text = io.StringIO()
    writer = csv.DictWriter(text, columns, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())
    return text.getvalue()


def _heads(graph: nx.MultiDiGraph, ontology: Ontology) -> dict[str, str]:
    """Give the head of the column of each attribute and property: its label, the compact name where two share one."""
    compact = {ontology.compact(iri): ontology.label(iri) for iri in (*ontology.properties, *_KNOWN)}
    compact |= {ontology.compact(iri): head for iri, head in _KNOWN.items()}
    used = {name for _, data in graph.nodes(data=True) for name in data} - set(_OWN)
    used |= {edge["property"] for _, _, edge in graph.edges(data=True)}
    by_label: defaultdict[str, list[str]] = defaultdict(list)
    for name in used:
        by_label[compact.get(name, name)].append(name)
    reserved = {*_FIRST, *_LAST} - {*_KNOWN.values()}
    return {
        name: label if len(names) == 1 and label not in reserved else name
        for label, names in by_label.items()
        for name in names
    }
