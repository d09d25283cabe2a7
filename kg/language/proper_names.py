"""Proper names: the tagger's spans, name patterns, known individuals and runs of proper nouns, in one arbitration.

Every vote for a class is kept with its reason, so that `kg explain` can show why a name is what it is;
`kg.language.arbitration` says how the votes are weighed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from kg.language.arbitration import ADDRESSED, DATED, ENDING, KNOWN, LISTED, PATTERN, Vote
from kg.language.layout import find_dateline
from kg.language.lexicon import PLACE_LABEL, Lexicon, NounHit, noun_class, root_class
from kg.language.name_joins import find_short_forms, join_inverted, join_pairs
from kg.language.name_patterns import join_by_patterns, pattern_vote
from kg.language.name_runs import join_runs
from kg.language.name_spans import ADDRESS, BRACKETS, HONORIFICS, NameSpan, SpanFinder, is_affixed
from kg.language.syntax import Syntax
from kg.ontology.frames import FrameKind

__all__ = ["HONORIFICS", "KNOWN", "PATTERN", "Name", "Vote", "find_names", "name_fits", "same_name"]

_INITIALS: Final = re.compile(r"\b([^\W\d_])\.(?=(?:[^\W\d_]\.)+ )")
_DATELINE_TOKENS: Final = 4
_LONGEST_LISTED: Final = 8
"""Of so many tokens is the longest name that is looked for in a knowledge base."""
"""How many tokens of a text a date line's place may take."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text: tokens [start, end), head token, its words, the votes for its class.

    `individual` is the IRI of the known individual that it names; `adjectival` tells that it does so as an adjective
    of nationality; `affixed` that a prefix hangs on it ("pro-", "anti-"), so that its phrase is not about it;
    `honorifics` counts the words such as "Mr" before it; `found` says what shows that it is a name.
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
    found: str = ""

    @property
    def titled_start(self) -> int:
        """Where the name starts with its honorifics: "Mr" of "Mr Smith"."""
        return self.start - self.honorifics


def find_names(syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit]) -> list[Name]:
    """Return the names of a text in order, none overlapping another."""
    finder = SpanFinder(syntax, lexicon, hits)
    tagged = join_inverted(syntax, lexicon, finder.tagged())
    spans = [part for span in join_by_patterns(syntax, lexicon, tagged) for part in finder.parted(span)]
    spans = join_pairs(syntax, lexicon, hits, join_runs(syntax, lexicon, hits, spans))
    names = [_mark_known(_make_name(syntax, span), syntax, lexicon) for span in spans]
    taken = {i for span in spans for i in range(span.start, span.end)}
    for span in finder.words(taken):
        names.append(_make_name(syntax, span))
        taken.update(range(span.start, span.end))
    for start, end, iri, adjectival in _known_spans(syntax, lexicon, taken):
        name = _make_name(syntax, NameSpan(start, end, (), "known individual"))
        names.append(_known_name(name, lexicon, iri, adjectival=adjectival))
        taken.update(range(start, end))
    for start, end in _listed_spans(syntax, lexicon, taken):
        names.append(_make_name(syntax, NameSpan(start, end, (), "name of a knowledge base")))
        taken.update(range(start, end))
    names += [_make_name(syntax, span) for span in finder.runs(taken)]
    names += [_make_name(syntax, span) for span in find_short_forms(syntax, lexicon, hits, names)]
    names = sorted(names, key=lambda name: name.start)
    dated = find_dateline(syntax.text)
    return [_with_votes(name, syntax, lexicon, dated if name is names[0] else 0) for name in names]


def name_fits(name: Name, hit: NounHit, lexicon: Lexicon) -> bool:
    """Tell whether nothing that is known of a name by itself forbids it to bear a noun."""
    classes = {c for frame in hit.frames if (c := noun_class(frame, lexicon.ontology))}
    votes = [vote.of_class for vote in name.votes]
    fits = not classes or not votes or any(lexicon.ontology.compatible(a, b) for a in votes for b in classes)
    return fits or (all(vote.guessed for vote in name.votes) and lexicon.are_things({*classes, *votes}))


# -- votes that a name brings by itself --------------------------------------------------------------------------


def _with_votes(name: Name, syntax: Syntax, lexicon: Lexicon, dated: int) -> Name:
    """Add what its words, the word before it and a date line before character `dated` tell of the class of a name."""
    votes = list(name.votes)
    if all(vote.weight < PATTERN for vote in votes) and (vote := pattern_vote(name.text, lexicon)) is not None:
        votes.append(vote)
    elif not votes:
        votes += _ending_vote(name, lexicon)
    if name.text in lexicon.name_words and not any(vote.weight >= PATTERN for vote in votes):
        votes = [Vote(lexicon.name_words[name.text][0], PATTERN, f"name word {name.text}")]
    if name.honorifics and (word := syntax.word[name.start - 1]).lower().strip(".") in ADDRESS:
        votes += [Vote(c, ADDRESSED, f"'{word}' before it") for c in sorted(lexicon.pronouns.get("he", ()))]
    votes += _listed_votes(name, syntax, lexicon)
    place = lexicon.classes_by_label.get(PLACE_LABEL)
    if place is not None and syntax.doc[name.end - 1].idx < dated and not syntax.doc[: name.start].text.strip():
        votes.append(Vote(place, DATED, "it opens a date line"))
    return replace(name, votes=tuple(votes))


def _ending_vote(name: Name, lexicon: Lexicon) -> list[Vote]:
    """Let the class noun that a name of several words ends with tell its kind: "Skelby Rowing Club" is no person."""
    words = name.text.lower().split()
    whole = len(words) > 1 and name.text.split()[-1][:1].isupper() and not {"of", "for"} & {*words}
    rows = lexicon.nouns.get(words[-1], ()) if whole else ()
    frames = [frame for row, frame in rows if frame.kind is FrameKind.CLASS_NOUN and row == tuple(words[-len(row) :])]
    kinds = {kind for frame in frames if (kind := root_class(frame.term, lexicon.ontology)) is not None}
    if len(kinds) != 1 or not lexicon.are_things(kinds):
        return []
    return [Vote(kinds.pop(), ENDING, f"it ends with '{words[-1]}'", guessed=True)]


# -- names of a knowledge base -----------------------------------------------------------------------------------


def _listed_at(syntax: Syntax, lexicon: Lexicon, i: int) -> tuple[int, tuple[str, ...]] | None:
    """Return where the name of a knowledge base that starts at token i ends, and its classes."""
    known = lexicon.known_names
    found = None if known is None else known.find(syntax.word[i : i + _LONGEST_LISTED], 0)
    return None if found is None else (i + found[0], found[1])


def _listed_spans(syntax: Syntax, lexicon: Lexicon, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the names of a knowledge base that stand where nothing is taken, from left to right."""
    end = 0
    for i in range(len(syntax.doc) if lexicon.known_names is not None else 0):
        hit = _listed_at(syntax, lexicon, i) if i >= end and i not in taken else None
        if hit is not None and taken.isdisjoint(range(i, hit[0])):
            end = hit[0]
            yield i, end


def _listed_votes(name: Name, syntax: Syntax, lexicon: Lexicon) -> list[Vote]:
    """Let the knowledge base that has just this name tell its classes."""
    hit = _listed_at(syntax, lexicon, name.start)
    classes = hit[1] if hit is not None and hit[0] == name.end else ()
    return [Vote(of_class, LISTED, "a name of the knowledge base") for of_class in classes]


# -- known individuals -------------------------------------------------------------------------------------------


def _known_spans(syntax: Syntax, lexicon: Lexicon, taken: set[int]) -> list[tuple[int, int, str, bool]]:
    found, i = [], 0
    while i < len(syntax.doc):
        hit = None if syntax.word[i][0].islower() else _known_at(syntax, lexicon, i)
        if hit is None or any(j in taken for j in range(i, hit[0])):
            i += 1
            continue
        found.append((i, *hit))
        i = hit[0]
    return found


def _known_at(syntax: Syntax, lexicon: Lexicon, i: int) -> tuple[int, str, bool] | None:
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
    """Return a word; one all in capitals, in a date line or after another, is given as it is mostly written."""
    text = syntax.word[i]
    if len(text) <= 2 or not (text.isalpha() and text.isupper()):
        return text
    before = syntax.word[i - 1] if i else ""
    return text.capitalize() if i < _DATELINE_TOKENS or (len(before) > 1 and before.isupper()) else text


def _known_name(name: Name, lexicon: Lexicon, iri: str, *, adjectival: bool) -> Name:
    votes = tuple(Vote(t, KNOWN, "known individual") for t in lexicon.ontology.individuals[iri].types)
    return replace(name, votes=votes, individual=iri, adjectival=adjectival)


def _mark_known(name: Name, syntax: Syntax, lexicon: Lexicon) -> Name:
    """Attach the known individual to a name that is exactly its name, unless the tagger takes it for a person's."""
    hit = _known_at(syntax, lexicon, name.start)
    personal = lexicon.pronouns.get("he", set())
    if hit is None or hit[0] != name.end or any(vote.of_class in personal for vote in name.votes):
        return name
    return _known_name(name, lexicon, hit[1], adjectival=hit[2])


# -- names as text -----------------------------------------------------------------------------------------------


def _make_name(syntax: Syntax, span: NameSpan) -> Name:
    titled = start = span.start
    while titled and syntax.lower[titled - 1].strip(".") in HONORIFICS and syntax.word[titled - 1][:1].isupper():
        titled -= 1
    return Name(
        start,
        span.end,
        syntax.phrase_head(start, span.end),
        name_text(syntax, start, span.end, span.comma),
        span.votes,
        affixed=is_affixed(syntax, start),
        honorifics=start - titled,
        found=span.found,
    )


def name_text(syntax: Syntax, start: int, end: int, comma: int | None = None) -> str:
    """Return the words of a name without editors' brackets and line breaks; what a comma parts is turned round."""
    if comma is not None:
        return f"{name_text(syntax, comma + 1, end)} {name_text(syntax, start, comma)}"
    text = syntax.doc[start:end].text
    return " ".join("".join(c for c in text if c not in BRACKETS).split())


@lru_cache(maxsize=16384)
def same_name(text: str) -> str:
    """Return the key under which two spellings of a name are one: marks around words and initials do not count.

    >>> same_name("St. John’s"), same_name("J.K. Marr")
    ("St John's", 'J K Marr')
    """
    spread = _INITIALS.sub(r"\1. ", text.replace("’", "'"))
    words = (word.strip(".,'") for word in spread.split())
    return " ".join(word for word in words if word)
