"""Writing decisions: a file of Turtle in which every line is a whole statement, so that git can merge two of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.decisions import terms as t
from kg.decisions.records import Add, Decision, Different, End, Reject, Relation, Rename, Same, Speech, Target, Undo
from kg.knowledge.iris import digest
from kg.knowledge.literals import boolean, dated, text, typed
from kg.model import Iri, Qualification, Value
from kg.vocabulary import KG, OA, PROV, RDF, RDFS, SCHEMA, TYPE, XSD

HEADER: Final = (
    "# Decisions on this graph: kg same, different, rename, reject, add and undo record, kg decisions lists them,\n"
    "# kg build applies them. Every line is a statement of its own: to merge two files, keep the lines of both."
)

_PREFIXES: Final = {"kg": KG, "oa": OA, "prov": PROV, "rdf": RDF, "rdfs": RDFS, "schema": SCHEMA, "xsd": XSD}
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_TYPED: Final = re.compile(r'("(?:[^"\\]|\\.)*")\^\^<([^>]*)>')

Triples = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def write_decisions(decisions: Iterable[Decision], base: str) -> str:
    """Write decisions as Turtle, in the order of their times, an empty line between two.

    The same decisions give the same text, whatever order they are given in.
    """
    prefixes = {**_PREFIXES, "id": f"{base}id/", "decision": f"{base}{t.DECISIONS}/"}
    namespaces = sorted(((namespace, prefix) for prefix, namespace in prefixes.items()), reverse=True)
    declared = (f"@prefix {prefix}: <{prefixes[prefix]}> ." for prefix in sorted(prefixes))
    blocks = [[HEADER, *declared]]
    for decision in sorted(set(decisions), key=lambda each: each.order):
        blocks.append([_line(triple, namespaces) for triple in decision_triples(decision)])
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def decision_iri(decision: Decision, base: str) -> str:
    """Name a decision by all that it says, whatever the base."""
    said = (str(triple) for triple in decision_triples(decision))
    return f"{base}{t.DECISIONS}/{digest(*(each.replace(f'<{base}', '<') for each in said))}"


def decision_triples(decision: Decision) -> Iterator[Triple]:
    """Iterate over the triples of a decision, in the order in which they are written."""
    for subject, predicate, object in _Writer(decision.iri).triples(decision):
        yield Triple(subject, predicate, object)


class _Writer:
    def __init__(self, iri: str) -> None:
        self.iri = iri
        self.node = NamedNode(iri)

    def triples(self, decision: Decision) -> Triples:
        yield self.node, t.TYPE, t.DECISION
        yield self.node, t.TYPE, t.KINDS[decision.kind]
        yield self.node, t.WHEN, Literal(decision.when, datatype=t.DATE_TIME)
        yield self.node, t.BY, text(decision.by)
        if decision.why is not None:
            yield self.node, t.WHY, text(decision.why)
        match decision.content:
            case Same(one, other) | Different(one, other):
                yield from self._target(t.ONE, one, "one")
                yield from self._target(t.OTHER, other, "other")
            case Rename(one, name):
                yield from self._target(t.ONE, one, "one")
                yield self.node, t.NAME, text(name)
            case Reject(relation, speech):
                yield from self._speech(speech)
                yield from self._relation(relation)
            case Add(relation):
                yield from self._relation(relation)
            case Undo(iri):
                yield self.node, t.UNDOES, NamedNode(iri)

    def _target(self, role: NamedNode, target: Target, name: str) -> Triples:
        node = NamedNode(f"{self.iri}-{name}")
        yield self.node, role, node
        yield node, t.THING, NamedNode(target.iri)
        yield node, t.LABEL, text(target.label)
        for words in target.words:
            yield node, t.EXACT, text(words)
        for anchor in target.anchors:
            yield node, t.ANCHOR, NamedNode(anchor)

    def _relation(self, relation: Relation | None) -> Triples:
        if relation is None:
            return
        yield from self._target(t.SUBJECT, relation.subject, "subject")
        yield self.node, t.PREDICATE, NamedNode(relation.predicate)
        yield from self._end(relation.object)
        qualification = relation.qualification or Qualification()
        if qualification.kind is not None:
            yield self.node, t.QUALIFICATION, NamedNode(KG + qualification.kind)
        if qualification.start is not None:
            yield self.node, t.FROM, dated(qualification.start)
        if qualification.end is not None:
            yield self.node, t.UNTIL, dated(qualification.end)

    def _end(self, end: End) -> Triples:
        match end:
            case Target():
                yield from self._target(t.OBJECT, end, "object")
            case Iri(iri):
                yield self.node, t.OBJECT, NamedNode(iri)
            case Value():
                yield self.node, t.OBJECT, typed(end)

    def _speech(self, speech: Speech | None) -> Triples:
        if speech is None:
            return
        yield self.node, t.STATUS, NamedNode(KG + speech.status.capitalize())
        yield self.node, t.TEXT, text(speech.text)
        if speech.speaker is not None:
            yield from self._target(t.SPEAKER, speech.speaker, "speaker")
        if speech.article is not None:
            yield self.node, t.STATED_IN, NamedNode(speech.article)
        if speech.quoted is not None:
            yield self.node, t.QUOTED, boolean(speech.quoted)


def _line(triple: Triple, namespaces: list[tuple[str, str]]) -> str:
    predicate = "a" if triple.predicate.value == TYPE else _term(triple.predicate, namespaces)
    return f"{_term(triple.subject, namespaces)} {predicate} {_term(triple.object, namespaces)} ."


def _term(term: object, namespaces: list[tuple[str, str]]) -> str:
    if isinstance(term, NamedNode):
        return _short(term.value, namespaces)
    found = _TYPED.fullmatch(str(term))
    return str(term) if found is None else f"{found[1]}^^{_short(found[2], namespaces)}"


def _short(iri: str, namespaces: list[tuple[str, str]]) -> str:
    for namespace, prefix in namespaces:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
