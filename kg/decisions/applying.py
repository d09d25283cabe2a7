"""Decisions on the evidence of today: rulings for identity, labels, and corrections of facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from kg.decisions import terms as t
from kg.decisions.checks import Contradiction, find_effective, judge, mirrors
from kg.decisions.evidence import Evidence, Locator, Member, Things
from kg.decisions.records import (
    Add,
    Decision,
    Different,
    End,
    Reject,
    Relation,
    Rename,
    Same,
    Standing,
    Target,
    Undo,
    targets,
)
from kg.decisions.words import Describer, short_id
from kg.decisions.written import decision_triples
from kg.knowledge.facts import Claim, Corrections
from kg.knowledge.literals import text, typed
from kg.model import Entity, Iri, Issue, Qualification, Ruling, Value
from kg.ontology import Ontology
from kg.vocabulary import TYPE

_GRAPH: Final = "decisions"


def decisions_graph(base: str) -> NamedNode:
    """Name the graph that holds the decisions."""
    return NamedNode(base + _GRAPH)


def recorded_quads(decisions: Iterable[Decision], base: str) -> Iterator[Quad]:
    """Iterate over what is recorded of some decisions, as quads of their graph."""
    graph = decisions_graph(base)
    for decision in decisions:
        for triple in decision_triples(decision):
            yield Quad(triple.subject, triple.predicate, _stored(triple.object), graph)


class Application:
    """The decisions of a graph, applied in three steps: rulings for identity, then judgement, then corrections.

    After the last `issues` has a line for each decision that is superfluous or has to wait.
    """

    def __init__(self, decisions: Iterable[Decision], evidence: Evidence, ontology: Ontology) -> None:
        self.decisions = sorted(decisions, key=lambda decision: decision.order)
        self.ontology = ontology
        self.issues: list[Issue] = []
        self.judgement = find_effective(self.decisions)
        self.standing = {decision.iri: Standing.APPLIED for decision in self.judgement.effective}
        self.standing |= dict.fromkeys(self.judgement.undone, Standing.UNDONE)
        self._evidence = evidence
        self._say = Describer(ontology, self.decisions)
        self._given: dict[Target, tuple[Member, ...]] = {}
        self._locator = Locator(evidence, Things(()), self._given)

    def rulings(self, undecided: Callable[[], Iterable[Entity]]) -> tuple[Ruling, ...]:
        """Give what was decided on identity, in terms of referents.

        `undecided` gives the entities without any ruling, for things that no mention tells any more.
        """
        found = []
        things: Things | None = None
        for decision in self.judgement.effective:
            content = decision.content
            if not isinstance(content, Same | Different):
                continue
            for target in (content.one, content.other):
                self._given[target] = tuple(self._evidence.find(target))
                if not self._given[target]:
                    things = things or Things(undecided())
                    called = things.called(target)
                    self._given[target] = () if called is None else called.referents
            one, other = (sorted(self._given[target]) for target in (content.one, content.other))
            same = isinstance(content, Same)
            shared = set() if same else set(one) & set(other)
            ones, others = (tuple(each for each in side if each not in shared) for side in (one, other))
            if ones and others:
                found.append(Ruling(decision.iri, same, ones, others))
        return tuple(found)

    def judge(self, entities: Iterable[Entity]) -> list[Issue]:
        """See how decisions stand to each other, and give a line for each two that contradict each other.

        `entities` are those that identity made with the rulings.
        """
        self._locator = Locator(self._evidence, Things(entities), self._given)
        judge(self.judgement, self._locator, self.ontology)
        return [self._contradiction(each) for each in self.judgement.contradictions]

    def _contradiction(self, found: Contradiction) -> Issue:
        if isinstance(found.later.content, Undo) and isinstance(found.earlier.content, Undo):
            told = f"{self._say.tell(found.earlier)} and {self._say.tell(found.later)}{_line(found.later)} undo each"
            return Issue(_place(found.earlier), f"{told} other; take one of them out of the file")
        through = "".join(f", by {self._say.tell(each)}{_line(each)}" for each in found.through)
        told = f"{self._say.tell(found.earlier)} and {self._say.tell(found.later)}{_line(found.later)} contradict each"
        return Issue(_place(found.earlier), f"{told} other{through}; undo one of them")

    def correct(self) -> tuple[list[Entity], Corrections]:
        """Give the entities with their labels by decision, and what was decided on facts."""
        for decision in self.judgement.effective:
            self._see(decision)
        return self._rename(self._locator.things.entities), self._corrections()

    def quads(self, base: str) -> Iterator[Quad]:
        """Iterate over the quads of the graph of decisions: what is recorded, what became of it, and what it is of."""
        graph = decisions_graph(base)
        yield from recorded_quads(self.decisions, base)
        for decision in self.decisions:
            node = NamedNode(decision.iri)
            yield Quad(node, t.STANDING, text(self.standing.get(decision.iri, Standing.WAITING)), graph)
            for target in targets(decision.content):
                entity = self._locator.entity(target)
                if entity is not None:
                    yield Quad(node, t.ABOUT, NamedNode(entity.iri), graph)

    @property
    def named(self) -> dict[str, Decision]:
        """Give the decision by which the entity with an IRI has its label."""
        renames = (each for each in self.judgement.effective if isinstance(each.content, Rename))
        found = {}
        for decision in renames:
            entity = self._locator.entity(targets(decision.content)[0])
            if entity is not None and self.standing[decision.iri] is Standing.APPLIED:
                found[entity.iri] = decision
        return found

    # -- what waits, and what says nothing new ---------------------------------------------------------

    def _find(self, decision: Decision) -> bool:
        """Say whether all that a decision is about is there; when not, it waits."""
        missing = next((each for each in targets(decision.content) if not self._locator.members(each)), None)
        if missing is None:
            return True
        self._wait(decision, f'what was "{missing.label}" <{missing.iri}> then is not in the graph')
        return False

    def _see(self, decision: Decision) -> None:
        """Look what identity made of a ruling."""
        content = decision.content
        if isinstance(content, Undo) and content.decision not in {each.iri for each in self.decisions}:
            self._wait(decision, "there is no such decision")
        if not isinstance(content, Same | Different) or not self._find(decision):
            return
        if decision.iri in self.judgement.blurred:
            self._wait(decision, "no article tells one from the other any more")
            return
        joined = self._locator.entity(content.one) is self._locator.entity(content.other)
        if joined != isinstance(content, Same):
            self._wait(decision, f"identity takes them for {'one thing' if joined else 'two things'}")
        elif decision.iri in self.judgement.superfluous:
            self.standing[decision.iri] = Standing.SUPERFLUOUS
            others = self.judgement.superfluous[decision.iri]
            told = " and ".join(f"{self._say.tell(each)}{_line(each)}" for each in others)
            self._note(decision, f"is superfluous: it follows from {told or 'what the article says'}")

    def _wait(self, decision: Decision, reason: str) -> None:
        if self.standing[decision.iri] is not Standing.WAITING:
            self.standing[decision.iri] = Standing.WAITING
            self._note(decision, f"waits: {reason}")

    def _note(self, decision: Decision, message: str) -> None:
        self.issues.append(Issue(_place(decision), f"{self._say.tell(decision)} {message}"))

    # -- labels ----------------------------------------------------------------------------------------

    def _rename(self, entities: Iterable[Entity]) -> list[Entity]:
        latest: dict[str, Decision] = {}
        for decision in self.judgement.effective:
            if isinstance(decision.content, Rename) and self._find(decision):
                entity = self._locator.entity(decision.content.one)
                assert entity is not None
                if entity.iri in latest:
                    self._wait(latest[entity.iri], f"identity takes it for one with what {self._say.tell(decision)}")
                latest[entity.iri] = decision
        names = {iri: each.content.name for iri, each in latest.items() if isinstance(each.content, Rename)}
        return [_renamed(entity, names[entity.iri]) if entity.iri in names else entity for entity in entities]

    # -- facts -----------------------------------------------------------------------------------------

    def _corrections(self) -> Corrections:
        rejected: dict[Triple, Decision] = {}
        qualified: set[tuple[Triple, Qualification]] = set()
        claims: set[Claim] = set()
        added: dict[Triple, set[str]] = {}
        for decision in self.judgement.effective:
            match decision.content:
                case Reject(relation, None) if relation is not None and self._find(decision):
                    for triple in self._triples(relation, mirrored=True):
                        if relation.qualification is None:
                            rejected[triple] = decision
                        else:
                            qualified.add((triple, relation.qualification))
                case Reject() if self._find(decision):
                    claims.add(self._claim(decision.content))
                case Add(relation) if self._find(decision) and self._fits(decision, relation):
                    for triple in self._triples(relation):
                        added.setdefault(triple, set()).add(decision.iri)
        for triple in rejected:
            for iri in added.pop(triple, ()):
                decision = next(each for each in self.judgement.effective if each.iri == iri)
                self._wait(decision, f"it is the same by now as what {self._say.tell(rejected[triple])}")
        return Corrections(
            frozenset(rejected),
            frozenset(qualified),
            frozenset(claims),
            {triple: frozenset(decisions) for triple, decisions in added.items()},
        )

    def _fits(self, decision: Decision, relation: Relation) -> bool:
        """Say whether the ontology still has the terms of a fact that was added."""
        terms = [relation.predicate] if relation.predicate != TYPE else []
        if relation.predicate == TYPE and isinstance(relation.object, Iri):
            terms = [relation.object.iri]
        missing = [iri for iri in terms if iri not in self.ontology.properties and iri not in self.ontology.classes]
        if missing:
            self._wait(decision, f"the ontology has no {missing[0]} any more")
        return not missing

    def _triples(self, relation: Relation, *, mirrored: bool = False) -> Iterator[Triple]:
        """Iterate over the triples that say it: both directions of a symmetric property, on demand the inverse too."""
        subject, object = self._node(relation.subject), self._object(relation.object)
        yield Triple(subject, NamedNode(relation.predicate), object)
        if isinstance(object, NamedNode):
            for predicate in mirrors(relation.predicate, self.ontology):
                if mirrored or predicate == relation.predicate:
                    yield Triple(object, NamedNode(predicate), subject)

    def _claim(self, reject: Reject) -> Claim:
        speech, relation = reject.speech, reject.relation
        assert speech is not None
        triple = None if relation is None else next(self._triples(relation))
        speaker = None if speech.speaker is None else self._node(speech.speaker).value
        qualification = None if relation is None else relation.qualification
        return Claim(speaker, speech.article, speech.status, speech.text, triple, qualification, speech.quoted)

    def _node(self, target: Target) -> NamedNode:
        entity = self._locator.entity(target)
        assert entity is not None
        return NamedNode(entity.iri)

    def _object(self, end: End) -> NamedNode | Literal:
        match end:
            case Target():
                return self._node(end)
            case Iri(iri):
                known = self._locator.things.known(iri)
                return NamedNode(iri if known is None else known.iri)
            case Value():
                return typed(end)


def _renamed(entity: Entity, name: str) -> Entity:
    others = (each for each in (entity.label, *entity.names) if each != name)
    return replace(entity, label=name, names=(name, *dict.fromkeys(others)))


def _stored(term: object) -> NamedNode | Literal:
    """Give a term as a store gives it back."""
    assert isinstance(term, NamedNode | Literal)
    if isinstance(term, Literal) and term.datatype == t.DATE_TIME:
        return typed(Value(term.value, term.datatype.value))
    return term


def _place(decision: Decision) -> str:
    return decision.source or f"decision {short_id(decision.iri)}"


def _line(decision: Decision) -> str:
    """Say on which line of the file a second decision stands."""
    return "" if decision.source is None else f" (line {decision.source.rpartition(':')[2]})"
