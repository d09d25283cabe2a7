import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import pairwise

import matplotlib.pyplot as plt
import networkx as nx
import pytest
from harbour import ID, entity, harbour, harbour_ontology, plain
from matplotlib.colors import to_rgb
from pyoxigraph import Literal, NamedNode, Quad

from kg.draw import draw, layout
from kg.draw.diagram import make_diagram
from kg.draw.reading import open_reader
from kg.draw.selection import find_entity, make_selection
from kg.draw.sheet import make_sheet
from kg.draw.styles import COLOURS, styles_of
from kg.draw.words import measure, wrap
from kg.errors import SettingError
from kg.network import to_networkx

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ontology(tmp_path):
    return harbour_ontology(tmp_path)


def star(leaves):
    quads = entity("hub", "Club", "Harbour Rowing Club")
    for number in range(leaves):
        quads += [*entity(f"p{number:02}", "Person", f"Rower {number:02}"), plain(f"p{number:02}", "memberOf", "hub")]
    return quads


def chain(length):
    quads = [quad for n in range(length) for quad in entity(f"p{n:02}", "Person", f"Rower Number {n:02}")]
    return quads + [plain(f"p{n:02}", "criticised", f"p{n + 1:02}") for n in range(length - 1)]


def pairs(number):
    quads = []
    for n in range(number):
        quads += entity(f"a{n:02}", "Person", f"Ada {n:02}") + entity(f"b{n:02}", "Person", f"Bram {n:02}")
        quads += [plain(f"a{n:02}", "spouse", f"b{n:02}"), plain(f"b{n:02}", "spouse", f"a{n:02}")]
    return quads


def diagram_of(quads, ontology, **options):
    reader = open_reader(quads, ontology)
    return make_diagram(reader, make_selection(reader, **options))


def words_of(figure):
    return {text.get_text() for ax in figure.axes for text in ax.texts}


def overlaps(one, other, gap=0.0):
    return one[0] < other[2] - gap and other[0] < one[2] - gap and one[1] < other[3] - gap and other[1] < one[3] - gap


def test_parallel_relations_share_an_arrow_and_what_another_implies_is_left_out(ontology):
    arrows = diagram_of(harbour(), ontology).arrows
    between = {(arrow.source, arrow.target): arrow.labels for arrow in arrows}
    assert between[ID + "ada", ID + "club"] == ("chairs", "spokesperson for")
    assert len(arrows) == 4


def test_a_relation_that_goes_both_ways_is_one_line_without_heads(ontology):
    (arrow,) = diagram_of(pairs(1), ontology).arrows
    assert arrow.labels == ("spouse",)
    assert not arrow.heads


def test_a_relation_and_its_inverse_are_drawn_once(ontology):
    quads = entity("a", "Person", "Ada") + entity("b", "Person", "Bram")
    arrows = diagram_of([*quads, plain("a", "parentOf", "b"), plain("b", "childOf", "a")], ontology).arrows
    assert len(arrows) == 1
    assert arrows[0].heads


def test_a_vote_shows_its_result_and_a_club_its_number(ontology):
    notes = {node.label: node.note for node in diagram_of(harbour(), ontology).nodes}
    assert notes["vote of confidence"] == "95–92, passed"
    assert notes["Harbour Rowing Club"] == "members: 1,200"
    assert notes["Ada Marsh"] == ""


def test_numbers_that_differ_are_shown_side_by_side(ontology):
    quads = entity("club", "Club", "Club", members=300) + entity("club", "Club", "Club", members=1000)
    assert [node.note for node in diagram_of(quads, ontology).nodes] == ["members: 300 / 1,000"]


def test_at_most_limit_entities_are_kept_and_the_rest_is_counted(ontology):
    diagram = diagram_of(star(12), ontology, limit=5)
    assert [node.label for node in diagram.nodes] == ["Harbour Rowing Club", *(f"Rower {n:02}" for n in range(4))]
    assert diagram.caption == "The 5 most closely linked of 13 connected entities."
    assert not diagram_of(star(12), ontology, limit=13).caption


def test_nobody_is_kept_without_the_neighbour_that_made_it_worth_keeping(ontology):
    diagram = diagram_of(pairs(6), ontology, limit=5)
    assert len(diagram.nodes) == 4
    assert len(diagram.arrows) == 2


def test_entities_without_relations_are_counted_not_drawn_unless_there_are_no_others(ontology):
    alone = entity("zed", "Person", "Zed")
    assert diagram_of([*pairs(1), *alone], ontology).caption == "Not shown: 1 entity without relations."
    assert [node.label for node in diagram_of(alone, ontology).nodes] == ["Zed"]


def test_around_an_entity_only_what_is_near_is_drawn(ontology):
    middle = diagram_of(chain(9), ontology, around="rower number 04")
    assert [node.iri for node in middle.nodes] == [f"{ID}p{n:02}" for n in (3, 4, 5)]
    assert len(diagram_of(chain(9), ontology, around=ID + "p04", hops=2).nodes) == 5
    assert {node.label for node in diagram_of(star(9), ontology, around="Rower 05", hops=2, limit=2).nodes} == {
        "Rower 05",
        "Harbour Rowing Club",
    }


def test_an_entity_is_found_by_another_name_and_an_unknown_or_shared_one_is_an_error(ontology):
    quads = [*pairs(1), *entity("c", "Person", "Ada 00")]
    alternative = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    quads.append(Quad(NamedNode(ID + "b00"), alternative, Literal("Bramble")))
    for source in (quads, to_networkx(quads, ontology)):
        reader = open_reader(source, ontology)
        assert find_entity(reader, "bramble") == find_entity(reader, "id:b00") == ID + "b00"
        with pytest.raises(SettingError, match=f"name of {ID}a00, {ID}c"):
            find_entity(reader, "Ada 00")
        with pytest.raises(SettingError, match='did you mean "Bram 00"'):
            find_entity(reader, "Brem 00")


@pytest.mark.parametrize("engine", ["graphviz", "kamada-kawai"])
@pytest.mark.parametrize("quads", [harbour(), star(20), chain(20), pairs(7)], ids=["small", "star", "chain", "pairs"])
def test_no_entity_covers_another_whatever_lays_them_out(ontology, monkeypatch, engine, quads):
    if engine == "kamada-kawai":
        monkeypatch.setitem(sys.modules, "pygraphviz", None)
    sheet = make_sheet(diagram_of(quads, ontology))
    blocks = [box.around for box in sheet.boxes.values()]
    assert not [1 for i, one in enumerate(blocks) for other in blocks[:i] if overlaps(one, other, gap=1.0)]


@pytest.mark.parametrize("quads", [harbour(), chain(12), pairs(4)], ids=["small", "chain", "pairs"])
def test_words_on_arrows_stand_clear_of_entities(ontology, quads):
    sheet = make_sheet(diagram_of(quads, ontology))
    for lines, (x, y) in zip(sheet.words, sheet.places, strict=True):
        width, height = measure(lines, 7.5)
        block = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        assert not any(overlaps(block, box.words) for box in sheet.boxes.values())


def test_two_arrows_between_the_same_two_bend_apart(ontology):
    quads = entity("a", "Person", "Ada") + entity("b", "Person", "Bram")
    sheet = make_sheet(diagram_of([*quads, plain("a", "criticised", "b"), plain("b", "chairs", "a")], ontology))
    one, other = (route.points()[48] for route in sheet.routes)
    assert abs(one - other).max() > 15


def test_kamada_kawai_takes_over_when_graphviz_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    positions = layout.lay_out(dict.fromkeys("abc", (40.0, 30.0)), {("a", "b"): (30.0, 9.0), ("b", "c"): (30.0, 9.0)})
    assert set(positions) == set("abc")
    assert len(set(positions.values())) == 3


def test_each_kind_has_its_own_colour_and_shape_the_same_in_every_picture(ontology):
    one = styles_of({"Person", "Club", "Place"}, ontology)
    other = styles_of({"Person", "Meeting"}, ontology)
    assert one["Person"] == other["Person"]
    assert one["Person"].shape == "o"
    assert len({style.colour for style in one.values()}) == len({style.shape for style in one.values()}) == 3
    many = styles_of({f"Kind{n:02}" for n in range(40)}, ontology)
    assert len(set(many.values())) == 40


def test_neighbouring_colours_differ_in_grey():
    def lightness(colour):
        red, green, blue = to_rgb(colour)
        return 0.299 * red + 0.587 * green + 0.114 * blue

    first = [lightness(colour) for colour in COLOURS[:3]]
    assert all(abs(one - other) > 0.05 for one, other in pairwise(first))


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_a_picture_is_the_same_bytes_for_the_same_graph(ontology, tmp_path, suffix):
    files = [tmp_path / f"{name}.{suffix}" for name in ("one", "other")]
    draw(harbour(), ontology, output=files[0])
    draw(harbour()[::-1], ontology, output=files[1])
    data = files[0].read_bytes()
    assert data == files[1].read_bytes()
    assert data.lstrip()[:5] in (b"<?xml", b"\x89PNG\r", b"%PDF-")


def test_an_svg_has_a_title_and_a_description_and_no_outside_font(ontology, tmp_path):
    file = tmp_path / "graph.svg"
    draw(harbour(), ontology, output=file, title="Who rows & who chairs")
    root = ET.parse(file).getroot()
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == "Who rows & who chairs"
    told = root.find(f"{SVG}desc").text
    assert "Ada Marsh – chairs – Harbour Rowing Club" in told
    assert "vote of confidence: 95–92, passed" in told
    assert "never" not in told
    assert not root.findall(f".//{SVG}text")


def test_a_pdf_embeds_its_font(ontology, tmp_path):
    draw(harbour(), ontology, output=tmp_path / "graph.pdf")
    assert b"/FontFile2" in (tmp_path / "graph.pdf").read_bytes()


def test_the_picture_has_labels_legend_and_caption_and_nothing_is_cut(ontology):
    figure = draw([*harbour(), *entity("zed", "Person", "Zed")], ontology, title="Harbour")
    assert {"Ada Marsh", "Harbour", "Person", "95–92, passed"} < words_of(figure)
    assert "Not shown: 1 entity without relations." in words_of(figure)
    page = figure.bbox
    for text in figure.axes[0].texts:
        block = text.get_window_extent()
        assert page.x0 <= block.x0
        assert block.x1 <= page.x1
        assert page.y0 <= block.y0
        assert block.y1 <= page.y1


def test_an_empty_graph_gives_a_picture_that_says_so(ontology, tmp_path):
    figure = draw([], ontology, output=tmp_path / "graph.svg")
    assert "Nothing to draw: the graph has no entities." in words_of(figure)
    assert (tmp_path / "graph.svg").stat().st_size > 0


def test_a_diagram_can_go_into_axes_of_the_caller(ontology):
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 6))
    try:
        assert draw(harbour(), ontology, ax=left) is figure
        assert "Ada Marsh" in {text.get_text() for text in left.texts}
        assert not right.texts
    finally:
        plt.close(figure)


def test_a_graph_of_to_networkx_is_drawn_as_its_store_is(ontology):
    graph = to_networkx(harbour(), ontology)
    assert isinstance(graph, nx.MultiDiGraph)
    assert words_of(draw(graph, ontology)) == words_of(draw(harbour(), ontology))


def test_names_of_any_length_script_and_sign_are_drawn(ontology, tmp_path):
    quads = [
        *entity("a", "Club", "Working Group on the Regulation of Inshore Fisheries and of " + "Harbours " * 30),
        *entity("b", "Person", "$Wolfe$ \x07 <& Łódź Ελλάδα 北京"),
        *entity("c", "Place", "L" + "lan" * 30),
        plain("a", "basedIn", "c"),
        plain("b", "chairs", "a"),
        plain("b", "criticised", "b"),
    ]
    draw(quads, ontology, output=tmp_path / "graph.svg")
    assert "$Wolfe$ <& Łódź" in ET.parse(tmp_path / "graph.svg").getroot().find(f"{SVG}desc").text


def test_long_labels_break_into_lines_of_like_length_and_end_in_dots():
    assert wrap("Institute for Tidal Studies", 20, 4) == ["Institute for", "Tidal Studies"]
    assert wrap("word " * 60, 20, 4)[-1].endswith("…")
    assert len(wrap("word " * 60, 20, 4)) == 4


@pytest.mark.parametrize("name", ["graph", "graph.gif"])
def test_another_suffix_is_an_error_that_lists_the_known_ones(ontology, tmp_path, name):
    with pytest.raises(SettingError, match=r"\.svg, \.png, \.pdf, \.html"):
        draw(harbour(), ontology, output=tmp_path / name)
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("options", [{"limit": 0}, {"hops": 0}])
def test_a_number_out_of_range_is_an_error(ontology, options):
    with pytest.raises(SettingError, match="give 1 or more"):
        draw(harbour(), ontology, **options)


def test_importing_it_does_not_import_matplotlib():
    code = "import sys, kg.draw, kg.export; sys.exit('matplotlib' in sys.modules or 'networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_largest_group_is_kept_together_and_pairs_are_left_out_beside_it(ontology):
    quads = [*star(6), *pairs(3)]
    labels = [node.label for node in diagram_of(quads, ontology, limit=10).nodes]
    assert len(labels) == 7
    assert "Harbour Rowing Club" in labels
