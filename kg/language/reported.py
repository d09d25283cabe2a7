"""Reported speech: the clause that a verb of saying, or "according to", puts into somebody's mouth."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from kg.language.saying import DENY, INDIRECT, FoundBy, Sayings, Speech
from kg.language.syntax import NOMINAL

CLAIM_NOUNS: Final = frozenset(
    "claim accusation allegation report suggestion idea rumour rumor charge assertion notion criticism "
    "speculation story".split()
)
_DENIED_NOUNS: Final = CLAIM_NOUNS | frozenset("wrongdoing involvement responsibility guilt knowledge link".split())
_SAYING_NOUNS: Final = frozenset(
    "warning claim assertion allegation insistence suggestion admission remark comment accusation declaration "
    "announcement statement belief view prediction complaint assurance charge contention argument denial".split()
)
_AFTER_CUE: Final = frozenset("say add tell".split())
_QUESTIONS: Final = frozenset("who what which whom whose how why whether".split())
_FIRST: Final = frozenset({"i", "we"})
_CONTRAST: Final = frozenset({"while", "whereas"})
_MARKS: Final = ('"', "”", "»", "''")


def find_reported(sayings: Sayings) -> list[Speech]:
    """Return what verbs of saying and "according to" report, outside and inside quotations."""
    found = [speech for i in range(len(sayings.quote_at)) if sayings.is_cue(i) for speech in _by_verb(sayings, i)]
    if {"according", "words"} & {*sayings.syntax.lower}:
        found += [speech for i in range(len(sayings.quote_at)) for speech in _by_source(sayings, i)]
    return [speech for speech in found if not is_all_quoted(sayings, speech)]


def find_told(sayings: Sayings) -> list[Speech]:
    """Return what nouns of saying report, be it all in quotation marks."""
    return [speech for i in range(len(sayings.quote_at)) for speech in _by_noun(sayings, i)]


def source_cue(sayings: Sayings, i: int) -> int | None:
    """Return the first word of "according to" before the noun i, "words" of "in the words of"."""
    syntax = sayings.syntax
    near = syntax.lower[max(0, i - 5) : max(0, i - 1)]
    words = i - next((k for k in range(2, 6) if syntax.lower[max(0, i - k)] == "words"), 0) if "words" in near else i
    if words < i and syntax.case[i] == "of" and syntax.lower[max(0, words - 2) : words] == ["in", "the"]:
        return words
    if not syntax.case[i].startswith("according"):
        return None
    return next((t for t in range(i, max(-1, i - 12), -1) if syntax.lower[t] == "according"), None)


def is_all_quoted(sayings: Sayings, speech: Speech) -> bool:
    """Tell whether nothing of a stretch is outside the quotation marks that its cue is outside of."""
    if speech.cue is None or not sayings.is_free(speech.cue):
        return False
    free = [i for i in range(speech.start, speech.end) if sayings.is_free(i) and sayings.syntax.doc[i].is_alpha]
    return all(sayings.syntax.pos[i] == "CCONJ" for i in free)


def _by_verb(sayings: Sayings, cue: int) -> Iterator[Speech]:
    syntax = sayings.syntax
    speaker = sayings.speaker(cue)
    if speaker is None or sayings.is_unsaid(cue):
        return
    denied = syntax.lemma[cue] in DENY
    if not sayings.is_free(cue) and syntax.lower[speaker] in _FIRST and not denied:
        return
    spans = _around_frame(sayings, cue)
    if not spans:
        spans = [span for root in _roots(sayings, cue) if (span := _content(sayings, cue, speaker, root))]
    if not spans:
        spans = _rest(sayings, cue, speaker)
    for start, end in _outermost(spans):
        yield Speech(start, end, quoted=False, speaker=speaker, cue=cue, denied=denied, found_by=FoundBy.CUE)


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [a for a in dict.fromkeys(spans) if not any(b != a and b[0] <= a[0] and a[1] <= b[1] for b in spans)]


# -- "…, she said, …" ----------------------------------------------------------------------------------


def _around_frame(sayings: Sayings, cue: int) -> list[tuple[int, int]]:
    """Return what stands around a frame that commas set off: "…, the union said." and "…, she said, …"."""
    syntax = sayings.syntax
    sayer = sayings.sayer(cue)
    reports = syntax.lemma[cue] in INDIRECT and syntax.tag[cue] != "VBG" and sayings.is_free(cue)
    if sayer is None or not reports or sayings.is_relative(cue):
        return []
    members = sayings.members(cue)
    left, right = _edges(sayings, cue, sayer, members)
    if left <= members[0] or syntax.lower[left - 1] != ",":
        return []
    tail = [i for i in range(right, members[-1] + 1) if not syntax.doc[i].is_space]
    before = range(members[0], left - 1)
    if not tail or syntax.lower[tail[0]] in (".", "?", "!", "—", "–"):
        return _clauses(sayings, [before])
    if syntax.lower[tail[0]] != ",":
        return []
    after = range(tail[0] + 1, tail[-1] + 1)
    joint = max((i for i in before if syntax.pos[i] == "CCONJ" and syntax.lower[i - 1] == ","), default=before[0] - 1)
    before = range(joint + 1, left - 1)
    goes_on = bool(after) and sayings.is_free(after[0]) and _goes_on(sayings, before, after, inverted=sayer > cue)
    return _clauses(sayings, [before, after] if goes_on else [before])


def _edges(sayings: Sayings, cue: int, speaker: int, members: range) -> tuple[int, int]:
    """Return where the frame of a verb of saying starts, and the token after it with its "on Friday"."""
    syntax = sayings.syntax
    below = [i for i in syntax.subtree(speaker) if i in members and sayings.together(i, cue)]
    inside = [i for i in below if not syntax.doc[i].is_punct]
    first, last = min(inside[0], speaker), max(inside[-1], speaker)
    if speaker > cue:
        return cue, _after_time(sayings, max(last, cue) + 1, members)
    while first > members[0] and syntax.pos[first - 1] in ("DET", "ADJ", "NUM", "NOUN", "PROPN"):
        first -= 1
    return (first, _after_time(sayings, cue + 1, members)) if last < cue else (cue, cue + 1)


def _after_time(sayings: Sayings, i: int, members: range) -> int:
    """Skip "on Friday", "in a statement", "yesterday"."""
    syntax = sayings.syntax
    while i in members and (
        syntax.pos[i] in ("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM") or syntax.tag[i] == "PRP$" or
        (syntax.pos[i] == "ADV" and syntax.lower[i] not in ("when", "where", "how", "why"))
    ) and sayings.is_free(i):  # fmt: skip
        i += 1
    return i


def _goes_on(sayings: Sayings, before: range, after: range, *, inverted: bool) -> bool:
    """Tell whether the words after a frame go on with what is said, rather than with the sentence around it."""
    syntax = sayings.syntax
    first = after[0]
    said_by_it = syntax.tag[first] in ("VBG", "VBN", "WDT") or syntax.lower[first] in (
        "and", "but", "that", "although", "though", "as", "according", "citing", "who", *_CONTRAST
    )  # fmt: skip
    if syntax.lower[first] == "who" and not inverted:
        said_by_it = False
    if syntax.tag[first] == "VBD" and any(_is_finite(sayings, i) for i in before):
        said_by_it = True
    return not said_by_it and not any(sayings.is_cue(i) and syntax.lemma[i] in INDIRECT for i in after)


def _clauses(sayings: Sayings, runs: list[range]) -> list[tuple[int, int]]:
    """Return the runs as they stand in the text, none if they hold no clause; a condition before a frame is left."""
    syntax = sayings.syntax
    first = _after_dateline(sayings, runs[0])
    runs = [run for run in (first, *runs[1:]) if run]
    finite = [any(_is_finite(sayings, i) for i in run) for run in runs]
    if not any(finite) or not first or syntax.tag[first[0]] in ("VBG", "VBN"):
        return []
    opens = syntax.pos[first[0]] in ("SCONJ", "ADV", "ADP") or syntax.tag[first[0]] in ("WRB", "IN", "CC")
    if len(runs) > 1 and opens:
        runs = runs[1:] if finite[1] else []
    spans = [_trimmed(sayings, run[0], run[-1] + 1) for run in runs]
    return [span for span in spans if span is not None and not _ends_in_introduced(sayings, *span)]


def _after_dateline(sayings: Sayings, run: range) -> range:
    """Leave out "GOTHENBURG, Sweden —" before the first words of an article."""
    syntax = sayings.syntax
    dash = next((i for i in run[:8] if syntax.lower[i] in ("—", "–", "--", "-", ":")), None)
    if dash is None or run[0] > 12 or any(syntax.pos[i] not in ("PROPN", "PUNCT", "NUM") for i in range(run[0], dash)):
        return run
    return range(dash + 1, run[-1] + 1)


def _is_finite(sayings: Sayings, i: int) -> bool:
    return sayings.syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD") and sayings.is_free(i)


def _rest(sayings: Sayings, cue: int, speaker: int) -> list[tuple[int, int]]:
    """Return the rest of the sentence after "said" or "… that" where the parser hung its clause elsewhere."""
    syntax = sayings.syntax
    lemma = syntax.lemma[cue]
    if speaker > cue or not sayings.is_free(cue) or lemma not in INDIRECT or sayings.is_relative(cue):
        return []
    members = sayings.members(cue)
    rest = [i for i in members if i > cue]
    reach = rest[: 1 if lemma != "tell" else 8]
    start = next((i for i in reach if syntax.lower[i] == "that" and syntax.pos[i] == "SCONJ"), None)
    if start is None and lemma == "say" and rest and syntax.pos[rest[0]] in ("DET", "PRON", "PROPN", "NOUN", "NUM"):
        start = rest[0]
    if start is None or syntax.lower[start] in _QUESTIONS:
        return []
    verbs = [i for i in rest if i > start and syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD")]
    if not verbs or any(sayings.is_cue(i) and sayings.is_free(i) for i in rest):
        return []
    span = _trimmed(sayings, start, rest[-1] + 1)
    return [span] if span is not None else []


# -- the clause below the verb ---------------------------------------------------------------------------


def _roots(sayings: Sayings, cue: int) -> Iterator[int]:
    """Yield the heads of the clauses and phrases that a verb of saying reports."""
    syntax = sayings.syntax
    lemma = syntax.lemma[cue]
    if lemma in INDIRECT:
        clauses = syntax.kids(cue, "ccomp")
        yield from [c for c in clauses if c > cue] or clauses
        if lemma in _AFTER_CUE:
            yield from (c for c in syntax.kids(cue, "parataxis") if c > cue)
        if syntax.relation[cue] == "parataxis" and not syntax.kids(cue, "ccomp", "obj"):
            yield syntax.head[cue]
    if lemma == "accuse":
        for child in syntax.kids(cue, "advcl", "obl", "xcomp", "ccomp"):
            if syntax.case[child] == "of" or any(syntax.lower[c] == "of" for c in syntax.kids(child, "mark")):
                yield child
    if lemma in DENY:
        yield from _denied(sayings, cue)


def _denied(sayings: Sayings, cue: int) -> Iterator[int]:
    """Yield what is denied: a clause, a doing, a claim; not a motion, a visa or an entry."""
    syntax = sayings.syntax
    if syntax.is_passive(cue):
        return
    yield from (c for c in syntax.kids(cue, "xcomp") if syntax.tag[c] == "VBG" or syntax.kids(c, "mark"))
    if syntax.lemma[cue] == "deny":
        doing = [c for c in syntax.kids(cue, "advcl") if syntax.tag[c] == "VBG" and not syntax.kids(c, "mark")]
        yield from (c for c in doing if "," not in syntax.lower[cue:c])
    nouns = _DENIED_NOUNS if syntax.lemma[cue] == "deny" else CLAIM_NOUNS
    for child in syntax.kids(cue, "obj"):
        if syntax.pos[child] not in NOMINAL or syntax.lemma[child] in nouns:
            yield child


def _content(sayings: Sayings, cue: int, speaker: int, root: int) -> tuple[int, int] | None:
    """Return the stretch of the clause below a root, on its side of the verb of saying."""
    syntax = sayings.syntax
    if any(syntax.lower[c] in ("whether", "if") for c in syntax.kids(root, "mark") if root > cue):
        return None
    if syntax.lemma[cue] == "tell" and any(syntax.lower[c] == "to" for c in syntax.kids(root, "mark")):
        return None
    inside = sayings.members(cue)
    below = set(syntax.subtree(cue)) if cue in syntax.subtree(root) else set()
    tokens = [i for i in syntax.subtree(root) if i in inside and i not in below]
    frame = [i for i in (cue, speaker) if i in inside]
    if root > cue:
        tokens = [i for i in tokens if i > (max(frame) if cue < speaker < root else cue)]
    else:
        tokens = [i for i in tokens if i < min(frame)]
    if not tokens or root not in tokens:
        return None
    start, end = tokens[0], _before_contrast(sayings, root, tokens[-1] + 1)
    if root > cue and start <= cue + 2:
        start = _after_addressee(sayings, cue, start, root)
        start = _after_adverbial(sayings, start, root)
    if syntax.lemma[cue] == "accuse" and syntax.lower[start] == "of":
        start += 1
    span = _trimmed(sayings, start, end)
    if span is not None and root < cue and _ends_in_introduced(sayings, *span):
        return None
    asks = span is not None and root > cue and syntax.lower[span[0]] in _QUESTIONS
    return None if asks else span


def _ends_in_introduced(sayings: Sayings, start: int, end: int) -> bool:
    """Tell whether a stretch ends in a quotation after a colon: then a frame after it frames the quotation alone."""
    number = sayings.quote_at[end - 1]
    return number >= 0 and ":" in sayings.syntax.lower[start : sayings.quotes[number].start]


def _before_contrast(sayings: Sayings, root: int, end: int) -> int:
    """Leave out ", while Bob said …" at the end of a clause."""
    syntax = sayings.syntax
    for child in syntax.kids(root, "advcl"):
        contrast = any(syntax.lower[c] in _CONTRAST for c in syntax.kids(child, "mark"))
        if child > root and contrast and sayings.is_cue(child):
            end = min(end, syntax.reach(child)[0])
    return end


def _after_addressee(sayings: Sayings, cue: int, start: int, root: int) -> int:
    """Leave out whom it is told where the parser took it into the clause: "told Reuters the ship had sunk"."""
    syntax = sayings.syntax
    told = syntax.lemma[cue] == "tell" and start == cue + 1 and not syntax.kids(cue, "obj", "iobj")
    if not told or not syntax.kids(root, "nsubj", "nsubj:pass") or syntax.kids(root, "mark"):
        return start
    entity = next((e for e in syntax.doc.ents if e.start <= start + (syntax.pos[start] == "DET") < e.end), None)
    end = start
    if entity is not None:
        end = entity.end
    else:
        while (end < root and syntax.pos[end] in ("DET", "ADJ")) or syntax.tag[end] == "PRP$":
            end += 1
        while end < root and syntax.pos[end] in ("NOUN", "PROPN", "PRON"):
            end += 1
    rest = syntax.pos[end] in ("DET", "PRON", "PROPN", "NOUN", "NUM", "ADJ") and end < root
    return end if rest else start


def _after_adverbial(sayings: Sayings, start: int, root: int) -> int:
    """Leave out the time and place of saying where the parser took them into the clause: "said on Friday he may"."""
    syntax = sayings.syntax
    subjects = [syntax.reach(c)[0] for c in syntax.kids(root, "nsubj", "nsubj:pass", "mark")]
    first = min((i for i in subjects if i > start), default=start)
    leading = range(start, first)
    if syntax.pos[start] == "ADP" and all(sayings.is_free(i) and syntax.lower[i] != "," for i in leading):
        return first
    return start


def _trimmed(sayings: Sayings, start: int, end: int) -> tuple[int, int] | None:
    """Return a stretch without the marks at its edges, with the whole of a quotation that it touches."""
    syntax = sayings.syntax
    while start < end and (syntax.doc[start].is_punct or syntax.doc[start].is_space):
        if not sayings.is_free(start) and syntax.doc[start].is_quote:
            break
        start += 1
    while end > start and (syntax.doc[end - 1].is_punct or syntax.doc[end - 1].is_space):
        if not sayings.is_free(end - 1):
            break
        end -= 1
    if start >= end:
        return None
    first, last = sayings.quote_at[start], sayings.quote_at[end - 1]
    if last >= 0 and last != first:
        end = min(sayings.quotes[last].end + 1, len(syntax.lower))
    if first >= 0 and first != last:
        start = sayings.quotes[first].start - 1
    words = syntax.lower[start:end]
    if words.count("(") > words.count(")") and end < len(syntax.lower) and syntax.lower[end] == ")":
        end += 1
    return start, end


# -- "his warning that" ----------------------------------------------------------------------------------


def _by_noun(sayings: Sayings, i: int) -> list[Speech]:
    """Return the clause after a noun of saying that somebody owns: "Ada's warning that …"."""
    syntax = sayings.syntax
    if syntax.lemma[i] not in _SAYING_NOUNS or syntax.pos[i] != "NOUN" or syntax.lower[i + 1 : i + 2] != ["that"]:
        return []
    owners = [c for c in syntax.kids(i, "nmod:poss") if sayings.together(c, i)]
    clauses = [c for c in syntax.kids(i, "acl", "ccomp") if c > i and sayings.frame[c] == sayings.frame[i]]
    if not owners or not clauses or syntax.kids(clauses[0], "obj") == [i + 1]:
        return []
    inside = sayings.members(i)
    end = max(t for t in syntax.subtree(clauses[0]) if t in inside) + 1
    span = _trimmed(sayings, i + 2, _before_main_verb(sayings, i + 2, end))
    denied = syntax.lemma[i] == "denial"
    return [Speech(*span, False, owners[0], i, denied, FoundBy.CUE)] if span is not None else []


def _before_main_verb(sayings: Sayings, start: int, end: int) -> int:
    """Leave out the verb of the sentence where the parser took it into the clause before it."""
    syntax = sayings.syntax
    verbs = [i for i in range(start, end) if syntax.tag[i] in ("VBD", "VBZ", "VBP", "MD")]
    for earlier, later in pairwise(verbs):
        if all(syntax.pos[i] in ("VERB", "AUX", "ADV", "ADJ", "PUNCT") for i in range(earlier, later)):
            return later
    return end


# -- "according to" --------------------------------------------------------------------------------------


def _by_source(sayings: Sayings, i: int) -> list[Speech]:
    """Return the sentence that "according to X" attributes, without the phrase itself."""
    syntax = sayings.syntax
    cue = source_cue(sayings, i)
    if cue is None or not sayings.together(cue, i):
        return []
    members = sayings.members(cue)
    phrase = [t for t in syntax.subtree(i) if t in members]
    first, last = min(phrase[0], cue), max(phrase[-1], i)
    last = next((t for t in range(i, last + 1) if syntax.lower[t] == "," and _is_finite_before(sayings, t, last)), last)
    clause = syntax.clause(syntax.head[i])
    below = set(syntax.subtree(clause)) if first > members[0] else set(members)
    before = [t for t in members if t < first and t in below]
    after = [t for t in members if t > last and t in below]
    part = before if len(before) >= len(after) else after
    if not part or not any(syntax.pos[t] in ("VERB", "AUX") for t in part):
        return []
    span = _trimmed(sayings, part[0], part[-1] + 1)
    if span is None:
        return []
    return [Speech(*span, quoted=False, speaker=sayings.author(_source(sayings, i)), cue=cue, found_by=FoundBy.SOURCE)]


def _is_finite_before(sayings: Sayings, start: int, last: int) -> bool:
    return any(_is_finite(sayings, t) for t in range(start, last + 1))


def _source(sayings: Sayings, i: int) -> int:
    """Return the name right after the noun of a source: "eyewitness Ada Marsh"."""
    syntax = sayings.syntax
    beside = [c for c in syntax.kids(i, "appos", "flat") if syntax.pos[c] == "PROPN" and c == i + 1]
    return beside[0] if beside and syntax.pos[i] == "NOUN" else i
