"""What the rules make of one article alone: the statements that `kg extract` prints beside those found in the text."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from kg.knowledge.inference import Inference, infer
from kg.model import Iri, Reading, Ref, Statement, Status, Value
from kg.ontology import Ontology
from kg.vocabulary import TYPE

_REFERENT = "urn:referent:"


def conclude(reading: Reading, ontology: Ontology) -> tuple[Statement, ...]:
    """Return what follows from the plain facts of one article, with the words of the fact that it follows from.

    The subject and object spans are those of the first premise that mentions them; statements are in the order of their
    evidence.
    """
    facts: dict[Triple, Statement] = {}
    for statement in reading.statements:
        if statement.status is Status.ASSERTED and statement.qualification is None:
            facts.setdefault(_triple(statement), statement)
    confidences = {triple: statement.confidence for triple, statement in facts.items()}
    for referent in reading.referents:
        for of_class in referent.types:
            confidences.setdefault(Triple(_node(referent.id), NamedNode(TYPE), NamedNode(of_class)), 1.0)
    inferred = infer(confidences, ontology)
    found = [_statement(triple, inference, facts) for triple, inference in inferred.items()]
    return tuple(sorted((s for s in found if s is not None), key=lambda s: (s.evidence, s.predicate, s.subject)))


def _node(referent: str) -> NamedNode:
    return NamedNode(_REFERENT + referent)


def _triple(statement: Statement) -> Triple:
    end = statement.object
    if isinstance(end, Value):
        object_: NamedNode | Literal = Literal(end.text, datatype=NamedNode(end.datatype))
    else:
        object_ = _node(end.id) if isinstance(end, Ref) else NamedNode(end.iri)
    return Triple(_node(statement.subject), NamedNode(statement.predicate), object_)


def _statement(triple: Triple, inference: Inference, facts: dict[Triple, Statement]) -> Statement | None:
    premises = sorted(
        (facts[p] for p in inference.premises if p in facts), key=lambda s: (s.predicate == TYPE, s.evidence)
    )
    if not premises or not isinstance(triple.subject, NamedNode):
        return None
    first = premises[0]
    subject = triple.subject.value.removeprefix(_REFERENT)
    spans = {s.subject: s.subject_span for s in reversed(premises)}
    spans |= {s.object.id: s.object_span for s in reversed(premises) if isinstance(s.object, Ref) and s.object_span}
    end: Ref | Iri | Value
    if isinstance(triple.object, Literal):
        end = Value(triple.object.value, triple.object.datatype.value)
    else:
        assert isinstance(triple.object, NamedNode)
        iri = triple.object.value
        end = Ref(iri.removeprefix(_REFERENT)) if iri.startswith(_REFERENT) else Iri(iri)
    return Statement(
        subject=subject,
        predicate=triple.predicate.value,
        object=end,
        status=Status.ASSERTED,
        confidence=inference.confidence,
        evidence=first.evidence,
        subject_span=spans.get(subject, first.subject_span),
        object_span=spans.get(end.id) if isinstance(end, Ref) else None,
        rule="rule: " + "; ".join(sorted(inference.rules)),
    )
