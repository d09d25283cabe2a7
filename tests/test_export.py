import csv
import io
import json
from collections import Counter

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from harbour import EX, ID, PASSAGE, entity, harbour, harbour_ontology
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat
from rdflib.compare import isomorphic

from kg.errors import SettingError, StoreError
from kg.export import FORMATS, write_export
from kg.network import to_networkx
from kg.store import MemoryStore

TRIPLES = {
    "ttl": ("turtle", RdfFormat.TURTLE),
    "nt": ("nt", RdfFormat.N_TRIPLES),
    "jsonld": ("json-ld", RdfFormat.JSON_LD),
}
QUADS = {"trig": ("trig", RdfFormat.TRIG), "nq": ("nquads", RdfFormat.N_QUADS)}


RDFLIB_WARNS = pytest.mark.filterwarnings("ignore:.*(Dataset|ConjunctiveGraph).*:DeprecationWarning")
"""rdflib calls what it deprecates."""


@pytest.fixture
def ontology(tmp_path):
    return harbour_ontology(tmp_path)


def default_graph(quads):
    return {quad.triple for quad in quads if quad.graph_name == DefaultGraph()}


def as_rdflib(triples):
    graph = rdflib.Graph()
    graph.parse(data=pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES), format="nt")
    return graph


def exported(quads, ontology, format, **options):
    stream = io.BytesIO()
    assert write_export(quads, stream, ontology, format=format, **options) == ()
    return stream.getvalue()


@RDFLIB_WARNS
@pytest.mark.parametrize("format", TRIPLES)
def test_a_format_of_triples_holds_the_default_graph(ontology, tmp_path, format):
    file = tmp_path / f"graph.{format}"
    assert write_export(harbour(), file, ontology) == (file,)
    name, oxigraph = TRIPLES[format]
    assert {quad.triple for quad in pyoxigraph.parse(path=file, format=oxigraph)} == default_graph(harbour())
    assert isomorphic(rdflib.Graph().parse(data=file.read_bytes(), format=name), as_rdflib(default_graph(harbour())))


@RDFLIB_WARNS
@pytest.mark.parametrize("format", QUADS)
def test_a_format_of_quads_holds_every_graph(ontology, tmp_path, format):
    file = tmp_path / f"graph.{format}"
    write_export(harbour(), file, ontology)
    name, oxigraph = QUADS[format]
    assert set(pyoxigraph.parse(path=file, format=oxigraph)) == set(harbour())
    assert len(list(rdflib.Dataset().parse(data=file.read_text("utf-8"), format=name).quads())) == len(harbour())


def test_rdfxml_holds_the_default_graph_but_for_characters_that_xml_forbids(ontology):
    data = exported(harbour(), ontology, "rdf")
    wanted = (
        pyoxigraph.serialize(default_graph(harbour()), format=RdfFormat.N_TRIPLES).decode().replace("\\u0007", "\ufffd")
    )
    graph = rdflib.Graph().parse(data=data, format="xml")
    assert isomorphic(graph, rdflib.Graph().parse(data=wanted.replace("\x07", "\ufffd"), format="nt"))


def test_turtle_is_grouped_by_subject_under_prefixes(ontology):
    text = exported(harbour(), ontology, "ttl").decode()
    assert "id:ada a ex:Sailor ;\n" in text
    assert "@prefix ex: <https://example.org/terms#> ." in text
    assert "@prefix sh:" not in text


def test_the_base_of_the_graph_makes_the_prefixes(ontology):
    other = NamedNode("https://news.example/kg/id/ada")
    quads = [Quad(other, NamedNode(EX + "members"), Literal(1))]
    assert "id:ada" in exported(quads, ontology, "ttl", base="https://news.example/kg/").decode()


def test_trig_without_a_shortened_iri_loses_no_triple(ontology):
    node = NamedNode("urn:x:1")
    quads = [
        Quad(node, NamedNode("urn:p:1"), Literal("a")),
        Quad(NamedNode("urn:x:2"), NamedNode("urn:p:1"), node, node),
    ]
    data = exported(quads, ontology, "trig")
    assert set(pyoxigraph.parse(data, format=RdfFormat.TRIG)) == set(quads)


def test_jsonld_shortens_no_iri_so_that_it_means_another(ontology):
    odd = [NamedNode("id:7"), NamedNode(ID + "/slashes"), NamedNode(ID)]
    quads = [Quad(node, NamedNode(EX + "members"), Literal("x", language="en-gb")) for node in odd]
    data = exported(quads, ontology, "jsonld")
    assert set(pyoxigraph.parse(data, format=RdfFormat.JSON_LD)) == set(quads)
    assert {node["@id"] for node in json.loads(data)["@graph"]} == {node.value for node in odd}


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_a_graph_format_holds_entities_and_facts_with_their_attributes(ontology, tmp_path, format):
    file = tmp_path / f"graph.{format}"
    write_export(harbour(), file, ontology)
    read = (nx.read_graphml if format == "graphml" else nx.read_gexf)(file)
    wanted = to_networkx(harbour(), ontology)
    assert set(read) == set(wanted)
    for iri, data in wanted.nodes(data=True):
        assert {**data, "types": "; ".join(data["types"])}.items() <= read.nodes[iri].items()
    found = Counter(
        (source, target, data["iri"], data.get("confidence")) for source, target, data in read.edges(data=True)
    )
    assert found == Counter((s, t, key, data["confidence"]) for s, t, key, data in wanted.edges(keys=True, data=True))
    assert any(data["support"] == PASSAGE for _, _, data in read.edges(data=True))


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_values_of_several_types_and_forbidden_characters_pass_through_xml(ontology, tmp_path, format):
    quads = entity("ada", "Person", "Ada \x07Marsh", members=3) + entity("bram", "Person", "Bram")
    quads.append(Quad(NamedNode(ID + "bram"), NamedNode(EX + "members"), Literal("many")))
    file = tmp_path / f"graph.{format}"
    write_export(quads, file, ontology)
    read = (nx.read_graphml if format == "graphml" else nx.read_gexf)(file)
    assert read.nodes[ID + "ada"]["label"] == "Ada \ufffdMarsh"
    assert [read.nodes[ID + name]["ex:members"] for name in ("ada", "bram")] == ["3", "many"]


def test_csv_is_two_files_of_nodes_and_edges(ontology, tmp_path):
    files = write_export(harbour(), tmp_path / "graph.csv", ontology)
    assert [file.name for file in files] == ["graph-nodes.csv", "graph-edges.csv"]
    nodes, edges = (list(csv.DictReader(io.StringIO(file.read_text("utf-8")))) for file in files)
    wanted = to_networkx(harbour(), ontology)
    assert {row["id"]: row["label"] for row in nodes} == dict(wanted.nodes(data="label"))
    assert next(row["ex:ayes"] for row in nodes if row["label"] == "vote of confidence") == "95"
    chairs = next(row for row in edges if row["property"] == "ex:chairs")
    assert (chairs["source_label"], chairs["label"], chairs["target_label"]) == (
        "Ada Marsh",
        "chairs",
        "Harbour Rowing Club",
    )
    assert (chairs["confidence"], chairs["support"]) == ("0.97", PASSAGE)
    assert len(edges) == wanted.number_of_edges()


@pytest.mark.parametrize("format", [each for each in FORMATS if each not in ("csv", "neo4j")])
def test_the_same_graph_gives_the_same_bytes_in_any_order_and_from_a_store(ontology, tmp_path, format):
    quads = harbour()
    store = MemoryStore()
    for graph in {quad.graph_name for quad in quads}:
        store.replace_graph(graph, [quad for quad in quads if quad.graph_name == graph])
    written = {exported(source, ontology, format) for source in (quads, quads[::-1], store)}
    assert len(written) == 1


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_graph_is_written_in_every_format(ontology, tmp_path, format):
    for file in write_export([], tmp_path / f"graph.{format}", ontology):
        assert file.exists()


def test_the_format_goes_before_the_suffix(ontology, tmp_path):
    write_export(harbour(), tmp_path / "graph.txt", ontology, format="nt")
    assert len(list(pyoxigraph.parse(path=tmp_path / "graph.txt", format=RdfFormat.N_TRIPLES))) == len(
        default_graph(harbour())
    )


@pytest.mark.parametrize("name", ["graph.xlsx", "graph"])
def test_an_unknown_suffix_is_an_error_that_lists_the_known_ones(ontology, tmp_path, name):
    with pytest.raises(SettingError, match="ttl, nt, rdf, jsonld, trig, nq, graphml, gexf, csv"):
        write_export(harbour(), tmp_path / name, ontology)


def test_a_stream_needs_a_format_and_cannot_be_two_files(ontology):
    with pytest.raises(SettingError, match="take one of"):
        write_export(harbour(), io.BytesIO(), ontology)
    with pytest.raises(SettingError, match="name a file"):
        write_export(harbour(), io.BytesIO(), ontology, format="csv")


def test_a_file_stays_as_it_was_when_writing_fails(ontology, tmp_path, monkeypatch):
    file = tmp_path / "graph.nt"
    file.write_text("before")

    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(StoreError, match=r"graph\.nt: cannot be written \(disk full\)"):
        write_export(harbour(), file, ontology)
    assert file.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir() if "graph" in each.name] == ["graph.nt"]
