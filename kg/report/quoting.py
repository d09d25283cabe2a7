"""Quotations of a report: sentences with the words marked, and the list of articles they come from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.model import Span
from kg.phrases import day, web_address
from kg.report.records import Evidence, Quote, Source

if TYPE_CHECKING:
    from kg.lookup import Passage


class Sources:
    """Collects the articles that a report quotes, and numbers them when all are known."""

    def __init__(self) -> None:
        self._known: dict[str, Source] = {}
        self._published: dict[str, str] = {}

    def of(self, passage: Passage) -> Source:
        """Give the article of a passage."""
        if passage.article not in self._known:
            self._published[passage.article] = passage.published or ""
            title = passage.title or passage.article
            date, address = day(passage.published), web_address(passage.url)
            self._known[passage.article] = Source(passage.article, title, date, passage.url, address)
        return self._known[passage.article]

    def numbered(self) -> list[Source]:
        """Number the articles by their dates, those without a date last, and give them in that order."""
        found = sorted(
            self._known.values(),
            key=lambda each: (not self._published[each.id], self._published[each.id], each.title, each.id),
        )
        for number, source in enumerate(found, start=1):
            source.number = number
        return found


def make_evidence(passages: Iterable[Passage], sources: Sources, most: int) -> Evidence:
    """Quote the sentences of passages, at most so many, each once with all the words in it that are meant."""
    quoted = [Quote(_mark(widest.sentence, spans), sources.of(widest)) for widest, spans in _join(list(passages))]
    left = quoted[most:]
    also = {quote.source.id: quote.source for quote in left}
    return Evidence(tuple(quoted[:most]), len(left), tuple(also.values()))


def _join(passages: list[Passage]) -> list[tuple[Passage, list[Span]]]:
    """Give each sentence once, in the given order, with all words meant in it; one within another goes with that."""
    starts = {id(each): each.span.start - each.words.start for each in passages}
    joined: list[tuple[Passage, list[Span]]] = []
    by_length = sorted(passages, key=lambda each: -len(each.sentence))
    for passage in by_length:
        start = starts[id(passage)]
        for widest, spans in joined:
            offset = start - starts[id(widest)]
            within = offset >= 0 and offset + len(passage.sentence) <= len(widest.sentence)
            if widest.article == passage.article and within:
                spans.append(Span(passage.words.start + offset, passage.words.end + offset))
                break
        else:
            joined.append((passage, [passage.words]))
    order = {id(passage): number for number, passage in enumerate(passages)}
    return sorted(joined, key=lambda each: order[id(each[0])])


def _mark(sentence: str, spans: list[Span]) -> tuple[tuple[str, bool], ...]:
    """Part a sentence into what is among the words and what is not.

    >>> _mark("She leads it.", [Span(0, 5), Span(4, 9)])
    (('She leads', True), (' it.', False))
    """
    parts: list[tuple[str, bool]] = []
    at = 0
    for span in sorted(spans):
        start = max(span.start, at)
        if span.end <= start:
            continue
        if start > at:
            parts.append((sentence[at:start], False))
            parts.append((sentence[start : span.end], True))
        elif parts:
            parts[-1] = (parts[-1][0] + sentence[start : span.end], True)
        else:
            parts.append((sentence[start : span.end], True))
        at = span.end
    if at < len(sentence):
        parts.append((sentence[at:], False))
    return tuple(parts)
