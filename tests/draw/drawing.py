"""What the tests of pictures share: graphs that are hard to draw, qualified facts and claims, and what overlaps."""

import numpy as np
from harbour import EX, ID, entity, plain
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from pyoxigraph import Literal, NamedNode, Quad

from kg.vocabulary import KG, RDF, SCHEMA, TYPE, XSD

BASE = "https://kg.example/"


def said(source, relation, target, kind, *, name="1", **values):
    """A qualified fact or a claim; values are local names of the core ontology, dates stay text."""
    node = NamedNode(f"{BASE}{kind.lower()}/{source}-{relation}-{target}-{name}")
    quads = [
        Quad(node, NamedNode(TYPE), NamedNode(KG + kind)),
        Quad(node, NamedNode(RDF + "subject"), NamedNode(ID + source)),
        Quad(node, NamedNode(RDF + "predicate"), NamedNode(EX + relation)),
        Quad(node, NamedNode(RDF + "object"), NamedNode(ID + target)),
    ]
    for key, value in values.items():
        key = {"since": "from"}.get(key, key)
        if key in ("from", "until"):
            kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
            term = Literal(value, datatype=NamedNode(XSD + kinds[len(value)]))
        else:
            term = NamedNode(ID + value if key == "speaker" else KG + value)
        quads.append(Quad(node, NamedNode(KG + key), term))
    return quads


def told(source, relation, target, *articles):
    """A plain fact with its node, stated in articles of these names; each has the date of its name, if it is one."""
    quads = [plain(source, relation, target), *said(source, relation, target, "Fact")]
    for name in articles:
        article = NamedNode(f"{BASE}article/{name}")
        quads.append(Quad(NamedNode(f"{BASE}fact/{source}-{relation}-{target}-1"), NamedNode(KG + "statedIn"), article))
        if name[:4].isdigit():
            date = Literal(name[:10], datatype=NamedNode(XSD + "date"))
            quads.append(Quad(article, NamedNode(SCHEMA + "datePublished"), date, article))
    return quads


def hub(leaves=39, label="Harbour Rowing Club of the Northern Estuary"):
    """A club of many members, one of whom is linked to the next: a star with a rim."""
    quads = entity("hub", "Club", label)
    for number in range(leaves):
        quads += [
            *entity(f"p{number:02}", "Person", f"Rower Number {number:02}"),
            plain(f"p{number:02}", "memberOf", "hub"),
        ]
        if number % 3 == 0:
            quads.append(plain(f"p{number:02}", "criticised", f"p{(number + 1) % leaves:02}"))
    return quads


def grid(side=5):
    """People in rows and columns, each linked to two neighbours."""
    names = [f"p{row}{column}" for row in range(side) for column in range(side)]
    quads = [quad for name in names for quad in entity(name, "Person", f"Oar {name}")]
    for row in range(side):
        for column in range(side - 1):
            quads.append(plain(f"p{row}{column}", "memberOf", f"p{row}{column + 1}"))
            quads.append(plain(f"p{column}{row}", "speaksFor", f"p{column + 1}{row}"))
    return quads


def long_names():
    """Labels that fill four lines, and relations both ways between the same two."""
    words = "Working Group on the Regulation of Inshore Fisheries and of the Harbours of the Northern Estuary"
    quads = [quad for number in range(8) for quad in entity(f"g{number}", "Club", f"{number}th {words}")]
    for number in range(7):
        quads += [plain(f"g{number}", "criticised", f"g{number + 1}"), plain(f"g{number + 1}", "chairs", f"g{number}")]
    return quads


def scripts():
    """Labels in letters that a font may lack."""
    names = [
        "Łódź",
        "Ελλάδα",
        "Москва",
        "ישראל",
        "القاهرة",
        "北京",
        "서울",
        "東京タワー",
        "กรุงเทพ",
        "हिन्दी",
        "🚢 Ferry",
    ]
    quads = [quad for number, name in enumerate(names) for quad in entity(f"n{number:02}", "Place", name)]
    return quads + [plain(f"n{number:02}", "basedIn", "n00") for number in range(1, len(names))]


def blocks_of(figure):
    """Give the rendered words of a figure as boxes, in pixels."""
    figure.canvas.draw()
    words = [text for ax in figure.axes for text in ax.texts if text.get_text().strip()]
    return {(index, text.get_text()): _inked(text) for index, text in enumerate(words)}


def _inked(text):
    patch, text._bbox_patch = text.get_bbox_patch(), None
    box = text.get_window_extent()
    text._bbox_patch = patch
    return box.x0, box.y0, box.x1, box.y1


def markers_of(figure):
    """Give the rendered markers of a figure as boxes, in pixels."""
    found = []
    for ax in figure.axes:
        for line in ax.lines:
            if isinstance(line, Line2D) and line.get_marker() not in ("None", None, ""):
                x, y = ax.transData.transform(line.get_xydata()[0])
                r = line.get_markersize() / 2 * figure.dpi / 72 * 0.85
                found.append((x - r, y - r, x + r, y + r))
    return found


def arrows_of(figure):
    """Give the rendered arrows of a figure as points along them, in pixels; each once."""
    found = {}
    for ax in figure.axes:
        for patch in ax.patches:
            if isinstance(patch, FancyArrowPatch):
                a, b, c = ax.transData.transform(patch._path_original.vertices)
                t = np.linspace(0.03, 0.97, 200)[:, None]
                found[tuple(np.round([*a, *b, *c], 3))] = (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c
    return list(found.values())


def overlapping(one, other, slack=0.0):
    return (
        one[0] < other[2] - slack
        and other[0] < one[2] - slack
        and one[1] < other[3] - slack
        and other[1] < one[3] - slack
    )


def crosses(points, box, slack=0.0):
    x, y = points.T
    left, bottom, right, top = box
    return bool(((x > left + slack) & (x < right - slack) & (y > bottom + slack) & (y < top - slack)).any())
