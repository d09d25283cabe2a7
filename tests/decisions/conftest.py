"""A graph of a small harbour in a folder, made of readings that no pipeline has to read, and the commands on it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest
from knowledge.harbour import BASE, RULES, TURTLE, Draft
from pyoxigraph import NamedNode

import kg
from kg.cli import run
from kg.knowledge import article_iri, write_reading
from kg.making import distrust
from kg.store import OxigraphStore

ENDS = """
h:steers rdfs:domain h:Human ; rdfs:range h:Club .
h:basedIn rdfs:domain h:Club ; rdfs:range h:Port .
h:berths rdfs:domain h:Port .
h:founded a owl:DatatypeProperty ; rdfs:label "founded"@en ; rdfs:domain h:Club ;
    rdfs:range [ a rdfs:Datatype ; owl:unionOf ( xsd:date xsd:gYear ) ] .
h:motto a owl:DatatypeProperty ; rdfs:label "motto"@en ; rdfs:range xsd:string .
h:helps a owl:ObjectProperty ; rdfs:label "helps"@en ; owl:inverseOf h:helpedBy .
h:helpedBy a owl:ObjectProperty ; rdfs:label "helped by"@en .
"""


def draw_nothing(store: object, ontology: object, output: Path) -> None:
    """Stand in for the picture, which takes longer than all the rest."""
    output.write_text("a picture")


class Harbour:
    """A folder with a graph: write articles, build, and give commands; every command is told who decides."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str] | None = None) -> None:
        self.folder = folder
        self.out = folder / "out"
        self.ontology = folder / "harbour.ttl"
        self._capsys = capsys

    def write(self, *drafts: Draft, base: str = BASE) -> None:
        """Put the evidence of some articles into the store, in the order given."""
        with OxigraphStore(self.out / "store") as store:
            distrust(store, base)
            for draft in drafts:
                graph = NamedNode(article_iri(base, draft.identifier))
                store.replace_graph(graph, write_reading(draft.reading(), base))

    def build(self, **options) -> kg.BuildReport:
        with kg.build((), self.out, **{"ontology": self.ontology, **options}) as graph:
            assert graph.report is not None
            return graph.report

    def kg(self, *words: object, code: int = 0) -> list[str]:
        """Give a command, see that it ends with a code, and return the lines of both streams."""
        assert self._capsys is not None
        self._capsys.readouterr()
        found = run([*map(str, words), "--graph", str(self.out)])
        said = self._capsys.readouterr()
        lines = [*said.out.splitlines(), *said.err.splitlines()]
        assert found == code, lines
        return lines

    @property
    def decisions(self) -> Path:
        return self.out / "decisions.ttl"

    @property
    def turtle(self) -> bytes:
        return (self.out / "graph.ttl").read_bytes()

    def rows(self, query: str) -> list[tuple]:
        with kg.open_graph(self.out) as graph:
            return sorted(graph.query(query).rows)

    def facts(self, relation: str) -> set[tuple[str, str]]:
        """Give the plain triples of a property, by labels."""
        query = f"SELECT ?a ?b {{ ?s h:{relation} ?o . ?s rdfs:label ?a OPTIONAL {{ ?o rdfs:label ?l }}"
        return set(self.rows(f"{query} BIND(COALESCE(?l, STR(?o)) AS ?b) }}"))

    def labels(self) -> dict[str, str]:
        """Give the labels of all entities by the last part of their IRIs."""
        with kg.open_graph(self.out) as graph:
            return {each.iri.rpartition("/")[2]: each.label for each in graph.entities()}


@pytest.fixture
def empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Harbour:
    """Give a folder without a graph yet; pictures are not drawn, and Eva decides."""
    monkeypatch.setattr("kg.making.draw", draw_nothing)
    monkeypatch.setattr("kg.deciding.find_author", lambda: "Eva")
    made = Harbour(tmp_path, capsys)
    made.ontology.write_text(TURTLE + ENDS + RULES)
    return made


@pytest.fixture
def articles() -> dict[str, Draft]:
    return {draft.identifier: draft for draft in make_articles()}


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the graph of the three articles, for every test to copy."""
    made = Harbour(tmp_path_factory.mktemp("harbour"))
    made.ontology.write_text(TURTLE + ENDS + RULES)
    made.write(*make_articles())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kg.making.draw", draw_nothing)
        made.build()
    return made.out


@pytest.fixture
def harbour(empty: Harbour, built_once: Path) -> Harbour:
    """Give the graph of three articles."""
    shutil.copytree(built_once, empty.out)
    return empty


def make_articles() -> Iterable[Draft]:
    """Make articles on Ada Lind, who steers a club of Velmar, and on Bo Ek, her rival: enough to know each again."""
    one = Draft("one")
    ada, club = one.refer("Ada Lind", kind="Human"), one.refer("Tern Rowing Club", kind="RowingClub")
    one.state(ada, "steers", club, "Ada Lind steers the Tern Rowing Club")
    one.state(club, "basedIn", one.refer("Velmar", kind="Port", known="Velmar"), "the club of Velmar")
    yield one
    two = Draft("two")
    ada, bo = two.refer("Ada Lind", kind="Human"), two.refer("Bo Ek", kind="Human")
    two.state(ada, "rivalOf", bo, "Lind and Ek are rivals")
    two.state(ada, "steers", two.refer("Tern Rowing Club", kind="RowingClub"), "Ada Lind steers the Tern Rowing Club")
    two.state(bo, "steers", two.refer("Gull Club", kind="Club"), "Bo Ek steers the Gull Club")
    two.attribute(bo, "I never raced her", about=(ada,))
    yield two
    three = Draft("three")
    bo, gulls = three.refer("Bo Ek", kind="Human"), three.refer("Gull Club", kind="Club")
    three.state(bo, "steers", gulls, "Bo Ek steers the Gull Club")
    yield three
