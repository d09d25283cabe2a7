"""What matching finds, before identity and status are settled."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Iri, Value
from kg.ontology.frames import Frame


@dataclass(frozen=True, slots=True)
class Finding:
    """A frame fired: tokens of subject and object, or a term or value as object.

    `trigger` is the frame's word, tokens [start, end); `governor` the predicate that says it, None inside a noun
    phrase; `construction` how English said it; `confidence` before links and types are counted in; `former` tells that
    it held before ("grown from 300").
    """

    frame: Frame
    subject: int
    predicate: str
    object: int | Iri | Value
    trigger: int
    start: int
    end: int
    construction: str
    confidence: float
    governor: int | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """A frame that nearly fired, and what stopped it: for `kg explain`."""

    frame: Frame
    trigger: int
    reason: str
