"""How well people in articles are linked to a knowledge base: the members of the House of Commons, with Wikidata ids.

    python tests/benchmarks/linking.py --data ../shared/data [--errors] [--scale 200] [--markdown FILE]

The knowledge base is the Popolo file of the Commons of December 2018. `tests/kb/mps.json` says which of its people an
article names. A person of an article counts once: it is found where a thing of the article that is linked to that
member; a link of anybody else to a member is wrong. "Sure" counts skos:exactMatch alone, "sure or likely" closeMatch
too. The articles of a row become one graph: their things are those of `kg.identity.make_entities`.

Nobody of the example articles is in the list, as all are invented: they count for precision. Namesakes are rare in real
articles; so the last row of each set gives every other person of it the name of a member drawn by lot, whom nothing but
the name then speaks for, and counts how many of them are linked all the same.

--scale writes an invented Popolo file of so many MB, and tells how long its index takes, in which memory, and how long
a look-up takes.
"""

from __future__ import annotations

import csv
import json
import random
import subprocess
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tables import make_parser, report

from kg.identity import Profile, make_entities, make_profiles
from kg.kb import Link, Linker, build_index
from kg.model import Article, Entity, Reading
from kg.ontology import Ontology, load_ontology
from kg.read import read_articles
from kg.readings import ArticleReader
from kg.vocabulary import DEFAULT_BASE

TESTS = Path(__file__).parents[1]
COMMONS = Path("kb", "uk_parliament", "legislative", "Q11005")
WIKIDATA = "http://www.wikidata.org/entity/"
NAMESAKES = 5
"""So many names of members each other person gets, one after the other."""

Gold = dict[str, dict[str, str]]
"""For each article the members that it names: id by name."""


@dataclass(slots=True)
class Score:
    """What was found of what there is."""

    gold: set[tuple[str, str]] = field(default_factory=set)
    sure: set[tuple[str, str]] = field(default_factory=set)
    likely: set[tuple[str, str]] = field(default_factory=set)

    def rate(self, found: set[tuple[str, str]]) -> str:
        """Write precision and recall with the counts."""
        right = len(found & self.gold)
        precision = f"{right / len(found):.3f} ({right}/{len(found)})" if found else "–"
        recall = f"{right / len(self.gold):.3f} ({right}/{len(self.gold)})" if self.gold else "–"
        return f"{precision} / {recall}"


def main(options: Namespace) -> None:
    """Print the table."""
    ontology = load_ontology()
    gold = read_gold()
    rows: list[Sequence[str]] = []
    with tempfile.TemporaryDirectory() as folder, build_index([options.data / COMMONS], Path(folder)) as index:
        linker = Linker(index, ontology)
        members = [entry.label for entry in index if any(kind.text == "person" for kind in entry.types)]
        reader = ArticleReader(ontology)
        for name, articles in sets(options.data).items():
            readings = [found for found in reader.read(articles) if isinstance(found, Reading)]
            things = find_things(readings, ontology)
            score = score_links(things, linker, gold, members)
            rows.append((name, f"{len(readings):,}", score.rate(score.sure), score.rate(score.sure | score.likely)))
            rows.append(namesakes(things, linker, gold, members, name))
            if options.errors:
                tell_errors(score, index_labels(gold))
    report(
        ("articles", "number", "sure: precision / recall", "sure or likely: precision / recall"), rows, options.markdown
    )
    if options.scale:
        measure_scale(options.scale)


def read_gold() -> Gold:
    """Read which members each article names."""
    data = json.loads((TESTS / "kb" / "mps.json").read_text("utf-8"))
    return {
        article: {name: WIKIDATA + data["people"][name] for name in names}
        for article, names in data["articles"].items()
    }


def sets(data: Path) -> dict[str, list[Article]]:
    """Read the articles of each row."""
    own = [
        found
        for folder in ("articles", "unseen", "business")
        for found in read_articles(TESTS / folder)
        if isinstance(found, Article) and not found.id.endswith("README")
    ]
    first = (data / "articles" / "no-confidence-vote.txt").read_text("utf-8")
    return {
        "own, Wikinews 2019, the first": [*own, *read_wikinews(data), Article("no-confidence-vote", first)],
        "statements of governments (re3d)": list(read_statements(data)),
        "KnowledgeNet": list(read_passages(data)),
    }


def read_wikinews(data: Path) -> Iterator[Article]:
    """Read the articles of Wikinews 2019 by their URLs."""
    with (data / "news" / "wikinews_2019" / "wikinews_2019.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Article(row["url"], row["text"], row["title"], row["date"], row["url"])


def read_statements(data: Path) -> Iterator[Article]:
    """Read the documents of re3d, which have no dates."""
    for path in sorted((data / "dev" / "re3d").glob("*/documents.json")):
        for line in path.read_text("utf-8").splitlines():
            document = json.loads(line)
            yield Article(f"re3d:{document['_id']}", document["text"], document["title"])


def read_passages(data: Path) -> Iterator[Article]:
    """Read the passages of KnowledgeNet, those of one document as one article."""
    passages: dict[int, dict[int, str]] = {}
    for line in (data / "relations" / "knowledgenet" / "facts.jsonl").read_text("utf-8").splitlines():
        fact = json.loads(line)
        passages.setdefault(fact["doc"], {})[fact["passage_start"]] = fact["passage"]
    for number, texts in sorted(passages.items()):
        yield Article(f"knowledgenet:{number}", "\n\n".join(text for _, text in sorted(texts.items())))


Thing = tuple[Entity, list[Profile]]


def find_things(readings: Iterable[Reading], ontology: Ontology) -> list[Thing]:
    """Find the things of some articles, each with the profiles of its referents."""
    profiles = list(make_profiles(readings, ontology))
    by_member = {profile.member: profile for profile in profiles}
    entities = make_entities(profiles, ontology, DEFAULT_BASE)
    return [(entity, [by_member[member] for member in entity.referents]) for entity in entities]


def score_links(things: Iterable[Thing], linker: Linker, gold: Gold, members: Iterable[str]) -> Score:
    """Link all things, and compare the links to people with the gold."""
    score = Score()
    ids = {entry.id for entry in linker.index if entry.label in set(members)}
    articles = set()
    for entity, profiles in things:
        articles |= {profile.article for profile in profiles}
        for link in linker.link(profiles, entity.types, entity.label, entity.names):
            if link.entry in ids:
                found = {(profile.article, link.entry) for profile in profiles}
                (score.sure if link.sure else score.likely).update(found)
    score.gold = {(article, iri) for article in articles & gold.keys() for iri in gold[article].values()}
    return score


def namesakes(
    things: Iterable[Thing], linker: Linker, gold: Gold, members: Sequence[str], name: str
) -> tuple[str, str, str, str]:
    """Give every other person the names of members, and count whom they are linked to."""
    lot = random.Random(name)
    tried = sure = likely = 0
    for entity, profiles in things:
        if not linker.terms.is_person(entity.types) or len(entity.label.split()) < 2 or entity.label in members:
            continue
        for member in lot.sample(members, NAMESAKES):
            renamed = [
                replace(each, referent=replace(each.referent, label=member, names=(member,))) for each in profiles
            ]
            links: list[Link] = linker.link(renamed, entity.types, member, [member])
            tried += 1
            sure += any(link.sure for link in links)
            likely += any(not link.sure for link in links)
    share = tried or 1
    return (
        "… others under members' names",
        f"{tried:,} names",
        f"{sure} linked ({sure / share:.1%})",
        f"{sure + likely} linked ({(sure + likely) / share:.1%})",
    )


def index_labels(gold: Gold) -> dict[str, str]:
    """Give the names of the people of the gold by their ids."""
    return {iri: name for names in gold.values() for name, iri in names.items()}


def tell_errors(score: Score, names: dict[str, str]) -> None:
    """Print what is wrong and what is missing."""
    for title, pairs in (
        ("wrong", (score.sure | score.likely) - score.gold),
        ("missing", score.gold - score.sure - score.likely),
        ("only likely", score.gold & score.likely - score.sure),
    ):
        for article, iri in sorted(pairs):
            print(f"{title}: {names.get(iri, iri)} in {article}", file=sys.stderr)


SYLLABLES = (
    "ba be bo da de do fa fe ka ke ko la le lo ma me mi mo na ne no ra re ri ro sa se si so ta te ti va vo".split()
)


def write_invented(path: Path, megabytes: int) -> None:
    """Write a Popolo file of invented people, parties and areas."""
    lot = random.Random(1)
    people = megabytes * 2_800

    def word(length: int) -> str:
        return "".join(lot.choices(SYLLABLES, k=length)).capitalize()

    given, family = [word(2) for _ in range(500)], [word(3) for _ in range(20_000)]
    persons = (
        {
            "id": f"p{number}",
            "name": f"{lot.choice(given)} {lot.choice(family)}",
            "birth_date": f"{lot.randint(1930, 1990)}-03-04",
            "other_names": [{"name": f"{lot.choice(given)} {word(2)} {lot.choice(family)}"}],
            "identifiers": [{"scheme": "register", "identifier": str(number)}],
        }
        for number in range(people)
    )
    areas = ({"id": f"a{n}", "name": f"{word(3)} {word(2)}", "type": "constituency"} for n in range(people // 2))
    parties = ({"id": f"o{n}", "name": f"{word(3)} Party", "classification": "party"} for n in range(100))
    memberships = (
        {
            "person_id": f"p{number}",
            "on_behalf_of_id": f"o{lot.randrange(100)}",
            "area_id": f"a{lot.randrange(people // 2)}",
            "role": "member",
            "start_date": f"{lot.randint(1990, 2018)}-01-01",
        }
        for number in range(people)
    )
    lists = {"persons": persons, "organizations": parties, "areas": areas, "memberships": memberships}
    with path.open("w", encoding="utf-8") as file:
        for place, (name, items) in enumerate(lists.items()):
            file.write(f'{"," if place else "{"}\n"{name}": [')
            for number, item in enumerate(items):
                file.write(("," if number else "") + "\n" + json.dumps(item, indent=1))
            file.write("\n]")
        file.write("}\n")


MEASURED = """
import random, resource, sys, time
from pathlib import Path
from kg.kb import build_index
start, cpu = time.perf_counter(), time.process_time()
index = build_index([sys.argv[1]], Path(sys.argv[2]))
took, worked = time.perf_counter() - start, time.process_time() - cpu
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
keys = [key for (key,) in index._database.execute("SELECT key FROM name LIMIT 200000")]
random.Random(1).shuffle(keys)
start = time.perf_counter()
for key in keys[:20000]:
    index.find(key)
look = (time.perf_counter() - start) / min(len(keys), 20000)
size = index.path.stat().st_size / 1e6
print(f"{len(index):,} entries, {took:.0f} s ({worked:.0f} s of work), {most:.0f} MiB at most, "
      f"index {size:.0f} MB, a look-up {look * 1e6:.0f} µs")
"""


def measure_scale(megabytes: int) -> None:
    """Index an invented file in a process of its own, and print what it takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "invented.json"
        write_invented(file, megabytes)
        print(f"\n{file.stat().st_size / 1e6:.0f} MB of Popolo: ", end="", flush=True)
        subprocess.run([sys.executable, "-c", MEASURED, str(file), str(folder / "graph")], check=True)


if __name__ == "__main__":
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the shared data")
    parser.add_argument("--errors", action="store_true", help="also tell what is wrong and what is missing")
    parser.add_argument("--scale", type=int, default=0, metavar="MB", help="also index an invented file of this size")
    main(parser.parse_args())
