"""`kg build`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.options import DEFAULT, AllowPrivate, OntologyFiles, Pages, Pause, Pipeline
from kg.cli.output import page, tell
from kg.cli.progress import show_progress
from kg.model import Issue

if TYPE_CHECKING:
    from rich.table import Table

    from kg.build_report import BuildReport

_TOP: Final = 10


def build(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE...",
            help="Files and folders (.txt, .md, .html, .jsonl, .json, .csv, .pdf, .zip, .warc, .warc.gz, .rss, .atom), "
            "web addresses of pages, feeds and sitemaps, or - for stdin.",
        ),
    ] = None,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="The folder of the graph, made when it is not there.")
    ] = DEFAULT,
    ontology: OntologyFiles = None,
    pipeline: Pipeline = None,
    base: Annotated[
        str | None,
        typer.Option("--base", metavar="IRI", help="What the IRIs of entities, articles and facts begin with."),
    ] = None,
    kb: Annotated[
        list[Path] | None,
        typer.Option("--kb", metavar="FILE", help="A knowledge base to link to (Popolo, RDF, CSV); several times."),
    ] = None,
    kb_facts: Annotated[
        bool, typer.Option("--kb-facts", help="Bring in what the knowledge base says, marked so.")
    ] = False,
    no_kb: Annotated[bool, typer.Option("--no-kb", help="Let go of the knowledge base that the graph has.")] = False,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="X", help="What is less sure, 0 to 1, stays out of the graph.")
    ] = 0.5,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="ID", help="Take an article out; can be given several times."),
    ] = None,
    reread: Annotated[bool, typer.Option("--reread", help="Read articles again that have not changed.")] = False,
    retry_rejected: Annotated[
        bool, typer.Option("--retry-rejected", help="Read articles again that could not be read before.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", help="Read in up to N processes; without it one for each core."),
    ] = None,
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", metavar="SECONDS", help="How long an article may take, until it is set aside."),
    ] = 120,
    pages: Pages = 1000,
    pause: Pause = 1.0,
    allow_private: AllowPrivate = False,
) -> None:
    """Read articles into a graph, and write graph.ttl, graph.svg and a summary.

    A graph that is there already is kept up to date: articles that have not changed are not read again, changed ones
    are replaced, others added. Nothing is fetched but what web addresses name.

    \b
    kg build articles/ -o outputs
    kg build today.jsonl -o outputs --remove yesterday-17
    kg build https://news.example/feed.xml report.pdf
    kg build --kb members.json --kb towns.csv
    kg build --retry-rejected --time-limit 600
    """
    from kg.builder import build as build_graph
    from kg.read.fetch import Fetching

    if not sources and not remove and not kb and not no_kb and not retry_rejected:
        raise typer.BadParameter("name a file or a folder with articles, or - for standard input", param_hint="SOURCE")
    with show_progress(sources or ()) as progress:
        graph = build_graph(
            sources or (),
            output,
            ontology=ontology or None,
            pipeline=pipeline,
            base=base,
            kb=() if no_kb else kb or None,
            kb_facts=kb_facts,
            min_confidence=min_confidence,
            remove=remove or (),
            reread=reread,
            retry_rejected=retry_rejected,
            workers=workers,
            time_limit=time_limit,
            fetching=Fetching(allow_private=allow_private, pause=pause, pages=pages),
            on_issue=_tell_issue,
            on_article=progress.advance,
            on_stage=progress.enter,
        )
    with graph:
        report = graph.report
        assert report is not None
        with page() as console:
            console.print(make_summary(report))
    if not report.evidence_changed and not report.graph_changed:
        tell("nothing changed")
    for path in report.files:
        tell(f"see {path}")
    if report.set_aside:
        raise typer.Exit(1)


def make_summary(report: BuildReport) -> Table:
    """Make the table of what a build did."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_header=False, show_edge=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    rows = {
        "articles read": report.read,
        "  new": report.new,
        "  changed or read anew": report.changed,
        "  unchanged": report.unchanged,
        "articles removed": report.removed,
        "set aside": report.set_aside,
        "articles in the graph": report.articles,
        "entities": report.entities,
        "facts": report.facts,
        "former, acting, future or dated": report.qualified,
        "claims": report.claims,
    }
    rest = {
        "decisions applied": report.decisions,
        "decisions that wait": report.waiting,
        "set aside before, passed over": report.passed_over,
    }
    rows |= {name: number for name, number in rest.items() if number}
    last = next(reversed(rows))
    rows |= {f"  {label}": number for label, number in report.relations[:_TOP]}
    for name, number in rows.items():
        table.add_row(Text(name), f"{number:,}")
        if name == last:
            table.add_section()
    return table


def _tell_issue(issue: Issue) -> None:
    tell(str(issue))
