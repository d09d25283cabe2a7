"""Nothing lies on anything else: measured in the rendered figure, not in the plan of it."""

from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import pytest
from drawing import arrows_of, blocks_of, crosses, grid, hub, long_names, markers_of, overlapping, said, scripts
from harbour import entity, harbour, harbour_ontology, plain
from PIL import Image
from pyoxigraph import Quad, parse

from kg.draw import draw
from kg.draw.diagram import make_diagram
from kg.draw.reading import open_reader
from kg.draw.selection import make_selection
from kg.draw.sheet import wrap_relations
from kg.ontology import load_ontology


@pytest.fixture
def ontology(tmp_path):
    return harbour_ontology(tmp_path)


def claims():
    """A club that two people quarrel about: facts, claims, denials and former offices between the same few."""
    quads = [*entity("ada", "Person", "Ada Marsh"), *entity("bram", "Person", "Bram Okafor")]
    quads += [*entity("club", "Club", "Harbour Rowing Club"), *entity("ellery", "Place", "Port Ellery")]
    quads += [plain("ada", "chairs", "club"), plain("club", "basedIn", "ellery")]
    quads += said("bram", "chairs", "club", "Claim", status="Claimed", speaker="bram")
    quads += said("bram", "chairs", "club", "Claim", name="2", status="Denied", speaker="ada")
    quads += said("ada", "criticised", "bram", "Claim", status="Possible")
    quads += said("bram", "criticised", "ada", "Claim", status="Claimed", speaker="ada")
    return quads + said("bram", "memberOf", "club", "QualifiedFact", qualification="Former", since="2001", until="2007")


def built():
    """The graph of the articles that the tests read, as it is kept in the repository."""
    return [Quad(*triple) for triple in parse(path=Path(__file__).parents[2] / "outputs" / "graph.ttl")]


GRAPHS = {
    "small": harbour(),
    "hub of 40": hub(),
    "grid": grid(),
    "long names": long_names(),
    "scripts": scripts(),
    "claims": claims(),
}


@pytest.mark.parametrize("quads", GRAPHS.values(), ids=GRAPHS)
def test_no_words_lie_on_other_words_or_on_markers_or_under_the_line_of_another(ontology, quads):
    figure = draw(quads, ontology, status=("claimed", "denied", "possible", "former"), title="Harbour")
    words, markers = blocks_of(figure), markers_of(figure)
    assert [(a[1], b[1]) for a, b in combinations(words, 2) if overlapping(words[a], words[b], 0.8)] == []
    assert [a[1] for a in words for marker in markers if overlapping(words[a], marker, 0.8)] == []
    assert [1 for one, other in combinations(markers, 2) if overlapping(one, other)] == []


@pytest.mark.parametrize("name", GRAPHS)
def test_no_line_runs_through_a_marker_or_under_words_that_are_not_its_own(ontology, name):
    status = ("claimed", "denied", "possible", "former")
    figure = draw(GRAPHS[name], ontology, status=status)
    words, markers = blocks_of(figure), markers_of(figure)
    reader = open_reader(GRAPHS[name], ontology)
    arrows = make_diagram(reader, make_selection(reader, status=status)).arrows
    lines = arrows_of(figure)
    assert len(lines) == len(arrows)
    for arrow, line in zip(arrows, lines, strict=True):
        assert not any(crosses(line, marker, 1.0) for marker in markers)
        assert {text for (_, text), block in words.items() if crosses(line, block, 1.5)} <= set(wrap_relations(arrow))


@pytest.mark.parametrize("status", [(), ("claimed", "denied", "possible")], ids=["facts", "claims"])
def test_nothing_overlaps_in_the_picture_of_the_built_graph(status):
    quads, ontology = built(), load_ontology()
    figure = draw(quads, ontology, status=status)
    words, markers = blocks_of(figure), markers_of(figure)
    assert 30 <= len(markers) <= 50
    assert [(a[1], b[1]) for a, b in combinations(words, 2) if overlapping(words[a], words[b], 0.8)] == []
    assert [a[1] for a in words for marker in markers if overlapping(words[a], marker, 0.8)] == []
    reader = open_reader(quads, ontology)
    arrows = make_diagram(reader, make_selection(reader, status=status)).arrows
    for arrow, line in zip(arrows, arrows_of(figure), strict=True):
        assert not any(crosses(line, marker, 1.0) for marker in markers)
        assert {text for (_, text), block in words.items() if crosses(line, block, 1.5)} <= set(wrap_relations(arrow))


@pytest.mark.parametrize("form", ["matrix", "timeline"])
def test_no_words_of_a_matrix_or_a_timeline_lie_on_others(ontology, form):
    quads = [*hub(), *claims()]
    for number in range(12):
        quads += said(
            f"p{number:02}", "chairs", "hub", "QualifiedFact", since=f"{1990 + number}", until=f"{1992 + number}"
        )
    figure = draw(quads, ontology, form=form, status="claimed")
    words, markers = blocks_of(figure), markers_of(figure)
    assert len(words) > 20
    assert [(a[1], b[1]) for a, b in combinations(words, 2) if overlapping(words[a], words[b], 0.8)] == []
    assert [a[1] for a in words for marker in markers if overlapping(words[a], marker, 0.8)] == []


@pytest.mark.parametrize("form", ["network", "matrix", "timeline"])
def test_whatever_is_drawn_stays_on_the_page(ontology, form):
    figure = draw([*hub(), *claims()], ontology, form=form, title="A title that is long enough for two lines " * 3)
    page = figure.bbox
    for left, bottom, right, top in blocks_of(figure).values():
        assert page.x0 <= left < right <= page.x1
        assert page.y0 <= bottom < top <= page.y1


def test_letters_that_no_font_has_leave_no_empty_box_and_no_warning(ontology, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.draw.words._installed", tuple)
    for cached in ("families", "_had"):
        getattr(__import__("kg.draw.words", fromlist=["x"]), cached).cache_clear()
    figure = draw(scripts(), ontology, output=tmp_path / "graph.svg")
    texts = {text.get_text() for text in figure.axes[0].texts}
    assert {"Łódź", "Ελλάδα", "Москва", "Ferry", "seoul", "n05", "n08", "n09"} <= texts
    assert not any("…" in text for text in texts)
    assert not any("\u4e00" <= char <= "\ud7ff" for text in texts for char in text)
    assert "北京" in (tmp_path / "graph.svg").read_text(encoding="utf-8")


def test_a_picture_can_be_read_in_grey(ontology, tmp_path):
    """Each kind has its own shape, and markers stand out from paper and ink."""
    quads = [
        quad
        for number, kind in enumerate(["Person", "Club", "Place", "Meeting"])
        for quad in entity(f"e{number}", kind, kind)
    ]
    draw([*quads, *(plain(f"e{n}", "basedIn", "e2") for n in (0, 1, 3))], ontology, output=tmp_path / "graph.png")
    grey = Image.open(tmp_path / "graph.png").convert("L")
    dark = sum(grey.histogram()[:230])
    assert dark > 0.005 * grey.width * grey.height


def test_pictures_do_not_depend_on_the_settings_of_the_caller(ontology, tmp_path):
    draw(harbour(), ontology, output=tmp_path / "one.svg")
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "none", "lines.linewidth": 9}):
        draw(harbour(), ontology, output=tmp_path / "other.svg")
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "other.svg").read_bytes()
