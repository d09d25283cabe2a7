"""Web addresses as sources: pages, feeds, sitemaps and archives."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from fetch.files import make_pdf, make_record, make_zip, pack
from fetch.site import SENTENCES, TEXT, Answer, Site, make_page, make_rss, make_sitemap
from kg.model import Article, Issue
from kg.read import read_articles
from kg.read.fetch import Fetching

LONG = "".join(f"<p>{number}. {each}</p>" for number in range(4) for each in SENTENCES)
DATE = "<meta property='article:published_time' content='2019-02-03'>"


@pytest.fixture(autouse=True)
def _ask_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.fetch.web.TRIES", 1)


def read(*sources: str, memory: Path | None = None, **settings: Any) -> list[Article | Issue]:
    fetching = Fetching(allow_private=True, pause=0, memory=memory, **settings)
    return list(read_articles(sources, fetching=fetching, max_characters=100_000))


def articles(found: Iterable[Article | Issue]) -> list[Article]:
    return [each for each in found if isinstance(each, Article)]


def issues(found: Iterable[Article | Issue]) -> list[str]:
    told = [str(each) for each in found if isinstance(each, Issue)]
    assert all("\n" not in each for each in told)
    return told


def entry(url: str, title: str = "A title", more: str = "") -> str:
    return f"<title>{title}</title><link>{url}</link>{more}"


def test_a_page_is_an_article_with_its_address_title_and_date(site: Site) -> None:
    site["/a"] = Answer(make_page("Council rejects quay", head=DATE))
    (article,) = read(f"{site.url}/a?utm_source=mail#top"[: -len("?utm_source=mail#top")])
    assert isinstance(article, Article)
    assert (article.id, article.url, article.source) == (f"{site.url}/a",) * 3
    assert (article.title, article.published) == ("Council rejects quay", "2019-02-03")
    assert SENTENCES[1] in article.text


def test_the_pages_of_a_feed_are_read_in_its_order(site: Site) -> None:
    for name in "ab":
        site[f"/{name}?utm_source=rss"] = Answer(make_page(f"Council meets: {name}", f"{name}. {TEXT}"))
    date = "<pubDate>Sun, 03 Feb 2019 10:00:00 GMT</pubDate><author>ann@news.example (Ann Lee)</author>"
    site["/feed.xml"] = Answer(make_rss(*(entry(f"{site.url}/{name}?utm_source=rss", more=date) for name in "ba")))
    found = read(f"{site.url}/feed.xml")
    assert [each.id for each in articles(found)] == [f"{site.url}/b", f"{site.url}/a"]
    assert {each.published for each in articles(found)} == {"2019-02-03T10:00:00+00:00"}
    assert articles(found)[0].title == "Council meets: b"
    assert not issues(found)


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{url}/news/"><title>News</title>
<entry><id>urn:1</id><title type="html">Council &lt;b&gt;meets&lt;/b&gt;</title><link rel="self" href="/x"/>
<link rel="alternate" href="one"/><published>2019-02-03T10:00:00Z</published><updated>{updated}</updated>
</entry></feed>"""


def test_an_atom_feed_tells_when_a_page_was_changed_and_it_is_asked_for_only_then(site: Site, tmp_path: Path) -> None:
    site["/news/one"] = Answer(make_page(""))
    for updated in ("2019-02-03T11:00:00Z", "2019-02-03T11:00:00Z", "2019-02-04T11:00:00Z"):
        site["/feed"] = Answer(ATOM.format(url=site.url, updated=updated).encode(), "application/atom+xml")
        (article,) = articles(read(f"{site.url}/feed", memory=tmp_path / "f.sqlite"))
        assert (article.id, article.published) == (f"{site.url}/news/one", "2019-02-03T10:00:00+00:00")
        assert article.title == "Council meets"
    assert site.paths == ["/feed", "/news/one", "/feed", "/feed", "/news/one"]


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel>
<item rdf:about="{url}/a"><title>T</title><link>{url}/a</link><dc:date>2019-02-03</dc:date></item></rdf:RDF>"""


def test_an_old_feed_in_rdf_is_one(site: Site) -> None:
    site["/a"] = Answer(make_page())
    site["/feed"] = Answer(RDF.format(url=site.url).encode(), "application/rdf+xml")
    (article,) = read(f"{site.url}/feed")
    assert isinstance(article, Article)
    assert article.published == "2019-02-03"


@pytest.mark.parametrize("declared", ["text/html", "text/plain", "application/octet-stream", "image/png", None])
def test_a_feed_with_a_wrong_type_is_one(site: Site, declared: str | None) -> None:
    site["/a"] = Answer(make_page())
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a")), declared)
    assert len(articles(read(f"{site.url}/feed"))) == 1


def test_a_second_build_asks_only_what_has_changed(site: Site, tmp_path: Path) -> None:
    site["/a"] = Answer(make_page(), headers={"ETag": '"a1"'})
    feed = {"Last-Modified": "Sun, 03 Feb 2019 10:00:00 GMT"}
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a")), headers=feed)
    first = read(f"{site.url}/feed", memory=tmp_path / "f.sqlite")
    site.forget()
    assert read(f"{site.url}/feed", memory=tmp_path / "f.sqlite") == first
    asked = {path: headers for path, headers in site.asked if path != "/robots.txt"}
    assert asked["/feed"]["If-Modified-Since"] == feed["Last-Modified"]
    assert asked["/a"]["If-None-Match"] == '"a1"'


FULL = f"<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'><![CDATA[{LONG}]]></content:encoded>"


@pytest.mark.parametrize("answer", [Answer(status=403), Answer(status=503), Answer(b"\x89PNG\r\n\x1a\n", "image/png")])
def test_where_a_page_is_not_to_be_had_the_full_text_of_the_feed_is_read(site: Site, answer: Answer) -> None:
    site["/a"] = answer
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a", more=FULL)))
    issue, article = read(f"{site.url}/feed")
    assert str(issue).startswith(f"{site.url}/a: ")
    assert str(issue).endswith("; the text that the feed gives is read instead")
    assert isinstance(article, Article)
    assert (article.id, article.url, article.title, article.source) == (
        f"{site.url}/a",
        f"{site.url}/a",
        "A title",
        f"{site.url}/a",
    )
    assert SENTENCES[2] in article.text


def test_a_page_that_robots_txt_closes_may_be_read_in_the_feed(site: Site) -> None:
    site["/robots.txt"] = Answer(b"User-agent: *\nDisallow: /a\n")
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a", more=FULL)))
    assert len(articles(read(f"{site.url}/feed"))) == 1
    assert site.paths == ["/feed"]


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_was_taken_away_is_not_read_in_the_feed_either(site: Site, status: int) -> None:
    site["/a"] = Answer(status=status)
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a", more=FULL)))
    (issue,) = read(f"{site.url}/feed")
    assert f"HTTP status {status}" in str(issue)


@pytest.mark.parametrize(
    "content",
    [
        "<description>The council met.</description>",
        FULL.replace(LONG, LONG[:300]),
        FULL.replace("]]>", "<p>It was late […]</p>]]>"),
        FULL.replace("]]>", "<p>It was late and they …</p>]]>"),
        FULL.replace("]]>", "<p>They went home. Continue reading at the Gazette</p>]]>"),
        "",
    ],
)
def test_a_summary_is_no_article(site: Site, content: str) -> None:
    site["/a"] = Answer(status=403)
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a", more=content)))
    (issue,) = read(f"{site.url}/feed")
    assert "HTTP status 403" in str(issue)


def test_a_page_that_was_read_before_is_not_replaced_by_what_the_feed_has(site: Site, tmp_path: Path) -> None:
    site["/a"] = Answer(make_page(), headers={"ETag": '"1"'})
    site["/feed"] = Answer(make_rss(entry(f"{site.url}/a", more=FULL)))
    assert len(articles(read(f"{site.url}/feed", memory=tmp_path / "f.sqlite"))) == 1
    site["/a"] = Answer(status=500)
    (issue,) = read(f"{site.url}/feed", memory=tmp_path / "f.sqlite")
    assert str(issue).endswith("; what was read there before stays")
    site["/a"] = Answer(status=410)
    (issue,) = read(f"{site.url}/feed", memory=tmp_path / "f.sqlite")
    assert str(issue).endswith("but was there before; `kg build --remove ID` takes its article out")


def test_an_entry_without_a_page_is_read_where_it_holds_its_text(site: Site) -> None:
    whole = f"<title>T</title><guid isPermaLink='false'>tag:1</guid>{FULL}"
    site["/feed"] = Answer(make_rss(whole, "<title>Nothing</title>"))
    article, issue = read(f"{site.url}/feed")
    assert isinstance(article, Article)
    assert (article.id, article.url) == (f"{site.url}/feed#tag:1", None)
    assert str(issue) == (f"{site.url}/feed: entry 2: has neither the address of a page nor a full text; leave it out")


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:alert(1)", "http://[", "http://a:b@c/"])
def test_links_of_a_feed_that_are_no_pages_are_one_line_each(site: Site, link: str) -> None:
    site["/feed"] = Answer(make_rss(entry(link)))
    (issue,) = issues(read(f"{site.url}/feed"))
    assert "passwd:" not in issue or "no full text" in issue or "neither" in issue
    assert site.paths == ["/feed"]


def test_a_link_of_great_length_is_not_told_in_full(site: Site) -> None:
    site["/feed"] = Answer(make_rss(entry(f"http://news.example/{'a' * 1_000_000}")))
    (issue,) = issues(read(f"{site.url}/feed"))
    assert issue.endswith("aaa…: is an address of 1,000,020 characters, the limit is 2,000; shorten it")
    assert len(issue) < 500


def test_what_a_feed_says_of_a_page_of_another_site_is_no_article(site: Site) -> None:
    site["/feed"] = Answer(make_rss(entry(f"http://localhost:{site.port}/a", more=FULL)))
    site["/a"] = Answer(status=403)
    (issue,) = read(f"{site.url}/feed")
    assert str(issue).startswith(f"http://localhost:{site.port}/a: answers with HTTP status 403")


def test_an_id_in_a_feed_is_none_of_another_site(site: Site) -> None:
    site["/feed"] = Answer(make_rss(f"<title>T</title><guid isPermaLink='false'>https://news.example/1</guid>{FULL}"))
    (article,) = articles(read(f"{site.url}/feed"))
    assert (article.id, article.url) == (f"{site.url}/feed#https://news.example/1", None)


def test_a_listed_file_of_records_names_no_articles(site: Site) -> None:
    site["/a"] = Answer(b'{"id": "https://news.example/1", "text": "The council met."}\n', "application/jsonl")
    site["/map.xml"] = Answer(make_sitemap(f"<loc>{site.url}/a</loc>"), "text/xml")
    assert issues(read(f"{site.url}/map.xml")) == [
        f"{site.url}/a: is no page, though it is listed as one; give its own address"
    ]


def test_links_of_a_public_feed_do_not_lead_into_a_private_network(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.fetch.connection.is_public", lambda address: address == "127.0.0.1")
    site["/feed"] = Answer(make_rss(entry(f"http://[::1]:{site.port}/x"), entry("http://192.168.0.1/")))
    found = list(read_articles(f"{site.url}/feed", fetching=Fetching(pause=0, patience=1)))
    assert len(found) == 2
    assert all("is not on the public Internet" in each for each in issues(found))


def test_a_page_of_another_site_does_not_take_the_place_of_an_article_there(site: Site) -> None:
    for name, claimed in (("a", "https://news.example/1"), ("b", f"{site.url}/canonical"), ("c", f"{site.url}/")):
        head = f"<link rel='canonical' href='{claimed}'><meta property='og:url' content='{claimed}'>"
        site[f"/{name}"] = Answer(make_page(text=f"{name}. {TEXT}", head=head))
    found = articles(read(*(f"{site.url}/{name}" for name in "abc")))
    assert [each.id for each in found] == [f"{site.url}/a", f"{site.url}/canonical", f"{site.url}/c"]
    assert [each.url for each in found] == [each.id for each in found]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("text/html; charset=utf-8", "utf-8"),
        ("text/html; charset=iso-8859-1", "cp1252"),
        ("text/html; charset=iso-8859-1", "utf-8"),
        ("text/html; charset=utf-8", "cp1252"),
        ("text/html; charset=windows-1251", "windows-1251"),
        ("text/html; charset=no-such-thing", "utf-8"),
        ("text/html; charset='utf-16'", "utf-16"),
        ("text/html", "utf-8"),
        ("text/html; charset=" + "x" * 5000, "utf-8"),
        ("text/html; charset=rot13", "utf-8"),
        ("text/html; charset=utf-7", "cp1252"),
        (";;;=", "utf-8"),
    ],
)
def test_pages_in_other_encodings_are_read(site: Site, declared: str, encoding: str) -> None:
    page = make_page(text=TEXT.replace("Tarnbrook", "Tärnbrøok" if encoding != "windows-1251" else "Тарнбрук")).decode()
    page = page.replace("<meta charset='utf-8'>", "")
    site["/a"] = Answer(page.encode(encoding), declared)
    (article,) = articles(read(f"{site.url}/a"))
    assert ("Тарнбрук" if encoding == "windows-1251" else "Tärnbrøok") in article.text


@pytest.mark.parametrize(
    ("body", "declared", "message"),
    [
        (b"", "text/html", "is empty"),
        (b"\x89PNG\r\n\x1a\n" * 100, "image/png", "is image/png, which cannot be read; readable are pages"),
        (b"\x00\x01" * 500, "application/octet-stream", "is application/octet-stream, which cannot be read"),
        (b"\x00\x01" * 500, "text/html", "contains NUL bytes"),
        (b"ID3" + bytes(500), "audio/mpeg\r\n", "is audio/mpeg"),
        (b"<svg/>", "image/svg+xml", r"is image/svg\+xml"),
        (b"<html><body></body></html>", "text/html", "has no article text that could be found"),
        (b"<html><p>" + b"The council met. " * 300_000, "text/html", "is a page of more than 4 MB"),
        (b"{}", "application/json", "has no text"),
        (b"%PDF-1.7 no more", "text/html", "is a broken PDF"),
        (b"PK\x03\x04" + bytes(100), "application/zip", "is a broken ZIP archive"),
        (b"\x1f\x8b\x08" + bytes(100), "application/gzip", "is broken"),
        (b"WARC/1.0\r\n", "application/warc", "is broken at its beginning"),
        (b"<rss", "text/xml", "is no feed that can be read|is a feed without entries"),
        (make_rss(), "text/xml", "is a feed without entries"),
        (b"<urlset></urlset>", "text/xml", "is a sitemap that lists nothing"),
        (b"<urlset><url><loc></loc></url></urlset>", "text/xml", "is a sitemap that lists nothing"),
        (b"<?xml version='1.0'?><books/>", "text/xml", "is text/xml, which cannot be read"),
    ],
)
def test_what_is_no_article_is_one_line(site: Site, body: bytes, declared: str, message: str) -> None:
    site["/a"] = Answer(body, declared.strip())
    (issue,) = issues(read(f"{site.url}/a"))
    assert re.match(re.escape(f"{site.url}/a") + r"[^;]*?: (?:" + message + ")", issue), issue


def test_a_page_without_an_article_tells_its_feed(site: Site) -> None:
    link = "<link rel='alternate' type='application/rss+xml' href='/feed.xml'>"
    site["/"] = Answer(f"<html><head>{link}</head><body></body></html>".encode())
    (issue,) = issues(read(f"{site.url}/"))
    assert issue == f"{site.url}/: has no article text that could be found; its feed is {site.url}/feed.xml"


LAUGHS = (
    "<!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{'&' + chr(97 + n) + ';'}{('&' + chr(97 + n) + ';') * 9}'>" for n in range(9))
    + "<!ENTITY file SYSTEM 'file:///etc/passwd'>]>"
)


def test_entities_of_feeds_and_sitemaps_are_not_resolved(site: Site) -> None:
    head, tail = make_rss(entry(f"{site.url}/a", "&j;&file;")).decode().split("?>", 1)
    for encoding in ("utf-8", "utf-16"):
        site["/feed"] = Answer((head + "?>" + LAUGHS + tail).encode(encoding), "application/rss+xml")
        (issue,) = issues(read(f"{site.url}/feed"))
        assert issue.startswith(f"{site.url}/feed: declares entities")
    head, tail = (
        make_sitemap(f"<loc>{site.url}/a?x=&j;&file;</loc>", f"<loc>{site.url}/a</loc>").decode().split("?>", 1)
    )
    site["/map.xml"] = Answer((head + "?>" + LAUGHS + tail).encode(), "application/xml")
    found = read(f"{site.url}/map.xml")
    assert issues(found) == [
        f"{site.url}/map.xml: is a sitemap that lists nothing; check it, or give the pages themselves"
    ]
    assert site.paths == ["/feed", "/feed", "/map.xml"]


def test_a_sitemap_is_read_the_newest_page_first(site: Site) -> None:
    for name in "abc":
        site[f"/{name}"] = Answer(make_page(f"About {name}", f"{name}. {TEXT}"))
    news = "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'"
    dated = f"<n:news {news}><n:publication_date>2019-02-03</n:publication_date><n:title>N</n:title></n:news>"
    site["/map.xml"] = Answer(
        make_sitemap(
            f"<loc>{site.url}/a</loc><lastmod>2019-01-01</lastmod>",
            f"<loc> {site.url}/b\n</loc><lastmod>2019-03-01</lastmod>{dated}",
            f"<loc>{site.url}/c</loc>",
            "<loc>https://elsewhere.example/</loc>",
            "<loc>nonsense</loc>",
        ),
        "application/xml",
    )
    found = read(f"{site.url}/map.xml")
    assert [each.id for each in articles(found)] == [f"{site.url}/{name}" for name in "bac"]
    assert articles(found)[0].published == "2019-02-03"
    (issue,) = issues(found)
    assert issue.startswith(f"{site.url}/map.xml: 2 addresses are of other hosts, or none")


def test_only_so_many_pages_are_read_the_newest_ones(site: Site) -> None:
    for number in range(5):
        site[f"/{number}"] = Answer(make_page("", f"{number}. {TEXT}"))
    dated = (f"<loc>{site.url}/{number}</loc><lastmod>2019-01-0{number + 1}</lastmod>" for number in range(5))
    site["/map.xml"] = Answer(make_sitemap(*dated), "application/xml")
    found = read(f"{site.url}/map.xml", pages=2)
    assert [each.id for each in articles(found)] == [f"{site.url}/4", f"{site.url}/3"]
    assert issues(found) == [f"{site.url}/map.xml: lists more pages than the 2 that are read; --pages N reads more"]
    assert len(site.paths) == 3


def test_an_index_of_sitemaps_is_followed_once_and_not_in_circles(site: Site) -> None:
    site["/a"] = Answer(make_page())
    packed = gzip.compress(make_sitemap(f"<loc>{site.url}/a</loc>"))
    site["/one.xml.gz"] = Answer(packed, "application/octet-stream")
    names = ("one.xml.gz", "index.xml", "one.xml.gz", "other.xml", "none.xml", "page")
    found = (f"<loc>{site.url}/{name}</loc>" for name in names)
    site["/index.xml"] = Answer(make_sitemap(*found, root="sitemapindex", item="sitemap"), "application/xml")
    site["/other.xml"] = Answer(make_sitemap("<loc>x</loc>", root="sitemapindex", item="sitemap"))
    site["/page"] = Answer(make_page())
    read_again = read(f"{site.url}/index.xml")
    assert [each.id for each in articles(read_again)] == [f"{site.url}/a"]
    assert [each.removeprefix(site.url).partition(";")[0] for each in issues(read_again)] == [
        "/other.xml: is an index of sitemaps in another",
        "/none.xml: answers with HTTP status 404 (Not Found)",
        "/page: is no sitemap, though it is listed as one",
    ]
    assert sorted(site.paths) == ["/a", "/index.xml", "/none.xml", "/one.xml.gz", "/other.xml", "/page"]


def test_an_index_that_lists_only_itself_is_one_line(site: Site) -> None:
    site["/i"] = Answer(make_sitemap(f"<loc>{site.url}/i</loc>", root="sitemapindex", item="sitemap"), "text/xml")
    assert issues(read(f"{site.url}/i")) == [
        f"{site.url}/i: is an index of sitemaps that lists only itself; give the pages themselves"
    ]


def test_a_sitemap_that_is_cut_off_is_read_as_far_as_it_goes(site: Site) -> None:
    site["/a"] = Answer(make_page())
    whole = make_sitemap(f"<loc>{site.url}/a</loc>", f"<loc>{site.url}/b</loc>")
    site["/map.xml"] = Answer(whole[:-40], "application/xml")
    assert [each.id for each in articles(read(f"{site.url}/map.xml"))] == [f"{site.url}/a"]


def test_files_of_all_kinds_are_read_from_the_web(site: Site) -> None:
    record = make_record(
        "response", "https://news.example/w", make_page(), http="HTTP/1.1 200 OK\nContent-Type: text/html"
    )
    files = {
        "/a.pdf": (make_pdf([["The council met on Monday."]]), "application/pdf", f"{site.url}/a.pdf"),
        "/a.zip": (make_zip({"in/b.txt": "The council met."}), "application/zip", "in/b"),
        "/a.warc.gz": (pack(record), "application/octet-stream", "https://news.example/w"),
        "/a.warc": (record, "text/html", "https://news.example/w"),
        "/a.jsonl": (b'{"id": "j", "text": "The council met."}\n', "text/plain", "j"),
        "/a.csv": (b"id,text\nc,The council met.\n", "text/csv", "c"),
        "/a.txt": (b"The council met.", "text/plain", f"{site.url}/a.txt"),
        "/a.json": (b'{"text": "The council met."}', "application/json", f"{site.url}/a.json"),
    }
    for path, (body, declared, id) in files.items():
        site[path] = Answer(body, declared)
        found = read(site.url + path)
        assert [each.id for each in articles(found)] == [id], (path, found)


def test_nothing_is_fetched_that_was_not_named(site: Site, tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_bytes(make_rss(entry(f"{site.url}/a"), entry(f"{site.url}/b", more=FULL)))
    (tmp_path / "page.html").write_bytes(make_page(head=f"<link rel='stylesheet' href='{site.url}/style.css'>"))
    found = list(read_articles(tmp_path))
    assert [each.id for each in articles(found)] == [f"{site.url}/b", "page"]
    assert issues(found) == [
        f"{tmp_path / 'feed.rss'}: 1 entry has no full text in it; give the web address of the feed to fetch the pages"
    ]
    assert site.asked == []


def test_without_the_library_of_the_web_a_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "protego", None)
    assert issues(read_articles("https://news.example/")) == [
        'https://news.example/: needs protego, which is not installed; run pip install "kg[web]"'
    ]
