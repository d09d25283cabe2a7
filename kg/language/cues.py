"""The frame beside a quotation: the verb that brings it, before or after it, and who speaks."""

from __future__ import annotations

from typing import Final

from kg.language.mending import NAME_PARTS
from kg.language.saying import NAMING, ONLY_FRAME, Sayings, Speech
from kg.language.syntax import PERSON_LABELS, Syntax

_AFTER: Final = frozenset("continue agree disagree".split())
_REACH: Final = 30
"""How many tokens a frame may lie from its quotation."""
_PEOPLE: Final = frozenset({"he", "she", "they", "i"})
_SPEAKING: Final = frozenset("PROPN PRON DET NOUN ADJ ADV".split())
"""Parts of speech of the words that name a speaker."""
_SPOKEN_ENDS: Final = frozenset({",", "?", "!", "…", "-", "–", "—", "...", "--"})


def is_introduced(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a colon or a comma brings the quotation."""
    before = before_mark(sayings, quote)
    return (
        before >= 0 and sayings.syntax.lower[before] in (":", ",") and sayings.frame[before] == frame_of(sayings, quote)
    )


def before_mark(sayings: Sayings, quote: Speech) -> int:
    """Return the token before the mark that opens a quotation, be there a new line between."""
    before = quote.start - 2
    return before - 1 if before > 0 and "\n" in sayings.syntax.lower[before] else before


def is_spoken_on(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether the quotation ends with a mark that a frame follows: "…," and "…?"."""
    return sayings.syntax.lower[quote.end - 1] in _SPOKEN_ENDS


def frame_of(sayings: Sayings, quote: Speech) -> int:
    """Return the number of the sentence of the page that a quotation opens in."""
    return sayings.frame[max(0, quote.start - 1)]


def is_utterance(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a quotation opens its sentence of the page and ends as speech does, rather than name something."""
    return _opens(sayings, quote) and sayings.syntax.lower[quote.end - 1] in _SPOKEN_ENDS | {".", ";"}


def _opens(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a quotation opens its sentence of the page."""
    before = quote.start - 2
    return before < 0 or sayings.frame[before] != frame_of(sayings, quote)


def cue_after(sayings: Sayings, quote: Speech) -> int | None:
    """Return the verb of the frame that follows a quotation: '"…," said Ada'."""
    syntax = sayings.syntax
    spoken_on = is_spoken_on(sayings, quote)
    if not (spoken_on or _opens(sayings, quote) or _is_led_on(sayings, quote)):
        return None
    first = min(quote.end + 1, len(syntax.lower) - 1)
    if syntax.tag[first] in ("VBG", "WDT", "WP", "CC") or syntax.pos[first] == "SCONJ":
        return None
    for i in range(quote.end + 1, min(quote.end + _REACH, len(syntax.lower))):
        if sayings.frame[i] != frame_of(sayings, quote) or not sayings.is_free(i):
            break
        known = sayings.utters(i) if spoken_on else sayings.is_cue(i)
        if known and not (i > quote.end + 1 and sayings.is_relative(i)) and syntax.tag[i] != "VBG":
            if not spoken_on and _is_led_off(sayings, quote, i):
                return i
            if not spoken_on:
                return i if syntax.lemma[i] not in ONLY_FRAME - _AFTER and _stands_alone(sayings, quote, i) else None
            certain = sayings.is_cue(i) and syntax.lemma[i] not in ONLY_FRAME - _AFTER
            near = certain or (_opens(sayings, quote) and _is_beside(sayings, quote, i))
            return i if near and not _says_its_own(sayings, quote, i) else None
    return _plain_verb(sayings, quote) if spoken_on and _opens(sayings, quote) else None


def _is_beside(sayings: Sayings, quote: Speech, verb: int) -> bool:
    """Tell whether nothing but the one who speaks stands between a quotation and a verb: '"…," she went on'."""
    return verb == quote.end + 1 or all(sayings.syntax.pos[i] in _SPEAKING for i in range(quote.end + 1, verb))


def _says_its_own(sayings: Sayings, quote: Speech, cue: int) -> bool:
    """Tell whether a frame that may be a sentence of its own says something else: '"Why?" Ada said she knew'."""
    syntax = sayings.syntax
    first = quote.end + 1
    if syntax.lower[quote.end - 1] == "," or cue == first or not syntax.word[first][:1].isupper():
        return False
    if any(syntax.pos[i] in ("SCONJ", "VERB", "AUX") or syntax.lower[i] in (":", ";") for i in range(first, cue)):
        return True
    content = [c for c in syntax.kids(cue, "ccomp", "xcomp", "obj") if c > cue and sayings.is_free(c)]
    return bool(content) or _brings_another(sayings, cue)


def _brings_another(sayings: Sayings, cue: int) -> bool:
    """Tell whether a colon, or nothing, stands between a frame and the next quotation."""
    syntax = sayings.syntax
    for i in range(cue + 1, min(cue + _REACH, len(syntax.lower))):
        if sayings.frame[i] != sayings.frame[cue]:
            return False
        if not sayings.is_free(i):
            return syntax.lower[i - 1] not in (",", ".", ";", "--", "—", "–")
    return False


def _plain_verb(sayings: Sayings, quote: Speech) -> int | None:
    """Return a verb of any kind that frames a quotation beyond doubt: '"…," smiled Ada', '"…," she grinned'."""
    syntax = sayings.syntax
    first, end = quote.end + 1, len(syntax.lower)
    if first + 1 >= end or _is_capitalised(syntax, quote) or not sayings.is_free(first):
        return None
    if syntax.tag[first] in ("VBD", "VBZ"):
        follower = next((i for i in range(first + 1, min(first + 3, end)) if syntax.pos[i] != "ADV"), first + 1)
        inverted = _is_person(syntax, follower) and sayings.together(first, follower)
        others = [c for c in syntax.kids(first, "obj", "iobj") if c > follower or first < c < follower]
        return first if inverted and not others else None
    if syntax.lower[quote.end - 1] != "," or not _is_person(syntax, first):
        return None
    verb = first + 1
    while verb < end and (syntax.relation[verb] in NAME_PARTS or syntax.pos[verb] in ("PROPN", "ADV")):
        verb += 1
    return verb if verb < end and syntax.tag[verb] in ("VBD", "VBZ") and sayings.together(first, verb) else None


def _is_person(syntax: Syntax, i: int) -> bool:
    return syntax.lower[i] in _PEOPLE or syntax.entity_type[i] in PERSON_LABELS


def _is_capitalised(syntax: Syntax, quote: Speech) -> bool:
    """Tell whether all longer words of a quotation begin with a capital, as those of a title do."""
    words = [syntax.word[i] for i in range(quote.start, quote.end) if len(syntax.lower[i]) > 2]
    return bool(words) and all(word[:1].isupper() for word in words) and len(words) > 1


def _is_led_on(sayings: Sayings, quote: Speech) -> bool:
    """Tell whether a comma, and then a frame, follows the quotation's closing mark: '"…", Ada said'."""
    after = quote.end + 1
    return after < len(sayings.quote_at) and sayings.syntax.lower[after] == "," and is_introduced(sayings, quote)


def _is_led_off(sayings: Sayings, quote: Speech, cue: int) -> bool:
    """Tell whether a comma, and then nothing but a frame, follows a quotation at the start: "'…', says Ada"."""
    comma = quote.end + 1
    long = quote.end - quote.start >= 3 and not _is_capitalised(sayings.syntax, quote)
    if sayings.syntax.lower[comma] != "," or not long or not _opens(sayings, quote):
        return False
    return all(sayings.syntax.pos[i] in _SPEAKING for i in range(comma + 1, cue))


def _stands_alone(sayings: Sayings, quote: Speech, cue: int) -> bool:
    """Tell whether what lies between a quotation without a final mark and a cue is only the one who speaks."""
    between = range(quote.end + 1, cue)
    verbs = any(sayings.syntax.pos[i] == "VERB" for i in between)
    return not verbs and len(between) <= 10 and is_clause(sayings.syntax, quote)


def speaker_near(sayings: Sayings, quote: Speech, cue: int) -> int | None:
    """Return the speaker of a frame that follows: before its verb, or right after it."""
    before = [i for i in range(quote.end + 1, cue) if sayings.syntax.pos[i] in ("NOUN", "PROPN", "PRON", "NUM", "DET")]
    speaker = sayings.speaker(cue)
    if speaker is not None and quote.end < speaker and (speaker < cue or not before):
        return speaker
    if not before:
        return sayings.after(cue)
    found = next(sayings.phrases(range(quote.end + 1, cue)), None)
    return None if found is None else sayings.named(found, cue)


def cue_before(sayings: Sayings, quote: Speech) -> int | None:
    """Return the verb that brings a quotation: 'Ada said: "…"', 'called it "…"', 'accused her of "…"'."""
    syntax = sayings.syntax
    introduced = is_introduced(sayings, quote)
    colon = introduced and syntax.lower[before_mark(sayings, quote)] == ":"
    main: int | None = None
    for i in range(quote.start - 2, max(-1, quote.start - 2 - _REACH), -1):
        if sayings.frame[i] != frame_of(sayings, quote):
            break
        if not sayings.is_free(i):
            if introduced and not colon:
                return None
            continue
        if introduced and syntax.tag[i] == "VBN" and syntax.is_passive(i):
            continue
        known = sayings.utters(i) if introduced else sayings.is_cue(i)
        if known and (introduced or syntax.lemma[i] not in ONLY_FRAME):
            return i if introduced or _governs(sayings, i, quote) else None
        if syntax.pos[i] == "VERB" and not introduced and syntax.tag[i] != "VBG":
            return None
        if colon and main is None and syntax.pos[i] == "VERB" and _has_person(syntax, i):
            main = i
    return main


def named_before(sayings: Sayings, quote: Speech) -> int | None:
    """Return the person whose name, and nothing else, stands before the colon before a quotation: 'Ada: "…"'."""
    syntax = sayings.syntax
    colon = before_mark(sayings, quote)
    if colon < 1 or syntax.lower[colon] != ":" or sayings.frame[colon] != frame_of(sayings, quote):
        return None
    members = [i for i in range(sayings.frame_members(colon).start, colon) if not syntax.doc[i].is_space]
    people = len(members) <= 4 and all(syntax.entity_type[i] in PERSON_LABELS for i in members)
    return members[0] if members and people else None


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


def is_clause(syntax: Syntax, quote: Speech, length: int = 6) -> bool:
    """Tell a quotation from scare quotes and titles: it holds a clause."""
    verbal = any(syntax.pos[i] in ("VERB", "AUX") for i in range(quote.start, quote.end))
    return verbal and quote.end - quote.start >= length


def is_sentence(syntax: Syntax, quote: Speech) -> bool:
    """Tell whether a quotation is a sentence of its own, however short."""
    return not syntax.word[quote.start][:1].islower() and is_clause(syntax, quote, 3)
