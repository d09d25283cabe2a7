"""What a graph holds in all: things by their kind, articles by their date, facts and claims in numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.knowledge import terms as t
from kg.serve.pages.reader import UNTYPED
from kg.serve.pages.search_index import read_types

if TYPE_CHECKING:
    from kg.serve.pages.reader import Reader
    from kg.serve.pages.search_index import SearchIndex


@dataclass(frozen=True, slots=True)
class ArticleLine:
    """An article in a list: `statements` counts the facts and claims that it supports."""

    iri: str
    id: str
    title: str
    published: str | None
    url: str | None
    statements: int


class Totals:
    """The things of each kind, those told of most first; the articles, the newest first; and numbers."""

    def __init__(self, reader: Reader, search: SearchIndex | None) -> None:
        told = {} if search is None else search.told
        self.kinds = _kinds(reader, told, read_types(reader) if search is None else search.types)
        self.articles = _articles(reader)
        self.by_iri = {each.iri: each for each in self.articles}
        self.facts = reader.count(f"?f a {t.FACT}")
        self.qualified = reader.count(f"?f a {t.QUALIFIED_FACT}")
        self.claims = reader.count(f"?f a {t.CLAIM}")
        self.entities = 0 if search is None else search.number


def _kinds(reader: Reader, told: Mapping[str, int], types: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    """Give the things of each kind, the largest kind first; what has no class stands last."""
    own = f"{reader.base}id/"
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for thing, found in types.items():
        kinds[reader.kind(found)].append(thing)
    for things in kinds.values():
        things.sort(key=lambda iri: (-told.get(iri, 0), iri))
    untyped = sorted((iri for iri in told if iri.startswith(own) and iri not in types), key=lambda i: (-told[i], i))
    sized = dict(sorted(kinds.items(), key=lambda each: (-len(each[1]), each[0])))
    return {**sized, UNTYPED: [*sized.get(UNTYPED, []), *untyped]} if untyped else sized


def _articles(reader: Reader) -> list[ArticleLine]:
    counted = reader.ask(f"SELECT ?a (COUNT(*) AS ?n) WHERE {{ ?f {t.STATED_IN} ?a }} GROUP BY ?a")
    statements = {row[0].value: int(row[1].value) for row in counted}
    rows = reader.ask(
        f"SELECT ?a ?id ?title ?date ?url WHERE {{ GRAPH ?a {{ ?a {t.IDENTIFIER} ?id ."
        f" OPTIONAL {{ ?a {t.HEADLINE} ?title }} OPTIONAL {{ ?a {t.PUBLISHED} ?date }}"
        f" OPTIONAL {{ ?a {t.URL} ?url }} }} }}"
    )
    found = [
        ArticleLine(
            row["a"].value,
            row["id"].value,
            row["title"].value if row["title"] else row["id"].value,
            row["date"].value if row["date"] else None,
            row["url"].value if row["url"] else None,
            statements.get(row["a"].value, 0),
        )
        for row in rows
    ]
    found.sort(key=lambda each: each.iri)
    return sorted(found, key=lambda each: each.published or "", reverse=True)
