"""`kg evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from kg.cli.options import OntologyFiles, Pipeline
from kg.cli.output import page, tell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from kg.evaluation import Score
    from kg.model import Article
    from kg.ontology import Ontology

_SCORES: Final = ("", "precision", "recall", "F1", "right/found", "found/gold")


def evaluate(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Folders and files of gold (NAME.gold.json, .jsonl).")
    ],
    texts: Annotated[
        list[str] | None,
        typer.Option("--texts", metavar="SOURCE", help="Where the articles are that the gold names by id or URL."),
    ] = None,
    relations: Annotated[
        list[str] | None,
        typer.Option("--relation", metavar="NAME", help="Score the facts of this property alone; can be given again."),
    ] = None,
    errors: Annotated[
        bool, typer.Option("--errors", help="Show each wrong and missed item, with parse and nearest frame.")
    ] = False,
    frames: Annotated[bool, typer.Option("--frames", help="Show how often each frame is right.")] = False,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", metavar="X", help="Leave out what is less sure, 0 to 1."),
    ] = 0.5,
    ontology: OntologyFiles = None,
    pipeline: Pipeline = None,
) -> None:
    """Score what is extracted from articles against what a careful reader takes from them.

    Gold stands in NAME.gold.json beside NAME.txt: facts, events, claims, and what must never be said. Precision is how
    much of what was found is right, recall how much of the gold was found.

    \b
    kg evaluate articles/ --errors
    kg evaluate gold/ --texts news.csv --relation memberOfParty
    """
    from kg.evaluation import evaluate as score_all
    from kg.evaluation import make_terms, read_gold
    from kg.folder import load_given
    from kg.ontology import load_ontology
    from kg.ontology.turtle import local_name
    from kg.records import extract_articles

    loaded = load_ontology() if ontology is None else load_given(ontology)
    wanted = [local_name(loaded.term(name)) for name in relations or ()]
    pairs = list(read_gold(gold, loaded, texts or ()))
    articles = [article for article, _ in pairs]
    objects = extract_articles(articles, loaded, pipeline, on_issue=lambda issue: tell(str(issue)))
    total = score_all(pairs, objects, make_terms(loaded), wanted, min_confidence)
    with page() as console:
        print_score(total, console, frames=frames)
        if errors:
            print_errors(total, articles, loaded, pipeline, console)


def print_score(total: Score, console: Console, *, frames: bool = False) -> None:
    """Print the tables of a score, and what must never be said and was."""
    from kg.evaluation import make_calibration, make_frames, make_rows

    _print_table("", _SCORES, make_rows(total), console)
    if total.verdicts:
        rows = make_calibration(total.verdicts)
        _print_table("How sure, and how often right", ("confidence", "facts", "mean", "right"), rows, console)
        if frames:
            _print_table("By frame", ("found by", "right", "found", "share"), make_frames(total.verdicts), console)
    if total.texts:
        console.print(
            f"never to be said: {len(total.violations)} of {total.forbidden} said, "
            f"in {total.trapped} of {total.texts} texts ({total.trapped / total.texts:.1%})",
            markup=False,
        )
        for each in total.violations:
            console.print(f"  {each}", markup=False, soft_wrap=True)


def print_errors(
    total: Score, articles: Iterable[Article], ontology: Ontology, pipeline: str | None, console: Console
) -> None:
    """Print each mistake; a missed fact with the tree of its sentence, and the frames that nearly fired there."""
    from kg.cli.explained import make_trees
    from kg.evaluation import find_clues, make_terms
    from kg.explanation import explain
    from kg.language import load_pipeline

    nlp, terms = load_pipeline(pipeline), make_terms(ontology)
    for article in articles:
        mistakes = [each for each in total.errors if each.article == article.id]
        for each in mistakes:
            if each.relation is None:
                console.print(str(each), markup=False, soft_wrap=True)
        missed = [each for each in mistakes if each.relation is not None]
        explanation = explain(article.text, ontology, nlp) if missed else None
        for clue in find_clues(explanation, missed, terms) if explanation is not None else ():
            console.print(f"\n{clue.mistake}", markup=False, soft_wrap=True)
            for tree in make_trees(clue.words):
                console.print(tree)
            for miss in clue.misses:
                console.print(f"  {miss.frame} at “{miss.word}”: {miss.reason}", markup=False, soft_wrap=True)
            if not clue.misses:
                console.print("  no frame of the relation has its words here", markup=False)


def _print_table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], console: Console) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, title=title or None, title_justify="left")
    for column in columns:
        table.add_column(column, justify="left" if column in columns[:1] else "right")
    for row in rows:
        table.add_row(*row)
    if table.row_count:
        console.print(table)
        console.print()
