"""The graph in a browser, and a SPARQL endpoint for programs; the server is loaded when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.serve.app import make_app
    from kg.serve.guard import LOOPBACK
    from kg.serve.limits import Limits
    from kg.serve.run import serve
    from kg.serve.snapshot import Snapshot, Snapshots

_HOMES: Final = {
    "LOOPBACK": "kg.serve.guard",
    "Limits": "kg.serve.limits",
    "Snapshot": "kg.serve.snapshot",
    "Snapshots": "kg.serve.snapshot",
    "make_app": "kg.serve.app",
    "serve": "kg.serve.run",
}

__all__ = ["LOOPBACK", "Limits", "Snapshot", "Snapshots", "make_app", "serve"]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
