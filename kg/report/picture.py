"""The picture of a report: an SVG element of kg.draw that can stand in a page."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.draw import draw

if TYPE_CHECKING:
    from kg.network import Source
    from kg.ontology import Ontology

_NOT_FOR_PAGES: Final = re.compile(r"<!--.*?-->|<metadata>.*?</metadata>", re.DOTALL)
_BLANK: Final = re.compile(r"\n\s*(?=\n)")


def make_picture(source: Source, ontology: Ontology, *, around: str | None = None, limit: int) -> str:
    """Draw what is near an entity, or the best connected part, as an SVG element without comments and metadata."""
    with tempfile.TemporaryDirectory(prefix="kg-") as folder:
        file = Path(folder) / "picture.svg"
        figure = draw(source, ontology, output=file, around=around, limit=limit)
        figure.clear()
        text = file.read_text(encoding="utf-8")
    element = text[text.index("<svg") :]
    return _BLANK.sub("", _NOT_FOR_PAGES.sub("", element)).strip()
