"""Score what is extracted from articles with gold beside them: `python tests/evaluation.py [GOLD_DIR] [--errors]`."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from matching import Gold, Object
from renaming import rename
from scoring import Score, Tally, score

from kg.model import Article

__all__ = ["GOLD_DIR", "Score", "Tally", "evaluate", "make_report", "read_article", "read_gold", "rename", "score"]

GOLD_DIR = Path(__file__).parent / "articles"


def read_article(path: Path) -> Article:
    """Read an article with front matter; its id is the file's name without suffix."""
    front, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    fields = dict(line.split(": ", 1) for line in front.splitlines())
    return Article(path.stem, text, fields.get("Title"), fields.get("Date"), fields.get("URL"), source=path.name)


def read_gold(folder: Path = GOLD_DIR) -> Iterator[tuple[Article, Gold]]:
    """Read every article of a folder with its gold, by name; the gold's "text" is the article's."""
    for path in sorted(folder.glob("*.gold.json")):
        article = read_article(path.with_name(path.name.replace(".gold.json", ".txt")))
        yield article, json.loads(path.read_text(encoding="utf-8")) | {"text": article.text}


def evaluate(pairs: Iterable[tuple[Article, Gold]], objects: Iterable[Object]) -> Score:
    """Score the objects that were extracted from the articles, all together."""
    by_article: defaultdict[str, list[Any]] = defaultdict(list)
    for each in objects:
        by_article[each["article"]].append(each)
    total = Score()
    for article, gold in pairs:
        total.add(score(gold, by_article[article.id]), article.id)
    return total


def make_report(total: Score) -> str:
    """Lay the score out as a table, and name every violation."""
    rows = [*sorted(total.facts.items()), ("all facts", total.overall)]
    rows += [(part, getattr(total, part)) for part in ("types", "events", "claims", "qualified", "sameness")]
    lines = [f"{'':18} {'precision':>9} {'recall':>7} {'F1':>6}   {'right/found':>11} {'found/gold':>11}"]
    for name, tally in rows:
        shares = f"{tally.precision:9.3f} {tally.recall:7.3f} {tally.f1:6.3f}"
        counts = f"{f'{tally.right}/{tally.predicted}':>11} {f'{tally.found}/{tally.wanted}':>11}"
        lines.append(f"{name:18} {shares}   {counts}")
    lines.append(f"must never be said, and was: {len(total.violations)}")
    return "\n".join([*lines, *(f"  {line}" for line in total.violations)])


def main(arguments: list[str] | None = None) -> None:
    """Extract, score and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=GOLD_DIR, metavar="GOLD_DIR")
    parser.add_argument("--errors", action="store_true", help="print every wrong and missed item")
    parser.add_argument("--rename", type=int, metavar="SEED", help="give everything invented another name first")
    options = parser.parse_args(arguments)
    pairs = list(read_gold(options.folder))
    if not pairs:
        parser.error(f"{options.folder}: no *.gold.json in it; name a folder of articles with gold")
    if options.rename is not None:
        pairs = [rename_article(article, gold, options.rename) for article, gold in pairs]
    import kg

    total = evaluate(pairs, kg.extract_articles([article for article, _ in pairs]))
    print(make_report(total))
    if options.errors:
        print("\n".join(["", *total.errors]))


def rename_article(article: Article, gold: Gold, seed: int) -> tuple[Article, Gold]:
    """Give everything invented in an article and in its gold another name."""
    title = article.title or ""
    text, renamed = rename(f"{title}\n\n{article.text}", gold, seed)
    title, _, text = text.partition("\n\n")
    return Article(article.id, text, title or None, article.published, article.url), renamed | {"text": text}


if __name__ == "__main__":
    main()
