"""Lint of frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.model import Issue
from kg.ontology.draft import Draft
from kg.ontology.frames import ON_CLASSES, Frame, FrameKind, iter_frame_nodes, read_frame
from kg.ontology.terms import Argument, find_ancestors
from kg.ontology.turtle import TermError, is_blank
from kg.vocabulary import KG

_EVENT_KINDS: Final = frozenset({FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB})


def check_frames(draft: Draft) -> Iterator[Issue]:
    """Every frame can be understood, has its words and an example, and fits the term it stands on."""
    frames: list[tuple[str, Frame]] = []
    for term, node in iter_frame_nodes(draft.triples):
        try:
            frames.append((node, read_frame(draft.triples, term, node, draft.compact)))
        except TermError as error:
            if draft.is_checked(term):
                yield draft.issue(term, error.problem, "kg:frame")
    events = {frame.term for _, frame in frames if frame.kind in _EVENT_KINDS}
    for node, frame in frames:
        home = node if node in draft.triples else frame.term
        if not draft.is_domain(home):
            continue
        for message in (*_words(frame), *_fit(draft, frame), *_event(draft, frame, events)):
            texts = draft.triples.texts(node, KG + "lemma") or frame.verbs or frame.examples
            then = ["kg:frame", *(f'"{text}"' for text in texts[:1])]
            yield draft.issue(frame.term, f"frame {frame.name}: {message}", *then, home=home)


def check_stray_frames(draft: Draft) -> Iterator[Issue]:
    """Every frame stands on a term."""
    used = {node for _, node in iter_frame_nodes(draft.triples)}
    kinds = [KG + kind for kind in FrameKind]
    for node in draft.triples.subjects():
        if node not in used and draft.is_domain(node) and draft.triples.has_type(node, *kinds):
            what = f'with "{words[0]}"' if (words := draft.triples.texts(node, KG + "lemma")) else "without a lemma"
            name = f"a frame {what}" if is_blank(node) else draft.compact(node)
            yield draft.issue(node, f"{name} stands on no term; add kg:frame to the class or property it expresses")


def _words(frame: Frame) -> Iterator[str]:
    beside = frame.kind is FrameKind.ADPOSITION and {Argument.MODIFIER, Argument.POSSESSOR} & {*frame.arguments}
    if not frame.lemmas and not beside and frame.kind not in (FrameKind.ROLE, FrameKind.PARENTHESIS):
        yield 'it has no kg:lemma; add one such as kg:lemma "word"'
    if not frame.examples:
        yield "it has no kg:example; add a sentence in which it must be found"
    if frame.kind is FrameKind.ROLE and not frame.arguments and frame.value is None:
        yield "it has no kg:argument and no kg:value; say where the event names the participant, or who or what it is"


def _fit(draft: Draft, frame: Frame) -> Iterator[str]:
    on_class, prop = frame.term in draft.classes, draft.properties.get(frame.term)
    if not on_class and prop is None:
        yield "what it stands on is neither a class nor a property; declare it, or correct its name"
    elif frame.kind in ON_CLASSES and not on_class:
        yield f"kg:{frame.kind} stands on classes, and {draft.compact(frame.term)} is a property; use another kind"
    elif frame.kind not in ON_CLASSES and prop is None:
        yield f"kg:{frame.kind} stands on properties, and {draft.compact(frame.term)} is a class; use another kind"
    elif frame.kind is FrameKind.COUNT and prop is not None and not prop.datatype:
        yield f"kg:Count gives a number, and {draft.compact(frame.term)} is no owl:DatatypeProperty; use another kind"


def _event(draft: Draft, frame: Frame, events: set[str]) -> Iterator[str]:
    """A role needs a class of events: one that has event frames, or that stands above or below one that has."""
    if frame.kind is not FrameKind.ROLE or frame.term not in draft.properties:
        return
    above_events = {iri for event in events for iri in find_ancestors(event, draft.classes)}
    for iri in (frame.event,) if frame.event else draft.properties[frame.term].domain:
        if iri not in above_events and events.isdisjoint(find_ancestors(iri, draft.classes)):
            what = "kg:event" if frame.event else f"the rdfs:domain of {draft.compact(frame.term)}"
            yield (
                f"{what} is {draft.compact(iri)}, which has no event; "
                "add kg:EventNoun or kg:EventVerb frames to it, or name a class that has them"
            )


CHECKS: Final = (check_frames, check_stray_frames)
"""All checks of this module; each takes a draft and gives issues."""
