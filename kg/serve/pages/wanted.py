"""What wants correcting beside contradictions: the least sure facts, names that several things have, what waits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.deciding import Recorded
from kg.decisions import Describer, Standing, decisions_graph, read_decisions
from kg.decisions.records import Undo
from kg.folder import DECISIONS
from kg.knowledge import terms as t
from kg.serve.pages.reader import Reader, Shown
from kg.store import DEFAULT_GRAPH
from kg.vocabulary import KG

if TYPE_CHECKING:
    from kg.serve.pages.search_index import SearchIndex
    from kg.serve.snapshot import Snapshot

MOST_WEAK: Final = 200
_FACTS: Final = frozenset((t.FACT.value, t.QUALIFIED_FACT.value))
_STANDING: Final = NamedNode(KG + "standing")


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Things that are called the same, with how much is told of each."""

    label: str
    things: tuple[tuple[Shown, int], ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was made, and whether it can be undone."""

    recorded: Recorded
    undoable: bool


def find_weakest(reader: Reader) -> list[str]:
    """Give the IRIs of the facts that are least sure, the least sure first; those concluded from others left out."""
    found: list[str] = []
    degrees = [row[0] for row in reader.ask(f"SELECT DISTINCT ?sure WHERE {{ ?f {t.CONFIDENCE} ?sure }}")]
    for degree in sorted(degrees, key=lambda each: float(each.value)):
        quads = reader.store.quads(None, t.CONFIDENCE, degree, graph=DEFAULT_GRAPH)
        among = sorted(quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))
        found += islice((iri for iri in among if _is_stated(reader, iri)), MOST_WEAK - len(found))
        if len(found) == MOST_WEAK:
            break
    return found


def _is_stated(reader: Reader, iri: str) -> bool:
    return not _FACTS.isdisjoint(reader.node_types(iri)) and not reader.values(iri, t.INFERRED_FROM)


def find_namesakes(reader: Reader, index: SearchIndex, limit: int, offset: int) -> tuple[list[Namesakes], int]:
    """Give some of the names that several things have, and how many such names there are."""
    groups = list(index.namesakes())
    shown = (
        Namesakes(hits[0].label, tuple((reader.shown(hit.iri), hit.told) for hit in hits))
        for _, hits in groups[offset : offset + limit]
    )
    return list(shown), len(groups)


def read_made(snapshot: Snapshot) -> list[Made]:
    """Give all decisions, the latest first, and what became of them when the graph was last made."""
    decisions = read_decisions(snapshot.folder / DECISIONS, snapshot.base)
    standings = dict(_standings(snapshot))
    describer = Describer(snapshot.ontology, decisions)
    undone = {each.content.decision for each in decisions if isinstance(each.content, Undo)}
    made = (Recorded(each, describer.say(each), standings.get(each.iri, Standing.PENDING)) for each in decisions)
    return [Made(each, each.standing is not Standing.UNDONE and each.decision.iri not in undone) for each in made][::-1]


def _standings(snapshot: Snapshot) -> Iterator[tuple[str, Standing]]:
    for quad in snapshot.store.quads(None, _STANDING, graph=decisions_graph(snapshot.base)):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, Standing(quad.object.value)


def troubled(made: Iterable[Made]) -> list[Made]:
    """Give the decisions that wait for what they are about, or that nothing would miss."""
    return [each for each in made if each.recorded.standing in (Standing.WAITING, Standing.SUPERFLUOUS)]
