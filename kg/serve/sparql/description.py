"""What the endpoint says of itself (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from typing import Final

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from kg.serve.snapshot import Snapshot
from kg.vocabulary import TYPE

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_WRITTEN: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
    "rdf": RdfFormat.RDF_XML,
}
_RESULTS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "JSON-LD",
    "RDF_XML",
)


def describe_service(address: str, snapshot: Snapshot, format: str) -> bytes:
    """Write the description in a format of `kg.serve.sparql.formats.TRIPLES`, with the named graphs that there are."""
    service, dataset, default = NamedNode(address), BlankNode("dataset"), BlankNode("default")
    triples = [
        _triple(service, TYPE, _SD + "Service"),
        _triple(service, _SD + "endpoint", address),
        _triple(service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        *(_triple(service, _SD + "resultFormat", _FORMATS + each) for each in _RESULTS),
        Triple(service, NamedNode(_SD + "defaultDataset"), dataset),
        _triple(dataset, TYPE, _SD + "Dataset"),
        Triple(dataset, NamedNode(_SD + "defaultGraph"), default),
        _triple(default, TYPE, _SD + "Graph"),
    ]
    for number, name in enumerate(snapshot.cached(_find_graphs)):
        graph = BlankNode(f"graph{number}")
        triples += [
            Triple(dataset, NamedNode(_SD + "namedGraph"), graph),
            _triple(graph, TYPE, _SD + "NamedGraph"),
            Triple(graph, NamedNode(_SD + "name"), name),
        ]
    written = serialize(triples, format=_WRITTEN[format], prefixes={"sd": _SD, "formats": _FORMATS})
    assert written is not None
    return written


def _find_graphs(snapshot: Snapshot) -> list[NamedNode]:
    return snapshot.store.graphs()[:_MOST_GRAPHS]


_MOST_GRAPHS: Final = 1000
"""More named graphs are not told of: a query finds them."""


def _triple(subject: NamedNode | BlankNode, predicate: str, object: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(object))
