"""What is said of each event of a text, told apart by the event and not by its label."""

from __future__ import annotations

from news import FRIDAY, describe, read

from kg.model import Iri
from kg.vocabulary import TYPE


def events(text: str, name: str, published: str | None = FRIDAY) -> list[set[str]]:
    """Return for each event of a class, in text order, all that is said of it but that it is one: "winner Ada Lund"."""
    reading = read(text, published)
    labels = {referent.id: referent.label for referent in reading.referents}
    typed = [(s.subject, s.object) for s in reading.statements if s.predicate == TYPE]
    found = {subject for subject, term in typed if isinstance(term, Iri) and term.iri.endswith(f"#{name}")}
    said: dict[str, set[str]] = {subject: set() for subject in sorted(found, key=lambda id: int(id[1:]))}
    for statement in reading.statements:
        if statement.subject in said and statement.predicate != TYPE:
            said[statement.subject].add(describe(reading, statement).removeprefix(labels[statement.subject] + " "))
    return list(said.values())
