"""Shapes: `kg check` of a graph by shapes that are odd, unfit or broken."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pyoxigraph as ox
from hypothesis import strategies as st

from kg.check import check_graph
from kg.graph import Graph
from kg.ontology import load_ontology
from kg.store import DEFAULT_GRAPH, MemoryStore
from kg.vocabulary import DEFAULT_BASE

from .ontologies import HEAD, escaped, nodes
from .target import Target

SHACL = (
    "path", "minCount", "maxCount", "datatype", "class", "nodeKind", "pattern", "flags", "in", "hasValue", "equals",
    "lessThan", "minLength", "maxInclusive", "languageIn", "uniqueLang", "not", "and", "or", "xone", "node",
    "property", "closed",
    "ignoredProperties", "sparql", "select", "message", "severity", "deactivated", "targetNode", "targetClass",
    "target", "targetSubjectsOf", "qualifiedValueShape", "qualifiedMinCount", "inversePath", "alternativePath",
    "zeroOrMorePath",
)  # fmt: skip
QUERIES = (
    "SELECT $this WHERE { $this ?p ?o }", "SELECT $this WHERE { $this ?p", "ASK { ?s ?p ?o }", "",
    "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { $this ?p ?o } }",
    "SELECT $this WHERE { $this $PATH ?value }",
)  # fmt: skip
values = st.one_of(
    nodes,
    st.sampled_from(QUERIES).map(escaped),
    st.sampled_from(
        ("1", "-1", "true", '"("', "xsd:string", ":A", "sh:IRI", "( :A :B )", "[ sh:inversePath :c ]", "_:s", ":S")
    ),
)
constraints = st.lists(st.tuples(st.sampled_from(SHACL).map("sh:{}".format), values), min_size=1, max_size=4).map(
    lambda rows: " ; ".join(" ".join(row) for row in rows)
)
shapes = st.tuples(constraints, constraints).map(
    lambda two: f"{HEAD}:S a sh:NodeShape ; sh:targetClass :A ; sh:property [ sh:path :c ; {two[0]} ] ; {two[1]} .\n"
    ":A a owl:Class ; rdfs:label \"A\" .\n"
)  # fmt: skip
DATA = HEAD + ':x a :A ; :c :y , "text" , 5 ; rdfs:label "x"@en . :y a :B ; :c :x .\n'
QUADS = list(ox.parse(DATA.encode(), format=ox.RdfFormat.TURTLE))


def check(text: str) -> None:
    """Check a small graph by shapes; each violation is told in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shapes.ttl"
        path.write_text(text, encoding="utf-8")
        ontology = load_ontology(path)
    with MemoryStore() as store:
        store.replace_graph(DEFAULT_GRAPH, QUADS)
        for violation in check_graph(Graph(store, ontology, base=DEFAULT_BASE)):
            assert violation.message


TARGETS = (Target("shapes", shapes, check, few=4, share=0.4),)
