import pyoxigraph
import pytest
from harbour import EX, ID, PASSAGE, entity, harbour, harbour_ontology, plain
from pyoxigraph import Literal, NamedNode, Quad

from kg.network import kind_of, to_networkx
from kg.store import DEFAULT_GRAPH, MemoryStore
from kg.vocabulary import LABEL


@pytest.fixture
def ontology(tmp_path):
    return harbour_ontology(tmp_path)


def test_entities_are_the_nodes_and_nothing_else_is(ontology):
    graph = to_networkx(harbour(), ontology)
    assert list(graph) == [ID + name for name in ("ada", "ballot", "bram", "club", "ellery")]


def test_a_node_has_label_types_kind_and_its_values_as_python_values(ontology):
    graph = to_networkx(harbour(), ontology)
    assert graph.nodes[ID + "ada"] == {"label": "Ada Marsh", "types": ["ex:Sailor"], "kind": "Person"}
    assert graph.nodes[ID + "ballot"] == {
        "label": "vote of confidence",
        "types": ["ex:Ballot"],
        "kind": "Meeting",
        "ex:ayes": 95,
        "ex:noes": 92,
        "ex:outcome": "passed",
    }


def test_several_values_of_one_attribute_become_a_sorted_list(ontology):
    quads = entity("ada", "Person", "Ada Marsh")
    quads += [Quad(NamedNode(ID + "ada"), NamedNode(EX + "nick"), Literal(name)) for name in ("Zed", "Addie")]
    assert to_networkx(quads, ontology).nodes[ID + "ada"]["ex:nick"] == ["Addie", "Zed"]


def test_a_plain_fact_is_an_edge_with_the_support_of_its_fact_node(ontology):
    graph = to_networkx(harbour(), ontology)
    assert graph.edges[ID + "ada", ID + "club", EX + "chairs"] == {
        "label": "chairs",
        "property": "ex:chairs",
        "confidence": 0.97,
        "support": [PASSAGE],
    }
    assert graph.edges[ID + "club", ID + "ellery", EX + "basedIn"]["confidence"] is None


def test_a_qualified_fact_a_claim_and_another_graph_give_no_edge(ontology):
    graph = to_networkx(harbour(), ontology)
    assert not graph.has_edge(ID + "bram", ID + "club", EX + "chairs")
    assert not graph.has_edge(ID + "ada", ID + "bram")
    assert graph.number_of_edges() == 6


def test_every_kind_of_source_in_any_order_gives_the_same_graph(ontology):
    quads = harbour()
    embedded = pyoxigraph.Store()
    embedded.extend(quads)
    store = MemoryStore()
    store.replace_graph(DEFAULT_GRAPH, [quad for quad in quads if quad.graph_name == DEFAULT_GRAPH])
    graphs = [to_networkx(source, ontology) for source in (quads, quads[::-1], embedded, store)]
    for graph in graphs[1:]:
        assert list(graph.nodes(data=True)) == list(graphs[0].nodes(data=True))
        assert list(graph.edges(keys=True, data=True)) == list(graphs[0].edges(keys=True, data=True))


def test_the_english_label_goes_before_those_of_other_languages(ontology):
    quads = entity("ada", "Person", "Ada Marsh")
    quads.append(Quad(NamedNode(ID + "ada"), NamedNode(LABEL), Literal("Ada Sumpf", language="de")))
    assert to_networkx(quads, ontology).nodes[ID + "ada"]["label"] == "Ada Marsh"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Sailor", "Person"), ("Club", "Club"), ("Agent", "Agent"), ("Ballot", "Meeting"), ("Unheard", "Unheard")],
)
def test_the_kind_is_the_broadest_class_that_is_not_too_broad(ontology, name, kind):
    assert kind_of([EX + name], ontology) == kind


def test_a_thing_without_a_class_is_a_thing(ontology):
    quads = [Quad(NamedNode(ID + "x"), NamedNode(LABEL), Literal("X")), plain("x", "criticised", "x")]
    graph = to_networkx(quads, ontology)
    assert graph.nodes[ID + "x"]["kind"] == "Thing"
    assert graph.has_edge(ID + "x", ID + "x", EX + "criticised")
