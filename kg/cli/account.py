"""Why an entity is one thing, for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.padding import Padding
from rich.text import Text

from kg.escape import escape

if TYPE_CHECKING:
    from rich.console import Console

    from kg.why import Account, Appearance, Compared

_MOST: Final = 20
_DIM: Final = "dim"


def print_account(account: Account, console: Console) -> None:
    """Print where a thing appears, what joined it, the nearest that it was not joined with, and what was decided."""
    entity = account.entity
    number = sum(count for each in account.appearances for _, count in each.mentions)
    console.print(Text(escape(entity.label), "bold underline"))
    console.print(Text(f"<{entity.iri}>", _DIM))
    articles = len({each.article for each in account.appearances})
    console.print(Text(f"{number} mention{'s'[: number != 1]} in {articles} article{'s'[: articles != 1]}"))
    for each in account.appearances[:_MOST]:
        ways = ", ".join(f"{text} ×{count}" if count > 1 else text for text, count in each.mentions)
        console.print(_indented(Text.assemble(escape(ways), (f"  [{_place(each)}]", "green"))))
    _print_rest(len(account.appearances), console)
    _print_compared("Joined because", account.merges, console)
    _print_compared("Not joined with", account.near, console)
    if account.decisions:
        console.print(Text("\nDecided", "bold"))
        for told in account.decisions:
            console.print(_indented(Text(escape(told), "green")))
    console.print()


def _print_compared(title: str, compared: tuple[Compared, ...], console: Console) -> None:
    if not compared:
        return
    console.print(Text(f"\n{title}", "bold"))
    for each in compared[:_MOST]:
        line = Text(f"{each.weight:+.1f}  ", "bold")
        line.append(escape(each.other.label), "cyan")
        line.append(f"  [{_place(each.other)}]", "green")
        line.append(" with " if each.entity is None else " and ")
        line.append(escape(each.one.label), "cyan")
        line.append(f"  [{_place(each.one)}]", "green")
        if each.entity is not None:
            line.append(f"  <{each.entity.iri}>", _DIM)
        console.print(_indented(line))
        told = "; ".join(f"{words} {weight:+.1f}" for words, weight in each.reasons)
        console.print(Padding(Text(escape(told), _DIM), (0, 0, 0, 8), expand=False))
    _print_rest(len(compared), console)


def _print_rest(number: int, console: Console) -> None:
    if number > _MOST:
        console.print(_indented(Text(f"and {number - _MOST} more", _DIM)))


def _place(appearance: Appearance) -> str:
    told = (appearance.title or appearance.article, (appearance.published or "")[:10])
    return escape(", ".join(part for part in told if part))


def _indented(text: Text) -> Padding:
    return Padding(text, (0, 0, 0, 2), expand=False)
