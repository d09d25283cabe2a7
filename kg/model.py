"""The records that every stage passes on. An entity is what its statements say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Article:
    """A text that was read, the unit in which evidence is added, replaced and removed.

    `id` is stable and chosen by the source (its own id, its URL, or its path without suffix);
    `published` is an ISO 8601 date or date-time; `source` is where it was read from, for messages.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of characters (Unicode code points) of an article's text."""

    start: int
    end: int


class Status(StrEnum):
    """Who stands behind a statement; the values are those of `kg extract`."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    DENIED = "denied"
    POSSIBLE = "possible"


class MentionKind(StrEnum):
    """The form of a mention."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to a referent of its article."""

    referent: str
    span: Span
    text: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Referent:
    """What all coreferent mentions of one article refer to.

    `id` is unique inside the article ("r1", "r2", … in order of first mention). `label` is the fullest name, or the
    words of the best nominal when it has no name (`named` is false then). `names` are all proper names in order of
    first mention. `types` are class IRIs, most specific, sorted. `known` is the IRI of an individual of a loaded
    ontology (a country, say) when the names are its names.
    """

    id: str
    label: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    named: bool
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A literal: its lexical form and the IRI of its datatype."""

    text: str
    datatype: str


@dataclass(frozen=True, slots=True)
class Ref:
    """A referent of the article as the end of a statement."""

    id: str


@dataclass(frozen=True, slots=True)
class Iri:
    """A term of an ontology as the object of a statement: the class of a type statement, an individual."""

    iri: str


@dataclass(frozen=True, slots=True)
class Qualification:
    """What keeps a statement from being a plain present fact.

    `kind` is the local name of a kg:Qualification ("Former", "Acting", "Future") or None when only dated;
    `start` and `end` are ISO 8601 dates of any precision ("2016", "2016-05", "2016-05-03").
    """

    kind: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One article says, in the characters of `evidence`, that subject stands in relation `predicate` to object.

    `subject` is the id of a referent; `predicate` an IRI; `speaker` the id of the referent who claims or denies it,
    None when the article speaks. `rule` names the frame and the construction that found it. `confidence` is 0 to 1.
    """

    subject: str
    predicate: str
    object: Ref | Iri | Value
    status: Status
    confidence: float
    evidence: Span
    subject_span: Span
    rule: str
    object_span: Span | None = None
    speaker: str | None = None
    status_cue: str | None = None
    qualification: Qualification | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A span of an article that it attributes to a speaker.

    `speaker` is the id of a referent, None when nobody is named; `about` are the ids of the referents mentioned in the
    content, in order of mention; `quoted` is true when the content stands in quotation marks.
    """

    speaker: str | None
    source: Span | None
    cue: Span | None
    content: Span
    quoted: bool
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Spans that stand for the same thing and that no statement rests on, in text order.

    `referent` is the id of the referent that they stand for, None where they stand for one that nothing is said of.
    """

    referent: str | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that one article says: its evidence. Nothing else is needed to resolve, infer or rebuild.

    `chains`, and `guesses`, attributions to a speaker who is only likely, are for readers of the text alone: no graph
    is made of them.
    """

    article: Article
    referents: tuple[Referent, ...]
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    attributions: tuple[Attribution, ...]
    chains: tuple[Chain, ...] = ()
    guesses: tuple[Attribution, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing of the world: all referents of all articles that are it.

    `referents` are pairs of article id and referent id, sorted. `known` is an individual of an ontology that it is.
    """

    iri: str
    label: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    referents: tuple[tuple[str, str], ...]
    known: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided on identity: `one` and `other` are the same thing, or never.

    Both are pairs of article id and referent id, those of `one` taken for one thing already and those of `other` too.
    `decision` is the IRI of the decision.
    """

    decision: str
    same: bool
    one: tuple[tuple[str, str], ...]
    other: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something that could not be read, parsed or mapped: where, what happened, what to do."""

    source: str
    message: str

    def __str__(self) -> str:
        return f"{self.source}: {self.message}"
