"""Identity: referents of articles become entities of the world."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg.identity.joining import Joiner, OnComparison
from kg.identity.naming import name_entities
from kg.identity.profiles import Profile, make_profiles
from kg.model import Entity, Reading, Ruling
from kg.ontology import Ontology

Resolver = Callable[[Iterable[Profile], Ontology, str], list[Entity]]
"""Anything that makes entities of profiles, an ontology and a base; `make_entities` is one."""


def make_entities(
    profiles: Iterable[Profile],
    ontology: Ontology,
    base: str,
    *,
    rulings: Iterable[Ruling] = (),
    on_comparison: OnComparison | None = None,
) -> list[Entity]:
    """Make the entities of all articles from the profiles of their referents, sorted by IRI.

    Each referent is of exactly one entity. The order of the profiles does not matter. Referents of one name are one
    thing as far as what their articles tell allows; names that are alike (short forms, acronyms, other spellings) join
    where what is told makes up for the difference. Classes declared disjoint and different known individuals never
    join; events and things without a name stay in their article. Rulings go before all else. `on_comparison` hears of
    each comparison that decided something.
    """
    return name_entities(Joiner(ontology, rulings, on_comparison).join(profiles), ontology, base)


def article_entities(reading: Reading, ontology: Ontology, base: str) -> list[Entity]:
    """Make the entities of one article alone, named as `make_entities` names them."""
    return make_entities(make_profiles((reading,), ontology), ontology, base)
