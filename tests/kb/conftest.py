"""A small ontology of boats, knowledge bases written in one line, and things of articles made in another."""

from __future__ import annotations

import json

import pytest

from kg.identity.names import name_key
from kg.identity.profiles import Profile, Relation
from kg.identity.settings import Setting
from kg.kb import Linker, build_index
from kg.model import Referent
from kg.ontology import load_ontology

HARBOUR = "https://harbour.example/ontology#"

TURTLE = """
@prefix h: <https://harbour.example/ontology#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix voc: <http://vocabulary.example/> .

<https://harbour.example/ontology> a owl:Ontology ; rdfs:label "harbour"@en .
h:Human a owl:Class ; rdfs:label "human"@en ; kg:nameLabel "PERSON" ; kg:pronoun "he", "she" ;
    kg:sourceTerm "person" , voc:Q5 ; owl:disjointWith h:Club , h:Place .
h:Sailor a owl:Class ; rdfs:label "sailor"@en ; rdfs:subClassOf h:Human ;
    kg:frame [ a kg:ClassNoun ; kg:lemma "sailor" , "able seaman" ] .
h:Captain a owl:Class ; rdfs:label "captain"@en ; rdfs:subClassOf h:Sailor .
h:Judge a owl:Class ; rdfs:label "judge"@en ; rdfs:subClassOf h:Human .
h:Club a owl:Class ; rdfs:label "club"@en ; kg:nameLabel "ORG" ; kg:sourceTerm "organization" ;
    owl:disjointWith h:Place .
h:Crew a owl:Class ; rdfs:label "crew"@en ; rdfs:subClassOf h:Club ; kg:namePattern "… Crew" , "Crew of …" ;
    kg:nameWord "Gull|Gulls" .
h:Place a owl:Class ; rdfs:label "place"@en ; kg:nameLabel "LOC" ; kg:sourceTerm "area" .
h:Port a owl:Class ; rdfs:label "port"@en ; rdfs:subClassOf h:Place ; owl:disjointWith h:Berth .
h:Berth a owl:Class ; rdfs:label "berth"@en ; rdfs:subClassOf h:Place .
h:memberOf a owl:ObjectProperty ; rdfs:label "member of"@en ; rdfs:domain h:Human ; rdfs:range h:Club ;
    kg:sourceTerm "organization" .
h:sailsFor a owl:ObjectProperty ; rdfs:label "sails for"@en ; rdfs:subPropertyOf h:memberOf ;
    rdfs:domain h:Human ; rdfs:range h:Crew ; kg:functional true ; kg:sourceTerm "on behalf of" , voc:P1 .
h:mans a owl:ObjectProperty ; rdfs:label "mans"@en ; rdfs:domain h:Human ; rdfs:range h:Berth ; kg:functional true ;
    owl:inverseOf h:mannedBy ; kg:sourceTerm "area" .
h:mannedBy a owl:ObjectProperty ; rdfs:label "manned by"@en ; rdfs:domain h:Berth ; rdfs:range h:Human .
h:livesIn a owl:ObjectProperty ; rdfs:label "lives in"@en ; rdfs:domain h:Human ; rdfs:range h:Port ;
    kg:sourceTerm "area" .
h:bornOn a owl:DatatypeProperty ; rdfs:label "born on"@en ; rdfs:subPropertyOf schema:birthDate ; rdfs:domain h:Human .
h:motto a owl:DatatypeProperty ; rdfs:label "motto"@en .
h:liesIn a owl:ObjectProperty ; rdfs:label "lies in"@en ; rdfs:subPropertyOf schema:containedInPlace ;
    rdfs:domain h:Place ; rdfs:range h:Place ; kg:sourceTerm "parent" .
h:Coast a owl:Class ; rdfs:label "coast"@en ; rdfs:subClassOf h:Place .
h:EastCoast a h:Coast ; rdfs:label "East Coast"@en .
h:WestCoast a h:Coast ; rdfs:label "West Coast"@en .
h:Velmar a h:Port ; rdfs:label "Velmar"@en ; h:liesIn h:EastCoast .
"""


@pytest.fixture(scope="session")
def ontology(tmp_path_factory):
    path = tmp_path_factory.mktemp("ontology") / "harbour.ttl"
    path.write_text(TURTLE, "utf-8")
    return load_ontology(path)


@pytest.fixture
def write(tmp_path):
    """Write a file of a knowledge base; what is no text is written as JSON."""

    def make(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content if isinstance(content, bytes | str) else json.dumps(content, indent=1)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return make


@pytest.fixture
def build(tmp_path):
    """Build the index of some files: the index, and the messages that came with it."""
    opened = []

    def make(*paths, folder="graph"):
        messages = []
        index = build_index(paths, tmp_path / folder, on_issue=lambda issue: messages.append(str(issue)))
        opened.append(index)
        return index, messages

    yield make
    for index in opened:
        index.close()


@pytest.fixture
def linker(write, build, ontology):
    """Make a linker to a Popolo document with these lists."""

    def make(**lists):
        index, messages = build(write("kb.json", {"persons": [], **lists}))
        assert messages == []
        return Linker(index, ontology)

    return make


def relation(predicate, other, *, forward=True, former=False, start=None, end=None):
    return Relation(HARBOUR + predicate, forward, name_key(other), other, former, start, end)


def profile(*names, kind="Human", date="2019-05-10", article="a1", told=(), company=(), about=()):
    """Make what an article tells of one thing: names, class, relations, whom else it names, coasts it is about."""
    types = (HARBOUR + kind,) if kind else ()
    referent = Referent("r1", names[0], names, types, True)
    setting = Setting(
        names={name if "://" in name else name_key(name): 1.0 for name in company}, wholes=frozenset(about)
    )
    return Profile(article, referent, date, tuple(told), None, setting)


def links_of(linker, *profiles):
    first = profiles[0].referent
    names = tuple(dict.fromkeys(name for each in profiles for name in each.referent.names))
    types = tuple(dict.fromkeys(kind for each in profiles for kind in each.referent.types))
    return linker.link(profiles, types, first.label, names)


def told(linker, *profiles):
    """Say what some profiles are linked to: "sure p1", "likely p1", or nothing."""
    return [("sure " if link.sure else "likely ") + link.entry for link in links_of(linker, *profiles)]
