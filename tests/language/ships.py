"""A toy domain of ships, harbours and guilds, and what is read out of Docs with it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from spacy.tokens import Doc

from kg.extract.reading import Analysis, analyse, read_doc
from kg.language.arguments import NameIndex
from kg.language.lexicon import Lexicon, NounHit
from kg.language.predication import find_bearings
from kg.language.proper_names import Name, find_names
from kg.language.syntax import Syntax
from kg.model import Article, Iri, Reading, Ref, Statement
from kg.ontology import load_ontology
from kg.vocabulary import TYPE

from .docs import UD, make_doc

SEA = "https://ships.example/#"
SHIPS = """
@prefix ex: <https://ships.example/#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://ships.example/> a owl:Ontology .

ex:Person a owl:Class ; kg:nameLabel "PERSON" ; kg:pronoun "he" , "she" , "who" ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "seafarer" ] .
ex:Sailor a owl:Class ; rdfs:subClassOf ex:Person ; kg:frame [ a kg:ClassNoun ; kg:lemma "sailor" , "captain" ] .
ex:Organisation a owl:Class ; kg:nameLabel "ORG" ; kg:pronoun "it" ; kg:namePattern "Friends of …" .
ex:Guild a owl:Class ; rdfs:subClassOf ex:Organisation ; kg:namePattern "… Guild" ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "guild" ] , [ a kg:ClassNoun ; kg:lemma "seafarers guild" ] .
ex:Vessel a owl:Class ; kg:nameLabel "PRODUCT" ; kg:pronoun "it" ; kg:namePattern "MV …" ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "vessel" , "ferry boat" ] .
ex:Place a owl:Class ; kg:nameLabel "GPE" , "LOC" ; kg:pronoun "it" .
ex:Harbour a owl:Class ; rdfs:subClassOf ex:Place ; kg:frame [ a kg:ClassNoun ; kg:lemma "harbour" ] .
ex:Land a owl:Class ; rdfs:subClassOf ex:Place .
ex:Event a owl:Class .
ex:Rank a owl:Class .
[] a owl:AllDisjointClasses ; owl:members ( ex:Person ex:Organisation ex:Vessel ex:Place ex:Event ex:Rank ) .
ex:Norland a ex:Land ; rdfs:label "Norland" ; skos:altLabel "Upper Norland" ; kg:demonym "Norlander" , "Norlandic" .
ex:Orla a ex:Land ; rdfs:label "Orla" .

ex:commands a owl:ObjectProperty ; kg:resignable true ; rdfs:domain ex:Person ; rdfs:range ex:Vessel ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "captain" , "skipper" ] ,
        [ a kg:Verb ; kg:lemma "command" ] .
ex:leads a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Guild ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "warden" ] , [ a kg:Verb ; kg:lemma "lead" ] .
ex:pilots a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Harbour ; kg:functional true ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "pilot" ; kg:argument "for" ] ,
        [ a kg:RelationalNoun ; kg:lemma "harbour" ; kg:bearer kg:Object ; kg:argument kg:Possessor ] .
ex:belongsTo a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Guild ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "member" ] , [ a kg:Verb ; kg:lemma "belong" ; kg:object "to" ] ,
        [ a kg:Verb ; kg:lemma "join" ; kg:occurrence true ] , [ a kg:Adposition ; kg:lemma "of" ] ,
        [ a kg:Parenthesis ; kg:argument "1" ] .
ex:basedIn a owl:ObjectProperty ; rdfs:domain ex:Organisation ; rdfs:range ex:Place ;
    kg:frame [ a kg:Verb ; kg:lemma "base" ; kg:subject kg:Object ; kg:object "in" ] .
ex:liesIn a owl:ObjectProperty ; rdfs:domain ex:Place ; rdfs:range ex:Place ;
    kg:frame [ a kg:Adposition ; kg:lemma "in" ] , [ a kg:Adposition ; kg:lemma "," ; kg:objectClass ex:Land ] .
ex:holds a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Rank ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "skipper" , "purser" ; kg:argument kg:Itself ] .
ex:sailsFor a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Harbour ;
    kg:frame [ a kg:Parenthesis ; kg:argument "2" ; kg:subjectClass ex:Sailor ] .
ex:owns a owl:ObjectProperty ; rdfs:range ex:Vessel ; kg:frame [ a kg:Verb ; kg:lemma "own" ] .
ex:rescued a owl:ObjectProperty ; kg:occurrence true ; rdfs:domain ex:Person ; rdfs:range ex:Person ;
    kg:frame [ a kg:Verb ; kg:lemma "rescue" ] , [ a kg:ActionNoun ; kg:lemma "rescue" ] .
ex:childOf a owl:ObjectProperty ; rdfs:domain ex:Person ; rdfs:range ex:Person ;
    kg:frame [ a kg:RelationalNoun ; kg:lemma "daughter" ] .

ex:Race a owl:Class ; rdfs:subClassOf ex:Event ; rdfs:label "race" ; kg:frame [ a kg:EventNoun ; kg:lemma "race" ] .
ex:Ballot a owl:Class ; rdfs:subClassOf ex:Event ; rdfs:label "ballot" ; kg:score ( ex:ayes ex:noes ) ;
    kg:frame [ a kg:EventNoun ; kg:lemma "ballot" ] .
ex:Voyage a owl:Class ; rdfs:subClassOf ex:Event ; rdfs:label "voyage" ; kg:frame [ a kg:EventVerb ; kg:lemma "sail" ] .
ex:Outcome a owl:Class .
ex:Lost a ex:Outcome ; rdfs:label "lost" ; kg:scoreOrder "ascending" .
ex:Won a ex:Outcome ; rdfs:label "won" ; kg:scoreOrder "descending" .
ex:winner a owl:ObjectProperty ; rdfs:domain ex:Race ; rdfs:range ex:Person ;
    kg:frame [ a kg:Role ; kg:verb "win" ; kg:argument kg:Subject ] .
ex:heldAt a owl:ObjectProperty ; rdfs:domain ex:Race ; rdfs:range ex:Place ; kg:frame [ a kg:Role ; kg:argument "at" ] .
ex:concerns a owl:ObjectProperty ; rdfs:domain ex:Ballot ; rdfs:range ex:Person ;
    kg:frame [ a kg:Role ; kg:argument "on" ] .
ex:outcome a owl:ObjectProperty ; rdfs:domain ex:Ballot ; rdfs:range ex:Outcome ;
    kg:frame [ a kg:Role ; kg:verb "fail" ; kg:value ex:Lost ] , [ a kg:Role ; kg:verb "succeed" ; kg:value ex:Won ] .
ex:ayes a owl:DatatypeProperty ; rdfs:domain ex:Ballot ; rdfs:range xsd:integer ;
    kg:frame [ a kg:Count ; kg:lemma "aye" ] .
ex:noes a owl:DatatypeProperty ; rdfs:domain ex:Ballot ; rdfs:range xsd:integer ;
    kg:frame [ a kg:Count ; kg:lemma "no" ] , [ a kg:Count ; kg:lemma "sailor" ; kg:verb "object" ] .
ex:Hiring a owl:Class ; rdfs:subClassOf ex:Event ; rdfs:label "hiring" ; kg:frame [ a kg:EventVerb ; kg:lemma "hire" ] .
ex:hired a owl:ObjectProperty ; rdfs:domain ex:Hiring ; rdfs:range ex:Person ;
    kg:frame [ a kg:Role ; kg:argument kg:Object ] .
ex:rank a owl:ObjectProperty ; rdfs:domain ex:Hiring ; rdfs:range ex:Rank ;
    kg:frame [ a kg:Role ; kg:argument "as" , kg:Complement ] .
ex:sailedBy a owl:ObjectProperty ; rdfs:domain ex:Voyage ; rdfs:range ex:Person ;
    kg:frame [ a kg:Role ; kg:argument kg:Subject ] .
ex:sailedFrom a owl:ObjectProperty ; rdfs:domain ex:Voyage ; rdfs:range ex:Place ;
    kg:frame [ a kg:Role ; kg:argument "from" ] .
ex:memberCount a owl:DatatypeProperty ; rdfs:domain ex:Guild ; rdfs:range xsd:integer ;
    kg:frame [ a kg:Count ; kg:lemma "member" ] .
"""


@cache
def ships() -> Lexicon:
    """The words of the toy domain."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "ships.ttl"
        file.write_text(SHIPS, encoding="utf-8")
        return Lexicon(load_ontology(file))


def syntax(text: str, scheme: str = UD) -> Syntax:
    return Syntax(make_doc(text, scheme))


def place(view: Syntax, word: str, number: int = 1) -> int:
    """Return where a word stands, its second occurrence and so on."""
    return [i for i, token in enumerate(view.doc) if token.text == word][number - 1]


def words(view: Syntax, tokens: list[int]) -> list[str]:
    return [view.doc[i].text for i in tokens]


def names(text: str) -> list[Name]:
    view = syntax(text)
    return find_names(view, ships(), ships().noun_hits(view))


def noun(view: Syntax, word: str) -> tuple[NounHit, NameIndex]:
    """Return the frame noun that ends with a word, and the names around it."""
    hits = ships().noun_hits(view)
    return hits[place(view, word)], NameIndex(find_names(view, ships(), hits))


def bearers(text: str, word: str, scheme: str = UD) -> set[tuple[str, str]]:
    """Return who is said to be a noun: pairs of construction and the bearer's head word."""
    view = syntax(text, scheme)
    hit, index = noun(view, word)
    return {(b.construction, view.doc[b.bearer].text) for b in find_bearings(view, hit, index)}


def analysis(text: str, scheme: str = UD) -> Analysis:
    return analyse(make_doc(text, scheme), ships())


def read(text: str | Doc, scheme: str = UD) -> Reading:
    doc = make_doc(text, scheme) if isinstance(text, str) else text
    return read_doc(doc, Article("a", doc.text), ships())


def describe(reading: Reading, statement: Statement) -> str:
    """Write a statement as "subject relation object"."""
    labels = {referent.id: referent.label for referent in reading.referents}
    thing = statement.object
    if isinstance(thing, Ref):
        end = labels[thing.id]
    else:
        end = thing.iri.removeprefix(SEA) if isinstance(thing, Iri) else thing.text
    relation = "is" if statement.predicate == TYPE else statement.predicate.removeprefix(SEA)
    return f"{labels[statement.subject]} {relation} {end}"


def found(reading: Reading) -> dict[str, Statement]:
    """Return the statements by what they say."""
    return {describe(reading, statement): statement for statement in reading.statements}


def relations(text: str, scheme: str = UD) -> set[str]:
    """Return what is said but for the classes of things."""
    return {line for line in found(read(text, scheme)) if " is " not in line}


def referents(text: str) -> dict[str, list[str]]:
    """Return the words of all mentions of each referent by its label."""
    reading = read(text)
    labels = {referent.id: referent.label for referent in reading.referents}
    mentions: dict[str, list[str]] = {}
    for mention in reading.mentions:
        mentions.setdefault(labels[mention.referent], []).append(mention.text)
    return mentions
