"""Imports point one way, down; stages never import one another, except that extract may use language."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent
LAYERS = (
    {"cli", "__main__"},
    {"evaluation", "serve"},
    {
        "backup",
        "builder",
        "check",
        "deciding",
        "explanation",
        "graph",
        "linking",
        "worker",
        "working",
        "keeping",
        "making",
        "reconcile",
        "records",
        "why",
    },
    {
        "decisions",
        "kb",
        "readings",
        "evidence",
        "fingerprints",
        "lookup",
        "query",
        "export",
        "draw",
        "build_report",
        "report",
        "rejected",
    },
    {"folder", "network"},
    {"journal"},
    {"knowledge"},
    {"store"},
    {"read", "language", "extract", "identity"},
    {"ontology"},
    {
        "assets",
        "closing",
        "escape",
        "model",
        "errors",
        "phrases",
        "vocabulary",
        "files",
        "garbage",
        "http",
        "nesting",
        "offline",
        "packed",
        "sentences",
        "__init__",
    },
)
STAGES = {"read", "language", "extract", "identity"}
ALLOWED = {("extract", "language")}
RANK = {part: rank for rank, layer in enumerate(LAYERS) for part in layer}
LIBRARIES_OF_LATE = {
    "spacy",
    "matplotlib",
    "onnxruntime",
    "pyshacl",
    "trafilatura",
    "networkx",
    "torch",
    "rapidfuzz",
    "nicknames",
    "httpx",
    "rich",
    "starlette",
    "uvicorn",
    "jinja2",
    "httpcore",
    "feedparser",
    "protego",
    "warcio",
    "pypdf",
    "courlan",
}
LIGHT_PARTS = {"rich.cells"}
LIGHT = {
    "__init__", "__main__", "build_report", "builder", "check", "deciding", "decisions", "errors", "explanation",
    "fingerprints", "folder", "graph", "knowledge", "lookup", "making", "model", "network", "ontology", "query",
    "readings", "reconcile", "records", "store", "vocabulary", "why",
}  # fmt: skip


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "training" not in path.parts)


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path, *, anywhere: bool) -> Iterator[str]:
    """Yield the modules that a file imports when it runs, not those for type checking alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    nodes = ast.walk(tree) if anywhere else iter(tree.body)
    for node in nodes:
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_what_is_below_it(path: Path) -> None:
    own = part_of(path)
    assert own in RANK, f"{own} has no layer; say where it belongs"
    for module in imports(path, anywhere=True):
        names = module.split(".")
        if names[0] != "kg" or len(names) == 1:
            continue
        other = names[1]
        if other == own or (own, other) in ALLOWED:
            continue
        assert not {own, other} <= STAGES, f"stage {own} imports stage {other}"
        assert RANK[own] <= RANK[other], f"{own} imports {other}, which is above it"


@pytest.mark.parametrize(
    "path", [path for path in modules() if part_of(path) in LIGHT], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_heavy_libraries_are_imported_when_they_are_needed(path: Path) -> None:
    found = {module for module in imports(path, anywhere=False) if module not in LIGHT_PARTS}
    assert not LIBRARIES_OF_LATE & {module.split(".")[0] for module in found}


def test_no_part_of_the_package_needs_itself_through_another() -> None:
    needs: dict[str, set[str]] = {}
    for path in modules():
        names = [module.split(".") for module in imports(path, anywhere=True)]
        others = {parts[1] for parts in names if parts[0] == "kg" and len(parts) > 1}
        needs.setdefault(part_of(path), set()).update(others - {part_of(path)})
    assert tuple(TopologicalSorter(needs).static_order())


def test_no_module_is_longer_than_400_lines() -> None:
    long = {str(path.relative_to(PACKAGE)): n for path in modules() if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}
