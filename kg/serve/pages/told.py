"""What an article tells: its text in segments, with the facts and claims that rest on the words of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pyoxigraph import NamedNode

from kg.knowledge import passage_iri, read_reading
from kg.knowledge import terms as t
from kg.lookup import Claim, Fact
from kg.model import Article, Mention, MentionKind, Reading, Span
from kg.serve.pages.denoting import Denoting, Saying, first_mentions
from kg.serve.pages.reader import Reader, Shown
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import TYPE

MOST_STATEMENTS: Final = 500
"""So many facts and claims of an article are shown at most; a longer list is cut and says so."""

_PARAGRAPH: Final = "\n\n"


@dataclass(frozen=True, slots=True)
class Said:
    """A fact or claim that an article supports: its number on the page, and the passages in the article."""

    number: str
    statement: Fact | Claim
    spans: tuple[Span, ...]

    @property
    def is_claim(self) -> bool:
        """Whether somebody claims it."""
        return isinstance(self.statement, Claim)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text that no mention and no passage begins or ends in.

    `mentions` are the numbers of the mentions that it is part of, `thing` what the smallest of them means, `said` the
    numbers of the facts and claims on it. `again` tells that the piece before is of the same mention.
    """

    span: Span
    text: str
    mentions: tuple[str, ...] = ()
    thing: Shown | None = None
    kind: MentionKind | None = None
    again: bool = False
    said: tuple[str, ...] = ()
    claimed: bool = False
    anchors: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """An article as its page shows it: paragraphs of segments, what it says, who and what is named in it.

    `kinds` are the facts that something is of a class: so many that they would hide the others.
    """

    iri: str
    article: Article
    paragraphs: tuple[tuple[Segment, ...], ...]
    facts: tuple[Said, ...]
    claims: tuple[Said, ...]
    kinds: tuple[Said, ...] = ()
    things: tuple[Shown, ...] = field(default=())
    left_out: int = 0


def read_article(reader: Reader, iri: str) -> Told | None:
    """Read what an article tells; None when the graph holds no article of this IRI."""
    node = NamedNode(iri)
    if not any(reader.store.quads(node, t.IDENTIFIER, graph=node)):
        return None
    reading = read_reading(reader.store.quads(graph=node))
    return _Teller(reader, iri, reading).tell()


class _Teller:
    def __init__(self, reader: Reader, iri: str, reading: Reading) -> None:
        self.reader = reader
        self.iri = iri
        self.reading = reading
        self.text = reading.article.text
        said = {each.evidence for each in reading.statements} | {each.content for each in reading.attributions}
        first = {span for _, span in first_mentions(reading)}
        self.resting = {span: list(self._on(span)) for span in sorted(said | first)}
        saying: dict[str, list[Saying]] = {
            passage_iri(iri, span): [says for node in nodes if (says := self._saying(node)) is not None]
            for span, nodes in self.resting.items()
        }
        self.denoting = Denoting(reader, iri, reading, saying)
        self.said_spans = said

    def _on(self, span: Span) -> Iterator[str]:
        """Iterate over the facts and claims that rest on a passage."""
        passage = NamedNode(passage_iri(self.iri, span))
        for quad in self.reader.store.quads(None, t.SUPPORT, passage, graph=DEFAULT_GRAPH):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject.value

    def _saying(self, node: str) -> Saying | None:
        parts = []
        for part in (t.RDF_SUBJECT, t.RDF_PREDICATE, t.RDF_OBJECT):
            found = next(iter(self.reader.store.quads(NamedNode(node), part, graph=DEFAULT_GRAPH)), None)
            if found is None:
                return None
            parts.append(getattr(found.object, "value", ""))
        return parts[0], parts[1], parts[2]

    def tell(self) -> Told:
        """Put together what the page shows."""
        spans: defaultdict[str, list[Span]] = defaultdict(list)
        for span, nodes in self.resting.items():
            if span in self.said_spans:
                for node in nodes:
                    spans[node].append(span)
        ranked = sorted(spans, key=lambda node: (spans[node][0], node))
        said = [
            Said(f"s{number}", self._statement(node), tuple(spans[node]))
            for number, node in enumerate(ranked[:MOST_STATEMENTS], start=1)
        ]
        kinds = [each for each in said if isinstance(each.statement, Fact) and each.statement.relation.iri == TYPE]
        said = [each for each in said if each not in kinds and not self._is_mirror(each.statement)]
        things = dict.fromkeys(
            self.denoting.entities[m.referent] for m in self._mentions() if m.referent in self.denoting.entities
        )
        return Told(
            self.iri,
            self.reading.article,
            tuple(self._paragraphs(said)),
            tuple(each for each in said if not each.is_claim),
            tuple(each for each in said if each.is_claim),
            tuple(kinds),
            tuple(map(self.reader.shown, things)),
            max(0, len(ranked) - MOST_STATEMENTS),
        )

    def _statement(self, node: str) -> Fact | Claim:
        types = {
            getattr(q.object, "value", "")
            for q in self.reader.store.quads(NamedNode(node), t.TYPE, graph=DEFAULT_GRAPH)
        }
        return self.reader.claim(node) if t.CLAIM.value in types else self.reader.fact(node)

    def _is_mirror(self, statement: Fact | Claim) -> bool:
        """Say whether a fact says of a symmetric relation what another one says of the other end."""
        if isinstance(statement, Claim):
            return False
        declared = self.reader.ontology.properties.get(statement.relation.iri)
        return declared is not None and declared.symmetric and statement.subject.iri > statement.object.iri

    def _mentions(self) -> list[Mention]:
        return sorted(self.reading.mentions, key=lambda mention: (mention.span.start, -mention.span.end))

    # -- segments -------------------------------------------------------------------------------------

    def _paragraphs(self, said: list[Said]) -> Iterator[tuple[Segment, ...]]:
        paragraph: list[Segment] = []
        for segment in self._segments(said):
            if segment.text.strip("\n") or not segment.text.startswith(_PARAGRAPH):
                paragraph.append(segment)
            elif paragraph:
                yield tuple(paragraph)
                paragraph = []
        if paragraph:
            yield tuple(paragraph)

    def _segments(self, said: list[Said]) -> Iterator[Segment]:
        mentions = self._mentions()
        numbered = {f"m{number}": mention for number, mention in enumerate(mentions, start=1)}
        cuts = {0, len(self.text), *_breaks(self.text)}
        for span in (*(each.span for each in mentions), *(span for each in said for span in each.spans)):
            cuts |= {span.start, span.end}
        opened = _Open(numbered, said)
        before: str | None = None
        for start, end in pairwise(sorted(cut for cut in cuts if 0 <= cut <= len(self.text))):
            names, own = opened.at(start)
            smallest = min(names, key=lambda m: (_length(numbered[m].span), m), default=None)
            mention = None if smallest is None else numbered[smallest]
            entity = None if mention is None else self.denoting.entities.get(mention.referent)
            yield Segment(
                Span(start, end),
                self.text[start:end],
                tuple(names),
                None if entity is None else self.reader.shown(entity),
                None if mention is None else mention.kind,
                smallest is not None and smallest == before,
                tuple(each.number for each in own),
                bool(own) and all(each.is_claim for each in own),
                tuple(sorted({span for each in own for span in each.spans if span.start == start})),
            )
            before = smallest


class _Open:
    """Tells which mentions and statements a place of the text is in; to be asked in the order of the text."""

    def __init__(self, mentions: dict[str, Mention], said: Iterable[Said]) -> None:
        self._mentions = [(each.span, number) for number, each in mentions.items()]
        self._said = sorted(((span, each) for each in said for span in each.spans), key=lambda each: each[0])
        self._next = [0, 0]
        self._open_mentions: list[tuple[Span, str]] = []
        self._open_said: list[tuple[Span, Said]] = []

    def at(self, place: int) -> tuple[list[str], list[Said]]:
        """Give the numbers of the mentions, and the statements, that hold the character at a place."""
        while self._next[0] < len(self._mentions) and self._mentions[self._next[0]][0].start <= place:
            self._open_mentions.append(self._mentions[self._next[0]])
            self._next[0] += 1
        while self._next[1] < len(self._said) and self._said[self._next[1]][0].start <= place:
            self._open_said.append(self._said[self._next[1]])
            self._next[1] += 1
        self._open_mentions = [each for each in self._open_mentions if each[0].end > place]
        self._open_said = [each for each in self._open_said if each[0].end > place]
        own = dict.fromkeys(each.number for _, each in self._open_said)
        by_number = {each.number: each for _, each in self._open_said}
        return [number for _, number in self._open_mentions], [by_number[number] for number in own]


def _breaks(text: str) -> Iterator[int]:
    """Iterate over where the breaks between paragraphs start and end."""
    start = text.find(_PARAGRAPH)
    while start >= 0:
        end = start
        while end < len(text) and text[end] == "\n":
            end += 1
        yield from (start, end)
        start = text.find(_PARAGRAPH, end)


def _length(span: Span) -> int:
    return span.end - span.start
