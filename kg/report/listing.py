"""Lists that a notebook shows as tables or portraits, and that are lists otherwise."""

from __future__ import annotations

from typing import TypeVar

Item = TypeVar("Item")


class Listing(list[Item]):
    """A list of portraits, facts, things or contradictions that displays itself in a notebook."""

    def _repr_html_(self) -> str:
        from kg.report.notebook import show_list

        return show_list(self)
