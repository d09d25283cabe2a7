"""Who says what: direct, indirect and mixed speech, with speaker, cue and content.

Spans are token ranges; the speaker is a token (the head of a phrase).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.language.cues import (
    before_mark,
    cue_after,
    cue_before,
    frame_of,
    is_clause,
    is_introduced,
    is_spoken_on,
    named_before,
    speaker_near,
)
from kg.language.marks import Quote, find_quotes
from kg.language.reported import find_reported, find_told, is_all_quoted, source_cue
from kg.language.saying import GUESSES, FoundBy, Sayings, Speech
from kg.language.syntax import Syntax
from kg.language.turns import Reports, continue_speech, guess_speakers

__all__ = ["GUESSES", "FoundBy", "Speech", "find_speech", "part_guesses"]

_DEEPEST: Final = 2


def find_speech(
    syntax: Syntax, *, guess: bool = False, quotes: Sequence[tuple[int, int]] | None = None
) -> list[Speech]:
    """Return all attributed and quoted stretches in text order; nested ones after the one that holds them.

    With `guess`, quotations without a cue get the speaker that the turns of the dialogue, or who acts beside them,
    make likely: their `found_by` is one of GUESSES. `quotes` are the stretches in quotation marks, where they are
    known: all of them are returned.
    """
    marked = find_quotes(syntax) if quotes is None else [Quote(start, end) for start, end in quotes]
    sayings = Sayings(syntax, [quote for quote in marked if quote.depth == 0])
    reported = find_reported(sayings)
    told = find_told(sayings)
    reports = Reports(sayings, [*reported, *told])
    found = [_attributed(sayings, quote, reports) for quote in sayings.quotes]
    found = continue_speech(sayings, found, reports)
    if guess:
        found = guess_speakers(sayings, found)
    if quotes is None:
        found = [speech for speech in found if _is_speech(syntax, speech)]
    for depth in range(1, _DEEPEST + 1):
        found += _nested(syntax, marked, depth)
    reported += [speech for speech in told if not is_all_quoted(sayings, speech)]
    return sorted(dict.fromkeys([*found, *reported]), key=lambda speech: (speech.start, -speech.end))


def part_guesses(syntax: Syntax, speech: Iterable[Speech]) -> tuple[tuple[Speech, ...], tuple[Speech, ...]]:
    """Return what `find_speech` returns without guesses, and the guesses that it makes besides."""
    sure: list[Speech] = []
    guesses: list[Speech] = []
    for each in speech:
        if each.found_by in GUESSES:
            guesses.append(each)
            each = replace(each, speaker=None, found_by=None)
            if not _is_speech(syntax, each):
                continue
        sure.append(each)
    return tuple(sure), tuple(guesses)


def _is_speech(syntax: Syntax, quote: Speech) -> bool:
    """Tell a quotation from scare quotes and titles: somebody says it, or it holds a clause."""
    return (quote.speaker is not None or is_clause(syntax, quote)) and not _is_gloss(syntax, quote)


def _is_gloss(syntax: Syntax, quote: Speech) -> bool:
    """Tell whether a quotation only explains a word: it stands alone in brackets."""
    bracketed = syntax.lower[max(0, quote.start - 2)] == "(" and syntax.lower[quote.end + 1 : quote.end + 2] == [")"]
    return bracketed and not is_clause(syntax, quote)


def _attributed(sayings: Sayings, quote: Quote, reports: Reports) -> Speech:
    """Find the cue and the speaker of a quotation: a frame beside it, what reports the sentence around it, a source."""
    speech = Speech(quote.start, quote.end, quoted=True)
    after, before = cue_after(sayings, speech), cue_before(sayings, speech)
    if before is not None and is_introduced(sayings, speech) and not is_spoken_on(sayings, speech):
        after = None
    if after is not None:
        speaker = speaker_near(sayings, speech, after)
        if speaker is not None:
            return replace(speech, speaker=speaker, cue=after, found_by=FoundBy.CUE)
    around = reports.around(speech)
    if before is not None and (around is None or around.cue is None or before > around.cue):
        speaker = sayings.speaker(before)
        if speaker is not None and not quote.start <= speaker < quote.end:
            denied = sayings.syntax.lemma[before] == "deny" and not is_introduced(sayings, speech)
            return replace(speech, speaker=speaker, cue=before, denied=denied, found_by=FoundBy.CUE)
    if around is not None and not _is_title(sayings, quote):
        return replace(speech, speaker=around.speaker, cue=around.cue, denied=around.denied, found_by=FoundBy.REPORT)
    name = named_before(sayings, speech)
    if name is not None:
        return replace(speech, speaker=name, cue=before_mark(sayings, speech), found_by=FoundBy.CUE)
    return _with_source(sayings, speech)


def _is_title(sayings: Sayings, quote: Quote) -> bool:
    """Tell whether a quotation is but a name: "Gannet"."""
    tokens = [sayings.syntax.doc[i] for i in range(quote.start, min(quote.end, quote.start + 30))]
    words = [token for token in tokens if token.is_alpha]
    return len(words) <= 5 and all(token.text[:1].isupper() and token.pos_ != "PRON" for token in words)


def _with_source(sayings: Sayings, speech: Speech) -> Speech:
    """Attribute a quotation to the source of its sentence: "according to X"."""
    after = range(speech.end, min(speech.end + 9, len(sayings.quote_at)))
    before = range(max(0, speech.start - 12), speech.start)
    for i in (*after, *before):
        cue = source_cue(sayings, i)
        if cue is not None and sayings.frame[i] == frame_of(sayings, speech) and sayings.is_free(i):
            return replace(speech, speaker=i, cue=cue, found_by=FoundBy.SOURCE)
    return speech


def _nested(syntax: Syntax, marked: Iterable[Quote], depth: int) -> Iterator[Speech]:
    """Yield the quotations inside others of a depth that somebody is said to say there."""
    holder: Quote | None = None
    inner: list[tuple[Quote, Quote]] = []
    for quote in marked:
        if quote.depth == depth - 1:
            holder = quote
        elif quote.depth == depth and holder is not None:
            inner.append((quote, holder))
    if not inner:
        return
    sayings = Sayings(syntax, [quote for quote, _ in inner])
    for quote, holder in inner:
        speech = _attributed(sayings, quote, Reports(sayings, ()))
        inside = range(holder.start, holder.end)
        if speech.cue is None or speech.found_by is not FoundBy.CUE or sayings.is_unsaid(speech.cue):
            continue
        supposed = any(syntax.tag[i] == "MD" for i in syntax.kids(speech.cue, "aux"))
        if speech.cue in inside and speech.speaker in inside and not supposed:
            yield speech
