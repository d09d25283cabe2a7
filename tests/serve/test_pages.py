from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from explored import birth, browsing, hostile, make_graph, party, vote
from lxml import html
from starlette.testclient import TestClient

ADA, BO, PARTY = "/id/ada-lind", "/id/bo-ek", "/id/harbour-party"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with browsing(make_graph(tmp_path_factory.mktemp("pages"), vote(), party(), birth())) as made:
        yield made


def page(client: TestClient, address: str, status: int = 200) -> html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return html.document_fromstring(answer.text)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def lines(element: html.HtmlElement, path: str) -> list[str]:
    return [words(each) for each in element.cssselect(path)]


def wait_for_all(client: TestClient) -> None:
    """Let what is made beside the pages be ready, so that they show all."""
    from kg.serve.pages.kept import make_kept

    kept = client.app.state.snapshots.current().cached(make_kept)
    for later in kept._parts:
        later.get(60)


ADDRESSES = (
    "/", "/search?q=ada", "/search", "/entities", "/articles", "/graph", "/timeline", "/query", "/about", "/licences",
    "/corrections", ADA, PARTY, "/article/harbour-vote", "/ontology/politics", "/why?of=https://kg.example/id/ada-lind",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_has_a_language_a_title_a_heading_and_its_landmarks(client: TestClient, address: str) -> None:
    root = page(client, address)
    assert root.get("lang") == "en"
    assert words(root.find("head/title"))
    assert len(root.cssselect("h1")) == 1
    assert root.cssselect("main#main")
    assert root.cssselect("header.site nav[aria-label]")
    assert root.cssselect("a.skip[href='#main']")
    assert not [each for each in root.cssselect("form[action='/search'] input") if each.get("name") != "q"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_two_elements_of_one_id_or_a_script_of_its_own(client: TestClient, address: str) -> None:
    root = page(client, address)
    ids = [each.get("id") for each in root.cssselect("[id]")]
    assert sorted(ids) == sorted(set(ids))
    scripts = [each for each in root.iter("script") if not each.get("src")]
    assert all(each.get("type") == "application/json" for each in scripts)
    assert not [name for each in root.iter() if isinstance(each.tag, str) for name in each.attrib if name[:2] == "on"]


def test_every_field_of_a_form_has_a_name_that_can_be_read_out(client: TestClient) -> None:
    for address in ADDRESSES:
        for field in page(client, address).cssselect("input:not([type=hidden]), textarea, select"):
            labelled = field.get("aria-label") or field.xpath("ancestor::label")
            assert labelled or field.getroottree().xpath(f"//label[@for='{field.get('id')}']"), (address, field.attrib)


def test_every_link_of_a_page_leads_somewhere(client: TestClient) -> None:
    seen = set()
    for address in ADDRESSES:
        for link in page(client, address).cssselect("main a[href]"):
            target = link.get("href").partition("#")[0]
            if target.startswith("/") and target not in seen:
                seen.add(target)
                assert client.get(target).status_code in (200, 202), (address, target)


# -- home ---------------------------------------------------------------------------------------------


def test_the_first_page_counts_what_there_is(client: TestClient) -> None:
    wait_for_all(client)
    root = page(client, "/")
    assert "3 articles" in lines(root, "ul.counts li")
    assert any("person" in each for each in lines(root, "ul.counts li"))
    assert any("claims" in each for each in lines(root, "ul.counts li"))
    assert lines(root, "ol.articles li a")[:2] == ["birth", "At the party"]
    assert any("Bo Ek" in each and "born in" in each for each in lines(root, "section.wanted li"))


# -- entities -----------------------------------------------------------------------------------------


def test_an_entity_shows_what_it_is_and_its_facts_by_relation(client: TestClient) -> None:
    root = page(client, ADA)
    assert lines(root, "h1") == ["Ada Lind"]
    assert lines(root, "p.kinds .kind") == ["politician"]
    headings = lines(root, "#facts h3")
    assert headings[0].startswith("is a")
    assert "leads" in headings
    assert "… supports Ada Lind" in headings
    assert len([each for each in headings if "met with" in each]) == 1


def test_a_fact_shows_its_sentence_with_the_words_and_leads_to_them_in_the_article(client: TestClient) -> None:
    root = page(client, ADA)
    (group,) = [each for each in root.cssselect("section.relation") if words(each.find("h3")) == "leads"]
    passages = group.cssselect("li.passage")
    assert lines(passages[0], "mark") == ["Ada Lind leads Harbour Party"]
    assert lines(passages[0], "blockquote") == ["Ada Lind leads Harbour Party."]
    assert passages[0].cssselect("p.source a")[0].get("href") == "/article/harbour-vote#char=0,28"
    assert lines(passages[0], "time") == ["4 May 2024"]
    assert group.cssselect("a.more")[0].get("href").startswith("/fact/")
    assert lines(group, ".status") == ["stated"]
    assert lines(group, ".sure") == ["99 % sure"]


def test_what_was_concluded_says_from_what(client: TestClient) -> None:
    root = page(client, ADA)
    (group,) = [each for each in root.cssselect("section.relation") if words(each.find("h3")) == "member of party"]
    assert lines(group, ".status") == ["concluded"]
    assert "Ada Lind leads Harbour Party" in words(group.cssselect("p.because")[0])


def test_a_former_office_stands_apart_with_its_dates(client: TestClient) -> None:
    root = page(client, PARTY)
    (line,) = lines(root, "#offices li.former p.says")
    assert line.startswith("Dee Moss leads Harbour Party from 2010 until 2015 former")
    assert "Dee Moss" not in words(root.cssselect("#facts")[0])


def test_an_event_shows_its_date_its_numbers_and_who_had_part(client: TestClient) -> None:
    root = page(client, ADA)
    (event,) = root.cssselect("#events article.event")
    told = lines(event, "p.says")
    assert any(each.startswith("on date 3 May 2024") for each in told)
    assert any(each.startswith("votes for 95") for each in told)
    assert any(each.startswith("concerns Ada Lind") for each in told)


def test_claims_stand_apart_with_speaker_and_status_in_words(client: TestClient) -> None:
    root = page(client, ADA)
    told = lines(root, "#said-of li.claim p.says")
    assert any(each.startswith("Bo Ek says that Ada Lind criticised Cy Dahl claimed") for each in told)
    assert "She never rows" in lines(root, "#said-of blockquote.words")
    assert all(each.startswith("Bo Ek says") for each in lines(page(client, BO), "#said li.claim p.says"))
    possible = lines(page(client, "/id/cy-dahl"), "#said-of li.possible p.says")
    assert any(
        each.startswith("It is possible that Cy Dahl member of party Harbour Party possible") for each in possible
    )


def test_a_contradiction_is_flagged_on_the_thing_and_on_each_fact(client: TestClient) -> None:
    wait_for_all(client)
    root = page(client, BO)
    (warning,) = lines(root, "main > p.contradiction")
    assert "Port Ellery" in warning
    assert "Skarrow" in warning
    assert len(root.cssselect("li.contradicted p.warning")) == 2


def test_a_long_list_is_shown_in_part_and_then_page_by_page(tmp_path: Path) -> None:
    from explored import Draft

    names = [f"Person {chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    draft = Draft("many", " ".join(f"{name} supports Ada Lind." for name in names))
    draft.name("Ada Lind", "Person")
    for name in names:
        draft.name(name, "Person")
        draft.say(name, "supports", "Ada Lind", f"{name} supports Ada Lind")
    with browsing(make_graph(tmp_path, draft)) as client:
        root = page(client, ADA)
        (group,) = [each for each in root.cssselect("section.relation") if "supports" in words(each.find("h3"))]
        assert 5 <= len(group.cssselect("ol.statements > li")) <= 25
        (more,) = group.cssselect("p.all a")
        assert words(more) == "Show all 60"
        found = []
        address = more.get("href")
        while address:
            root = page(client, address)
            found += lines(root, "ol.statements > li .subject")
            address = next((each.get("href") for each in root.cssselect("nav.pages a[rel=next]")), None)
        assert found == names


def test_what_is_not_there_is_404_with_near_names(client: TestClient) -> None:
    root = page(client, "/id/ada-lindt", 404)
    assert "Ada Lind" in lines(root, "ul.near a")
    assert words(root.cssselect("[role=alert]")[0]).endswith("https://kg.example/id/ada-lindt")


@pytest.mark.parametrize("query", ["show=of&relation=%3Cx%3E", "show=to", "show=nothing", "show=events&page=999999999"])
def test_an_address_that_asks_for_nonsense_gets_a_page_all_the_same(client: TestClient, query: str) -> None:
    page(client, f"{ADA}?{query}")


# -- articles -----------------------------------------------------------------------------------------


def test_an_article_is_shown_whole_and_each_segment_at_its_characters(client: TestClient) -> None:
    text = vote().article.text
    root = page(client, "/article/harbour-vote")
    segments = root.cssselect("#text .seg")
    for each in segments:
        start, end = int(each.get("data-start")), int(each.get("data-end"))
        assert each.text_content() == text[start:end]
    assert "".join(each.text_content() for each in segments) == text.replace("\n\n", "")
    assert len(root.cssselect("#text p.paragraph")) == 3


def test_mentions_lead_to_the_things_that_they_mean(client: TestClient) -> None:
    root = page(client, "/article/harbour-vote")
    targets = {words(each): each.get("href") for each in root.cssselect("#text a.mention")}
    assert targets["Ada Lind"] == ADA
    assert targets["Harbour Party"] == PARTY
    assert "kind-Person" in root.cssselect(f"#text a[href='{ADA}']")[0].get("class")
    named = lines(root, "section.named a")
    assert named[:3] == ["Ada Lind", "Harbour Party", "Bo Ek"]


def test_each_statement_names_its_words_and_the_words_name_it(client: TestClient) -> None:
    text = vote().article.text
    root = page(client, "/article/harbour-vote")
    statements = root.cssselect("#statements li.statement[data-s]")
    assert any("claim" in each.get("class").split() for each in statements)
    for each in statements:
        for spans in each.get("data-spans").split():
            start, end = map(int, spans.split("-"))
            marked = [
                segment.text_content()
                for segment in root.cssselect("#text .seg")
                if each.get("data-s") in segment.get("data-s", "").split()
            ]
            assert "".join(marked) == text[start:end]
            assert root.xpath(f"//*[@id='char={start},{end}']")
            assert root.xpath(f"//*[@id='c{start}']")


def test_a_claim_in_an_article_is_not_among_its_facts(client: TestClient) -> None:
    root = page(client, "/article/harbour-vote")
    facts = lines(root, "#statements > section:not(.claims) p.says")
    assert not [each for each in facts if "criticised" in each]
    assert [each for each in lines(root, "#statements section.claims p.says") if "criticised" in each]


def test_an_article_shows_its_date_and_a_link_to_the_original(client: TestClient) -> None:
    root = page(client, "/article/harbour-vote")
    assert lines(root, "p.byline time") == ["4 May 2024"]
    assert [each.get("href") for each in root.cssselect("p.byline a")] == ["https://news.example/harbour-vote"]


# -- facts and claims ---------------------------------------------------------------------------------


def test_a_fact_has_a_page_with_every_passage(client: TestClient) -> None:
    root = page(client, ADA)
    (group,) = [each for each in root.cssselect("section.relation") if words(each.find("h3")) == "leads"]
    fact = page(client, group.cssselect("a.more")[0].get("href"))
    assert lines(fact, "h1") == ["Ada Lind leads Harbour Party"]
    assert lines(fact, ".support .passage mark") == ["Ada Lind leads Harbour Party"] * 2
    assert lines(fact, ".support h2") == ["2 passages say it"]


def test_a_claim_has_a_page_that_says_who_claims_it(client: TestClient) -> None:
    root = page(client, BO)
    for link in root.cssselect("#said a.more"):
        claim = page(client, link.get("href"))
        assert "Bo Ek says" in words(claim.cssselect("div.claim p.says")[0])
        assert "nothing here holds it to be so" in words(claim.cssselect("header p.hint")[0])


# -- the rest -----------------------------------------------------------------------------------------


def test_articles_and_names_are_listed(client: TestClient) -> None:
    assert lines(page(client, "/articles"), "ol.articles a") == ["birth", "At the party", "Harbour vote"]
    root = page(client, "/entities?kind=Person")
    assert set(lines(root, "ul.things a")) == {"Ada Lind", "Bo Ek", "Cy Dahl", "Dee Moss"}
    assert lines(root, "nav.kinds a[aria-current]")[0].startswith("person")
    assert lines(page(client, "/entities?kind=Nonsense"), "p.empty")


def test_the_timeline_shows_events_and_offices_of_all_or_of_one_and_of_some_years(client: TestClient) -> None:
    root = page(client, "/timeline")
    assert [each for each in lines(root, "ol.timeline li") if each.startswith("3 May 2024 The vote of confidence")]
    (bar,) = root.cssselect("ol.bars li")
    assert words(bar).startswith("Dee Moss leads Harbour Party former, from 2010 until 2015")
    assert "--from:0" in bar.cssselect(".bar")[0].get("style")
    assert not page(client, "/timeline?until=2009").cssselect("ol.bars li, ol.timeline li")
    assert page(client, "/timeline?from=2012&until=2013").cssselect("ol.bars li")
    assert not page(client, "/timeline?around=https://kg.example/id/ada-lind").cssselect("ol.bars li")
    assert page(client, "/timeline?around=Ada+Lind").cssselect("ol.timeline li")
    assert words(page(client, "/timeline?from=soon", 400).cssselect("[role=alert]")[0]).startswith("“soon” is no date")
    page(client, "/timeline?around=Nobody+At+All", 404)


def test_the_query_page_carries_prefixes_and_named_queries_as_data(client: TestClient) -> None:
    import json

    root = page(client, "/query")
    data = json.loads(root.cssselect("script#query-data")[0].text_content())
    assert data["endpoint"] == "/sparql"
    assert data["prefixes"]["id"] == "https://kg.example/id/"
    assert {"entities"} <= {each["name"] for each in data["queries"]}


def test_why_a_thing_is_one_thing_names_where_it_appears(client: TestClient) -> None:
    from time import monotonic

    until = monotonic() + 60
    address = "/why?of=https://kg.example/id/ada-lind"
    while client.get(address).status_code == 202 and monotonic() < until:
        pass
    root = page(client, address)
    assert {each.rpartition("@")[2] for each in lines(root, "code.name")} == {"harbour-vote", "party"}
    page(client, "/why?of=https://kg.example/id/nobody", 404)
    page(client, "/why?of=nonsense%20here", 404)


def test_a_client_that_has_a_page_is_told_so(client: TestClient) -> None:
    wait_for_all(client)
    first = client.get(ADA)
    again = client.get(ADA, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(BO, headers={"if-none-match": first.headers["etag"]}).status_code == 200
    assert "Accept" in first.headers["vary"]


def test_errors_come_as_the_client_takes_them(client: TestClient) -> None:
    assert client.get("/id/nobody", headers={"accept": "application/json"}).json()["status"] == 404
    assert client.get("/nothing/here", headers={"accept": "text/plain"}).text == "There is no such page\n"
    assert client.get("/api/graph?around=nobody").json()["status"] == 404


def test_an_empty_graph_has_pages_too(tmp_path: Path) -> None:
    with browsing(make_graph(tmp_path)) as client:
        wait_for_all(client)
        for address in ("/", "/entities", "/articles", "/graph", "/timeline", "/corrections", "/search?q=a"):
            assert page(client, address).cssselect("p.empty"), address


# -- hostile articles ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with browsing(make_graph(tmp_path_factory.mktemp("hostile"), hostile()), edit=True) as made:
        yield made


def test_nothing_of_a_hostile_article_becomes_markup(attacked: TestClient) -> None:
    text = hostile().article.text
    root = page(attacked, "/article/hostile")
    assert words(root.find("head/title")).startswith("</title><script>alert('title')</script>")
    assert "".join(each.text_content() for each in root.cssselect("#text .seg")) == text.replace("\n\n", "")
    assert not root.cssselect("img, main script, [onerror], a[href^='javascript:']")
    assert lines(root, "p.byline .value") == ["javascript:alert('url')"]


def test_nothing_of_a_hostile_name_becomes_markup(attacked: TestClient) -> None:
    wait_for_all(attacked)
    addresses = ["/", "/entities", "/search?q=script", "/search?q=%3Cscript%3E", "/graph", "/timeline", "/corrections"]
    addresses += [each.get("href") for each in page(attacked, "/article/hostile").cssselect("section.named a")]
    assert len(addresses) == 10
    for address in addresses:
        root = page(attacked, address)
        assert not root.cssselect("main script:not([type='application/json']), main img, main b"), address
    assert HOSTILE_NAME in [each["label"] for each in attacked.get("/api/complete?q=script").json()]


HOSTILE_NAME = '<script>alert("name")</script>'


def test_a_name_that_runs_the_other_way_is_kept_to_itself(attacked: TestClient) -> None:
    root = page(attacked, "/article/hostile")
    for each in root.cssselect("section.named a"):
        assert each.find("bdi") is not None


def test_a_thing_of_very_many_triples_is_shown_as_any_other(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wait_for_all(client)
    few = [words(page(client, f"{each}?few").cssselect("main")[0]) for each in (ADA, PARTY)]
    monkeypatch.setattr("kg.serve.pages.profile._READ_AT_ONCE", 1)
    assert [words(page(client, f"{each}?many").cssselect("main")[0]) for each in (ADA, PARTY)] == few
