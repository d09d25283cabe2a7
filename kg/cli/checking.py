"""Contradictions for a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kg.cli.portrait import print_claims, print_facts
from kg.knowledge.contradictions import Kind
from kg.lookup import Thing

if TYPE_CHECKING:
    from rich.console import Console

    from kg.check import Contradiction

_NOTHING: Final = Thing("", "")
_COUNTED: Final = {
    Kind.CONTRADICTION: ("contradiction", "contradictions"),
    Kind.POSSIBLE: ("possible contradiction", "possible contradictions"),
    Kind.DISPUTED: ("disputed fact", "disputed facts"),
    Kind.CHANGE: ("change", "changes"),
}


def print_contradiction(found: Contradiction, console: Console) -> None:
    """Print what does not go together: each fact with its name for `kg reject`, and the words that say it."""
    title = f"{found.kind}: {found.thing.label}, {found.relation.label} ({found.reason})"
    print_facts(title, found.facts, _NOTHING, console, iris=True)
    print_claims("but it is said", found.claims, console, by=False, iris=True)


def count_kinds(kinds: Iterable[Kind]) -> str:
    """Count in words: "1 contradiction, 2 disputed facts"; an empty text for none."""
    given = list(kinds)
    numbers = {kind: given.count(kind) for kind in Kind}
    return ", ".join(f"{number:,} {_COUNTED[kind][number != 1]}" for kind, number in numbers.items() if number)
