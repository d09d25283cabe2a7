"""How long identity takes at size, and how right it is: made articles with namesakes, nicknames, surnames alone.

python tests/benchmarks/resolution.py [--mentions 1000000] [--entities 200000] [--markdown FILE]

People have given names of the PyPI package nicknames and made surnames, both by Zipf's law, so that many share a whole
name; organisations are named after made places with nouns of the ontology. Each thing has a home, a field with its
words, and others that it is often named with. An article is set in one home and field, and names a thing of it, six
of nine that belong to that, two others of the place and one of elsewhere.
"""

from __future__ import annotations

import random
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from nicknames import NickNamer
from tables import make_parser, report

from kg.garbage import looked_for_seldom
from kg.identity import Profile, make_entities
from kg.identity.settings import make_setting
from kg.identity.topics import topic_of, words
from kg.model import Entity, Referent
from kg.ontology import load_ontology

PER_ARTICLE = 10
FIELDS = 200
FIELD_WORDS = 60
SYLLABLES = [
    c + v + e
    for c in "b br d dr f g h k l m n p r s st t th v w".split()
    for v in "a e i o u".split()
    for e in ("", "l", "n", "r")
]
ENDINGS = "son ton ley man ford berg ski ova wick worth field ham".split()
NOUNS = ("Council", "University", "Hospital", "Union", "Bank", "Museum", "Institute", "Company", "Association")


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of the made world: what it is called in full and otherwise, and where it is at home."""

    number: int
    name: str
    others: tuple[str, ...]
    person: bool
    home: int
    field: int


class World:
    """Things with names, homes and fields, all from one seed."""

    def __init__(self, entities: int, seed: int = 7) -> None:
        self.random = random.Random(seed)
        known = words()
        common = sorted(known.numbers, key=known.numbers.__getitem__)
        pool = [word for word in common[800:12000] if len(word) > 4]
        self.fields = [self.random.sample(pool, FIELD_WORDS) for _ in range(FIELDS)]
        self.general = common[200:800]
        self.short = {full: sorted(short) for full, short in NickNamer().nickname_lookup.items() if full.isalpha()}
        self.given = sorted(self.short)
        self.random.shuffle(self.given)
        self.surnames = sorted({self._surname() for _ in range(max(2000, entities // 4))})
        self.random.shuffle(self.surnames)
        self.homes = sorted({self._surname() + "stead" for _ in range(max(10, entities // 400))})
        self.things = [self._thing(number) for number in range(entities)]
        self.by_place: dict[tuple[int, int], list[Thing]] = defaultdict(list)
        for thing in self.things:
            self.by_place[thing.home, thing.field].append(thing)
        self.places = sorted(self.by_place)

    def _surname(self) -> str:
        return (
            self.random.choice(SYLLABLES) + self.random.choice(SYLLABLES) + self.random.choice(ENDINGS)
        ).capitalize()

    def _zipf(self, choices: list[str]) -> str:
        """Choose by a continuous form of Zipf's law with exponent 0.8."""
        return choices[int(len(choices) * self.random.random() ** 5)]

    def _thing(self, number: int) -> Thing:
        home, field = self.random.randrange(len(self.homes)), self.random.randrange(FIELDS)
        field = field % 20 + home % 10 * 20
        if self.random.random() < 0.7:
            given, last = self._zipf(self.given), self._zipf(self.surnames)
            middle = self._zipf(self.given).capitalize()
            short = [f"{name.capitalize()} {last}" for name in self.short[given][:2]]
            others = (*short, f"{given.capitalize()} {middle} {last}", f"{given[0].upper()}. {last}", f"Mr {last}")
            return Thing(number, f"{given.capitalize()} {last}", others, True, home, field)
        noun = self.random.choice(NOUNS)
        place, word = self.homes[home], self._surname()
        name = f"{place} {word} {noun}"
        letters = "".join(part[0] for part in name.split())
        return Thing(number, name, (f"The {name}", f"{noun} of {place} {word}", letters), False, home, field)

    def articles(self, mentions: int) -> Iterator[tuple[str, str, str, list[tuple[Thing, str]]]]:
        """Yield articles: id, date, text, and things with the names that it gives them."""
        for number in range(mentions // PER_ARTICLE):
            place = self.places[int(len(self.places) * self.random.random() ** 2)]
            near = self.by_place[place]
            lead = self.random.choice(near)
            beside = self.random.sample(range(lead.number, lead.number + 9), 6)
            chosen = [lead, *(near[number % len(near)] for number in beside)]
            chosen += [self.random.choice(near), self.random.choice(near), self.random.choice(self.things)]
            told = []
            for thing in dict.fromkeys(chosen):
                name = thing.name if self.random.random() < 0.8 else self.random.choice(thing.others)
                told.append((thing, name))
            said = self.random.sample(self.fields[place[1]], 25) + self.random.sample(self.general, 25)
            year, day = 2000 + number * 20 // max(1, mentions // PER_ARTICLE), number % 28 + 1
            text = " ".join((*said, "in", self.homes[place[0]]))
            yield f"a{number}", f"{year}-{number % 12 + 1:02}-{day:02}", text, told


def make_profiles(world: World, mentions: int, gold: dict[tuple[str, str], int]) -> Iterator[Profile]:
    """Yield the profiles of all articles, and fill in which thing each is."""
    ontology = load_ontology()
    classes = {ontology.label(iri): iri for iri in ontology.classes}
    kinds = {True: (classes["person"],), False: (classes["organisation"],)}
    for article, date, text, told in world.articles(mentions):
        setting = make_setting(f"{text} {' '.join(name for _, name in told)}", sorted({name for _, name in told}))
        topic = topic_of(text)
        for number, (thing, name) in enumerate(told, start=1):
            referent = Referent(f"r{number}", name, (name,), kinds[thing.person], named=True)
            gold[article, referent.id] = thing.number
            yield Profile(article, referent, date, (), topic, setting)


def score(entities: list[Entity], gold: dict[tuple[str, str], int]) -> tuple[float, float]:
    """Give B-cubed precision and recall, in percent."""
    of_gold = Counter(gold.values())
    precision = recall = 0.0
    for entity in entities:
        parts = Counter(gold[member] for member in entity.referents)
        precision += sum(count * count for count in parts.values()) / len(entity.referents)
        recall += sum(count * count / of_gold[number] for number, count in parts.items())
    return 100 * precision / len(gold), 100 * recall / len(gold)


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = make_parser(__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--entities", type=int, default=200_000)
    args = parser.parse_args()
    world = World(args.entities)
    gold: dict[tuple[str, str], int] = {}
    start = time.process_time()
    profiles = list(make_profiles(world, args.mentions, gold))
    made = time.process_time()
    with looked_for_seldom():  # as a build does
        entities = make_entities(profiles, load_ontology(), "https://kg.example/")
    done = time.process_time()
    precision, recall = score(entities, gold)
    namesakes = Counter(thing.name for thing in world.things)
    rows = [
        ("mentions", f"{len(gold):,}"),
        ("things, of these with a namesake", f"{args.entities:,}, {sum(n for n in namesakes.values() if n > 1):,}"),
        ("entities found", f"{len(entities):,}"),
        ("profiles made in", f"{made - start:.0f} s"),
        ("resolved in", f"{done - made:.0f} s"),
        ("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024:.2f} GB"),
        ("B-cubed precision", f"{precision:.1f}"),
        ("B-cubed recall", f"{recall:.1f}"),
    ]
    report(("synthetic", "value"), rows, args.markdown)


if __name__ == "__main__":
    main()
