"""Names of a graph asked of a reconciliation service, and a file of what it answers that a knowledge base can be."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from os import PathLike
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.files import replace_file
from kg.kb.answers import Answers
from kg.kb.reconciliation import Candidate, Query, ReconciliationService
from kg.lookup import Thing
from kg.model import Issue
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import KG, LABEL, SKOS, TYPE, XSD

if TYPE_CHECKING:
    from kg.graph import Graph

ANSWERS: Final = "reconciliation.sqlite"
"""The file in the folder of a graph that keeps what services answered."""

LIMIT: Final = 5
"""How many candidates are asked for each name."""

COLUMNS: Final = ("id", "name", "aliases", "type", "score", "match", "entity", "description")
"""What stands in a file of matches; `kg build --kb` reads the first four."""

_MOST_VALUES: Final = 10
_SEVERAL: Final = frozenset("|;")
_TRUE: Final = Literal("true", datatype=NamedNode(XSD + "boolean"))


@dataclass(frozen=True, slots=True)
class Match:
    """An entity, the class of the ontology for which it was asked, and what the service offers; None for no answer."""

    entity: Thing
    kind: str | None
    candidates: tuple[Candidate, ...] | None

    @property
    def candidate(self) -> Candidate | None:
        """The one candidate that the service takes for the entity; None where there is none, or more than one."""
        found = [each for each in self.candidates or () if each.match]
        return found[0] if len(found) == 1 else None

    def shown(self, every_candidate: bool) -> tuple[Candidate, ...]:
        """Give all candidates, or the one that is taken for the entity if there is one."""
        taken = () if self.candidate is None else (self.candidate,)
        return self.candidates or () if every_candidate else taken


def reconcile(
    graph: Graph,
    url: str,
    *,
    types: Sequence[tuple[str, str | None]] = (),
    properties: Sequence[tuple[str, str]] = (),
    limit: int = LIMIT,
    answers: str | PathLike[str] | None = None,
    anew: bool = False,
    wait: Callable[[float], object] = time.sleep,
    on_issue: Callable[[Issue], object] = lambda issue: None,
    on_answer: Callable[[int, int], object] = lambda done, total: None,
) -> list[Match]:
    """Ask a reconciliation service for the named things of a graph; give what it offers for each, sorted by IRI.

    `types` are classes of the ontology, each with the id of a type of the service to which candidates are limited, or
    None: only things of these are asked for. `properties` are properties of the ontology with those of the service:
    the names of what a thing is related to are sent along. `answers` is the file that keeps what was answered.
    `on_answer` is called with how many of how many names are done. Raises SettingError for what is no address,
    OntologyError for unknown terms, SourceError when there is no such service; what fails later is an issue.
    """
    asked = list(_queries(graph, types, properties, limit))
    with ExitStack() as opened:
        kept = None if answers is None else opened.enter_context(Answers(answers))
        service = opened.enter_context(ReconciliationService(url, answers=kept, anew=anew, wait=wait))
        found: dict[Query, tuple[Candidate, ...] | None] = {}
        queries = dict.fromkeys(query for *_, query in asked)
        for query, candidates in service.candidates(queries, on_issue):
            found[query] = candidates
            on_answer(len(found), len(queries))
    return [Match(thing, kind, found[query]) for thing, kind, query in asked]


def write_matches(
    matches: Iterable[Match], path: str | PathLike[str], graph: Graph, *, every_candidate: bool = False
) -> int:
    """Write a CSV file of the candidates that are taken for entities, or of all candidates; give how many it holds.

    `COLUMNS` are its columns; aliases and types have | between them. Raises StoreError when it cannot be written.
    """
    lines = io.StringIO(newline="")
    writer = csv.writer(lines)
    writer.writerow(COLUMNS)
    rows = [_row(match, each, graph) for match in matches for each in match.shown(every_candidate)]
    writer.writerows(rows)
    with replace_file(path) as file:
        file.write(lines.getvalue().encode())
    return len(rows)


def _row(match: Match, candidate: Candidate, graph: Graph) -> tuple[str, ...]:
    names = dict.fromkeys((match.entity.label, *match.entity.names))
    kinds = [graph.ontology.label(match.kind)] if match.kind else []
    return (
        candidate.iri,
        candidate.name,
        "|".join(name for name in names if name != candidate.name and not _SEVERAL.intersection(name)),
        "|".join(dict.fromkeys((*kinds, *(name for _, name in candidate.types)))),
        f"{candidate.score:g}",
        "true" if candidate.match else "false",
        match.entity.iri,
        candidate.description,
    )


def _queries(
    graph: Graph, types: Sequence[tuple[str, str | None]], properties: Sequence[tuple[str, str]], limit: int
) -> Iterator[tuple[Thing, str | None, Query]]:
    kinds = _kinds(graph, types)
    related = [(pid, _related(graph, graph.ontology.term(name))) for name, pid in properties]
    named = _names(graph)
    for thing in graph.entities():
        if thing.label not in named or (types and thing.iri not in kinds):
            continue
        kind, wanted = kinds.get(thing.iri, (None, None))
        values = tuple((pid, tuple(values[thing.iri])) for pid, values in related if thing.iri in values)
        yield thing, kind, Query(thing.label, () if wanted is None else (wanted,), values, limit)


def _kinds(graph: Graph, types: Sequence[tuple[str, str | None]]) -> dict[str, tuple[str, str | None]]:
    """Give the first of the classes that each entity is of, with the type of the service."""
    kinds: dict[str, tuple[str, str | None]] = {}
    for name, wanted in types:
        asked = graph.ontology.term(name)
        below = [iri for iri in graph.ontology.classes if graph.ontology.is_a(iri, asked)]
        for iri in below:
            for quad in graph.store.quads(None, NamedNode(TYPE), NamedNode(iri), graph=DEFAULT_GRAPH):
                if isinstance(quad.subject, NamedNode):
                    kinds.setdefault(quad.subject.value, (asked, wanted))
    return kinds


def _related(graph: Graph, relation: str) -> dict[str, list[str]]:
    """Give the names and values to which a property relates each entity, sorted."""
    labels = {
        quad.subject: quad.object.value
        for quad in graph.store.quads(None, NamedNode(LABEL), graph=DEFAULT_GRAPH)
        if isinstance(quad.object, Literal)
    }
    found: dict[str, set[str]] = {}
    for quad in graph.store.quads(None, NamedNode(relation), graph=DEFAULT_GRAPH):
        value = quad.object.value if isinstance(quad.object, Literal) else labels.get(quad.object)
        if isinstance(quad.subject, NamedNode) and value is not None:
            found.setdefault(quad.subject.value, set()).add(value)
    return {iri: sorted(values)[:_MOST_VALUES] for iri, values in found.items()}


def _names(graph: Graph) -> frozenset[str]:
    """Give the names that articles use: what has none is no thing that a service could know."""
    named = {quad.subject for quad in graph.store.quads(None, NamedNode(KG + "named"), _TRUE)}
    return frozenset(
        quad.object.value
        for predicate in (LABEL, SKOS + "altLabel")
        for quad in graph.store.quads(None, NamedNode(predicate))
        if quad.subject in named and isinstance(quad.object, Literal)
    )
