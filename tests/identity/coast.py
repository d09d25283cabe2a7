"""A coast of two lands: an ontology with all that identity reads of one, and referents of which an article tells."""

from __future__ import annotations

from kg.identity import Profile
from kg.identity.profiles import Relation
from kg.identity.settings import make_setting
from kg.identity.topics import topic_of
from kg.model import Referent

COAST = "https://coast.example/ontology#"
BASE = "https://kg.example/"

TURTLE = """
@prefix c: <https://coast.example/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

<https://coast.example/ontology> a owl:Ontology ; rdfs:label "coast"@en .
c:Human a owl:Class ; rdfs:label "human"@en ; kg:nameLabel "PERSON" ; kg:pronoun "he", "she" ;
    owl:disjointWith c:Body , c:Place , c:Rank , c:Ship .
c:Sailor a owl:Class ; rdfs:label "sailor"@en ; rdfs:subClassOf c:Human .
c:Body a owl:Class ; rdfs:label "body"@en ; kg:nameLabel "ORG" ; owl:disjointWith c:Place , c:Rank , c:Ship .
c:Club a owl:Class ; rdfs:label "club"@en ; rdfs:subClassOf c:Body ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "club" , "rowing club" , "society" , "institute" ] .
c:Court a owl:Class ; rdfs:label "court"@en ; rdfs:subClassOf c:Body ; owl:disjointWith c:Club ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "court" , "library" ] .
c:Place a owl:Class ; rdfs:label "place"@en ; kg:nameLabel "GPE" ; owl:disjointWith c:Rank , c:Ship .
c:Port a owl:Class ; rdfs:label "port"@en ; rdfs:subClassOf c:Place .
c:Ship a owl:Class ; rdfs:label "ship"@en .
c:Rank a owl:Class ; rdfs:label "rank"@en .
c:partOf a owl:ObjectProperty ; rdfs:label "part of"@en ; rdfs:subPropertyOf dcterms:isPartOf .
c:steers a owl:ObjectProperty ; rdfs:label "steers"@en .
c:bornIn a owl:ObjectProperty , owl:FunctionalProperty ; rdfs:label "born in"@en .
c:holds a owl:ObjectProperty ; rdfs:label "holds"@en ; rdfs:domain c:Human ; rdfs:range c:Rank ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "harbourmaster" ; kg:argument kg:Itself ] .
c:Norland a c:Place ; rdfs:label "Norland"@en ; skos:altLabel "NRL"@en ; kg:demonym "Norlander" , "Norlandic" .
c:Sudmark a c:Place ; rdfs:label "Sudmark"@en ; kg:demonym "Sudmarker" .
c:Velmar a c:Port ; rdfs:label "Velmar"@en ; c:partOf c:Norland .
c:Oster a c:Port ; rdfs:label "Oster"@en ; c:partOf c:Sudmark .
"""

RACE = (
    "The rowing final was won by half a length after the crew of eight overtook the champions near the bridge. "
    "The coach said training on the river had paid off, and the oarsmen lifted the trophy before cheering fans."
)
RACE_AGAIN = (
    "The oarsmen who took the trophy will row in the national championships. Their coach expects the crew to "
    "race against rivals from upstream; training begins on Monday on the river below the bridge."
)
TRIAL = (
    "The jury found the accountant guilty of fraud after a trial of nine weeks. The judge adjourned sentencing, and "
    "the prosecution asked that bail be refused, since forged invoices had deceived the creditors of the bank."
)
TRIAL_AGAIN = (
    "The accountant convicted of fraud was sentenced to six years. The judge told the defendant that forged invoices "
    "had ruined creditors of the bank; the prosecution will seek confiscation, and the jury was thanked."
)
RECIPE = (
    "Simmer the lentils with garlic, cumin and a bay leaf until tender. Stir in chopped spinach, squeeze the lemon "
    "over them and serve with yoghurt and flatbread, or bake the leftovers in pastry for lunch."
)
TEXTS = (RACE, RACE_AGAIN, TRIAL, TRIAL_AGAIN, RECIPE)

WHOLES = {
    "Velmar": {COAST + "Velmar": frozenset({COAST + "Norland"})},
    "Oster": {COAST + "Oster": frozenset({COAST + "Sudmark"})},
    "Norland": {COAST + "Norland": frozenset({COAST + "Norland"})},
    "": {},
}


def coast(*names, id="r1", kind=None, known=None, named=True):
    """Make a referent of the coast: its names, the first its label, and the local name of its class."""
    types = () if kind is None else (COAST + kind,)
    return Referent(id, names[0], names if named else (), types, named, None if known is None else COAST + known)


def told(article, referent, text="", *, names=(), place="", published=None, relations=()):
    """Make the profile of a referent in an article of this text, other names and one place."""
    setting = make_setting(text, (*referent.names, *names), WHOLES[place])
    return Profile(article, referent, published, tuple(relations), topic_of(text), setting)


def related(predicate, other, *, forward=True, former=False):
    """Make a relation to a thing of this name."""
    return Relation(COAST + predicate, forward, other.lower(), other, former)
