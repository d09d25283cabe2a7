"""A built graph: to be queried, looked at, drawn and written to files."""

from __future__ import annotations

import io
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.folder import DEFAULT_FOLDER, base_of, find_store, load_given, load_kept_ontology
from kg.knowledge import graph_prefixes
from kg.lookup import Fact, Lookup, Portrait, Thing
from kg.ontology import Ontology
from kg.query import QueryResult, run_query
from kg.report import BuildReport
from kg.store import OxigraphStore, Store

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


class Graph:
    """A store of evidence and knowledge with the ontology it was built with. Close it, or use it in `with`.

    `report` says what the build did that gave the graph; None for one that was opened.
    """

    def __init__(self, store: Store, ontology: Ontology, *, base: str, report: BuildReport | None = None) -> None:
        self.store = store
        self.ontology = ontology
        self.base = base
        self.report = report

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries need not declare, and in which IRIs are shown."""
        return graph_prefixes(self.base, self.ontology.prefixes)

    def query(self, text: str, /, **values: str) -> QueryResult:
        """Answer a SPARQL query, or a named one ("entities"), in which each $name stands for the value of that name.

        The prefixes of the ontologies and id:, fact:, claim: are declared. Raises QueryError for what is no query, for
        updates, and for a name or a value that is not known or missing.
        """
        return run_query(self.store, text, values, self.prefixes)

    def show(self, name: str) -> list[Portrait]:
        """Give all that is known of the entities of a name or IRI, each fact and claim with its passages.

        Raises SettingError, with near names, when there is none.
        """
        return Lookup(self.store, self.ontology, self.base).portraits(name)

    def entities(self) -> list[Thing]:
        """Give the entities, sorted by IRI."""
        return Lookup(self.store, self.ontology, self.base).entities()

    def facts(self) -> list[Fact]:
        """Give the facts, qualified ones among them, sorted by what they say, each with its support."""
        return Lookup(self.store, self.ontology, self.base).facts()

    def to_networkx(self) -> nx.MultiDiGraph:
        """Make a networkx graph of the entities and the plain facts between them, as `kg.network.to_networkx` says."""
        from kg.network import to_networkx

        return to_networkx(self.store, self.ontology)

    def draw(
        self,
        output: str | PathLike[str] | None = None,
        *,
        around: str | None = None,
        hops: int = 1,
        limit: int = 30,
        title: str | None = None,
        ax: Axes | None = None,
    ) -> Figure:
        """Draw the entities and the plain facts between them, as `kg.draw.draw` says."""
        from kg.draw import draw

        return draw(self.store, self.ontology, output=output, around=around, hops=hops, limit=limit, title=title, ax=ax)

    def serialize(self, format: str = "ttl") -> str:
        """Write the graph as a text in one of `kg.export.FORMATS` other than csv."""
        from kg.export import write_export

        stream = io.BytesIO()
        write_export(self.store, stream, self.ontology, format=format, base=self.base)
        return stream.getvalue().decode()

    def export(self, path: str | PathLike[str], *, format: str | None = None) -> tuple[Path, ...]:
        """Write the graph to a file in the format of its suffix, or in another, and give the files written."""
        from kg.export import write_export

        return write_export(self.store, path, self.ontology, format=format, base=self.base)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Graph of {len(self.store):,} quads under {self.base}>"


def open_graph(
    folder: str | PathLike[str] = DEFAULT_FOLDER,
    *,
    ontology: Ontology | str | Path | None = None,
    report: BuildReport | None = None,
) -> Graph:
    """Open the graph in a folder for reading, with the ontologies that it was built with unless another is given.

    Raises StoreError when there is none.
    """
    path = Path(folder)
    store = OxigraphStore(find_store(path), read_only=True)
    try:
        loaded = load_kept_ontology(path) if ontology is None else load_given(ontology)
        return Graph(store, loaded, base=base_of(store), report=report)
    except BaseException:
        store.close()
        raise
