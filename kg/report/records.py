"""What a report holds, ready to be written: nothing here is HTML."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Source:
    """An article that the report quotes; `number` is that in its list of sources, `link` an address to be followed."""

    id: str
    title: str
    date: str
    url: str | None
    link: str | None
    number: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence in parts, each with whether it is among the words that say it, and the article."""

    parts: tuple[tuple[str, bool], ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Evidence:
    """The first quotations, and the articles of those that are left out, of which there are `more`."""

    quotes: tuple[Quote, ...]
    more: int = 0
    also: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """What something is called, and the place of the report that is about it, if there is one."""

    label: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class FactLine:
    """A fact in words, with what it rests on. `subject` is None where it is the one that the section is about."""

    subject: Name | None
    relation: str
    object: Name
    when: str
    unsure: str
    because: tuple[str, ...]
    decided: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """What somebody says in some words: as relations, where that is known."""

    status: str
    says: str
    relations: tuple[str, ...]
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class EventCard:
    """An event with what is known of it, relation by relation, and the words that say so."""

    label: str
    types: str
    rows: tuple[tuple[str, tuple[Name, ...]], ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that do not go together: how sure that is and why, then the facts of each value."""

    kind: str
    about: str
    reason: str
    values: tuple[FactLine, ...]
    claims: tuple[ClaimLine, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person decided, and what became of it."""

    told: str
    by: str
    date: str
    why: str
    standing: str


@dataclass(frozen=True, slots=True)
class EntityPart:
    """An entity with its facts; the numbers say what is left out, or told elsewhere in the report."""

    anchor: str
    label: str
    types: str
    names: str
    facts: tuple[FactLine, ...]
    former: tuple[FactLine, ...]
    left: int = 0
    elsewhere: int = 0


@dataclass(frozen=True, slots=True)
class ClaimPart:
    """Claims under a heading; `left` counts those that are left out."""

    heading: str
    claims: tuple[ClaimLine, ...]
    left: int = 0


@dataclass(frozen=True, slots=True)
class Made:
    """What the report was made with, and of what."""

    version: str
    ontologies: str
    articles: int
    newest: str


@dataclass(slots=True)
class Report:
    """A report: the parts in the order in which they stand, each possibly empty.

    `picture` is an SVG element that holds no text of articles but escaped. `counts` are pairs of a number and what it
    counts.
    """

    title: str
    lead: str
    one: bool
    made: Made
    picture: str = ""
    caption: str = ""
    counts: tuple[tuple[str, str], ...] = ()
    entities: tuple[EntityPart, ...] = ()
    entities_left: int = 0
    events: tuple[EventCard, ...] = ()
    events_left: int = 0
    conflicts: tuple[Conflict, ...] = ()
    conflicts_left: int = 0
    claims: tuple[ClaimPart, ...] = ()
    corrections: tuple[Correction, ...] = ()
    sources: list[Source] = field(default_factory=list)
