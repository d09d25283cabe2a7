"""Linking: what entities are in a knowledge base, and what that brings into the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from kg.kb import Gazetteer, KbIndex, KnownFacts, Link, Linker, link_triples
from kg.model import Entity, Ruling
from kg.ontology import Ontology

if TYPE_CHECKING:
    from kg.identity import Profile
    from kg.identity.profiles import Member

Links = Mapping[str, list[Link]]
"""The links of entities, by IRI; entities without any are left out."""


class Linking:
    """Links the entities of a graph to the entries of a knowledge base; with `facts` what these say comes along."""

    def __init__(self, index: KbIndex, ontology: Ontology, *, facts: bool) -> None:
        self.index = index
        self.facts = facts
        self._linker = Linker(index, ontology)
        self._found: dict[Entity, list[Link]] = {}

    @property
    def names(self) -> Gazetteer:
        """The names of the knowledge base, for the reading of articles."""
        return Gazetteer(self.index, self._linker.terms.ontology)

    @property
    def digests(self) -> list[str]:
        """Hashes of the files of the knowledge base."""
        return [str(digest) for _, _, _, digest in self.index.files]

    def link(self, entities: Iterable[Entity], profiles: Mapping[Member, Profile]) -> Links:
        """Link entities, all of whose referents have a profile."""
        links = {entity.iri: self._link(entity, profiles) for entity in entities if entity.names}
        return {iri: found for iri, found in links.items() if found}

    def _link(self, entity: Entity, profiles: Mapping[Member, Profile]) -> list[Link]:
        """Link one entity, once: most are the same when rulings have joined others."""
        if entity not in self._found:
            own = [profiles[member] for member in entity.referents]
            self._found[entity] = self._linker.link(own, entity.types, entity.label, entity.names)
        return self._found[entity]

    def rulings(self, entities: Iterable[Entity], profiles: Mapping[Member, Profile]) -> list[Ruling]:
        """Give the entities that are surely one entry as rulings that they are one thing."""
        listed = list(entities)
        links = self.link(listed, profiles)
        same: dict[str, list[Entity]] = defaultdict(list)
        for entity in listed:
            for link in links.get(entity.iri, ()):
                if link.sure:
                    same[link.entry].append(entity)
        return [
            Ruling(entry, True, one.referents, other.referents)
            for entry, several in sorted(same.items())
            for one, other in pairwise(several)
        ]

    def quads(self, entities: Iterable[Entity], profiles: Mapping[Member, Profile], base: str) -> Iterator[Quad]:
        """Iterate over what the links of entities say, and over what the knowledge base says where it is asked."""
        links = self.link(entities, profiles)
        for iri in sorted(links):
            yield from (Quad(*triple) for triple in link_triples(iri, links[iri], self.index, base))
        if not self.facts:
            return
        sure = {link.entry: iri for iri in sorted(links, reverse=True) for link in links[iri] if link.sure}
        known = KnownFacts(self._linker.comparer, base, sure)
        yield from dict.fromkeys(Quad(*triple) for iri in sorted(links) for triple in known.triples(iri, links[iri]))
