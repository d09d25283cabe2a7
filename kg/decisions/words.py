"""Decisions in words."""

from __future__ import annotations

from collections.abc import Iterable

from kg.decisions.records import (
    Add,
    Decision,
    Different,
    End,
    Reject,
    Relation,
    Rename,
    Same,
    Target,
    Undo,
)
from kg.model import Iri, Qualification, Value
from kg.ontology import Ontology
from kg.vocabulary import TYPE

_IS_A = "is a"


class Describer:
    """Puts decisions into words, with the labels of an ontology; `decisions` are all that an undo can name."""

    def __init__(self, ontology: Ontology, decisions: Iterable[Decision]) -> None:
        self.ontology = ontology
        self.decisions = {decision.iri: decision for decision in decisions}

    def say(self, decision: Decision) -> str:
        """Say what was decided."""
        match decision.content:
            case Same(one, other):
                return f"{_told_apart(one, other)} is the same as {_told_apart(other, one)}"
            case Different(one, other):
                return f"{_told_apart(one, other)} is not {_told_apart(other, one)}"
            case Rename(one, name):
                return f'{one.label} is called "{name}"'
            case Reject(relation, None):
                return f"rejected: {self._relation(relation)}"
            case Reject(relation, speech):
                assert speech is not None
                who = "somebody" if speech.speaker is None else speech.speaker.label
                said = f"“{speech.text}”" if relation is None else self._relation(relation)
                return f"rejected: {speech.status} by {who}: {said}"
            case Add(relation):
                return f"added: {self._relation(relation)}"
            case Undo(iri):
                undone = self.decisions.get(iri)
                if undone is None or isinstance(undone.content, Undo):
                    return f"undone: decision {short_id(iri)}"
                return f"undone: {self.say(undone)}"

    def tell(self, decision: Decision) -> str:
        """Say what was decided, by whom, when and why, and how the decision is named."""
        why = "" if decision.why is None else f": {decision.why}"
        return f"{self.say(decision)} [{short_id(decision.iri)}, {decision.by}, {decision.when[:10]}{why}]"

    def _relation(self, relation: Relation | None) -> str:
        if relation is None:
            return ""
        label = _IS_A if relation.predicate == TYPE else self.ontology.label(relation.predicate)
        end = self._end(relation.object)
        return f"{relation.subject.label} {label} {end}{_qualified(relation.qualification)}"

    def _end(self, end: End) -> str:
        match end:
            case Target():
                return end.label
            case Iri(iri):
                return self.ontology.label(iri)
            case Value(text):
                return text


def short_id(iri: str) -> str:
    """Give the name of a decision without its base, as `kg undo` takes it."""
    return iri.rpartition("/")[2]


def _told_apart(target: Target, other: Target) -> str:
    """Give the label of a target; where both have the same, with its IRI, and with where it is named."""
    if target.label != other.label:
        return target.label
    place = target.iri if target.iri != other.iri or not target.anchors else target.anchors[0].partition("#")[0]
    return f"{target.label} ({'/'.join(place.split('/')[-2:])})"


def _qualified(qualification: Qualification | None) -> str:
    if qualification is None:
        return ""
    parts = [(qualification.kind or "").lower()]
    parts += [f"from {qualification.start}"] if qualification.start else []
    parts += [f"until {qualification.end}"] if qualification.end else []
    return f" ({', '.join(part for part in parts if part)})"
