"""Reading evidence: the quads of an article's named graph as a reading again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import StoreError
from kg.knowledge import terms as t
from kg.knowledge.evidence import MENTION_CLASSES
from kg.knowledge.iris import passage_span, referent_id
from kg.knowledge.order import in_order
from kg.model import (
    Article,
    Attribution,
    Iri,
    Mention,
    Qualification,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Status,
    Value,
)
from kg.vocabulary import KG

_KINDS: Final = {node: kind for kind, node in MENTION_CLASSES.items()}
_STATUSES: Final = {KG + status.capitalize(): status for status in Status}


def read_reading(quads: Iterable[Quad]) -> Reading:
    """Make the reading that `write_reading` wrote, from the quads of one article's graph in any order.

    Everything in it is in the order of the text. Raises StoreError when the quads are not those of one article.
    """
    nodes: dict[str, _Node] = {}
    for quad in quads:
        subject, predicate = quad.subject, quad.predicate
        if isinstance(subject, NamedNode):
            node = nodes.get(subject.value)
            if node is None:
                node = nodes[subject.value] = {}
            node.setdefault(predicate, []).append(quad.object)
    articles = [iri for iri, node in nodes.items() if t.ARTICLE in node.get(t.TYPE, ())]
    if len(articles) != 1:
        raise StoreError(f"a graph of evidence holds {len(articles)} articles; it should hold one: build it again")
    try:
        return in_order(_Reader(articles[0], nodes).reading())
    except (KeyError, ValueError) as error:
        raise StoreError(f"{articles[0]}: its evidence is damaged ({error!r}); build this article again") from error


_Node = dict[NamedNode, list[object]]


class _Reader:
    """What the records of one article share: its IRI, its text and its nodes."""

    def __init__(self, iri: str, nodes: dict[str, _Node]) -> None:
        self.iri = iri
        self.nodes = nodes
        self.article = _article(nodes[iri])

    def reading(self) -> Reading:
        referents: list[Referent] = []
        mentions: list[Mention] = []
        statements: list[Statement] = []
        attributions: list[Attribution] = []
        for iri, node in self.nodes.items():
            for kind in node.get(t.TYPE, ()):
                if kind == t.REFERENT:
                    referents.append(self._referent(iri, node))
                elif kind == t.STATEMENT:
                    statements.append(self._statement(node))
                elif kind == t.ATTRIBUTION:
                    attributions.append(self._attribution(node))
                elif kind in _KINDS:
                    mentions.extend(self._mentions(iri, node))
        return Reading(self.article, tuple(referents), tuple(mentions), tuple(statements), tuple(attributions))

    def _referent(self, iri: str, node: _Node) -> Referent:
        return Referent(
            self._id(iri),
            _text(node, t.RDFS_LABEL),
            tuple(_values(node, t.ALT_LABEL)),
            tuple(value for value in _values(node, t.TYPE) if value != t.REFERENT.value),
            _text(node, t.NAMED) == "true",
            _optional(node, t.EXACT_MATCH),
        )

    def _mentions(self, iri: str, node: _Node) -> Iterator[Mention]:
        span = passage_span(iri)
        kind = next(kind for kind, of_kind in MENTION_CLASSES.items() if of_kind in node[t.TYPE])
        text = _optional(node, t.RDFS_LABEL)
        if text is None:
            text = self.article.text[span.start : span.end]
        for referent in _values(node, t.REFERS_TO):
            yield Mention(self._id(referent), span, text, kind)

    def _statement(self, node: _Node) -> Statement:
        speaker = _optional(node, t.SPEAKER)
        return Statement(
            subject=self._id(_text(node, t.RDF_SUBJECT)),
            predicate=_text(node, t.RDF_PREDICATE),
            object=self._object(node),
            status=_STATUSES[_text(node, t.STATUS)],
            confidence=float(_text(node, t.CONFIDENCE)),
            evidence=passage_span(_text(node, t.EVIDENCE)),
            subject_span=passage_span(_text(node, t.SUBJECT_PASSAGE)),
            rule=_text(node, t.RULE),
            object_span=_span(node, t.OBJECT_PASSAGE),
            speaker=None if speaker is None else self._id(speaker),
            status_cue=_optional(node, t.STATUS_CUE),
            qualification=_qualification(node),
        )

    def _object(self, node: _Node) -> Ref | Iri | Value:
        (term,) = node[t.RDF_OBJECT]
        if isinstance(term, Literal):
            lexical = _optional(node, t.LEXICAL)
            return Value(term.value if lexical is None else lexical, term.datatype.value)
        iri = _text(node, t.RDF_OBJECT)
        referent = referent_id(self.iri, iri)
        return Iri(iri) if referent is None else Ref(referent)

    def _attribution(self, node: _Node) -> Attribution:
        speaker = _optional(node, t.SPEAKER)
        return Attribution(
            None if speaker is None else self._id(speaker),
            _span(node, t.SOURCE),
            _span(node, t.CUE),
            passage_span(_text(node, t.EVIDENCE)),
            _text(node, t.QUOTED) == "true",
            tuple(map(self._id, _values(node, t.ABOUT))),
        )

    def _id(self, iri: str) -> str:
        referent = referent_id(self.iri, iri)
        if referent is None:
            raise ValueError(f"{iri} is no referent of the article")
        return referent


def _article(node: _Node) -> Article:
    return Article(
        _text(node, t.IDENTIFIER),
        _text(node, t.TEXT),
        _optional(node, t.HEADLINE),
        _optional(node, t.PUBLISHED),
        _optional(node, t.URL),
        _optional(node, t.AUTHOR),
        _optional(node, t.READ_FROM),
    )


def _qualification(node: _Node) -> Qualification | None:
    kind = _optional(node, t.QUALIFICATION)
    found = Qualification(
        None if kind is None else kind.removeprefix(KG), _optional(node, t.FROM), _optional(node, t.UNTIL)
    )
    return None if found == Qualification() else found


def _values(node: _Node, predicate: NamedNode) -> list[str]:
    return [term.value for term in node.get(predicate, ()) if isinstance(term, NamedNode | Literal)]


def _text(node: _Node, predicate: NamedNode) -> str:
    values = _values(node, predicate)
    if len(values) != 1:
        raise ValueError(f"{len(values)} values of {predicate.value}, not one")
    return values[0]


def _optional(node: _Node, predicate: NamedNode) -> str | None:
    return _text(node, predicate) if predicate in node else None


def _span(node: _Node, predicate: NamedNode) -> Span | None:
    value = _optional(node, predicate)
    return None if value is None else passage_span(value)
