"""Connected components."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)


class Components(Generic[_T]):
    """Connected components of items, by links between them."""

    def __init__(self, items: Iterable[_T]) -> None:
        self._parents = {item: item for item in items}

    def link(self, one: _T, other: _T) -> None:
        """Put two items, with all that is linked to them, into one component."""
        self._parents[self._root(one)] = self._root(other)

    def __contains__(self, item: _T) -> bool:
        return item in self._parents

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


def linked_sets(
    items: Iterable[_T], links: Mapping[tuple[_T, _T], float], *, most: int, least: float
) -> Iterator[list[_T]]:
    """Iterate over components; one of more than `most` items is split by the links that weigh more than `least`."""
    whole = Components(items)
    for pair in links:
        whole.link(*pair)
    sets = whole.sets()
    rest = Components(item for each in sets if len(each) > most for item in each)
    yield from (each for each in sets if len(each) <= most)
    for (one, other), weight in links.items():
        if weight > least and one in rest:
            rest.link(one, other)
    yield from rest.sets()
