"""Builds from web addresses, from the command line too."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from spacy.language import Language
from tiny_pipeline import make_pipeline, texts_read

import kg
from fetch.site import Answer, Site, make_rss
from kg.build_report import BuildReport
from kg.cli import run
from kg.errors import StoreError
from kg.folder import FETCHED
from kg.ontology import Ontology, find_ontology, load_ontology
from kg.read.fetch import Fetching
from kg.working import OwnProcess

LEADS = "Ada Lind leads Harbour Party."
CRITICISED = "Bo Ek criticised Ada Lind."
PATHS = ("/one.txt", "/two.txt")
FETCHING = Fetching(allow_private=True, pause=0)


@pytest.fixture(autouse=True)
def _hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask once only, and draw no picture."""
    monkeypatch.setattr("kg.read.fetch.web.TRIES", 1)
    monkeypatch.setattr("kg.making.draw", lambda store, ontology, output: output.write_text("<svg/>"))


@pytest.fixture
def nlp() -> Language:
    return make_pipeline()


@pytest.fixture
def feed(site: Site) -> str:
    site["/one.txt"] = Answer(LEADS.encode(), "text/plain", headers={"ETag": '"1"'})
    site["/two.txt"] = Answer(CRITICISED.encode(), "text/plain", headers={"ETag": '"2"'})
    links = (f"<link>{site.url}/{name}.txt</link>" for name in ("one", "two"))
    site["/feed.xml"] = Answer(make_rss(*links), "application/rss+xml")
    return f"{site.url}/feed.xml"


@cache
def load_once() -> Ontology:
    return load_ontology(find_ontology("politics"))


def build(source: str, output: Path | None, nlp: Language) -> BuildReport:
    with kg.build(source, output, ontology=load_once(), pipeline=nlp, fetching=FETCHING) as graph:
        assert graph.report is not None
        return graph.report


def test_a_second_build_reads_nothing_again(site: Site, feed: str, nlp: Language, tmp_path: Path) -> None:
    first = build(feed, tmp_path / "out", nlp)
    assert (first.new, first.set_aside) == (2, 0)
    turtle = (tmp_path / "out" / "graph.ttl").read_bytes()
    site.forget()
    second = build(feed, tmp_path / "out", nlp)
    assert (second.new, second.unchanged, second.evidence_changed, second.graph_changed) == (0, 2, False, False)
    assert [headers.get("If-None-Match") for path, headers in site.asked if path in PATHS] == ['"1"', '"2"']
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == turtle
    assert texts_read(nlp).count(LEADS) == 1


def test_an_article_that_changed_is_read_again(site: Site, feed: str, nlp: Language, tmp_path: Path) -> None:
    build(feed, tmp_path / "out", nlp)
    site["/two.txt"] = Answer(b"Bo Ek criticised Cy Orr.", "text/plain", headers={"ETag": '"3"'})
    report = build(feed, tmp_path / "out", nlp)
    assert (report.new, report.changed, report.unchanged) == (0, 1, 1)
    assert "Cy Orr" in (tmp_path / "out" / "graph.ttl").read_text()


def test_what_was_fetched_is_read_into_a_graph_that_lost_it(feed: str, nlp: Language, tmp_path: Path) -> None:
    build(feed, tmp_path / "out", nlp)
    with kg.build((), tmp_path / "out", pipeline=nlp, remove=[feed.replace("feed.xml", "one.txt")]) as graph:
        assert graph.report is not None
        assert graph.report.removed == 1
    assert build(feed, tmp_path / "out", nlp).new == 1


def test_without_a_folder_nothing_is_kept(site: Site, feed: str, nlp: Language, tmp_path: Path) -> None:
    build(feed, None, nlp)
    build(feed, None, nlp)
    assert all("If-None-Match" not in headers for _, headers in site.asked)
    assert not list(tmp_path.iterdir())


def test_a_page_that_fails_leaves_its_article(site: Site, feed: str, nlp: Language, tmp_path: Path) -> None:
    build(feed, tmp_path / "out", nlp)
    site["/two.txt"] = Answer(status=500)
    report = build(feed, tmp_path / "out", nlp)
    assert (report.articles, report.set_aside, report.unchanged, report.evidence_changed) == (2, 1, 1, False)
    assert str(report.issues[0]).endswith("; what was read there before stays")


def test_a_memory_that_is_damaged_is_one_line_and_the_graph_stays(feed: str, nlp: Language, tmp_path: Path) -> None:
    build(feed, tmp_path / "out", nlp)
    turtle = (tmp_path / "out" / "graph.ttl").read_bytes()
    (tmp_path / "out" / FETCHED).write_bytes(b"damaged " * 1000)
    with pytest.raises(StoreError, match=r"fetched\.sqlite: cannot be used \(.*\); remove it, and all is fetched anew"):
        build(feed, tmp_path / "out", nlp)
    (tmp_path / "out" / FETCHED).unlink()
    assert build(feed, tmp_path / "out", nlp).unchanged == 2
    assert (tmp_path / "out" / "graph.ttl").read_bytes() == turtle


def test_a_page_that_is_damaged_in_the_memory_is_fetched_anew(
    site: Site, feed: str, nlp: Language, tmp_path: Path
) -> None:
    build(feed, tmp_path / "out", nlp)
    with sqlite3.connect(tmp_path / "out" / FETCHED) as database:
        database.execute("UPDATE page SET body = x'00'")
    database.close()
    site.forget()
    assert build(feed, tmp_path / "out", nlp).unchanged == 2
    assert all("If-None-Match" not in headers for _, headers in site.asked)


def test_the_command_refuses_this_machine_unless_it_is_allowed(site: Site, feed: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "kg", "build", feed, "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == (
        f"{feed}: is at 127.0.0.1, which is not on the public Internet, so it is not fetched; --allow-private allows it"
    )
    assert not (tmp_path / "out").exists()
    assert site.asked == []


def test_an_address_too_long_for_a_path_is_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["build", f"http://10.0.0.1/{'a' * 1000}", "-o", str(tmp_path / "out")]) == 1
    assert "is at 10.0.0.1, which is not on the public Internet" in capsys.readouterr().err


def test_the_command_takes_the_settings(
    feed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("kg.builder.open_reader", lambda *_: OwnProcess(make_pipeline()))
    options = ["--allow-private", "--pause", "0", "--pages", "1", "-o", str(tmp_path / "out")]
    assert run(["build", feed, *options]) == 1
    told = capsys.readouterr()
    assert f"{feed}: lists more pages than the 1 that are read" in told.err
    assert (tmp_path / "out" / FETCHED).is_file()
    assert run(["build", feed, "--pause", "-1"]) == 2
    assert "pause is -1.0" in capsys.readouterr().err
