from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from tiny_pipeline import make_pipeline

import kg
from kg.errors import SettingError
from kg.lookup import Lookup
from kg.phrases import web_address
from kg.report import make_report, write_report

HOSTILE = '<img src=x onerror="alert(1)">'
ARTICLES = [
    {
        "id": "a",
        "title": "Lind leads</title><script>alert(1)</script>",
        "published": "2024-05-03",
        "url": "https://news.example/a?b=1&c=2",
        "text": "Ada Lind leads Harbour Party. Bo Ek met Ada Lind.",
    },
    {"id": "b", "url": "javascript:alert(1)", "text": "Bo Ek criticised Ada Lind. Ada Lind leads Harbour Party."},
    {"id": "c", "published": "2024-06-01", "text": "Cy Dahl leads Quay Council."},
]
VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Reads a page: its elements with their attributes and the text, and checks that all are closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not {"style", "svg"} & set(self.open):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.elements if attribute in attrs]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kg.Graph]:
    folder = tmp_path_factory.mktemp("report")
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, ARTICLES)))
    with kg.build(folder / "articles.jsonl", folder / "out", pipeline=make_pipeline()) as made:
        made.rename("Bo Ek", HOSTILE, why="<b>that</b> is the name", by="Kim Holm")
        made.add("Ada Lind", "criticised", "Quay Council", why="said on air", by="Kim Holm")
        yield made


@pytest.fixture(scope="module")
def whole(graph: kg.Graph) -> Page:
    return Page(make_report(graph))


def test_a_report_on_an_entity_quotes_every_fact(graph: kg.Graph) -> None:
    page = Page(make_report(graph, about="Ada Lind"))
    assert page.open == []
    assert "leads Harbour Party" in page.text
    (portrait,) = graph.show("Ada Lind")
    for fact in portrait.facts:
        for passage in fact.passages:
            assert passage.sentence in page.text
    assert [tag for tag, _ in page.elements].count("mark") > len(portrait.facts) / 2
    assert "Quay Council decided by Kim Holm on" in page.text
    assert "said on air" in page.text


def test_a_report_on_a_graph_has_everyone_with_a_relation(graph: kg.Graph, whole: Page) -> None:
    assert whole.open == []
    assert {thing.label for thing in graph.entities()} <= {
        text for text in re.split(r"(?<=\n)", "\n".join(whole.words)) for text in [text.strip()]
    }
    assert "Cy Dahl leads Quay Council" in whole.text
    assert "3 articles" in whole.text


def test_a_fact_of_two_shown_entities_stands_once_in_a_report_on_a_graph(whole: Page) -> None:
    assert whole.text.count("leads Harbour Party Ada Lind leads Harbour Party") == 1
    assert "1 fact stands above, with others." in whole.text


def test_nothing_of_an_article_or_a_decision_runs_or_is_fetched(graph: kg.Graph, whole: Page) -> None:
    for page in (whole, Page(make_report(graph, about="Ada Lind", title=HOSTILE))):
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base", "video"}
        assert not [name for _, attrs in page.elements for name in attrs if name.startswith("on")]
        assert not page.values("src")
        addresses = [each for each in page.values("href") if not each.startswith("#")]
        assert set(addresses) == {"https://news.example/a?b=1&c=2"}
        assert "javascript:alert(1)" in page.text
        assert "</title><script>alert(1)</script>" in page.text
        assert HOSTILE in page.text
    assert "<b>that</b> is the name" in whole.text


def test_every_link_within_a_report_leads_somewhere_and_no_place_has_two_names(graph: kg.Graph, whole: Page) -> None:
    for page in (whole, Page(make_report(graph, about="Ada Lind"))):
        places = page.values("id")
        own = [each for each in places if not each.startswith(("kg-", "DejaVu", "figure", "patch", "axes", "text"))]
        assert len(own) == len(set(own))
        wanted = {each[1:] for each in page.values("href") if each.startswith("#")}
        assert wanted <= set(places)


def test_sources_are_in_the_order_of_their_dates(whole: Page) -> None:
    sources = whole.text[whole.text.index("Sources [1]") :]
    assert sources.index("[1]") < sources.index("3 May 2024") < sources.index("1 June 2024") < sources.index("[3]")


def test_the_same_graph_gives_the_same_bytes(graph: kg.Graph, tmp_path: Path) -> None:
    first = write_report(graph, tmp_path / "a.html", about="Ada Lind").read_bytes()
    with kg.open_graph(graph.store.path.parent) as opened:
        assert opened.write_report(tmp_path / "b.html", about="id:ada-lind").read_bytes() == first
    assert b"the newest of 1 June 2024" in first


def test_corrections_are_listed_with_who_and_why_those_of_others_are_not(graph: kg.Graph, whole: Page) -> None:
    assert f'{"Bo Ek"} is called "{HOSTILE}" (Kim Holm' in whole.text
    assert "added: Ada Lind criticised Quay Council" in whole.text
    page = Page(make_report(graph, about="Cy Dahl"))
    assert "Corrections made by people" not in page.text


def test_claims_stand_apart_with_their_speakers(built: Path) -> None:
    with kg.open_graph(built / "outputs") as graph:
        name = "Maud Hesketh"
        (portrait,) = graph.show(name)
        assert portrait.claims_by
        assert portrait.claims_about
        text = Page(make_report(graph, about=name)).text
        facts, claims = text.split("What somebody says, denies or holds possible. None of it is counted as a fact.")
        for claim in portrait.claims_by:
            assert claim.text.split('"')[0] in claims
            assert f"{name} says" in claims
        assert "says:" not in facts
        assert "votes for 214" in " ".join(facts.split())
        assert len(portrait.events) == 1


def test_what_is_left_out_of_a_large_graph_is_counted(built: Path) -> None:
    with kg.open_graph(built / "outputs") as graph:
        text = Page(make_report(graph)).text
        events = re.search(r"([\d,]+) more events are not shown", text)
        assert events is not None
        shown = re.search(r"([\d,]+) more people, places and other things are not shown", text)
        assert shown is not None
        assert int(shown[1]) + int(events[1]) + 25 + 12 == len(graph.entities())


def test_of_an_entity_with_very_many_facts_only_the_best_supported_are_read(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.report.contents._MOST", 3)
    with kg.open_graph(built / "outputs") as graph:
        (portrait,) = graph.show("Agnes Tolland")
        assert len(portrait.facts) + len(portrait.qualified) > 4
        section = Page(make_report(graph)).text.split("Agnes Tolland ", 2)[-1]
        assert re.search(r"[\d,]+ more facts are not shown", section)


def test_no_name_and_several_are_errors_that_say_what_there_is(graph: kg.Graph) -> None:
    with pytest.raises(SettingError, match='did you mean "Ada Lind"'):
        make_report(graph, about="Ada Lindt")


def test_a_name_of_several_things_asks_for_one_of_them(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    iris = ["https://kg.example/id/ada-lind", "https://kg.example/id/cy-dahl"]
    monkeypatch.setattr(Lookup, "find", lambda self, name: iris)
    with pytest.raises(SettingError, match=r"several things: Ada Lind .*cy-dahl>; give the IRI of one"):
        make_report(graph, about="Lind")


def test_a_report_is_html(graph: kg.Graph, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"report\.pdf: a report is HTML"):
        write_report(graph, tmp_path / "report.pdf")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_graph_has_a_report_that_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Rain.")
    with kg.build(tmp_path / "a.txt", pipeline=make_pipeline()) as graph:
        assert "No article is quoted." in Page(make_report(graph)).text


@pytest.mark.parametrize(
    "url",
    [
        "ftp://news.example/",
        "data:text/html,x",
        " https://news.example/",
        "https://news.example/a\nb",
        "https:///a",
        "http://[::1",
        "",
    ],
)
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    assert web_address(url) is None
    assert web_address("http://news.example/å") == "http://news.example/å"
