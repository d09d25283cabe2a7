"""Proper names: the tagger's spans, name patterns, known individuals and runs of proper nouns, in one arbitration.

Every vote for a class is kept with its reason, so that `kg explain` can show why a name is what it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from kg.language.lexicon import HYPHENS, Lexicon, NamePattern, NounHit, noun_class
from kg.language.syntax import Syntax

TAGGER, PATTERN, KNOWN = 1.0, 2.5, 3.0
"""Weights of a vote: one tagger span, a name pattern, an individual of a loaded ontology."""

_NO_NAME_LABELS: Final = frozenset("DATE TIME CARDINAL ORDINAL MONEY PERCENT QUANTITY LANGUAGE".split())
_CALENDAR: Final = frozenset(
    "january february march april may june july august september october november december monday tuesday "
    "wednesday thursday friday saturday sunday christmas easter".split()
)
HONORIFICS: Final = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady baroness baron rev reverend prof professor hon gen col capt lt sgt "
    "maj madam admiral general colonel captain lieutenant sergeant brigadier marshal bishop archbishop cardinal "
    "rabbi imam sheikh".split()
)
_BRACKETS: Final = frozenset("[]")
_PREFIXES: Final = frozenset("pro anti non un post pre ex inter trans mid sub counter ultra neo".split())
_EDGE: Final = frozenset("the a an this that these those 's ’s ' ’ \" “ ” , . : ; ( ) [ ] & and -".split())

_SHORT: Final = 4
"""How many letters what stands for a longer name in brackets has at most."""
_DATELINE_TOKENS: Final = 4
"""How many tokens of a text a date line's place may take."""

TypedSpan = tuple[int, int, tuple["Vote", ...]]


@dataclass(frozen=True, slots=True)
class Vote:
    """One reason to hold a name for a name of a class."""

    of_class: str
    weight: float
    reason: str

    @property
    def guessed(self) -> bool:
        """Tell whether it is the tagger's, which may err."""
        return self.weight == TAGGER


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: tokens [start, end), head token, its words, the votes for its class.

    `individual` is the IRI of the known individual that it names; `adjectival` tells that it does so as an adjective
    of nationality; `affixed` that a prefix hangs on it ("pro-", "anti-"), so that its phrase is not about it;
    `honorifics` counts the words such as "Mr" before it.
    """

    start: int
    end: int
    head: int
    text: str
    votes: tuple[Vote, ...] = ()
    individual: str | None = None
    adjectival: bool = False
    affixed: bool = False
    honorifics: int = 0

    @property
    def titled_start(self) -> int:
        """Where the name starts with its honorifics: "Mr" of "Mr Smith"."""
        return self.start - self.honorifics


def find_names(syntax: Syntax, lexicon: Lexicon, hits: dict[int, NounHit]) -> list[Name]:
    """Return the names of a text in order, none overlapping another."""
    spans = _with_patterns(syntax, lexicon, _tagger_spans(syntax, lexicon, hits))
    names = [_mark_known(_make_name(syntax, *span), syntax, lexicon) for span in spans]
    taken = {i for start, end, _ in spans for i in range(start, end)}
    for start, end, iri, adjectival in _known_spans(syntax, lexicon, taken):
        names.append(_known_name(syntax, lexicon, start, end, iri, adjectival=adjectival))
        taken.update(range(start, end))
    names += [_make_name(syntax, start, end, ()) for start, end in _proper_runs(syntax, hits, taken)]
    names = [_with_pattern_vote(name, lexicon) for name in names]
    return sorted(names, key=lambda name: name.start)


def _is_personal(hit: NounHit, lexicon: Lexicon) -> bool:
    """Tell whether a noun may be said of a person: it may stand before a name as a title."""
    classes = {c for frame in hit.frames if (c := noun_class(frame, lexicon.ontology))}
    return not classes or not lexicon.are_things(classes)


def name_fits(name: Name, hit: NounHit, lexicon: Lexicon) -> bool:
    """Tell whether nothing that is known of a name by itself forbids it to bear a noun."""
    classes = {c for frame in hit.frames if (c := noun_class(frame, lexicon.ontology))}
    votes = [vote.of_class for vote in name.votes]
    fits = not classes or not votes or any(lexicon.ontology.compatible(a, b) for a in votes for b in classes)
    return fits or (all(vote.guessed for vote in name.votes) and lexicon.are_things({*classes, *votes}))


def _tagger_spans(syntax: Syntax, lexicon: Lexicon, hits: dict[int, NounHit]) -> list[TypedSpan]:
    spans: list[TypedSpan] = []
    for ent in syntax.doc.ents:
        if ent.label_ in _NO_NAME_LABELS:
            continue
        of_class = lexicon.classes_by_label.get(ent.label_)
        titled = of_class is None or of_class in lexicon.pronouns.get("he", ())
        titles = {head: hit for head, hit in hits.items() if titled and _is_personal(hit, lexicon)}
        start, end = trim(syntax, ent.start, ent.end, titles)
        if any(hit.start == start and hit.end == end and hit.can_be_borne for hit in titles.values()):
            continue
        if all(syntax.lower[i].strip(".") in HONORIFICS for i in range(start, end)):
            continue
        if start >= end or not any(syntax.doc[i].text[:1].isupper() for i in range(start, end)):
            continue
        if all(syntax.lower[i] in _CALENDAR or syntax.pos[i] == "ADJ" for i in range(start, end)):
            continue
        short = end == start + 1 and start > 0 and syntax.lower[start - 1] == "(" and len(syntax.lower[start]) <= _SHORT
        votes = (Vote(of_class, TAGGER, f"tagged {ent.label_}"),) if of_class and not short else ()
        cut, whole = _without_owner(syntax, lexicon, start, end)[1], end
        spans += _split_in_brackets(syntax, (start, cut, votes))
        if cut < whole:
            spans.append((cut + 2, whole, ()))
    return _across_marks(syntax, spans)


def _split_in_brackets(syntax: Syntax, span: TypedSpan) -> list[TypedSpan]:
    """Part what a hyphen joins right after an opening bracket: "(AB-Town)" is of AB, and of a town."""
    start, end, _ = span
    hyphen = start + 1
    opened = start > 0 and syntax.lower[start - 1] == "(" and len(syntax.lower[start]) <= _SHORT
    if opened and hyphen + 1 < end and syntax.lower[hyphen] in HYPHENS:
        return [(start, hyphen, ()), (hyphen + 1, end, ())]
    return [span]


def _across_marks(syntax: Syntax, spans: list[TypedSpan]) -> list[TypedSpan]:
    """Join names that only an editor's bracket or a hyphen parts: "[Captain Ada] Lovelace", "Ada Byron-King"."""
    joined: list[TypedSpan] = []
    for span in sorted(spans, key=lambda span: span[:2]):
        between = syntax.doc[span[0] - 1] if joined and span[0] == joined[-1][1] + 1 else None
        tight = between is not None and not between.whitespace_ and not syntax.doc[between.i - 1].whitespace_
        bracketed = between is not None and between.i > 1 and syntax.lower[between.i - 2] == "("
        hyphened = between is not None and between.text in HYPHENS and tight and not bracketed
        if between is not None and (between.text in _BRACKETS or hyphened):
            start, _, votes = joined.pop()
            span = (start, span[1], votes + span[2])
        joined.append(span)
    return joined


def trim(syntax: Syntax, start: int, end: int, hits: dict[int, NounHit]) -> tuple[int, int]:
    """Return a name span without determiners, honorifics and titles before it, and possessives and marks after it."""
    while start < end:
        title = next((hit for hit in hits.values() if hit.start == start and hit.end < end), None)
        word = syntax.lower[start]
        if word in _EDGE or (word.strip(".") in HONORIFICS and start + 1 < end):
            start += 1
        elif title is not None and all(syntax.doc[i].text[:1].isupper() for i in range(title.end, end)):
            start = title.end
        else:
            break
    while end > start and (syntax.lower[end - 1] in _EDGE or _is_small(syntax, end - 1)):
        end -= 1
    return start, end


def _is_small(syntax: Syntax, i: int) -> bool:
    """Tell whether a word cannot end a name: white space, a preposition or a common noun written small."""
    token = syntax.doc[i]
    return token.is_space or (token.text.islower() and (syntax.pos[i] in ("ADP", "SCONJ") or syntax.tag[i] == "NN"))


# -- name patterns ---------------------------------------------------------------------------------------


def _with_patterns(syntax: Syntax, lexicon: Lexicon, spans: list[TypedSpan]) -> list[TypedSpan]:
    """Join what a pattern ("… Friends of …") shows to be one name."""
    places: dict[str, list[int]] = {}
    for token in syntax.doc:
        places.setdefault(token.text, []).append(token.i)
    for pattern in lexicon.patterns:
        anchor = next((word for word in pattern.words if word), None)
        for i in places.get(anchor, ()) if anchor else ():
            found = _match_pattern(syntax, pattern, i)
            if found is not None:
                reach = max([found[1], *(end for start, end, _ in spans if start < found[1] < end)])
                spans = _joined(spans, *_without_owner(syntax, lexicon, found[0], reach), pattern)
    return spans


def _without_owner(syntax: Syntax, lexicon: Lexicon, start: int, end: int) -> tuple[int, int]:
    """Cut "of the Y" off a name when Y fits a name pattern by itself: "X Committee of the House of Y" names two."""
    for i in range(start + 2, end - 1):
        if syntax.lower[i] == "the" and syntax.lower[i - 1] == "of":
            words = [token.text for token in syntax.doc[i + 1 : end]]
            if any(_fits(pattern.words, words) for pattern in lexicon.patterns):
                return start, i - 1
    return start, end


def _joined(spans: list[TypedSpan], start: int, end: int, pattern: NamePattern) -> list[TypedSpan]:
    inside = [span for span in spans if span[0] < end and span[1] > start]
    if any(span[0] <= start and span[1] >= end for span in inside):
        return spans
    start, end = min([start, *(s[0] for s in inside)]), max([end, *(s[1] for s in inside)])
    vote = Vote(pattern.of_class, PATTERN, f"name pattern {pattern}")
    return [span for span in spans if span not in inside] + [(start, end, (vote,))]


def _match_pattern(syntax: Syntax, pattern: NamePattern, anchor: int) -> tuple[int, int] | None:
    words = pattern.words
    first = next(k for k, word in enumerate(words) if word)
    start = _extend(syntax, anchor, -1) if first > 0 else anchor
    if first > 0 and start == anchor:
        return None
    position = anchor
    for word in words[first:]:
        if word is None:
            end = _extend(syntax, position - 1, +1)
            if end == position - 1:
                return None
            position = end + 1
        elif position < len(syntax.doc) and syntax.doc[position].text == word:
            position += 1
        else:
            return None
    return start, position


def _extend(syntax: Syntax, i: int, step: int) -> int:
    """Walk from token i over capitalised words of the same sentence, "the" right after a word allowed; at most five."""
    reached, j = i, i + step
    for _ in range(5):
        if not 0 <= j < len(syntax.doc) or syntax.sentence[j] != syntax.sentence[i]:
            break
        token = syntax.doc[j]
        if token.text[:1].isupper() and token.lower_ not in _EDGE:
            reached = j
        elif not (step > 0 and token.lower_ == "the" and j == i + 1):
            break
        j += step
    return reached


def _with_pattern_vote(name: Name, lexicon: Lexicon) -> Name:
    if any(vote.weight >= PATTERN for vote in name.votes):
        return name
    words = name.text.split()
    for pattern in lexicon.patterns:
        if _fits(pattern.words, words):
            return replace(name, votes=(*name.votes, Vote(pattern.of_class, PATTERN, f"name pattern {pattern}")))
    return name


def _fits(pattern: tuple[str | None, ...], words: list[str]) -> bool:
    """Tell whether all words of a name fit a pattern; None takes one or more words."""
    if not pattern:
        return not words
    if pattern[0] is None:
        return any(_fits(pattern[1:], words[k:]) for k in range(1, len(words) + 1))
    return bool(words) and words[0] == pattern[0] and _fits(pattern[1:], words[1:])


# -- known individuals ---------------------------------------------------------------------------------------


def _known_spans(syntax: Syntax, lexicon: Lexicon, taken: set[int]) -> list[tuple[int, int, str, bool]]:
    found, i = [], 0
    while i < len(syntax.doc):
        hit = known_at(syntax, lexicon, i)
        if hit is None or any(j in taken for j in range(i, hit[0])):
            i += 1
            continue
        found.append((i, *hit))
        i = hit[0]
    return found


def known_at(syntax: Syntax, lexicon: Lexicon, i: int) -> tuple[int, str, bool] | None:
    """Return (end, IRI, adjectival) of the known individual whose name starts at token i, the longest one."""
    text = _written(syntax, i)
    for candidate in (text, text[:-1] if text.endswith("s") else ""):
        for words, iri, adjectival in lexicon.individuals.get(candidate, ()):
            if candidate != text and (not adjectival or len(words) > 1):
                continue
            end = i + len(words)
            if tuple(_written(syntax, j) for j in range(i + 1, min(end, len(syntax.doc)))) == words[1:]:
                return end, iri, adjectival
    return None


def _written(syntax: Syntax, i: int) -> str:
    """Return a word; one all in capitals at the start of the text, as in date lines, as it is mostly written."""
    text = syntax.doc[i].text
    return text.capitalize() if i < _DATELINE_TOKENS and len(text) > 2 and text.isalpha() and text.isupper() else text


def _known_name(syntax: Syntax, lexicon: Lexicon, start: int, end: int, iri: str, *, adjectival: bool) -> Name:
    votes = tuple(Vote(t, KNOWN, "known individual") for t in lexicon.ontology.individuals[iri].types)
    return replace(_make_name(syntax, start, end, votes), individual=iri, adjectival=adjectival)


def _mark_known(name: Name, syntax: Syntax, lexicon: Lexicon) -> Name:
    """Attach the known individual to a name that is exactly its name, unless the tagger takes it for a person's."""
    hit = known_at(syntax, lexicon, name.start)
    personal = lexicon.pronouns.get("he", set())
    if hit is None or hit[0] != name.end or any(vote.of_class in personal for vote in name.votes):
        return name
    return _known_name(syntax, lexicon, name.start, name.end, hit[1], adjectival=hit[2])


# -- runs of proper nouns --------------------------------------------------------------------------------------


def _proper_runs(syntax: Syntax, hits: dict[int, NounHit], taken: set[int]) -> list[tuple[int, int]]:
    """Return runs of proper nouns that nothing else has taken."""
    closed = taken | {i for hit in hits.values() for i in range(hit.start, hit.end)}
    runs, i, length = [], 0, len(syntax.doc)
    while i < length:
        if i in closed or not _is_proper(syntax, i):
            i += 1
            continue
        end = i + 1
        while (
            end < length
            and end not in closed
            and (
                _is_proper(syntax, end)
                or (
                    syntax.lower[end] in HYPHENS
                    and end + 1 < length
                    and end + 1 not in closed
                    and _is_proper(syntax, end + 1)
                )
            )
        ):
            end += 1
        start, stop = trim(syntax, i, end, hits)
        if start < stop and len(syntax.doc[start:stop].text) > 1 and not is_affixed(syntax, start):
            runs.append((start, stop))
        i = end
    return runs


def _is_proper(syntax: Syntax, i: int) -> bool:
    token = syntax.doc[i]
    if syntax.lower[i] in _CALENDAR or syntax.lower[i].strip(".") in HONORIFICS:
        return False
    return syntax.pos[i] == "PROPN" and token.text[:1].isupper() and token.is_alpha


# -- names as text -----------------------------------------------------------------------------------------------


def _make_name(syntax: Syntax, start: int, end: int, votes: tuple[Vote, ...]) -> Name:
    head = syntax.phrase_head(start, end)
    titled = start
    while titled and syntax.lower[titled - 1].strip(".") in HONORIFICS and syntax.doc[titled - 1].text[:1].isupper():
        titled -= 1
    text, affixed = name_text(syntax, start, end), is_affixed(syntax, start)
    return Name(start, end, head, text, votes, affixed=affixed, honorifics=start - titled)


def is_affixed(syntax: Syntax, start: int) -> bool:
    """Tell whether a hyphen and a prefix stand before a name: "pro-X", "anti-X"."""
    return start >= 2 and syntax.lower[start - 1] in HYPHENS and syntax.lower[start - 2] in _PREFIXES


def name_text(syntax: Syntax, start: int, end: int) -> str:
    """Return the words of a name without editors' brackets and line breaks."""
    text = syntax.doc[start:end].text
    return " ".join("".join(c for c in text if c not in _BRACKETS).split())


def same_name(text: str) -> str:
    """Return the key under which two spellings of a name are one: marks around words do not count.

    >>> same_name("St. John’s")
    "St John's"
    """
    words = (word.strip(".,'") for word in text.replace("’", "'").split())
    return " ".join(word for word in words if word)
