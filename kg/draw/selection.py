"""What a user asks to see: kinds, relations, a date, claims; what means nothing is an error."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kg.draw.relation import Reader
from kg.errors import SettingError
from kg.knowledge.periods import read_days
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.ontology import Ontology
    from kg.ontology.terms import OntologyClass, Property

LIMIT: Final = 40
"""How many entities a picture has at most unless another number is given: more cannot be read on a page."""

CLAIMS: Final = ("claimed", "denied", "possible")
QUALIFIED: Final = ("former", "acting", "future")
STATUSES: Final = (*CLAIMS, *QUALIFIED)
"""What can be drawn besides plain facts: claims by their status, qualified facts by their qualification."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be drawn. `types` and `relations` are IRIs with those below them; None takes all."""

    around: str | None = None
    hops: int = 1
    limit: int = LIMIT
    types: frozenset[str] | None = None
    relations: frozenset[str] | None = None
    at: tuple[date, date] | None = None
    statuses: frozenset[str] = frozenset()


def make_selection(
    reader: Reader,
    *,
    around: str | None = None,
    hops: int = 1,
    limit: int = LIMIT,
    types: Iterable[str] = (),
    relations: Iterable[str] = (),
    at: str | date | None = None,
    status: Iterable[str] = (),
) -> Selection:
    """Understand what a user asks for; raise SettingError, with near names, for what means nothing."""
    for name, value in (("hops", hops), ("limit", limit)):
        if value < 1:
            raise SettingError(f"{name} is {value}; give 1 or more")
    ontology = reader.ontology
    return Selection(
        None if around is None else find_entity(reader, around),
        hops,
        limit,
        _with_those_below(_listed(types), ontology.classes, ontology, "class"),
        _with_those_below(_listed(relations), ontology.properties, ontology, "relation"),
        None if at is None else _days(at),
        frozenset(map(_status, _listed(status))),
    )


def find_entity(reader: Reader, name: str) -> str:
    """Find the entity with this IRI, label or other name, whatever the case; raise SettingError for none or several."""
    if ":" in name:
        for iri in (name.strip("<>"), *(each for each in _expanded(name, reader))):
            if _is_iri(iri) and reader.is_entity(iri):
                return iri
    wanted = name.casefold().strip()
    meant = [(iri, label) for iri, each, label in reader.names() if each.casefold() == wanted and reader.is_entity(iri)]
    found = sorted({iri for iri, label in meant if label} or {iri for iri, _ in meant})
    if len(found) == 1:
        return found[0]
    if found:
        raise SettingError(f'"{name}" is the name of {", ".join(found)}; give one of these IRIs')
    from kg.ontology.near import did_you_mean

    near = did_you_mean(name, (each for iri, each, _ in reader.names() if reader.is_entity(iri)))
    raise SettingError(f'no entity is named "{name}"{near or "; give the label or the IRI of one of the graph"}')


def _expanded(name: str, reader: Reader) -> Iterable[str]:
    """Give the IRIs that id:NAME can mean: those of entities that end so."""
    prefix, _, local = name.partition(":")
    if prefix == "id" and local:
        yield from (iri for iri in reader.entities() if iri.endswith(f"/id/{local}"))


def _is_iri(text: str) -> bool:
    return ":" in text and not any(char.isspace() or char in '<>"{}|\\^`' for char in text)


def _listed(names: str | Iterable[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _with_those_below(
    names: list[str], terms: Mapping[str, OntologyClass] | Mapping[str, Property], ontology: Ontology, what: str
) -> frozenset[str] | None:
    if not names:
        return None
    wanted = {_find_term(name, terms, ontology, what) for name in names}
    return frozenset(wanted | {iri for iri in terms if not wanted.isdisjoint(ontology.ancestors(iri))})


def _find_term(name: str, terms: Collection[str], ontology: Ontology, what: str) -> str:
    """Find a class or a property by its IRI, compact name, local name or label; one of a domain first."""
    asked = name.strip().strip("<>")
    if asked in terms:
        return asked
    wanted = " ".join(asked.casefold().split())
    ways = (ontology.compact, lambda iri: ontology.compact(iri).rpartition(":")[2], ontology.label)
    for way in ways:
        found = sorted(iri for iri in terms if way(iri).casefold() == wanted)
        found = [iri for iri in found if not iri.startswith(KG)] or found
        if len(found) == 1:
            return found[0]
        if found:
            raise SettingError(f'"{name}" is the name of {", ".join(map(ontology.compact, found))}; give one of these')
    from kg.ontology.near import did_you_mean

    own = [iri for iri in terms if not iri.startswith(KG)]
    near = did_you_mean(name, [way(iri) for way in ways[1:] for iri in own])
    raise SettingError(f'no {what} of the ontologies is named "{name}"{near or "; give one of theirs"}')


def _days(at: str | date) -> tuple[date, date]:
    days = read_days(at.isoformat() if isinstance(at, date) else at.strip())
    if days is None:
        raise SettingError(f'"{at}" is no date; give a year, a month or a day: 2016, 2016-05, 2016-05-03')
    return days


def _status(name: str) -> str:
    wanted = name.strip().casefold()
    if wanted not in STATUSES:
        raise SettingError(f'there is no status "{name}"; give {", ".join(STATUSES[:-1])} or {STATUSES[-1]}')
    return wanted
