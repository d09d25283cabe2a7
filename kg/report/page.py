"""A report as one HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kg.phrases import count

if TYPE_CHECKING:
    from kg.report.records import Report

_HERE: Final = Path(__file__).parent
_TEMPLATE: Final = "report.html.jinja"
_STYLE: Final = "report.css"


def make_page(report: Report) -> str:
    """Write a report as HTML: whatever is not of this package is escaped, and nothing of it runs."""
    environment = Environment(
        loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["count"] = count
    environment.filters["clean"] = _clean
    style = Markup((_HERE / _STYLE).read_text(encoding="utf-8"))
    return environment.get_template(_TEMPLATE).render(report=report, style=style, picture=Markup(report.picture))


def _clean(text: str) -> str:
    """Break no line, and leave out what is no character of a page.

    >>> _clean("a\\x07b\\nc")
    'a\\ufffdb c'
    """
    return "".join(each if each.isprintable() else " " if each.isspace() else "\ufffd" for each in text)
