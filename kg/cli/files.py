"""`kg export`, `kg draw` and `kg check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.options import DEFAULT, GraphFolder, OntologyFiles
from kg.cli.output import tell, write
from kg.read.escape import escape


def export(
    target: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="The file; its suffix is the format."),
    ],
    format: Annotated[
        str | None, typer.Option("--format", metavar="FORMAT", help="Another format than the suffix.")
    ] = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Write the graph to a file that other programs read.

    ttl, nt, rdf and jsonld hold the knowledge, trig and nq the evidence too; graphml, gexf and csv the entities and
    the plain facts between them.

    \b
    kg export graph.trig
    kg export graph.graphml
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        for path in opened.export(target, format=format):
            tell(f"wrote {path}")


def draw(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The picture: .svg, .png or .pdf.")],
    around: Annotated[
        str | None, typer.Option("--around", metavar="NAME", help="Draw what is near the entity of this name or IRI.")
    ] = None,
    hops: Annotated[int, typer.Option("--hops", metavar="N", help="How many steps away is near.", min=1)] = 1,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", help="How many entities are drawn at most.", min=1)
    ] = 30,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="What stands above the picture.")] = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Draw the graph, or what is near one entity.

    \b
    kg draw -o graph.svg
    kg draw --around "Ada Lind" --hops 2 -o ada.png
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        opened.draw(output, around=around, hops=hops, limit=limit, title=title)
    tell(f"wrote {output}")


def check(ontology: OntologyFiles = None, graph: GraphFolder = DEFAULT) -> None:
    """Check the ontologies, and the graph by their shapes (SHACL); with --ontology check just those files.

    \b
    kg check
    kg check --ontology mine.ttl
    """
    from kg.ontology.lint import WARNING, lint

    problems = 0
    for issue in lint(ontology or _kept(graph)):
        write(f"{escape(str(issue))}\n")
        problems += not issue.message.startswith(WARNING)
    if not ontology:
        from kg.check import check_graph
        from kg.graph import open_graph

        with open_graph(graph) as opened:
            for violation in check_graph(opened):
                write(f"{escape(str(violation))}\n")
                problems += violation.severity == "Violation"
    tell("nothing is wrong" if not problems else "1 problem" if problems == 1 else f"{problems:,} problems")
    if problems:
        raise typer.Exit(1)


def _kept(graph: Path) -> list[Path]:
    """Give the ontologies that a graph was built with; none when they are those that are shipped."""
    from kg.folder import ONTOLOGIES

    return sorted((graph / ONTOLOGIES).glob("*.ttl"))
