"""What the benchmarks share: their options, the model that they measure, and the tables that they write."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from spacy.language import Language

import kg.language


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
    nlp = kg.language.load_pipeline()
    if folder is not None:
        nlp.get_pipe("kg_reader").from_disk(folder)  # type: ignore[attr-defined]
    return nlp


def report(head: Sequence[str], rows: Iterable[Sequence[str]], markdown: Path | None) -> None:
    """Print a table, row by row, and write it to a file: in the place of the one there, with all that follows it."""
    lines = [f"{datetime.now(tz=UTC):%Y-%m-%d}, {kg.language.PIPELINE_NAME} {kg.language.PIPELINE_VERSION}", ""]
    print("\n".join(lines))
    for row in chain([head, ["---"] * len(head)], rows):
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    if markdown is not None:
        markdown.write_text("\n".join([*lines, *_find_notes(markdown)]) + "\n", encoding="utf-8")


def _find_notes(path: Path) -> list[str]:
    """Return the lines that follow the first table of a file."""
    old = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    first = next((number for number, line in enumerate(old) if line.startswith("|")), len(old))
    return old[next((number for number in range(first, len(old)) if not old[number].startswith("|")), len(old)) :]
