"""The list of countries: complete, and each word of it the word of one country only."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.vocabulary import KG, LABEL

POL = Namespace("https://kg.example/ontology/politics#")
COUNTRY = Namespace("https://kg.example/ontology/countries#")
DEMONYM = URIRef(KG + "demonym")
NAMES = (URIRef(LABEL), SKOS.altLabel)


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(Path(__file__).parents[1] / "ontologies" / "countries.ttl")


@pytest.fixture(scope="module")
def countries(graph: Graph) -> list[URIRef]:
    return sorted(node for node in graph.subjects(RDF.type, POL.Country) if isinstance(node, URIRef))


def bearers(graph: Graph, *properties: URIRef) -> dict[str, set[URIRef]]:
    """Map every folded value of the properties to the countries that bear it."""
    found: dict[str, set[URIRef]] = defaultdict(set)
    for each in properties:
        for subject, value in graph.subject_objects(each):
            if (subject, RDF.type, POL.Country) in graph:
                found[str(value).casefold().removeprefix("the ")].add(subject)
    return found


def shared(found: dict[str, set[URIRef]]) -> dict[str, set[URIRef]]:
    return {value: subjects for value, subjects in found.items() if len(subjects) > 1}


def test_the_ontology_imports_the_classes_it_uses(graph: Graph) -> None:
    ontology = URIRef("https://kg.example/ontology/countries")
    assert (ontology, OWL.imports, URIRef("https://kg.example/ontology/politics")) in graph


def test_every_member_of_the_united_nations_can_be_there(countries: list[URIRef]) -> None:
    sovereign_and_observers = 195
    assert len(countries) >= sovereign_and_observers


@pytest.mark.parametrize(
    "code", ["AD", "FR", "GB", "US", "VA", "PS", "TW", "XK", "GL", "HK", "ZW", "GB-ENG", "GB-NIR", "GB-SCT", "GB-WLS"]
)
def test_members_observers_and_others_are_there(countries: list[URIRef], code: str) -> None:
    assert COUNTRY[code] in countries


def test_every_country_is_named_by_its_one_code(graph: Graph, countries: list[URIRef]) -> None:
    for country in countries:
        assert list(graph.objects(country, SKOS.notation)) == [Literal(country.removeprefix(COUNTRY))]
    assert not shared(bearers(graph, SKOS.notation))


def test_every_code_has_the_form_of_iso_3166(graph: Graph, countries: list[URIRef]) -> None:
    for country in countries:
        assert re.fullmatch(r"[A-Z]{2}|GB-(ENG|NIR|SCT|WLS)", country.removeprefix(COUNTRY))
        expected = 0 if "GB-" in country else 1
        letters = list(graph.objects(country, COUNTRY.alpha3))
        assert len(letters) == expected
        assert all(re.fullmatch("[A-Z]{3}", str(each)) for each in letters)
    assert not shared(bearers(graph, COUNTRY.alpha3))


def test_every_country_has_one_english_label(graph: Graph, countries: list[URIRef]) -> None:
    for country in countries:
        assert [label.language for label in graph.objects(country, RDFS.label)] == ["en"]
        assert (country, SKOS.altLabel, graph.value(country, RDFS.label)) not in graph


def test_no_name_is_shared_by_two_countries(graph: Graph) -> None:
    assert not shared(bearers(graph, *NAMES))


def test_no_demonym_is_shared_by_two_countries(graph: Graph) -> None:
    assert not shared(bearers(graph, DEMONYM))


def test_no_demonym_is_the_name_of_another_country(graph: Graph) -> None:
    assert not shared(bearers(graph, DEMONYM, *NAMES))


def test_no_value_has_loose_spaces(graph: Graph) -> None:
    values = [str(value) for value in graph.objects() if isinstance(value, Literal)]
    assert values == [" ".join(value.split()) for value in values]


def test_the_ranges_of_values_are_kept(graph: Graph) -> None:
    for value in [*graph.objects(None, DEMONYM), *graph.objects(None, COUNTRY.alpha3)]:
        assert isinstance(value, Literal)
        assert value.datatype in (None, XSD.string)
        assert value.language is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Israeli", "IL"),
        ("Frenchwoman", "FR"),
        ("Dutch", "NL"),
        ("Briton", "GB"),
        ("Scottish", "GB-SCT"),
        ("Congolese", "CD"),
        ("Dominican", "DO"),
        ("Nigerian", "NG"),
        ("Nigerien", "NE"),
    ],
)
def test_demonyms_belong_to_the_country_news_means(graph: Graph, word: str, code: str) -> None:
    assert bearers(graph, DEMONYM)[word.casefold()] == {COUNTRY[code]}


@pytest.mark.parametrize("word", ["Korean", "Central African", "Virgin Islander"])
def test_a_demonym_that_may_mean_two_countries_means_none(graph: Graph, word: str) -> None:
    assert word.casefold() not in bearers(graph, DEMONYM)


@pytest.mark.parametrize(
    ("name", "code"),
    [("U.S.", "US"), ("DRC", "CD"), ("Côte d'Ivoire", "CI"), ("Türkiye", "TR"), ("Burma", "MM"), ("South Korea", "KR")],
)
def test_countries_have_the_names_that_news_writes(graph: Graph, name: str, code: str) -> None:
    assert bearers(graph, *NAMES)[name.casefold()] == {COUNTRY[code]}


def test_countries_stand_in_the_order_of_their_codes() -> None:
    text = (Path(__file__).parents[1] / "ontologies" / "countries.ttl").read_text(encoding="utf-8")
    codes = re.findall(r"^country:(\S+) a pol:Country", text, flags=re.MULTILINE)
    assert codes == sorted(codes)
