"""Ontologies: what loading and checking make of broken Turtle, and of triples that no ontology has."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import strategies as st

from kg.ontology import load_ontology
from kg.ontology.lint import lint
from kg.ontology.load import load_prefixes
from kg.ontology.ontology import make_ontology
from kg.ontology.turtle import read_source

from .odd import ROOT, broken, encoded, odd_texts, pieces, shipped, whole, whole_texts
from .target import Target

HEAD = """@prefix : <http://x.example/o#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CORE = shipped("core.ttl")
KG_TERMS = sorted(
    {line.split()[0] for line in CORE.splitlines() if line.startswith("kg:")}
    | {f"kg:{name}" for name in ("frame", "lemma", "confidence", "value", "subject", "object", "argument", "bearer")}
)
TERMS = (
    *KG_TERMS, "a", "rdfs:subClassOf", "rdfs:subPropertyOf", "rdfs:label", "rdfs:domain", "rdfs:range", "rdfs:comment",
    "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:Ontology", "owl:imports", "owl:inverseOf",
    "owl:disjointWith", "owl:members", "owl:AllDisjointClasses", "owl:unionOf", "owl:SymmetricProperty",
    "owl:FunctionalProperty", "sh:NodeShape", "sh:PropertyShape", "sh:property", "sh:path", "sh:rule", "sh:SPARQLRule",
    "sh:construct", "sh:prefixes", "sh:declare", "sh:prefix", "sh:namespace", "sh:targetClass", "sh:deactivated",
    "rdf:type", "rdf:first", "rdf:rest", "rdf:nil", "skos:altLabel", "xsd:date", "xsd:string", ":A", ":B", ":c", ":d",
)  # fmt: skip
QUERIES = (
    "CONSTRUCT { ?a :c ?b } WHERE { ?b :c ?a }", "SELECT * { ?s ?p ?o }", "CONSTRUCT { ?a :c ?b } WHERE {", "",
    "CONSTRUCT { ?a :c ?b } WHERE { SERVICE <http://127.0.0.1:9/> { ?b :c ?a } }", "DELETE WHERE { ?a ?b ?c }",
    "CONSTRUCT { $this :c ?b } WHERE { ?b :c $this }", "CONSTRUCT { ?a nope:c ?b } WHERE { ?b :c ?a }",
)  # fmt: skip


def escaped(text: str) -> str:
    """Write a text as a Turtle string."""
    told = "".join(f"\\U{ord(each):08X}" if each in '"\\' or not each.isprintable() else each for each in whole(text))
    return f'"{told}"'


literals = st.one_of(
    odd_texts.map(escaped),
    st.sampled_from(QUERIES).map(escaped),
    st.sampled_from(
        ("0.5", "-1", "1e999", "true", '"x"@en', '"x"^^xsd:date', '"NaN"', '"leads"', '"of"', '"true"', '""')
    ),
)
nodes = st.recursive(
    st.one_of(
        st.sampled_from(TERMS[1:]), literals, st.sampled_from(("_:a", "_:b", "[]", "()", "<http://x.example/%5B>"))
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"( {' '.join(items)} )"),
        st.lists(st.tuples(st.sampled_from(TERMS), inner), max_size=3).map(
            lambda pairs: f"[ {' ; '.join(' '.join(pair) for pair in pairs)} ]"
        ),
    ),
    max_leaves=8,
)
statements = st.lists(
    st.tuples(st.sampled_from((":A", ":B", ":c", ":d", "_:a", "_:b", "[]", "kg:Frame")), st.sampled_from(TERMS), nodes),
    max_size=10,
).map(lambda rows: "".join(f"{' '.join(row)} .\n" for row in rows))

FRAMED = """:A a owl:Class ; rdfs:label "A"@en ; {} .
:c a owl:ObjectProperty ; rdfs:label "c"@en ; rdfs:domain :A ; rdfs:range :A ; kg:frame [ a {} ; {} ] .
:S a sh:NodeShape ; sh:targetClass :A ; {} .
"""
OF_CLASSES = ("namePattern", "nameLabel", "nameWord", "pronoun", "score", "measure", "metonym", "frame", "scoreOrder")
OF_FRAMES = (
    "lemma", "verb", "bearer", "argument", "subject", "object", "event", "subjectClass", "objectClass", "value",
    "confidence", "requires", "occurrence", "qualification", "example",
)  # fmt: skip
KINDS = "ClassNoun RelationalNoun Verb ActionNoun EventNoun EventVerb Role Count Adposition Parenthesis".split()
numbers = st.sampled_from(("0.5", "-1", "1e999", '"x"', '"0,5"', '"NaN"', '"nan"^^xsd:double', '""', ":A", '"٣"'))
values = st.one_of(
    nodes, st.sampled_from(('"leads"', '"of"', "kg:Subject", "kg:Possessor", ":A", "( :c :d )", "true", '"("')),
    numbers,
)  # fmt: skip


def pairs_of(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Some properties of the core with values that may suit them."""
    found = st.lists(st.tuples(st.sampled_from(names).map("kg:{}".format), values), max_size=4)
    return found.map(lambda rows: " ; ".join(" ".join(row) for row in rows))


rules = st.lists(
    st.tuples(st.sampled_from(("sh:construct", "sh:deactivated", "sh:prefixes", "a")), values), max_size=3
).map(lambda rows: f"sh:rule [ a sh:SPARQLRule ; {' ; '.join(' '.join(row) for row in rows)} ]")
constructs = st.sampled_from(QUERIES).map(lambda text: f"sh:rule [ a sh:SPARQLRule ; sh:construct {escaped(text)} ]")
frames = st.tuples(
    pairs_of(OF_CLASSES), st.sampled_from(KINDS).map("kg:{}".format), pairs_of(OF_FRAMES), st.one_of(rules, constructs)
).map(lambda parts: FRAMED.format(*parts))


@st.composite
def from_shipped(draw: st.DrawFn) -> bytes:
    """Some blocks of a shipped ontology, broken in some places."""
    text = shipped(draw(st.sampled_from(("business.ttl", "politics.ttl", "core.ttl"))))
    head = text.split("\n\n", 1)[0]
    return draw(broken(st.just((head + "\n\n" + draw(pieces(text, "\n\n"))).encode())))


texts = st.one_of(
    from_shipped(),
    encoded(statements.map(lambda text: HEAD + text)),
    encoded(frames.map(lambda text: HEAD + text)),
    frames.map(lambda text: (HEAD + text).encode()),
    encoded(whole_texts),
)


def _write(folder: str, data: bytes) -> Path:
    path = Path(folder) / "o.ttl"
    path.write_bytes(data)
    return path


CORE_SOURCE = read_source(ROOT / "ontologies" / "core.ttl")


def load(data: bytes) -> None:
    """Load an ontology over the core, ask it some things, and make its graphs."""
    with tempfile.TemporaryDirectory() as folder:
        source = read_source(_write(folder, data))
    ontology = make_ontology((CORE_SOURCE, source))
    for iri in (*ontology.classes, *ontology.properties):
        assert iri in ontology.ancestors(iri)
        ontology.label(iri), ontology.compact(iri)
    for frame in ontology.frames:
        assert 0 <= frame.confidence <= 1
    ontology.shapes, ontology.graph  # noqa: B018


def check(data: bytes) -> None:
    """Check an ontology as `kg check` does; what cannot be loaded is told, in one line."""
    with tempfile.TemporaryDirectory() as folder:
        for issue in lint([_write(folder, data)]):
            assert issue.message.strip()


def load_file(data: bytes) -> None:
    """Load an ontology with whatever it imports."""
    with tempfile.TemporaryDirectory() as folder:
        path = _write(folder, data)
        load_prefixes(path)
        load_ontology(path)


TARGETS = (
    Target("ontologies", texts, load, few=25, share=10),
    Target("ontology files", texts, load_file, few=5, share=1),
    Target("kg check", texts, check, few=6, share=1),
)
