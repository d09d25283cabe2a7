"""Every export is read back by the program it is for, or by a reader of its documented format, and compared."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import networkx as nx
import pandas
import pyoxigraph
import pytest
import rdflib
from harbour import EX, ID, PASSAGE, harbour, harbour_ontology
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple
from rdflib.compare import isomorphic

import kg
from kg.errors import SettingError, StoreError
from kg.export import FORMATS, write_export
from kg.export.triple_terms import REIFIES, reify
from kg.network import to_networkx
from kg.ontology import Ontology
from kg.vocabulary import RDF, SKOS, XSD

RDFLIB_WARNS = pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph).*:DeprecationWarning")
ARTICLE = NamedNode("https://kg.example/article/harbour")
PARTS = tuple(NamedNode(RDF + part) for part in ("subject", "predicate", "object"))
TEXTS = ('say "no"', "two\nlines\r\nand \\n", "Åsa – 漢字 🚢", "tab\there; there, it's", "=1+1", " padded ", "")


def rich() -> list[Quad]:
    """The harbour with literals of all kinds: quotes, line breaks, languages, datatypes."""
    ada, club = NamedNode(ID + "ada"), NamedNode(ID + "club")
    note, founded, size, open_ = (NamedNode(EX + name) for name in ("note", "founded", "members", "open"))
    typed = [("1200", "integer"), ("2.50", "decimal"), ("1E3", "double"), ("2019-05-02", "date"), ("true", "boolean")]
    typed += [("2019-05-02T10:00:00Z", "dateTime"), ("1850", "gYear")]
    return [
        *harbour(),
        *(Quad(club, note, Literal(text)) for text in TEXTS),
        *(Quad(club, note, Literal(f"hamn {text}", language="sv")) for text in TEXTS),
        *(Quad(club, note, Literal(text, datatype=NamedNode(XSD + kind))) for text, kind in typed),
        Quad(club, founded, Literal("1850-04-01", datatype=NamedNode(XSD + "date"))),
        Quad(club, open_, Literal("true", datatype=NamedNode(XSD + "boolean"))),
        Quad(ada, size, Literal("3", datatype=NamedNode(XSD + "integer"))),
        Quad(ada, NamedNode(SKOS + "altLabel"), Literal("Captain Marsh; the captain", language="en")),
        Quad(ada, NamedNode(SKOS + "altLabel"), Literal("A. Marsh")),
        Quad(ARTICLE, note, Literal('"quoted"\nwords', language="en"), ARTICLE),
        Quad(NamedNode("https://kg.example/fact/x"), PARTS[0], ada, ARTICLE),
        Quad(NamedNode("https://kg.example/fact/x"), PARTS[1], NamedNode(EX + "chairs"), ARTICLE),
        Quad(NamedNode("https://kg.example/fact/x"), PARTS[2], Literal('a "b"\nc', language="en"), ARTICLE),
    ]


QUADS = [quad for quad in rich() if "\x07" not in getattr(quad.object, "value", "")]
KNOWLEDGE = {quad.triple for quad in QUADS if quad.graph_name == DefaultGraph()}


@pytest.fixture
def ontology(tmp_path: Path) -> Ontology:
    return harbour_ontology(tmp_path)


@pytest.fixture(scope="module")
def example(built: Path) -> Iterable[kg.Graph]:
    with kg.open_graph(built / "outputs") as graph:
        yield graph


def as_rdflib(triples: Iterable[Triple]) -> rdflib.Graph:
    data = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data, format="nt")


# -- RDF: pyoxigraph and rdflib -----------------------------------------------------------------------


@RDFLIB_WARNS
@pytest.mark.parametrize(("format", "name"), [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")])
def test_knowledge_comes_back_in_pyoxigraph_and_rdflib(
    ontology: Ontology, tmp_path: Path, format: str, name: str
) -> None:
    (file,) = write_export(QUADS, tmp_path / f"graph.{format}", ontology)
    oxigraph = RdfFormat.from_extension(format)
    assert oxigraph is not None
    assert {quad.triple for quad in pyoxigraph.parse(path=file, format=oxigraph)} == KNOWLEDGE
    read = rdflib.Graph().parse(data=file.read_bytes(), format=name)
    assert len(read) == len(KNOWLEDGE)
    assert isomorphic(read, as_rdflib(KNOWLEDGE))


@RDFLIB_WARNS
@pytest.mark.parametrize(("format", "name"), [("trig", "trig"), ("nq", "nquads")])
def test_every_graph_comes_back_in_pyoxigraph_and_rdflib(
    ontology: Ontology, tmp_path: Path, format: str, name: str
) -> None:
    (file,) = write_export(QUADS, tmp_path / f"graph.{format}", ontology)
    oxigraph = RdfFormat.from_extension(format)
    assert oxigraph is not None
    assert set(pyoxigraph.parse(path=file, format=oxigraph)) == set(QUADS)
    read = rdflib.Dataset().parse(data=file.read_text("utf-8"), format=name)
    assert len(list(read.quads())) == len(set(QUADS))
    objects = {str(value) for _, _, value, _ in read.quads() if isinstance(value, rdflib.Literal)}
    assert set(TEXTS) <= objects
    assert rdflib.Literal("hamn Åsa – 漢字 🚢", lang="sv") in {value for _, _, value, _ in read.quads()}


def test_a_built_graph_comes_back_from_every_format_of_rdf(example: kg.Graph, tmp_path: Path) -> None:
    everything = set(example.store.quads())
    knowledge = {quad.triple for quad in everything if quad.graph_name == DefaultGraph()}
    for format in ("ttl", "nt", "rdf", "jsonld", "trig", "nq"):
        (file,) = example.export(tmp_path / f"graph.{format}")
        found = pyoxigraph.parse(path=file, format=RdfFormat.from_extension(format))
        if format in ("trig", "nq"):
            assert set(found) == everything
        else:
            assert {quad.triple for quad in found} == knowledge


# -- RDF 1.2 -------------------------------------------------------------------------------------------


def unreify(quads: Iterable[Quad]) -> set[Quad]:
    """Write triple terms as the three triples that they stand for."""
    found = set()
    for quad in quads:
        if quad.predicate == REIFIES:
            assert isinstance(quad.object, Triple)
            ends = (quad.object.subject, quad.object.predicate, quad.object.object)
            found |= {Quad(quad.subject, part, end, quad.graph_name) for part, end in zip(PARTS, ends, strict=True)}
        else:
            found.add(quad)
    return found


def test_triple_terms_of_rdf_1_2_say_what_facts_and_claims_say(ontology: Ontology, tmp_path: Path) -> None:
    (file,) = write_export(QUADS, tmp_path / "graph.trig", ontology, format="trig12")
    found = set(pyoxigraph.parse(path=file, format=RdfFormat.TRIG))
    assert unreify(found) == set(QUADS)
    assert not {quad.predicate for quad in found} & set(PARTS)
    chairs = Triple(NamedNode(ID + "ada"), NamedNode(EX + "chairs"), NamedNode(ID + "club"))
    store = pyoxigraph.Store()
    store.extend(found)
    answer = store.query(
        f"SELECT ?fact WHERE {{ ?fact <{REIFIES.value}> <<( <{ID}ada> <{EX}chairs> <{ID}club> )>> ; a ?kind }}"
    )
    assert [row["fact"].value for row in answer] == ["https://kg.example/fact/ada-chairs-club-Fact"]
    assert chairs in {quad.triple for quad in found}, "a fact stays asserted"
    qualified = Triple(NamedNode(ID + "bram"), NamedNode(EX + "chairs"), NamedNode(ID + "club"))
    assert qualified in {quad.object for quad in found}
    assert qualified not in {quad.triple for quad in found}, "a former office is not asserted"


def test_what_is_no_whole_statement_stays_as_it_is() -> None:
    node = NamedNode("urn:node")
    two = [Quad(node, part, NamedNode("urn:a")) for part in PARTS] + [Quad(node, PARTS[2], NamedNode("urn:b"))]
    part = [Quad(node, PARTS[0], NamedNode("urn:a"))]
    odd = [Quad(node, part, BlankNode("a")) for part in PARTS]
    for quads in (two, part, odd):
        assert set(reify(quads)) == set(quads)


def test_a_built_graph_comes_back_from_triple_terms(example: kg.Graph, tmp_path: Path) -> None:
    (file,) = example.export(tmp_path / "graph.trig", format="trig12")
    found = set(pyoxigraph.parse(path=file, format=RdfFormat.TRIG))
    assert unreify(found) == set(example.store.quads())
    reified = {quad.subject for quad in found if quad.predicate == REIFIES and quad.graph_name == DefaultGraph()}
    assert len(reified) >= len(example.facts())


# -- networkx and Gephi --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_entities_and_facts_come_back_in_networkx(example: kg.Graph, tmp_path: Path, format: str) -> None:
    (file,) = example.export(tmp_path / f"graph.{format}")
    wanted = example.to_networkx()
    read = (nx.read_graphml if format == "graphml" else nx.read_gexf)(file)
    assert set(read) == set(wanted)
    assert Counter((s, t, data["iri"]) for s, t, data in read.edges(data=True)) == Counter(
        list(wanted.edges(keys=True))
    )
    assert {iri: data["label"] for iri, data in read.nodes(data=True)} == dict(wanted.nodes(data="label"))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_texts_of_every_kind_come_back_in_networkx(ontology: Ontology, tmp_path: Path, format: str) -> None:
    (file,) = write_export(QUADS, tmp_path / f"graph.{format}", ontology)
    read = (nx.read_graphml if format == "graphml" else nx.read_gexf)(file)
    note = read.nodes[ID + "club"]["ex:note"]
    for text in ('say "no"', "Åsa – 漢字 🚢", "hamn say", "2019-05-02"):
        assert text in note


def test_gephi_keeps_the_edges_of_two_relations_apart(ontology: Ontology, tmp_path: Path) -> None:
    (file,) = write_export(QUADS, tmp_path / "graph.gexf", ontology)
    from xml.etree import ElementTree

    root = ElementTree.parse(file).getroot()
    names = {"g": root.tag[1:].partition("}")[0]}
    edges = root.findall(".//g:edge", names)
    assert {each.get("kind") for each in edges} >= {"chairs", "member of", "spokesperson for"}
    assert len({(each.get("source"), each.get("target"), each.get("kind")) for each in edges}) == len(edges)
    assert {each.get("id") for each in root.findall(".//g:node", names)} == set(to_networkx(QUADS, ontology))


# -- Neo4j ---------------------------------------------------------------------------------------------

FIELD = re.compile(r"(\w*):(ID|LABEL|START_ID|END_ID|TYPE|string|long|double|boolean|date)(\[\])?")
READERS = {
    "string": str,
    "long": int,
    "double": float,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


def read_neo4j(file: Path) -> list[dict[str, object]]:
    """Read a file as `neo4j-admin database import` does by default: a line a row, typed fields, arrays parted at ;."""
    lines = file.read_text("utf-8").splitlines()
    head, *rows = csv.reader(lines, strict=True)
    fields = [FIELD.fullmatch(each) for each in head]
    assert all(fields), head
    assert len(rows) == len(lines) - 1, "no field holds a line break"
    found = []
    for row in rows:
        assert len(row) == len(head)
        record: dict[str, object] = {}
        for field, value in zip(fields, row, strict=True):
            name, kind, several = field.groups()  # type: ignore[union-attr]
            if kind in READERS:
                read = READERS[kind]
                if value:
                    record[name] = [read(each) for each in value.split(";")] if several else read(value)
            else:
                record[kind] = value.split(";") if kind == "LABEL" else value
        found.append(record)
    return found


def test_neo4j_reads_entities_and_facts(ontology: Ontology, tmp_path: Path) -> None:
    files = write_export(QUADS, tmp_path / "graph.csv", ontology, format="neo4j")
    assert [file.name for file in files] == ["graph-neo4j-nodes.csv", "graph-neo4j-relationships.csv"]
    nodes, relationships = map(read_neo4j, files)
    wanted = to_networkx(QUADS, ontology)
    assert {node["ID"]: node["name"] for node in nodes} == dict(wanted.nodes(data="label"))
    assert Counter((each["START_ID"], each["END_ID"], each["iri"]) for each in relationships) == Counter(
        list(wanted.edges(keys=True))
    )
    ada = next(node for node in nodes if node["ID"] == ID + "ada")
    assert ada["LABEL"] == ["Sailor"]
    assert ada["altLabel"] == ["A. Marsh", "Captain Marsh； the captain"]
    ballot = next(node for node in nodes if node["name"] == "vote of confidence")
    assert (ballot["ayes"], ballot["noes"], ballot["outcome"]) == (95, 92, "passed")
    club = next(node for node in nodes if node["ID"] == ID + "club")
    assert club["open"] is True
    assert "Åsa – 漢字 🚢" in club["note"]  # type: ignore[operator]
    assert 'say "no"' in club["note"]  # type: ignore[operator]
    chairs = next(each for each in relationships if each["TYPE"] == "chairs")
    assert (chairs["confidence"], chairs["support"], chairs["label"]) == (0.97, [PASSAGE], "chairs")


def test_neo4j_reads_a_built_graph(example: kg.Graph, tmp_path: Path) -> None:
    nodes, relationships = map(read_neo4j, example.export(tmp_path / "graph", format="neo4j"))
    wanted = example.to_networkx()
    assert {node["ID"] for node in nodes} == set(wanted)
    assert len(relationships) == wanted.number_of_edges()
    assert {each["START_ID"] for each in relationships} <= {node["ID"] for node in nodes}
    votes = {node["name"]: (node["votesFor"], node["votesAgainst"]) for node in nodes if "votesFor" in node}
    assert votes["confidence vote: Maud Hesketh"] == (214, 187)


def test_neo4j_reads_dates_as_such_where_all_are_dates(tmp_path: Path) -> None:
    ontology = kg.load_ontology()
    thing, on = NamedNode(ID + "vote"), NamedNode(ontology.term("onDate"))
    quads = [Quad(thing, NamedNode(RDF + "type"), NamedNode(ontology.term("Vote")))]
    quads.append(Quad(thing, on, Literal("2019-05-02", datatype=NamedNode(XSD + "date"))))
    ((node,), _) = map(read_neo4j, write_export(quads, tmp_path / "a", ontology, format="neo4j"))
    assert node["onDate"] == date(2019, 5, 2)
    quads += [Quad(NamedNode(ID + "other"), each.predicate, each.object) for each in quads[:1]]
    quads.append(Quad(NamedNode(ID + "other"), on, Literal("2019", datatype=NamedNode(XSD + "gYear"))))
    nodes, _ = map(read_neo4j, write_export(quads, tmp_path / "b", ontology, format="neo4j"))
    assert {node["onDate"] for node in nodes} == {"2019", "2019-05-02"}


def test_neo4j_has_one_type_for_a_column_and_names_twice_taken_with_their_prefix(
    tmp_path: Path, ontology: Ontology
) -> None:
    quads = [*QUADS, Quad(NamedNode(ID + "bram"), NamedNode(EX + "name"), Literal("x"))]
    quads += [Quad(NamedNode(ID + "bram"), NamedNode(EX + "members"), Literal("many"))]
    nodes, _ = write_export(quads, tmp_path / "graph.csv", ontology, format="neo4j")
    head = nodes.read_text("utf-8").splitlines()[0].split(",")
    assert head[:4] == ["iri:ID", "name:string", ":LABEL", "kind:string"]
    assert "ex__name:string" in head
    assert "members:string" in head
    assert len(set(head)) == len(head)


# -- OpenRefine ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "delimiter"), [("table.csv", ","), ("table.tsv", "\t")])
def test_openrefine_reads_a_row_for_each_entity(ontology: Ontology, tmp_path: Path, name: str, delimiter: str) -> None:
    (file,) = write_export(QUADS, tmp_path / name, ontology, format="openrefine")
    table = pandas.read_csv(file, sep=delimiter, dtype=str, keep_default_na=False)
    wanted = to_networkx(QUADS, ontology)
    assert dict(zip(table["iri"], table["name"], strict=True)) == dict(wanted.nodes(data="label"))
    assert list(table.columns[:5]) == ["name", "kind", "types", "other names", "exact match"]
    ada = table[table["iri"] == ID + "ada"].iloc[0]
    assert (ada["chairs"], ada["types"], ada["kind"]) == ("Harbour Rowing Club", "sailor", "Person")
    assert ada["other names"] == "A. Marsh; Captain Marsh; the captain"
    assert ada["facts"] == str(wanted.degree(ID + "ada"))
    club = table[table["iri"] == ID + "club"].iloc[0]
    assert 'say "no"' in club["ex:note"]
    assert "two\nlines" in club["ex:note"]
    assert "Åsa – 漢字 🚢" in club["ex:note"]


def test_openrefine_reads_a_built_graph(example: kg.Graph, tmp_path: Path) -> None:
    (file,) = example.export(tmp_path / "table.tsv", format="openrefine")
    table = pandas.read_csv(file, sep="\t", dtype=str, keep_default_na=False)
    wanted = example.to_networkx()
    assert set(table["iri"]) == set(wanted)
    assert table["facts"].astype(int).sum() == 2 * wanted.number_of_edges()
    assert "member of party" in table.columns


# -- all formats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_graph_gives_the_same_files_in_any_order(ontology: Ontology, tmp_path: Path, format: str) -> None:
    first, second = (
        [file.read_bytes() for file in write_export(quads, tmp_path / name, ontology, format=format)]
        for name, quads in (("a.x", QUADS), ("b.x", QUADS[::-1]))
    )
    assert first == second


@pytest.mark.parametrize("format", ["csv", "neo4j"])
def test_of_two_files_none_is_written_when_one_cannot_be(ontology: Ontology, tmp_path: Path, format: str) -> None:
    names = [file.name for file in write_export(QUADS, tmp_path / "graph.csv", ontology, format=format)]
    folder = tmp_path / "other"
    (folder / names[1] / "in the way").mkdir(parents=True)
    with pytest.raises(StoreError, match=names[1]):
        write_export(QUADS, folder / "graph.csv", ontology, format=format)
    assert [each.name for each in folder.iterdir()] == [names[1]]


def test_neo4j_cannot_be_a_stream(ontology: Ontology) -> None:
    with pytest.raises(SettingError, match="name a file"):
        write_export(QUADS, io.BytesIO(), ontology, format="neo4j")
