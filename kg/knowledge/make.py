"""The default graph: entities, facts, claims and what follows, made of all evidence by nothing but a function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.knowledge import terms as t
from kg.knowledge.facts import NAMING, Backing, Claim, Corrections, Gathering, Support
from kg.knowledge.inference import Inference, infer
from kg.knowledge.iris import claim_iri, fact_iri
from kg.knowledge.literals import boolean, dated, english, hundredths, text
from kg.model import Entity, Qualification, Reading
from kg.ontology import Ontology
from kg.vocabulary import KG, ORG, SCHEMA

MIN_CONFIDENCE: Final = 0.5

_MEMBER_FIRST: Final = frozenset((ORG + "memberOf", ORG + "headOf"))
_ORGANIZATION_FIRST: Final = frozenset((ORG + "hasMember",))
_NONE: Final = Corrections()
_SCHEMA_CLAIM: Final = NamedNode(SCHEMA + "Claim")

_NOBODY: Final = Support()

Triples = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def make_knowledge(
    readings: Iterable[Reading],
    entities: Iterable[Entity],
    ontology: Ontology,
    base: str,
    min_confidence: float = MIN_CONFIDENCE,
    corrections: Corrections = _NONE,
) -> Iterator[Quad]:
    """Iterate over the quads of the default graph, each once, in an order that only the graph decides.

    - An entity has its classes, no class above another of them, its label, its other names, and the individual of an
      ontology that it is.
    - What articles assert without qualification is one plain triple; both directions where the property is
      symmetric. A kg:Fact beside it carries passages, articles, rules and the combined confidence.
    - What is former, acting, future or dated is a kg:QualifiedFact, and an org:Membership where it is one.
    - What is claimed, denied, possible or attributed is a kg:Claim.
    - What rules infer is a plain triple with a kg:Fact that names the facts it follows from and their passages.
    - What was added by decision is a fact that names the decision, of confidence 1; what was rejected is not there,
      and nothing follows from it.

    Statements below `min_confidence` stay in the evidence, and so do those that relate a thing to itself. Values of
    functional properties that contradict each other stand side by side. Raises ValueError when a referent is of no
    entity, OntologyError for a rule that cannot run.
    """
    entities = list(entities)
    gathering = Gathering(entities, ontology, base, min_confidence)
    for reading in readings:
        gathering.add(reading)
    gathering.correct(corrections)
    writer = _Writer(gathering, entities, ontology, base, corrections.rejected)
    for subject, predicate, object in writer.triples(entities):
        yield Quad(subject, predicate, object)


class _Writer:
    def __init__(
        self, gathering: Gathering, entities: Iterable[Entity], ontology: Ontology, base: str, rejected: Set[Triple]
    ) -> None:
        self.ontology = ontology
        self.base = base
        self.claims = gathering.claims
        self.qualified = gathering.qualified
        self.types = _types(gathering.facts, entities, ontology, rejected)
        self.facts = {
            triple: support
            for triple, support in gathering.facts.items()
            if triple.predicate != t.TYPE or _value(triple.object) in self.types.get(_value(triple.subject), ())
        }
        confidences = {triple: support.confidence for triple, support in self.facts.items()}
        self.inferred = infer(confidences, ontology, rejected)
        for triple, inference in self.inferred.items():
            self.facts[triple] = self._inherited(inference)
        self._drop_implied_types()

    def _drop_implied_types(self) -> None:
        """Drop a class that is known by naming alone where one below it was inferred and nothing follows from it."""
        premises = {premise for inference in self.inferred.values() for premise in inference.premises}
        for triple in self.inferred:
            if triple.predicate != t.TYPE:
                continue
            for iri in self.ontology.ancestors(_value(triple.object)) - {_value(triple.object)}:
                general = Triple(triple.subject, t.TYPE, NamedNode(iri))
                support = self.facts.get(general, _NOBODY)
                if general not in premises and support.rules == {NAMING} and not support.decisions:
                    del self.facts[general]
                    self.types[_value(triple.subject)] -= {iri}

    def _inherited(self, inference: Inference) -> Support:
        support = Support(rules=inference.rules)
        for premise in inference.premises:
            support.passages |= self.facts[premise].passages
            support.best.update(dict.fromkeys(self.facts[premise].articles, inference.confidence))
        return support

    def triples(self, entities: Iterable[Entity]) -> Triples:
        for entity in sorted(entities, key=lambda entity: entity.iri):
            yield from self._entity(entity)
        yield from self._individuals()
        for triple in sorted(self.facts, key=str):
            assert isinstance(triple.subject, NamedNode)
            assert isinstance(triple.object, NamedNode | Literal)
            if triple.predicate != t.TYPE or triple in self.inferred:
                yield triple.subject, triple.predicate, triple.object
            yield from self._fact(triple)
        for triple, qualification in sorted(self.qualified, key=repr):
            yield from self._qualified_fact(triple, qualification)
        for claim in sorted(self.claims, key=repr):
            yield from self._claim(claim, self.claims[claim])

    def _entity(self, entity: Entity) -> Triples:
        node = NamedNode(entity.iri)
        for iri in sorted(self.types[entity.iri]):
            yield node, t.TYPE, NamedNode(iri)
        yield node, t.RDFS_LABEL, english(entity.label)
        for name in sorted(set(entity.names) - {entity.label}):
            yield node, t.ALT_LABEL, english(name)
        if entity.known is not None:
            yield node, t.EXACT_MATCH, NamedNode(entity.known)

    def _individuals(self) -> Triples:
        """Describe the individuals of the ontology that facts name, so that the graph can be read without it."""
        used = {_value(triple.object) for triple in (*self.facts, *(triple for triple, _ in self.qualified))}
        for iri in sorted(used.intersection(self.ontology.individuals)):
            node, individual = NamedNode(iri), self.ontology.individuals[iri]
            yield node, t.RDFS_LABEL, english(individual.label)
            for kind in individual.types:
                yield node, t.TYPE, NamedNode(kind)

    def _fact(self, triple: Triple) -> Triples:
        node = self._fact_node(triple)
        support = self.facts[triple]
        yield node, t.TYPE, t.FACT
        yield from _statement(node, triple)
        inference = self.inferred.get(triple)
        if inference is None:
            yield node, t.CONFIDENCE, hundredths(support.confidence)
        else:
            yield node, t.CONFIDENCE, hundredths(inference.confidence)
            for premise in sorted(inference.premises, key=str):
                yield node, t.INFERRED_FROM, self._fact_node(premise)
        yield from _support(node, support)

    def _fact_node(self, triple: Triple) -> NamedNode:
        return NamedNode(fact_iri(self.base, str(triple)))

    def _qualified_fact(self, triple: Triple, qualification: Qualification) -> Triples:
        node = NamedNode(fact_iri(self.base, str(triple), *map(str, _parts(qualification))))
        support = self.qualified[triple, qualification]
        yield node, t.TYPE, t.QUALIFIED_FACT
        yield from _statement(node, triple)
        yield from _qualification(node, qualification)
        yield from self._membership(node, triple)
        yield node, t.CONFIDENCE, hundredths(support.confidence)
        yield from _support(node, support)

    def _membership(self, node: NamedNode, triple: Triple) -> Triples:
        above = self.ontology.ancestors(triple.predicate.value)
        ends: tuple[object, object] = triple.subject, triple.object
        if above & _ORGANIZATION_FIRST:
            ends = triple.object, triple.subject
        elif not above & _MEMBER_FIRST:
            return
        member, organization = ends
        if isinstance(member, NamedNode) and isinstance(organization, NamedNode):
            yield node, t.TYPE, t.MEMBERSHIP
            yield node, t.ORG_MEMBER, member
            yield node, t.ORG_ORGANIZATION, organization

    def _claim(self, claim: Claim, backing: Backing) -> Triples:
        parts = claim.speaker, claim.article, claim.status, claim.text, claim.quoted, claim.triple
        node = NamedNode(claim_iri(self.base, *map(str, parts), *map(str, _parts(claim.qualification))))
        yield node, t.TYPE, t.CLAIM
        yield node, t.TYPE, _SCHEMA_CLAIM
        if claim.speaker is not None:
            yield node, t.SPEAKER, NamedNode(claim.speaker)
        yield node, t.STATUS, NamedNode(KG + claim.status.capitalize())
        for cue in sorted(backing.cues):
            yield node, t.STATUS_CUE, text(cue)
        yield node, t.TEXT, english(claim.text)
        if claim.quoted is not None:
            yield node, t.QUOTED, boolean(claim.quoted)
        for iri in sorted(backing.about):
            yield node, t.ABOUT, NamedNode(iri)
        if claim.triple is not None:
            yield from _statement(node, claim.triple)
            yield node, t.CONFIDENCE, hundredths(backing.support.confidence)
        if claim.qualification is not None:
            yield from _qualification(node, claim.qualification)
        yield from _support(node, backing.support)


def _types(
    facts: Iterable[Triple], entities: Iterable[Entity], ontology: Ontology, rejected: Set[Triple]
) -> dict[str, frozenset[str]]:
    """Give the classes of each entity, stated or of its names, without those rejected or above another of them."""
    types = {entity.iri: set(entity.types) for entity in entities}
    for triple in facts:
        if triple.predicate == t.TYPE:
            types.setdefault(_value(triple.subject), set()).add(_value(triple.object))
    for triple in rejected:
        if triple.predicate == t.TYPE:
            types.get(_value(triple.subject), set()).discard(_value(triple.object))
    return {iri: frozenset(ontology.most_specific(found)) for iri, found in types.items()}


def _statement(node: NamedNode, triple: Triple) -> Triples:
    assert isinstance(triple.subject, NamedNode)
    assert isinstance(triple.object, NamedNode | Literal)
    yield node, t.RDF_SUBJECT, triple.subject
    yield node, t.RDF_PREDICATE, triple.predicate
    yield node, t.RDF_OBJECT, triple.object


def _support(node: NamedNode, support: Support) -> Triples:
    for rule in sorted(support.rules):
        yield node, t.RULE, text(rule)
    for passage in sorted(support.passages):
        yield node, t.SUPPORT, NamedNode(passage)
    for article in sorted(support.articles):
        yield node, t.STATED_IN, NamedNode(article)
    for decision in sorted(support.decisions):
        yield node, t.BY_DECISION, NamedNode(decision)


def _qualification(node: NamedNode, qualification: Qualification) -> Triples:
    if qualification.kind is not None:
        yield node, t.QUALIFICATION, NamedNode(KG + qualification.kind)
    if qualification.start is not None:
        yield node, t.FROM, dated(qualification.start)
    if qualification.end is not None:
        yield node, t.UNTIL, dated(qualification.end)


def _parts(qualification: Qualification | None) -> tuple[str | None, ...]:
    if qualification is None:
        return ()
    return qualification.kind, qualification.start, qualification.end


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
