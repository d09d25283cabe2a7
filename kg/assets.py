"""Scripts and style of pages: the tags of a page, scripts that stand alone, and the licences of bundled packages.

They are built when the package is installed (kg/serve/frontend). Where that was not possible the pages have a plain
stylesheet and no scripts, and `missing` says so in one line.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from markupsafe import Markup

from kg.errors import SettingError

_SERVE: Final = Path(__file__).parent / "serve"
STATIC: Final = _SERVE / "static"
PLAIN_STYLE: Final = _SERVE / "frontend" / "src" / "style.css"
ADDRESS: Final = "/static/"


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence of a package whose code stands in the scripts: name of its kind (SPDX) and its whole text."""

    name: str
    version: str
    licence: str
    text: str


def built() -> bool:
    """Say whether the scripts were built when the package was installed."""
    return bool(_manifest())


def missing() -> str:
    """Give one line that says what is missing and how to get it; "" when everything is there."""
    if built():
        return ""
    try:
        reason = (STATIC / "missing.txt").read_text(encoding="utf-8").strip().splitlines()[0]
    except (OSError, IndexError):
        reason = "they were not built"
    return (
        f"Search completion, pictures of the graph and the query editor are missing ({reason}): install kg again"
        " where the npm registry can be reached."
    )


def tags(entry: str) -> Markup:
    """Give the tags of an entry ("main", "article", "graph", "query") for the head of a page.

    "main" stands first in every page: with it come the style and the script that sets light or dark before painting.
    Raises SettingError for an entry that there is none of.
    """
    manifest = _manifest()
    if not manifest:
        plain = Markup('<link rel="stylesheet" href="{}style.css">\n<link rel="icon" href="data:,">').format(ADDRESS)
        return plain if entry == "main" else Markup("")
    chunk = _chunk(entry)
    lines = [Markup('<link rel="stylesheet" href="{}{}">').format(ADDRESS, name) for name in _styles(chunk)]
    if entry == "main":
        lines.insert(0, Markup('<script src="{}{}"></script>').format(ADDRESS, _chunk("theme")["file"]))
        icon = manifest["src/icon.svg"]["file"]
        lines.append(Markup('<link rel="icon" type="image/svg+xml" href="{}{}">').format(ADDRESS, icon))
    for name in _imports(chunk):
        lines.append(Markup('<link rel="modulepreload" href="{}{}">').format(ADDRESS, manifest[name]["file"]))
    lines.append(Markup('<script type="module" src="{}{}"></script>').format(ADDRESS, chunk["file"]))
    return Markup("\n").join(lines)


def script(entry: str) -> str:
    """Give the text of a script that stands alone ("diagram"), fit to stand inside a <script> of an HTML file.

    Raises SettingError when it was not built.
    """
    if not built():
        raise SettingError(missing())
    file: str = _chunk(entry)["file"]
    text = (STATIC / file).read_text(encoding="utf-8")
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def licences() -> list[Licence]:
    """Give the licences of all packages whose code stands in the scripts, by name; none when nothing was built."""
    try:
        listed = json.loads((STATIC / "licences.json").read_text(encoding="utf-8"))
    except OSError:
        return []
    return [Licence(**each) for each in listed]


def _chunk(entry: str) -> dict[str, Any]:
    chunk: dict[str, Any] | None = _manifest().get(f"src/{entry}.ts")
    if chunk is None:
        raise SettingError(f"the front end has no entry {entry!r}")
    return chunk


def _imports(chunk: dict[str, Any]) -> list[str]:
    """Give the chunks that one imports, directly or not, each once."""
    manifest = _manifest()
    found: dict[str, None] = {}
    for name in chunk.get("imports", ()):
        found |= dict.fromkeys([name, *_imports(manifest[name])])
    return list(found)


def _styles(chunk: dict[str, Any]) -> list[str]:
    chunks = [*(_manifest()[name] for name in _imports(chunk)), chunk]
    return list(dict.fromkeys(name for each in chunks for name in each.get("css", ())))


def _manifest() -> dict[str, dict[str, Any]]:
    """Give what was built, by source; empty when nothing was."""
    try:
        changed = (STATIC / "digest.txt").stat().st_mtime_ns
    except OSError:
        return {}
    return _read_manifest(STATIC, changed)


@lru_cache(maxsize=4)
def _read_manifest(folder: Path, _changed: int) -> dict[str, dict[str, Any]]:
    manifest: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("manifest*.json")):
        manifest |= json.loads(path.read_text(encoding="utf-8"))
    return manifest
