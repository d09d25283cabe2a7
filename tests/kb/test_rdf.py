from __future__ import annotations

import pytest

from kg.errors import SourceError
from kg.kb.entries import ALIAS, FOREIGN, LABEL, KnownFact, KnownType
from kg.kb.files import KbFile
from kg.kb.rdf import read_rdf

PREFIXES = """@prefix ex: <http://boats.example/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix schema: <http://schema.org/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""


@pytest.fixture
def read(write):
    def make(content, name="kb.ttl"):
        return list(read_rdf(KbFile(write(name, content), name)))

    return make


def test_a_concept_has_labels_matches_and_relations(read):
    (piece,) = read(
        PREFIXES
        + """ex:gulls a ex:Crew ; skos:prefLabel "Gull Crew"@en , "Möwen"@de ; skos:altLabel "The Gulls"@en-GB ;
        skos:exactMatch <https://www.wikidata.org/wiki/Q77> ; skos:notation "GUL" ; skos:broader ex:crews ;
        skos:inScheme ex:scheme ."""
    )
    assert piece.id == "http://boats.example/gulls"
    assert set(piece.names) == {(LABEL, "Gull Crew"), (FOREIGN, "Möwen"), (ALIAS, "The Gulls")}
    assert piece.types == (KnownType("http://boats.example/Crew"),)
    assert piece.identifiers == ("http://www.wikidata.org/entity/Q77",)
    assert piece.notations == ("GUL",)
    assert piece.facts == (KnownFact("http://www.w3.org/2004/02/skos/core#broader", "http://boats.example/crews"),)


@pytest.mark.parametrize("label", ["rdfs:label", "schema:name", "foaf:name", "skos:prefLabel"])
def test_every_usual_property_names_a_thing(read, label):
    (piece,) = read(f'{PREFIXES}ex:ada {label} "Ada\n  Lind" .'.replace('"Ada\n  Lind"', '"""Ada\n  Lind"""'))
    assert piece.names == ((LABEL, "Ada Lind"),)


def test_dates_and_pages_are_known_in_old_and_new_schema(read):
    (piece,) = read(
        PREFIXES
        + """ex:ada schema:name "Ada Lind" ; schema:birthDate "1970-02-03" ;
        schema:sameAs <https://pages.example/ada> , <http://www.wikidata.org/entity/Q12> ."""
    )
    assert piece.start == "1970-02-03"
    assert piece.pages == ("https://pages.example/ada",)
    assert piece.identifiers == ("http://www.wikidata.org/entity/Q12",)


def test_terms_of_vocabularies_and_blank_nodes_are_no_entries(read):
    assert read(PREFIXES + 'ex:Crew a owl:Class ; rdfs:label "crew" . [] rdfs:label "nobody" .') == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.nt", '<http://boats.example/ada> <http://www.w3.org/2000/01/rdf-schema#label> "Ada" .\n'),
        (
            "a.nq",
            '<http://boats.example/ada> <http://www.w3.org/2000/01/rdf-schema#label> "Ada" <http://g.example/> .\n',
        ),
        (
            "a.rdf",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://www.w3.org/2000/01/'
            'rdf-schema#"><rdf:Description rdf:about="http://boats.example/ada"><s:label>Ada</s:label>'
            "</rdf:Description></rdf:RDF>",
        ),
        (
            "a.jsonld",
            '{"@id": "http://boats.example/ada", "http://www.w3.org/2000/01/rdf-schema#label": "Ada"}',
        ),
    ],
)
def test_every_serialisation_is_read(read, name, content):
    (piece,) = read(content, name)
    assert (piece.id, piece.names) == ("http://boats.example/ada", ((LABEL, "Ada"),))


def test_a_syntax_error_has_its_line(read):
    with pytest.raises(SourceError, match=r"^line 6 is no ttl "):
        read(PREFIXES + '\nex:ada rdfs:label "Ada" .\nex:bo rdfs:label oops .\n')
    with pytest.raises(SourceError, match=r"^line 2 is no nt "):
        read('<http://a.example/> <http://b.example/> "c" .\nnothing\n', "a.nt")


def test_another_encoding_is_an_error(read):
    with pytest.raises(SourceError, match="is no ttl"):
        read((PREFIXES + 'ex:asa rdfs:label "Åsa" .').encode("latin-1"))
