"""`kg query` and `kg show`."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.options import DEFAULT, GraphFolder
from kg.cli.output import find_width, page, tell, write, write_json
from kg.errors import QueryError, SettingError

if TYPE_CHECKING:
    from kg.query import QueryResult
    from kg.why import Account

_SUFFIXES: Final = (".rq", ".sparql")


def query(
    text: Annotated[
        str | None, typer.Argument(metavar="[FILE.rq | 'SELECT ...']", help="A SPARQL query, or a file that holds one.")
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="Ask a query that comes with kg; --list names them.")
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="What $NAME in the query stands for; as often as needed."),
    ] = None,
    list_names: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="table, or csv, tsv, json as the W3C has them.")
    ] = "table",
    graph: GraphFolder = DEFAULT,
) -> None:
    """Ask the graph in SPARQL, or with a named query.

    The prefixes of the ontologies (kg:, schema:, ...) and id: for entities are declared already. Named graphs
    hold the evidence: GRAPH ?article { ... }.

    \b
    kg query --name entities
    kg query --name claims --set name="Ada Lind"
    kg query 'SELECT ?name WHERE { ?thing rdfs:label ?name }' --format csv
    """
    if list_names:
        _list_queries()
        return
    if (text is None) == (name is None):
        raise typer.BadParameter("give a query, a file with one, or --name; see --list", param_hint="QUERY")
    from kg.query import FORMATS

    if format not in FORMATS:
        raise typer.BadParameter(f'"{format}" is none; take one of {", ".join(FORMATS)}', param_hint="--format")
    given = _read_values(values or ())
    file = _find_file(text or "")
    asked = name if name is not None else text or "" if file is None else _read_query(file)
    if name is not None:
        from kg.query.named import find_query

        find_query(name)
    result = _ask(graph, asked, given, file)
    if format == "table" and result.kind == "select":
        write(result.to_table(find_width()))
        tell(f"{len(result):,} row{'' if len(result) == 1 else 's'}")
    else:
        write(result.write(format))


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A label, another name, or an IRI (id:...).")],
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON object for each entity of the name.")] = False,
    iris: Annotated[bool, typer.Option("--iris", help="Show how each fact and claim is named, to reject it.")] = False,
    why: Annotated[bool, typer.Option("--why", help="Show why it is one thing, and what it is not.")] = False,
    graph: GraphFolder = DEFAULT,
) -> None:
    """Show what is known of somebody or something: facts with the words that say them, and claims apart.

    \b
    kg show "Ada Lind"
    kg show id:ada-lind --json
    kg show "Ada Lind" --why
    """
    from kg.graph import open_graph

    with open_graph(graph) as opened:
        try:
            portraits = opened.show(name)
        except SettingError as error:
            tell(f"kg: {error}")
            raise typer.Exit(1) from None
        if why:
            _show_why(opened.why(name), as_json=as_json)
            return
        if as_json:
            from dataclasses import asdict

            for portrait in portraits:
                write_json(asdict(portrait))
            return
        from kg.cli.portrait import print_portrait

        with page() as console:
            for portrait in portraits:
                print_portrait(portrait, console, iris=iris)


def _show_why(accounts: list[Account], *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        for account in accounts:
            write_json(asdict(account))
        return
    from kg.cli.account import print_account

    with page() as console:
        for account in accounts:
            print_account(account, console)


def _list_queries() -> None:
    from kg.query import named_queries

    for query in named_queries().values():
        write(f"{query.name:<12} {query.description}\n")


def _ask(graph: Path, text: str, values: dict[str, str], file: Path | None) -> QueryResult:
    from kg.query import query_folder

    try:
        with _ended_by_interrupt():
            return query_folder(graph, text, values)
    except QueryError as error:
        if file is None:
            raise
        raise QueryError(f"{file}: {error}") from error


@contextmanager
def _ended_by_interrupt() -> Iterator[None]:
    """Let an interrupt (Ctrl-C) end the process: Python hears of it only when the engine has its answer."""
    try:
        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    except ValueError:  # in another thread than the first, which hears of none
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _find_file(text: str) -> Path | None:
    """Tell whether a text names a file: by its suffix, or because there is one."""
    if text.lower().endswith(_SUFFIXES):
        return Path(text)
    try:
        return Path(text) if Path(text).is_file() else None
    except (OSError, ValueError):
        return None


def _read_query(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no UTF-8"
        raise QueryError(f"{path}: cannot be read ({reason}); name a file that holds a SPARQL query") from None


def _read_values(given: list[str] | tuple[()]) -> dict[str, str]:
    values = {}
    for each in given:
        name, equals, value = each.partition("=")
        if not equals or not name.isidentifier():
            raise typer.BadParameter(f'"{each}" is no NAME=VALUE, such as name="Ada Lind"', param_hint="--set")
        values[name] = value
    return values
