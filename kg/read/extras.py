"""Libraries that not every installation has."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from kg.errors import SourceError


def load_library(name: str, extra: str) -> ModuleType:
    """Import a library of one of the project's extras; raise SourceError that says how to install it.

    >>> load_library("no_such_library", "web")
    Traceback (most recent call last):
    ...
    kg.errors.SourceError: needs no_such_library, which is not installed; run pip install "kg[web]"
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise SourceError(
            f'needs {name.partition(".")[0]}, which is not installed; run pip install "kg[{extra}]"'
        ) from error
