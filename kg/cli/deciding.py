"""`kg same`, `different`, `rename`, `reject`, `add`, `undo` and `decisions`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.options import DEFAULT, GraphFolder
from kg.cli.output import page, tell, write, write_json
from kg.errors import SettingError
from kg.escape import escape

if TYPE_CHECKING:
    from kg.deciding import Outcome, Recorded

_NAME: Final = "A label, another name, an IRI (id:...), NAME@ARTICLE-ID, or the IRI of a mention (...#char=...)."

One = Annotated[str, typer.Argument(metavar="A", help=_NAME)]
Other = Annotated[str, typer.Argument(metavar="B", help="The same of the other.")]
Why = Annotated[str | None, typer.Option("--why", metavar="TEXT", help="The reason, kept with the decision.")]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Who decides; without it the name that git knows, else the login."),
]


def same(one: One, other: Other, why: Why = None, by: By = None, graph: GraphFolder = DEFAULT) -> None:
    """Decide that two things are one. The graph is made anew at once, without reading an article again.

    \b
    kg same "Ada Lind" "A. M. Lind" --why "the register of members has one"
    """
    from kg import deciding

    _show(lambda: deciding.same(graph, one, other, why=why, by=by))


def different(one: One, other: Other, why: Why = None, by: By = None, graph: GraphFolder = DEFAULT) -> None:
    """Decide that two things are never one. What is one in the graph is named as it stands in an article.

    \b
    kg different "Newport@flood-2024" "Newport@regatta-2023" --why "one is in Wales, one in Rhode Island"
    """
    from kg import deciding

    _show(lambda: deciding.different(graph, one, other, why=why, by=by))


def rename(
    one: One,
    name: Annotated[str, typer.Argument(metavar="LABEL", help="What it is to be called.")],
    replace: Annotated[bool, typer.Option("--replace", help="Undo an earlier decision on its name.")] = False,
    why: Why = None,
    by: By = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Decide what a thing is called. Its IRI stays, and so do its other names.

    \b
    kg rename "TRC" "Tern Rowing Club"
    """
    from kg import deciding

    _show(lambda: deciding.rename(graph, one, name, why=why, by=by, replace=replace))


def reject(
    fact: Annotated[
        list[str],
        typer.Argument(
            metavar="FACT", help="fact:... or claim:... (`kg show NAME --iris` tells), or subject, property, object."
        ),
    ],
    why: Why = None,
    by: By = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Decide that a fact does not hold, or that a claim was not made. Nothing follows from it any more.

    \b
    kg reject fact:9a5aa6a4ea9c5bd0 --why "the article was corrected"
    kg reject "Ada Lind" leads "Harbour Party"
    """
    from kg import deciding

    _show(lambda: deciding.reject(graph, *fact, why=why, by=by))


def add(
    subject: Annotated[str, typer.Argument(metavar="S", help=_NAME)],
    predicate: Annotated[str, typer.Argument(metavar="P", help='A property by its label or IRI, or "is a".')],
    object: Annotated[str, typer.Argument(metavar="O", help="A thing, a term of the ontology, a class, or a value.")],
    why: Why = None,
    by: By = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Decide that a fact holds, whatever articles say. It needs a reason.

    \b
    kg add "Ada Lind" leads "Harbour Party" --why "her letter of 3 May"
    kg add "Ada Lind" "is a" politician --why "she sits on the council"
    """
    from kg import deciding

    _show(lambda: deciding.add(graph, subject, predicate, object, why=why, by=by))


def undo(
    decision: Annotated[
        str | None,
        typer.Argument(metavar="DECISION", help="As `kg decisions` names it, or how that begins; without it the last."),
    ] = None,
    why: Why = None,
    by: By = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Take a decision back: the graph is again what it was without it. Undoing an undo makes it hold again.

    \b
    kg undo
    kg undo 9a5aa6a4 --why "two people after all"
    """
    from kg import deciding

    _show(lambda: deciding.undo(graph, decision, why=why, by=by))


def decisions(
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON object for each decision.")] = False,
    export_to: Annotated[
        Path | None, typer.Option("--export", metavar="FILE", help="Write them to a Turtle file for another graph.")
    ] = None,
    import_from: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take in the decisions of such a file.")
    ] = None,
    graph: GraphFolder = DEFAULT,
) -> None:
    """List what was decided, by whom, when and why; or take decisions from one graph to another.

    They are in decisions.ttl, in the folder of the graph: git merges that file, and `kg build` applies it.

    \b
    kg decisions
    kg decisions --export mine.ttl
    kg decisions --import theirs.ttl
    """
    from kg import deciding

    if export_to is not None and import_from is not None:
        raise typer.BadParameter("export or import, one after the other", param_hint="--import")
    if import_from is not None:
        _show(lambda: deciding.import_decisions(graph, import_from))
    elif export_to is not None:
        number = deciding.export_decisions(graph, export_to)
        tell(f"wrote {number:,} decision{'' if number == 1 else 's'} to {export_to}")
    else:
        _list(deciding.list_decisions(graph), as_json=as_json)


def _show(decide: Callable[[], Outcome]) -> None:
    """Write what was decided, and tell what it changed."""
    with _told():
        outcome = decide()
    for line in outcome.told:
        write(f"{escape(line)}\n")
    for issue in outcome.issues:
        tell(str(issue))
    changes = ", ".join(f"{name} {before:,} → {after:,}" for name, (before, after) in outcome.changes.items())
    if not outcome.decisions:
        tell("nothing new was decided")
    if changes or outcome.changed:
        files = " and ".join(map(str, outcome.files))
        tell(f"the graph changed{f' ({changes})' if changes else ''}; see {files}")
    else:
        tell("the graph stays as it is")


@contextmanager
def _told() -> Iterator[None]:
    """Tell what cannot be decided, a line for each thing that it can mean or contradicts."""
    try:
        yield
    except SettingError as error:
        first, *others = str(error).split("\n")
        tell(f"kg: {first}")
        for line in others:
            tell(line)
        raise typer.Exit(1) from None


def _list(recorded: list[Recorded], *, as_json: bool) -> None:
    from kg.decisions import short_id

    if as_json:
        for each in recorded:
            decision = each.decision
            write_json(
                {
                    "iri": decision.iri,
                    "kind": decision.kind,
                    "by": decision.by,
                    "when": decision.when,
                    "why": decision.why,
                    "told": each.told,
                    "standing": each.standing,
                }
            )
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in ("decision", "when", "by", "what", "why", ""):
        table.add_column(column)
    for each in recorded:
        decision = each.decision
        row = (short_id(decision.iri), decision.when[:16].replace("T", " "), decision.by, each.told, decision.why or "")
        table.add_row(*(Text(escape(cell)) for cell in (*row, each.standing)))
    if recorded:
        with page() as console:
            console.print(table)
    tell(f"{len(recorded):,} decision{'' if len(recorded) == 1 else 's'}")
