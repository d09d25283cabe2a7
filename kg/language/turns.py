"""Quotations without a cue: those that go on with what somebody says, and the turns of a dialogue.

The guesses follow the deterministic sieves of Muzny, Fang, Chang and Jurafsky 2017.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from kg.language.cues import frame_of, is_sentence, is_spoken_on, is_utterance
from kg.language.saying import FoundBy, Sayings, Speech

_JOINTS: Final = frozenset({",", "and", "or", "but", "then", "that", "of", "to", "a", "as"})
_LISTENS: Final = frozenset("nod bow answer reply listen hear wait stare".split())
_NEAR: Final = 40
"""How many words may stand between two turns of a dialogue."""
_REPLIES: Final = frozenset(
    "yes no well oh ah ay aye indeed precisely quite true then exactly certainly why so".split()
)
_SPLITS: Final = frozenset({",", ";", ":", "-", "--", "–", "—"})


class Reports:
    """The reports of a text by the sentence of the page that they stand in."""

    def __init__(self, sayings: Sayings, reported: Iterable[Speech]) -> None:
        self.sayings = sayings
        self.by_frame: dict[int, list[Speech]] = defaultdict(list)
        for speech in reported:
            if speech.cue is not None and sayings.is_free(speech.cue):
                self.by_frame[sayings.frame[speech.cue]].append(speech)

    def around(self, quote: Speech) -> Speech | None:
        """Return the innermost report that holds a quotation and words outside it."""
        told = self.by_frame.get(frame_of(self.sayings, quote), ())
        inside = [each for each in told if each.start <= quote.start and quote.end <= each.end]
        return max(inside, key=lambda each: (each.start, -each.end), default=None)


# -- speech that goes on -----------------------------------------------------------------------------------


def continue_speech(sayings: Sayings, quotes: Sequence[Speech], reports: Reports) -> list[Speech]:
    """Give a quotation that goes on with what somebody says its speaker."""
    result: list[Speech] = []
    for number, quote in enumerate(quotes):
        earlier = result[-1] if result else None
        if earlier is not None and _is_same_speech(sayings, earlier, quote, number):
            quote = _as_said(quote, earlier)
        elif quote.speaker is None and _is_alone(sayings, quote):
            origin = _origin(sayings, quote, earlier, reports)
            quote = quote if origin is None else replace(_as_said(quote, origin), denied=False)
        result.append(quote)
    for number in range(len(result) - 1, 0, -1):
        if result[number - 1].speaker is None and _is_reopened(sayings, number):
            result[number - 1] = _as_said(result[number - 1], result[number])
    return result


def _is_same_speech(sayings: Sayings, earlier: Speech, quote: Speech, number: int) -> bool:
    """Tell whether a quotation is a part of what the one before it is a part of."""
    if _is_split(sayings, earlier, quote):
        return True
    return quote.speaker is None and (_is_joined(sayings, earlier, quote) or _is_reopened(sayings, number))


def _as_said(quote: Speech, origin: Speech) -> Speech:
    found_by = None if origin.speaker is None else FoundBy.CONTINUED
    return replace(quote, speaker=origin.speaker, cue=origin.cue, denied=origin.denied, found_by=found_by)


def _is_joined(sayings: Sayings, earlier: Speech, quote: Speech) -> bool:
    """Tell whether a quotation is coordinated with the one before it: '"…" and "…"'."""
    between = range(earlier.end + 1, quote.start - 1)
    return 0 < len(between) <= 3 and all(sayings.syntax.lower[i] in _JOINTS for i in between)


def _is_split(sayings: Sayings, earlier: Speech, quote: Speech) -> bool:
    """Tell whether a frame stands between two parts of what somebody says: '"…," said Ada; "…"'."""
    if earlier.cue is None or not earlier.end < earlier.cue < quote.start or quote.cue not in (None, earlier.cue):
        return False
    before = quote.start - 2
    frames = set(sayings.frame[earlier.end + 1 : quote.start - 1])
    return sayings.syntax.lower[before] in _SPLITS and frames <= {frame_of(sayings, earlier)}


def _is_reopened(sayings: Sayings, number: int) -> bool:
    """Tell whether a quotation is the next paragraph of the one before it, which no mark ended."""
    earlier, quote = sayings.quotes[number - 1], sayings.quotes[number]
    return number > 0 and not earlier.closed and quote.start - earlier.end <= 2


def _is_alone(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a sentence of the page has no word outside quotation marks."""
    members = sayings.frame_members(max(0, quote.start - 1))
    whole = sayings.syntax.lower[quote.end - 1] in (".", "?", "!") or is_sentence(sayings.syntax, quote)
    return whole and not any(sayings.is_free(i) and sayings.is_word[i] for i in members)


def _origin(sayings: Sayings, quote: Speech, last: Speech | None, reports: Reports) -> Speech | None:
    """Return the speech in the sentence before a quotation, if one person alone speaks there."""
    frame = frame_of(sayings, quote)
    if last is not None and frame_of(sayings, last) in (frame, frame - 1):
        if is_turn(sayings, last, quote):
            return None
        framed = last.cue is not None and last.cue > last.end and is_spoken_on(sayings, last)
        return last if last.speaker is not None and (framed or is_sentence(sayings.syntax, last)) else None
    if any("\n" in sayings.syntax.lower[i] for i in range(max(0, quote.start - 3), quote.start)):
        return None
    outer = [each for each in reports.by_frame.get(frame - 1, ()) if each.found_by is FoundBy.CUE]
    return outer[0] if outer and len({each.speaker for each in outer}) == 1 and not outer[0].denied else None


def is_turn(sayings: Sayings, earlier: Speech, quote: Speech) -> bool:
    """Tell whether a quotation answers the one before it rather than go on with it."""
    syntax = sayings.syntax
    gap = range(earlier.end, quote.start)
    same = sayings.has_paragraphs and not any("\n" in syntax.lower[i] for i in gap)
    if same:
        return False
    if syntax.lower[earlier.end - 1] == "?" or (earlier.speaker is not None and _is_called(sayings, earlier, quote)):
        return True
    alone = not any(sayings.is_free(i) and sayings.is_word[i] for i in gap)
    return not sayings.has_paragraphs and (alone or syntax.lower[quote.start] in _REPLIES)


def _is_called(sayings: Sayings, earlier: Speech, quote: Speech) -> bool:
    """Tell whether a quotation calls the speaker of the one before it by name."""
    speaker = earlier.speaker
    names = {sayings.syntax.lower[i] for i in _name(sayings, speaker)} if speaker is not None else set()
    return any(sayings.syntax.lower[i] in names for i in vocatives(sayings, quote))


def _name(sayings: Sayings, token: int) -> list[int]:
    """Return the tokens of the name that a token is part of."""
    syntax = sayings.syntax
    if syntax.pos[token] != "PROPN":
        return []
    near = range(max(0, token - 2), min(token + 4, len(syntax.lower)))
    return [
        i for i in near if i == token or (syntax.pos[i] == "PROPN" and token in (syntax.head[i], syntax.head[token]))
    ]


def vocatives(sayings: Sayings, quote: Speech) -> list[int]:
    """Return the names by which a quotation calls somebody: set off by commas or the ends of a sentence."""
    lower, pos = sayings.syntax.lower, sayings.syntax.pos
    found = []
    for i in range(quote.start, quote.end):
        if pos[i] != "PROPN" or (i > quote.start and pos[i - 1] == "PROPN"):
            continue
        end = i
        while end < quote.end and pos[end] == "PROPN":
            end += 1
        first = i - 1 if i > quote.start and lower[i - 1] in ("dear", "my", "old") else i
        opens = first == quote.start or lower[first - 1] in (",", "my", "dear")
        closes = end >= quote.end or lower[end] in (",", ".", "?", "!", ";", "--", "—")
        if opens and closes and (first > quote.start or lower[end : end + 1] != ["."]):
            found.append(end - 1)
    return found


# -- guesses -------------------------------------------------------------------------------------------------


def guess_speakers(sayings: Sayings, quotes: Sequence[Speech]) -> list[Speech]:
    """Give quotations without a speaker the likely one."""
    result = [_acted(sayings, quotes, number) for number in range(len(quotes))]
    turns = _turns(sayings, result)
    for order in (range(len(turns)), range(len(turns) - 1, -1, -1)):
        step = 1 if order.step > 0 else -1
        for number in order:
            if _speaker_of(result, turns[number]) is None:
                speaker = _answering(sayings, result, turns, number, step)
                for k in turns[number] if speaker is not None else ():
                    if not _may_be_guessed(sayings, result[k]):
                        continue
                    result[k] = replace(result[k], speaker=speaker, found_by=FoundBy.DIALOGUE)
    return result


def _may_be_guessed(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a quotation is more than a word or a name in marks, as far as the page shows it."""
    return not sayings.has_paragraphs or is_utterance(sayings, quote)


def _acted(sayings: Sayings, quotes: Sequence[Speech], number: int) -> Speech:
    """Give a quotation the one person who acts right after it, or else right before it, in its paragraph."""
    quote = quotes[number]
    if quote.speaker is not None or not _may_be_guessed(sayings, quote):
        return quote
    after = quotes[number + 1].start - 1 if number + 1 < len(quotes) else len(sayings.frame)
    before = quotes[number - 1].end if number else -1
    actor = _actor_after(sayings, quote, after)
    actor = _actor_before(sayings, quote, before) if actor is None else actor
    return quote if actor is None else replace(quote, speaker=actor, found_by=FoundBy.ACTOR)


def _actor_after(sayings: Sayings, quote: Speech, limit: int) -> int | None:
    first = quote.end + 1
    if first >= limit or sayings.is_free(first) is False or "\n" in sayings.syntax.lower[first]:
        return None
    return _actor(sayings, range(first, min(limit, sayings.frame_members(first).stop)))


def _actor_before(sayings: Sayings, quote: Speech, limit: int) -> int | None:
    last = quote.start - 2
    if last <= limit or "\n" in sayings.syntax.lower[last] or not sayings.is_free(last):
        return None
    members = sayings.frame_members(last)
    return _actor(sayings, range(max(limit + 1, members.start), last + 1))


def _actor(sayings: Sayings, sentence: range) -> int | None:
    """Return the person who is the subject of a sentence, if it says nothing of an answer that is not given."""
    syntax = sayings.syntax
    for i in sentence:
        if not sayings.is_free(i):
            return None
        if syntax.relation[i] == "nsubj" and sayings.is_person(i) and syntax.head[i] in sentence:
            return None if syntax.lemma[syntax.head[i]] in _LISTENS else i
    return None


def _turns(sayings: Sayings, quotes: Sequence[Speech]) -> list[list[int]]:
    """Group the quotations that one speaker says without another between."""
    turns: list[list[int]] = []
    for number, quote in enumerate(quotes):
        earlier = quotes[number - 1] if number else None
        if earlier is not None and quote.found_by is FoundBy.CONTINUED and quote.speaker == earlier.speaker:
            turns[-1].append(number)
        else:
            turns.append([number])
    return turns


def _speaker_of(quotes: Sequence[Speech], turn: Sequence[int]) -> int | None:
    return next((quotes[k].speaker for k in turn if quotes[k].speaker is not None), None)


def _answering(
    sayings: Sayings, quotes: Sequence[Speech], turns: Sequence[Sequence[int]], number: int, step: int
) -> int | None:
    """Return the speaker of the turn before the last, or of the one after the next, of one dialogue."""
    near, far = number - step, number - 2 * step
    if not 0 <= near < len(turns) or not _is_dialogue(sayings, quotes, turns, number, near):
        return None
    if step > 0 and (called := vocatives(sayings, quotes[turns[near][-1]])):
        return called[-1]
    if not 0 <= far < len(turns) or not _is_dialogue(sayings, quotes, turns, near, far):
        return None
    return _speaker_of(quotes, turns[far])


def _is_dialogue(
    sayings: Sayings, quotes: Sequence[Speech], turns: Sequence[Sequence[int]], one: int, other: int
) -> bool:
    """Tell whether two turns stand beside each other in a dialogue: with nothing but a frame between paragraphs."""
    first, second = (turns[min(one, other)][-1], turns[max(one, other)][0])
    gap = range(quotes[first].end + 1, quotes[second].start - 1)
    between = [i for i in gap if sayings.is_free(i) and sayings.is_word[i]]
    if sayings.has_paragraphs:
        cues = {quotes[k].cue for k in (first, second)} - {None}
        framed = {sayings.frame[cue] for cue in cues if cue is not None and cue in gap}
        return all(sayings.frame[i] in framed for i in between)
    return len(between) <= _NEAR
