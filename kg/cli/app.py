"""All commands, in the order in which they are used."""

from __future__ import annotations

from typing import Annotated, Final, cast

import typer

from kg.cli import building, deciding, evaluating, files, keeping, questions, reading, reconciling, reporting, serving
from kg.cli.output import show_debugging, write

UsageError: Final = cast("type[typer.BadParameter]", typer.BadParameter.__base__)
"""What typer raises for any wrong usage; it publishes only some of its kinds."""

app = typer.Typer(
    name="kg",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        import kg

        write(f"kg {kg.__version__}\n")
        raise typer.Exit


@app.callback()
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


app.command("build")(building.build)
app.command("query")(questions.query)
app.command("show")(questions.show)
app.command("export")(files.export)
app.command("draw")(files.draw)
app.command("report")(reporting.report)
app.command("serve")(serving.serve)
app.command("check")(files.check)
for decide in (
    deciding.same,
    deciding.different,
    deciding.rename,
    deciding.reject,
    deciding.add,
    deciding.undo,
    deciding.decisions,
):
    app.command(decide.__name__)(decide)
app.command("backup")(keeping.backup)
app.command("restore")(keeping.restore)
app.command("extract")(reading.extract)
app.command("explain")(reading.explain)
app.command("reconcile")(reconciling.reconcile)
app.command("evaluate")(evaluating.evaluate)
