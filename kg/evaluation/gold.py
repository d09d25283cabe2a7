"""Gold: what a careful reader takes from an article, beside the article or naming it.

A file `NAME.gold.json` holds one gold; a `.jsonl` file one in each line. A gold is an object with the keys

- `text` (or `NAME.txt` beside the file, or `article`, the id or URL of one of the texts that are given);
- `facts`, `also`, `qualified`: lists of [subject, property, object] (and Former, Acting or Future); `also` may be found
  and need not be;
- `types`: lists of [name, class]; `same`: lists of [full name, another mention, …];
- `events`, `alsoEvents`: objects with `type` and roles, a role named `role?` may be found and need not be;
- `claims`: objects with `speaker`, `status`, and `span` ([start, end)) or `contains` (words of the text);
- `never`: lists of [subject, property, object] that must not be said.

`A|B` accepts either. What a gold has no key for is not scored.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import OntologyError, SourceError
from kg.evaluation.names import Gold
from kg.model import Article, Issue
from kg.ontology import Ontology
from kg.read import read_articles

SUFFIX: Final = ".gold.json"
_TRIPLES: Final = {"facts": 3, "also": 3, "qualified": 4, "never": 3}
_LISTS: Final = (*_TRIPLES, "types", "same", "events", "alsoEvents", "claims")


def read_gold(
    paths: Iterable[str | Path], ontology: Ontology, texts: Iterable[str | Path] = ()
) -> Iterator[tuple[Article, Gold]]:
    """Read golds with their articles, file by file in the order of their names; "text" is set in each gold.

    Raises SourceError for a file that is no gold or whose text is not to be found, and for a property or class that the
    ontology does not have.
    """
    given = _Texts(texts)
    files = [file for path in paths for file in _files(Path(path))]
    if not files:
        raise SourceError(
            f"{', '.join(map(str, paths))}: no *{SUFFIX} and no .jsonl in it; name a folder or file of gold"
        )
    for file in files:
        for place, gold in _load(file):
            _check(gold, ontology, place)
            article = given.find(gold, file, place)
            for claim in gold.get("claims", []):
                if "span" not in claim and claim["contains"] not in article.text:
                    raise SourceError(f"{place}: the text has no words {claim['contains']!r}")
            yield article, gold | {"text": article.text}


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.iterdir() if each.name.endswith((SUFFIX, ".jsonl")))


def _load(file: Path) -> Iterator[tuple[str, Gold]]:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file}: cannot be read ({error}); name a folder or file of gold") from None
    lines = text.splitlines() if file.suffix == ".jsonl" else [text]
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{file}:{number}" if file.suffix == ".jsonl" else str(file)
            try:
                gold = json.loads(line)
            except ValueError as error:
                raise SourceError(f"{place}: is no JSON ({error})") from None
            if not isinstance(gold, dict):
                raise SourceError(f"{place}: is no JSON object; write one with facts, events, claims or never")
            yield place, gold


def _check(gold: Gold, ontology: Ontology, place: str) -> None:
    for key in _LISTS:
        if not isinstance(gold.get(key, []), list):
            raise SourceError(f"{place}: {key} is no list")
    for key, length in _TRIPLES.items():
        for each in gold.get(key, []):
            if not isinstance(each, list) or len(each) != length:
                raise SourceError(f"{place}: {key} has {each!r}, which has not {length} parts")
    terms = [name for key in _TRIPLES for each in gold.get(key, []) for name in each[1].split("|")]
    terms += [each[2] for each in gold.get("never", []) if each[1] == "type"]
    terms += [name for _, classes in gold.get("types", []) for name in classes.split("|")]
    for event in [*gold.get("events", []), *gold.get("alsoEvents", [])]:
        if not isinstance(event, Mapping) or "type" not in event:
            raise SourceError(f"{place}: an event without type: {event!r}")
        terms += [event["type"], *(role.removesuffix("?") for role in event)]
    for name in dict.fromkeys(terms):
        try:
            if name != "type":
                ontology.term(name)
        except OntologyError as error:
            raise SourceError(f"{place}: {error}") from None


class _Texts:
    """The texts that golds name."""

    def __init__(self, sources: Iterable[str | Path]) -> None:
        self.sources = [str(each) for each in sources]
        self.by_name: dict[str, Article] = {}
        for each in read_articles(self.sources) if self.sources else ():
            if isinstance(each, Issue):
                raise SourceError(str(each))
            self.by_name.update({name: each for name in (each.id, each.url) if name})

    def find(self, gold: Gold, file: Path, place: str) -> Article:
        """Find the article of a gold: given in it, beside its file, or among the texts."""
        named: Any = gold.get("article")
        if "text" in gold:
            name = str(named or place.removeprefix(f"{file.parent}/"))
            return Article(name, gold["text"], gold.get("title"), gold.get("published"), source=place)
        if named is not None:
            if named in self.by_name:
                return self.by_name[named]
            where = ", ".join(self.sources)
            hint = f"is not among the texts of {where}" if where else "is not given; name its file with --texts"
            raise SourceError(f"{place}: the text of {named} {hint}")
        beside = file.with_name(file.name.removesuffix(SUFFIX) + ".txt")
        if not beside.exists():
            raise SourceError(f'{place}: has neither "text" nor "article", and there is no {beside.name} beside it')
        article = next(iter(read_articles([beside])))
        if isinstance(article, Issue):
            raise SourceError(str(article))
        return article
