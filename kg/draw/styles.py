"""Colour and shape of each kind of entity: told apart by either alone, so that grey print and any eye can read them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.network import kind_of, local_name
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.ontology import Ontology

COLOURS: Final = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#BBBBBB")
"""The palette of Okabe and Ito, made for all kinds of colour vision, neighbours far apart in lightness."""

SHAPES: Final = ("o", "s", "D", "^", "p", "v", "h", "P", "*")
"""Markers of matplotlib. Their number and that of the colours have no common divisor: 72 pairs before one returns."""

_SIZES: Final = {"s": 0.9, "D": 0.85, "^": 1.05, "v": 1.05, "p": 1.1, "h": 1.05, "P": 1.05, "*": 1.35}


@dataclass(frozen=True, slots=True)
class Style:
    """How the entities of one kind look."""

    colour: str
    shape: str

    @property
    def size(self) -> float:
        """Give the factor that makes the marker look as large as a circle."""
        return _SIZES.get(self.shape, 1.0)


def styles_of(kinds: set[str], ontology: Ontology) -> dict[str, Style]:
    """Give each kind a style: the same in every picture, save where two of this one would be alike."""
    turns = list(dict.fromkeys([*_ranked(ontology), *sorted(kinds)]))
    styles: dict[str, Style] = {}
    for index, kind in enumerate(turns):
        if kind in kinds:
            used = set(styles.values())
            colours = _from(COLOURS, index, {style.colour for style in used})
            shapes = _from(SHAPES, index, {style.shape for style in used})
            wanted = [Style(colour, shape) for colour in colours for shape in shapes]
            styles[kind] = next((style for style in wanted if style not in used), wanted[0])
    return styles


def lighter(colour: str) -> str:
    """Mix a colour with white, so that words can be read on it.

    >>> lighter("#0072B2")
    '#a6cee4'
    """
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * 0.35 + 255 * 0.65):02x}" for part in parts)


def _ranked(ontology: Ontology) -> list[str]:
    """Give the kinds of an ontology: who is spoken of as "who" first, then those of most classes."""
    kinds = {iri: kind_of([iri], ontology) for iri in ontology.classes if not iri.startswith(KG)}
    number = Counter(kinds.values())
    people = {
        kind for iri, kind in kinds.items() if local_name(iri) == kind and "who" in ontology.classes[iri].pronouns
    }
    return sorted(number, key=lambda kind: (kind not in people, -number[kind], kind))


def _from(row: tuple[str, ...], first: int, used: set[str]) -> list[str]:
    """Start a row at a place, and put what is used behind what is free."""
    turned = [row[(first + step) % len(row)] for step in range(len(row))]
    return sorted(turned, key=lambda each: each in used)
