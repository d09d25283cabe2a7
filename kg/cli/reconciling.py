"""`kg reconcile`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DEFAULT, GraphFolder
from kg.cli.output import page, tell
from kg.escape import escape

if TYPE_CHECKING:
    from rich.table import Table

    from kg.reconcile import Match


def reconcile(
    service: Annotated[
        str, typer.Argument(metavar="SERVICE-URL", help="The address of a Reconciliation Service API 0.2.")
    ],
    types: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            metavar="CLASS[=ID]",
            help="Ask only for things of this class, and there only for candidates of the service's type ID; can be "
            "given several times.",
        ),
    ] = None,
    properties: Annotated[
        list[str] | None,
        typer.Option(
            "--property",
            metavar="PROPERTY=ID",
            help="Send along what things are related to by this property, as the service's property ID; can be given "
            "several times.",
        ),
    ] = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", help="How many candidates are asked for each name.", min=1)
    ] = 5,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The CSV file for `kg build --kb FILE`.")
    ] = None,
    every_candidate: Annotated[
        bool, typer.Option("--all", help="Write and print all candidates, not only those taken for the thing meant.")
    ] = False,
    anew: Annotated[bool, typer.Option("--anew", help="Ask again for what was answered before.")] = False,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Ask a reconciliation service on the network for the named things of the graph.

    This sends names out of your articles to that service. Nothing of the graph changes: look at the file, take out what
    is wrong, and give it to `kg build --kb`. Answers are kept, so that a second run asks only for what is new.

    \b
    kg reconcile https://wikidata.reconci.link/en/api --type Person=Q5 -o people.csv
    kg reconcile http://127.0.0.1:8000/reconcile --property represents=seat --all -o all.csv
    """
    from kg.graph import open_graph
    from kg.reconcile import ANSWERS, reconcile, write_matches

    kinds = [_split(each, "--type", "Person=Q5", needed=False) for each in types or ()]
    wanted = [_split(each, "--property", "represents=P768", needed=True) for each in properties or ()]
    with open_graph(graph) as opened:
        problems: dict[str, None] = {}
        with _progress() as on_answer:
            matches = reconcile(
                opened,
                service,
                types=[(name, identifier or None) for name, identifier in kinds],
                properties=wanted,
                limit=limit,
                answers=graph / ANSWERS,
                anew=anew,
                on_issue=lambda issue: problems.setdefault(str(issue)),
                on_answer=on_answer,
            )
        for problem in problems:
            tell(problem)
        with page() as console:
            console.print(make_table(matches, every_candidate=every_candidate))
        if output is not None:
            number = write_matches(matches, output, opened, every_candidate=every_candidate)
            tell(f"wrote {output} ({number:,} row{'' if number == 1 else 's'})")
    unanswered = sum(each.candidates is None for each in matches)
    matched = sum(each.candidate is not None for each in matches)
    tell(f"{len(matches):,} names, {matched:,} matched, {unanswered:,} not answered")
    if unanswered:
        raise typer.Exit(1)


def make_table(matches: list[Match], *, every_candidate: bool) -> Table:
    """Make the table of entities and the candidates that are taken for them, or of all candidates."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for title in ("name", "candidate", "id", "score", "match", "what it is"):
        table.add_column(title, justify="right" if title == "score" else "left")
    for match in matches:
        for each in match.shown(every_candidate):
            told = each.description or ", ".join(name for _, name in each.types)
            cells = match.entity.label, each.name, each.id, f"{each.score:g}", "yes" if each.match else "", told
            table.add_row(*(Text(escape(cell)) for cell in cells))
    return table


def _split(given: str, option: str, example: str, *, needed: bool) -> tuple[str, str]:
    name, equals, identifier = given.partition("=")
    if not name or (not identifier and (needed or equals)):
        raise typer.BadParameter(f'"{given}" is not of the form of {example}', param_hint=option)
    return name, identifier


@contextmanager
def _progress() -> Iterator[Callable[[int, int], object]]:
    """Show a bar while a service is asked, when standard error is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("asking")
        yield lambda done, total: progress.update(task, completed=done, total=total)
