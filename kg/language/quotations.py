"""Who says what: direct, indirect and mixed speech, with speaker, cue and content.

The cue verbs are English, not of any domain. Spans are token ranges; the speaker is a token (the head of a phrase).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from kg.language.syntax import NOMINAL, Syntax

SAY: Final = frozenset(
    "say tell add claim argue state declare announce insist warn explain note reply respond comment suggest "
    "allege assert write tweet post continue conclude remark observe stress maintain admit acknowledge "
    "acknowledged concede complain joke recall reveal report repeat shout ask call describe brand label dub "
    "urge vow pledge promise predict believe think feel hope fear contend emphasise emphasize reiterate testify "
    "quote cite read confirm accuse criticise criticize slam vent deny reject dismiss refute dispute boast "
    "lament caution indicate signal swear protest counter retort agree disagree exclaim whisper cry begin go "
    "demand voice express refer praise defend hail mock blast estimate expect speak respond address".split()
)
INDIRECT: Final = SAY - frozenset(
    "call describe brand label dub go speak refer voice express read quote cite praise defend hail mock blast "
    "slam accuse criticise criticize begin continue confirm reveal ask hope expect address vent announce urge "
    "demand".split()
) | frozenset({"announce"})
DENY: Final = frozenset("deny reject dismiss refute dispute disavow".split())
CLAIM_NOUNS: Final = frozenset(
    "claim accusation allegation report suggestion idea rumour rumor charge assertion notion criticism "
    "speculation story".split()
)
NAMING: Final = frozenset("call describe brand label dub".split())
OPEN, CLOSE = "“«„", "”»"
_ACCORDING: Final = frozenset({"according to", "according"})


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of text that somebody says: tokens [start, end), the speaker's and the cue's token, if found.

    `denied` tells that the cue denies the content; `depth` counts the speeches that it stands inside of.
    """

    start: int
    end: int
    quoted: bool
    speaker: int | None = None
    cue: int | None = None
    denied: bool = False


def find_speech(syntax: Syntax) -> list[Speech]:
    """Return all attributed and quoted stretches in text order; nested ones after the one that holds them."""
    quotes = list(_quotes(syntax))
    found = _continued([_with_cue(syntax, quote) for quote in quotes], syntax)
    found += [speech for i in range(len(syntax.lower)) for speech in _indirect(syntax, i, quotes)]
    found += [speech for i in range(len(syntax.lower)) for speech in _according(syntax, i)]
    kept = [
        speech
        for speech in found
        if speech.end > speech.start and (speech.cue is not None or _is_speech(syntax, speech))
    ]
    return sorted(dict.fromkeys(kept), key=lambda speech: (speech.start, -speech.end))


def _is_speech(syntax: Syntax, speech: Speech) -> bool:
    """Tell a quotation without a cue from scare quotes and titles: it holds a clause."""
    return (
        speech.quoted
        and speech.end - speech.start >= 6
        and any(syntax.pos[i] in ("VERB", "AUX") for i in range(speech.start, speech.end))
    )


def _quotes(syntax: Syntax) -> Iterator[Speech]:
    """Pair quotation marks inside a paragraph; an unclosed one ends with its paragraph."""
    opened: int | None = None
    for i, word in enumerate(syntax.lower):
        if "\n" in word and opened is not None:
            if i > opened + 1:
                yield Speech(opened + 1, i, quoted=True)
            opened = None
        elif opened is None and (word in OPEN or word in ('"', "``")):
            opened = i
        elif opened is not None and (word in CLOSE or word in ('"', "''")):
            if i > opened + 1:
                yield Speech(opened + 1, i, quoted=True)
            opened = None
    if opened is not None and len(syntax.lower) > opened + 1:
        yield Speech(opened + 1, len(syntax.lower), quoted=True)


def _with_cue(syntax: Syntax, quote: Speech) -> Speech:
    """Find the cue and the speaker of a quotation: inside the sentence around it, before it or after it."""
    after = _cues_after(syntax, quote)
    for cue in (*after, *_cues_before(syntax, quote)):
        speaker = _speaker_of(syntax, cue, quote)
        if speaker is None and cue in after:
            speaker = _following(syntax, cue)
        if speaker is not None:
            return replace(quote, speaker=speaker, cue=cue, denied=syntax.lemma[cue] in DENY)
    source = _according_near(syntax, quote)
    if source is not None:
        return replace(quote, speaker=source, cue=source)
    return quote


def _cues_after(syntax: Syntax, quote: Speech) -> list[int]:
    limit = quote.end + 12
    found = []
    for i in range(quote.end, min(limit, len(syntax.lower))):
        if "\n" in syntax.lower[i] or (i > quote.end + 1 and syntax.lower[i] in ('"', "“", ".")):
            break
        if _is_cue(syntax, i):
            found.append(i)
            break
    return (
        found
        if syntax.lower[quote.end - 1] in (",", "?", "!", ".", "…", "-", "–", ")")
        or (found and found[0] <= quote.end + 3)
        else []
    )


def _cues_before(syntax: Syntax, quote: Speech) -> list[int]:
    found: list[int] = []
    opening = quote.start - 1
    adjacent = (opening > 0 and syntax.lower[opening - 1] in (":", ",")) or (
        opening > 0 and "\n" in syntax.lower[opening - 1]
    )
    for i in range(opening - 1, max(-1, opening - 40), -1):
        if _is_cue(syntax, i):
            found.append(i)
            break
        if syntax.lower[i] in (".", "!", "?", "”") and not adjacent:
            break
        if syntax.lower[i] in (".", "!", "?") and i < opening - 1:
            break
    return found


def _is_cue(syntax: Syntax, i: int) -> bool:
    return syntax.lemma[i] in SAY and (syntax.pos[i] == "VERB" or syntax.tag[i].startswith("VB"))


def _speaker_of(syntax: Syntax, cue: int, quote: Speech | None = None) -> int | None:
    """Return the subject of a cue verb; of "she has been quoted saying" the quoted one."""
    if syntax.is_passive(cue) and syntax.lemma[cue] != "quote":
        agents = [c for c in syntax.children[cue] if syntax.case[c] == "by"]
        return agents[0] if agents else None
    subject = syntax.subject(cue)
    if subject is None or (quote is not None and quote.start <= subject < quote.end):
        near = [i for i in (cue + 1, cue - 1) if 0 <= i < len(syntax.lower) and syntax.pos[i] in ("PROPN", "PRON")]
        outside = [i for i in near if quote is None or not quote.start <= i < quote.end]
        return outside[0] if outside and syntax.tag[outside[0]] != "WP" else None
    antecedent = syntax.antecedent(subject)
    subject = subject if antecedent is None else antecedent
    return subject if syntax.pos[subject] in NOMINAL or syntax.pos[subject] == "DET" else None


def _following(syntax: Syntax, cue: int) -> int | None:
    """Return the head of the phrase right after a cue: '"…," said the harbour's spokesman, …'."""
    for i in range(cue + 1, min(cue + 8, len(syntax.lower))):
        if syntax.lower[i] in (",", ".", ":", '"', "“") or syntax.pos[i] in ("VERB", "SCONJ"):
            return None
        head = syntax.head[i]
        if syntax.pos[i] in NOMINAL and not (i < head < i + 6 and syntax.pos[head] in NOMINAL):
            return i
    return None


def _continued(quotes: list[Speech], syntax: Syntax) -> list[Speech]:
    """Give a quotation without a cue the speaker of the one that it continues: same paragraph, or the one before it."""
    result: list[Speech] = []
    for quote in quotes:
        if quote.speaker is None and result:
            previous = result[-1]
            between = range(previous.end, quote.start)
            words = [syntax.lower[i] for i in between if syntax.doc[i].is_alpha]
            cue_between = previous.cue is not None and previous.cue in between
            if previous.speaker is not None and (cue_between or not words) and len(words) <= 12:
                quote = replace(quote, speaker=previous.speaker, cue=previous.cue)
        result.append(quote)
    return result


def _indirect(syntax: Syntax, cue: int, quotes: list[Speech]) -> list[Speech]:
    """Return the clause that a verb of saying reports."""
    if not _is_cue(syntax, cue):
        return []
    speaker = _speaker_of(syntax, cue)
    if speaker is None or _is_unsaid(syntax, cue):
        return []
    found = []
    for child in syntax.kids(cue, "ccomp", "parataxis"):
        if syntax.relation[child] == "parataxis" and child > cue and syntax.lemma[cue] not in ("say", "add", "tell"):
            continue
        if syntax.lemma[cue] in INDIRECT or syntax.lemma[cue] in ("hope", "expect", "confirm", "reveal", "announce"):
            found += _content(syntax, cue, child, speaker, quotes)
    if syntax.relation[cue] == "parataxis" and syntax.lemma[cue] in INDIRECT:
        found += _content(syntax, cue, syntax.head[cue], speaker, quotes)
    if syntax.lemma[cue] == "accuse":
        for child in syntax.kids(cue, "advcl", "obl", "xcomp", "ccomp"):
            if syntax.case[child] == "of" or any(syntax.lower[c] == "of" for c in syntax.kids(child, "mark")):
                found += _content(syntax, cue, child, speaker, quotes)
    if syntax.lemma[cue] in DENY:
        for child in syntax.kids(cue, "obj", "xcomp", "advcl"):
            if syntax.pos[child] in NOMINAL and syntax.lemma[cue] != "deny" and syntax.lemma[child] not in CLAIM_NOUNS:
                continue
            found += _content(syntax, cue, child, speaker, quotes)
    return found


def _is_unsaid(syntax: Syntax, cue: int) -> bool:
    """Tell whether nothing is said: "has not said", "refused to say", "declined to say"."""
    negated = any(syntax.lower[c] in ("not", "n't", "n’t", "never") for c in syntax.kids(cue, "advmod"))
    return negated or (syntax.relation[cue] == "xcomp" and syntax.lemma[syntax.head[cue]] in ("refuse", "decline"))


def _content(syntax: Syntax, cue: int, root: int, speaker: int, quotes: list[Speech]) -> list[Speech]:
    below_cue = set(syntax.subtree(cue)) if cue != root and syntax.relation[cue] == "parataxis" else set()
    tokens = [i for i in syntax.subtree(root) if i not in below_cue]
    if not tokens or any(syntax.lower[c] in ("whether", "if") for c in syntax.kids(root, "mark")):
        return []
    start, end = tokens[0], tokens[-1] + 1
    if start <= cue < end:
        start, end = (cue + 1, end) if root > cue else (start, cue)
    if start <= speaker < end:
        end = min(end, speaker) if root < speaker else end
        start = max(start, speaker + 1) if root > speaker else start
    while (
        end > start
        and (syntax.doc[end - 1].is_punct or syntax.doc[end - 1].is_space)
        and syntax.lower[end - 1] not in ('"', "”")
    ):
        end -= 1
    if any(
        quote.start - 1 <= start and end <= quote.end + 1 and not quote.start <= cue < quote.end for quote in quotes
    ):
        return []
    if any(quote.start <= cue < quote.end and not quote.start <= start < quote.end for quote in quotes):
        return []
    return [Speech(start, end, quoted=False, speaker=speaker, cue=cue, denied=syntax.lemma[cue] in DENY)]


def _according(syntax: Syntax, i: int) -> list[Speech]:
    """Return the sentence that "according to X" attributes, without the phrase itself."""
    if syntax.case[i] not in _ACCORDING:
        return []
    phrase = syntax.subtree(i)
    clause = syntax.clause(syntax.head[i])
    tokens = [t for t in syntax.subtree(clause) if t < phrase[0] or t > phrase[-1]]
    tokens = [t for t in tokens if not syntax.doc[t].is_punct]
    if not tokens:
        return []
    before = [t for t in tokens if t < phrase[0]]
    after = [t for t in tokens if t > phrase[-1]]
    part = before if len(before) >= len(after) else after
    return [Speech(part[0], part[-1] + 1, quoted=False, speaker=i, cue=phrase[0])]


def _according_near(syntax: Syntax, quote: Speech) -> int | None:
    after: list[int] = list(range(quote.end, min(quote.end + 8, len(syntax.lower))))
    before: list[int] = list(range(max(0, quote.start - 10), quote.start))
    return next((i for i in after + before if syntax.case[i] in _ACCORDING), None)
