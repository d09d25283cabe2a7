"""The scripts and style of the pages: how they are named, sent and built. No test needs npm."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from kg import assets
from kg.errors import SettingError
from kg.serve.frontend import build_frontend
from kg.serve.static_files import static_app

SOURCES = build_frontend.SOURCES
STYLE = (SOURCES / "src" / "style.css").read_text(encoding="utf-8")
SCRIPT = "console.log('main')\n"

MANIFEST = {
    "_shared-1.js": {"file": "assets/shared-1.js", "css": ["assets/shared-1.css"]},
    "src/icon.svg": {"file": "assets/icon-1.svg"},
    "src/main.ts": {"file": "assets/main-1.js", "imports": ["_shared-1.js"], "css": ["assets/main-1.css"]},
    "src/graph.ts": {"file": "assets/graph-1.js", "imports": ["_shared-1.js"]},
}


@pytest.fixture
def static(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a small front end as a build leaves it."""
    folder = tmp_path / "static"
    (folder / "assets").mkdir(parents=True)
    (folder / "digest.txt").write_text("1\n")
    (folder / "manifest.json").write_text(json.dumps(MANIFEST))
    for name in ("theme", "diagram"):
        entry = {f"src/{name}.ts": {"file": f"assets/{name}-1.js"}}
        (folder / f"manifest-{name}.json").write_text(json.dumps(entry))
    (folder / "assets" / "main-1.js").write_text(SCRIPT)
    (folder / "assets" / "main-1.js.gz").write_bytes(gzip.compress(SCRIPT.encode(), mtime=0))
    (folder / "assets" / "icon-1.svg").write_text("<svg/>")
    (folder / "assets" / "diagram-1.js").write_text("let a = '</script><!-- b';")
    licence = {"name": "a", "version": "1.0", "licence": "MIT", "text": "Permission is granted"}
    (folder / "licences.json").write_text(json.dumps([licence]))
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.setattr(assets, "STATIC", folder)
    return folder


@pytest.fixture
def client(static: Path) -> Iterator[TestClient]:
    """Give a client of the files alone."""
    with TestClient(Starlette(routes=[Mount("/static", static_app())])) as made:
        yield made


def test_tags_of_main_set_the_theme_first_and_name_hashed_files_with_what_they_import(static: Path) -> None:
    assert assets.built()
    assert assets.missing() == ""
    lines = assets.tags("main").splitlines()
    assert lines[0] == '<script src="/static/assets/theme-1.js"></script>'
    assert lines[-1] == '<script type="module" src="/static/assets/main-1.js"></script>'
    assert '<link rel="stylesheet" href="/static/assets/shared-1.css">' in lines
    assert '<link rel="stylesheet" href="/static/assets/main-1.css">' in lines
    assert '<link rel="modulepreload" href="/static/assets/shared-1.js">' in lines
    assert "theme" not in assets.tags("graph")


def test_an_entry_that_there_is_none_of_is_told(static: Path) -> None:
    with pytest.raises(SettingError, match="no entry 'carousel'"):
        assets.tags("carousel")


def test_without_a_build_pages_have_the_plain_style_and_one_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    assert not assets.built()
    assert '<link rel="stylesheet" href="/static/style.css">' in assets.tags("main")
    assert "<script" not in assets.tags("main")
    assert assets.tags("graph") == ""
    assert assets.licences() == []
    assert "they were not built" in assets.missing()
    (tmp_path / "missing.txt").write_text("npm could not fetch the packages: ECONNREFUSED\n")
    assert "ECONNREFUSED" in assets.missing()
    assert "install kg again" in assets.missing()
    assert len(assets.missing().splitlines()) == 1
    with pytest.raises(SettingError, match="ECONNREFUSED"):
        assets.script("diagram")
    answer = TestClient(Starlette(routes=[Mount("/static", static_app())])).get("/static/style.css")
    assert answer.text == STYLE
    assert answer.headers["content-type"].startswith("text/css")


def test_a_script_for_one_file_cannot_end_the_element_it_stands_in(static: Path) -> None:
    text = assets.script("diagram")
    assert "</script" not in text
    assert "<!--" not in text
    assert text == "let a = '<\\/script><\\!-- b';"


def test_licences_are_read_as_they_were_listed(static: Path) -> None:
    assert assets.licences() == [assets.Licence("a", "1.0", "MIT", "Permission is granted")]


def test_hashed_files_are_kept_for_good_and_sent_compressed_to_who_takes_it(client: TestClient) -> None:
    packed = client.get("/static/assets/main-1.js", headers={"Accept-Encoding": "gzip, br"})
    plain = client.get("/static/assets/main-1.js", headers={"Accept-Encoding": "identity"})
    refused = client.get("/static/assets/main-1.js", headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    for answer in (packed, plain, refused):
        assert answer.text == SCRIPT
        assert answer.headers["content-type"].startswith(("text/javascript", "application/javascript"))
        assert answer.headers["vary"] == "Accept-Encoding"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["etag"] != plain.headers["etag"]
    again = client.get(
        "/static/assets/main-1.js", headers={"If-None-Match": plain.headers["etag"], "Accept-Encoding": ""}
    )
    assert again.status_code == 304
    assert client.get("/static/assets/icon-1.svg").headers["content-type"] == "image/svg+xml"
    assert client.get("/static/licences.json").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.txt",
        "%2e%2e/secret.txt",
        "assets/../../secret.txt",
        "assets/%2e%2e/%2e%2e/secret.txt",
        "assets/..%2f..%2fsecret.txt",
        "assets/..%5c..%5csecret.txt",
        "assets//etc/passwd",
        "/etc/passwd",
        "assets/main-1.js%00.svg",
        "assets/" + "a" * 5000,
        "assets/main-1.js.gz",
        "assets",
        "assets/",
        "manifest.json",
        "digest.txt",
        "",
    ],
)
def test_only_the_built_files_are_found(client: TestClient, path: str) -> None:
    answer = client.get(f"/static/{path}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


def test_files_are_only_read(client: TestClient) -> None:
    assert client.post("/static/assets/main-1.js").status_code == 405
    assert client.head("/static/assets/main-1.js").status_code == 200


def test_the_lock_names_no_registry_and_pins_every_package_by_its_content() -> None:
    lock = json.loads((SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert packages
    assert not [name for name, each in packages.items() if "resolved" in each]
    assert not [name for name, each in packages.items() if not each["integrity"].startswith("sha512-")]


def test_sources_speak_to_no_other_host() -> None:
    named = set()
    for path in (SOURCES / "src").rglob("*"):
        if path.is_file():
            named |= set(re.findall(r"(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+", path.read_text(encoding="utf-8")))
    assert named <= {"http://www.w3.org"}  # the namespace of SVG, which nothing fetches


@pytest.mark.skipif(not assets.built(), reason="the front end was not built when kg was installed")
def test_what_was_built_evaluates_no_text_and_brings_no_font() -> None:
    built = sorted((assets.STATIC / "assets").iterdir())
    assert {each.suffix for each in built} <= {".js", ".css", ".svg", ".gz"}
    for path in (each for each in built if each.suffix == ".js"):
        assert not re.search(r"(?<![\w.$])eval\(|new Function\(", path.read_text(encoding="utf-8")), path.name
    for path in (each for each in built if each.suffix == ".css"):
        assert not re.search(r"@import|url\((?!#)", path.read_text(encoding="utf-8")), path.name
    assert {"cytoscape", "@zazuko/yasgui", "codemirror"} <= {each.name for each in assets.licences()}


@pytest.mark.skipif(not assets.built(), reason="the front end was not built when kg was installed")
def test_style_and_scripts_of_a_first_page_stay_small() -> None:
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', assets.tags("main"))
    assert sum((assets.STATIC / name).stat().st_size for name in names) < 60_000


# --- building -------------------------------------------------------------------------------------------------------


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "frontend"
    (folder / "src").mkdir(parents=True)
    (folder / "package.json").write_text("{}")
    (folder / "src" / "main.ts").write_text("1")
    return folder


def _lay_out(work: Path) -> None:
    assets_folder = work / "dist" / "assets"
    assets_folder.mkdir(parents=True)
    (assets_folder / "main-1.js").write_text(SCRIPT)
    for name, package in (("licences.json", "b"), ("licences-diagram.json", "a")):
        written = [{"name": package, "version": "1", "licence": "MIT", "text": ""}]
        (work / "dist" / name).write_text(json.dumps(written))


def _fail(work: Path) -> None:
    raise build_frontend.FrontendError("npm could not fetch the packages: ECONNREFUSED")


def test_the_digest_of_sources_follows_names_and_content_and_leaves_packages_out(sources: Path) -> None:
    first = build_frontend.digest_of(sources)
    (sources / "node_modules").mkdir()
    (sources / "node_modules" / "a.js").write_text("2")
    assert build_frontend.digest_of(sources) == first
    (sources / "src" / "main.ts").rename(sources / "src" / "other.ts")
    renamed = build_frontend.digest_of(sources)
    (sources / "src" / "other.ts").write_text("2")
    assert len({first, renamed, build_frontend.digest_of(sources)}) == 3


def test_a_build_is_put_in_place_whole_and_not_made_twice(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_frontend, "_run_npm", _lay_out)
    target, said = tmp_path / "static", list[str]()
    (target / "assets").mkdir(parents=True)
    (target / "assets" / "old-1.js").write_text("old")
    assert build_frontend.build(said.append, sources, target)
    assert sorted(each.name for each in (target / "assets").iterdir()) == ["main-1.js", "main-1.js.gz"]
    assert gzip.decompress((target / "assets" / "main-1.js.gz").read_bytes()).decode() == SCRIPT
    assert [each["name"] for each in json.loads((target / "licences.json").read_text())] == ["a", "b"]
    assert said == ["the scripts of the pages of kg serve were built"]
    monkeypatch.setattr(build_frontend, "_run_npm", _fail)
    assert build_frontend.build(said.append, sources, target)
    assert len(said) == 1


def test_a_build_that_fails_is_told_and_leaves_what_was_there(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, said = tmp_path / "static", list[str]()
    monkeypatch.setattr(build_frontend, "_run_npm", _fail)
    assert not build_frontend.build(said.append, sources, target)
    assert "ECONNREFUSED" in said[0]
    assert [each.name for each in target.iterdir()] == ["missing.txt"]
    monkeypatch.setattr(build_frontend, "_run_npm", _lay_out)
    assert build_frontend.build(said.append, sources, target)
    assert not (target / "missing.txt").exists()
    (sources / "src" / "main.ts").write_text("changed")
    monkeypatch.setattr(build_frontend, "_run_npm", _fail)
    assert not build_frontend.build(said.append, sources, target)
    assert (target / "assets" / "main-1.js").read_text() == SCRIPT


# --- contrast -------------------------------------------------------------------------------------------------------


def _colours(theme: int) -> dict[str, str]:
    found = re.findall(r"(--[a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", STYLE)
    return {name: colours[theme] for name, *colours in found}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_words_stand_out_from_their_ground_as_wcag_aa_asks(theme: int) -> None:
    colours = _colours(theme)
    grounds = ("--paper", "--card", "--said", "--said-on", "--near", "--claim-tint", "--claim-said", "--wrong-tint")
    pairs = [("--ink", ground) for ground in grounds]
    pairs += [
        (name, ground) for name in ("--ink-soft", "--accent", "--claim", "--wrong") for ground in ("--paper", "--card")
    ]
    pairs += [("--claim", "--claim-tint"), ("--ink-soft", "--claim-tint"), ("--accent", "--claim-tint")]
    weak = {pair: _contrast(colours[pair[0]], colours[pair[1]]) for pair in pairs}
    assert not {pair: round(ratio, 2) for pair, ratio in weak.items() if ratio < 4.5}
    assert _contrast(colours["--line-strong"], colours["--card"]) >= 3  # borders of fields, WCAG 1.4.11
