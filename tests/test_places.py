"""The list of regions and cities: each has a class and a place above it, and each name is of one place only."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef

from kg.identity.names import name_key
from kg.ontology import Ontology, load_ontology, shipped_ontologies
from kg.ontology.lint import lint

POL = Namespace("https://kg.example/ontology/politics#")
COUNTRY = Namespace("https://kg.example/ontology/countries#")
PLACE = Namespace("https://kg.example/ontology/places#")
FILE = Path(__file__).parents[1] / "ontologies" / "places.ttl"
WITHOUT_A_CITY = {"SG", "VA"}
"""Sovereign countries that are cities themselves."""
TERRITORIES = set(
    "AI AS AW AX BL BM CC CK CW CX FK GG GI IM JE KY MF MO MP MS NF NU PM PN SH SX TC TK VG VI WF".split()
)
"""Inhabited territories that need no city here."""
CAPITALS = [
    ("Abuja", "NG"),
    ("Bogotá", "CO"),
    ("Cardiff", "GB-WLS"),
    ("Guatemala City", "GT"),
    ("Kuwait City", "KW"),
    ("Kyiv", "UA"),
    ("London", "GB"),
    ("London", "GB-ENG"),
    ("Mexico City", "MX"),
    ("Panama City", "PA"),
    ("Paris", "FR"),
    ("Pristina", "XK"),
    ("Santiago", "CL"),
    ("Taipei", "TW"),
    ("Tokyo", "JP"),
    ("Washington, D.C.", "US"),
]
REGIONS = {
    "US": 51,
    "CA": 13,
    "AU": 8,
    "DE": 13,
    "IN": 34,
    "MX": 31,
    "BR": 26,
    "ES": 17,
    "IT": 20,
    "FR": 18,
    "AT": 8,
    "CH": 26,
    "ZA": 9,
    "NG": 37,
    "AR": 23,
    "GB-ENG": 48,
    "CN": 27,
    "JP": 46,
}
"""The least number of regions; one that is but its city (Berlin, Vienna, Beijing, Delhi, Tokyo) stands as the city."""


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(FILE)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def places(graph: Graph) -> list[URIRef]:
    return sorted(node for node in graph.subjects(POL.locatedIn) if isinstance(node, URIRef))


@pytest.fixture(scope="module")
def bearers(ontology: Ontology) -> dict[str, set[str]]:
    """Map every name and demonym, as identity compares them, to the individuals that bear it."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in ontology.individuals.values():
        for name in (*each.names, *each.demonyms):
            found[name_key(name)].add(each.iri)
    return found


def countries_above(graph: Graph, place: URIRef) -> set[str]:
    """Follow pol:locatedIn up to the countries; give their codes."""
    above = {node for node in graph.transitive_objects(place, POL.locatedIn) if isinstance(node, URIRef)}
    return {node.removeprefix(COUNTRY) for node in above if node in COUNTRY}


def test_the_ontology_imports_the_countries(graph: Graph) -> None:
    ontology = URIRef("https://kg.example/ontology/places")
    assert (ontology, OWL.imports, URIRef("https://kg.example/ontology/countries")) in graph


def test_all_that_is_shipped_is_clean() -> None:
    assert FILE.name in {path.name for path in shipped_ontologies()}
    assert lint([FILE]) == []


def test_every_place_is_an_individual_of_the_loaded_ontology(ontology: Ontology, places: list[URIRef]) -> None:
    assert {str(place) for place in places} == {iri for iri in ontology.individuals if iri.startswith(PLACE)}


def test_every_place_is_either_a_city_or_a_region(graph: Graph, ontology: Ontology, places: list[URIRef]) -> None:
    declared = {node for node in graph.subjects() if str(node).startswith(PLACE)}
    assert declared == set(places)
    for place in places:
        assert ontology.individuals[str(place)].types in ((str(POL.City),), (str(POL.Region),))


def test_every_place_lies_in_a_place_that_exists(graph: Graph, ontology: Ontology, places: list[URIRef]) -> None:
    for place, above in graph.subject_objects(POL.locatedIn):
        assert str(above) in ontology.individuals, place
    assert [place for place in places if not countries_above(graph, place)] == []


def test_no_region_lies_in_a_city(graph: Graph) -> None:
    regions = set(graph.subjects(RDF.type, POL.Region))
    assert not [each for each in regions if (graph.value(each, POL.locatedIn), RDF.type, POL.City) in graph]


def test_every_place_has_one_english_label(graph: Graph, places: list[URIRef]) -> None:
    for place in places:
        labels = list(graph.objects(place, RDFS.label))
        assert [label.language for label in labels if isinstance(label, Literal)] == ["en"]
        assert (place, SKOS.altLabel, labels[0]) not in graph
        assert all(isinstance(name, Literal) and name.language == "en" for name in graph.objects(place, SKOS.altLabel))


def test_every_place_is_named_by_a_readable_address(graph: Graph, places: list[URIRef]) -> None:
    for place in places:
        local = place.removeprefix(PLACE)
        assert re.fullmatch(r"[a-z]{2}(-[a-z0-9]+)+", local)
        assert local[:2].upper() in {code[:2] for code in countries_above(graph, place)}


def test_no_name_is_shared_by_two_places_or_by_a_place_and_a_country(bearers: dict[str, set[str]]) -> None:
    shared = {name: iris for name, iris in bearers.items() if len(iris) > 1}
    assert not {name: iris for name, iris in shared.items() if any(iri.startswith(PLACE) for iri in iris)}


def test_no_value_has_loose_spaces(graph: Graph) -> None:
    values = [str(value) for value in graph.objects() if isinstance(value, Literal)]
    assert values == [" ".join(value.split()) for value in values]


def test_there_are_as_many_of_each_kind_as_meant(graph: Graph) -> None:
    counts = Counter(graph.objects(None, RDF.type))
    assert counts[POL.Region] >= 600
    assert counts[POL.City] >= 1200


@pytest.mark.parametrize(("code", "least"), REGIONS.items())
def test_the_regions_of_large_countries_are_there(graph: Graph, code: str, least: int) -> None:
    inside = set(graph.subjects(POL.locatedIn, COUNTRY[code])) & set(graph.subjects(RDF.type, POL.Region))
    assert len(inside) >= least


def test_every_country_but_a_city_state_has_a_city(graph: Graph, ontology: Ontology) -> None:
    cities = {node for node in graph.subjects(RDF.type, POL.City) if isinstance(node, URIRef)}
    reached = {code for city in cities for code in countries_above(graph, city)}
    countries = {iri.removeprefix(COUNTRY) for iri in ontology.individuals if iri.startswith(COUNTRY)}
    assert countries - reached - TERRITORIES == WITHOUT_A_CITY


@pytest.mark.parametrize(("name", "code"), CAPITALS)
def test_capitals_lie_directly_in_their_country(
    graph: Graph, bearers: dict[str, set[str]], name: str, code: str
) -> None:
    (iri,) = bearers[name_key(name)]
    assert (URIRef(iri), RDF.type, POL.City) in graph
    assert (URIRef(iri), POL.locatedIn, COUNTRY[code]) in graph


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Wis.", "us-wisconsin"),
        ("Nev.", "us-nevada"),
        ("N.Y.", "us-new-york-state"),
        ("New York", "us-new-york-city"),
        ("Birmingham", "gb-birmingham"),
        ("Kiev", "ua-kyiv"),
        ("Bombay", "in-mumbai"),
        ("Köln", "de-cologne"),
        ("Torino", "it-turin"),
        ("Göteborg", "se-gothenburg"),
        ("Lviv", "ua-lviv"),
        ("São Paulo", "br-sao-paulo"),
        ("Lagos", "ng-lagos"),
        ("Lagos state", "ng-lagos-state"),
        ("Washington state", "us-washington-state"),
    ],
)
def test_places_have_the_names_that_news_writes(bearers: dict[str, set[str]], name: str, place: str) -> None:
    assert bearers[name_key(name)] == {str(PLACE[place])}


@pytest.mark.parametrize(
    "name",
    ["Washington", "Victoria", "Springfield", "Portland", "Cambridge", "Lincoln", "Jackson", "Nice", "Reading", "Bath"],
)
def test_a_name_that_may_mean_another_thing_means_no_place(bearers: dict[str, set[str]], name: str) -> None:
    assert name_key(name) not in bearers


@pytest.mark.parametrize(("name", "code"), [("Georgia", "GE"), ("Luxembourg", "LU"), ("Singapore", "SG")])
def test_a_name_of_a_country_stays_its_own(bearers: dict[str, set[str]], name: str, code: str) -> None:
    assert bearers[name_key(name)] == {str(COUNTRY[code])}


def test_accents_may_be_left_out(ontology: Ontology) -> None:
    assert {"Bogotá", "Bogota"} <= set(ontology.individuals[str(PLACE["co-bogota"])].names)


def test_a_postal_code_is_a_notation_and_no_name(graph: Graph, bearers: dict[str, set[str]]) -> None:
    states = {str(code): state for state, code in graph.subject_objects(SKOS.notation)}
    assert len(states) == 51
    assert all(re.fullmatch("[A-Z]{2}", code) for code in states)
    assert states["OH"] == PLACE["us-ohio"]
    names = {str(name) for property in (RDFS.label, SKOS.altLabel) for name in graph.objects(None, property)}
    assert not names & set(states)
