"""What matching finds, before identity and status are settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kg.language.drafts import Draft
from kg.model import Iri, Value
from kg.ontology.frames import Frame

CONFIDENCE: Final = {
    "title": 0.96,
    "apposition": 0.95,
    "copula": 0.95,
    "as-phrase": 0.92,
    "become": 0.92,
    "name before noun": 0.9,
    "coreference": 0.95,
    "verb": 0.92,
    "action noun": 0.9,
    "adposition": 0.88,
    "parenthesis": 0.88,
}
"""How often a construction is right when its parse is; links and types lower it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A frame fired: tokens of subject and object, or a term or value as object.

    `trigger` is the frame's word, tokens [start, end); `governor` the predicate that says it, None inside a noun
    phrase; `construction` how English said it; `confidence` before links and types are counted in; `former` tells that
    it held before ("grown from 300"); `words` are tokens [start, end) of a value.
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
    words: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """A frame that nearly fired, and what stopped it: for `kg explain`."""

    frame: Frame
    trigger: int
    reason: str


@dataclass(slots=True, eq=False)
class EventMention:
    """A noun or verb that mentions an event of a class, at token `head`, and the findings about it.

    `twin` is the mention of another event in whose words this one is told too ("passed by 51 to 49 and 52 to 48").
    """

    of_class: str
    frame: Frame
    head: int
    start: int
    end: int
    findings: list[Finding] = field(default_factory=list)
    draft: Draft | None = None
    twin: EventMention | None = None
