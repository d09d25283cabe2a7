"""How well namesakes are kept apart, and different names of one thing joined: pairs of short articles.

python tests/benchmarks/homonyms.py [--together] [--markdown FILE] [--model DIR] [--errors]

Each pair is a graph of two articles by itself; with --together all articles are also one corpus, where every pair must
come out as it did alone. A name that is no referent of its article counts as different from the other. The pairs and
their form: tests/identity/homonyms.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tables import add_model, load_model, make_parser, report

from kg.identity import make_entities, make_profiles
from kg.model import Article, Entity, Mention, MentionKind, Reading
from kg.ontology import Ontology, load_ontology
from kg.readings import ArticleReader
from kg.vocabulary import DEFAULT_BASE

PAIRS = Path(__file__).parent.parent / "identity" / "homonyms.jsonl"
KINDS = {"s": "one name, different things", "d": "different names, one thing", "c": "one name, one thing"}
HEAD = ("kind", "sort", "pairs", "right", "wrong", "a name not found")


@dataclass(frozen=True, slots=True)
class Side:
    """One article of a pair and the words in it that name the thing."""

    article: Article
    name: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, and whether what they name is the same."""

    id: str
    same: bool
    why: str
    sides: tuple[Side, Side]

    @property
    def kind(self) -> str:
        return KINDS[self.id[0]]

    @property
    def sort(self) -> str:
        return self.id.split("-")[1]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The entities that the two names of a pair came to; None for one that is no referent."""

    pair: Pair
    entities: tuple[Entity | None, Entity | None]

    @property
    def found(self) -> bool:
        return None not in self.entities

    @property
    def same(self) -> bool:
        return self.found and self.entities[0] == self.entities[1]

    @property
    def right(self) -> bool:
        return self.same == self.pair.same

    def __str__(self) -> str:
        (one, other), (a, b) = self.pair.sides, self.entities
        told = f"{one.name!r} {a.iri if a else 'not found'}, {other.name!r} {b.iri if b else 'not found'}"
        return f"{self.pair.id}: {told} ({self.pair.why})"


def read_pairs(path: Path = PAIRS) -> list[Pair]:
    """Read the pairs of the file."""
    return [_read_pair(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


def _read_pair(record: Mapping[str, Any]) -> Pair:
    one, other = (
        Side(Article(f"{record['id']}-{key}", side["text"], side["title"], side["published"]), side["name"])
        for key, side in (("a", record["a"]), ("b", record["b"]))
    )
    return Pair(record["id"], record["same"], record["why"], (one, other))


def entities_of(readings: Iterable[Reading], ontology: Ontology) -> list[Entity]:
    """Resolve what some articles refer to, as a build does."""
    return make_entities(make_profiles(readings, ontology), ontology, DEFAULT_BASE)


def find_referent(reading: Reading, name: str) -> str | None:
    """Give the referent of the first place where `name` stands, by the mention that covers it most closely.

    What may stand outside of the mention: titles before it ("Dame", "UK"), and "of …" after it. No more than a
    determiner may stand before the name in a mention that is no name: "the port of Velmar" does not name Velmar.
    """
    text = reading.article.text
    start = text.index(name)
    end = start + len(name.rstrip("."))
    close: list[tuple[int, Mention]] = []
    for mention in reading.mentions:
        span = mention.span
        before, after = text[start : span.start], text[span.end : end]
        apart = span.end <= start or span.start >= end
        phrase = mention.kind is not MentionKind.NAME and span.start < start - len("the ")
        titles = all(word[0].isupper() and not word.endswith(",") for word in before.split())
        if not apart and not phrase and titles and (not after or after.startswith(" of ")):
            close.append((len(before) + len(after), mention))
    if not close:
        return None
    return min(close, key=lambda each: (each[0], each[1].span.end - each[1].span.start))[1].referent


def resolve(pairs: Sequence[Pair], readings: Mapping[str, Reading], ontology: Ontology) -> Iterator[Outcome]:
    """Yield what becomes of pairs whose articles are one corpus."""
    entities = entities_of((readings[side.article.id] for pair in pairs for side in pair.sides), ontology)
    entity_of = {key: entity for entity in entities for key in entity.referents}
    for pair in pairs:
        found = []
        for side in pair.sides:
            referent = find_referent(readings[side.article.id], side.name)
            found.append(None if referent is None else entity_of[side.article.id, referent])
        yield Outcome(pair, (found[0], found[1]))


def read_articles(pairs: Iterable[Pair], reader: ArticleReader) -> dict[str, Reading]:
    """Read all articles in one pass; raise ValueError where one cannot be read."""
    readings = {}
    for found in reader.read(side.article for pair in pairs for side in pair.sides):
        if not isinstance(found, Reading):
            raise ValueError(str(found))
        readings[found.article.id] = found
    return readings


def iter_rows(alone: Sequence[Outcome], together: Sequence[Outcome]) -> Iterator[list[str]]:
    """Yield the row of each kind, then those of its sorts, then what becomes of the kind in one corpus."""
    for kind in KINDS.values():
        of_kind = [outcome for outcome in alone if outcome.pair.kind == kind]
        yield [kind, "all", *_count(of_kind)]
        for sort in dict.fromkeys(outcome.pair.sort for outcome in of_kind):
            yield [kind, sort, *_count([outcome for outcome in of_kind if outcome.pair.sort == sort])]
        if together:
            yield [kind, "all, one corpus", *_count([each for each in together if each.pair.kind == kind])]


def _count(outcomes: Sequence[Outcome]) -> list[str]:
    counts = Counter(right=0, wrong=0, lost=0)
    for outcome in outcomes:
        counts["right" if outcome.right else "wrong"] += 1
        counts["lost"] += not outcome.found
    return [str(len(outcomes)), *map(str, counts.values())]


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    add_model(parser)
    parser.add_argument("--together", action="store_true", help="also resolve all articles as one corpus")
    parser.add_argument("--errors", action="store_true", help="also print the wrong pairs and the names not found")
    arguments = parser.parse_args()
    pairs, ontology = read_pairs(), load_ontology()
    readings = read_articles(pairs, ArticleReader(ontology, load_model(arguments.model)))
    alone = [outcome for pair in pairs for outcome in resolve([pair], readings, ontology)]
    together = list(resolve(pairs, readings, ontology)) if arguments.together else []
    report(HEAD, iter_rows(alone, together), arguments.markdown)
    if arguments.errors:
        print_errors(alone, together)


def print_errors(alone: Sequence[Outcome], together: Sequence[Outcome]) -> None:
    """Print the wrong pairs, the names not found, and the pairs that one corpus changes."""
    print("\nwrong", *(each for each in alone if not each.right), sep="\n  ")
    print("\nright, but a name was not found", *(each for each in alone if each.right and not each.found), sep="\n  ")
    moved = [both for one, both in zip(alone, together, strict=False) if one.same != both.same]
    if together:
        print("\nnot in one corpus what they are by themselves", *moved, sep="\n  ")


if __name__ == "__main__":
    main()
