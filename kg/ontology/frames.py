"""Frames: how English expresses a class or a property. `ontologies/core.ttl` says what each kind means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from kg.escape import quote
from kg.ontology.terms import Argument, Place
from kg.ontology.turtle import TermError, Triples, key
from kg.vocabulary import KG, TYPE


class FrameKind(StrEnum):
    """The kind of a frame, by the local name of its class."""

    CLASS_NOUN = "ClassNoun"
    RELATIONAL_NOUN = "RelationalNoun"
    VERB = "Verb"
    ACTION_NOUN = "ActionNoun"
    EVENT_NOUN = "EventNoun"
    EVENT_VERB = "EventVerb"
    ROLE = "Role"
    COUNT = "Count"
    ADPOSITION = "Adposition"
    PARENTHESIS = "Parenthesis"


ON_CLASSES: Final = frozenset({FrameKind.CLASS_NOUN, FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB})
"""The kinds that stand on a class; the others stand on a property."""

VERBS: Final = frozenset({FrameKind.VERB, FrameKind.EVENT_VERB})
"""The kinds whose lemma is a verb, found by the first word of its row; nouns are found by the last."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which English expresses `term`, the IRI of a class or property.

    `lemmas` are rows of lower-case words, any of which will do; a role may have none. `arguments`, `subject` and
    `object` are filled in with the defaults of the kind. `event` is the class of events a role is limited to,
    `subject_class` the class that the subject of a parenthesis or an adposition must be known to be of, `object_class`
    the one that the object of an adposition must be known to be of, and its subject not.
    `requires` are roles without which an event's verb or noun tells of no event. `confidence` is how often
    it is right at most. `occurrence` tells that its past
    tense is as good as the present, `former` that what it says held before. `value` is what the frame gives by itself:
    an IRI, or the text of a literal on a datatype property. `name` is readable and unique.
    """

    kind: FrameKind
    term: str
    lemmas: tuple[tuple[str, ...], ...]
    bearer: Argument = Argument.SUBJECT
    arguments: tuple[Place, ...] = ()
    subject: tuple[Place, ...] = ()
    object: tuple[Place, ...] = ()
    verbs: tuple[str, ...] = ()
    event: str | None = None
    subject_class: str | None = None
    object_class: str | None = None
    beside_class: str | None = None
    value: str | None = None
    requires: tuple[str, ...] = ()
    confidence: float = 1.0
    occurrence: bool = False
    former: bool = False
    examples: tuple[str, ...] = ()
    name: str = ""


_ARGUMENTS: Final[dict[FrameKind, tuple[Place, ...]]] = {
    FrameKind.RELATIONAL_NOUN: ("of", Argument.POSSESSOR, Argument.MODIFIER),
}
_SUBJECT: Final[dict[FrameKind, tuple[Place, ...]]] = {
    FrameKind.VERB: (Argument.SUBJECT,),
    FrameKind.ACTION_NOUN: (Argument.POSSESSOR, "by"),
}
_OBJECT: Final[dict[FrameKind, tuple[Place, ...]]] = {
    FrameKind.VERB: (Argument.OBJECT,),
    FrameKind.ACTION_NOUN: ("of",),
}


def iter_frame_nodes(triples: Triples) -> Iterator[tuple[str, str]]:
    """Iterate over pairs of a term and a node that is its kg:frame, in the order of the files."""
    for term in triples.subjects():
        for node in triples.nodes(term, KG + "frame"):
            yield term, node


def read_frames(
    triples: Triples, compact: Callable[[str], str], event_of: Callable[[str], str | None]
) -> tuple[Frame, ...]:
    """Make all frames in the order of the files; raise TermError for one that cannot be understood.

    `compact` shortens an IRI for names and messages; `event_of` gives the class of events that is a property's domain.
    """
    frames = []
    used: dict[str, int] = {}
    for term, node in iter_frame_nodes(triples):
        frame = read_frame(triples, term, node, compact)
        if frame.kind is FrameKind.ROLE and frame.event is None:
            frame = replace(frame, event=event_of(term))
        count = used[frame.name] = used.get(frame.name, 0) + 1
        frames.append(frame if count == 1 else replace(frame, name=f"{frame.name} {count}"))
    return tuple(frames)


def read_frame(triples: Triples, term: str, node: str, compact: Callable[[str], str]) -> Frame:
    """Make one frame; raise TermError when its kind or one of its places is not of the core ontology."""
    path = triples.home(node if node in triples else term).path
    try:
        kind = _kind(triples, node)
        bearers = [_argument(iri, "bearer") for iri in triples.iris(node, KG + "bearer")]
        arguments, subject, object_ = (_places(triples, node, name) for name in ("argument", "subject", "object"))
        confidence = min((_share(text) for text in triples.texts(node, KG + "confidence")), default=1.0)
    except ValueError as error:
        raise TermError(path, term, f"a frame of {compact(term)} {error}") from error
    lemmas = tuple(tuple(text.lower().split()) for text in triples.texts(node, KG + "lemma") if text)
    verbs = tuple(text.lower() for text in triples.texts(node, KG + "verb") if text)
    words = [" ".join(row) for row in lemmas] or [*verbs, *arguments, ""]
    return Frame(
        kind=kind,
        term=term,
        lemmas=lemmas,
        bearer=bearers[0] if bearers else Argument.SUBJECT,
        arguments=arguments or _ARGUMENTS.get(kind, ()),
        subject=subject or _SUBJECT.get(kind, ()),
        object=object_ or _OBJECT.get(kind, ()),
        verbs=verbs,
        event=next(iter(triples.iris(node, KG + "event")), None),
        subject_class=next(iter(triples.iris(node, KG + "subjectClass")), None),
        object_class=next(iter(triples.iris(node, KG + "objectClass")), None),
        beside_class=next(iter(triples.iris(node, KG + "besideClass")), None),
        value=next((_value(value) for value in triples.values(node, KG + "value")), None),
        confidence=confidence,
        requires=tuple(triples.iris(node, KG + "requires")),
        occurrence="true" in triples.texts(node, KG + "occurrence"),
        former=KG + "Former" in triples.iris(node, KG + "qualification"),
        examples=tuple(triples.texts(node, KG + "example")),
        name=f"{compact(term)} {kind} {words[0]}".rstrip(),
    )


def _kind(triples: Triples, node: str) -> FrameKind:
    names = [iri.removeprefix(KG) for iri in triples.iris(node, TYPE)]
    kinds = [kind for kind in FrameKind if kind in names]
    if len(kinds) != 1:
        given = ", ".join(f"kg:{name}" for name in names) or "no type"
        expected = ", ".join(f"kg:{kind}" for kind in FrameKind)
        raise ValueError(f"has {given}; give it exactly one of {expected}")
    return kinds[0]


def _places(triples: Triples, node: str, name: str) -> tuple[Place, ...]:
    return tuple(
        value.value.strip().lower() if isinstance(value, ox.Literal) else _argument(key(value), name)
        for value in triples.values(node, KG + name)
    )


def _argument(iri: str, name: str) -> Argument:
    for argument in Argument:
        if iri == KG + argument:
            return argument
    expected = ", ".join(f"kg:{argument}" for argument in Argument)
    raise ValueError(f"has <{iri}> as kg:{name}; give one of {expected}, or a preposition in quotation marks")


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise ValueError(f"has {quote(text)} as kg:confidence; give a number from 0 to 1")
    return share


def _value(value: object) -> str:
    return value.value if isinstance(value, ox.NamedNode | ox.Literal) else ""
