"""A rule taken apart: the query for its solutions, the triples it gives, and the triples it starts from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.errors import OntologyError
from kg.knowledge import terms as t
from kg.ontology.terms import Rule

if TYPE_CHECKING:
    from rdflib.plugins.sparql.parserutils import CompValue

Node = NamedNode | BlankNode | Literal | Triple
Binding = Mapping[str, Node]

_TOKEN: Final = re.compile(
    r"""<[^<>"{}|^`\\\s]*> | \"{3}.*?(?<!\\)\"{3} | '{3}.*?(?<!\\)'{3}
    | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | \#[^\n]* | [{}] | \bconstruct\b""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_PARTS: Final = ("p", "p1", "p2")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern; a str is the name of a variable."""

    subject: Node | str
    predicate: Node | str
    object: Node | str

    def triple(self, binding: Binding) -> Triple | None:
        """Give the triple for one solution; None when a variable is not bound or the triple is none of RDF."""
        subject, predicate, object = (
            binding.get(part) if isinstance(part, str) else part for part in (self.subject, self.predicate, self.object)
        )
        if not isinstance(subject, NamedNode) or not isinstance(predicate, NamedNode):
            return None
        if object is None or isinstance(object, BlankNode):
            return None
        return Triple(subject, predicate, object)


@dataclass(frozen=True, slots=True)
class RuleQuery:
    """A rule ready to run: its label, its WHERE as a SELECT of all variables, and its patterns."""

    label: str
    select: str
    template: tuple[Pattern, ...]
    premises: tuple[Pattern, ...]


@lru_cache(maxsize=256)
def make_rule_query(rule: Rule) -> RuleQuery:
    """Take a rule apart; raise OntologyError when it is no CONSTRUCT query or makes blank nodes."""
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        algebra = translateQuery(parseQuery(rule.construct)).algebra
    except Exception as error:  # rdflib and pyparsing raise many kinds
        raise OntologyError(f'rule "{rule.label}": not a SPARQL query: {error}') from error
    if algebra.name != "ConstructQuery":
        raise OntologyError(f'rule "{rule.label}": is no CONSTRUCT query; write what it gives as CONSTRUCT {{ … }}')
    premises = tuple(_patterns(triple for triple in _triples(algebra.p)))
    template = premises if algebra.template is None else tuple(_patterns(algebra.template))
    if any(isinstance(node, BlankNode) for each in template for node in (each.subject, each.object)):
        raise OntologyError(f'rule "{rule.label}": makes a blank node; name what it makes, with BIND(IRI(…) AS ?x)')
    return RuleQuery(rule.label, _select(rule), template, premises)


def _select(rule: Rule) -> str:
    """Put SELECT * where CONSTRUCT and its template stand."""
    tokens = [(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(rule.construct)]
    words = [number for number, (text, _, _) in enumerate(tokens) if text.lower() == "construct"]
    verb = words[0]
    start, end = tokens[verb][1:]
    following = [token for token in tokens[verb + 1 :] if token[0] in "{}"]
    if rule.construct[end : following[0][1]].strip() == "":
        end = following[1][2]
    return f"{rule.construct[:start]}SELECT * {rule.construct[end:]}"


def _triples(node: CompValue) -> Iterator[tuple[object, object, object]]:
    """Iterate over the triple patterns that a solution matches: not those it must not match."""
    if node.name == "BGP":
        yield from node.triples
    parts = ("p1",) if node.name == "Minus" else _PARTS
    for part in parts:
        below = node.get(part)
        if hasattr(below, "name"):
            yield from _triples(below)


def _patterns(triples: Iterable[tuple[object, object, object]]) -> Iterator[Pattern]:
    for subject, predicate, object in triples:
        for one, path, other in _paths(subject, predicate, object):
            yield Pattern(_node(one), _node(path), _node(other))


def _paths(subject: object, path: object, object: object) -> Iterator[tuple[object, object, object]]:
    """Break a property path into the triples it can stand for; a path of unknown length stands for none."""
    from rdflib import RDF, URIRef
    from rdflib.paths import AlternativePath, InvPath, Path, SequencePath

    if isinstance(path, AlternativePath):
        for each in path.args:
            yield from _paths(subject, each, object)
    elif isinstance(path, InvPath):
        yield from _paths(object, path.arg, subject)
    elif isinstance(path, SequencePath) and path.args[0] == RDF.type:
        yield subject, URIRef(t.TYPE.value), object
    elif not isinstance(path, Path):
        yield subject, path, object


def _node(term: object) -> Node | str:
    from rdflib import BNode, URIRef, Variable
    from rdflib import Literal as RdflibLiteral

    if isinstance(term, Variable):
        return str(term)
    if isinstance(term, BNode):
        return BlankNode(str(term))
    if isinstance(term, RdflibLiteral):
        if term.language:
            return Literal(str(term), language=term.language)
        return Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
    assert isinstance(term, URIRef)
    return NamedNode(str(term))
