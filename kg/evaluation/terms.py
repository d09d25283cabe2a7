"""What scoring needs of an ontology, all by local name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.ontology import Ontology
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Argument

_EVENTS = (FrameKind.EVENT_NOUN, FrameKind.EVENT_VERB)


@dataclass(frozen=True)
class Terms:
    """Classes and properties of an ontology by local name.

    `ancestors` are those of each. `turned` maps a property to the inverse that is scored in its place, the one with
    fewer words for it. `roles` are the properties of events, `relations` all others. `events` are the classes of
    events, `titles` those of what a noun names by itself: both are compared as roles, not as types.
    """

    ancestors: Mapping[str, frozenset[str]]
    turned: Mapping[str, str]
    symmetric: frozenset[str]
    relations: frozenset[str]
    roles: frozenset[str]
    events: frozenset[str]
    titles: frozenset[str]

    def is_a(self, name: str, ancestor: str) -> bool:
        """Say whether a class or property is the other or below it."""
        return name == ancestor or ancestor in self.ancestors.get(name, ())

    def is_event(self, name: str) -> bool:
        """Say whether a class is one of events."""
        return name in self.events


def local(iri: str) -> str:
    """Cut an IRI down to what stands behind its last # or /.

    >>> local("https://schema.org/name")
    'name'
    """
    return re.split(r"[#/]", iri)[-1]


def make_terms(ontology: Ontology) -> Terms:
    """Take from an ontology what scoring needs."""
    framed = {frame.term for frame in ontology.frames if frame.kind in _EVENTS}
    events = {c for c in ontology.classes if any(ontology.is_a(c, f) or ontology.is_a(f, c) for f in framed)}
    words = {p: sum(frame.term == p for frame in ontology.frames) for p in ontology.properties}
    turned, relations, roles = {}, set(), set()
    for iri, term in ontology.properties.items():
        if term.inverse and (words[term.inverse], iri) > (words[iri], term.inverse):
            turned[local(iri)] = local(term.inverse)
        elif term.domain and events.issuperset(term.domain):
            roles.add(local(iri))
        else:
            relations.add(local(iri))
    titled = [f.term for f in ontology.frames if f.kind is FrameKind.RELATIONAL_NOUN and Argument.ITSELF in f.arguments]
    return Terms(
        {
            local(iri): frozenset(map(local, ontology.ancestors(iri)))
            for iri in (*ontology.classes, *ontology.properties)
        },
        turned,
        frozenset(local(iri) for iri, term in ontology.properties.items() if term.symmetric),
        frozenset(relations),
        frozenset(roles),
        frozenset(map(local, events)),
        frozenset(local(iri) for property in titled for iri in ontology.properties[property].range),
    )
