"""`kg export`, `kg draw` and `kg check`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DEFAULT, GraphFolder, OntologyFiles
from kg.cli.output import page, tell, write, write_json
from kg.escape import escape

if TYPE_CHECKING:
    from kg.check import Violation
    from kg.model import Issue


def export(
    target: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The file; its suffix is the format."),
    ],
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="A format by its name: any suffix, or trig12 (RDF 1.2), neo4j, openrefine.",
        ),
    ] = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Write the graph to a file that other programs read.

    ttl, nt, rdf and jsonld hold the knowledge, trig and nq the evidence too; graphml, gexf and csv the entities and
    the plain facts between them; neo4j the two files of its import tool, openrefine a row for each entity.

    \b
    kg export graph.trig
    kg export graph.graphml
    kg export graph.csv --format neo4j
    kg export table.tsv --format openrefine
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        for path in opened.export(target, format=format):
            tell(f"wrote {path}")


def draw(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The picture: .svg, .png, .pdf, or a page: .html.")
    ],
    around: Annotated[
        str | None, typer.Option("--around", metavar="NAME", help="Draw what is near the entity of this name or IRI.")
    ] = None,
    hops: Annotated[int, typer.Option("--hops", metavar="N", help="How many steps away is near.", min=1)] = 1,
    limit: Annotated[
        int,
        typer.Option(
            "--limit", metavar="N", help="How many entities, or dates of a timeline, are drawn at most.", min=1
        ),
    ] = 40,
    types: Annotated[
        list[str] | None,
        typer.Option("--types", metavar="CLASS", help="Only entities of this class; can be given several times."),
    ] = None,
    relations: Annotated[
        list[str] | None,
        typer.Option("--relations", metavar="NAME", help="Only this relation; can be given several times."),
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="What held then: 2016, 2016-05 or 2016-05-03.")
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help="Also what is claimed, denied or possible (dashed), or former, acting, future; can be given several "
            "times.",
        ),
    ] = None,
    form: Annotated[str, typer.Option("--form", metavar="FORM", help="A network, a matrix or a timeline.")] = "network",
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What stands above the picture.")] = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Draw the graph, or what is near one entity.

    The most relevant entities are drawn, and the caption counts the rest. A page (.html) is one file to explore in a
    browser, without a server.

    \b
    kg draw -o graph.svg
    kg draw --around "Ada Lind" --hops 2 --status claimed -o ada.png
    kg draw --types Party --types Politician --relations "member of party" --at 2016 -o parties.pdf
    kg draw --around "Ada Lind" --form timeline -o ada.svg
    kg draw --around "Ada Lind" --hops 2 --limit 200 -o ada.html
    """
    from kg.draw import draw as draw_graph
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        draw_graph(
            opened.store,
            opened.ontology,
            output=output,
            around=around,
            hops=hops,
            limit=limit,
            types=types or (),
            relations=relations or (),
            at=at,
            status=status or (),
            form=form,
            title=title,
        )
    tell(f"wrote {output}")


def check(
    ontology: OntologyFiles = None,
    show_all: Annotated[
        bool, typer.Option("--all", help="List changes too: values that followed one another.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with exit status 1 when articles contradict one another.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON object for each thing found.")] = False,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Check the ontologies, and the graph: by their shapes (SHACL), and for contradictions between its articles.

    Facts contradict one another when a thing can have one value at a time and two are said of one time. They are listed
    with the words of each article, but are no fault of the graph: kg reject takes a wrong one out, kg same joins two
    names of one thing. With --ontology check just those files.

    \b
    kg check
    kg check --all --json
    kg check --ontology mine.ttl
    """
    from kg.ontology.lint import WARNING, lint

    problems = 0
    for issue in lint(ontology or _kept(graph)):
        _write_found(issue, "ontology", as_json)
        problems += not issue.message.startswith(WARNING)
    counted, contradicted = "", False
    if not ontology:
        from kg.check import check_graph, find_contradictions
        from kg.cli.checking import count_kinds, print_contradiction
        from kg.graph import open_graph
        from kg.knowledge.contradictions import Kind

        with open_graph(graph) as opened:
            found = find_contradictions(opened, changes=show_all)
            counted = count_kinds(each.kind for each in found)
            contradicted = any(each.kind is Kind.CONTRADICTION for each in found)
            with page() as console:
                for each in found:
                    if as_json:
                        write_json(asdict(each))
                    else:
                        print_contradiction(each, console)
            for violation in check_graph(opened):
                _write_found(violation, "shape", as_json)
                problems += violation.severity == "Violation"
    told = "nothing is wrong" if not problems else "1 problem" if problems == 1 else f"{problems:,} problems"
    tell(f"{told}; {counted}" if counted else told)
    if problems or (strict and contradicted):
        raise typer.Exit(1)


def _write_found(found: Issue | Violation, kind: str, as_json: bool) -> None:
    if as_json:
        write_json({"kind": kind, **asdict(found)})
    else:
        write(f"{escape(str(found))}\n")


def _kept(graph: Path) -> list[Path]:
    """Give the ontologies that a graph was built with; none when they are those that are shipped."""
    from kg.folder import ONTOLOGIES

    return sorted((graph / ONTOLOGIES).glob("*.ttl"))
