"""What a store of quads can do, whatever keeps them.

Terms and quads are pyoxigraph's. Evidence stands in one named graph per article, knowledge in the default graph;
a query sees the default graph, and named graphs only through GRAPH.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os import PathLike
from typing import Final

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
)

from kg.closing import Closing

GraphName = NamedNode | BlankNode | DefaultGraph
Subject = NamedNode | BlankNode | Triple
Object = NamedNode | BlankNode | Literal | Triple
Answer = QuerySolutions | QueryBoolean | QueryTriples

DEFAULT_GRAPH: Final = DefaultGraph()


@dataclass(frozen=True, slots=True)
class Change:
    """How many quads a write added and removed; false when the store already held just that."""

    added: int
    removed: int

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


class Store(Closing):
    """Quads that can be read, queried, and replaced one graph at a time."""

    @abstractmethod
    def quads(
        self,
        subject: Subject | None = None,
        predicate: NamedNode | None = None,
        object: Object | None = None,
        *,
        graph: GraphName | None = None,
    ) -> Iterator[Quad]:
        """Iterate over the quads that match, in no order; None matches everything, in `graph` every graph."""

    @abstractmethod
    def graphs(self) -> list[NamedNode]:
        """Give the names of the named graphs that hold something, sorted."""

    @abstractmethod
    def query(self, text: str, *, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Answer a SPARQL query: solutions, a boolean or triples; `prefixes` are those the text need not declare.

        Raises QueryError when the text is no SPARQL query.
        """

    @abstractmethod
    def dump(
        self,
        output: str | PathLike[str],
        format: RdfFormat,
        *,
        graph: GraphName | None = None,
        prefixes: Mapping[str, str] | None = None,
    ) -> None:
        """Write everything to a file, or one graph; a format of triples needs the graph.

        The quads stand in the store's own order. Raises StoreError when the file cannot be written.
        """

    @abstractmethod
    def add(self, quads: bytes) -> None:
        """Add quads, given as N-Quads with a line for each: all of them or, on failure, none.

        Raises StoreError when the store cannot be written.
        """

    @abstractmethod
    def __len__(self) -> int:
        """Count the quads of all graphs."""

    @abstractmethod
    def close(self) -> None:
        """Write what is pending and let go of the store; closing twice is no error, using it afterwards is."""

    @abstractmethod
    def _write(self, added: list[Quad], removed: list[Quad]) -> None:
        """Add and remove quads in one transaction; raise StoreError when the store cannot be written."""

    def replace_graph(self, graph: GraphName, quads: Iterable[Quad]) -> Change:
        """Make one graph, named or default, hold exactly these quads: all of it or, on failure, nothing.

        Only the difference is written. Raises ValueError for a quad of another graph.
        """
        return self.replace_graphs({graph: quads})[graph]

    def replace_graphs(self, graphs: Mapping[GraphName, Iterable[Quad]]) -> dict[GraphName, Change]:
        """Make each of some graphs hold exactly the quads given for it: all of them or, on failure, none."""
        changes = {}
        added: list[Quad] = []
        removed: list[Quad] = []
        for graph, quads in graphs.items():
            before = len(added), len(removed)
            self._compare(graph, dict.fromkeys(quads), added, removed)
            changes[graph] = Change(len(added) - before[0], len(removed) - before[1])
        if added or removed:
            self._write(added, removed)
        return changes

    def _compare(self, graph: GraphName, wanted: dict[Quad, None], added: list[Quad], removed: list[Quad]) -> None:
        """Note what a graph lacks of the quads wanted, in their order, and what it has beside them."""
        stray = next((quad for quad in wanted if quad.graph_name != graph), None)
        if stray is not None:
            raise ValueError(f"{stray} does not belong to {graph}; give the quads of that graph only")
        for quad in self.quads(graph=graph):
            if quad in wanted:
                del wanted[quad]
            else:
                removed.append(quad)
        added.extend(wanted)

    def remove_graph(self, graph: GraphName) -> Change:
        """Remove all quads of one graph; a graph that is not there changes nothing."""
        return self.replace_graph(graph, ())
