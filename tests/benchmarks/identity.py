"""Whether one thing is one entity across articles: GUM's names with Wikipedia links, by B-cubed (Bagga 1998).

python tests/benchmarks/identity.py --data ../shared/data [--errors] [--markdown FILE]

Items are the named mentions whose group has a link; those of one link are one thing. "Given gold mentions" takes the
mentions and groups of each document as GUM has them, names and broad types alone, and joins them across documents;
"from raw text" reads the texts, over the mentions that were found with just the gold characters (articles, possessive
marks and titles before aside).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from pathlib import Path

from gum_links import Document, GoldMention, read_documents
from tables import make_parser, report

from kg.identity import make_entities
from kg.identity.profiles import SENTENCES, Profile, make_profiles
from kg.identity.settings import make_setting
from kg.identity.topics import topic_of
from kg.model import Article, Entity, Issue, Reading, Referent
from kg.ontology import Ontology, load_ontology
from kg.readings import ArticleReader
from kg.sentences import find_bounds

TYPES = {"person": "Person", "organization": "Organisation", "place": "Place", "event": "Event"}
Item = tuple[str, int]
"""The name of a document and the number of a mention in it."""
Row = tuple[str, str, str]


def score(gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable]) -> tuple[float, float]:
    """Give B-cubed precision and recall, in percent, of the items that both have."""
    items = sorted(gold.keys() & found.keys())
    pairs = Counter((gold[item], found[item]) for item in items)
    of_gold = Counter(gold[item] for item in items)
    of_found = Counter(found[item] for item in items)
    precision = sum(pairs[gold[item], found[item]] / of_found[found[item]] for item in items)
    recall = sum(pairs[gold[item], found[item]] / of_gold[gold[item]] for item in items)
    return 100 * precision / len(items), 100 * recall / len(items)


def links_of(documents: Iterable[Document]) -> dict[Item, str]:
    """Give the link of each item."""
    return {
        (document.name, number): mention.link
        for document in documents
        for number, mention in enumerate(document.mentions)
        if mention.link and mention.name
    }


def gold_profiles(document: Document, ontology: Ontology) -> Iterator[Profile]:
    """Yield the profiles of the groups of a document that have a name: names, broad types, and what is told there."""
    groups: dict[str, list[GoldMention]] = defaultdict(list)
    for mention in document.mentions:
        groups[mention.group].append(mention)
    classes = {ontology.label(iri): iri for iri in ontology.classes}
    setting = make_setting(document.text, sorted({each.name for each in document.mentions if each.name}))
    bounds = find_bounds(document.text)
    for group, mentions in groups.items():
        names = tuple(dict.fromkeys(mention.name for mention in mentions if mention.name))
        if not names:
            continue
        label = max(names, key=lambda name: (len(name.split()), len(name)))
        kind = TYPES.get(mentions[0].type)
        types = () if kind is None else (classes[kind.lower()],)
        told = [bisect_right(bounds, mention.start) for mention in mentions[:SENTENCES]]
        topic = topic_of(" ".join(document.text[bounds[n - 1] : bounds[n]] for n in told))
        referent = Referent(group, label, names, types, named=True)
        yield Profile(document.name, referent, document.created, (), topic, setting)


def from_gold(documents: list[Document], ontology: Ontology) -> dict[Item, str]:
    """Give the entity of each item, given the mentions and groups."""
    profiles = [profile for document in documents for profile in gold_profiles(document, ontology)]
    entities = _by_referent(resolve(profiles, ontology))
    return {
        (document.name, number): entities[document.name, mention.group]
        for document in documents
        for number, mention in enumerate(document.mentions)
        if mention.link and mention.name
    }


def from_text(documents: list[Document], ontology: Ontology) -> dict[Item, str]:
    """Give the entity of each item that was found in the text of its document."""
    articles = [Article(each.name, each.text, published=each.created) for each in documents]
    readings = [each for each in ArticleReader(ontology).read(articles) if not isinstance(each, Issue)]
    entities = _by_referent(resolve_readings(readings, ontology))
    found: dict[Item, str] = {}
    for document, reading in zip(documents, readings, strict=True):
        here = {
            _core(document.text, each.span.start, each.span.end): entities[document.name, each.referent]
            for each in reading.mentions
        }
        for number, mention in enumerate(document.mentions):
            if mention.link and mention.name:
                start = document.text.index(mention.name, mention.start)
                entity = here.get(_core(document.text, start, start + len(mention.name)))
                if entity is not None:
                    found[document.name, number] = entity
    return found


def resolve(profiles: list[Profile], ontology: Ontology) -> list[Entity]:
    """Resolve profiles."""
    return make_entities(profiles, ontology, "https://kg.example/")


def resolve_readings(readings: list[Reading], ontology: Ontology) -> list[Entity]:
    """Resolve what articles say."""
    return resolve(list(make_profiles(readings, ontology)), ontology)


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the characters of a name without an article before and a possessive mark after it."""
    words = text[start:end]
    stripped = words.removesuffix("’s").removesuffix("'s").rstrip()
    for article in ("the ", "The ", "Mr. ", "Ms. ", "Mr ", "Ms "):
        if stripped.startswith(article):
            return start + len(article), start + len(stripped)
    return start, start + len(stripped)


def _by_referent(entities: Iterable[Entity]) -> dict[tuple[str, str], str]:
    return {referent: entity.iri for entity in entities for referent in entity.referents}


def tell_errors(gold: Mapping[Item, str], found: Mapping[Item, str], documents: list[Document]) -> None:
    """Print what is joined wrongly and what is apart, the costliest first."""
    names = {(each.name, number): mention.name for each in documents for number, mention in enumerate(each.mentions)}
    for title, inside, across in (("JOINED", found, gold), ("APART", gold, found)):
        clusters: dict[Hashable, list[Item]] = defaultdict(list)
        for item in gold.keys() & found.keys():
            clusters[inside[item]].append(item)
        wrong = []
        for cluster, items in clusters.items():
            parts: dict[Hashable, list[Item]] = defaultdict(list)
            for item in items:
                parts[across[item]].append(item)
            if len(parts) > 1:
                loss = len(items) - sum(len(part) ** 2 for part in parts.values()) / len(items)
                told = [
                    f"{part}: " + ", ".join(sorted({f"{names[item]} [{item[0]}]" for item in its})[:4])
                    for part, its in sorted(parts.items(), key=lambda each: -len(each[1]))[:6]
                ]
                wrong.append((-loss, str(cluster), told))
        for loss, cluster, told in sorted(wrong)[:60]:
            print(f"{title} {-loss:.1f} {cluster}", *told, sep="\n    ")


def main() -> None:
    """Print the figures, and write them where asked."""
    parser = make_parser(__doc__)
    parser.add_argument("--data", required=True, type=Path, help="the folder of the data sets")
    parser.add_argument("--errors", action="store_true", help="list what is joined or kept apart wrongly")
    args = parser.parse_args()
    documents = list(read_documents(args.data / "treebank" / "gum" / "dep"))
    ontology = load_ontology()
    gold = links_of(documents)
    rows: list[Row] = []
    for name, found in (
        ("given gold mentions", from_gold(documents, ontology)),
        ("from raw text", from_text(documents, ontology)),
    ):
        precision, recall = score(gold, found)
        rows += [
            (f"GUM, {name}", "B-cubed precision", f"{precision:.1f}"),
            (f"GUM, {name}", "B-cubed recall", f"{recall:.1f}"),
            (f"GUM, {name}", "mentions", str(len(gold.keys() & found.keys()))),
        ]
        if args.errors:
            print(f"== {name}")
            tell_errors(gold, found, documents)
    report(("on", "measure", "value"), rows, args.markdown)


if __name__ == "__main__":
    main()
