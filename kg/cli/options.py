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
DEFAULT: Final = DEFAULT_FOLDER
