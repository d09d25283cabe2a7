"""Which referents are one thing: by the same name, by an alias, by a known individual; never against their types.

All decisions are taken on sets, so that the order of articles cannot matter.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar

from kg.identity.names import bare_name, has_honorific, is_whole_name, name_key
from kg.model import Referent
from kg.ontology import Ontology

Member = tuple[str, Referent]
"""A referent and the id of its article."""

PERSONAL_PRONOUNS: Final = frozenset(("he", "she"))
"""English says these of people only: a class that has one of them is a class of people."""

_T = TypeVar("_T", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides whether two referents can be one thing: their classes and the individual that they are."""

    types: frozenset[str]
    known: frozenset[str]


@dataclass(slots=True)
class Group:
    """Referents that are one thing. `names` and `aliases` are keys of names by which other articles may mean it."""

    members: list[Member]
    kind: Kind
    names: frozenset[str] = frozenset()
    aliases: frozenset[str] = frozenset()


@dataclass(slots=True)
class Kinds:
    """Compares kinds by an ontology, and remembers."""

    ontology: Ontology
    _people: dict[tuple[str, ...], bool] = field(default_factory=dict)
    _compatible: dict[tuple[Kind, Kind], bool] = field(default_factory=dict)

    def compatible(self, a: Kind, b: Kind) -> bool:
        """Say whether one thing can be of both kinds."""
        if a == b:
            return True
        found = self._compatible.get((a, b))
        if found is None:
            found = len(a.known | b.known) < 2 and all(
                self.ontology.compatible(one, other) for one in a.types for other in b.types
            )
            self._compatible[a, b] = self._compatible[b, a] = found
        return found

    def person(self, referent: Referent) -> bool:
        """Say whether a referent is one of people: by its classes, or without any by an honorific."""
        if not referent.types:
            return has_honorific(referent.label)
        found = self._people.get(referent.types)
        if found is None:
            classes = self.ontology.classes
            above = {each for iri in referent.types for each in self.ontology.ancestors(iri) if each in classes}
            found = any(PERSONAL_PRONOUNS.intersection(classes[each].pronouns) for each in above)
            self._people[referent.types] = found
        return found

    def key(self, name: str, referent: Referent) -> str:
        """Give the key of a name of a referent: of people without the honorific."""
        return name_key(bare_name(name) if self.person(referent) else name)


def group_referents(members: Iterable[Member], ontology: Ontology) -> list[Group]:
    """Group the referents of all articles that are one thing, in no order.

    Same name and compatible classes: one thing. A name that one article gives as another name of a thing and another
    article gives alone: one thing, when just one thing has it. A known individual: one thing. What has no name, and a
    person of whom an article gives no more than a surname, stays in its article.
    """
    kinds = Kinds(ontology)
    groups: list[Group] = []
    named: dict[str, list[Member]] = {}
    for article, referent in members:
        key = _full_name(referent, kinds)
        if key or referent.known is not None:
            named.setdefault(key or f"<{referent.known}>", []).append((article, referent))
        else:
            groups.append(Group([(article, referent)], _kind(referent)))
    found = [group for key, same in named.items() for group in _same_name(key, same, kinds)]
    found = _join_until_settled(found, kinds)
    return groups + found


def _kind(referent: Referent) -> Kind:
    return Kind(frozenset(referent.types), frozenset(() if referent.known is None else (referent.known,)))


def _full_name(referent: Referent, kinds: Kinds) -> str:
    """Give the key under which other articles may mean the referent; empty when they cannot."""
    if not referent.named:
        return ""
    if kinds.person(referent) and not is_whole_name(referent.label):
        return ""
    return kinds.key(referent.label, referent)


def _aliases(referent: Referent, full: str, kinds: Kinds) -> Iterator[str]:
    """Iterate over the keys of the other names, but for those that many people share: surnames, of two words or one."""
    person = kinds.person(referent) or not referent.types
    words = full.split()
    for name in referent.names:
        key = kinds.key(name, referent)
        if not key or key == full or (person and not is_whole_name(name)):
            continue
        part = key.split()
        if person and part[0] != words[0] and set(part) < set(words):
            continue
        yield key


def _same_name(key: str, members: list[Member], kinds: Kinds) -> Iterator[Group]:
    """Split the bearers of one name by what they can be.

    A kind that fits two which exclude each other says nothing about which of them it is: it stays in its article.
    """
    by_kind: dict[Kind, list[Member]] = {}
    for article, referent in members:
        by_kind.setdefault(_kind(referent), []).append((article, referent))
    fits = {kind: [other for other in by_kind if kinds.compatible(kind, other)] for kind in by_kind}
    clear = {kind for kind in by_kind if _all_fit(fits[kind], kinds)}
    parts: dict[object, list[Member]] = {}
    for kind, same in by_kind.items():
        if kind in clear:
            parts.setdefault(frozenset(clear.intersection(fits[kind])), []).extend(same)
        else:
            for article, referent in same:
                parts.setdefault((kind, article), []).append((article, referent))
    for part in parts.values():
        names = frozenset((key,))
        aliases = frozenset(alias for _, referent in part for alias in _aliases(referent, key, kinds))
        yield Group(part, _union(_kind(referent) for _, referent in part), names, aliases)


def _all_fit(kinds: list[Kind], comparison: Kinds) -> bool:
    return all(comparison.compatible(one, other) for number, one in enumerate(kinds) for other in kinds[number + 1 :])


def _union(kinds: Iterable[Kind]) -> Kind:
    seen = set(kinds)
    if len(seen) == 1:
        return seen.pop()
    return Kind(
        frozenset(iri for kind in seen for iri in kind.types), frozenset(iri for kind in seen for iri in kind.known)
    )


def _join_until_settled(groups: list[Group], kinds: Kinds) -> list[Group]:
    """Join groups round by round, each round on the state that the last one left, until none joins."""
    while True:
        links = [*_known_links(groups), *_alias_links(groups, kinds)]
        joined = _join(groups, links, kinds)
        if len(joined) == len(groups):
            return groups
        groups = joined


def _known_links(groups: list[Group]) -> Iterator[tuple[int, int]]:
    first: dict[str, int] = {}
    for number, group in enumerate(groups):
        for known in group.kind.known:
            yield first.setdefault(known, number), number


def _alias_links(groups: list[Group], kinds: Kinds) -> Iterator[tuple[int, int]]:
    """Link the one group that has a name as an alias with the one group that it is the full name of."""
    bearers: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for name in group.names:
            bearers.setdefault(name, []).append(number)
    users: dict[str, list[int]] = {}
    for number, group in enumerate(groups):
        for alias in group.aliases - group.names:
            if alias in bearers:
                users.setdefault(alias, []).append(number)
    for alias, using in users.items():
        fits = [
            (user, bearer)
            for user in using
            for bearer in bearers[alias]
            if kinds.compatible(groups[user].kind, groups[bearer].kind)
        ]
        for user, bearer in fits:
            if sum(user == each for each, _ in fits) == 1 and sum(bearer == each for _, each in fits) == 1:
                yield user, bearer


def _join(groups: list[Group], links: Iterable[tuple[int, int]], kinds: Kinds) -> list[Group]:
    """Join linked groups; where a chain of links would join what excludes each other, none of its links holds."""
    components = Components(range(len(groups)))
    for one, other in links:
        components.link(one, other)
    joined: list[Group] = []
    for numbers in components.sets():
        parts = [groups[number] for number in numbers]
        if len(parts) > 1 and _all_fit(list({part.kind: None for part in parts}), kinds):
            joined.append(
                Group(
                    [member for part in parts for member in part.members],
                    _union(part.kind for part in parts),
                    frozenset(name for part in parts for name in part.names),
                    frozenset(alias for part in parts for alias in part.aliases),
                )
            )
        else:
            joined.extend(parts)
    return joined


class Components(Generic[_T]):
    """Connected components of items, by links between them."""

    def __init__(self, items: Iterable[_T]) -> None:
        self._parents = {item: item for item in items}

    def link(self, one: _T, other: _T) -> None:
        """Put two items, with all that is linked to them, into one component."""
        self._parents[self._root(one)] = self._root(other)

    def sets(self) -> list[list[_T]]:
        """Give the components, the items of each in the order they were given."""
        found: dict[_T, list[_T]] = {}
        for item in self._parents:
            found.setdefault(self._root(item), []).append(item)
        return list(found.values())

    def _root(self, item: _T) -> _T:
        while self._parents[item] != item:
            self._parents[item] = self._parents[self._parents[item]]
            item = self._parents[item]
        return item
