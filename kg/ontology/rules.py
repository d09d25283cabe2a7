"""Inference rules: SPARQL CONSTRUCT queries that an ontology holds as SHACL rules."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Final

from kg.nesting import find_nesting
from kg.offline import asks_elsewhere
from kg.ontology.terms import Rule
from kg.ontology.turtle import Source, TermError, Triples, is_blank, local_name
from kg.vocabulary import KG, SH

_RULE: Final = SH + "rule"
_CONSTRUCT: Final = SH + "construct"


def read_rules(triples: Triples) -> tuple[Rule, ...]:
    """Make all rules that are not deactivated, in the order of the files; raise TermError where one may not be run."""
    return tuple(
        _rule(triples, shape, node, number)
        for shape, node, number in iter_rule_nodes(triples)
        if "true" not in triples.texts(node, SH + "deactivated")
    )


def iter_rule_nodes(triples: Triples) -> Iterator[tuple[str, str, int]]:
    """Iterate over the nodes with a sh:construct: the shape that holds it, the node, its number.

    A node that no shape holds stands in place of the shape. The number counts the rules of one shape from 1.
    """
    held: set[str] = set()
    for shape in triples.subjects():
        nodes = [node for node in triples.nodes(shape, _RULE) if any(triples.texts(node, _CONSTRUCT))]
        held.update(nodes)
        yield from ((shape, node, number) for number, node in enumerate(nodes, start=1))
    for node in triples.subjects():
        if node not in held and triples.has_type(node, SH + "SPARQLRule") and any(triples.texts(node, _CONSTRUCT)):
            yield node, node, 1


def construct_text(triples: Triples, node: str) -> str:
    """Give the sh:construct of a rule as it stands in the file."""
    return next(value for value in map(_literal, triples.values(node, _CONSTRUCT)) if value.strip())


def find_danger(text: str) -> str | None:
    """Say why a query may not be run: it would ask another server, or end the process; None when it may."""
    if asks_elsewhere(text):
        return "its SPARQL would ask another server, and kg stays offline; leave SERVICE out"
    deep = find_nesting(text)
    return None if deep is None else f"its SPARQL is too much for the engine: {deep}"


def prologue(triples: Triples, node: str, source: Source) -> str:
    """Give the PREFIX lines of a rule: those of its file and what its sh:prefixes declares."""
    prefixes = dict(source.prefixes)
    for declaring in triples.nodes(node, SH + "prefixes"):
        for declaration in triples.nodes(declaring, SH + "declare"):
            names = triples.texts(declaration, SH + "prefix")
            prefixes.update(zip(names, triples.texts(declaration, SH + "namespace"), strict=False))
    return "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(prefixes.items()))


def _rule(triples: Triples, shape: str, node: str, number: int) -> Rule:
    text = construct_text(triples, node)
    problem = find_danger(text)
    if problem is not None:
        raise TermError(triples.home(node).path, shape, f"a rule of <{shape}>: {problem}")
    iri = node if not is_blank(node) else shape if number == 1 else f"{shape}-{number}"
    if is_blank(iri):
        iri = f"{KG}rule-{sha256(text.encode()).hexdigest()[:12]}"
    label = triples.label(node) or triples.label(shape) or local_name(iri)
    return Rule(iri, label, prologue(triples, node, triples.home(node)) + text)


def _literal(value: object) -> str:
    return str(getattr(value, "value", ""))
