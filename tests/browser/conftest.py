"""The explorer in a real browser: Chromium, shown a server of its own that holds example articles and a hostile one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kg import assets

from .exploring import HOSTILE, Seen, Site

ROOT = Path(__file__).parents[2]
ARTICLES = ("by-election", "confidence-vote", "cabinet-reshuffle", "ferry-strike")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NOWHERE = "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
"""Names no host but this one can be found under: what would ask another one fails, and is seen."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a browser where there is none; where CI says so, a missing one is a failure."""
    if CHROMIUM is not None and assets.built():
        return
    reason = "Chromium is not installed" if CHROMIUM is None else "the front end was not built"
    if os.environ.get("CI"):
        raise pytest.UsageError(f"{reason}, and CI is set: the browser tests have to run")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("site")
    sources = folder / "articles"
    sources.mkdir()
    for name in ARTICLES:
        shutil.copy(ROOT / "tests" / "articles" / f"{name}.txt", sources)
    (sources / "hostile.jsonl").write_text(json.dumps(HOSTILE) + "\n", encoding="utf-8")

    def run(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "kg", *arguments]

    def build() -> None:
        done = subprocess.run(run("build", "articles"), cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    build()
    server = subprocess.Popen(run("serve", "--edit", "--port", "0"), cwd=folder, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        line = server.stderr.readline()
        address = next((word for word in line.split() if word.startswith("http://")), None)
        assert address is not None, line + server.stderr.read()
        yield Site(address.rstrip("/"), folder, build)
    finally:
        server.terminate()
        server.communicate(timeout=30)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", f"--host-resolver-rules={NOWHERE}"]
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def context(browser: Browser, site: Site, seen: Seen) -> Iterator[BrowserContext]:
    made = browser.new_context(base_url=site.address, accept_downloads=True)
    made.set_default_timeout(20_000)
    made.on("request", lambda request: _note_stranger(request.url, site, seen))
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, seen: Seen) -> Iterator[Page]:
    """Give a page that fails the test, at its end, when it complained, asked another host, or ran hostile words."""
    opened = context.new_page()
    opened.on("console", lambda line: seen.complaints.append(line.text) if line.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: seen.complaints.append(str(error)))
    opened.on("dialog", lambda dialog: (seen.complaints.append(dialog.message), dialog.dismiss()))
    yield opened
    assert seen.complaints == []
    assert seen.strangers == []
    assert opened.evaluate("window.ran") is None


def _note_stranger(url: str, site: Site, seen: Seen) -> None:
    if not url.startswith((site.address, "data:", "blob:", "file:")):
        seen.strangers.append(url)
