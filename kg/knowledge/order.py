"""The one order in which a reading is kept, whatever order it was made in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, TypeVar

from kg.model import Attribution, Mention, Qualification, Reading, Referent, Span, Statement

_T = TypeVar("_T")
_NUMBER: Final = re.compile(r"\d+")
_NEVER: Final = Span(2**62, 2**62)


def in_order(reading: Reading) -> Reading:
    """Give a reading with everything in the order of its text, each once.

    Names and the referents that an attribution is about follow their first mention. Two readings that say the same
    are equal after this; it is what `read_reading` gives for a reading that was written, but that of two mentions that
    share their words both have one kind then.
    """
    mentions = _sorted(
        reading.mentions, lambda mention: (*_range(mention.span), _natural(mention.referent), mention.kind)
    )
    by_referent: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_referent.setdefault(mention.referent, []).append(mention)
    return Reading(
        reading.article,
        _sorted(
            (_referent(referent, by_referent.get(referent.id, ())) for referent in reading.referents),
            lambda referent: _natural(referent.id),
        ),
        mentions,
        _sorted(map(_statement, reading.statements), _statement_order),
        _sorted((_attribution(each, by_referent) for each in reading.attributions), _attribution_order),
    )


def _sorted(items: Iterable[_T], order: Callable[[_T], tuple[object, ...]]) -> tuple[_T, ...]:
    once: dict[_T, None] = dict.fromkeys(items)
    return tuple(sorted(once, key=order))


def _range(span: Span) -> tuple[int, int]:
    """Give a span as numbers, which compare faster than spans do."""
    return span.start, span.end


def _natural(identifier: str) -> tuple[str, str]:
    """Sort r2 before r10."""
    return _NUMBER.sub(lambda number: number[0].zfill(9), identifier), identifier


def _referent(referent: Referent, mentions: Iterable[Mention]) -> Referent:
    first: dict[str, Span] = {}
    for mention in mentions:
        first.setdefault(mention.text, mention.span)
    names = sorted(set(referent.names), key=lambda name: (first.get(name, _NEVER), name))
    return replace(referent, names=tuple(names), types=tuple(sorted(set(referent.types))))


def _statement(statement: Statement) -> Statement:
    return replace(statement, qualification=None) if statement.qualification == Qualification() else statement


def _statement_order(statement: Statement) -> tuple[object, ...]:
    spans = (statement.evidence, statement.subject_span, statement.object_span or _NEVER)
    return *map(_range, spans), repr(statement)


def _attribution(attribution: Attribution, mentions: Mapping[str, list[Mention]]) -> Attribution:
    def order(referent: str) -> tuple[Span, tuple[str, str]]:
        spans = (mention.span for mention in mentions.get(referent, ()))
        inside = (span for span in spans if attribution.content.start <= span.start < attribution.content.end)
        return next(inside, _NEVER), _natural(referent)

    return replace(attribution, about=tuple(sorted(set(attribution.about), key=order)))


def _attribution_order(attribution: Attribution) -> tuple[object, ...]:
    return _range(attribution.content), repr(attribution)
