"""A small ontology and referents made in one line."""

from __future__ import annotations

import pytest
from hypothesis import settings

from kg.model import Referent
from kg.ontology import load_ontology

from .coast import TURTLE as COAST_TURTLE

settings.register_profile("kg", deadline=None)
settings.load_profile("kg")

HARBOUR = "https://harbour.example/ontology#"

TURTLE = """
@prefix h: <https://harbour.example/ontology#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

<https://harbour.example/ontology> a owl:Ontology ; rdfs:label "harbour"@en .
h:Human a owl:Class ; rdfs:label "human"@en ; kg:pronoun "he", "she" ; owl:disjointWith h:Club , h:Port .
h:Sailor a owl:Class ; rdfs:label "sailor"@en ; rdfs:subClassOf h:Human .
h:Club a owl:Class ; rdfs:label "club"@en ; owl:disjointWith h:Port .
h:RowingClub a owl:Class ; rdfs:label "rowing club"@en ; rdfs:subClassOf h:Club .
h:Port a owl:Class ; rdfs:label "port"@en .
h:Ship a owl:Class ; rdfs:label "ship"@en .
h:Race a owl:Class ; rdfs:label "race"@en .
h:Velmar a h:Port ; rdfs:label "Velmar"@en .
h:NewVelmar a h:Port ; rdfs:label "New Velmar"@en .
"""


@pytest.fixture(scope="session")
def ontology(tmp_path_factory):
    path = tmp_path_factory.mktemp("ontology") / "harbour.ttl"
    path.write_text(TURTLE, "utf-8")
    return load_ontology(path)


@pytest.fixture(scope="session")
def coast_ontology(tmp_path_factory):
    path = tmp_path_factory.mktemp("ontology") / "coast.ttl"
    path.write_text(COAST_TURTLE, "utf-8")
    return load_ontology(path)


@pytest.fixture(scope="session")
def refer():
    """Make a referent: its id, its names (the first is its label), the local name of its class."""

    def make(identifier, *names, kind=None, named=True, known=None):
        types = () if kind is None else (HARBOUR + kind,)
        individual = None if known is None else HARBOUR + known
        return Referent(identifier, names[0], names if named else (), types, named, individual)

    return make
