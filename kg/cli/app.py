"""All commands, in the order in which they are used."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Annotated, Final, cast

import typer

from kg.cli.output import show_debugging, write

UsageError: Final = cast("type[typer.BadParameter]", typer.BadParameter.__base__)
"""What typer raises for any wrong usage; it publishes only some of its kinds."""

COMMANDS: Final = {
    "build": "building",
    "query": "questions",
    "show": "questions",
    "export": "files",
    "draw": "files",
    "report": "reporting",
    "serve": "serving",
    "check": "files",
    "same": "deciding",
    "different": "deciding",
    "rename": "deciding",
    "reject": "deciding",
    "add": "deciding",
    "undo": "deciding",
    "decisions": "deciding",
    "backup": "keeping",
    "restore": "keeping",
    "extract": "reading",
    "explain": "reading",
    "reconcile": "reconciling",
    "evaluate": "evaluating",
}
"""The module of each command, a function of the same name there; it is imported when the command is wanted."""


def make_app(arguments: Iterable[str] = ()) -> typer.Typer:
    """Make the command line of the one command that some arguments name, or of all commands where they name none."""
    app = typer.Typer(
        name="kg",
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(about)
    wanted = next((each for each in arguments if not each.startswith("-")), None)
    for name in [wanted] if wanted in COMMANDS else COMMANDS:
        app.command(name)(getattr(import_module(f"kg.cli.{COMMANDS[name]}"), name))
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        import kg

        write(f"kg {kg.__version__}\n")
        raise typer.Exit


def about(
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of whatever goes wrong.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """News articles become a knowledge graph in which every fact shows its words.

    \b
    kg build articles/            reads articles into outputs/
    kg query --name entities      asks the graph
    kg show "Ada Lind"            shows what is known of somebody, and who says so
    kg serve --open               shows it all in the browser
    """
    if debug:
        show_debugging()
