from __future__ import annotations

import pytest

from kg.kb import KnownFacts, Link, Linker, link_triples
from kg.kb.quads import entry_iri

from .conftest import HARBOUR

BASE = "https://kg.example/"
ADA = BASE + "id/ada-lind"
WIKIDATA = "http://www.wikidata.org/entity/"


def lines(triples):
    short = {
        HARBOUR: "h:", "http://www.w3.org/2004/02/skos/core#": "skos:", "https://schema.org/": "schema:", BASE: "kg:/",
        "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:", WIKIDATA: "wd:", "http://www.w3.org/ns/prov#": "prov:",
        "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    }  # fmt: skip
    found = []
    for triple in triples:
        line = " ".join(map(str, triple))
        for iri, prefix in short.items():
            line = line.replace(iri, prefix)
        found.append(line.replace("<", "").replace(">", ""))
    return found


@pytest.fixture
def index(write, build):
    rows = (
        "id,name,type,crew,berth_id,motto,born,wikidata,register code,start\n"
        "a 1,Ada Lind,sailor,Gull Crew,7,Row on,1970-02-03,Q77,,\n"
        "8,Gull Crew,crew,,,,,,,\n"
        "7,North Quay,berth,,,,,,,\n"
    )
    ttl = (
        "@prefix schema: <https://schema.org/> . <http://www.wikidata.org/entity/Q99> schema:name 'Bo Quist' ; "
        "schema:sameAs <https://pages.example/bo> , <https://other.example/9> ; schema:identifier 'R-9' ; "
        "<http://www.w3.org/2002/07/owl#sameAs> <https://other.example/bo> ."
    )
    found, messages = build(write("kb.csv", rows), write("more.ttl", ttl))
    assert messages == []
    return found


def link(entry, *, sure=True):
    return Link(entry, sure, 9.0, ())


def test_a_sure_link_brings_matches_identifiers_and_pages(index):
    assert lines(link_triples(BASE + "id/bo", [link(WIKIDATA + "Q99")], index, BASE)) == [
        "kg:/id/bo skos:exactMatch wd:Q99",
        "kg:/id/bo skos:exactMatch https://other.example/bo",
        'kg:/id/bo schema:identifier "R-9"',
        "kg:/id/bo schema:sameAs https://other.example/9",
        "kg:/id/bo schema:sameAs https://pages.example/bo",
    ]


def test_a_likely_link_says_no_more_than_that(index):
    assert lines(link_triples(BASE + "id/bo", [link(WIKIDATA + "Q99", sure=False)], index, BASE)) == [
        "kg:/id/bo skos:closeMatch wd:Q99",
        "kg:/id/bo skos:closeMatch https://other.example/bo",
    ]


def test_what_has_no_iri_gets_one_under_the_base(index):
    assert lines(link_triples(ADA, [link("a 1")], index, BASE)) == [
        "kg:/id/ada-lind skos:exactMatch wd:Q77",
        "kg:/id/ada-lind skos:exactMatch kg:/kb/a%201",
    ]
    assert entry_iri("sailors.csv#1", BASE) == "https://kg.example/kb/sailors.csv%231"


def test_links_to_what_is_no_longer_there_say_nothing(index):
    assert lines(link_triples(ADA, [link("gone")], index, BASE)) == []


@pytest.fixture
def facts(index, ontology):
    comparer = Linker(index, ontology).comparer
    return KnownFacts(comparer, BASE, {"a 1": ADA, "8": BASE + "id/gulls"})


def test_known_facts_say_where_they_are_from_and_are_no_facts_of_articles(facts):
    found = lines(facts.triples(ADA, [link("a 1")]))
    said = [line.split(" ", 1)[1] for line in found if line.startswith("kg:/fact/")]
    assert said.count("rdf:type kg:/ontology/core#KnownFact") == 4
    assert said.count("prov:wasDerivedFrom kg:/kb-file/kb.csv") == 4
    assert "rdf:type kg:/ontology/core#Fact" not in said
    assert not [line for line in said if "support" in line or "confidence" in line]
    assert 'kg:/kb-file/kb.csv rdfs:label "kb.csv"' in found
    assert [line for line in found if line.startswith(("kg:/id/", "kg:/kb/"))] == [
        'kg:/id/ada-lind h:bornOn "1970-02-03"^^http://www.w3.org/2001/XMLSchema#date',
        "kg:/id/ada-lind h:mans kg:/kb/7",
        'kg:/id/ada-lind h:motto "Row on"',
        "kg:/id/ada-lind h:sailsFor kg:/id/gulls",
    ]


def test_a_likely_link_brings_no_facts(facts):
    assert lines(facts.triples(ADA, [link("a 1", sure=False)])) == []


def test_a_fact_with_dates_has_them_and_is_no_plain_triple(write, build, ontology):
    index, _ = build(
        write(
            "kb.json",
            {
                "persons": [{"id": "Q77", "name": "Ada Lind"}],
                "areas": [{"id": "n", "name": "North Quay", "type": "berth"}, {"id": "x", "name": "Velmar"}],
                "memberships": [
                    {"person_id": "Q77", "area_id": "n", "start_date": "2010", "end_date": "2015-06"},
                    {"person_id": "Q77", "area_id": "x"},
                ],
            },
        )
    )
    facts = KnownFacts(Linker(index, ontology).comparer, BASE, {WIKIDATA + "Q77": ADA})
    found = lines(facts.triples(ADA, [link(WIKIDATA + "Q77")]))
    assert not [line for line in found if line.startswith("kg:/id/")]
    assert [line.split(" ", 1)[1] for line in found if "core#from" in line or "core#until" in line] == [
        'kg:/ontology/core#from "2010"^^http://www.w3.org/2001/XMLSchema#gYear',
        'kg:/ontology/core#until "2015-06"^^http://www.w3.org/2001/XMLSchema#gYearMonth',
    ]
    assert len([line for line in found if line.endswith("KnownFact")]) == 1
