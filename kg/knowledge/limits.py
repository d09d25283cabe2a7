"""How many values a property can have at one time, as the ontologies declare it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.ontology import Ontology
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Property
from kg.vocabulary import KG, OWL

_EVENT_FRAMES: Final = (FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB)
_TRUE: Final = ("true", "1")


@dataclass(frozen=True, slots=True)
class Limit:
    """A property of which a thing has one value at a time.

    `inverse` tells that the thing is the object and the values are the subjects; `mostly` that two can be right;
    `fixed` that the value never changes, because the property says what happened or is of an event.
    """

    property: str
    inverse: bool
    mostly: bool
    fixed: bool


def find_limits(ontology: Ontology) -> dict[str, tuple[Limit, ...]]:
    """Give the limits that hold for the values of each property: its own, and those of the properties above it."""
    events = _event_classes(ontology)
    own = {iri: tuple(_own_limits(each, ontology, events)) for iri, each in ontology.properties.items()}
    found = {
        iri: tuple(limit for above in sorted(ontology.ancestors(iri)) for limit in own.get(above, ())) for iri in own
    }
    return {iri: limits for iri, limits in found.items() if limits}


def _own_limits(declared: Property, ontology: Ontology, events: frozenset[str]) -> Iterator[Limit]:
    def is_true(name: str) -> bool:
        return any(text in _TRUE for text in ontology.triples.texts(declared.iri, KG + name))

    strict = ontology.triples.has_type(declared.iri, OWL + "InverseFunctionalProperty") or is_true("inverseFunctional")
    ends = (
        (False, declared.functional, is_true("mostlyFunctional")),
        (True, strict, is_true("mostlyInverseFunctional")),
    )
    fixed = declared.occurrence or (bool(declared.domain) and events.issuperset(declared.domain))
    for inverse, always, mostly in ends:
        if always or mostly:
            yield Limit(declared.iri, inverse, not always, fixed)


def _event_classes(ontology: Ontology) -> frozenset[str]:
    """Give the classes that frames of events are of, all below them, and those above that have nothing else below."""
    framed = {frame.term for frame in ontology.frames if frame.kind in _EVENT_FRAMES}
    events = {iri for iri in ontology.classes if not framed.isdisjoint(ontology.ancestors(iri))}
    inner = {parent for each in ontology.classes.values() for parent in each.parents}
    leaves = set(ontology.classes) - inner
    above = {iri: {leaf for leaf in leaves if ontology.is_a(leaf, iri)} for iri in inner & set(ontology.classes)}
    return frozenset(events | {iri for iri, below in above.items() if below and below <= events})
