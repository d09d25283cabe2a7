from __future__ import annotations

import io
import subprocess
import sys

import pytest

from kg.errors import SourceError
from kg.model import Article
from kg.read.articles import Origin
from kg.read.html import decode_page, read_html

PARAGRAPHS = (
    "The council of the town met on Monday evening and rejected the plan for a new harbour by nine votes to four.",
    "Zoë Müller, the mayor, said that she would bring it back “before the summer”, once the costs were known.",
)
HEAD = """<title>Council rejects harbour plan</title>
<meta property="og:title" content="Council rejects harbour plan">
<meta name="author" content="Ann Writer">
<meta property="article:published_time" content="2019-02-03T10:00:00Z">
<link rel="canonical" href="https://news.example/2019/harbour">"""


def make_page(head: str = HEAD, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    body = "".join(f"<p>{each}</p>" for each in paragraphs)
    return (
        f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article>{body}</article><footer>All rights reserved</footer></body></html>"
    )


def read(page: str | bytes) -> Article:
    data = page.encode() if isinstance(page, str) else page
    (article,) = read_html(io.BytesIO(data), Origin("a.html", "a"), 1_000_000)
    assert isinstance(article, Article)
    return article


def test_a_page_gives_its_main_text_and_metadata() -> None:
    assert read(make_page()) == Article(
        id="https://news.example/2019/harbour",
        text="\n".join(PARAGRAPHS),
        title="Council rejects harbour plan",
        published="2019-02-03",
        url="https://news.example/2019/harbour",
        author="Ann Writer",
        source="a.html",
    )


def test_a_page_without_an_address_takes_its_path_as_id() -> None:
    article = read(make_page(head="<title>Council rejects harbour plan</title>"))
    assert (article.id, article.url) == ("a", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-1"])
def test_a_page_is_decoded_as_it_declares(encoding: str) -> None:
    page = make_page(head=f'<meta charset="{encoding}">')
    data = page.encode("cp1252" if encoding == "iso-8859-1" else encoding)
    assert decode_page(data) == page


def test_a_page_in_utf8_that_declares_something_else_is_utf8() -> None:
    page = make_page(head='<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">')
    assert decode_page(page.encode()) == page


@pytest.mark.parametrize("name", ["no-such-encoding", "hex", "utf-8"])
def test_a_declaration_that_is_wrong_is_not_believed(name: str) -> None:
    page = make_page(head=f'<meta charset="{name}">')
    assert decode_page(page.encode("cp1252")) == page


def test_an_xml_declaration_does_no_harm() -> None:
    assert read('<?xml version="1.0" encoding="utf-8"?>' + make_page()).text == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "page", ["no markup here", "<html></html>", "<html><body><script>x()</script></body></html>", "<"]
)
def test_a_page_without_article_text_is_an_error(page: str) -> None:
    with pytest.raises(SourceError, match="no article text that could be found"):
        read(page)


def test_an_empty_page_is_an_error() -> None:
    with pytest.raises(SourceError, match="is empty"):
        read("")


def test_a_page_nested_beyond_all_measure_is_an_error() -> None:
    with pytest.raises(SourceError, match=r"save the text as a \.txt file"):
        read("<div>" * 20_000 + make_page())


def test_an_error_of_the_extractor_is_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    with pytest.raises(SourceError, match=r"cannot be read as HTML \(RecursionError\)"):
        read(make_page())


def test_nothing_is_printed_about_a_page_that_cannot_be_read(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SourceError):
        read("<html></html>")
    assert capfd.readouterr() == ("", "")


def test_the_extractor_is_loaded_only_when_a_page_is_read() -> None:
    code = "import sys, kg.read; assert not {'trafilatura', 'spacy', 'lxml'} & set(sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
