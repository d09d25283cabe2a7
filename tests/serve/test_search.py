from __future__ import annotations

from collections.abc import Iterator

import pytest
from explored import Draft, browsing, make_graph, vote
from harbour import ID
from lxml import html
from pyoxigraph import Literal, NamedNode, Quad
from starlette.testclient import TestClient

from kg.ontology import load_ontology
from kg.serve.pages.reader import Reader
from kg.serve.pages.search_index import SearchIndex, fold
from kg.store import MemoryStore
from kg.vocabulary import KG, LABEL, RDF, SKOS


def index(*names: tuple[str, ...], told: dict[int, int] | None = None) -> SearchIndex:
    """Make the index of some things, each with its label and its other names; `told` counts the facts of some."""
    store = MemoryStore()
    quads = []
    for number, (label, *others) in enumerate(names):
        node = NamedNode(f"{ID}{number}")
        quads.append(Quad(node, NamedNode(LABEL), Literal(label, language="en")))
        quads += [Quad(node, NamedNode(SKOS + "altLabel"), Literal(each, language="en")) for each in others]
        for fact in range((told or {}).get(number, 0)):
            quads.append(Quad(NamedNode(f"https://kg.example/fact/{number}-{fact}"), NamedNode(RDF + "subject"), node))
    store.replace_graph(quads[0].graph_name, quads)
    return SearchIndex(Reader(store, load_ontology(), "https://kg.example/"))


def found(index: SearchIndex, text: str) -> list[str]:
    return [hit.label for hit in index.find(text, 10)]


def test_a_name_is_found_by_the_beginnings_of_its_words_in_any_order() -> None:
    made = index(("Ada Maria Lind",), ("Harbour Party",))
    for text in ("ada", "ADA LIND", "lind ada", "ad mar li", "Maria", "  lind, "):
        assert found(made, text) == ["Ada Maria Lind"], text
    assert found(made, "aria") == []
    assert found(made, "ada party") == []


@pytest.mark.parametrize(("text", "name"), [("lodz", "Łódź"), ("angstrom", "Ångström"), ("muller", "Jürgen Müller")])
def test_accents_do_not_matter_in_either_direction(text: str, name: str) -> None:
    made = index((name,), ("Other",))
    assert found(made, text) == found(made, name) == [name]


def test_other_scripts_are_found_as_they_are_written() -> None:
    made = index(("Владимир Петров",), ("東京都",), ("עדה לינד",))
    assert found(made, "влад") == ["Владимир Петров"]
    assert found(made, "東京") == ["東京都"]
    assert found(made, "לינד") == ["עדה לינד"]


def test_other_names_are_found_too() -> None:
    assert found(index(("Ada Lind", "A. M. Lind", "The Rower")), "rower") == ["Ada Lind"]


def test_what_is_called_just_so_comes_first_then_who_most_is_told_of() -> None:
    names = (("Ada Lind Foundation",), ("Ada Lind",), ("Ada Lindt",), ("Adam Lind", "Ada Lind"))
    assert found(index(*names, told={0: 9, 2: 5}), "ada lind") == [
        "Ada Lind",
        "Adam Lind",
        "Ada Lind Foundation",
        "Ada Lindt",
    ]


def test_pages_of_results_follow_one_another() -> None:
    made = index(*((f"Lind {letter}",) for letter in "abcdefghij"))
    assert made.count("lind") == 10
    parts = [made.find("lind", 4, offset=offset) for offset in (0, 4, 8)]
    assert [hit.label for part in parts for hit in part] == [f"Lind {letter}" for letter in "abcdefghij"]


@pytest.mark.parametrize(
    "text", ['"', "*", "NEAR(a b)", "a OR b", "ada AND", "x' --", "\x00", "", "-", "^ada", "folded:ada"]
)
def test_what_is_typed_is_never_an_operator(text: str) -> None:
    made = index(("Ada Lind",))
    assert made.find(text, 5) in ([], made.find("ada", 5))
    assert made.count(text) in (0, 1)
    made.near(text)


def test_a_slip_of_the_finger_finds_the_nearest_names() -> None:
    made = index(("Ada Lind",), ("Bo Ek",), ("Ada Lund",))
    assert made.near("Ada Linf")[0].label == "Ada Lind"
    assert made.near("zz") == []
    assert made.near("Something Else") == []


def test_names_that_several_things_have_are_found() -> None:
    made = index(("Ada Lind",), ("ADA LIND",), ("Bo Ek",))
    ((name, hits),) = made.namesakes()
    assert (name, len(hits)) == ("ada lind", 2)


def test_only_entities_are_found_not_articles_or_terms() -> None:
    store = MemoryStore()
    quads = [
        Quad(NamedNode(iri), NamedNode(LABEL), Literal("Lind", language="en"))
        for iri in ("https://kg.example/id/lind", "https://kg.example/ontology/x#lind", KG + "lind")
    ]
    store.replace_graph(quads[0].graph_name, quads)
    made = SearchIndex(Reader(store, load_ontology(), "https://kg.example/"))
    assert [hit.iri for hit in made.find("lind", 5)] == ["https://kg.example/id/lind"]


def test_letters_are_folded() -> None:
    assert fold("  O’Brien-Łuczak (MP) ") == "o brien luczak mp"


# -- pages --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    many = Draft("many", " ".join(f"Lind {number} spoke." for number in range(30, 60)))
    for number in range(30, 60):
        many.name(f"Lind {number}", "Person")
    with browsing(make_graph(tmp_path_factory.mktemp("search"), vote(), many)) as made:
        yield made


def search(client: TestClient, text: str, **params: str) -> html.HtmlElement:
    answer = client.get("/search", params={"q": text, **params})
    assert answer.status_code == 200
    return html.document_fromstring(answer.text)


def test_results_lead_to_their_pages(client: TestClient) -> None:
    page = search(client, "ada")
    (link,) = page.cssselect("ol.results a.thing")
    assert (link.text_content(), link.get("href")) == ("Ada Lind", "/id/ada-lind")
    assert page.cssselect("form.search input[name=q]")[0].get("value") == "ada"


def test_more_results_are_on_the_next_page(client: TestClient) -> None:
    page = search(client, "lind")
    assert page.cssselect("p.count")[0].text_content() == "31 names fit"
    assert len(page.cssselect("li.result")) == 20
    (more,) = page.cssselect("a[rel=next]")
    rest = html.document_fromstring(client.get(more.get("href")).text)
    assert len(rest.cssselect("li.result")) == 11


def test_a_name_that_nobody_has_brings_near_ones(client: TestClient) -> None:
    page = search(client, "Ada Linnd")
    assert [each.text_content() for each in page.cssselect("ul.nearest a")] == ["Ada Lind"]
    assert not search(client, "qqqqqqqqq").cssselect("ul.nearest")


def test_completion_gives_what_a_list_shows(client: TestClient) -> None:
    answer = client.get("/api/complete", params={"q": "ada l"})
    assert answer.headers["content-type"] == "application/json"
    (suggestion,) = answer.json()
    assert suggestion["iri"] == "https://kg.example/id/ada-lind"
    assert suggestion["href"] == "/id/ada-lind"
    assert suggestion["kind"] == "Person"
    assert suggestion["description"].startswith("politician")


def test_completion_is_bounded(client: TestClient) -> None:
    assert len(client.get("/api/complete", params={"q": "lind"}).json()) == 10
    assert len(client.get("/api/complete", params={"q": "lind", "limit": "3"}).json()) == 3
    assert len(client.get("/api/complete", params={"q": "lind", "limit": "99999"}).json()) == 31
    assert len(client.get("/api/complete", params={"q": "lind", "limit": "x"}).json()) == 10
    assert client.get("/api/complete", params={"q": "x" * 20_000}).json() == []
    assert client.get("/api/complete").json() == []
