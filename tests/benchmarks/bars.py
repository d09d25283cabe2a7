"""What was to be reached, and where in the tables of the benchmarks it stands how far that is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Table = Sequence[Sequence[str]]
"""The rows of the table of a benchmark, the head first."""

Find = Callable[[Table], float | None]
"""Takes a figure from a table; None where it is not there."""

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Bar:
    """What has to be reached at least, and what is aimed at; the figure is in the table of a benchmark."""

    what: str
    least: float
    aim: float
    benchmark: str
    find: Find
    more: bool = True
    """Whether more is better."""

    def is_met(self, figure: float) -> bool:
        """Say whether a figure is what is asked for at least."""
        return figure >= self.least if self.more else figure <= self.least


def cell(start: str, column: str, number: int = 0) -> Find:
    """Find a number of a cell: in the first row that begins so, its cells joined by " | "."""

    def find(table: Table) -> float | None:
        row = next((row for row in table[1:] if " | ".join(row).startswith(start)), None)
        if row is None or column not in table[0]:
            return None
        numbers = NUMBER.findall(row[table[0].index(column)])
        return float(numbers[number].replace(",", "")) if number < len(numbers) else None

    return find


def ratio(one: Find, other: Find, scale: float) -> Find:
    """Find the ratio of two numbers, times something."""

    def find(table: Table) -> float | None:
        above, below = one(table), other(table)
        return None if above is None or not below else above / below * scale

    return find


def highest(column: str) -> Find:
    """Find the highest of the numbers that stand first in a column, in the rows whose second cell is not empty."""

    def find(table: Table) -> float | None:
        at = table[0].index(column)
        found = (NUMBER.match(row[at]) for row in table[1:] if row[1])
        return max((float(each[0]) for each in found if each is not None), default=None)

    return find


WIKINEWS = "24 articles of Wikinews"

BARS = (
    Bar(
        "`kg build` / bare `nlp.pipe`, Wikinews, one process",
        1.5,
        1.15,
        "build",
        cell("kg build", "times nlp.pipe"),
        more=False,
    ),
    Bar(
        "two workers / one, 2,000 articles, times as fast",
        1.7,
        1.9,
        "workers",
        cell("2,000 | 2 against 1", "s"),
    ),
    Bar(
        "time per article, 10,000 against 100 articles",
        1.15,
        1.0,
        "growth",
        ratio(cell("10,000 | 1 |", "s"), cell("100 | 1 |", "s"), 0.01),
        more=False,
    ),
    Bar(
        "loading 1,000,000 quads of facts / pyoxigraph `bulk_load` of the same",
        1.5,
        1.1,
        "loading",
        cell("facts, as a build writes them | 1,000,000", "times bulk_load"),
        more=False,
    ),
    Bar(
        "`kg query` from start to end / bare import of pyoxigraph and typer",
        1.5,
        1.2,
        "start",
        cell("kg query |", "times the bare import"),
        more=False,
    ),
    Bar(
        "kills of builds, decisions, exports, servers after which something was lost or half",
        0,
        0,
        "kills",
        cell("lost", "number"),
        more=False,
    ),
    Bar("examples of bad input tried", 100_000, 10_000_000, "fuzzing", cell("all | ", "examples")),
    Bar("… answered by a traceback or worse", 0, 0, "fuzzing", cell("all | ", "faults"), more=False),
    Bar(
        "queries by HTTP / pyoxigraph called directly, the slowest kind", 3, 3, "serving", highest("ratio"), more=False
    ),
    Bar(
        "pages of things a second, two processes",
        200,
        200,
        "serving",
        cell("the same with --processes 2, eight", "by HTTP"),
    ),
    Bar("first page with all that it loads, kB", 300, 300, "serving", cell("first page", "by HTTP"), more=False),
    Bar(
        "extraction / the language stage, %",
        30,
        30,
        "extraction_speed",
        cell("extraction with", "share"),
        more=False,
    ),
    Bar(
        "extraction with ten times the frames / without",
        2,
        1.5,
        "extraction_speed",
        cell("all after the pipeline, 10 times", "share"),
        more=False,
    ),
    Bar("EWT dev, UAS", 91.5, 93, "language", cell("EWT dev, sentences given | UAS", "value")),
    Bar("EWT dev, LAS", 89, 91, "language", cell("EWT dev, sentences given | LAS", "value")),
    Bar("EWT dev, tags", 96, 97, "language", cell("EWT dev, sentences given | tag", "value")),
    Bar(
        "GUM dev of news, interviews, lives, LAS",
        87,
        90,
        "language",
        cell("GUM dev, news, interview, bio, sentences given | LAS", "value"),
    ),
    Bar("names, UNER-EWT dev, F1", 78, 84, "language", cell("UNER-EWT dev", "value")),
    Bar("names, CrossNER politics dev, F1", 60, 70, "language", cell("CrossNER", "value")),
    Bar("coreference, OntoGUM dev, CoNLL average", 58, 68, "coreference", cell("OntoGUM dev | CoNLL average", "value")),
    Bar(
        "coreference and quotations, % of the reader's time",
        35,
        20,
        "coreference",
        cell("OntoGUM dev | speech and coreference", "value"),
        more=False,
    ),
    Bar(
        "speaker of a quotation, LitBank, the half not looked at, with guesses",
        0.75,
        0.88,
        "quotations",
        cell("with guesses: right", "odd"),
    ),
    Bar(
        f"{WIKINEWS}, asserted facts, precision", 0.90, 0.95, "evaluation", cell(f"{WIKINEWS} | all facts", "precision")
    ),
    Bar(f"{WIKINEWS}, asserted facts, recall", 0.55, 0.75, "evaluation", cell(f"{WIKINEWS} | all facts", "recall")),
    Bar("events with all stated roles right", 0.60, 0.80, "evaluation", cell(f"{WIKINEWS} | events", "recall")),
    Bar("claims: speaker and status right", 0.80, 0.90, "evaluation", cell(f"{WIKINEWS} | claims", "recall")),
    Bar("traps fallen into, %", 2, 0, "evaluation", cell("200 traps | never to be said", "found/gold", 2), more=False),
    Bar(
        "KnowledgeNet fold 3, F1 of text spans",
        0.50,
        0.69,
        "relations",
        cell("all covered", "as published, P / R / F1", 2),
    ),
    Bar(
        "one thing, one entity: GUM, gold mentions, B-cubed precision",
        97,
        99,
        "identity",
        cell("GUM, given gold mentions | B-cubed precision", "value"),
    ),
    Bar("… recall", 85, 92, "identity", cell("GUM, given gold mentions | B-cubed recall", "value")),
    Bar("… from raw text, precision", 93, 97, "identity", cell("GUM, from raw text | B-cubed precision", "value")),
    Bar("… recall", 80, 90, "identity", cell("GUM, from raw text | B-cubed recall", "value")),
    Bar(
        "60 pairs of one name, different things", 55, 60, "homonyms", cell("one name, different things | all", "right")
    ),
    Bar(
        "60 pairs of different names, one thing", 48, 60, "homonyms", cell("different names, one thing | all", "right")
    ),
    Bar(
        "members of the Commons linked, precision",
        0.98,
        1.0,
        "linking",
        cell("own, Wikinews 2019", "sure: precision / recall"),
    ),
    Bar("… recall", 0.80, 0.95, "linking", cell("own, Wikinews 2019", "sure: precision / recall", 3)),
    Bar(
        "1,000,000 made mentions of 200,000 things resolved, s",
        900,
        180,
        "resolution",
        cell("resolved in", "value"),
        more=False,
    ),
    Bar("… in so much memory, GB", 4, 4, "resolution", cell("peak memory", "value"), more=False),
)
