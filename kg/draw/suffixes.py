"""The formats of a picture, by the suffix of its file, and its forms."""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import Final

from kg.errors import SettingError

HTML: Final = ".html"
SUFFIXES: Final = (".svg", ".png", ".pdf", HTML)
FORMS: Final = ("network", "matrix", "timeline")


def check_suffix(output: str | PathLike[str], form: str = "network") -> str:
    """Give the suffix of a file to draw, in lower case; raise SettingError for one that cannot be drawn in a form.

    >>> check_suffix("graph.SVG")
    '.svg'
    """
    suffix = Path(output).suffix.lower()
    if suffix not in SUFFIXES:
        raise SettingError(f'{fspath(output)}: a picture cannot be "{suffix}"; name a file {", ".join(SUFFIXES)}')
    if suffix == HTML and form != "network":
        raise SettingError(f"{fspath(output)}: a {form} is no page; name a file {', '.join(SUFFIXES[:-1])}")
    return suffix


def check_form(form: str) -> str:
    """Give the form; raise SettingError for one that is not known."""
    if form not in FORMS:
        raise SettingError(f'a picture cannot be a "{form}"; give {", ".join(FORMS[:-1])} or {FORMS[-1]}')
    return form
