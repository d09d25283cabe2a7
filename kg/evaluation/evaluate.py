"""Extract from articles with gold, and score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from kg.evaluation.names import Gold, Object
from kg.evaluation.score import Score
from kg.evaluation.scorer import score
from kg.evaluation.terms import Terms
from kg.model import Article


def evaluate(
    pairs: Iterable[tuple[Article, Gold]],
    objects: Iterable[Object],
    terms: Terms,
    relations: Collection[str] = (),
    min_confidence: float = 0.0,
) -> Score:
    """Score the objects that were extracted from the articles, all together.

    Statements less sure than `min_confidence` are left out, as a graph would leave them out.
    """
    by_article: defaultdict[str, list[Any]] = defaultdict(list)
    for each in objects:
        if each.get("confidence", 1.0) >= min_confidence:
            by_article[each["article"]].append(each)
    total = Score()
    for article, gold in pairs:
        total.add(score(gold, by_article[article.id], terms, relations), article.id)
    return total
