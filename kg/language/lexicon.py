"""The words of an ontology, indexed so that a text is matched in one pass, however many frames there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from kg.ontology.frames import VERBS, Frame, FrameKind
from kg.ontology.terms import Argument

if TYPE_CHECKING:
    from kg.language.syntax import Syntax
    from kg.ontology.ontology import Ontology

HYPHENS = ("-", "–", "‐")
ORG_LABEL = "ORG"
PLACE_LABEL = "LOC"
"""The labels under which pipelines find names of organisations and of places."""
"""The label under which pipelines find names of organisations."""


@dataclass(frozen=True, slots=True)
class NounHit:
    """Frames whose lemma ends at token `head`: tokens [start, end) are the longest row that matched."""

    start: int
    end: int
    head: int
    frames: tuple[Frame, ...]

    @property
    def can_be_borne(self) -> bool:
        """Tell whether somebody or something can be said to be the noun."""
        return any(frame.kind in (FrameKind.CLASS_NOUN, FrameKind.RELATIONAL_NOUN) for frame in self.frames)


@dataclass(frozen=True, slots=True)
class NamePattern:
    """Words that make a name a name of a class; None stands for one or more words."""

    words: tuple[str | None, ...]
    of_class: str

    def __str__(self) -> str:
        return " ".join(word or "…" for word in self.words)


class KnownNames(Protocol):
    """Names that are known from elsewhere, a knowledge base (`kg.kb.Gazetteer`), say."""

    def find(self, words: Sequence[str], start: int) -> tuple[int, tuple[str, ...]] | None:
        """Find the longest name that begins at a word: where it ends, and its classes; None when there is none."""


class Lexicon:
    """What an ontology knows about words. Made once for an ontology, shared by all articles.

    `known_names` are names that its classes have elsewhere.
    """

    def __init__(self, ontology: Ontology, known_names: KnownNames | None = None) -> None:
        self.ontology = ontology
        self.known_names = known_names
        self.nouns: dict[str, list[tuple[tuple[str, ...], Frame]]] = defaultdict(list)
        self.verbs: dict[str, list[tuple[tuple[str, ...], Frame]]] = defaultdict(list)
        self.roles: list[Frame] = []
        self.counted_verbs: dict[str, list[tuple[tuple[str, ...], Frame]]] = defaultdict(list)
        self.adpositions: list[Frame] = []
        self.parentheses: list[Frame] = []
        for frame in ontology.frames:
            self._add(frame)
        named = (ontology.properties[f.term] for f in ontology.frames if Argument.ITSELF in f.arguments)
        self.titles: set[str] = {of_class for term in named for of_class in term.range[:1]}
        self.classes_by_label: dict[str, str] = {}
        self.pronouns: dict[str, set[str]] = defaultdict(set)
        self.patterns: list[NamePattern] = []
        self.name_words: dict[str, tuple[str, tuple[str, ...]]] = {}
        for iri, term in ontology.classes.items():
            self.classes_by_label.update(dict.fromkeys(term.name_labels, iri))
            for pronoun in term.pronouns:
                self.pronouns[pronoun.lower()].add(iri)
            for forms in term.name_words:
                self.name_words.update(dict.fromkeys(forms, (iri, forms)))
            self.patterns.extend(NamePattern(_pattern_words(text), iri) for text in term.name_patterns)
        self.patterns.sort(key=lambda pattern: (-len(pattern.words), str(pattern.words)))
        self._edges: dict[tuple[bool, str], list[tuple[int, NamePattern]]] = defaultdict(list)
        for place, pattern in enumerate(self.patterns):
            last = pattern.words[-1] is not None
            self._edges[last, (pattern.words[-1] if last else pattern.words[0]) or ""].append((place, pattern))
        self.individuals: dict[str, list[tuple[tuple[str, ...], str, bool]]] = defaultdict(list)
        for iri, individual in ontology.individuals.items():
            for name in individual.names:
                self._add_individual(name, iri, adjectival=False)
            for name in individual.demonyms:
                self._add_individual(name, iri, adjectival=True)

    @cached_property
    def endings(self) -> dict[str, list[list[str]]]:
        """The words with which name patterns of organisations end ("… Party"), by the last of them."""
        found: dict[str, list[list[str]]] = defaultdict(list)
        for pattern in self.patterns:
            literal = [word for word in pattern.words if word]
            opens = pattern.words[0] is None and None not in pattern.words[1:]
            if opens and ORG_LABEL in self.labels_above(pattern.of_class):
                found[literal[-1]].append(literal)
        return found

    def patterns_at(self, words: Sequence[str]) -> list[NamePattern]:
        """Return the name patterns whose last word, or else whose first, is that of a name, in their order."""
        found = [*self._edges.get((True, words[-1]), ()), *self._edges.get((False, words[0]), ())]
        found += self._edges.get((False, ""), ())
        return [pattern for _, pattern in sorted(found, key=lambda each: each[0])]

    def _add(self, frame: Frame) -> None:
        apart = {
            FrameKind.ROLE: self.roles,
            FrameKind.ADPOSITION: self.adpositions,
            FrameKind.PARENTHESIS: self.parentheses,
        }.get(frame.kind)
        if apart is not None:
            apart.append(frame)
            return
        for text in frame.verbs if frame.kind is FrameKind.COUNT else ():
            row = tuple(text.split())
            self.counted_verbs[row[0]].append((row, frame))
        index = self.verbs if frame.kind in VERBS else self.nouns
        for row in frame.lemmas:
            words = tuple(word for text in row for word in text.lower().replace("-", " ").split())
            if words:
                index[words[0] if frame.kind in VERBS else words[-1]].append((words, frame))

    def _add_individual(self, name: str, iri: str, *, adjectival: bool) -> None:
        words = tuple(split_words(name))
        if words and (name[:1].isupper() or not name[:1].isalpha()):
            self.individuals[words[0]].append((words, iri, adjectival))
            self.individuals[words[0]].sort(key=lambda entry: -len(entry[0]))

    def noun_hits(self, syntax: Syntax) -> dict[int, NounHit]:
        """Return the frame nouns of a text by the index of their last token; of nested rows only the longest."""
        hits: dict[int, NounHit] = {}
        covered: set[int] = set()
        for i in range(len(syntax.lemma) - 1, -1, -1):
            if i in covered or syntax.pos[i] not in (
                "NOUN",
                "PROPN",
                "ADJ",
                "X",
                "INTJ",
                "ADV",
                "VERB",
                "ADP",
                "DET",
                "NUM",
            ):
                continue
            rows = self._rows_ending_at(syntax, i)
            if not rows:
                continue
            hits[i] = _longest(rows, i)
            start = hits[i].start
            covered.update(range(start, i + 1))
        return hits

    def labels_above(self, of_class: str) -> set[str]:
        """Return the labels under which pipelines find names of a class, those of the classes above it included."""
        above = {of_class, *self.ontology.ancestors(of_class)} & self.ontology.classes.keys()
        return {label for iri in above for label in self.ontology.classes[iri].name_labels}

    def is_national(self, word: str) -> bool:
        """Tell whether a word is an adjective of nationality."""
        return any(row == (word,) and adjectival for row, _, adjectival in self.individuals.get(word, ()))

    def are_things(self, classes: Iterable[str]) -> bool:
        """Tell whether none of the classes is of people, whom a tagger knows from things better than things apart."""
        personal = self.pronouns.get("he", set())
        return not any(self.ontology.is_a(c, person) for c in classes for person in personal)

    def _rows_ending_at(self, syntax: Syntax, i: int) -> list[tuple[int, Frame]]:
        found = []
        for key in _forms(syntax, i):
            for words, frame in self.nouns.get(key, ()):
                start = _match_backwards(syntax, i, words)
                if start is not None and (start, frame) not in found:
                    found.append((start, frame))
        return found

    def verb_hits(self, syntax: Syntax, i: int) -> list[Frame]:
        """Return the verb frames whose lemma is that of verb i, its particles and following words included."""
        rows = self.verbs.get(syntax.lemma[i]) or self.verbs.get(syntax.lower[i])
        if rows is None:
            return []
        found = []
        for words, frame in rows:
            if all(_has_word(syntax, i, word) for word in words[1:]):
                found.append((len(words), frame))
        longest = max((length for length, _ in found), default=0)
        return [frame for length, frame in found if length == longest]


def noun_class(frame: Frame, ontology: Ontology) -> str | None:
    """Return the class that a noun gives to its bearer: its own, or the domain or range of its property."""
    if frame.kind in (FrameKind.CLASS_NOUN, FrameKind.EVENT_NOUN):
        return frame.term
    if frame.kind is FrameKind.RELATIONAL_NOUN:
        term = ontology.properties[frame.term]
        classes = term.range if frame.bearer is Argument.OBJECT else term.domain
        return classes[0] if len(classes) == 1 else None
    return None


def is_narrower(ontology: Ontology, hit: NounHit, frame: Frame) -> bool:
    """Tell whether another frame of the same noun stands on a property above the one of this frame."""
    above = ontology.ancestors(frame.term) - {frame.term}
    return any(other.term in above for other in hit.frames)


def root_class(of_class: str, ontology: Ontology) -> str | None:
    """Return the class above that pipelines have a label for: a person, whatever the office was."""
    for ancestor in sorted(ontology.ancestors(of_class)):
        term = ontology.classes.get(ancestor)
        if term is not None and term.name_labels:
            return ancestor
    return None


def _longest(rows: list[tuple[int, Frame]], i: int) -> NounHit:
    """Keep the longest rows; one that only names a class ("party leader") does not hide the relation in its last word.

    Of one frame's rows the shortest counts: what stands before it is then an argument; a title is as long as it can be.
    """
    shortest: dict[Frame, int] = {}
    for start, frame in rows:
        known = shortest.get(frame, start)
        shortest[frame] = min(start, known) if Argument.ITSELF in frame.arguments else max(start, known)
    rows = [(start, frame) for start, frame in rows if shortest[frame] == start]
    of_relation = [start for start, frame in rows if frame.kind is not FrameKind.CLASS_NOUN]
    longest = min(start for start, _ in rows)
    start = min(of_relation, default=longest)
    frames = tuple(
        frame for row_start, frame in rows if row_start == (longest if frame.kind is FrameKind.CLASS_NOUN else start)
    )
    return NounHit(start, i + 1, i, frames)


def split_words(name: str) -> list[str]:
    """Split a name the way the pipelines' tokenizers do: at blanks, around hyphens, before a possessive."""
    return name.replace("-", " - ").replace(",", " ,").replace("'s", " 's").replace("’s", " ’s").split()


def _forms(syntax: Syntax, i: int) -> tuple[str, ...]:
    lemma, lower = syntax.lemma[i], syntax.lower[i]
    if syntax.pos[i] == "VERB":
        return (lower,)
    forms = {lemma, lower, lemma.strip("."), lower.rstrip("s") if len(lower) > 2 else lower}
    return tuple(sorted(forms))


def _match_backwards(syntax: Syntax, i: int, words: tuple[str, ...]) -> int | None:
    """Return where the row starts that ends at token i; hyphens between its words are skipped."""
    if "of" in words and syntax.head[i] > i and syntax.relation[i] in ("compound", "amod"):
        return None
    position = i
    for word in reversed(words[:-1]):
        position -= 1
        while position >= 0 and syntax.lower[position] in HYPHENS:
            position -= 1
        if position < 0 or syntax.sentence[position] != syntax.sentence[i]:
            return None
        if word not in (syntax.lemma[position], syntax.lower[position]):
            return None
    return position


def _has_word(syntax: Syntax, verb: int, word: str) -> bool:
    """Tell whether a particle or fixed word of a verb frame stands below the verb or right after it."""
    if any(syntax.lower[c] == word or syntax.lemma[c] == word for c in syntax.children[verb]):
        return True
    return any(syntax.lower[j] == word for j in range(verb + 1, min(verb + 3, len(syntax.lower))))


def _pattern_words(text: str) -> tuple[str | None, ...]:
    words: list[str | None] = []
    for word in text.replace("...", "…").replace("…", " … ").split():
        words.append(None if word == "…" else word)
    return tuple(words)
