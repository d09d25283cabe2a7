"""`kg serve`."""

from __future__ import annotations

import sys
from typing import Annotated, Final

import typer

from kg.cli.options import DEFAULT, GraphFolder
from kg.cli.output import tell

_LOOPBACK: Final = ("127.", "localhost", "::1")


def serve(
    graph: GraphFolder = DEFAULT,
    host: Annotated[
        str,
        typer.Option(
            "--host", metavar="HOST", help="The address to listen on; 0.0.0.0 lets other machines of the network in."
        ),
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", "-p", metavar="PORT", help="The port; 0 takes a free one.", min=0, max=65535)
    ] = 8000,
    edit: Annotated[
        bool,
        typer.Option("--edit", help="Let the pages correct the graph: same, different, rename, reject, add, undo."),
    ] = False,
    timeout: Annotated[
        float,
        typer.Option("--timeout", metavar="SECONDS", help="How long a SPARQL query may take.", min=0.1, max=3600.0),
    ] = 10.0,
    processes: Annotated[
        int,
        typer.Option("--processes", metavar="N", help="How many processes answer; for many readers.", min=1, max=64),
    ] = 1,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="Another name under which the server is asked, behind a proxy say; can be given several times.",
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
) -> None:
    """Show the graph in a browser, and answer SPARQL queries.

    The pages work offline: search, things with their facts and the words that say so, articles, a graph view, a
    timeline. Programs ask http://127.0.0.1:8000/sparql by the SPARQL 1.1 Protocol; that address takes no updates.
    Without --edit nothing of the graph can be changed. When the graph is built anew meanwhile, the pages follow.
    Ctrl-C ends it.

    \b
    kg serve --open
    kg serve --graph outputs --port 8001 --edit
    curl http://127.0.0.1:8000/sparql -H "Accept: text/csv" --data-urlencode 'query=SELECT * { ?s a ?o } LIMIT 9'
    """
    from kg.serve import serve as run

    def started(address: str) -> None:
        tell(f"{graph} is shown on {address} (SPARQL: {address}sparql), Ctrl-C ends it")
        if not host.startswith(_LOOPBACK):
            can = "read and change" if edit else "read"
            tell(f"whoever reaches this machine as {host} can {can} the graph; leave out --host to keep it to yourself")
        if open_browser:
            _open(address)

    run(graph, host, port, edit=edit, timeout=timeout, allowed_hosts=names or (), processes=processes, on_start=started)
    if sys.stderr.isatty():
        tell("stopped")


def _open(address: str) -> None:
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
