"""A built graph: to be queried, looked at, drawn and written to files."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from kg import deciding
from kg.build_report import BuildReport
from kg.closing import Closing
from kg.deciding import Outcome
from kg.errors import SettingError
from kg.folder import (
    DECISIONS,
    DEFAULT_FOLDER,
    base_of,
    find_store,
    load_given,
    load_kept_ontology,
    warn_unfinished,
)
from kg.knowledge import graph_prefixes
from kg.lookup import Fact, Lookup, Portrait, Thing
from kg.ontology import Ontology
from kg.query import QueryResult, run_query
from kg.report.listing import Listing
from kg.store import OxigraphStore, Store

if TYPE_CHECKING:
    from datetime import date

    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from kg.check import Contradiction
    from kg.why import Account


class Graph(Closing):
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
        return Listing(Lookup(self.store, self.ontology, self.base).portraits(name))

    def entities(self) -> list[Thing]:
        """Give the entities, sorted by IRI."""
        return Listing(Lookup(self.store, self.ontology, self.base).entities())

    def facts(self) -> list[Fact]:
        """Give the facts, qualified ones among them, sorted by what they say, each with its support."""
        return Listing(Lookup(self.store, self.ontology, self.base).facts())

    def why(self, name: str) -> list[Account]:
        """Say why the entities of a name or IRI are one thing each: what was joined, and what was not.

        Raises SettingError, with near names, when there is none.
        """
        from kg.decisions import read_decisions
        from kg.making import Maker, open_linking
        from kg.why import explain_entities

        iris = Lookup(self.store, self.ontology, self.base).find(name)
        folder = self.store.path.parent if isinstance(self.store, OxigraphStore) else None
        decisions = [] if folder is None else read_decisions(folder / DECISIONS, self.base)
        linking = None if folder is None else open_linking(folder, self.store, self.ontology, self.base)
        return explain_entities(Maker(self.store, self.ontology, self.base, linking), decisions, iris)

    def contradictions(self, *, changes: bool = False) -> list[Contradiction]:
        """Give what is said twice and cannot both be so, as `kg.check.find_contradictions` says."""
        from kg.check import find_contradictions

        return Listing(find_contradictions(self, changes=changes))

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
        limit: int = 40,
        types: Iterable[str] = (),
        relations: Iterable[str] = (),
        at: str | date | None = None,
        status: Iterable[str] = (),
        form: str = "network",
        title: str | None = None,
        ax: Axes | None = None,
    ) -> Figure:
        """Draw the entities and what relates them, as `kg.draw.draw` says."""
        from kg.draw import draw

        return draw(
            self.store,
            self.ontology,
            output=output,
            ax=ax,
            around=around,
            hops=hops,
            limit=limit,
            types=types,
            relations=relations,
            at=at,
            status=status,
            form=form,
            title=title,
        )

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

    def write_report(self, output: str | PathLike[str], *, about: str | None = None, title: str | None = None) -> Path:
        """Write one HTML file about the graph, or about an entity, to send to somebody; `kg.report` says what is in it.

        Raises SettingError, with near names, when nothing is named `about`, and for another suffix than .html.
        """
        from kg.report import write_report

        return write_report(self, output, about=about, title=title)

    # -- decisions ------------------------------------------------------------------------------------

    def same(self, a: str, b: str, *, why: str | None = None, by: str | None = None) -> Outcome:
        """Decide that two things are one, and make the graph anew; names are those that `kg same` takes.

        For a graph in a folder, as all decisions are. `by` is by default the name that git knows. Raises SettingError,
        with nothing changed, for a name that means none or several, and for what contradicts an earlier decision.
        """
        return self._decide(deciding.same, a, b, why=why, by=by)

    def different(self, a: str, b: str, *, why: str | None = None, by: str | None = None) -> Outcome:
        """Decide that two things are never one, as `kg different` does."""
        return self._decide(deciding.different, a, b, why=why, by=by)

    def rename(
        self, thing: str, name: str, *, replace: bool = False, why: str | None = None, by: str | None = None
    ) -> Outcome:
        """Decide what a thing is called; `replace` undoes an earlier decision on it."""
        return self._decide(deciding.rename, thing, name, why=why, by=by, replace=replace)

    def reject(self, *fact: str, why: str | None = None, by: str | None = None) -> Outcome:
        """Decide that a fact or claim, by its IRI or by subject, property and object, is not so."""
        return self._decide(deciding.reject, *fact, why=why, by=by)

    def add(self, subject: str, predicate: str, object: str, *, why: str, by: str | None = None) -> Outcome:
        """Decide that a fact holds, whatever articles say."""
        return self._decide(deciding.add, subject, predicate, object, why=why, by=by)

    def undo(self, decision: str | None = None, *, why: str | None = None, by: str | None = None) -> Outcome:
        """Take a decision back: the one named, or the last."""
        return self._decide(deciding.undo, *(() if decision is None else (decision,)), why=why, by=by)

    def _decide(self, decide: Callable[..., Outcome], *words: str, **options: str | bool | None) -> Outcome:
        if not isinstance(self.store, OxigraphStore):
            raise SettingError("a graph in memory keeps no decisions; build it in a folder")
        path = self.store.path
        outcome = decide(path.parent, *words, **options)
        self.store.close()
        self.store = OxigraphStore(path, read_only=True)
        return outcome

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _repr_html_(self) -> str:
        """Show a notebook what is in the graph: numbers, and a picture of its best connected part."""
        from kg.report.notebook import show_graph

        return show_graph(self)

    def __repr__(self) -> str:
        return f"<Graph of {len(self.store):,} quads under {self.base}>"


def open_graph(
    folder: str | PathLike[str] = DEFAULT_FOLDER,
    *,
    ontology: Ontology | str | Path | None = None,
    report: BuildReport | None = None,
) -> Graph:
    """Open the graph in a folder for reading, with the ontologies that it was built with unless another is given.

    Where a build was stopped before its end, or still runs, a warning is logged: the graph is as it was known before.
    Raises StoreError when there is none.
    """
    path = Path(folder)
    store = OxigraphStore(find_store(path), read_only=True)
    try:
        warn_unfinished(store, path)
        loaded = load_kept_ontology(path) if ontology is None else load_given(ontology)
        return Graph(store, loaded, base=base_of(store), report=report)
    except BaseException:
        store.close()
        raise
