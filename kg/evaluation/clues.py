"""Why a fact was missed: the sentence that says it, and the frames of its relation that nearly fired there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.evaluation.score import Mistake
from kg.evaluation.terms import Terms, local
from kg.explanation import Explanation, Miss, Word


@dataclass(frozen=True, slots=True)
class Clue:
    """A missed fact, the words of the sentence that most likely says it, and what nearly fired in it."""

    mistake: Mistake
    words: tuple[Word, ...]
    misses: tuple[Miss, ...]


def find_clues(explanation: Explanation, mistakes: Iterable[Mistake], terms: Terms) -> Iterator[Clue]:
    """Yield a clue for each missed fact; it has no words where no sentence has a name of the fact."""
    sentences: dict[int, list[Word]] = {}
    for word in explanation.words:
        sentences.setdefault(word.sentence, []).append(word)
    for mistake in mistakes:
        if mistake.kind == "missed" and mistake.relation is not None:
            words = max(sentences.values(), key=lambda words: _fit(words, mistake), default=[])
            words = words if _fit(words, mistake) else []
            inside = {word.index for word in words}
            misses = (each for each in explanation.misses if each.index in inside)
            yield Clue(mistake, tuple(words), tuple(m for m in misses if _is_about(local(m.term), mistake, terms)))


def _fit(words: Iterable[Word], mistake: Mistake) -> int:
    """Count the names of a fact of which the last word of an alternative is in the sentence."""
    present = {word.text.casefold() for word in words}
    ends = [[(re.findall(r"\w+", each.casefold()) or [each])[-1] for each in name.split("|")] for name in mistake.names]
    return sum(any(last in present for last in each) for each in ends)


def _is_about(term: str, mistake: Mistake, terms: Terms) -> bool:
    relation = mistake.relation or ""
    relation = terms.turned.get(relation, relation)
    term = terms.turned.get(term, term)
    return terms.is_a(term, relation) or terms.is_a(relation, term)
