"""Who says what: direct, indirect and mixed speech, with speaker, cue and content.

Spans are token ranges; the speaker is a token (the head of a phrase).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kg.language.reported import find_reported, source_cue
from kg.language.saying import NAMING, ONLY_FRAME, Sayings, Speech
from kg.language.syntax import Syntax

__all__ = ["Speech", "find_speech"]

_AFTER: Final = frozenset("continue agree disagree".split())
_REACH: Final = 30
"""How many tokens a frame may lie from its quotation."""
_PEOPLE: Final = frozenset({"he", "she", "they", "i"})
_JOINTS: Final = frozenset({",", "and", "or", "but", "then", "that", "of", "to", "a", "as"})
_SPOKEN_ENDS: Final = frozenset({",", "?", "!", "…", "-", "–", "—", "..."})


def find_speech(syntax: Syntax) -> list[Speech]:
    """Return all attributed and quoted stretches in text order; nested ones after the one that holds them."""
    sayings = Sayings(syntax)
    reported = find_reported(sayings)
    quotes = _continued(sayings, [_attributed(sayings, quote, reported) for quote in sayings.quotes], reported)
    quotes = [quote for quote in quotes if quote.cue is not None or _is_clause(syntax, quote)]
    quotes = [quote for quote in quotes if not _is_gloss(syntax, quote)]
    return sorted(dict.fromkeys([*quotes, *reported]), key=lambda speech: (speech.start, -speech.end))


def _is_clause(syntax: Syntax, quote: Speech, length: int = 6) -> bool:
    """Tell a quotation from scare quotes and titles: it holds a clause."""
    verbal = any(syntax.pos[i] in ("VERB", "AUX") for i in range(quote.start, quote.end))
    return verbal and quote.end - quote.start >= length


def _is_gloss(syntax: Syntax, quote: Speech) -> bool:
    """Tell whether a quotation only explains a word: it stands alone in brackets."""
    bracketed = syntax.lower[max(0, quote.start - 2)] == "(" and syntax.lower[quote.end + 1 : quote.end + 2] == [")"]
    return bracketed and not _is_clause(syntax, quote)


def _is_sentence(syntax: Syntax, quote: Speech) -> bool:
    """Tell whether a quotation is a sentence of its own, however short."""
    return not syntax.doc[quote.start].text[:1].islower() and _is_clause(syntax, quote, 3)


def _attributed(sayings: Sayings, quote: Speech, reported: list[Speech]) -> Speech:
    """Find the cue and the speaker of a quotation: a frame beside it, what reports the sentence around it, a source."""
    after, before = _cue_after(sayings, quote), _cue_before(sayings, quote)
    if before is not None and _is_introduced(sayings, quote) and not _is_spoken_on(sayings, quote):
        after = None
    if after is not None:
        speaker = _speaker_near(sayings, quote, after)
        if speaker is not None:
            return replace(quote, speaker=speaker, cue=after)
    around = _reported_around(sayings, quote, reported)
    if before is not None and (around is None or around.cue is None or before > around.cue):
        speaker = sayings.speaker(before)
        if speaker is not None and not quote.start <= speaker < quote.end:
            denied = sayings.syntax.lemma[before] == "deny" and not _is_introduced(sayings, quote)
            return replace(quote, speaker=speaker, cue=before, denied=denied)
    if around is not None and not _is_title(sayings, quote):
        return replace(quote, speaker=around.speaker, cue=around.cue, denied=around.denied)
    return _with_source(sayings, quote)


# -- the frame beside a quotation --------------------------------------------------------------------------


def _is_introduced(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a colon or a comma brings the quotation."""
    before = quote.start - 2
    return (
        before >= 0 and sayings.syntax.lower[before] in (":", ",") and sayings.frame[before] == _frame(sayings, quote)
    )


def _is_spoken_on(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether the quotation ends with a mark that a frame follows: "…," and "…?"."""
    return sayings.syntax.lower[quote.end - 1] in _SPOKEN_ENDS


def _frame(sayings: Sayings, quote: Speech) -> int:
    return sayings.frame[quote.start - 1]


def _opens(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a quotation opens its sentence of the page."""
    before = quote.start - 2
    return before < 0 or sayings.frame[before] != _frame(sayings, quote)


def _cue_after(sayings: Sayings, quote: Speech) -> int | None:
    """Return the verb of the frame that follows a quotation: '"…," said Ada'."""
    syntax = sayings.syntax
    if not (_is_spoken_on(sayings, quote) or _opens(sayings, quote) or _is_led_on(sayings, quote)):
        return None
    first = min(quote.end + 1, len(syntax.lower) - 1)
    if syntax.tag[first] in ("VBG", "WDT", "WP", "CC") or syntax.pos[first] == "SCONJ":
        return None
    for i in range(quote.end + 1, min(quote.end + _REACH, len(syntax.lower))):
        if sayings.frame[i] != _frame(sayings, quote) or not sayings.is_free(i):
            return None
        if sayings.is_cue(i) and not (i > quote.end + 1 and sayings.is_relative(i)) and syntax.tag[i] != "VBG":
            if syntax.lemma[i] in ONLY_FRAME - _AFTER:
                return None
            return i if _is_spoken_on(sayings, quote) or _stands_alone(sayings, quote, i) else None
    return None


def _is_led_on(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a comma, and then a frame, follows the quotation's closing mark: '"…", Ada said'."""
    after = quote.end + 1
    return after < len(sayings.quote_at) and sayings.syntax.lower[after] == "," and _is_introduced(sayings, quote)


def _stands_alone(sayings: Sayings, quote: Speech, cue: int) -> bool:
    """Tell whether what lies between a quotation without a final mark and a cue is only the one who speaks."""
    between = range(quote.end + 1, cue)
    verbs = any(sayings.syntax.pos[i] == "VERB" for i in between)
    return not verbs and len(between) <= 10 and _is_clause(sayings.syntax, quote)


def _speaker_near(sayings: Sayings, quote: Speech, cue: int) -> int | None:
    """Return the speaker of a frame that follows: before its verb, or right after it."""
    before = [i for i in range(quote.end + 1, cue) if sayings.syntax.pos[i] in ("NOUN", "PROPN", "PRON", "NUM", "DET")]
    speaker = sayings.speaker(cue)
    if speaker is not None and quote.end < speaker and (speaker < cue or not before):
        return speaker
    if not before:
        return sayings.after(cue)
    found = next(sayings.phrases(range(quote.end + 1, cue)), None)
    return None if found is None else sayings.named(found, cue)


def _cue_before(sayings: Sayings, quote: Speech) -> int | None:
    """Return the verb that brings a quotation: 'Ada said: "…"', 'called it "…"', 'accused her of "…"'."""
    syntax = sayings.syntax
    introduced = _is_introduced(sayings, quote)
    colon = introduced and syntax.lower[quote.start - 2] == ":"
    main: int | None = None
    for i in range(quote.start - 2, max(-1, quote.start - 2 - _REACH), -1):
        if sayings.frame[i] != _frame(sayings, quote):
            break
        if not sayings.is_free(i):
            if introduced and not colon:
                return None
            continue
        if introduced and syntax.tag[i] == "VBN" and syntax.is_passive(i):
            continue
        if sayings.is_cue(i) and (introduced or syntax.lemma[i] not in ONLY_FRAME):
            return i if introduced or _governs(sayings, i, quote) else None
        if syntax.pos[i] == "VERB" and not introduced and syntax.tag[i] != "VBG":
            return None
        if colon and main is None and syntax.pos[i] == "VERB" and _has_person(syntax, i):
            main = i
    return main


def _has_person(syntax: Syntax, verb: int) -> bool:
    subject = syntax.subject(verb)
    return subject is not None and (syntax.pos[subject] == "PROPN" or syntax.lower[subject] in _PEOPLE)


def _governs(sayings: Sayings, cue: int, quote: Speech) -> bool:
    """Tell whether a quotation without a mark before it hangs on the cue, rather than on what stands between."""
    syntax = sayings.syntax
    between = range(cue + 1, quote.start - 1)
    if any(syntax.lower[i] in (",", "(", ")") for i in between) and len(between) > 8:
        return False
    if syntax.lemma[cue] in NAMING and any(syntax.lower[i] in ("that", "for") for i in between):
        return False
    return len(between) <= 12


# -- a quotation inside a report, a source, and one that goes on -----------------------------------------------


def _reported_around(sayings: Sayings, quote: Speech, reported: list[Speech]) -> Speech | None:
    """Return the innermost report that holds a quotation and words outside it."""
    inside = [
        each
        for each in reported
        if each.start <= quote.start and quote.end <= each.end and each.cue is not None and sayings.is_free(each.cue)
    ]
    return max(inside, key=lambda each: (each.start, -each.end), default=None)


def _is_title(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a quotation is but a name: "Gannet"."""
    tokens = [sayings.syntax.doc[i] for i in range(quote.start, quote.end)]
    words = [token for token in tokens if token.is_alpha]
    return len(words) <= 5 and all(token.text[:1].isupper() and token.pos_ != "PRON" for token in words)


def _with_source(sayings: Sayings, quote: Speech) -> Speech:
    """Attribute a quotation to the source of its sentence: "according to X"."""
    after = range(quote.end, min(quote.end + 9, len(sayings.quote_at)))
    before = range(max(0, quote.start - 12), quote.start)
    for i in (*after, *before):
        cue = source_cue(sayings, i)
        if cue is not None and sayings.frame[i] == _frame(sayings, quote) and sayings.is_free(i):
            return replace(quote, speaker=i, cue=cue)
    return quote


def _continued(sayings: Sayings, quotes: list[Speech], reported: list[Speech]) -> list[Speech]:
    """Give a quotation that stands alone the speaker of the sentence that it continues."""
    result: list[Speech] = []
    for quote in quotes:
        if quote.speaker is None and result and _is_joined(sayings, result[-1], quote):
            quote = replace(quote, speaker=result[-1].speaker, cue=result[-1].cue, denied=result[-1].denied)
        elif quote.speaker is None and _is_alone(sayings, quote):
            origin = _origin(sayings, quote, result, reported)
            if origin is not None:
                quote = replace(quote, speaker=origin.speaker, cue=origin.cue)
        result.append(quote)
    return result


def _is_joined(sayings: Sayings, earlier: Speech, quote: Speech) -> bool:
    """Tell whether a quotation is coordinated with the one before it: '"…" and "…"'."""
    between = range(earlier.end + 1, quote.start - 1)
    return 0 < len(between) <= 3 and all(sayings.syntax.lower[i] in _JOINTS for i in between)


def _is_alone(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a sentence of the page has no word outside quotation marks."""
    words = [i for i in sayings.frame_members(quote.start - 1) if sayings.syntax.doc[i].is_alpha]
    return all(not sayings.is_free(i) for i in words) and _is_sentence(sayings.syntax, quote)


def _origin(sayings: Sayings, quote: Speech, earlier: list[Speech], reported: list[Speech]) -> Speech | None:
    """Return the speech in the sentence before a quotation, if one person alone speaks there."""
    frames = (_frame(sayings, quote), _frame(sayings, quote) - 1)
    spoken = [each for each in earlier if _frame(sayings, each) in frames]
    if spoken:
        last = spoken[-1]
        return last if last.speaker is not None and _is_sentence(sayings.syntax, last) else None
    if any("\n" in sayings.syntax.lower[i] for i in range(max(0, quote.start - 3), quote.start)):
        return None
    told = [each for each in reported if each.cue is not None and sayings.frame[each.cue] == frames[1]]
    outer = [each for each in told if each.cue is not None and sayings.is_free(each.cue)]
    return outer[0] if outer and len({each.speaker for each in outer}) == 1 and not outer[0].denied else None
