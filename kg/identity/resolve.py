"""Identity: referents of articles become entities of the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.identity.groups import group_referents
from kg.identity.naming import name_entities
from kg.model import Entity, Reading, Referent
from kg.ontology import Ontology

Resolver = Callable[[Iterable[tuple[str, Referent]], Ontology, str], list[Entity]]
"""Anything that makes entities of pairs of article id and referent, an ontology and a base; `make_entities` is one."""


def make_entities(referents: Iterable[tuple[str, Referent]], ontology: Ontology, base: str) -> list[Entity]:
    """Make the entities of all articles from pairs of article id and referent, sorted by IRI.

    Each referent is of exactly one entity. The order of the pairs does not matter. Names join across articles when
    they are written the same (case, accents and honorifics aside) or when one article gives both for one thing; classes
    declared disjoint and different known individuals never join; events, things without a name, and people known by a
    surname alone stay in their article.
    """
    return name_entities(group_referents(referents, ontology), ontology, base)


def article_entities(reading: Reading, ontology: Ontology, base: str) -> list[Entity]:
    """Make the entities of one article alone, named as `make_entities` names them."""
    return make_entities(((reading.article.id, referent) for referent in reading.referents), ontology, base)
