"""How deep a query or a Turtle file may nest: the engine parses them on the stack, and ends the process at its end.

Oxigraph 0.5 on a stack of 8 MB ends the process at some 1,600 nested calls, 3,200 groups, 6,400 parentheses, 12,800
operators in a row, or 12,800 triples inside of triples; what is let through here stays well below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

DEEPEST: Final = 500
"""So many brackets of a query, or triples of a file, may stand one in the other."""
MOST_JOINED: Final = 2_000
"""So many operators, unions, filters and the like a query may have."""

_BRACKET: Final = r"([({\[])|[)}\]]"
_APART: Final = r"""(?sx)
    <[^<>\s"{}|^`]*+> | \#[^\r\n]*+ | "(?:[^"\\\r\n]|\\.)*+"?+ | '(?:[^'\\\r\n]|\\.)*+'?+ | [\w.-]*+:[\w.:%\\-]*+"""
"""Where what looks like an operator is none: in IRIs, comments, texts and names."""
_JOINING: Final = r"(?i)[-+*/|!&^=<>]|\b(?:UNION|OPTIONAL|FILTER|BIND|MINUS|EXISTS)\b"
_TRIPLE: Final = re.compile(rb"<<|>>")


def find_nesting(query: str) -> str | None:
    """Say what is too much in a query for the engine, and what to do; None where nothing is."""
    if len(query) <= DEEPEST:
        return None
    if _depth(1 if found[1] else -1 for found in re.finditer(_BRACKET, query)) > DEEPEST:
        return f"more than {DEEPEST} brackets of it stand one in the other; write it flatter"
    if len(query) <= MOST_JOINED:
        return None
    if sum(1 for _ in re.finditer(_JOINING, re.sub(_APART, " ", query))) > MOST_JOINED:
        return f"it has more than {MOST_JOINED:,} operators, unions and filters; list what is asked for in VALUES"
    return None


def has_deep_triples(data: bytes) -> bool:
    """Say whether triples stand too deep in triples in a piece of Turtle or of its kin."""
    if data.count(b"<<") <= DEEPEST:
        return False
    return _depth(1 if found[0] == b"<<" else -1 for found in _TRIPLE.finditer(data)) > DEEPEST


def _depth(steps: Iterator[int]) -> int:
    """Give the greatest depth, taking what closes nothing for nothing."""
    depth = deepest = 0
    for step in steps:
        depth = max(0, depth + step)
        deepest = max(deepest, depth)
    return deepest
