"""What a picture is made of: relations between entities, and what gives them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.model import Qualification, Status

if TYPE_CHECKING:
    from kg.ontology import Ontology


@dataclass(frozen=True, slots=True)
class Relation:
    """One entity stands in a relation to another, or is said to.

    `articles` are the IRIs of those that say so; `iri` is that of the fact or claim, empty where there is none. In a
    picture of one date, `certain` tells that it is known to have held then.
    """

    source: str
    predicate: str
    target: str
    status: Status = Status.ASSERTED
    qualification: Qualification | None = None
    speaker: str | None = None
    articles: frozenset[str] = frozenset()
    iri: str = ""
    certain: bool = True

    @property
    def plain(self) -> bool:
        """Whether it is a present fact without more ado."""
        return self.status is Status.ASSERTED and self.qualification is None

    @property
    def order(self) -> tuple[object, ...]:
        """What relations are sorted by."""
        when = self.qualification or Qualification()
        dates = when.kind or "", when.start or "", when.end or ""
        return self.source, self.predicate, self.target, self.status, *dates, self.speaker or "", self.iri


class Reader(ABC):
    """Gives entities and relations; what it read it keeps."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._data: dict[str, dict[str, Any]] = {}

    @abstractmethod
    def entities(self) -> list[str]:
        """Give the IRIs of all entities, sorted."""

    @abstractmethod
    def names(self) -> Iterator[tuple[str, str, bool]]:
        """Iterate over names of entities: the IRI, a name, and whether it is a label."""

    @abstractmethod
    def relations(self, *, qualified: bool = True) -> list[Relation]:
        """Give all relations, sorted; without `qualified` plain facts alone."""

    @abstractmethod
    def relations_of(self, iri: str) -> list[Relation]:
        """Give the relations of an entity, from it and to it, sorted."""

    @abstractmethod
    def relations_among(self, iris: Collection[str]) -> list[Relation]:
        """Give the relations between some entities, sorted."""

    @abstractmethod
    def is_entity(self, iri: str) -> bool:
        """Say whether an IRI is that of an entity."""

    @abstractmethod
    def types(self, iri: str) -> list[str]:
        """Give the IRIs of the classes of an entity, sorted."""

    @abstractmethod
    def dates(self, iri: str) -> list[tuple[str, str]]:
        """Give the dates that an entity has: IRIs of properties, and ISO 8601 dates, sorted."""

    @abstractmethod
    def published(self, article: str) -> str | None:
        """Give the date of an article; None where it is not known."""

    @abstractmethod
    def _describe(self, iri: str) -> dict[str, Any]: ...

    def data(self, iri: str) -> dict[str, Any]:
        """Give what `to_networkx` puts on the node of an entity."""
        if iri not in self._data:
            self._data[iri] = self._describe(iri)
        return self._data[iri]

    def label(self, iri: str) -> str:
        """Give the label of an entity."""
        return str(self.data(iri)["label"])
