"""The IRIs that the code itself needs: W3C and schema.org terms, and those of ontologies/core.ttl."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
OWL: Final = "http://www.w3.org/2002/07/owl#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
PROV: Final = "http://www.w3.org/ns/prov#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
SCHEMA: Final = "https://schema.org/"
OA: Final = "http://www.w3.org/ns/oa#"
ORG: Final = "http://www.w3.org/ns/org#"
DCTERMS: Final = "http://purl.org/dc/terms/"
SH: Final = "http://www.w3.org/ns/shacl#"
KG: Final = "https://kg.example/ontology/core#"

TYPE: Final = RDF + "type"
LABEL: Final = RDFS + "label"

DEFAULT_BASE: Final = "https://kg.example/"
"""The base of entity, article, fact and claim IRIs until the user sets one."""

PREFIXES: Final = {
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "prov": PROV,
    "skos": SKOS,
    "schema": SCHEMA,
    "oa": OA,
    "org": ORG,
    "dcterms": DCTERMS,
    "sh": SH,
    "kg": KG,
}
"""Prefixes of the standard vocabularies and of the core ontology; a domain ontology adds those its file declares."""


def graph_prefixes(base: str, prefixes: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give the prefixes in which a graph is read and written: those given or the standard ones, and the base's own.

    Articles have none: the IRI of a passage is plainer in full.
    """
    own = {"id": f"{base}id/", "fact": f"{base}fact/", "claim": f"{base}claim/", "decision": f"{base}decision/"}
    return {**(PREFIXES if prefixes is None else prefixes), **own}
