"""All targets."""

from __future__ import annotations

from typing import Final

from . import asking, chain, deciding, knowing, ontologies, reading, recovering, serving, shaping, telling
from .target import Target

TARGETS: Final[dict[str, Target]] = {
    target.name: target
    for module in (reading, ontologies, shaping, deciding, recovering, knowing, asking, telling, chain, serving)
    for target in module.TARGETS
}
"""The targets by their names."""
