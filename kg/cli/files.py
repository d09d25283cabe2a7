"""`kg export`, `kg draw` and `kg check`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DEFAULT, GraphFolder, OntologyFiles
from kg.cli.output import page, tell, write, write_json
from kg.read.escape import escape

if TYPE_CHECKING:
    from kg.check import Violation
    from kg.model import Issue


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
