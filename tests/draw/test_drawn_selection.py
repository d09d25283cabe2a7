"""What is asked for: kinds, relations, a date, claims; what is near is read without the rest."""

import pytest
from drawing import said, told
from harbour import EX, ID, entity, harbour, harbour_ontology, plain
from pyoxigraph import Literal, NamedNode, Quad

from kg.draw import draw
from kg.draw.diagram import make_diagram
from kg.draw.reading import open_reader
from kg.draw.selection import make_selection
from kg.draw.times import period_in_words
from kg.errors import SettingError
from kg.model import Qualification
from kg.network import to_networkx
from kg.store import MemoryStore

LIMITED = """
@prefix ex: <https://example.org/terms#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:chairs kg:inverseFunctional true .
ex:criticised kg:occurrence true .
ex:Meeting kg:frame [ a kg:EventNoun ; kg:lemma "meeting" ; kg:example "The [meeting] failed." ] .
ex:heldOn a owl:DatatypeProperty ; rdfs:label "held on"@en .
"""


@pytest.fixture
def ontology(tmp_path):
    return harbour_ontology(tmp_path)


@pytest.fixture
def limited(tmp_path, monkeypatch):
    monkeypatch.setattr("harbour.TERMS", __import__("harbour").TERMS + LIMITED)
    return harbour_ontology(tmp_path)


def people(*names):
    return [quad for name in names for quad in entity(name, "Person", name.capitalize())]


def picture(quads, ontology, **options):
    reader = open_reader(quads, ontology)
    return make_diagram(reader, make_selection(reader, **options))


def arrows(quads, ontology, **options):
    diagram = picture(quads, ontology, **options)
    names = {node.iri: node.label for node in diagram.nodes}
    return {(names[a.source], label, names[a.target], a.status) for a in diagram.arrows for label in a.labels}


@pytest.mark.parametrize("name", ["Person", "person", "ex:Person", f"{EX}Person", f"<{EX}Person>"])
def test_a_class_is_named_by_label_local_or_compact_name_and_those_below_it_count(ontology, name):
    assert [node.label for node in picture(harbour(), ontology, types=[name]).nodes] == ["Ada Marsh", "Bram Okafor"]


def test_a_relation_is_named_as_a_class_is_and_those_below_it_count(ontology):
    found = arrows(harbour(), ontology, relations=["member of"])
    assert {label for _, label, _, _ in found} == {"chairs", "member of"}
    assert {label for _, label, _, _ in arrows(harbour(), ontology, relations="basedIn")} == {"based in"}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"types": ["Persn"]}, 'no class of the ontologies is named "Persn"; did you mean "Person"'),
        ({"relations": ["membr of"]}, 'did you mean "member of"'),
        ({"relations": ["Person"]}, "no relation"),
        ({"types": ["xyzzyx"]}, "give one of theirs"),
        ({"at": "soon"}, "give a year, a month or a day"),
        ({"at": "2016-13"}, "is no date"),
        ({"status": ["rumoured"]}, "give claimed, denied, possible"),
        ({"form": "pie"}, "give network, matrix or timeline"),
        ({"around": "Ada\nMarsh <x>"}, "no entity is named"),
    ],
)
def test_what_means_nothing_is_an_error_that_says_what_would(ontology, options, message):
    with pytest.raises(SettingError, match=message):
        draw(harbour(), ontology, **options)


def test_the_entity_in_the_middle_is_drawn_whatever_kinds_are_asked_for(ontology):
    diagram = picture(harbour(), ontology, around="Harbour Rowing Club", types=["place"])
    assert {node.label for node in diagram.nodes} == {"Harbour Rowing Club", "Port Ellery"}


# -- claims -------------------------------------------------------------------------------------------


def test_claims_are_drawn_only_when_asked_for_with_their_speaker_and_apart_from_facts(ontology):
    quads = [*people("ada", "bram"), plain("ada", "criticised", "bram")]
    quads += said("ada", "spouse", "bram", "Claim", status="Claimed", speaker="bram")
    quads += said("ada", "parentOf", "bram", "Claim", status="Denied", speaker="ada")
    quads += said("ada", "childOf", "bram", "Claim", status="Possible")
    assert {status for *_, status in arrows(quads, ontology)} == {"asserted"}
    assert arrows(quads, ontology, status=["claimed", "denied", "possible"]) == {
        ("Ada", "criticised", "Bram", "asserted"),
        ("Ada", "claimed by Bram: spouse", "Bram", "claimed"),
        ("Ada", "denied by Ada: parent of", "Bram", "denied"),
        ("Ada", "possible: child of", "Bram", "possible"),
    }
    figure = draw(quads, ontology, status=["claimed", "denied"])
    assert "Claimed or denied, not a fact" in {text.get_text() for text in figure.axes[0].texts}


def test_a_claim_about_a_literal_or_a_class_is_no_arrow(ontology):
    quads = [*people("ada"), *said("ada", "memberOf", "ada", "Claim", status="Claimed")]
    quads = [quad for quad in quads if not quad.predicate.value.endswith("#object")]
    node = NamedNode("https://kg.example/claim/ada-memberOf-ada-1")
    quads.append(Quad(node, NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#object"), Literal("x")))
    assert not picture(quads, ontology, status=["claimed"]).arrows


# -- dates --------------------------------------------------------------------------------------------


def test_as_of_a_date_offices_are_those_of_then_with_their_years(limited):
    quads = [*people("ada", "bram", "cleo"), *entity("club", "Club", "Club")]
    quads += told("cleo", "chairs", "club", "2019-05-01")
    quads += said("ada", "chairs", "club", "QualifiedFact", qualification="Former", since="1998", until="2002")
    quads += said("bram", "chairs", "club", "QualifiedFact", qualification="Former", since="2003", until="2007")
    assert arrows(quads, limited, at="2000") == {("Ada", "chairs (1998–2002)", "Club", "asserted")}
    assert arrows(quads, limited, at="2005-06-01") == {("Bram", "chairs (2003–2007)", "Club", "asserted")}
    assert arrows(quads, limited, at="2019-05") == {("Cleo", "chairs", "Club", "asserted")}
    assert arrows(quads, limited, at="2012") == {("Cleo", "chairs", "Club", "undated")}
    assert arrows(quads, limited, at="2000", around="Ada") == {("Ada", "chairs (1998–2002)", "Club", "asserted")}
    assert arrows(quads, limited, at="2000", around="Cleo") == set()


def test_a_plain_fact_known_to_have_begun_later_is_not_drawn(limited):
    quads = [*people("ada"), *entity("club", "Club", "Club"), *told("ada", "memberOf", "club")]
    quads += said("ada", "memberOf", "club", "QualifiedFact", since="2012-03")
    assert arrows(quads, limited) == {("Ada", "member of", "Club", "asserted")}
    assert not arrows(quads, limited, at="2011")
    assert arrows(quads, limited, at="2013") == {("Ada", "member of (since March 2012)", "Club", "asserted")}


def test_a_former_office_without_dates_is_left_out_of_a_picture_of_a_date_and_counted(limited):
    quads = [*people("ada"), *entity("club", "Club", "Club")]
    quads += said("ada", "chairs", "club", "QualifiedFact", qualification="Former")
    diagram = picture(quads, limited, at="1999")
    assert not diagram.arrows
    assert diagram.caption.startswith("As of 1999. 1 former or future relation without dates left out.")
    assert arrows(quads, limited, status="former") == {("Ada", "chairs (former)", "Club", "former")}


def test_an_event_of_a_later_date_is_not_drawn(limited):
    quads = [*people("ada"), *entity("meeting", "Meeting", "the meeting"), plain("meeting", "concerns", "ada")]
    year = Literal("2015", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#gYear"))
    quads.append(Quad(NamedNode(ID + "meeting"), NamedNode(EX + "heldOn"), year))
    assert len(picture(quads, limited, at="2016").nodes) == 2
    assert [node.label for node in picture(quads, limited, at="2014").nodes] == ["Ada"]


def test_what_happened_on_a_day_is_drawn_from_then_on(limited):
    quads = [*people("ada", "bram"), *said("ada", "criticised", "bram", "QualifiedFact", since="2015-04-02")]
    assert not arrows(quads, limited, at="2015-03")
    assert arrows(quads, limited, at="2018") == {("Ada", "criticised (2 April 2015)", "Bram", "asserted")}


def test_of_the_same_office_with_and_without_dates_the_dates_are_shown(ontology):
    quads = [*people("ada"), *entity("club", "Club", "Club")]
    quads += said("ada", "chairs", "club", "QualifiedFact", qualification="Former")
    quads += said(
        "ada", "chairs", "club", "QualifiedFact", name="2", qualification="Former", since="1998", until="2002"
    )
    assert arrows(quads, ontology, status="former") == {("Ada", "chairs (1998–2002)", "Club", "former")}


@pytest.mark.parametrize(
    ("qualification", "words"),
    [
        (Qualification("Former"), "former"),
        (Qualification("Former", None, "2014"), "until 2014"),
        (Qualification("Former", "1997"), "former, from 1997"),
        (Qualification(None, "2009"), "since 2009"),
        (Qualification("Future", "2021-01-20"), "future, from 20 Jan 2021"),
        (Qualification(None, "2009", "2009"), "2009"),
        (Qualification(), ""),
    ],
)
def test_periods_are_written_as_newspapers_do(qualification, words):
    assert period_in_words(qualification) == words


# -- what is kept -------------------------------------------------------------------------------------


def test_what_more_articles_support_is_kept_first(ontology):
    quads = [*people("ada", "bram", "cleo", "dora"), *told("ada", "criticised", "bram", "a1")]
    quads += [*told("ada", "criticised", "cleo", "a1", "a2", "a3"), *told("ada", "criticised", "dora", "a1", "a2")]
    around = picture(quads, ontology, around="Ada", limit=3)
    assert {node.label for node in around.nodes} == {"Ada", "Cleo", "Dora"}
    assert around.caption == "The 3 nearest and best supported of 4 entities within 1 step of Ada."
    assert {node.label for node in picture(quads, ontology, limit=2).nodes} == {"Ada", "Cleo"}


def test_one_relation_to_one_thing_does_not_fill_the_picture(ontology):
    quads = [*entity("club", "Club", "Club"), *people(*(f"m{n:02}" for n in range(12)), "zed", "yan")]
    quads += [plain(f"m{n:02}", "memberOf", "club") for n in range(12)]
    quads += [plain("zed", "criticised", "club"), plain("zed", "spouse", "yan")]
    labels = {node.label for node in picture(quads, ontology, limit=5).nodes}
    assert {"Club", "Zed", "Yan"} <= labels


def test_around_an_entity_the_rest_of_a_store_is_not_read(ontology):
    class Counting(MemoryStore):
        asked = 0

        def quads(self, subject=None, predicate=None, object=None, *, graph=None):
            for quad in super().quads(subject, predicate, object, graph=graph):
                self.asked += 1
                yield quad

    store = Counting()
    quads = [*people(*(f"p{n:03}" for n in range(300)))]
    for n in range(299):
        quads += told(f"p{n:03}", "criticised", f"p{n + 1:03}", "a1")
    store.replace_graph(quads[0].graph_name, quads)
    reader = open_reader(store, ontology)
    selection = make_selection(reader, around=ID + "p150")
    store.asked = 0
    assert len(make_diagram(reader, selection).nodes) == 3
    assert store.asked < 200


def test_a_ring_for_which_there_is_no_room_is_not_read_and_the_caption_says_so(ontology):
    quads = [*people("ada", *(f"b{n}" for n in range(6)), *(f"c{n}" for n in range(6)))]
    quads += [plain("ada", "criticised", f"b{n}") for n in range(6)]
    quads += [plain(f"b{n}", "criticised", f"c{n}") for n in range(6)]
    caption = picture(quads, ontology, around="Ada", hops=2, limit=4).caption
    assert caption == "The 4 nearest and best supported of more than 7 entities within 2 steps of Ada."


def test_relations_read_near_an_entity_are_those_of_the_whole(ontology):
    quads = [*harbour(), *told("bram", "criticised", "ada", "2019-01-02")]
    whole = open_reader(quads, ontology).relations()
    reader = open_reader(quads, ontology)
    for name in ("ada", "bram", "club", "ellery", "ballot"):
        iri = ID + name
        assert reader.relations_of(iri) == [each for each in whole if iri in (each.source, each.target)]
    some = {ID + "ada", ID + "club"}
    assert reader.relations_among(some) == [each for each in whole if {each.source, each.target} <= some]
    plain_ones = {(each.source, each.predicate, each.target) for each in whole if each.plain}
    assert plain_ones == {(a, key, b) for a, b, key in to_networkx(quads, ontology).edges(keys=True)}
