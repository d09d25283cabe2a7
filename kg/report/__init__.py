"""A report on a graph or an entity in one HTML file, for somebody who has neither the graph nor this program.

The page needs no script and fetches nothing. Everything that comes from articles is escaped, and an address becomes a
link only when it is http or https.
"""

from __future__ import annotations

from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import SettingError
from kg.files import replace_file

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["SUFFIXES", "make_report", "write_report"]

SUFFIXES: Final = (".html", ".htm")


def write_report(
    graph: Graph, output: str | PathLike[str], *, about: str | None = None, title: str | None = None
) -> Path:
    """Write a report on a graph, or on the entity of a name or IRI, to an HTML file, and give the file.

    It is written whole or not at all, and has the same bytes for the same graph. Raises SettingError for another suffix
    and as `make_report` does, StoreError when the file cannot be written.
    """
    path = Path(output)
    if path.suffix.lower() not in SUFFIXES:
        raise SettingError(
            f"{fspath(path)}: a report is HTML; name a file .html, and print it from a browser for a PDF"
        )
    text = make_report(graph, about=about, title=title)
    with replace_file(path) as file:
        file.write(text.encode())
    return path


def make_report(graph: Graph, *, about: str | None = None, title: str | None = None) -> str:
    """Make a report on a graph, or on the entity of a name or IRI, as HTML.

    On a graph: contradictions, events with numbers, the most connected entities with their facts, and claims, each up
    to a limit, with the number of what is left out. On an entity: all of it that is known. Raises SettingError, with
    near names, when nothing has the name, and with the IRIs when several things have it.
    """
    from kg.report.contents import Reporter
    from kg.report.page import make_page

    reporter = Reporter(graph)
    report = reporter.of_graph(title) if about is None else reporter.of_entity(about, title)
    return make_page(report)
