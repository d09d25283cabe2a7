"""An explanation, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from kg.escape import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from kg.explanation import Explanation, Finding, NameReason, Word


def print_explanation(explanation: Explanation, console: Console) -> None:
    """Print the tree of each sentence, then what was made of it."""
    for number in sorted({word.sentence for word in explanation.words}):
        for tree in make_trees([word for word in explanation.words if word.sentence == number]):
            console.print(tree)
        console.print()
    _print_table(
        "Names",
        ("name", "at", "found as", "is a", "vote for", "weight", "because"),
        (row for name in explanation.names for row in _name_rows(name)),
        console,
    )
    _print_table(
        "Referents",
        ("referent", "classes", "mentions"),
        (
            (each.label, ", ".join(each.types), ", ".join(f"{text} ({kind})" for text, kind in each.mentions))
            for each in explanation.references
        ),
        console,
    )
    _print_table(
        "Speech",
        ("speaker", "cue", "words"),
        ((each.speaker or "nobody named", each.cue or "", each.content) for each in explanation.speech),
        console,
    )
    _print_table(
        "Statements",
        ("subject", "relation", "object", "status", "sure", "found by", "in the words"),
        (
            (f.subject, f.relation, f.object, _status(f), f"{f.confidence:.2f}", f.rule, f.evidence)
            for f in explanation.findings
        ),
        console,
    )
    _print_table(
        "Nearly",
        ("frame", "at", "but"),
        ((each.frame, each.word, each.reason) for each in explanation.misses),
        console,
    )


def _name_rows(name: NameReason) -> Iterator[tuple[str, ...]]:
    """Yield a row for each vote on a name, the lost ones too; the first row tells what was decided."""
    is_a = ", ".join(name.classes) or "nothing known"
    first = (name.text, f"{name.start}–{name.end}", name.found, is_a)
    if not name.votes:
        yield (*first, "", "", "no vote" if name.same_as is None else f"the same as {name.same_as}")
    for vote in name.votes:
        weight = f"{vote.weight:g}" + (f" × {vote.times}" if vote.times > 1 else "")
        yield (*first, vote.of_class, weight, vote.reason + ("" if vote.won else " (lost)"))
        first = ("", "", "", "")


def make_trees(words: Sequence[Word]) -> list[Tree]:
    """Make the dependency trees of a sentence, the children of each word in text order."""
    inside = {word.index for word in words}
    nodes = {word.index: Tree(_word(word)) for word in words}
    roots = []
    for word in words:
        if word.head == word.index or word.head not in inside:
            roots.append(nodes[word.index])
        else:
            nodes[word.head].add(nodes[word.index])
    return roots


def _word(word: Word) -> Text:
    return Text.assemble((_clean(word.text), "bold"), f" {_clean(word.lemma)} {word.tag} ", (word.relation, "cyan"))


def _status(finding: Finding) -> str:
    parts = [str(finding.status)]
    parts += [f"by {finding.speaker}"] if finding.speaker else []
    parts += [f"({finding.cue})"] if finding.cue else []
    if finding.qualification is not None:
        told = (finding.qualification.kind, finding.qualification.start, finding.qualification.end)
        parts.append(", ".join(each for each in told if each))
    return " ".join(parts)


def _print_table(title: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]], console: Console) -> None:
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, title=title, title_justify="left", title_style="bold"
    )
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_clean(cell)) for cell in row))
    console.print(table if table.row_count else Text(f"{title}: none", "bold"))
    console.print()


def _clean(text: str) -> str:
    return escape(" ".join(text.split()))
