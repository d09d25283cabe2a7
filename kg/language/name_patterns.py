"""Name patterns of the ontology ("… Friends of …"): what they make one name, and which class they show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kg.language.arbitration import PATTERN, Vote
from kg.language.lexicon import Lexicon, NamePattern
from kg.language.name_spans import EDGE, NameSpan, is_dated
from kg.language.syntax import Syntax

_MOST_WORDS: Final = 5
"""How many words a gap of a pattern takes at most."""


def join_by_patterns(syntax: Syntax, lexicon: Lexicon, spans: Sequence[NameSpan]) -> list[NameSpan]:
    """Join what a pattern shows to be one name, and part what one shows to be two."""
    parts = [part for span in spans for part in _without_owner(syntax, lexicon, span)]
    by_token = {i: part for part in parts for i in range(part.start, part.end)}
    places: dict[str, list[int]] = {}
    for i, word in enumerate(syntax.word):
        places.setdefault(word, []).append(i)
    for pattern in lexicon.patterns:
        anchor = next((word for word in pattern.words if word), None)
        for i in places.get(anchor, ()) if anchor else ():
            found = _match(syntax, pattern, i)
            if found is not None and not any(is_dated(syntax, k) for k in range(*found)):
                start, end = found
                across = by_token.get(end)
                reach = across.end if across is not None and across.start < end else end
                _join(by_token, start, _owner(syntax, lexicon, start, reach) or reach, pattern)
    return sorted(set(by_token.values()), key=lambda span: span.start)


def pattern_vote(name: str, lexicon: Lexicon) -> Vote | None:
    """Return the vote of the first pattern that a whole name fits."""
    words = name.split()
    for pattern in lexicon.patterns_at(words) if words else ():
        if _fits(pattern.words, words):
            return _vote(pattern)
    return None


def _vote(pattern: NamePattern) -> Vote:
    return Vote(pattern.of_class, PATTERN, f"name pattern {pattern}")


def _without_owner(syntax: Syntax, lexicon: Lexicon, span: NameSpan) -> list[NameSpan]:
    cut = _owner(syntax, lexicon, span.start, span.end)
    if cut is None:
        return [span]
    found = f"{span.found}, cut at 'of the'"
    return [NameSpan(span.start, cut, span.votes, found), NameSpan(cut + 2, span.end, (), found)]


def _owner(syntax: Syntax, lexicon: Lexicon, start: int, end: int) -> int | None:
    """Return where "of the Y" starts in a name when Y fits a pattern by itself: "X Board of the House of Y" is two."""
    for i in range(start + 2, end - 1):
        if syntax.lower[i] == "the" and syntax.lower[i - 1] == "of":
            words = syntax.word[i + 1 : end]
            if any(_fits(pattern.words, words) for pattern in lexicon.patterns_at(words)):
                return i - 1
    return None


def _join(by_token: dict[int, NameSpan], start: int, end: int, pattern: NamePattern) -> None:
    """Put one span in the place of all that it touches, unless one of these holds it all."""
    inside = {by_token[i] for i in range(start, end) if i in by_token}
    if any(span.start <= start and span.end >= end for span in inside):
        return
    start, end = min([start, *(s.start for s in inside)]), max([end, *(s.end for s in inside)])
    whole = NameSpan(start, end, (_vote(pattern),), f"name pattern {pattern}")
    by_token.update(dict.fromkeys(range(start, end), whole))


def _match(syntax: Syntax, pattern: NamePattern, anchor: int) -> tuple[int, int] | None:
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
        elif position < len(syntax.doc) and syntax.word[position] == word:
            position += 1
        else:
            return None
    return start, position


def _extend(syntax: Syntax, i: int, step: int) -> int:
    """Walk from token i over capitalised words of the same sentence, "the" right after a word allowed."""
    reached, j = i, i + step
    for _ in range(_MOST_WORDS):
        if not 0 <= j < len(syntax.doc) or syntax.sentence[j] != syntax.sentence[i]:
            break
        token = syntax.doc[j]
        if token.text[:1].isupper() and token.lower_ not in EDGE:
            reached = j
        elif not (step > 0 and token.lower_ == "the" and j == i + 1):
            break
        j += step
    return reached


def _fits(pattern: Sequence[str | None], words: Sequence[str]) -> bool:
    """Tell whether all words of a name fit a pattern; None takes one or more words."""
    first, last = pattern[0] if pattern else None, pattern[-1] if pattern else None
    if len(words) < len(pattern) or (first and words[0] != first) or (last and words[-1] != last):
        return False
    if not pattern:
        return not words
    if pattern[0] is None:
        return any(_fits(pattern[1:], words[k:]) for k in range(1, len(words) + 1))
    return bool(words) and words[0] == pattern[0] and _fits(pattern[1:], words[1:])
