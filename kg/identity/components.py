"""Connected components."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

_T = TypeVar("_T", bound=Hashable)


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
