"""Evidence: what is kept of an article that was read, made where it was read."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat, serialize

from kg.identity import Profile, ProfileMaker
from kg.knowledge import read_reading, write_reading
from kg.model import Reading
from kg.ontology import Ontology
from kg.packed import pack


@dataclass(frozen=True, slots=True)
class Evidence:
    """What an article says: the N-Quads of its graph, the reading that they hold, packed (`kg.packed`), and profiles.

    The profiles are those of its referents, in their order.
    """

    quads: bytes
    reading: bytes
    profiles: list[Profile]


class EvidenceMaker:
    """Makes evidence of articles read with one ontology, in graphs whose names begin with one base."""

    def __init__(self, ontology: Ontology, base: str) -> None:
        self.base = base
        self._profiles = ProfileMaker(ontology)

    def make(self, reading: Reading) -> Evidence:
        """Make the evidence of an article."""
        quads = list(write_reading(reading, self.base))
        kept = read_reading(quads)  # as a later build gets it: mentions that share their words share a kind then
        written = serialize(quads, format=RdfFormat.N_QUADS)
        assert written is not None
        return Evidence(written, pack(kept), list(self._profiles.make(kept)))
