"""What a user wants decided, as the contents of decisions; nothing is taken that cannot be meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.decisions.facts import Facts, FoundFact
from kg.decisions.meanings import Meanings
from kg.decisions.naming import Found, Namer, Part
from kg.decisions.records import (
    Add,
    Content,
    Decision,
    Different,
    End,
    Reject,
    Relation,
    Rename,
    Same,
    Speech,
    Target,
    Undo,
)
from kg.decisions.words import Describer, short_id
from kg.errors import SettingError
from kg.knowledge.iris import is_iri
from kg.model import Iri, Qualification, Value
from kg.ontology import Ontology
from kg.vocabulary import TYPE

_SHORTEST: Final = 4
_MOST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Desk:
    """What a request looks at: the things, facts and terms of a graph, and what was decided on it.

    `undone` tells by which decision another was undone, `named` by which the entity with an IRI has its label.
    """

    namer: Namer
    facts: Facts
    ontology: Ontology
    decisions: tuple[Decision, ...]
    undone: Mapping[str, Decision]
    named: Mapping[str, Decision]

    @property
    def meanings(self) -> Meanings:
        """The terms of the ontology by their names."""
        return Meanings(self.ontology)

    @property
    def describer(self) -> Describer:
        """What puts decisions into words."""
        return Describer(self.ontology, self.decisions)


def same(desk: Desk, a: str, b: str) -> list[Content]:
    """Want two things to be one; raise SettingError when they are, or when a name means none or several."""
    one, other = desk.namer.find(a), desk.namer.find(b)
    if one.members == other.members or (one.entity is other.entity and one.whole and other.whole):
        raise SettingError(f'"{a}" and "{b}" are one thing already: {_shown(one)}')
    if one.entity is other.entity:
        one, other = _apart(one, other)
    else:
        _check_kinds(desk, one, other)
    return [Same(desk.namer.target(one), desk.namer.target(other))]


def different(desk: Desk, a: str, b: str) -> list[Content]:
    """Want two things never to be one, also two that are one now, when a name says in which article each is meant."""
    one, other = desk.namer.find(a), desk.namer.find(b)
    if one.entity is other.entity:
        one, other = desk.namer.bearing(one, a), desk.namer.bearing(other, b)
        if one.members == other.members:
            places = desk.namer.places(one.entity)
            told = f'"{a}" and "{b}" are one thing: {_shown(one)}; say which mentions are another thing'
            shown = " or ".join(f'"{each}"' for each in places[:_MOST_SHOWN])
            raise SettingError(f"{told}, by one of {shown}" if len(places) > 1 else f"{told}, by the IRI of a passage")
        one, other = _apart(one, other)
        if not one.members or not other.members:
            raise SettingError(f'"{a}" and "{b}" are one thing in each article; name two passages by their IRIs')
    return [Different(desk.namer.target(one), desk.namer.target(other))]


def rename(desk: Desk, a: str, name: str, *, replace: bool = False) -> list[Content]:
    """Want a thing to be called something else; `replace` undoes the decision by which it is called what it is."""
    found, label = desk.namer.find(a), " ".join(name.split())
    if not label:
        raise SettingError("the new name is empty; give the name that the thing is to be shown by")
    if label == found.entity.label:
        raise SettingError(f'it is called "{label}" already: {_shown(found)}')
    before = desk.named.get(found.entity.iri)
    if before is not None and not replace:
        raise SettingError(f"it has its name by decision: {desk.describer.tell(before)}; --replace undoes that first")
    undo: list[Content] = [] if before is None else [Undo(before.iri)]
    return [*undo, Rename(desk.namer.target(found), label)]


def reject(desk: Desk, *words: str) -> list[Content]:
    """Want a fact or a claim gone that the IRI of it names, or a fact that subject, property and object name."""
    if len(words) == 1:
        iri = desk.namer.expand(words[0])
        found = desk.facts.at(iri) if is_iri(iri) else None
        if found is None:
            raise SettingError(
                f'no fact or claim is named "{words[0]}"; `kg show NAME --iris` shows how they are named, or give its '
                "subject, property and object"
            )
        return [_rejection(desk, found)]
    if len(words) != 3:
        raise SettingError("give the IRI of a fact, or its subject, property and object")
    return [_rejection(desk, _fact(desk, *words))]


def add(desk: Desk, subject: str, predicate: str, object: str) -> list[Content]:
    """Want a fact that holds; raise SettingError when its ends are none of the property's domain and range."""
    found, property = desk.namer.find(subject), desk.meanings.property(predicate)
    target = desk.namer.target(found)
    if property == TYPE:
        return [Add(Relation(target, TYPE, _class_of(desk, found, object)))]
    declared = desk.ontology.properties[property]
    _check_end(desk, found.entity.label, desk.facts.types(found.entity.iri), declared.domain, declared.label, "of")
    if declared.datatype:
        return [Add(Relation(target, property, desk.meanings.value(object, declared)))]
    end = _end(desk, object)
    if isinstance(end, Target):
        types, label = desk.facts.types(end.iri), end.label
    else:
        types, label = list(desk.ontology.individuals[end.iri].types), desk.ontology.label(end.iri)
    _check_end(desk, label, types, declared.range, declared.label, "to")
    if isinstance(end, Target) and end.iri == found.entity.iri:
        raise SettingError(f"subject and object are one thing: {_shown(found)}; nothing is related to itself")
    return [Add(Relation(target, property, end))]


def undo(desk: Desk, name: str | None = None) -> list[Content]:
    """Want a decision not to hold any more: the one of a name (its IRI, or how it begins), or else the last."""
    if name is None:
        holding = [each for each in desk.decisions if each.iri not in desk.undone]
        last = next((each for each in reversed(holding) if not isinstance(each.content, Undo)), None)
        if last is None:
            raise SettingError("there is no decision that could be undone")
        return [Undo(last.iri)]
    bare = short_id(name.strip("<>")).rpartition(":")[2]
    found = [each for each in desk.decisions if short_id(each.iri) == bare]
    if not found and len(bare) >= _SHORTEST:
        found = [each for each in desk.decisions if short_id(each.iri).startswith(bare)]
    if len(found) != 1:
        told = "\n".join((f'"{name}" can be any of these', *map(desk.describer.tell, found)))
        raise SettingError(told if found else f'no decision is named "{name}"; `kg decisions` lists them')
    if found[0].iri in desk.undone:
        before = desk.undone[found[0].iri]
        raise SettingError(f"{desk.describer.tell(found[0])} is undone already: {desk.describer.tell(before)}")
    return [Undo(found[0].iri)]


def _check_kinds(desk: Desk, one: Found, other: Found) -> None:
    """See whether one thing can be of the classes of both."""
    for a in desk.facts.types(one.entity.iri):
        for b in desk.facts.types(other.entity.iri):
            if not desk.ontology.compatible(a, b):
                kinds = desk.ontology.label(a), desk.ontology.label(b)
                raise SettingError(
                    f"{_shown(one)} is a {kinds[0]} and {_shown(other)} a {kinds[1]}, and nothing is both; if one of "
                    f'them is not, reject that first: kg reject "{other.entity.label}" "is a" "{kinds[1]}"'
                )


def _apart(one: Found, other: Found) -> tuple[Found, Found]:
    """Take out of what is meant less exactly what is meant to be the other, and out of two names what both have."""
    return _without(one, other), _without(other, one)


def _without(found: Found, other: Found) -> Found:
    if found.part > other.part or found.part is other.part is Part.GIVEN:
        return found
    members = tuple(each for each in found.members if each not in other.members)
    return Found(found.entity, members, max(found.part, Part.CALLED))


def _shown(found: Found) -> str:
    return f"{found.entity.label} <{found.entity.iri}>"


# -- rejecting ----------------------------------------------------------------------------------------


def _fact(desk: Desk, subject: str, predicate: str, object: str) -> FoundFact:
    """Find the plain fact that some words name, else the qualified one."""
    found, property = desk.namer.find(subject), desk.meanings.property(predicate)
    facts = [each for each in desk.facts.of(found.entity.iri) if each.predicate == property]
    ends = _iris(desk, object, property)
    saying = [each for each in facts if each.object is not None and _is_end(each.object, object, ends)]
    plain = [each for each in saying if each.qualification is None]
    if len(plain or saying) == 1:
        return (plain or saying)[0]
    label = "is a" if property == TYPE else desk.ontology.label(property)
    if saying:
        choices = (f"  fact:{short_id(each.iri)}{_told(each.qualification)}" for each in saying)
        raise SettingError("\n".join((f"{found.entity.label} {label} {object} is any of these; name one", *choices)))
    told = sorted({f"{label} {_object_label(desk, each)}" for each in facts if each.object is not None})
    others = f"; of {found.entity.label} it says: {'; '.join(told[:_MOST_SHOWN])}" if told else ""
    raise SettingError(f'no fact of the graph says that {found.entity.label} {label} "{object}"{others}')


def _iris(desk: Desk, text: str, property: str) -> set[str]:
    if property == TYPE:
        return {desk.meanings.of_class(text)}
    declared = desk.ontology.properties[property]
    if declared.datatype:
        return set()
    return {*(each.entity.iri for each in desk.namer.matches(text)), *desk.meanings.individuals(text)}


def _is_end(term: NamedNode | Literal, text: str, iris: set[str]) -> bool:
    return term.value in iris if isinstance(term, NamedNode) else term.value == text


def _object_label(desk: Desk, fact: FoundFact) -> str:
    assert fact.object is not None
    if isinstance(fact.object, Literal):
        return fact.object.value
    found = desk.namer.of(fact.object.value)
    return desk.ontology.label(fact.object.value) if found is None else found.entity.label


def _rejection(desk: Desk, fact: FoundFact) -> Reject:
    relation = None
    if fact.subject is not None and fact.object is not None:
        relation = Relation(
            _target(desk, fact.subject), fact.predicate, _recorded(desk, fact.object), fact.qualification
        )
    saying = fact.saying
    if saying is None:
        return Reject(relation)
    speaker = None if saying.speaker is None else _target(desk, saying.speaker)
    article = saying.article if speaker is None else None
    return Reject(relation, Speech(saying.status, saying.text, speaker, article, saying.quoted))


def _target(desk: Desk, iri: str) -> Target:
    found = desk.namer.of(iri)
    if found is None:
        raise SettingError(f"<{iri}> is no entity of the graph as it would be made now; run `kg build` first")
    return desk.namer.target(found)


def _recorded(desk: Desk, term: NamedNode | Literal) -> End:
    if isinstance(term, Literal):
        return Value(term.value, term.datatype.value)
    found = desk.namer.of(term.value)
    return Iri(term.value) if found is None else desk.namer.target(found)


def _told(qualification: Qualification | None) -> str:
    parts = () if qualification is None else (qualification.kind, qualification.start, qualification.end)
    return "".join(f"  {part}" for part in parts if part)


# -- adding -------------------------------------------------------------------------------------------


def _class_of(desk: Desk, found: Found, text: str) -> Iri:
    iri = desk.meanings.of_class(text)
    types = [each for each in desk.facts.types(found.entity.iri) if each in desk.ontology.classes]
    for each in types:
        label = desk.ontology.label(each)
        if desk.ontology.is_a(each, iri):
            raise SettingError(f"{_shown(found)} is a {desk.ontology.label(iri)} already, as it is a {label}")
        if not desk.ontology.compatible(each, iri):
            raise SettingError(
                f"{_shown(found)} is a {label}, and no {label} is a {desk.ontology.label(iri)}; if it is none, reject "
                f'that first: kg reject "{found.entity.label}" "is a" "{label}"'
            )
    return Iri(iri)


def _end(desk: Desk, text: str) -> Target | Iri:
    """Find the object of a property: an entity, or an individual of the ontology that no entity is."""
    if desk.namer.matches(text):
        return desk.namer.target(desk.namer.find(text))
    individuals = desk.meanings.individuals(text)
    if len(individuals) > 1:
        names = ", ".join(map(desk.ontology.compact, individuals))
        raise SettingError(f'"{text}" is the name of {names}; give one of these')
    return Iri(individuals[0]) if individuals else desk.namer.target(desk.namer.find(text))


def _check_end(desk: Desk, label: str, types: Iterable[str], classes: tuple[str, ...], relation: str, end: str) -> None:
    """See whether something of some classes can stand at an end of a property."""
    own = [each for each in types if each in desk.ontology.classes]
    if not classes or any(all(desk.ontology.compatible(each, wanted) for each in own) for wanted in classes):
        return
    wanted = " or ".join(map(desk.ontology.label, classes))
    given = " and ".join(map(desk.ontology.label, own))
    raise SettingError(f'"{relation}" leads {"from" if end == "of" else "to"} a {wanted}, and {label} is a {given}')
