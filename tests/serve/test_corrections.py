from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from explored import BASE, birth, browsing, make_graph, party, vote
from lxml import html
from starlette.testclient import TestClient

from kg import deciding
from kg.serve.pages.addresses import local_path
from kg.store import OxigraphStore

ADA, BO, CY = (f"{BASE}id/{name}" for name in ("ada-lind", "bo-ek", "cy-dahl"))
WHO = {"by": "Tess Ester", "why": "the register says so"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_graph(tmp_path_factory.mktemp("built"), vote(), party(), birth())


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "graph"))


@pytest.fixture(scope="module")
def unchanged(built: Path) -> Iterator[TestClient]:
    """Give a client for what changes nothing."""
    with browsing(built, edit=True) as made:
        yield made
        assert deciding.list_decisions(built) == []


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    with browsing(folder, edit=True) as made:
        yield made


def correct(client: TestClient, action: str, **fields: str) -> html.HtmlElement:
    """Make a correction, and give the page that comes after it."""
    answer = client.post("/corrections", data={"action": action, **WHO, **fields})
    assert answer.status_code == 303, html.document_fromstring(answer.text).cssselect("[role=alert]")[0].text_content()
    return page(client, answer.headers["location"])


def refuse(client: TestClient, status: int = 400, **fields: str) -> html.HtmlElement:
    """Try a correction that cannot be made, and give the page that says why."""
    answer = client.post("/corrections", data=fields)
    assert answer.status_code == status
    return html.document_fromstring(answer.text)


def page(client: TestClient, address: str) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def told(root: html.HtmlElement) -> str:
    (notice,) = root.cssselect(".notice[role=status]")
    return words(notice)


def alert(root: html.HtmlElement) -> str:
    (found,) = root.cssselect("[role=alert]")
    return words(found)


def fact(client: TestClient, name: str, text: str) -> str:
    """Give the IRI of the fact whose line on the page of a thing holds some words."""
    root = page(client, f"/id/{name}")
    found = [each for each in root.cssselect("li.statement") if text in words(each.cssselect("p.says")[0])]
    return BASE + found[0].cssselect("a.more")[0].get("href").lstrip("/")


# -- what is shown ------------------------------------------------------------------------------------


def test_what_wants_a_look_is_listed(unchanged: TestClient) -> None:
    root = page(unchanged, "/corrections")
    (conflict,) = root.cssselect("#contradictions article")
    assert "Bo Ek: born in" in words(conflict)
    assert [words(each) for each in conflict.cssselect("mark")] == [
        "Bo Ek was born in Port Ellery",
        "Bo Ek was born in Skarrow",
    ]
    weakest = root.cssselect("#weakest li.statement")
    assert words(weakest[0]).startswith("Bo Ek supports Ada Lind stated 55 % sure")
    assert words(weakest[0].cssselect("mark")[0]) == "Bo Ek supports Ada Lind"
    assert root.cssselect("#decisions p.empty")


def test_without_edit_there_are_no_forms_and_none_is_taken(folder: Path) -> None:
    with browsing(folder) as client:
        for address in ("/corrections", "/id/ada-lind", "/article/party", "/"):
            assert not page(client, address).cssselect("form[method=post], form.correction"), address
        assert "switched off" in words(page(client, "/corrections").cssselect("p.hint")[0])
        root = refuse(client, 403, action="rename", a=ADA, name="Else", **WHO)
        assert "kg serve --edit" in alert(root)
    assert deciding.list_decisions(folder) == []


def test_with_edit_every_fact_and_claim_can_be_taken_out_where_it_stands(unchanged: TestClient) -> None:
    for address in ("/id/ada-lind", "/article/harbour-vote"):
        root = page(unchanged, address)
        for each in root.cssselect("#facts li.statement, #statements li.statement, #said-of li.statement"):
            actions = [field.get("value") for field in each.cssselect("form input[name=action]")]
            assert "reject" in actions, (address, words(each))


# -- each action --------------------------------------------------------------------------------------


def test_a_fact_is_taken_out_with_who_and_why(client: TestClient, folder: Path) -> None:
    wrong = fact(client, "bo-ek", "Skarrow")
    root = correct(client, "reject", fact=wrong, next="/id/bo-ek")
    assert "rejected: Bo Ek born in Skarrow" in told(root)
    assert "facts: " in told(root)
    assert not [each for each in root.cssselect("#facts p.says") if "Skarrow" in words(each)]
    (recorded,) = deciding.list_decisions(folder)
    assert (recorded.decision.by, recorded.decision.why) == ("Tess Ester", "the register says so")
    assert client.get("/fact/" + wrong.rpartition("/")[2]).status_code == 404


def test_a_claim_is_taken_out(client: TestClient) -> None:
    root = page(client, "/id/bo-ek")
    claim = BASE + root.cssselect("#said li.claim a.more")[0].get("href").lstrip("/")
    before = len(root.cssselect("#said li.claim"))
    after = correct(client, "reject", fact=claim, next="/id/bo-ek")
    assert len(after.cssselect("#said li.claim")) == before - 1


def test_a_weak_fact_is_accepted(client: TestClient) -> None:
    (form,) = [
        each
        for each in page(client, "/corrections").cssselect("#weakest li.statement")[0].cssselect("form")
        if each.cssselect("input[name=action][value=add]")
    ]
    fields = {each.get("name"): each.get("value") for each in form.cssselect("input[type=hidden]")}
    root = correct(client, fields.pop("action"), **fields)
    assert "added: Bo Ek supports Ada Lind" in told(root)
    (group,) = [each for each in page(client, "/id/bo-ek").cssselect("section.relation") if "supports" in words(each)]
    assert words(group.cssselect(".sure")[0]) == "100 % sure"
    assert "Decided by Tess Ester" in words(group.cssselect("p.decided")[0])
    assert group.cssselect("mark"), "the words of the article stay"


def test_what_was_only_held_possible_becomes_a_fact(client: TestClient) -> None:
    (item,) = page(client, "/id/cy-dahl").cssselect("#said-of li.possible")
    form = next(each for each in item.cssselect("form") if each.cssselect("input[name=action][value=add]"))
    fields = {each.get("name"): each.get("value") for each in form.cssselect("input[type=hidden]")}
    root = correct(client, fields.pop("action"), **fields)
    assert "Cy Dahl member of party Harbour Party" in told(root)
    assert "Harbour Party" in words(root.cssselect("#facts")[0])


def test_two_things_become_one_and_two_again(client: TestClient) -> None:
    root = correct(client, "same", a=CY, b="Dee Moss", next="/id/dee-moss")
    assert "is the same as" in told(root)
    assert "entities: " in told(root)
    gone = [name for name in ("cy-dahl", "dee-moss") if client.get(f"/id/{name}").status_code == 404]
    assert len(gone) == 1
    (decision,) = page(client, "/corrections").cssselect("#decisions form input[name=decision]")
    correct(client, "undo", decision=decision.get("value"))
    assert [client.get(f"/id/{name}").status_code for name in ("cy-dahl", "dee-moss")] == [200, 200]


def test_one_thing_becomes_two_by_the_articles_that_name_it(client: TestClient) -> None:
    correct(client, "different", a="Ada Lind@party", b="Ada Lind@harbour-vote")
    names = {each["iri"] for each in client.get("/api/complete?q=ada lind").json()}
    assert len(names) == 2
    groups = page(client, "/corrections").cssselect("#namesakes article h3")
    assert [words(each) for each in groups] == ["Ada Lind"]


def test_a_thing_is_renamed_and_found_by_its_new_name(client: TestClient) -> None:
    root = correct(client, "rename", a=CY, name="Cyrus Dahl", next="/id/cy-dahl")
    assert words(root.cssselect("h1")[0]) == "Cyrus Dahl"
    assert [each["label"] for each in client.get("/api/complete?q=cyrus").json()] == ["Cyrus Dahl"]
    assert "has its name by decision" in alert(refuse(client, action="rename", a=CY, name="Cy", **WHO))
    assert words(
        correct(client, "rename", a=CY, name="C. Dahl", replace="1", next="/id/cy-dahl").cssselect("h1")[0]
    ) == ("C. Dahl")


def test_a_correction_survives_a_new_build_and_an_undone_one_does_not(client: TestClient, folder: Path) -> None:
    correct(client, "rename", a=CY, name="Cyrus Dahl")
    (decision,) = page(client, "/corrections").cssselect("#decisions form input[name=decision]")
    assert "Cyrus" in (folder / "decisions.ttl").read_text()
    root = correct(client, "undo", decision=decision.get("value"))
    rows = [words(each) for each in root.cssselect("#decisions tbody tr")]
    assert len(rows) == 2
    assert "undone" in rows[1]
    assert words(page(client, "/id/cy-dahl").cssselect("h1")[0]) == "Cy Dahl"


# -- what cannot be done ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"action": "same", "a": ADA, "b": "Nobody At All"}, 'nothing in the graph is named "Nobody At All"'),
        ({"action": "same", "a": ADA, "b": ADA}, "one thing already"),
        ({"action": "same", "a": ADA, "b": "Skarrow"}, "nothing is both"),
        ({"action": "same", "a": ADA, "b": ""}, "give the other name"),
        (
            {"action": "add", "subject": ADA, "predicate": "eats", "object": BO},
            'no property of the ontology is called "eats"',
        ),
        ({"action": "add", "subject": ADA, "predicate": "leads", "object": BO, "why": ""}, "give the reason"),
        ({"action": "reject", "fact": f"{BASE}fact/0"}, "no fact or claim is named"),
        ({"action": "rename", "a": ADA, "name": "Ada Lind"}, "it is called"),
        ({"action": "undo", "decision": "abcdef"}, "no decision is named"),
        ({"action": "rename", "a": ADA, "name": "X", "by": " "}, "give your name"),
        ({"action": "destroy"}, "there is no correction"),
        ({}, "there is no correction"),
    ],
)
def test_what_cannot_be_decided_says_why_and_keeps_what_was_typed(
    unchanged: TestClient, fields: dict[str, str], message: str
) -> None:
    root = refuse(unchanged, **{**WHO, **fields})
    assert message in alert(root)
    given = {each.get("name"): each.get("value") for each in root.cssselect("details[open] form.correction input")}
    for name, value in fields.items():
        if fields["action"] != "destroy" and value.strip():
            assert given[name] == value


def test_markup_in_a_form_stays_text(unchanged: TestClient) -> None:
    root = refuse(unchanged, action="same", a=ADA, b='"><script>alert(1)</script>', why="<b>", by="<i>")
    assert not root.cssselect("main script, main b, main i")
    assert "<script>alert(1)</script>" in alert(root)


def test_another_writer_is_waited_for_no_longer_than_the_message_says(client: TestClient, folder: Path) -> None:
    with OxigraphStore(folder / "store"):
        root = refuse(client, action="rename", a=CY, name="Cyrus", **WHO)
    assert "another writer has it open" in alert(root)
    correct(client, "rename", a=CY, name="Cyrus")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": "http://localhost"},
        {"origin": "null"},
    ],
)
def test_a_form_of_another_site_is_refused(unchanged: TestClient, headers: dict[str, str]) -> None:
    answer = unchanged.post("/corrections", data={"action": "rename", "a": CY, "name": "X", **WHO}, headers=headers)
    assert answer.status_code == 403


def test_only_forms_of_a_bearable_length_are_taken(unchanged: TestClient) -> None:
    assert unchanged.post("/corrections", json={"action": "undo"}).status_code == 415
    assert unchanged.post("/corrections", data={"action": "same", "a": "x" * 70_000}).status_code == 413
    assert unchanged.post("/corrections", data={str(n): "x" for n in range(2_000)}).status_code == 400
    assert unchanged.get("/corrections").status_code == 200


# -- after it -----------------------------------------------------------------------------------------


def test_the_way_back_never_leaves_the_server() -> None:
    for wanted in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb", ""):
        assert local_path(wanted, "/corrections") == "/corrections"
    assert local_path("/id/ada?page=2#said", "/corrections") == "/id/ada?page=2#said"


def test_the_way_back_keeps_its_query(client: TestClient) -> None:
    form = {"action": "rename", "a": CY, "name": "Cyrus", "next": "/search?q=cy&page=1", **WHO}
    location = urlsplit(client.post("/corrections", data=form).headers["location"])
    assert location.path == "/search"
    assert {**parse_qs(location.query), "notice": []} == {"q": ["cy"], "page": ["1"], "notice": []}


def test_a_notice_cannot_be_made_by_a_link(unchanged: TestClient) -> None:
    assert not page(unchanged, "/?notice=You+won").cssselect(".notice")


def test_who_corrected_last_need_not_type_the_name_again(client: TestClient) -> None:
    answer = client.post("/corrections", data={"action": "rename", "a": CY, "name": "Cyrus", "by": "Zoë Ĝ", "why": ""})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert {each.get("value") for each in page(client, "/id/ada-lind").cssselect("input[name=by]")} == {"Zoë Ĝ"}


def test_corrections_at_once_are_made_one_after_the_other(client: TestClient, folder: Path) -> None:
    answers: list[int] = []

    def rename(name: str) -> None:
        form = {"action": "rename", "a": f"{BASE}id/{name}", "name": f"New {name}", **WHO}
        answers.append(client.post("/corrections", data=form).status_code)

    threads = [threading.Thread(target=rename, args=[name]) for name in ("ada-lind", "bo-ek", "cy-dahl")]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert answers == [303] * 3
    assert len(deciding.list_decisions(folder)) == 3
    assert words(page(client, "/id/cy-dahl").cssselect("h1")[0]) == "New cy-dahl"
