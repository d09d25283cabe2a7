"""`kg backup` and `kg restore`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import DEFAULT, GraphFolder
from kg.cli.output import tell

if TYPE_CHECKING:
    from kg.backup import Backup


def backup(
    target: Annotated[
        Path,
        typer.Argument(metavar="FILE|FOLDER", help="A .tar or .tar.gz file, or the name of a folder that is made."),
    ],
    graph: GraphFolder = DEFAULT,
) -> None:
    """Save all that a graph is: its articles and facts, decisions, ontologies and knowledge base.

    The backup is read again before it counts as written; a file of that name is then replaced. People may look at the
    graph meanwhile, but not change it.

    \b
    kg backup monday.tar.gz
    kg backup --graph outputs /media/usb/outputs-monday
    """
    from kg.backup import write_backup

    tell(f"wrote {target}: {_say(write_backup(graph, target))}")


def restore(
    source: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `kg backup` wrote.")],
    force: Annotated[bool, typer.Option("--force", help="Replace the graph that the folder holds.")] = False,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Put a backup in place: into a folder without a graph, or with --force instead of the one that is there.

    The backup is checked and opened before anything is touched; other files in the folder stay.

    \b
    kg restore monday.tar.gz
    kg restore monday.tar.gz --graph outputs --force
    """
    from kg.backup import restore_backup

    tell(f"restored {graph}: {_say(restore_backup(source, graph, force=force))}")


def _say(held: Backup) -> str:
    counted = ((held.quads, "quad"), (held.articles, "article"), (held.decisions, "decision"), (held.files, "file"))
    numbers = ", ".join(f"{number:,} {name}{'s' * (number != 1)}" for number, name in counted)
    return f"{numbers}; {held.size / 1e6:,.1f} MB"
