"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from kg.folder import DEFAULT_FOLDER

GraphFolder = Annotated[
    Path, typer.Option("--graph", metavar="DIR", help="The folder of the graph, as `kg build -o DIR` made it.")
]
OntologyFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--ontology",
        metavar="FILE",
        help="Turtle file of an ontology, or the name of a shipped one (business), with those that it imports; can be "
        "given several times. Without it: politics, countries and places.",
    ),
]
Pipeline = Annotated[
    str | None,
    typer.Option(
        "--pipeline",
        metavar="NAME",
        help="An installed spaCy pipeline, by name or path, instead of the shipped English one.",
    ),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch web addresses on this machine and in private networks too."),
]
Pause = Annotated[
    float,
    typer.Option("--pause", metavar="SECONDS", help="How long to wait at least between two questions to one host."),
]
Pages = Annotated[
    int, typer.Option("--pages", metavar="N", help="Fetch at most N pages of a feed or sitemap, the newest first.")
]
DEFAULT: Final = DEFAULT_FOLDER
