from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib
from explored import BASE, browsing, make_graph, party, vote
from rdflib.namespace import RDF, RDFS
from starlette.testclient import TestClient

ADA = f"{BASE}id/ada-lind"
POL = rdflib.Namespace("https://kg.example/ontology/politics#")
KG = rdflib.Namespace("https://kg.example/ontology/core#")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with browsing(make_graph(tmp_path_factory.mktemp("linked"), vote(), party()), edit=True) as made:
        yield made


def ask(client: TestClient, path: str, media: str = "text/turtle", **params: str) -> rdflib.Graph:
    answer = client.get(path, headers={"accept": media}, params=params)
    assert answer.status_code == 200, answer.text
    found = answer.headers["content-type"].partition(";")[0]
    return rdflib.Graph().parse(data=answer.text, format=found)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_an_entity_is_the_same_rdf_in_every_format(client: TestClient, media: str) -> None:
    found = ask(client, "/id/ada-lind", media)
    assert (rdflib.URIRef(ADA), POL.leads, rdflib.URIRef(f"{BASE}id/harbour-party")) in found
    assert set(found) == set(ask(client, "/id/ada-lind"))


def test_what_points_to_an_entity_is_there_too(client: TestClient) -> None:
    found = ask(client, "/id/ada-lind")
    assert (rdflib.URIRef(f"{BASE}id/bo-ek"), POL.supports, rdflib.URIRef(ADA)) in found
    facts = set(found.subjects(RDF.subject, rdflib.URIRef(ADA)))
    assert facts
    for fact in facts:
        kinds = {str(each) for each in ask(client, "/" + str(fact).removeprefix(BASE)).objects(fact, RDF.type)}
        assert kinds & {str(KG.Fact), str(KG.Claim)}


def test_an_article_gives_all_its_evidence(client: TestClient) -> None:
    found = ask(client, "/article/harbour-vote")
    article = rdflib.URIRef(f"{BASE}article/harbour-vote")
    assert (article, RDF.type, KG.Article) in found
    assert len(set(found.subjects(RDF.type, KG.Statement))) == 7
    assert len(set(found.subjects(RDF.type, KG.Attribution))) == 1


def test_an_ontology_gives_its_terms_and_a_page_of_them(client: TestClient) -> None:
    assert (POL.leads, RDFS.label, rdflib.Literal("leads", lang="en")) in ask(client, "/ontology/politics")
    assert 'id="leads"' in client.get("/ontology/politics").text
    assert client.get("/ontology/nonsense").status_code == 404


def test_a_format_can_be_asked_for_in_the_address(client: TestClient) -> None:
    assert client.get("/id/ada-lind?format=ttl").headers["content-type"].startswith("text/turtle")
    assert client.get("/id/ada-lind?format=jsonld").json()["@context"]
    assert client.get("/id/ada-lind?format=html").headers["content-type"].startswith("text/html")
    assert client.get("/id/ada-lind?format=docx").status_code == 406


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("text/turtle;q=0.5, application/ld+json", "application/ld+json"),
        ("text/*;q=0.5, application/n-triples;q=0.6", "application/n-triples"),
        ("text/html;q=0, */*", "application/xhtml+xml"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.1", "application/rdf+xml"),
    ],
)
def test_the_client_gets_what_it_likes_best(client: TestClient, accept: str, expected: str) -> None:
    answer = client.get("/id/ada-lind", headers={"accept": accept})
    assert answer.status_code == 200
    expected = "text/html" if expected == "application/xhtml+xml" else expected
    assert answer.headers["content-type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "text/html;q=0, text/turtle;q=0"])
def test_what_cannot_be_sent_is_406(client: TestClient, accept: str) -> None:
    answer = client.get("/id/ada-lind", headers={"accept": accept})
    assert answer.status_code == 406
    assert "text/turtle" in answer.text


@pytest.mark.parametrize(
    "path",
    ["/id/nobody", "/fact/0", "/claim/0", "/article/none", "/decision/0", "/kb/x", "/id/a%20b", "/id/a%0Ab", "/id/%FF"],
)
@pytest.mark.parametrize("accept", ["text/html", "text/turtle", "image/png"])
def test_what_the_graph_does_not_know_is_404_in_any_format(client: TestClient, path: str, accept: str) -> None:
    assert client.get(path, headers={"accept": accept}).status_code == 404


@pytest.mark.parametrize("path", ["/id/../../etc/passwd", "/..%2f..%2fetc/passwd", "/article/..%5c..%5cx", "/id/<x>"])
def test_no_path_leads_out_of_the_graph(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text


def test_a_page_names_its_data(client: TestClient) -> None:
    from lxml import html

    for path in ("/id/ada-lind", "/article/harbour-vote"):
        (link,) = html.document_fromstring(client.get(path).text).cssselect("link[rel=alternate]")
        assert link.get("type") == "text/turtle"
        assert client.get(link.get("href")).headers["content-type"].startswith("text/turtle")


def test_data_that_a_client_has_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/id/ada-lind?format=ttl")
    etag = first.headers["etag"]
    assert client.get("/id/ada-lind?format=ttl", headers={"if-none-match": etag}).status_code == 304
    assert client.get("/id/ada-lind?format=nt").headers["etag"] != etag


def test_a_decision_answers_too(client: TestClient) -> None:
    form = {"action": "rename", "a": f"{BASE}id/cy-dahl", "name": "Cyrus Dahl", "by": "T. Ester", "why": "his card"}
    assert client.post("/corrections", data=form).status_code == 303
    from lxml import html

    page = html.document_fromstring(client.get("/corrections").text)
    (link,) = page.cssselect("#decisions td a")
    assert (
        "is called" in html.document_fromstring(client.get(link.get("href")).text).cssselect("p.says")[0].text_content()
    )
    found = ask(client, link.get("href"))
    assert rdflib.Literal("T. Ester") in set(found.objects())
    assert rdflib.Literal("Cyrus Dahl") in set(found.objects())


def test_the_head_of_a_page_can_be_asked_for_alone(client: TestClient) -> None:
    answer = client.head("/id/ada-lind")
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.put("/id/ada-lind").status_code == 405
