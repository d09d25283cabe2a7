"""Looking for garbage less often than Python does of its own accord: work that keeps what it makes leaves none."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

NEW_OBJECTS: Final = 20_000
"""After so many objects made Python looks again, not after 700."""


@contextmanager
def looked_for_seldom() -> Iterator[None]:
    """Look for garbage after NEW_OBJECTS at the earliest, as long as this is open.

    >>> with looked_for_seldom():
    ...     gc.get_threshold()[0] >= NEW_OBJECTS
    True
    """
    before = gc.get_threshold()
    gc.set_threshold(max(NEW_OBJECTS, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
