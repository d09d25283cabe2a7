"""How well facts about people and companies are found: KnowledgeNet, by the spans of the text.

    python tests/benchmarks/relations.py --data ../shared/data [--fold 3] [--errors PROPERTY] [--markdown FILE]

KnowledgeNet (Mesquita et al. 2019): passages of web pages, each annotated exhaustively for some of 15 properties. Its
documents are not at hand, only these passages: those of one document are read as one article, in their order, a blank
line where text is missing, so that many a "he" has nobody to stand for. All shipped ontologies are read with.

Two scores. The first, "as published", is that of the authors' evaluator.py (span_overlap), the text F1 of their table:
every gold pair of mentions ("Denis", "he") of every fact counts by itself; it is found where a predicted pair of the
same property and passage overlaps both its spans, however many do; a predicted pair is wrong where it overlaps no gold
pair and the passage is annotated for the property. Passages with nothing to find count (their rows have no spans). We
predict, as the systems of that table do, each mention of the subject in the passage with each mention of the object, by
names and pronouns, which alone are annotated.
The second, "facts", asks for each fact once, and only the statement's own spans (where they are a common noun, "the
company", the name of it or the pronoun that stands nearest): gold pairs of one property and passage whose subjects and
objects are the same (same link; without links, one name within the other, or a pronoun beside a name with the same
partners) are one fact, found where the spans of a statement overlap any of its pairs; a statement that overlaps none is
wrong, the same wrong two entities once.

What counts is what the article itself asserts, former and dated facts too: KnowledgeNet has no tense. What is said of a
place is said of what the text says that it lies in ("Cleveland, Ohio"), as KnowledgeNet annotates it. "Named" are the
facts of which both ends are more than a pronoun somewhere in the passages at hand.
"""

from __future__ import annotations

import json
from argparse import Namespace
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from pathlib import Path
from typing import Any, TypeAlias

from tables import make_parser, report

import kg
from kg.model import Article
from kg.ontology import shipped_ontologies

Pair: TypeAlias = tuple[tuple[int, int], tuple[int, int]]
"""Where a subject and an object stand."""

PREFIXES = {"pol": "https://kg.example/ontology/politics#", "biz": "https://kg.example/ontology/business#"}
PRONOUNS = frozenset(
    "i me my mine myself we us our ours you your he him his himself she her hers herself it its itself they them their "
    "theirs who whom whose which that this".split()
)
DETERMINERS = frozenset("the this that his her its their our my".split())
PEOPLES = frozenset({"NATIONALITY"})
"""Properties whose object is annotated only in the words that say it: a Brazilian, not Brazil."""
PLACES = frozenset({"HEADQUARTERS", "PLACE_OF_BIRTH", "PLACE_OF_RESIDENCE"})
MEANINGS: Mapping[str, Sequence[str]] = {
    "CEO": ("^biz:chiefExecutiveOf",),
    "CHILD_OF": ("^pol:parentOf", "pol:childOf"),
    "EDUCATED_AT": ("pol:educatedAt",),
    "EMPLOYEE_OR_MEMBER_OF": (
        "pol:worksFor", "pol:memberOf", "^pol:hasMember", "pol:leads", "pol:chairs", "pol:deputyLeads",
        "pol:spokespersonFor", "pol:electedTo", "pol:founded",
    ),
    "FOUNDED_BY": ("^pol:founded", "pol:foundedBy"),
    "HEADQUARTERS": ("pol:basedIn",),
    "NATIONALITY": ("pol:citizenOf",),
    "PLACE_OF_BIRTH": ("pol:bornIn",),
    "PLACE_OF_RESIDENCE": ("pol:livesIn",),
    "POLITICAL_AFFILIATION": ("pol:memberOfParty", "pol:leads", "pol:chairs", "pol:deputyLeads"),
    "SPOUSE": ("pol:spouse", "^pol:spouse"),
    "SUBSIDIARY_OF": ("pol:ownedBy", "^pol:owns", "pol:partOf"),
}  # fmt: skip
"""What says a property of KnowledgeNet: properties of ours and those below them; "^" from object to subject."""
SUBJECTS = {
    "EMPLOYEE_OR_MEMBER_OF": "pol:Person",
    "HEADQUARTERS": "pol:Organisation",
    "SUBSIDIARY_OF": "pol:Organisation",
}
OBJECTS = {
    "POLITICAL_AFFILIATION": "pol:Party",
    "EMPLOYEE_OR_MEMBER_OF": "pol:Organisation",
    "SUBSIDIARY_OF": "pol:Organisation",
}
"""The class that an end of a property must be of, where a property of ours says more than one of KnowledgeNet."""


@dataclass(slots=True)
class Passage:
    """A passage of a document, where it stands in the article, and what is to be found in it."""

    start: int
    end: int
    text: str
    offset: int = 0
    gold: defaultdict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))

    def pairs(self, name: str) -> list[Pair]:
        """Return the gold pairs of a property, as places in the article."""
        return [pair_of(row, self.offset - self.start) for row in self.gold[name]]


@dataclass(frozen=True, slots=True)
class Found:
    """What we say in a passage: the statement's own pair, all pairs of mentions, and the two entities."""

    own: Pair
    pairs: list[Pair]
    ends: tuple[str, str]


@dataclass(slots=True)
class Score:
    """Right, wrong and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def __str__(self) -> str:
        precision = self.right / max(self.right + self.wrong, 1)
        recall = self.right / max(self.right + self.missed, 1)
        return f"{precision:.3f} / {recall:.3f} / {2 * precision * recall / max(precision + recall, 1e-9):.3f}"


def pair_of(row: Mapping[str, Any], shift: int) -> Pair:
    return (row["subj_start"] + shift, row["subj_end"] + shift), (row["obj_start"] + shift, row["obj_end"] + shift)


def overlap(left: Pair, right: Pair) -> bool:
    """Tell whether both ends of two pairs touch."""
    return all(a[0] < b[1] and b[0] < a[1] for a, b in zip(left, right, strict=True))


def read_documents(data: Path, fold: int) -> dict[str, list[Passage]]:
    """Read the passages of a fold by document, in text order, and give each its place in the article."""
    documents: defaultdict[str, dict[int, Passage]] = defaultdict(dict)
    with (data / "relations" / "knowledgenet" / "facts.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["fold"] == fold:
                passage = Passage(row["passage_start"], row["passage_end"], row["passage"])
                passage = documents[str(row["doc"])].setdefault(row["passage_start"], passage)
                passage.gold[row["relation"]].extend([row] if row["subj_start"] is not None else [])
    ordered = {name: [found[start] for start in sorted(found)] for name, found in documents.items()}
    for passages in ordered.values():
        for before, after in pairwise(passages):
            after.offset = before.offset + len(before.text) + len(gap(before, after))
    return ordered


def gap(before: Passage, after: Passage) -> str:
    return " " if after.start - before.end <= 1 else "\n\n"


def make_article(name: str, passages: Sequence[Passage]) -> Article:
    """Put the passages of a document together."""
    text = passages[0].text + "".join(gap(before, after) + after.text for before, after in pairwise(passages))
    return Article(name, text)


class Meaning:
    """What a property of KnowledgeNet is in the ontologies."""

    def __init__(self, ontology: kg.Ontology) -> None:
        self.ontology = ontology
        self.nouns = frozenset(" ".join(lemma) for frame in ontology.frames for lemma in frame.lemmas)
        known = {iri(part.removeprefix("^")) for parts in MEANINGS.values() for part in parts} & set(
            ontology.properties
        )
        self.covered = {
            name: [(iri(part.removeprefix("^")), part.startswith("^")) for part in parts]
            for name, parts in MEANINGS.items() if any(iri(part.removeprefix("^")) in known for part in parts)
        }  # fmt: skip

    def read(self, record: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
        """Yield the properties of KnowledgeNet that a statement is one of, and whether its ends change places."""
        if record["object_span"] is None or "iri" not in record["object"]:
            return
        for name, parts in self.covered.items():
            for property, turned in parts:
                if self.ontology.is_a(record["predicate"]["iri"], property):
                    ends = (record["object"], record["subject"]) if turned else (record["subject"], record["object"])
                    if self._fits(ends[0], SUBJECTS.get(name)) and self._fits(ends[1], OBJECTS.get(name)):
                        yield name, turned

    def _fits(self, end: Mapping[str, Any], wanted: str | None) -> bool:
        return wanted is None or any(self.ontology.is_a(type, iri(wanted)) for type in end["types"])


def iri(short: str) -> str:
    prefix, _, name = short.partition(":")
    return PREFIXES[prefix] + name


def find(
    passages: Sequence[Passage], records: Sequence[Mapping[str, Any]], meaning: Meaning
) -> list[dict[str, list[Found]]]:
    """Return what we say in each passage, by property of KnowledgeNet."""
    mentions: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    common = set[tuple[int, int]]()
    for record in records:
        if record["kind"] == "mention" and is_annotated(record["text"], meaning.nouns):
            mentions[record["entity"]].append((record["start"], record["end"]))
        elif record["kind"] == "mention":
            common.add((record["start"], record["end"]))
    told = [
        r
        for r in records
        if r["kind"] in ("statement", "qualified") and r["status"] == "asserted" and r["subject_span"]
    ]
    within: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in told:
        if record["predicate"]["iri"] == iri("pol:locatedIn") and record["object_span"] is not None:
            within[record["subject"]["iri"]].append(record)
    said: list[dict[str, dict[Pair, Found]]] = [defaultdict(dict) for _ in passages]
    for record in told:
        for name, turned in meaning.read(record):
            ends = [
                (record["subject"]["iri"], tuple(record["subject_span"])),
                (record["object"]["iri"], tuple(record["object_span"])),
            ]
            subject, object = reversed(ends) if turned else ends
            objects = [object, *wider(object, within)] if name in PLACES else [object]
            number = next(
                (k for k, p in enumerate(passages) if p.offset <= object[1][0] < p.offset + len(p.text)), None
            )
            if number is None:
                continue
            place = (passages[number].offset, passages[number].offset + len(passages[number].text))
            for each in objects:
                others = {} if name in PEOPLES else mentions
                pairs = list(product(stands(subject, mentions, place, common), stands(each, others, place, common)))
                own = min(pairs, key=lambda pair: distance(pair, (subject[1], each[1])), default=None)
                if own is None:
                    continue
                said[number][name].setdefault(own, Found(own, pairs, (subject[0], each[0])))
    return [{name: list(found.values()) for name, found in each.items()} for each in said]


def distance(left: Pair, right: Pair) -> int:
    """Return how far apart two pairs stand; 0 for the same."""
    return sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in zip(left, right, strict=True))


def is_annotated(words: str, nouns: Container[str]) -> bool:
    """Tell whether a mention is of a kind that KnowledgeNet annotates: a name or a pronoun, not "the firm", "CEO"."""
    first, *rest = words.casefold().split()
    if words.casefold() in PRONOUNS:
        return True
    plain = " ".join(rest if first in DETERMINERS else [first, *rest])
    return first not in ("a", "an") and plain not in nouns and not words.split()[-1][0].islower()


def wider(place: tuple[str, Any], within: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[tuple[str, Any]]:
    """Return the places that one is said to lie in, right after it is named."""
    found: list[tuple[str, Any]] = []
    last = place
    while True:
        near = [r for r in within.get(last[0], ()) if tuple(r["subject_span"]) == last[1]]
        if not near or len(found) > 3:
            return found
        last = (near[0]["object"]["iri"], tuple(near[0]["object_span"]))
        found.append(last)


def stands(
    end: tuple[str, Any],
    mentions: Mapping[str, Iterable[tuple[int, int]]],
    place: tuple[int, int],
    common: Container[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Return where an entity is mentioned in a passage: of mentions that overlap the shortest."""
    named = [*mentions.get(end[0], ())]
    spans = named if named and end[1] in common else [end[1], *named]
    kept: list[tuple[int, int]] = []
    for span in sorted(dict.fromkeys(spans), key=lambda span: (span[1] - span[0], span)):
        inside = place[0] <= span[0] and span[1] <= place[1]
        if inside and not any(span[0] < other[1] and other[0] < span[1] for other in kept):
            kept.append(span)
    return kept


def score_published(gold: Sequence[Pair], found: Iterable[Found]) -> Score:
    """Score as evaluator.py does: the right ones are gold pairs for precision too."""
    pairs = list(dict.fromkeys(pair for each in found for pair in each.pairs))
    hit = sum(any(overlap(pair, other) for other in pairs) for pair in gold)
    wrong = sum(not any(overlap(pair, other) for other in gold) for pair in pairs)
    return Score(hit, wrong, len(gold) - hit)


def score_facts(facts: Sequence[Sequence[Pair]], found: Iterable[Found]) -> Score:
    """Score each fact once, by the statement's own spans."""
    said = list(found)
    hit = sum(any(overlap(each.own, pair) for each in said for pair in fact) for fact in facts)
    every = [pair for fact in facts for pair in fact]
    wrong = {each.ends for each in said if not any(overlap(each.own, pair) for pair in every)}
    return Score(hit, len(wrong), len(facts) - hit)


def group(rows: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Group the gold rows of one property and passage by fact."""
    subjects, objects = same_entities(rows, "subj", "obj"), same_entities(rows, "obj", "subj")
    facts: defaultdict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row, subject, object in zip(rows, subjects, objects, strict=True):
        facts[subject, object].append(row)
    return list(facts.values())


def same_entities(rows: Sequence[Mapping[str, Any]], end: str, other: str) -> list[str]:
    """Name the entity at one end of each row, the same for the same one."""
    partners: defaultdict[str, set[int]] = defaultdict(set)
    for row in rows:
        partners[key(row, end)].add(row[f"{other}_start"])
    names = {name: name for name in partners}
    for name in sorted(partners, key=len):
        free = name.startswith("text ")
        plain = name.removeprefix("text ")
        for longer in sorted(partners, key=len, reverse=True):
            same = plain in PRONOUNS or set(plain.split()) < set(longer.split())
            if free and same and longer != name and partners[name] == partners[longer] and names[longer] == longer:
                names[name] = longer
                break
    return [names[key(row, end)] for row in rows]


def key(row: Mapping[str, Any], end: str) -> str:
    return row[f"{end}_uri"] or f"text {row[end].casefold()}"


def is_named(fact: Sequence[Mapping[str, Any]], names: frozenset[str]) -> bool:
    """Tell whether both ends of a fact are named in the document."""
    return all(
        any(row[end].casefold() not in PRONOUNS or row[f"{end}_uri"] in names for row in fact)
        for end in ("subj", "obj")
    )


def show(passage: Passage, name: str, found: Sequence[Found], text: str) -> None:
    """Print what is missed and what is wrong in a passage."""
    pairs = passage.pairs(name)
    lines = [
        f"  missed  {text[slice(*p[0])]} | {text[slice(*p[1])]}"
        for p in pairs
        if not any(overlap(p, o) for f in found for o in f.pairs)
    ]
    lines += [
        f"  wrong   {text[slice(*p[0])]} | {text[slice(*p[1])]}"
        for f in found for p in f.pairs if not any(overlap(p, other) for other in pairs)
    ]  # fmt: skip
    if lines:
        print(passage.text, *dict.fromkeys(lines), sep="\n")


def measure(arguments: Namespace) -> Iterator[Sequence[str]]:
    """Yield the rows of the table."""
    ontology = kg.load_ontology(*shipped_ontologies())
    meaning = Meaning(ontology)
    documents = read_documents(arguments.data, arguments.fold)
    articles = {name: make_article(name, passages) for name, passages in documents.items()}
    records: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for record in kg.extract_articles(articles.values(), ontology):
        records[record["article"]].append(record)
    published, facts, named = (defaultdict[str, Score](Score) for _ in range(3))
    absent: Counter[str] = Counter()
    for document, passages in documents.items():
        rows = [row for passage in passages for gold in passage.gold.values() for row in gold]
        names = frozenset(
            r[f"{end}_uri"] for r in rows for end in ("subj", "obj") if r[end].casefold() not in PRONOUNS
        ) - {None}
        for passage, said in zip(passages, find(passages, records[document], meaning), strict=True):
            for name in passage.gold:
                if name not in meaning.covered:
                    absent[name] += len(passage.gold[name])
                    continue
                groups, found = group(passage.gold[name]), said.get(name, [])
                shift = passage.offset - passage.start
                pairs = [[pair_of(row, shift) for row in fact] for fact in groups]
                published[name] += score_published(passage.pairs(name), found)
                facts[name] += score_facts(pairs, found)
                known = [fact for fact, rows in zip(pairs, groups, strict=True) if is_named(rows, names)]
                named[name] += score_named(pairs, known, found)
                if name == arguments.errors:
                    show(passage, name, found, articles[document].text)
    tables = (published, facts, named)
    for name in meaning.covered:
        yield name, str(published[name].right + published[name].missed), *(str(table[name]) for table in tables)
    sums = [sum(table.values(), Score()) for table in tables]
    yield "all covered", str(sums[0].right + sums[0].missed), *map(str, sums)
    for name in sorted(absent):
        yield f"{name}, not covered", str(absent[name]), "", "", ""


def score_named(facts: Sequence[Sequence[Pair]], known: Sequence[Sequence[Pair]], found: Iterable[Found]) -> Score:
    """Score the facts that are named: what is said of others is neither right nor wrong."""
    said = list(found)
    score, every = score_facts(known, said), score_facts(facts, said)
    return Score(score.right, every.wrong, score.missed)


def main() -> None:
    """Print the table."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with relations/")
    parser.add_argument("--fold", type=int, default=3, choices=(1, 2, 3), help="3 was not looked at; 1 and 2 were")
    parser.add_argument(
        "--errors", choices=sorted(MEANINGS), help="print what is missed and what is wrong of a property"
    )
    arguments = parser.parse_args()
    head = ("property", "gold pairs", "as published, P / R / F1", "facts, P / R / F1", "facts named, P / R / F1")
    report(head, measure(arguments), arguments.markdown)


if __name__ == "__main__":
    main()
