"""A diagram to explore in a browser, in one file that opens without a server and fetches nothing."""

from __future__ import annotations

import json
from html import escape
from os import PathLike
from typing import TYPE_CHECKING, Any, Final

from kg.assets import script
from kg.draw.diagram import UNDATED, Diagram, make_diagram
from kg.draw.pen import spaced
from kg.draw.relation import Reader
from kg.draw.selection import Selection
from kg.draw.words import clean
from kg.draw.write import picture
from kg.files import replace_file

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_POLICY: Final = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:"
_PAGE: Final = """<!doctype html>
<html lang="en" data-theme="auto">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="generator" content="kg">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 80rem; padding: 1rem; }}
#graph {{ min-height: 24rem; height: 75vh; }}
noscript svg {{ height: auto; max-width: 100%; }}
</style>
<noscript><style>#graph {{ display: none; }}</style></noscript>
</head>
<body>
<main>
<h1>{title}</h1>
<div id="graph" role="group" aria-label="{summary}"{around}></div>
<noscript>
{svg}
</noscript>
<p class="caption">{caption}</p>
<details>
<summary>The picture in words</summary>
<ul>
{sentences}
</ul>
</details>
</main>
<script type="application/json" id="diagram-data">{data}</script>
<script>{script}</script>
</body>
</html>
"""


def write_page(
    reader: Reader,
    selection: Selection,
    figure: Figure,
    output: str | PathLike[str],
    *,
    title: str | None = None,
) -> None:
    """Write a page that shows a diagram with the script of the explorer, and `figure` where scripts do not run.

    Raises SettingError when that script was not built.
    """
    text = script("diagram")
    diagram = make_diagram(reader, selection)
    named = clean(title or diagram.around or diagram.summary)
    sentences = "\n".join(f"<li>{escape(clean(each))}</li>" for each in diagram.sentences)
    page = _PAGE.format(
        policy=_POLICY,
        title=escape(named),
        summary=escape(diagram.summary),
        around="" if selection.around is None else f' data-around="{escape(selection.around)}"',
        svg=_inline(picture(figure, ".svg", title=named, description=diagram.description).decode()),
        caption=escape(diagram.caption),
        sentences=sentences,
        data=_json({**to_json(diagram, reader), "title": named}),
        script=text,
    )
    with replace_file(output) as file:
        file.write(page.encode())


def to_json(diagram: Diagram, reader: Reader) -> dict[str, Any]:
    """Give a diagram as the front end takes it: the shape of /api/graph, with caption and description."""
    properties = sorted({iri for arrow in diagram.arrows for iri in arrow.properties})
    return {
        "nodes": [
            {
                "iri": node.iri,
                "label": clean(node.label),
                "kind": node.kind,
                "type": node.type,
                "note": node.note,
                "degree": node.degree,
            }
            for node in diagram.nodes
        ],
        "edges": [
            {
                "id": f"e{number}",
                "source": arrow.source,
                "target": arrow.target,
                "labels": [clean(label) for label in arrow.told],
                "properties": list(arrow.properties),
                "status": "asserted" if arrow.status == UNDATED else arrow.status,
                "directed": arrow.heads,
            }
            for number, arrow in enumerate(diagram.arrows)
        ],
        "kinds": [
            {"kind": kind, "label": spaced(kind), "colour": style.colour, "shape": style.shape}
            for kind, style in sorted(diagram.styles.items())
        ],
        "relations": [{"iri": iri, "label": reader.ontology.label(iri)} for iri in properties],
        "hidden": diagram.hidden,
        "caption": diagram.caption,
        "description": diagram.description,
    }


def _json(value: object) -> str:
    """Write JSON that can stand in a <script>: nothing in it ends the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _inline(svg: str) -> str:
    """Give the <svg> element of an SVG file."""
    return svg[svg.index("<svg") :].strip()
