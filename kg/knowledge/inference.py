"""Inference: the rules of the ontologies run on the facts until nothing new follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import NamedNode, Quad, QuerySolutions, Triple

from kg.errors import OntologyError
from kg.knowledge import terms as t
from kg.knowledge.patterns import Binding, Pattern, RuleQuery, make_rule_query
from kg.ontology import Ontology


@dataclass(slots=True)
class Inference:
    """How a fact follows: the rules that gave it first, the facts they started from, and how sure it is.

    A chain is as sure as its weakest fact; of several ways to a fact the surest counts.
    """

    rules: set[str] = field(default_factory=set)
    premises: set[Triple] = field(default_factory=set)
    confidence: float = 0.0


def infer(
    confidences: Mapping[Triple, float], ontology: Ontology, rejected: Set[Triple] = frozenset()
) -> dict[Triple, Inference]:
    """Give what follows from the facts by the rules of the ontology, in rounds until nothing new does.

    Rules see the facts, every class above a thing's classes, rdfs:subClassOf between all classes, and the classes of
    the ontology's individuals. A class that a thing has already, itself or by one below it, does not follow. Premises
    are facts given or facts of an earlier round, so that none leads back to itself. What was rejected does not follow.
    Raises OntologyError for a rule that is no CONSTRUCT query or gives a triple for which no fact stands.
    """
    engine = _Engine(confidences, ontology, rejected)
    queries = [make_rule_query(rule) for rule in ontology.rules]
    while found := engine.round(queries):
        engine.take(found)
    return engine.inferred


class _Engine:
    def __init__(self, confidences: Mapping[Triple, float], ontology: Ontology, rejected: Set[Triple]) -> None:
        self._ontology = ontology
        self._rejected = rejected
        self._confidences = dict(confidences)
        self._types: dict[object, set[str]] = {}
        self._store = pyoxigraph.Store()
        self._store.extend(_hierarchy(ontology))
        self._show(self._confidences)
        self.inferred: dict[Triple, Inference] = {}

    def round(self, queries: Iterable[RuleQuery]) -> dict[Triple, Inference]:
        """Give what follows at once from the facts known now and is not known."""
        found: dict[Triple, Inference] = {}
        for query in queries:
            for binding in self._solutions(query):
                for pattern in query.template:
                    for triple in self._new(pattern, binding):
                        self._derive(found.setdefault(triple, Inference()), query, binding)
        return _without_implied_types(found, self._ontology)

    def take(self, found: Mapping[Triple, Inference]) -> None:
        """Let the next round start from these as well."""
        self.inferred.update(found)
        self._confidences.update((triple, inference.confidence) for triple, inference in found.items())
        self._show(found)

    def _show(self, triples: Iterable[Triple]) -> None:
        quads: list[Quad] = []
        for triple in triples:
            quads.append(Quad(triple.subject, triple.predicate, triple.object))
            if triple.predicate == t.TYPE and isinstance(triple.object, NamedNode):
                self._types.setdefault(triple.subject, set()).add(triple.object.value)
                above = self._ontology.ancestors(triple.object.value)
                quads.extend(Quad(triple.subject, t.TYPE, NamedNode(iri)) for iri in above)
        self._store.extend(quads)

    def _solutions(self, query: RuleQuery) -> Iterator[Binding]:
        try:
            solutions = self._store.query(query.select)
        except SyntaxError as error:
            raise OntologyError(f'rule "{query.label}": not a query that Oxigraph understands: {error}') from error
        assert isinstance(solutions, QuerySolutions)
        names = [variable.value for variable in solutions.variables]
        for solution in solutions:
            yield {name: solution[name] for name in names if solution[name] is not None}

    def _new(self, pattern: Pattern, binding: Binding) -> Iterator[Triple]:
        triple = pattern.triple(binding)
        if triple is None or triple.subject == triple.object:
            return
        declared = self._ontology.properties.get(triple.predicate.value)
        both = [triple]
        if declared is not None and declared.symmetric and isinstance(triple.object, NamedNode):
            both.append(Triple(triple.object, triple.predicate, triple.subject))
        for each in both:
            if each not in self._confidences and each not in self._rejected and not self._has_type(each):
                yield each

    def _has_type(self, triple: Triple) -> bool:
        if triple.predicate != t.TYPE or not isinstance(triple.object, NamedNode):
            return False
        wanted = triple.object.value
        return any(self._ontology.is_a(iri, wanted) for iri in self._types.get(triple.subject, ()))

    def _derive(self, inference: Inference, query: RuleQuery, binding: Binding) -> None:
        premises = {fact for pattern in query.premises for fact in self._facts(pattern, binding)}
        if not premises:
            raise OntologyError(
                f'rule "{query.label}": gives a triple for which no fact stands; '
                "name the facts that it starts from in its WHERE, as plain triple patterns"
            )
        inference.rules.add(query.label)
        inference.premises |= premises
        inference.confidence = max(inference.confidence, min(self._confidences[fact] for fact in premises))

    def _facts(self, pattern: Pattern, binding: Binding) -> Iterator[Triple]:
        triple = pattern.triple(binding)
        if triple is None:
            return
        if triple in self._confidences:
            yield triple
        elif triple.predicate == t.TYPE and isinstance(triple.object, NamedNode):
            wanted = triple.object.value
            below = sorted(iri for iri in self._types.get(triple.subject, ()) if self._ontology.is_a(iri, wanted))
            facts = [Triple(triple.subject, t.TYPE, NamedNode(iri)) for iri in below]
            stated = [fact for fact in facts if fact in self._confidences]
            if stated:
                yield max(stated, key=lambda fact: self._confidences[fact])


def _without_implied_types(found: dict[Triple, Inference], ontology: Ontology) -> dict[Triple, Inference]:
    types: dict[object, set[str]] = {}
    for triple in found:
        if triple.predicate == t.TYPE and isinstance(triple.object, NamedNode):
            types.setdefault(triple.subject, set()).add(triple.object.value)
    kept = {subject: set(ontology.most_specific(iris)) for subject, iris in types.items()}
    return {
        triple: inference
        for triple, inference in found.items()
        if triple.predicate != t.TYPE
        or not isinstance(triple.object, NamedNode)
        or triple.object.value in kept[triple.subject]
    }


def _hierarchy(ontology: Ontology) -> Iterator[Quad]:
    for iri in ontology.classes:
        for above in ontology.ancestors(iri):
            yield Quad(NamedNode(iri), t.SUB_CLASS_OF, NamedNode(above))
    for individual in ontology.individuals.values():
        for iri in individual.types:
            for above in ontology.ancestors(iri):
                yield Quad(NamedNode(individual.iri), t.TYPE, NamedNode(above))
