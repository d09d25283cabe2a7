"""Decisions as records: who decided what of which things, when and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from kg.model import Iri, Qualification, Status, Value


class Kind(StrEnum):
    """What a decision does; the values are the commands."""

    SAME = "same"
    DIFFERENT = "different"
    RENAME = "rename"
    REJECT = "reject"
    ADD = "add"
    UNDO = "undo"


class Standing(StrEnum):
    """What became of a decision when the knowledge was last made.

    PENDING: the knowledge was not made with it yet. WAITING: what it is about is not there, or it cannot be done.
    """

    APPLIED = "applied"
    SUPERFLUOUS = "superfluous"
    UNDONE = "undone"
    WAITING = "waiting"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Target:
    """A thing as it was when something was decided on it.

    `anchors` are the IRIs of mentions that meant it, at most one of an article, and `words` the words of these: by
    them it is found again, else by `iri`.
    """

    iri: str
    label: str
    anchors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


End: TypeAlias = Target | Iri | Value
"""The object of a relation: a thing, a term of an ontology, or a literal."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A fact, or what a claim says, in terms that outlive the IRIs of the graph. `predicate` is an IRI."""

    subject: Target
    predicate: str
    object: End
    qualification: Qualification | None = None


@dataclass(frozen=True, slots=True)
class Speech:
    """What makes a claim, beside what it says as a relation. `article` is the IRI of the only one that can make it."""

    status: Status
    text: str
    speaker: Target | None = None
    article: str | None = None
    quoted: bool | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """Two things are one."""

    one: Target
    other: Target


@dataclass(frozen=True, slots=True)
class Different:
    """Two things are never one."""

    one: Target
    other: Target


@dataclass(frozen=True, slots=True)
class Rename:
    """A thing is called `name`."""

    one: Target
    name: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A fact does not hold, or a claim was not made: with a `speech` it is a claim."""

    relation: Relation | None
    speech: Speech | None = None


@dataclass(frozen=True, slots=True)
class Add:
    """A fact holds."""

    relation: Relation


@dataclass(frozen=True, slots=True)
class Undo:
    """The decision with this IRI no longer holds."""

    decision: str


Content: TypeAlias = Same | Different | Rename | Reject | Add | Undo

CONTENTS: dict[Kind, type[Content]] = {
    Kind.SAME: Same,
    Kind.DIFFERENT: Different,
    Kind.RENAME: Rename,
    Kind.REJECT: Reject,
    Kind.ADD: Add,
    Kind.UNDO: Undo,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided. `when` is an ISO 8601 time in UTC with milliseconds ("2024-05-03T10:00:00.000Z").

    `source` says where it was read, as "file:line", None for one that is not written yet.
    """

    iri: str
    by: str
    when: str
    content: Content
    why: str | None = None
    source: str | None = field(default=None, compare=False)

    @property
    def kind(self) -> Kind:
        """What it does."""
        return next(kind for kind, content in CONTENTS.items() if isinstance(self.content, content))

    @property
    def order(self) -> tuple[str, str]:
        """The place of the decision among others."""
        return self.when, self.iri


def targets(content: Content) -> tuple[Target, ...]:
    """Give the things that a decision is about, in the order of its parts."""
    match content:
        case Same(one, other) | Different(one, other):
            return one, other
        case Rename(one, _):
            return (one,)
        case Reject(relation, speech):
            speakers = () if speech is None or speech.speaker is None else (speech.speaker,)
            return (*speakers, *(() if relation is None else _ends(relation)))
        case Add(relation):
            return _ends(relation)
        case Undo():
            return ()


def _ends(relation: Relation) -> tuple[Target, ...]:
    return tuple(end for end in (relation.subject, relation.object) if isinstance(end, Target))
