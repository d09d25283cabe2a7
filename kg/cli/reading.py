"""`kg extract` and `kg explain`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.options import AllowPrivate, OntologyFiles, Pages, Pause, Pipeline
from kg.cli.output import page, tell, write_json
from kg.model import Issue


def extract(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...", help="Files and folders with articles, web addresses, or - for standard input."
        ),
    ],
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", metavar="X", help="Leave out statements that are less sure, 0 to 1.")
    ] = 0.0,
    ontology: OntologyFiles = None,
    pipeline: Pipeline = None,
    pages: Pages = 1000,
    pause: Pause = 1.0,
    allow_private: AllowPrivate = False,
) -> None:
    """Write what articles say as JSON Lines: mentions, statements and attributions, without making a graph.

    A line of input is {"id", "text"[, "title", "published", "url"]}; offsets are half-open characters of the text. A
    statement that holds with a qualification (former, acting, future, dated) is of the kind "qualified".

    \b
    kg extract articles.jsonl > statements.jsonl
    echo '{"id": "1", "text": "Ada Lind founded Lind Motors."}' | kg extract -
    """
    from kg.read import read_articles
    from kg.read.fetch import Fetching
    from kg.records import extract_articles

    issues: list[Issue] = []

    def set_aside(issue: Issue) -> None:
        issues.append(issue)
        tell(str(issue))

    fetching = Fetching(allow_private=allow_private, pause=pause, pages=pages)
    articles = read_articles(sources, fetching=fetching)
    for record in extract_articles(articles, ontology or None, pipeline, on_issue=set_aside):
        if record.get("confidence", 1.0) >= min_confidence:
            write_json(record)
    if issues:
        raise typer.Exit(1)


def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="One sentence, or several.")],
    ontology: OntologyFiles = None,
    pipeline: Pipeline = None,
) -> None:
    """Explain how a text is read: parse, names, referents, speech, statements, and frames that nearly fired.

    \b
    kg explain "Ada Lind, the founder of Lind Motors, resigned."
    """
    from kg.cli.explained import print_explanation
    from kg.explanation import explain as explain_text

    if not text.strip():
        raise typer.BadParameter("it is empty; give a sentence", param_hint="TEXT")
    if any("\ud800" <= each <= "\udfff" for each in text):
        raise typer.BadParameter("it is no UTF-8; give it in that encoding", param_hint="TEXT")
    with page() as console:
        print_explanation(explain_text(text, ontology or None, pipeline), console)
