"""A diagram as a matrix, as a timeline, and as a page to explore."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import matplotlib.pyplot as plt
import pytest
from drawing import hub, said, told
from harbour import EX, ID, entity, harbour, harbour_ontology, plain
from pyoxigraph import Literal, NamedNode, Quad

from kg.draw import draw
from kg.draw.diagram import make_diagram
from kg.draw.matrix import letters_of, order_matrix, sketch_matrix
from kg.draw.paint_timeline import NOTHING, sketch_timeline
from kg.draw.reading import open_reader
from kg.draw.selection import make_selection
from kg.draw.timeline import make_timeline
from kg.errors import SettingError

DATES = """
@prefix ex: <https://example.org/terms#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:criticised kg:occurrence true .
ex:Meeting kg:frame [ a kg:EventNoun ; kg:lemma "meeting" ; kg:example "The [meeting] failed." ] .
ex:heldOn a owl:DatatypeProperty ; rdfs:label "held on"@en .
ex:born a owl:DatatypeProperty ; rdfs:label "born"@en .
"""


@pytest.fixture
def ontology(tmp_path, monkeypatch):
    monkeypatch.setattr("harbour.TERMS", __import__("harbour").TERMS + DATES)
    return harbour_ontology(tmp_path)


def dated(name, relation, text):
    kind = {4: "gYear", 7: "gYearMonth", 10: "date"}[len(text)]
    value = Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))
    return Quad(NamedNode(ID + name), NamedNode(EX + relation), value)


def career():
    """A career: offices with and without an end, a quarrel, a birth, a meeting, a claim."""
    quads = [*entity("ada", "Person", "Ada Marsh"), *entity("bram", "Person", "Bram Okafor")]
    quads += [*entity("club", "Club", "Club"), *entity("meeting", "Meeting", "the meeting")]
    quads += [
        dated("ada", "born", "1950-03-02"),
        dated("meeting", "heldOn", "2003-06"),
        plain("meeting", "concerns", "ada"),
    ]
    quads += said("ada", "chairs", "club", "QualifiedFact", qualification="Former", since="1998", until="2002")
    quads += said("ada", "memberOf", "club", "QualifiedFact", since="1990")
    quads += said("bram", "memberOf", "club", "QualifiedFact", qualification="Former", until="1999")
    quads += said("bram", "criticised", "ada", "QualifiedFact", since="2001-05-04")
    quads += said("bram", "chairs", "club", "Claim", status="Claimed", speaker="ada", since="2005")
    return quads + told("ada", "basedIn", "club", "2019-01-01")


def timeline(ontology, quads=None, **options):
    reader = open_reader(career() if quads is None else quads, ontology)
    return make_timeline(reader, make_selection(reader, **options))


def items(found):
    return {(lane.label, item.words, item.when, item.point) for lane in found.lanes for item in lane.items}


# -- timeline -----------------------------------------------------------------------------------------


def test_events_are_points_and_offices_bars_each_in_the_lane_of_its_entity(ontology):
    assert items(timeline(ontology)) == {
        ("Ada Marsh", "born", "2 March 1950", True),
        ("Ada Marsh", "member of Club", "since 1990", False),
        ("Ada Marsh", "chairs Club", "1998–2002", False),
        ("Ada Marsh", "the meeting", "June 2003", True),
        ("Bram Okafor", "member of Club", "until 1999", False),
        ("Bram Okafor", "criticised Ada Marsh", "4 May 2001", True),
    }
    assert timeline(ontology).summary == "Timeline of 6 dates and periods"
    assert "Ada Marsh: chairs Club, 1998–2002." in timeline(ontology).description


def test_a_timeline_around_an_entity_has_what_is_dated_of_it(ontology):
    assert {lane for lane, *_ in items(timeline(ontology, around="Bram Okafor"))} == {"Bram Okafor"}
    assert ("Bram Okafor", "criticised Ada Marsh", "4 May 2001", True) in items(timeline(ontology, around="Ada Marsh"))


def test_claims_stand_in_a_timeline_only_when_asked_for(ontology):
    (claim,) = items(timeline(ontology, status=["claimed"])) - items(timeline(ontology))
    assert claim == ("Bram Okafor", "claimed by Ada Marsh: chairs Club", "since 2005", False)


def test_what_there_is_no_room_for_in_a_timeline_is_counted(ontology):
    found = timeline(ontology, limit=4)
    assert len(items(found)) == 4
    assert found.caption == "Not shown: 2 dates and periods."


def test_a_bar_without_an_end_reaches_no_farther_than_articles_tell(ontology):
    quads = [*entity("ada", "Person", "Ada"), *entity("club", "Club", "Club")]
    quads += said("ada", "chairs", "club", "QualifiedFact", since="2001")
    article = NamedNode("https://kg.example/article/2010-02-03")
    node = NamedNode("https://kg.example/qualifiedfact/ada-chairs-club-1")
    quads.append(Quad(node, NamedNode("https://kg.example/ontology/core#statedIn"), article))
    day = Literal("2010-02-03", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date"))
    quads.append(Quad(article, NamedNode("https://schema.org/datePublished"), day, article))
    quads += [*entity("meeting", "Meeting", "the meeting"), dated("meeting", "heldOn", "2019")]
    sketch = sketch_timeline(timeline(ontology, quads))
    (bar,) = sketch.patches
    at = {word.text: word.x for word in sketch.words}
    assert at["2008"] < bar.right < at["2012"]
    assert len(sketch.tips) == 1


def test_nothing_dated_gives_a_picture_that_says_so(ontology):
    figure = draw(entity("ada", "Person", "Ada"), ontology, form="timeline")
    assert NOTHING in {text.get_text() for text in figure.axes[0].texts}


@pytest.mark.parametrize("years", [("2019-01-02", "2019-01-03"), ("0001", "2020"), ("1999", "1999"), ("1850", "9999")])
def test_an_axis_has_few_ticks_whatever_the_dates_are(ontology, years):
    quads = [quad for n, _ in enumerate(years) for quad in entity(f"m{n}", "Meeting", f"meeting {n}")]
    quads += [dated(f"m{n}", "heldOn", year) for n, year in enumerate(years)]
    sketch = sketch_timeline(timeline(ontology, quads))
    ticks = {word.text for word in sketch.words if re.search(r"\d{4}$|^\d+$", word.text)}
    assert 2 <= len(ticks) <= 14


# -- matrix -------------------------------------------------------------------------------------------


def test_each_relation_has_a_letter_and_a_cell_all_letters_of_its_two(ontology):
    reader = open_reader(harbour(), ontology)
    diagram = make_diagram(reader, make_selection(reader))
    letters = letters_of(diagram)
    assert len(set(letters.values())) == len(letters) == 5
    texts = {word.text for word in sketch_matrix(diagram, letters).words}
    assert "".join(sorted([letters[EX + "chairs"], letters[EX + "speaksFor"]])) in texts
    figure = draw(harbour(), ontology, form="matrix")
    assert {"chairs", "spokesperson for", "Ada Marsh"} <= {text.get_text() for text in figure.axes[0].texts}


def test_related_rows_and_columns_stand_together():
    names = {each: (each, each, each) for each in "abcdwxyz"}
    rows, columns = order_matrix([("a", "x"), ("b", "w"), ("c", "x"), ("d", "w")], names)
    assert abs(rows.index("a") - rows.index("c")) == abs(rows.index("b") - rows.index("d")) == 1
    assert set(columns) == {"w", "x"}


@pytest.mark.parametrize("form", ["network", "matrix", "timeline"])
def test_every_form_goes_into_axes_of_the_caller_and_is_the_same_bytes_twice(ontology, tmp_path, form):
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 6))
    try:
        assert draw([*hub(12), *career()], ontology, ax=left, form=form, title="Left") is figure
        assert "Left" in {text.get_text() for text in left.texts}
        assert not right.texts
        figure.canvas.draw()
        box = left.get_window_extent()
        assert all(box.x0 - 60 < text.get_window_extent().x0 for text in left.texts)
    finally:
        plt.close(figure)
    for suffix in ("svg", "png", "pdf"):
        files = [tmp_path / f"{name}.{suffix}" for name in ("one", "other")]
        draw(career(), ontology, output=files[0], form=form)
        draw(career()[::-1], ontology, output=files[1], form=form)
        assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.parametrize("form", ["network", "matrix", "timeline"])
def test_every_form_tells_itself_in_words_and_needs_no_font_of_the_reader(ontology, tmp_path, form):
    draw(career(), ontology, output=tmp_path / "graph.svg", form=form)
    text = (tmp_path / "graph.svg").read_text(encoding="utf-8")
    assert 'role="img" aria-labelledby="kg-title kg-description"' in text
    assert "Ada Marsh" in re.search(r"<desc[^>]*>(.*?)</desc>", text, re.S)[1]
    assert "<text" not in text
    assert 'href="http' not in text


# -- page ---------------------------------------------------------------------------------------------

SCRIPT = 'window.drawn = "</script><!--";'


class Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.data, self.inside = [], {}, None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.inside = dict(attrs).get("id") or tag

    def handle_data(self, data):
        self.data[self.inside] = self.data.get(self.inside, "") + data


@pytest.fixture(autouse=True)
def static(tmp_path_factory, monkeypatch):
    """Give the script of pages as a build of the front end leaves it."""
    folder = tmp_path_factory.mktemp("static")
    (folder / "digest.txt").write_text("1\n")
    (folder / "manifest.json").write_text(json.dumps({"src/diagram.ts": {"file": "diagram.js"}}))
    (folder / "diagram.js").write_text(SCRIPT)
    monkeypatch.setattr("kg.assets.STATIC", folder)
    return folder


def page(tmp_path, quads, ontology, **options):
    draw(quads, ontology, output=tmp_path / "graph.html", **options)
    text = (tmp_path / "graph.html").read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(text)
    return text, reader


def test_a_page_holds_data_script_and_picture_and_fetches_nothing(ontology, tmp_path):
    text, read = page(
        tmp_path, [*harbour(), *said("bram", "chairs", "club", "Claim", status="Denied")], ontology, status="denied"
    )
    data = json.loads(read.data["diagram-data"])
    assert {node["label"] for node in data["nodes"]} >= {"Ada Marsh", "Port Ellery"}
    assert {edge["status"] for edge in data["edges"]} == {"asserted", "denied"}
    assert {edge["id"] for edge in data["edges"]} == {f"e{n}" for n in range(len(data["edges"]))}
    assert {kind["kind"] for kind in data["kinds"]} == {node["kind"] for node in data["nodes"]}
    assert {"relations", "hidden", "caption", "description", "title"} <= data.keys()
    assert not [attrs for _, attrs in read.tags if "src" in attrs or attrs.get("href", "#")[0] != "#"]
    assert "default-src 'none'" in text
    assert ("svg", "img") in {(tag, attrs.get("role")) for tag, attrs in read.tags}
    assert SCRIPT.replace("</script", "<\\/script").replace("<!--", "<\\!--") in text
    assert text.count("</script>") == 2


def test_hostile_words_stay_words_on_a_page(ontology, tmp_path):
    bad = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
    quads = [*entity("ada", "Person", bad), *entity("bram", "Person", "Bram"), plain("ada", "criticised", "bram")]
    text, read = page(tmp_path, quads, ontology, title=bad)
    assert "<img" not in text
    assert text.count("<script") == 2
    assert bad in {node["label"] for node in json.loads(read.data["diagram-data"])["nodes"]}


def test_a_page_may_hold_more_than_a_picture_can(ontology, tmp_path):
    text, read = page(tmp_path, hub(60), ontology, limit=300)
    assert len(json.loads(read.data["diagram-data"])["nodes"]) == 61
    assert text.count("<li>") == 80
    assert page(tmp_path, hub(60), ontology, limit=300)[0] == text


def test_a_page_without_its_script_says_what_to_do_and_leaves_no_file(ontology, tmp_path, static):
    (static / "digest.txt").unlink()
    with pytest.raises(SettingError, match="install kg again"):
        draw(harbour(), ontology, output=tmp_path / "graph.html")
    assert not (tmp_path / "graph.html").exists()


def test_a_matrix_is_no_page(ontology, tmp_path):
    with pytest.raises(SettingError, match="a matrix is no page"):
        draw(harbour(), ontology, output=tmp_path / "graph.html", form="matrix")


def test_reading_and_choosing_need_no_matplotlib():
    code = "import sys, kg.draw.diagram, kg.draw.timeline; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_command_takes_every_option(ontology, tmp_path):
    from typer.testing import CliRunner

    from kg.cli.app import make_app
    from kg.store import OxigraphStore

    with OxigraphStore(tmp_path / "graph" / "store") as store:
        quads = [*entity("ada", "Person", "Ada"), *entity("bram", "Person", "Bram"), plain("ada", "criticised", "bram")]
        store.replace_graph(quads[0].graph_name, quads)
    options = ["--around", "Ada", "--hops", "2", "--limit", "9", "--at", "2016", "--status", "claimed"]
    options += ["--status", "denied", "--form", "matrix", "--title", "T", "--graph", str(tmp_path / "graph")]
    output = tmp_path / "ada.svg"
    result = CliRunner().invoke(make_app(), ["draw", *options, "-o", str(output)])
    assert result.exit_code == 0, result.output
    assert "As of 2016." in output.read_text(encoding="utf-8")
