"""`kg report`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from kg.cli.options import DEFAULT, GraphFolder
from kg.cli.output import tell
from kg.errors import SettingError

_WHOLE: Final = "report"


def report(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="A label, another name, or an IRI (id:...); the graph if none."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The HTML file; by default named after the entity, or report.html.",
        ),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What stands at its head.")] = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Write a report that can be sent to somebody: one HTML file, with every fact and the words that say it.

    It has a picture, facts with quotations, claims apart, contradictions, corrections and the list of articles. It
    needs no other file, no script and no network, and prints well.

    \b
    kg report -o report.html
    kg report "Ada Lind" -o lind.html
    """
    from kg.graph import open_graph
    from kg.lookup import Lookup

    with open_graph(graph) as opened:
        if name is not None:
            try:
                (iri, *_) = Lookup(opened.store, opened.ontology, opened.base).find(name)
            except SettingError as error:
                tell(f"kg: {error}")
                raise typer.Exit(1) from None
            output = output or Path(f"{iri.rstrip('/').rpartition('/')[2]}.html")
        path = opened.write_report(output or Path(f"{_WHOLE}.html"), about=name, title=title)
    tell(f"wrote {path}")
