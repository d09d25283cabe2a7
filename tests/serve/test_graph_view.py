from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explored import BASE, Draft, browsing, make_graph, party, vote
from lxml import html
from starlette.testclient import TestClient

from kg.draw.styles import COLOURS, SHAPES

ADA, BO, CY, DEE, PARTY = (f"{BASE}id/{name}" for name in ("ada-lind", "bo-ek", "cy-dahl", "dee-moss", "harbour-party"))
POL = "https://kg.example/ontology/politics#"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with browsing(make_graph(tmp_path_factory.mktemp("graph"), vote(), party())) as made:
        yield made


def ask(client: TestClient, around: str, **params: object) -> dict:
    answer = client.get("/api/graph", params={"around": around, **params})
    assert answer.status_code == 200, answer.text
    return answer.json()


def iris(found: dict) -> set[str]:
    return {each["iri"] for each in found["nodes"]}


def edges(found: dict) -> set[tuple[str, str, str, str]]:
    ends = {each["iri"]: each["label"] for each in found["nodes"]}
    return {
        (ends[each["source"]], label, ends[each["target"]], each["status"])
        for each in found["edges"]
        for label in each["labels"]
    }


def test_a_neighbourhood_has_the_thing_first_and_all_that_is_next_to_it(client: TestClient) -> None:
    found = ask(client, PARTY)
    assert found["nodes"][0]["iri"] == PARTY
    assert iris(found) == {PARTY, ADA, CY, DEE}
    assert found["hidden"] == 0
    (node,) = [each for each in found["nodes"] if each["iri"] == ADA]
    assert (node["label"], node["kind"], node["type"], node["href"]) == (
        "Ada Lind",
        "Person",
        "politician",
        "/id/ada-lind",
    )


def test_an_edge_says_whether_it_is_a_fact_and_leads_to_it(client: TestClient) -> None:
    found = ask(client, PARTY)
    assert ("Ada Lind", "leads", "Harbour Party", "asserted") in edges(found)
    assert ("Dee Moss", "leads (former, from 2010 until 2015)", "Harbour Party", "former") in edges(found)
    assert ("Cy Dahl", "member of party", "Harbour Party", "possible") in edges(found)
    for each in found["edges"]:
        assert client.get(each["href"]).status_code == 200
        assert each["status"] in ("asserted", "former", "claimed", "denied", "possible")


def test_what_is_claimed_is_an_edge_of_its_own(client: TestClient) -> None:
    assert ("Ada Lind", "criticised", "Cy Dahl", "claimed") in edges(ask(client, ADA))


def test_facts_of_two_ends_are_one_edge_and_a_symmetric_one_has_no_direction(client: TestClient) -> None:
    found = ask(client, ADA)
    (both,) = [each for each in found["edges"] if {each["source"], each["target"]} == {ADA, PARTY}]
    assert both["labels"] == ["leads", "member of party"]
    (met,) = [each for each in found["edges"] if "met with" in each["labels"]]
    assert met["directed"] is False
    assert len({each["id"] for each in found["edges"]}) == len(found["edges"])


def test_more_steps_reach_further(client: TestClient) -> None:
    assert DEE not in iris(ask(client, ADA))
    assert DEE in iris(ask(client, ADA, hops=2))


def test_kinds_and_relations_can_be_chosen(client: TestClient) -> None:
    assert iris(ask(client, ADA, types=["Organisation"])) == {ADA, PARTY}
    found = ask(client, ADA, relations=[POL + "metWith"])
    assert iris(found) == {ADA, BO}
    assert {each["iri"] for each in found["relations"]} >= {POL + "leads", POL + "metWith"}


def test_kinds_look_as_kg_draw_has_them(client: TestClient) -> None:
    kinds = {each["kind"]: each for each in ask(client, ADA)["kinds"]}
    assert kinds["Person"]["label"] == "person"
    assert all(each["colour"] in COLOURS and each["shape"] in SHAPES for each in kinds.values())


def test_a_crowd_is_cut_to_those_that_most_is_told_of(tmp_path: Path) -> None:
    names = [f"Person {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(400)]
    draft = Draft("crowd", " ".join(f"{name} supports Ada Lind." for name in [*names, "Person aa"]))
    draft.name("Ada Lind", "Person")
    for name in names:
        draft.name(name, "Person")
        draft.say(name, "supports", "Ada Lind", f"{name} supports Ada Lind")
    draft.say("Person ab", "criticised", "Person aa", "Person ab")
    with browsing(make_graph(tmp_path, draft)) as client:
        found = ask(client, ADA)
        assert len(found["nodes"]) == 300
        assert found["hidden"] == 101
        assert {f"{BASE}id/person-ab", f"{BASE}id/person-aa"} <= iris(found)
        assert len(ask(client, ADA, limit=10)["nodes"]) == 10
        assert len(ask(client, ADA, limit=10**9)["nodes"]) == 300
        assert ask(client, ADA) == found


@pytest.mark.parametrize("around", ["Nobody", "https://kg.example/id/nobody", "<x>", "id/\n"])
def test_what_is_not_there_is_404(client: TestClient, around: str) -> None:
    answer = client.get("/api/graph", params={"around": around})
    assert answer.status_code == 404
    assert answer.json()["error"]


@pytest.mark.parametrize(
    "params", [{"hops": "x"}, {"hops": "-1"}, {"limit": "0"}, {"hops": "99"}, {"types": "Nonsense"}]
)
def test_nonsense_is_taken_for_what_is_usual(client: TestClient, params: dict[str, str]) -> None:
    assert ask(client, ADA, **params)["nodes"][0]["iri"] == ADA


def test_the_page_holds_the_same_as_a_list_and_a_form_to_choose(client: TestClient) -> None:
    root = html.document_fromstring(client.get("/graph", params={"around": ADA}).text)
    (place,) = root.cssselect("div#graph")
    assert (place.get("data-src"), place.get("data-around"), place.get("data-hops")) == ("/api/graph", ADA, "1")
    rows = [" ".join(each.text_content().split()) for each in root.cssselect("details.as-text tbody tr")]
    assert any(each.startswith("Ada Lind criticised Cy Dahl claimed") for each in rows) or any(
        "criticised" in each and each.endswith("claimed") for each in rows
    )
    kinds = [each.get("value") for each in root.cssselect("form.filter input[name=types]")]
    assert "Person" in kinds
    assert POL + "leads" in [each.get("value") for each in root.cssselect("form.filter input[name=relations]")]
    for id in ("png", "svg", "fit", "legend"):
        assert root.cssselect(f"#{id}")


def test_the_page_starts_where_most_is_told_of_or_at_a_name(client: TestClient) -> None:
    root = html.document_fromstring(client.get("/graph").text)
    assert root.cssselect("div#graph")[0].get("data-around") == ADA
    root = html.document_fromstring(client.get("/graph?around=cy+dahl").text)
    assert root.cssselect("div#graph")[0].get("data-around") == CY
    assert client.get("/graph?around=Nobody").status_code == 404
