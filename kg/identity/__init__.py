"""Identity: which mentions of which articles are one thing, and what it is called."""

from __future__ import annotations

from kg.identity.profiles import Profile, ProfileMaker, make_profiles
from kg.identity.resolve import Resolver, article_entities, make_entities

__all__ = ["Profile", "ProfileMaker", "Resolver", "article_entities", "make_entities", "make_profiles"]
