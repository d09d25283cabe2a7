"""The formats of a picture, by the suffix of its file."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Final

from kg.errors import SettingError

SUFFIXES: Final = (".svg", ".png", ".pdf")


def check_suffix(output: str | PathLike[str]) -> str:
    """Give the suffix of a file to draw, in lower case; raise SettingError for one that cannot be drawn.

    >>> check_suffix("graph.SVG")
    '.svg'
    """
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise SettingError(f'{fspath(output)}: a picture cannot be "{suffix}"; name a file {", ".join(SUFFIXES)}')
    return suffix
