"""Entities and plain facts for Neo4j: two CSV files with the headers that `neo4j-admin database import` reads.

Source: Neo4j Operations Manual, "Import", "CSV header format". The files are imported with the defaults of the tool:

    neo4j-admin database import full --nodes=NAME-neo4j-nodes.csv --relationships=NAME-neo4j-relationships.csv
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.network import local_name
from kg.vocabulary import XSD

if TYPE_CHECKING:
    import networkx as nx

    from kg.ontology import Ontology

NODES: Final = "neo4j-nodes"
RELATIONSHIPS: Final = "neo4j-relationships"

_SEPARATOR: Final = ";"
_LIKE_SEPARATOR: Final = "；"
_LINES: Final = re.compile(r"[\r\n\u2028\u2029]+")
_NOT_IN_NAMES: Final = re.compile(r"\W")
_NODE_COLUMNS: Final = ("iri:ID", "name:string", ":LABEL", "kind:string")
_ENDS: Final = (":START_ID", ":END_ID", ":TYPE")
_EDGE_COLUMNS: Final = (*_ENDS, "label:string", "iri:string", "confidence:double", "support:string[]")
_OWN: Final = ("label", "types", "kind")
_TAKEN: Final = frozenset(("iri", "name", "kind"))
_FLOATS: Final = (int, float)


class _Names:
    """Names without prefixes, as Cypher likes them; with "prefix__" where an ontology has the local name twice.

    That is how neosemantics, Neo4j's own tool for RDF, writes prefixes.
    """

    def __init__(self, ontology: Ontology) -> None:
        terms = {*ontology.classes, *ontology.properties}
        self.often = Counter(map(local_name, terms))
        self.known = {ontology.compact(iri): iri for iri in terms}

    def of(self, compact: str) -> str:
        """Give the name of a term that `Ontology.compact` has shortened."""
        iri = self.known.get(compact)
        local = local_name(compact.strip("<>")).rpartition(":")[2] if iri is None else local_name(iri)
        if self.often[local] > 1 or local in _TAKEN:
            local = compact.replace(":", "__")
        return _NOT_IN_NAMES.sub("_", local)


def make_nodes(graph: nx.MultiDiGraph, ontology: Ontology) -> str:
    """Write the entities: IRI, name, classes as labels, kind, then a typed column for every attribute, by name.

    Values that a field cannot hold as they are come close: a line break is a space, and ";" within one of several
    values is the wide one (U+FF1B), since the import tool parts the values at ";".
    """
    names = _Names(ontology)
    attributes = sorted({name for _, data in graph.nodes(data=True) for name in data} - set(_OWN))
    given = {each: [data[each] for _, data in graph.nodes(data=True) if each in data] for each in attributes}
    types = {each: _type_of(values, each, ontology) for each, values in given.items()}
    header = [*_NODE_COLUMNS, *(f"{names.of(each)}:{types[each]}" for each in attributes)]

    def rows() -> Iterator[list[str]]:
        for iri, data in graph.nodes(data=True):
            labels = _SEPARATOR.join(map(names.of, data["types"]))
            own = [_line(iri), _line(data["label"]), labels, _line(data["kind"])]
            yield own + [_field(data.get(each), types[each]) for each in attributes]

    return _csv(header, rows())


def make_relationships(graph: nx.MultiDiGraph, ontology: Ontology) -> str:
    """Write the plain facts: both ends, the property as type, its label and IRI, confidence and passages."""
    names = _Names(ontology)

    def rows() -> Iterator[list[str]]:
        for source, target, iri, data in graph.edges(keys=True, data=True):
            confidence = data["confidence"]
            told = [_line(data["label"]), _line(iri), "" if confidence is None else repr(float(confidence))]
            yield [_line(source), _line(target), names.of(data["property"]), *told, _field(data["support"], "string[]")]

    return _csv(_EDGE_COLUMNS, rows())


def _type_of(values: list[object], name: str, ontology: Ontology) -> str:
    """Choose the type of a column: the one that all its values have, else string."""
    several = any(isinstance(value, list) for value in values)
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    if all(isinstance(each, bool) for each in flat):
        kind = "boolean"
    elif any(isinstance(each, bool) for each in flat):
        kind = "string"
    elif all(isinstance(each, int) for each in flat):
        kind = "long"
    elif all(isinstance(each, _FLOATS) for each in flat):
        kind = "double"
    else:
        kind = "date" if _is_date(name, ontology) and all(map(_reads_as_date, flat)) else "string"
    return f"{kind}[]" if several else kind


def _is_date(name: str, ontology: Ontology) -> bool:
    declared = next((each for iri, each in ontology.properties.items() if ontology.compact(iri) == name), None)
    return declared is not None and XSD + "date" in declared.range


def _reads_as_date(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) == len("2019-05-02") and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _field(value: object, kind: str) -> str:
    if value is None:
        return ""
    values = value if isinstance(value, list) else [value]
    if not kind.endswith("[]"):
        return _write(values[0])
    return _SEPARATOR.join(_write(each).replace(_SEPARATOR, _LIKE_SEPARATOR) for each in values)


def _write(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else _line(str(value))


def _line(text: str) -> str:
    return _LINES.sub(" ", text)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
