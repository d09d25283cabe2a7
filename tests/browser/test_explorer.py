"""What somebody does with the explorer, step by step, in Chromium."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Locator, Page, expect

from .exploring import HOSTILE, Site

LEADER = "/id/joanna-pell"
ARTICLE = "/article/https-news.example-2018-03-16-colne-marsh-e98a47ad"
PAGES = (
    "/",
    "/search?q=pell",
    "/entities",
    "/articles",
    LEADER,
    ARTICLE,
    f"/graph?around=https://kg.example{LEADER}",
    "/timeline",
    "/query",
    "/corrections",
    "/licences",
    "/about",
    f"/why?of=https://kg.example{LEADER}",
    "/id/nobody-of-this-name",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_at_each_width_in_light_and_dark(page: Page, path: str, seen) -> None:
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.goto(path)
            page.wait_for_load_state("networkidle")
            expect(page.locator("h1").first).to_be_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found = Axe().run(page).response["violations"]
            serious = [each for each in found if each["impact"] in ("serious", "critical")]
            assert serious == [], [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in serious]
    if path.endswith("nobody-of-this-name"):  # the browser itself complains of a page that is not there
        seen.complaints[:] = [line for line in seen.complaints if "404" not in line]


def test_from_a_search_to_a_fact_to_the_words_that_say_it(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    search = page.get_by_role("combobox").first
    expect(search).to_be_focused()
    page.keyboard.type("joanna")
    expect(page.get_by_role("option").filter(has_text="Joanna Pell").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Joanna Pell")
    fact = _facts_of(page, "leads").first
    expect(fact).to_contain_text("Progress Party")
    fact.get_by_role("link", name=re.compile("Progress Party takes Colne Marsh")).first.click()
    expect(page).to_have_url(re.compile(re.escape(ARTICLE) + "#"))
    page.wait_for_function("CSS.highlights.has('passage')")
    words = page.evaluate("[...CSS.highlights.get('passage')].map((range) => range.toString()).join(' ')")
    assert words == "Joanna Pell, the leader of the Progress Party"


def _facts_of(page: Page, relation: str) -> Locator:
    """Find the facts of the thing that the page is about in one relation."""
    title = page.get_by_role("heading", level=3, name=re.compile(f"^{relation}"))
    return page.locator("#facts section.relation").filter(has=title).locator(".statement")


def test_words_and_statements_of_an_article_point_at_each_other(page: Page) -> None:
    page.goto(ARTICLE)
    statement = page.locator("#statements .statement").filter(has_text="Ruth Abernethy").first
    number = statement.get_attribute("data-s")
    statement.click(position={"x": 3, "y": 3})
    expect(page.locator(f"#text .seg[data-s~='{number}']").first).to_have_class(re.compile(r"\bon\b"))
    page.reload()
    words = page.locator("#text .seg.said:not(:has(a))").first
    first, *_ = (words.get_attribute("data-s") or "").split()
    words.click()
    expect(page.locator(f"#{first}")).to_have_class(re.compile(r"\bon\b"))
    page.keyboard.press("Escape")
    expect(page.locator("#statements .on")).to_have_count(0)


def test_a_claim_is_shown_as_one_with_its_speaker(page: Page) -> None:
    page.goto(ARTICLE)
    claim = page.locator("#statements .claim").filter(has_text="found its voice").first
    expect(claim).to_contain_text("Ruth Abernethy")
    expect(claim).to_contain_text(re.compile("claimed|said|says"))


def test_the_graph_grows_where_one_asks_and_can_be_taken_home(page: Page, tmp_path: Path) -> None:
    page.goto(f"/graph?around=https://kg.example{LEADER}")
    expect(page.locator("#graph canvas").first).to_be_visible()
    expect(page.locator("#legend")).to_contain_text(re.compile("person", re.IGNORECASE))
    expect(page.locator("#graph-status")).to_have_text(re.compile(r"^2 things"))
    page.get_by_text("Things in the picture").click()
    page.locator("#graph-nodes").get_by_role("button", name=re.compile("Progress Party")).click()
    page.get_by_role("button", name="Show its neighbours").click()
    expect(page.locator("#graph-status")).to_contain_text("2 new neighbours")
    expect(page.locator("#graph-nodes")).to_contain_text("Ruth Abernethy")
    for name in ("svg", "png"):
        with page.expect_download() as download:
            page.locator(f"#{name}").click()
        file = tmp_path / f"graph.{name}"
        download.value.save_as(file)
        data = file.read_bytes()
        assert b"Joanna Pell" in data if name == "svg" else data.startswith(b"\x89PNG")


def test_a_question_in_sparql_is_answered_in_a_table(page: Page) -> None:
    page.goto("/query")
    page.get_by_label(re.compile("named|ready", re.IGNORECASE)).first.select_option("entities")
    page.get_by_role("button", name=re.compile("run", re.IGNORECASE)).first.click()
    expect(page.locator("#yasgui table")).to_contain_text("Joanna Pell")


def test_the_theme_is_a_choice_that_lasts(page: Page) -> None:
    page.goto("/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    switch = page.get_by_role("button", name=re.compile("colour|theme|dark", re.IGNORECASE)).first
    for _ in range(3):
        if page.evaluate("document.documentElement.dataset.theme") == "dark":
            break
        switch.click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.goto("/about")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


@pytest.fixture
def corrected(site: Site) -> Iterator[Site]:
    """Give the site, and take back at the end what was decided."""
    yield site
    (site.folder / "outputs" / "decisions.ttl").unlink(missing_ok=True)
    site.build()


def test_a_correction_survives_the_next_build(page: Page, corrected: Site) -> None:
    page.goto(LEADER)
    fact = _facts_of(page, "leads").first
    fact.get_by_text(re.compile("wrong")).first.click()
    form = fact.locator("form").filter(has=page.locator("input[value=reject]")).first
    form.locator("[name=why]").fill("the article was corrected")
    form.locator("[name=by]").fill("An editor")
    form.get_by_role("button").click()
    expect(page.get_by_role("status").first).to_be_visible()
    expect(_facts_of(page, "leads")).to_have_count(0)
    corrected.build()
    page.wait_for_timeout(1500)
    page.goto(LEADER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Joanna Pell")
    expect(_facts_of(page, "leads")).to_have_count(0)
    page.goto("/corrections")
    decision = page.locator("#decisions").get_by_text("the article was corrected")
    expect(decision.first).to_be_visible()


def test_nothing_of_a_hostile_article_runs(page: Page) -> None:
    page.goto("/search?q=Mira Olden")
    page.get_by_role("link", name="Mira Olden").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mira Olden")
    page.get_by_role("link", name=re.compile("Harbour “bold”")).first.click()
    expect(page.locator("#text")).to_contain_text("<script>window.ran = 1</script>")
    expect(page.locator("h1")).to_contain_text("</title>")
    assert page.locator("a[href^='javascript:' i]").count() == 0
    assert page.locator("#text img, #text svg, #text script, h1 b").count() == 0
    assert HOSTILE["url"] in page.inner_text("main")
    page.goto("/articles")
    assert page.locator("main script, main img").count() == 0


def test_a_drawing_in_one_file_opens_without_a_server(context: BrowserContext, site: Site, seen, tmp_path) -> None:
    file = tmp_path / "pell.html"
    command = [sys.executable, "-m", "kg", "draw", "--around", "Joanna Pell", "-o", str(file)]
    done = subprocess.run(command, cwd=site.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = context.new_page()
    page.on("console", lambda line: seen.complaints.append(line.text) if line.type == "error" else None)
    page.goto(file.as_uri())
    expect(page.locator("#graph canvas").first).to_be_visible()
    assert (seen.complaints, seen.strangers) == ([], [])
    assert Axe().run(page).response["violations"] == []


def test_the_report_reads_without_scripts(context: BrowserContext, site: Site, seen, tmp_path) -> None:
    file = tmp_path / "pell.html"
    command = [sys.executable, "-m", "kg", "report", "Joanna Pell", "-o", str(file)]
    done = subprocess.run(command, cwd=site.folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(file.as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("Joanna Pell")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert seen.strangers == []
    serious = [e["id"] for e in Axe().run(page).response["violations"] if e["impact"] in ("serious", "critical")]
    assert serious == []
