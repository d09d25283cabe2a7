"""Small graphs of invented people for the tests of what comes out, and the ontology they are of."""

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.ontology import Ontology, load_ontology
from kg.vocabulary import KG, LABEL, RDF, SCHEMA, TYPE, XSD

EX = "https://example.org/terms#"
ID = "https://kg.example/id/"
PASSAGE = "https://kg.example/article/harbour#char=10,20"

TERMS = """
@prefix ex: <https://example.org/terms#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/terms> a owl:Ontology ; rdfs:label "harbour"@en .
ex:Agent a owl:Class ; rdfs:label "agent"@en .
ex:Person a owl:Class ; rdfs:subClassOf ex:Agent ; rdfs:label "person"@en ; kg:pronoun "she" , "who" .
ex:Sailor a owl:Class ; rdfs:subClassOf ex:Person ; rdfs:label "sailor"@en .
ex:Club a owl:Class ; rdfs:subClassOf ex:Agent ; rdfs:label "club"@en ; kg:pronoun "it" .
ex:Place a owl:Class ; rdfs:label "place"@en .
ex:Meeting a owl:Class ; rdfs:label "meeting"@en .
ex:Ballot a owl:Class ; rdfs:subClassOf ex:Meeting ; rdfs:label "ballot"@en ; kg:score ( ex:ayes ex:noes ) .
ex:Outcome a owl:Class ; rdfs:label "outcome"@en .
ex:Passed a ex:Outcome ; rdfs:label "passed"@en .
ex:ayes a owl:DatatypeProperty ; rdfs:label "ayes"@en ; rdfs:range xsd:integer .
ex:noes a owl:DatatypeProperty ; rdfs:label "noes"@en ; rdfs:range xsd:integer .
ex:members a owl:DatatypeProperty ; rdfs:label "members"@en ; rdfs:range xsd:integer .
ex:outcome a owl:ObjectProperty ; rdfs:label "outcome"@en ; rdfs:range ex:Outcome .
ex:memberOf a owl:ObjectProperty ; rdfs:label "member of"@en .
ex:chairs a owl:ObjectProperty ; rdfs:subPropertyOf ex:memberOf ; rdfs:label "chairs"@en .
ex:speaksFor a owl:ObjectProperty ; rdfs:label "spokesperson for"@en .
ex:basedIn a owl:ObjectProperty ; rdfs:label "based in"@en .
ex:criticised a owl:ObjectProperty ; rdfs:label "criticised"@en .
ex:concerns a owl:ObjectProperty ; rdfs:label "concerns"@en .
ex:spouse a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "spouse"@en .
ex:parentOf a owl:ObjectProperty ; rdfs:label "parent of"@en ; owl:inverseOf ex:childOf .
ex:childOf a owl:ObjectProperty ; rdfs:label "child of"@en .
"""


def harbour_ontology(folder: Path) -> Ontology:
    file = folder / "harbour.ttl"
    file.write_text(TERMS, encoding="utf-8")
    return load_ontology(file)


def entity(name: str, kind: str, label: str, **values: int | str) -> list[Quad]:
    """An int becomes an integer, a str a term of the ontology."""
    subject = NamedNode(ID + name)
    quads = [
        Quad(subject, NamedNode(TYPE), NamedNode(EX + kind)),
        Quad(subject, NamedNode(LABEL), Literal(label, language="en")),
    ]
    for key, value in values.items():
        number = isinstance(value, int)
        term = Literal(str(value), datatype=NamedNode(XSD + "integer")) if number else NamedNode(f"{EX}{value}")
        quads.append(Quad(subject, NamedNode(EX + key), term))
    return quads


def plain(source: str, relation: str, target: str) -> Quad:
    return Quad(NamedNode(ID + source), NamedNode(EX + relation), NamedNode(ID + target))


def fact(source: str, relation: str, target: str, confidence: str = "0.9", kind: str = "Fact") -> list[Quad]:
    """A fact node alone; `plain` is the triple it is about."""
    node = NamedNode(f"https://kg.example/fact/{source}-{relation}-{target}-{kind}")
    return [
        Quad(node, NamedNode(TYPE), NamedNode(KG + kind)),
        Quad(node, NamedNode(RDF + "subject"), NamedNode(ID + source)),
        Quad(node, NamedNode(RDF + "predicate"), NamedNode(EX + relation)),
        Quad(node, NamedNode(RDF + "object"), NamedNode(ID + target)),
        Quad(node, NamedNode(KG + "support"), NamedNode(PASSAGE)),
        Quad(node, NamedNode(KG + "confidence"), Literal(confidence, datatype=NamedNode(XSD + "decimal"))),
    ]


def harbour() -> list[Quad]:
    """A chair, a member, a club, its town, a ballot; a claim and a quad of another graph that are no part of it."""
    claim = NamedNode("https://kg.example/claim/1")
    article = NamedNode("https://kg.example/article/harbour")
    return [
        *entity("ada", "Sailor", "Ada Marsh"),
        *entity("bram", "Person", "Bram Okafor"),
        *entity("club", "Club", "Harbour Rowing Club", members=1200),
        *entity("ellery", "Place", "Port Ellery"),
        *entity("ballot", "Ballot", "vote of confidence", ayes=95, noes=92, outcome="Passed"),
        plain("ada", "chairs", "club"),
        plain("ada", "memberOf", "club"),
        plain("ada", "speaksFor", "club"),
        *fact("ada", "chairs", "club", "0.97"),
        plain("bram", "memberOf", "club"),
        *fact("bram", "memberOf", "club", "0.8"),
        *fact("bram", "chairs", "club", kind="QualifiedFact"),
        plain("club", "basedIn", "ellery"),
        plain("ballot", "concerns", "ada"),
        Quad(claim, NamedNode(TYPE), NamedNode(KG + "Claim")),
        Quad(claim, NamedNode(TYPE), NamedNode(SCHEMA + "Claim")),
        Quad(claim, NamedNode(KG + "speaker"), NamedNode(ID + "bram")),
        Quad(claim, NamedNode(SCHEMA + "about"), NamedNode(ID + "ada")),
        Quad(claim, NamedNode(SCHEMA + "text"), Literal('"She never\nrows", said\x07 he; ever')),
        Quad(NamedNode(ID + "ada"), NamedNode(EX + "criticised"), NamedNode(ID + "bram"), article),
    ]
