"""A small domain, and readings of it made line by line."""

from __future__ import annotations

from kg.model import (
    Article,
    Attribution,
    Iri,
    Mention,
    MentionKind,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Status,
    Value,
)
from kg.vocabulary import TYPE, XSD

HARBOUR = "https://harbour.example/ontology#"
BASE = "https://kg.example/"

TURTLE = """
@prefix h: <https://harbour.example/ontology#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://harbour.example/ontology> a owl:Ontology ; rdfs:label "harbour"@en .
h:Human a owl:Class ; rdfs:label "human"@en ; kg:pronoun "he", "she" ; owl:disjointWith h:Club , h:Port .
h:Sailor a owl:Class ; rdfs:label "sailor"@en ; rdfs:subClassOf h:Human .
h:Club a owl:Class ; rdfs:label "club"@en ; owl:disjointWith h:Port .
h:RowingClub a owl:Class ; rdfs:label "rowing club"@en ; rdfs:subClassOf h:Club .
h:Port a owl:Class ; rdfs:label "port"@en .
h:Flag a owl:Class ; rdfs:label "flag"@en .
h:memberOf a owl:ObjectProperty ; rdfs:label "member of"@en ; rdfs:subPropertyOf org:memberOf .
h:counts a owl:ObjectProperty ; rdfs:label "counts"@en ; rdfs:subPropertyOf org:hasMember .
h:steers a owl:ObjectProperty ; rdfs:label "steers"@en .
h:rivalOf a owl:ObjectProperty , owl:SymmetricProperty ; rdfs:label "rival of"@en .
h:basedIn a owl:ObjectProperty ; rdfs:label "based in"@en .
h:sailsFrom a owl:ObjectProperty ; rdfs:label "sails from"@en .
h:flies a owl:ObjectProperty ; rdfs:label "flies"@en .
h:berths a owl:DatatypeProperty ; rdfs:label "berths"@en ; rdfs:range xsd:integer .
h:Blue a h:Flag ; rdfs:label "blue flag"@en .
h:Velmar a h:Port ; rdfs:label "Velmar"@en .
"""

RULES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
h:Human sh:rule
    [ a sh:SPARQLRule ; rdfs:label "who steers a club is a member of it"@en ;
      sh:construct "CONSTRUCT { $this h:memberOf ?club } WHERE { $this h:steers ?club . ?club a h:Club }" ] ,
    [ a sh:SPARQLRule ; rdfs:label "a member of a club is a sailor"@en ;
      sh:construct "CONSTRUCT { $this a h:Sailor } WHERE { $this h:memberOf ?club }" ] ,
    [ a sh:SPARQLRule ; rdfs:label "members sail from the port of their club"@en ;
      sh:construct "CONSTRUCT { $this h:sailsFrom ?port } WHERE { $this h:memberOf ?club . ?club h:basedIn ?port }" ] .
"""


def term(name):
    """Give the IRI of a term of the domain by its local name."""
    return TYPE if name == "a" else HARBOUR + name


class Draft:
    """An article that is written as its evidence is: every phrase given becomes a sentence of its text."""

    def __init__(self, identifier, **metadata):
        self.identifier = identifier
        self.metadata = metadata
        self.text = ""
        self.referents = []
        self.mentions = []
        self.statements = []
        self.attributions = []

    def phrase(self, words):
        start = len(self.text)
        self.text += f"{words}. "
        return Span(start, start + len(words))

    def refer(self, *names, kind=None, named=True, known=None):
        identifier = f"r{len(self.referents) + 1}"
        types = () if kind is None else (term(kind),)
        individual = None if known is None else term(known)
        self.referents.append(Referent(identifier, names[0], names if named else (), types, named, individual))
        mention = MentionKind.NAME if named else MentionKind.NOMINAL
        self.mentions.append(Mention(identifier, self.phrase(names[0]), names[0], mention))
        return identifier

    def state(self, subject, predicate, object, words, *, status=Status.ASSERTED, confidence=0.9, **more):
        span = self.phrase(words)
        end = object if isinstance(object, Ref | Iri | Value) else Ref(object)
        statement = Statement(
            subject, term(predicate), end, status, confidence, span, Span(span.start, span.start + 1), "frame", **more
        )
        self.statements.append(statement)
        return span

    def attribute(self, speaker, words, *, about=(), quoted=True):
        cue = self.phrase("said")
        self.attributions.append(Attribution(speaker, None, cue, self.phrase(words), quoted, tuple(about)))

    def reading(self):
        return Reading(
            Article(self.identifier, self.text, **self.metadata),
            tuple(self.referents),
            tuple(self.mentions),
            tuple(self.statements),
            tuple(self.attributions),
        )


def number(text):
    """Give an integer as an article writes it."""
    return Value(text, XSD + "integer")
