"""A figure in a file: the same bytes for the same picture, letters inside, and words for those who cannot see it."""

from __future__ import annotations

import io
import re
import warnings
from os import PathLike
from typing import Any, Final
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib import style
from matplotlib.figure import Figure

from kg.draw.words import clean
from kg.files import replace_file

_DPI: Final = 200
_SETTINGS: Final[Any] = {
    "svg.hashsalt": "kg",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": True,
}


def write_figure(
    figure: Figure, output: str | PathLike[str], suffix: str, *, title: str, description: str = ""
) -> None:
    """Write a figure in the format of `suffix`; title and description go where the format has room for them."""
    content = picture(figure, suffix, title=title, description=description)
    with replace_file(output) as file:
        file.write(content)


def picture(figure: Figure, suffix: str, *, title: str, description: str = "") -> bytes:
    """Give the content of the file that `write_figure` writes.

    Letters of an SVG are outlines, so that it prints alike everywhere: programs for print do not load the fonts inside
    an SVG. Its title and description hold all the words.
    """
    metadata: dict[str, dict[str, Any]] = {
        ".svg": {"Date": None, "Creator": "kg", "Title": clean(title)},
        ".png": {"Software": "kg", "Title": _latin(title), "Description": _latin(description)},
        ".pdf": {"CreationDate": None, "Creator": "kg", "Producer": "kg", "Title": clean(title)},
    }
    data = io.BytesIO()
    with style.context("default"), mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Glyph \d+")
        figure.savefig(data, format=suffix[1:], dpi=_DPI, facecolor="white", metadata=metadata[suffix])
    content = data.getvalue()
    return _speak(content.decode(), description).encode() if suffix == ".svg" else content


def _latin(text: str) -> str:
    """Give a text in the letters that the texts of a PNG have."""
    return clean(text).encode("latin-1", "replace").decode("latin-1")


def _speak(svg: str, description: str) -> str:
    """Tie the title of an SVG, and a description, to the picture, as screen readers want it (WAI-ARIA, role img)."""
    svg = svg.replace("<svg ", '<svg role="img" aria-labelledby="kg-title kg-description" ', 1)
    described = f'</title>\n <desc id="kg-description">{escape(clean(description))}</desc>'
    return re.sub(r"<title>(.*?)</title>", lambda found: f'<title id="kg-title">{found[1]}{described}', svg, count=1)
