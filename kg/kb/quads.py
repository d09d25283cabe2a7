"""What links bring into a graph: matches and identifiers; and, when asked, what the knowledge base says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.identity.names import name_key
from kg.kb.comparing import Comparer
from kg.kb.entries import Entry, KnownFact, is_iri
from kg.kb.index import KbIndex
from kg.kb.linker import Link
from kg.kb.names import Spelling
from kg.knowledge import terms as t
from kg.knowledge.iris import fact_iri
from kg.knowledge.literals import dated, english, text
from kg.vocabulary import KG, PROV, SCHEMA, SKOS

CLOSE_MATCH: Final = NamedNode(SKOS + "closeMatch")
SCHEMA_IDENTIFIER: Final = NamedNode(SCHEMA + "identifier")
SAME_AS: Final = NamedNode(SCHEMA + "sameAs")
DERIVED_FROM: Final = NamedNode(PROV + "wasDerivedFrom")
KNOWN_FACT: Final = NamedNode(KG + "KnownFact")
KNOWLEDGE_BASE: Final = NamedNode(KG + "KnowledgeBase")

_DATES: Final = {True: ("birthDate", "deathDate"), False: ("foundingDate", "dissolutionDate")}
_SAFE: Final = "/-._~"

Triples = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def entry_iri(identifier: str, base: str) -> str:
    """Give the IRI of an entry: its id, or a name under the base of the graph for what has no IRI.

    >>> entry_iri("http://www.wikidata.org/entity/Q42", "https://kg.example/"), entry_iri("p 1", "https://kg.example/")
    ('http://www.wikidata.org/entity/Q42', 'https://kg.example/kb/p%201')
    """
    return identifier if is_iri(identifier) else f"{base}kb/{quote(identifier, safe=_SAFE)}"


def source_iri(source: str, base: str) -> str:
    """Give the IRI of a file of a knowledge base.

    >>> source_iri("members/2017.json", "https://kg.example/")
    'https://kg.example/kb-file/members/2017.json'
    """
    return f"{base}kb-file/{quote(source, safe=_SAFE)}"


def link_triples(entity: str, links: Iterable[Link], index: KbIndex, base: str) -> Triples:
    """Iterate over what links say of the entity with this IRI, sorted, each once.

    A sure link is skos:exactMatch to the entry and to its identifiers elsewhere; its codes are schema:identifier, pages
    about it schema:sameAs. A likely one is skos:closeMatch, to the entry and its identifiers alone.
    """
    node = NamedNode(entity)
    found: set[tuple[NamedNode, NamedNode, NamedNode | Literal]] = set()
    for link in links:
        entry = index.by_id(link.entry)
        if entry is None:
            continue
        match = t.EXACT_MATCH if link.sure else CLOSE_MATCH
        for iri in (entry_iri(entry.id, base), *entry.identifiers):
            found.add((node, match, NamedNode(iri)))
        if link.sure:
            found.update((node, SAME_AS, NamedNode(page)) for page in entry.pages)
            found.update((node, SCHEMA_IDENTIFIER, text(code)) for code in entry.notations)
    yield from sorted(found, key=lambda each: tuple(map(str, each)))


class KnownFacts:
    """Says in terms of the ontology what a knowledge base knows of the things that are surely linked to it.

    `entities` gives the entity of each entry that is surely linked, by the id of the entry.
    """

    def __init__(self, comparer: Comparer, base: str, entities: Mapping[str, str]) -> None:
        self._comparer = comparer
        self._index = comparer.index
        self._terms = comparer.terms
        self._base = base
        self._entities = entities
        self._told = frozenset(entities.values())

    def triples(self, entity: str, links: Iterable[Link]) -> Triples:
        """Iterate over what is known of an entity, sorted, each once.

        Each fact is a kg:KnownFact that says from which files it is (prov:wasDerivedFrom) and, where the knowledge
        base does, from when to when: no kg:Fact, and no article supports it. One without dates is a plain triple
        besides. What the ontology has no one property for is not said.
        """
        found = {
            each
            for link in links
            if link.sure and (entry := self._index.by_id(link.entry)) is not None
            for each in self._of_entry(NamedNode(entity), entry)
        }
        yield from sorted(found, key=lambda each: tuple(map(str, each)))

    def _of_entry(self, node: NamedNode, entry: Entry) -> Triples:
        said = [*self._facts(entry), *self._life(entry)]
        for predicate, value, start, end in said:
            yield from self._known_fact(Triple(node, NamedNode(predicate), value), entry, start, end)
            if isinstance(value, NamedNode) and value.value not in self._told:
                yield from self._describe(value)

    def _facts(self, entry: Entry) -> Iterator[tuple[str, NamedNode | Literal, str | None, str | None]]:
        """Iterate over the facts that have just one property of the ontology, and another end that has an IRI."""
        classes = self._comparer.classes(entry, None)
        for fact in entry.facts:
            other = self._other(fact)
            ends = classes, frozenset() if other is None else self._comparer.classes(other, None)
            properties = [each for each in self._terms.properties(fact.property) if self._terms.fits(each, *ends)]
            if len(properties) != 1:
                continue
            if self._terms.ontology.properties[properties[0]].datatype:
                yield properties[0], text(fact.label or fact.other), fact.start, fact.end
            elif other is not None and other.id != entry.id:
                iri = self._entities.get(other.id) or entry_iri(other.id, self._base)
                yield properties[0], NamedNode(iri), fact.start, fact.end

    def _other(self, fact: KnownFact) -> Entry | None:
        """Find the entry at the other end of a fact: by its id, or as the only one that is called so."""
        if fact.other:
            return self._index.by_id(fact.other)
        found = [number for number, spelling in self._index.find(name_key(fact.label)) if spelling <= Spelling.ALIAS]
        return self._index.entry(found[0]) if len(found) == 1 else None

    def _life(self, entry: Entry) -> Iterator[tuple[str, NamedNode | Literal, str | None, str | None]]:
        """Iterate over when an entry was born or founded, died or ended."""
        person = self._terms.is_person(self._comparer.classes(entry, None))
        for name, date in zip(_DATES[person], (entry.start, entry.end), strict=True):
            properties = self._terms.exact_properties(SCHEMA + name) if date is not None else ()
            if len(properties) == 1 and date is not None:
                yield properties[0], dated(date), None, None

    def _known_fact(self, triple: Triple, entry: Entry, start: str | None, end: str | None) -> Triples:
        node = NamedNode(fact_iri(self._base, "kb", str(triple), str(start), str(end)))
        assert isinstance(triple.subject, NamedNode)
        assert isinstance(triple.object, NamedNode | Literal)
        yield node, t.TYPE, KNOWN_FACT
        yield node, t.RDF_SUBJECT, triple.subject
        yield node, t.RDF_PREDICATE, triple.predicate
        yield node, t.RDF_OBJECT, triple.object
        if start is not None:
            yield node, t.FROM, dated(start)
        if end is not None:
            yield node, t.UNTIL, dated(end)
        for source in entry.sources:
            file = NamedNode(source_iri(source, self._base))
            yield node, DERIVED_FROM, file
            yield file, t.TYPE, KNOWLEDGE_BASE
            yield file, t.RDFS_LABEL, text(source)
        if start is None and end is None:
            yield triple.subject, triple.predicate, triple.object

    def _describe(self, node: NamedNode) -> Triples:
        """Say what a thing is called that no article tells of."""
        entry = self._index.by_id(node.value)
        if entry is not None:
            yield node, t.RDFS_LABEL, english(entry.label)
