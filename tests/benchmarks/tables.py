"""What the benchmarks share: their options, the model that they measure, and the tables that they write."""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGES = ("pyoxigraph", "typer", "spacy", "onnxruntime")
"""What a figure may depend on, besides kg and Python."""

CPU_INFO = Path("/proc/cpuinfo")


def make_parser(description: str | None) -> argparse.ArgumentParser:
    """Make the parser of a command line with `--markdown`."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markdown", type=Path, help="also write the table to this file; what stands under it stays")
    return parser


def add_model(parser: argparse.ArgumentParser) -> None:
    """Add `--model`."""
    parser.add_argument("--model", type=Path, help="a folder that the recipe wrote; without it the shipped model")


def load_model(folder: Path | None) -> Language:
    """Load the shipped pipeline, with the model of a folder where one is given."""
    import kg.language

    nlp = kg.language.load_pipeline()
    if folder is not None:
        nlp.get_pipe("kg_reader").from_disk(folder)  # type: ignore[attr-defined]
    return nlp


def report(head: Sequence[str], rows: Iterable[Sequence[str]], markdown: Path | None) -> None:
    """Print a table, row by row, and write it to a file: in the place of the one there, with all that follows it."""
    lines = [describe_run(), ""]
    print("\n".join(lines))
    for row in chain([head, ["---"] * len(head)], rows):
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    if markdown is not None:
        markdown.write_text("\n".join([*lines, *_find_notes(markdown)]) + "\n", encoding="utf-8")


def describe_run() -> str:
    """Say in one line when and with what something is measured, and on what kind of machine."""
    import kg.language

    programs = [f"Python {platform.python_version()}", f"kg {kg.__version__}"]
    programs += [f"{kg.language.PIPELINE_NAME} {kg.language.PIPELINE_VERSION}"]
    programs += [f"{name} {version(name)}" for name in PACKAGES]
    return f"{datetime.now(tz=UTC):%Y-%m-%d}; {', '.join(programs)}; {describe_machine()}"


def describe_machine() -> str:
    """Say how many cores and how much memory there are, and which processor."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    told = [f"{cores} cores", f"load {os.getloadavg()[0]:.1f}"]
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        told.insert(1, f"{memory / 2**30:.0f} GB")
    return ", ".join([*told, _find_processor()])


def _find_processor() -> str:
    lines = CPU_INFO.read_text(encoding="utf-8").splitlines() if CPU_INFO.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def read_table(path: Path) -> tuple[str, list[list[str]]]:
    """Read what `report` wrote to a file: the line that says when and where, and the rows, the head first."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [_split(line) for line in lines[_first(lines) : _end(lines)]]
    return lines[0] if lines else "", [row for number, row in enumerate(rows) if number != 1]


def _find_notes(path: Path) -> list[str]:
    """Return the lines that follow the first table of a file."""
    old = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return old[_end(old) :]


def _first(lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines) if line.startswith("|")), len(lines))


def _end(lines: list[str]) -> int:
    first = _first(lines)
    return next((number for number in range(first, len(lines)) if not lines[number].startswith("|")), len(lines))


def _split(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]
