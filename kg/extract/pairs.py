"""Names beside names: "X of the Y Party", "X (Y Party, Z)", "X is in Y", "X, Y"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract.findings import CONFIDENCE, Finding, Near
from kg.language.drafts import FRAMED, Draft, Drafts
from kg.language.proper_names import Name
from kg.language.standing import FORMER, FUTURE, UNREAL, noun_modifiers
from kg.language.view import Finder, View
from kg.ontology.frames import Frame, FrameKind
from kg.ontology.terms import Argument

_BRACKET_MARKS: Final = frozenset({",", "-", "–", "/", ";", "and"})


class NamePairs(Finder):
    """Finds what stands between two names in one article; what nearly fired is kept in `near`."""

    def __init__(self, view: View, drafts: Drafts) -> None:
        super().__init__(view, drafts)
        self.near: list[Near] = []
        kinds = (h for h in view.hits.values() if any(f.kind is FrameKind.CLASS_NOUN for f in h.frames))
        self._kinds = {hit.start: hit for hit in kinds}

    def find(self) -> Iterator[Finding]:
        """Yield findings in the order of the names."""
        for name in self.names.names:
            yield from self._name(name)

    def _name(self, name: Name) -> Iterator[Finding]:
        """Yield what stands right after a name: "X of the Y Party", "X (Y Party, Z)", "X is in Y"."""
        if name.adjectival:
            return
        for other in self._joined(name):
            yield from self._by_preposition(self.syntax.lower[name.end], name.head, other.head, "adposition", None)
        yield from self._before(name)
        for predicate, place in self._predicated(name):
            yield from self._by_preposition(self.syntax.case[predicate], name.head, place, "copula", predicate)
        bracketed = self._bracketed(name)
        for number, other in enumerate(bracketed, 1):
            frames = [f for f in self.lexicon.parentheses if not f.arguments or str(number) in f.arguments]
            frames = [frame for frame in frames if self._stands_beside(frame, other, bracketed)]
            if any(frame.subject_class and self._is_of(name, frame.subject_class) for frame in frames):
                frames = [frame for frame in frames if frame.beside_class is None]
            suited = [frame for frame in frames if self._suits(frame, other)]
            for frame in suited or frames:
                yield from self._in_brackets(frame, name, other)

    def _by_preposition(
        self, preposition: str, subject: int, object_: int, construction: str, governor: int | None
    ) -> Iterator[Finding]:
        found = [
            finding
            for frame in self.lexicon.adpositions
            if (preposition,) in frame.lemmas
            for finding in self._by_frame(frame, subject, object_, construction, governor)
        ]
        closer = [finding for finding in found if finding.frame.object_class]
        yield from closer or found

    def _by_frame(
        self, frame: Frame, subject: int, object_: int, construction: str, governor: int | None
    ) -> Iterator[Finding]:
        term = self.ontology.properties[frame.term]
        domain = (frame.subject_class,) if frame.subject_class else term.domain
        a, b = self.drafts.at(subject), self.drafts.at(object_)
        if a is None or b is None or a is b or not any(self.drafts.is_a(a, c) for c in domain):
            return
        if frame.object_class and not self._is_larger(a, b, frame.object_class):
            return
        if any(self.drafts.is_a(b, c) for c in term.range):
            start, end = sorted((subject, object_))
            yield Finding(
                frame, subject, frame.term, object_, subject, start, end + 1, construction,
                CONFIDENCE["adposition"], governor,
            )  # fmt: skip
        else:
            self._unfit(frame, subject, b)

    def _before(self, name: Name) -> Iterator[Finding]:
        """Yield what the name before a name says of it: "Democrat X", "Labour's X"; of "Democrats X and Y" of both."""
        owns = self.syntax.lower[name.end : name.end + 1] in (["'s"], ["’s"])
        place = Argument.POSSESSOR if owns else Argument.MODIFIER
        other = self.names.by_start.get(name.end + owns)
        if owns and (other is None or self.syntax.head[name.head] != other.head):
            return
        bearer = None if other is None or other.adjectival else other.head
        governor = None
        if bearer is None and name.text in self.lexicon.name_words and not self._is_qualified(name):
            bearer = self._described(name)
            governor = name.head if self.syntax.kids(name.head, "cop") else None
        if bearer is None:
            return
        subjects = [n.head for c in self.syntax.conjuncts(bearer) if (n := self.names.at(c)) is not None]
        for frame in self.lexicon.adpositions:
            if place in frame.arguments:
                for subject in subjects:
                    yield from self._by_frame(frame, subject, name.head, "adposition", governor)

    def _is_qualified(self, name: Name) -> bool:
        """Tell whether a word such as "former" stands before one that names something."""
        before = noun_modifiers(self.syntax, name.start, name.head)
        return any(self.syntax.lower[i] in FORMER | FUTURE | UNREAL for i in before)

    def _described(self, name: Name) -> int | None:
        """Return of whom a word that names something is said: "X, the senior Democrat", "X is a Democrat"."""
        node = name.head
        if self.syntax.relation[node] == "appos" and self.syntax.tag[node].startswith("NN"):
            return self.syntax.head[node]
        return self.syntax.subject(node) if self.syntax.kids(node, "cop") else None

    def _is_larger(self, small: Draft, large: Draft, of_class: str) -> bool:
        """Tell whether the second alone is of a class: two of it side by side are a list."""
        return self.drafts.is_a(large, of_class) and not self.drafts.is_a(small, of_class)

    def _joined(self, name: Name) -> list[Name]:
        start = name.end + 1
        while start < len(self.syntax.lower) and self.syntax.lower[start] == "the":
            start += 1
        hit = self._kinds.get(start)
        if hit is not None and self.syntax.lower[hit.end : hit.end + 1] == ["of"]:  # "in the province of X"
            start = hit.end + 1
        other = self.names.by_start.get(start)
        if other is None or name.end >= start or other.adjectival:
            return []
        if self.syntax.lower[name.end] != ",":
            return [other]
        after = self.syntax.lower[other.end : other.end + 1]
        listed = after in (["and"], ["or"]) or (after == [","] and other.end + 1 in self.names.by_start)
        owns = other.end < len(self.syntax.lower) and self.syntax.tag[other.end] == "POS"
        return [] if owns or listed else [other]

    def _predicated(self, name: Name) -> Iterator[tuple[int, int]]:
        """Yield the predicate and the name of "X is in Y", "X is in the north of Y"."""
        node, syntax = name.head, self.syntax
        predicate = syntax.head[node]
        if syntax.relation[node] != "nsubj" or not syntax.kids(predicate, "cop") or not syntax.case[predicate]:
            return
        places = [predicate, *(c for c in syntax.kids(predicate, "nmod") if syntax.case[c] == "of")]
        other = next((found for place in places if (found := self.names.at(place)) is not None), None)
        if other is not None:
            yield predicate, other.head

    def _bracketed(self, name: Name) -> list[Name]:
        """Return the names in round brackets right after a name, where nothing else but marks stands in them."""
        found: list[Name] = []
        if name.end >= len(self.syntax.lower) or self.syntax.lower[name.end] != "(":
            return found
        i = name.end + 1
        while i < len(self.syntax.lower) and self.syntax.lower[i] != ")":
            other = self.names.by_start.get(i)
            if other is not None:
                found.append(other)
            elif self.syntax.lower[i] not in _BRACKET_MARKS:
                return []
            i = other.end if other is not None else i + 1
        return found

    def _stands_beside(self, frame: Frame, other: Name, bracketed: Sequence[Name]) -> bool:
        """Tell whether a name in brackets stands beside one of the class that a frame asks for, and is not known."""
        if frame.beside_class is None:
            return True
        beside = any(self._is_of(name, frame.beside_class) for name in bracketed if name is not other)
        return beside and other.individual is None and other is bracketed[-1]

    def _is_of(self, name: Name, of_class: str) -> bool:
        draft = self.drafts.at(name.head)
        return draft is not None and self.drafts.is_a(draft, of_class)

    def _suits(self, frame: Frame, other: Name) -> bool:
        """Tell whether a name in brackets may be what the property of a frame leads to."""
        object_ = self.drafts.at(other.head)
        return object_ is not None and any(
            self.drafts.suits(object_, c) for c in self.ontology.properties[frame.term].range
        )

    def _in_brackets(self, frame: Frame, name: Name, other: Name) -> Iterator[Finding]:
        term = self.ontology.properties[frame.term]
        subject, object_ = self.drafts.at(name.head), self.drafts.at(other.head)
        if subject is None or object_ is None or subject is object_:
            return
        wanted = (frame.subject_class,) if frame.subject_class else term.domain
        if not any(self.drafts.is_a(subject, c) for c in wanted):
            return
        known_by_subject = frame.subject_class is not None and object_.guessed
        things = self.lexicon.are_things({*term.range, *(vote.of_class for vote in object_.votes)})
        unsure = known_by_subject and (things or len(object_.mentions) == 1)
        unsure = unsure or (frame.beside_class is not None and object_.guessed)
        if unsure or self._suits(frame, other):
            if len(term.range) == 1 and object_.individual is None:
                self.drafts.vote(object_, term.range[0], FRAMED, frame.name)
            yield Finding(
                frame, name.head, frame.term, other.head, name.head, name.start, other.end, "parenthesis",
                CONFIDENCE["parenthesis"],
            )  # fmt: skip
        else:
            self._unfit(frame, name.head, object_)

    def _unfit(self, frame: Frame, trigger: int, object_: Draft) -> None:
        wanted = " or ".join(map(self.ontology.compact, self.ontology.properties[frame.term].range))
        self.near.append(Near(frame, trigger, f"'{object_.label()}' is not known to be {wanted}"))
