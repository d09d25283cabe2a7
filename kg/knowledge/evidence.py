"""Writing evidence: a reading as the quads of its article's named graph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.knowledge import terms as t
from kg.knowledge.iris import article_iri, digest, passage_iri, referent_iri
from kg.knowledge.literals import boolean, dated, decimal, integer, text, typed
from kg.knowledge.order import in_order
from kg.model import (
    Article,
    Attribution,
    Iri,
    Mention,
    MentionKind,
    Reading,
    Ref,
    Referent,
    Span,
    Statement,
    Value,
)
from kg.vocabulary import KG

MENTION_CLASSES: Final = {
    MentionKind.NAME: t.NAME_MENTION,
    MentionKind.NOMINAL: t.NOMINAL_MENTION,
    MentionKind.PRONOUN: t.PRONOUN_MENTION,
}
"""The form of a mention as its class. Of two forms of one span the first here counts."""

Triples = Iterator[tuple[NamedNode, NamedNode, NamedNode | Literal]]


def write_reading(reading: Reading, base: str) -> Iterator[Quad]:
    """Iterate over the quads of an article's evidence, each once, all in the graph named by the article's IRI.

    Every node has an IRI: referents by their id, passages by RFC 5147, statements and attributions by a hash of what
    they say. `read_reading` gives the reading back, in order.
    """
    writer = _Writer(reading.article, base)
    graph = writer.node
    for subject, predicate, object in dict.fromkeys(writer.triples(in_order(reading))):
        yield Quad(subject, predicate, object, graph)


class _Writer:
    """What the triples of one article share: its text and its IRI."""

    def __init__(self, article: Article, base: str) -> None:
        self.article = article
        self.iri = article_iri(base, article.id)
        self.node = NamedNode(self.iri)

    def triples(self, reading: Reading) -> Triples:
        yield from self._article()
        for referent in reading.referents:
            yield from self._referent(referent)
        for mention in reading.mentions:
            yield from self._mention(mention)
        for statement in reading.statements:
            yield from self._statement(statement)
        for attribution in reading.attributions:
            yield from self._attribution(attribution)

    def _article(self) -> Triples:
        node, article = self.node, self.article
        yield node, t.TYPE, t.ARTICLE
        yield node, t.IDENTIFIER, text(article.id)
        yield node, t.TEXT, text(article.text)
        if article.title is not None:
            yield node, t.HEADLINE, text(article.title)
        if article.published is not None:
            yield node, t.PUBLISHED, dated(article.published)
        if article.url is not None:
            yield node, t.URL, _iri_or_text(article.url)
        if article.author is not None:
            yield node, t.AUTHOR, text(article.author)
        if article.source is not None:
            yield node, t.READ_FROM, text(article.source)

    def _referent(self, referent: Referent) -> Triples:
        node = self._ref(referent.id)
        yield node, t.TYPE, t.REFERENT
        yield node, t.RDFS_LABEL, text(referent.label)
        yield node, t.NAMED, boolean(referent.named)
        for name in referent.names:
            yield node, t.ALT_LABEL, text(name)
        for iri in referent.types:
            yield node, t.TYPE, NamedNode(iri)
        if referent.known is not None:
            yield node, t.EXACT_MATCH, NamedNode(referent.known)

    def _mention(self, mention: Mention) -> Triples:
        node = self._span(mention.span)
        exact = self._words(mention.span)
        yield node, t.TYPE, MENTION_CLASSES[mention.kind]
        yield node, t.REFERS_TO, self._ref(mention.referent)
        yield node, t.EXACT, text(exact)
        if mention.text != exact:
            yield node, t.RDFS_LABEL, text(mention.text)

    def _passage(self, span: Span) -> Triples:
        node = self._span(span)
        yield node, t.TYPE, t.PASSAGE
        yield node, t.START, integer(span.start)
        yield node, t.END, integer(span.end)
        yield node, t.EXACT, text(self._words(span))

    def _statement(self, statement: Statement) -> Triples:
        node = self._node("statement", statement)
        yield node, t.TYPE, t.STATEMENT
        yield node, t.RDF_SUBJECT, self._ref(statement.subject)
        yield node, t.RDF_PREDICATE, NamedNode(statement.predicate)
        yield from self._object(node, statement.object)
        yield node, t.STATUS, NamedNode(KG + statement.status.capitalize())
        yield node, t.CONFIDENCE, decimal(statement.confidence)
        yield node, t.RULE, text(statement.rule)
        yield node, t.EVIDENCE, self._span(statement.evidence)
        yield from self._passage(statement.evidence)
        yield node, t.SUBJECT_PASSAGE, self._span(statement.subject_span)
        if statement.object_span is not None:
            yield node, t.OBJECT_PASSAGE, self._span(statement.object_span)
        if statement.speaker is not None:
            yield node, t.SPEAKER, self._ref(statement.speaker)
        if statement.status_cue is not None:
            yield node, t.STATUS_CUE, text(statement.status_cue)
        yield from self._qualification(node, statement)

    def _object(self, node: NamedNode, object: Ref | Iri | Value) -> Triples:
        match object:
            case Ref(id):
                yield node, t.RDF_OBJECT, self._ref(id)
            case Iri(iri):
                yield node, t.RDF_OBJECT, NamedNode(iri)
            case Value(lexical):
                literal = typed(object)
                yield node, t.RDF_OBJECT, literal
                if literal.value != lexical:
                    yield node, t.LEXICAL, text(lexical)

    def _qualification(self, node: NamedNode, statement: Statement) -> Triples:
        qualification = statement.qualification
        if qualification is None:
            return
        if qualification.kind is not None:
            yield node, t.QUALIFICATION, NamedNode(KG + qualification.kind)
        if qualification.start is not None:
            yield node, t.FROM, dated(qualification.start)
        if qualification.end is not None:
            yield node, t.UNTIL, dated(qualification.end)

    def _attribution(self, attribution: Attribution) -> Triples:
        node = self._node("attribution", attribution)
        yield node, t.TYPE, t.ATTRIBUTION
        yield node, t.EVIDENCE, self._span(attribution.content)
        yield from self._passage(attribution.content)
        yield node, t.QUOTED, boolean(attribution.quoted)
        if attribution.speaker is not None:
            yield node, t.SPEAKER, self._ref(attribution.speaker)
        if attribution.source is not None:
            yield node, t.SOURCE, self._span(attribution.source)
            yield from self._passage(attribution.source)
        if attribution.cue is not None:
            yield node, t.CUE, self._span(attribution.cue)
            yield from self._passage(attribution.cue)
        for referent in attribution.about:
            yield node, t.ABOUT, self._ref(referent)

    def _ref(self, referent: str) -> NamedNode:
        return NamedNode(referent_iri(self.iri, referent))

    def _span(self, span: Span) -> NamedNode:
        return NamedNode(passage_iri(self.iri, span))

    def _words(self, span: Span) -> str:
        return self.article.text[span.start : span.end]

    def _node(self, kind: str, record: Statement | Attribution) -> NamedNode:
        return NamedNode(f"{self.iri}#{kind}-{digest(repr(record))}")


def _iri_or_text(value: str) -> NamedNode | Literal:
    try:
        return NamedNode(value)
    except ValueError:
        return text(value)
