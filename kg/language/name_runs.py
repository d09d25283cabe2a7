"""Names that a tagger cut in pieces, where a noun asks for one: "Blackpool South MP", "the MP for Mid Kent"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.language.arbitration import Vote
from kg.language.lexicon import HYPHENS, ORG_LABEL, Lexicon, NounHit
from kg.language.name_spans import PREFIXES, NameSpan, is_dated
from kg.language.syntax import Syntax
from kg.ontology.frames import FrameKind
from kg.ontology.terms import Argument

DIRECTIONS: Final = frozenset(
    "north south east west central mid upper lower inner outer northern southern eastern western".split()
)
"""Words that make the name of a part of a place of the name of a place, before it or after it."""
_AND: Final = ("and", "&")
_INSIDE: Final = frozenset({"of", "upon"})
"""Small words that stand inside the name of a place."""

Run = tuple[int, int]


def join_runs(
    syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit], spans: Sequence[NameSpan]
) -> list[NameSpan]:
    """Join the pieces of a name before a noun that can be of it, and of one after its preposition or after a verb.

    Nouns such as "MP" and verbs such as "represent" ask for one thing; the words of the run that are in no span belong
    to its name too.
    """
    runs = _Runs(syntax, lexicon, hits, spans)
    found = {run for hit in hits.values() for run in runs.beside(hit)}
    found.update(run for verb in range(len(syntax.lemma)) for run in runs.after_verb(verb))
    by_token = dict(runs.by_token)
    for start, end in sorted(found):
        inside = list(dict.fromkeys(by_token[i] for i in range(start, end) if i in by_token))
        whole = [(span.start, span.end) for span in inside] == [(start, end)]
        if not inside or whole or inside[0].start < start or inside[-1].end > end:
            continue
        name = NameSpan(start, end, runs.votes(inside), "pieces of one name beside a noun")
        by_token.update(dict.fromkeys(range(start, end), name))
    return sorted(set(by_token.values()), key=lambda span: span.start)


class _Runs:
    """Finds runs of pieces: spans, and capitalised words in none."""

    def __init__(
        self, syntax: Syntax, lexicon: Lexicon, hits: Mapping[int, NounHit], spans: Sequence[NameSpan]
    ) -> None:
        self.syntax = syntax
        self.lexicon = lexicon
        self.by_token = {i: span for span in spans for i in range(span.start, span.end)}
        self.nouns = {i for hit in hits.values() for i in range(hit.start, hit.end)}
        self._people = lexicon.pronouns.get("he", set())
        full = (span for span in spans if span.end - span.start > 1)
        self._surnames = {syntax.word[s.end - 1] for s in full if any(v.of_class in self._people for v in s.votes)}

    def beside(self, hit: NounHit) -> Iterator[Run]:
        """Yield the runs before a noun and after its preposition, where its frames ask for one thing there."""
        terms = self.lexicon.ontology.properties
        frames = [f for f in hit.frames if f.kind is FrameKind.RELATIONAL_NOUN and terms[f.term].functional]
        frames = [f for f in frames if self.lexicon.are_things(terms[f.term].range)]
        if any(Argument.MODIFIER in frame.arguments for frame in frames):
            yield from self._before(hit.start)
        after = self.syntax.lower[hit.end] if hit.end < len(self.syntax.lower) else ""
        if any(after in frame.arguments for frame in frames):
            yield from self._after(hit.end + 1)

    def after_verb(self, verb: int) -> Iterator[Run]:
        """Yield the run after a verb whose frames ask for one thing there."""
        if self.syntax.pos[verb] != "VERB" or verb + 1 >= len(self.syntax.lower):
            return
        terms = self.lexicon.ontology.properties
        frames = [f for f in self.lexicon.verb_hits(self.syntax, verb) if f.kind is FrameKind.VERB]
        found = [terms[frame.term] for frame in frames if Argument.OBJECT in frame.object]
        if found and all(term.functional and self.lexicon.are_things(term.range) for term in found):
            yield from self._after(verb + 1)

    def votes(self, pieces: Sequence[NameSpan]) -> tuple[Vote, ...]:
        """Give what the pieces say of the whole: a direction says nothing, and places are called like people.

        That one of two with "and" between them is an organisation's says nothing either: they are a name together.
        """
        listed = any(one.end < other.start for one, other in pairwise(pieces))
        votes = [vote for piece in pieces if not self._is_direction(piece) for vote in piece.votes]
        votes = [vote for vote in votes if not (listed and self._is_organised(vote))]
        votes = list({vote.of_class: vote for vote in votes}.values())
        things = [vote for vote in votes if vote.of_class not in self._people]
        return tuple(things or votes)

    def _before(self, end: int) -> Iterator[Run]:
        pieces = self._pieces_before(end)
        if not pieces:
            return
        start = pieces[0].start
        if start > 1 and self.syntax.lower[start - 1] in _AND and not self._is_word(pieces[0]):
            first = self._pieces_before(start - 1)
            if first and self._is_part(first):
                start = first[0].start
        yield start, end

    def _pieces_before(self, end: int) -> list[NameSpan]:
        pieces: list[NameSpan] = []
        i = end - 1
        while i >= 0 and self.syntax.sentence[i] == self.syntax.sentence[end]:
            piece = self.by_token.get(i) or self._loose(i)
            if piece is None or (pieces and not self._belong(piece, pieces[0])):
                break
            piece = replace(piece, start=self._start_of_tied(piece.start))
            pieces.insert(0, piece)
            i = piece.start - 1
            if i > 0 and self.syntax.lower[i] == "upon":
                i -= 1
        return pieces

    def _is_part(self, first: list[NameSpan]) -> bool:
        """Tell whether what stands before "and" is part of the name after it: "the Dover and Deal MP".

        A full name, or the surname of one, is somebody's who did something too; an organisation is another thing.
        """
        before = first[0].start - 1
        opens = before < 0 or self.syntax.sentence[before] != self.syntax.sentence[first[0].start]
        alone = opens or self.syntax.lower[before] not in (*_AND, ",")
        votes = [vote for piece in first for vote in piece.votes]
        edges = {self.syntax.lower[first[0].start], self.syntax.lower[first[-1].end - 1]}
        person = any(vote.of_class in self._people for vote in votes) and DIRECTIONS.isdisjoint(edges)
        known = person and (len(first) > 1 or self._is_person_named(first[0]))
        return alone and not known and not any(map(self._is_organised, votes)) and not self._is_word(first[0])

    def _is_person_named(self, piece: NameSpan) -> bool:
        return piece.end - piece.start > 1 or self.syntax.word[piece.start] in self._surnames

    def _after(self, start: int) -> Iterator[Run]:
        pieces: list[NameSpan] = []
        i, size = start, len(self.syntax.lower)
        while i < size and self.syntax.sentence[i] == self.syntax.sentence[start - 1]:
            piece = self.by_token.get(i) or self._loose(i)
            if piece is None or piece.start != i or (pieces and not self._belong(pieces[-1], piece)):
                break
            pieces.append(replace(piece, end=self._end_of_tied(piece.end)))
            i = pieces[-1].end
            if i + 1 < size and self.syntax.lower[i] in _INSIDE and self.syntax.word[i + 1][:1].isupper():
                i += 1
        if pieces:
            yield start, pieces[-1].end

    def _start_of_tied(self, start: int) -> int:
        """Give the start of what hyphens tie to the word after: "Newcastle-under-"; a prefix is no part of a name."""
        doc, after = self.syntax.doc, start
        while start > 1 and self.syntax.lower[start - 1] in HYPHENS and not doc[start - 1].whitespace_:
            if doc[start - 2].whitespace_:
                break
            start -= 2
            start = self.by_token[start].start if start in self.by_token else start
        named = self.syntax.word[start][:1].isupper() and self.syntax.lower[start] not in PREFIXES
        return start if named else after

    def _end_of_tied(self, end: int) -> int:
        """Give the end of what hyphens tie to the word before: "-under-Lyme"."""
        doc, size = self.syntax.doc, len(self.syntax.doc)
        while end + 1 < size and self.syntax.lower[end] in HYPHENS and not doc[end - 1].whitespace_:
            if doc[end].whitespace_:
                break
            end += 2
        return end

    def _loose(self, i: int) -> NameSpan | None:
        """Give a proper noun or a direction written large that is in no span, no noun of the ontology, and no day."""
        proper = self.syntax.pos[i] == "PROPN" or self.syntax.lower[i] in DIRECTIONS
        if not self.syntax.word[i].istitle() or not proper or i in self.nouns or is_dated(self.syntax, i):
            return None
        return NameSpan(i, i + 1, (), "capitalised")

    def _belong(self, one: NameSpan, other: NameSpan) -> bool:
        """Tell whether two pieces side by side are one name."""
        if any(map(self._is_word, (one, other))):
            return False
        if self._is_direction(one) or self._is_direction(other):
            return True
        organised = [any(self._is_organised(vote) for vote in piece.votes) for piece in (one, other)]
        named = any(vote.of_class in self._people for vote in other.votes) and other.end - other.start > 1
        return organised == [False, False] and not (named and other.end not in self.nouns)

    def _is_organised(self, vote: Vote) -> bool:
        return ORG_LABEL in self.lexicon.labels_above(vote.of_class)

    def _is_word(self, piece: NameSpan) -> bool:
        """Tell whether a piece names something by itself: "Conservative", "British", "Wales"."""
        words = tuple(self.syntax.word[piece.start : piece.end])
        known = any(row == words for row, _, _ in self.lexicon.individuals.get(words[0], ()))
        return " ".join(words) in self.lexicon.name_words or (known and not self._is_place(words))

    def _is_place(self, words: tuple[str, ...]) -> bool:
        """Tell whether words are the name of a place that parts of may be named after, not of a country or people."""
        found = [(iri, adjectival) for row, iri, adjectival in self.lexicon.individuals[words[0]] if row == words]
        individuals = self.lexicon.ontology.individuals
        return all(not adjectival and not individuals[iri].demonyms for iri, adjectival in found)

    def _is_direction(self, piece: NameSpan) -> bool:
        return all(self.syntax.lower[i] in DIRECTIONS for i in range(piece.start, piece.end))
