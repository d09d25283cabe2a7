"""Queries that would ask another server: nothing here uses the network unasked, and the engine would."""

from __future__ import annotations

import re
from typing import Final

_SERVICE: Final = r"(?i)[?$:]\w*+|(SERVICE)"
_CALLED: Final = (
    r"(?i)(?:\s++|#[^\r\n]*+)*+(?:SILENT(?:\s++|#[^\r\n]*+)*+)?+(?:<[^>]*+>|[?$][^\s{]*+|[^\s:{}()\"'<>]*+:[^\s{]*+)"
    r"(?:\s++|#[^\r\n]*+)*+\{"
)
_MOST_LOOKED_AT: Final = 100


def asks_elsewhere(query: str) -> bool:
    """Say whether a query would ask another server.

    All that could be read as SERVICE counts, in a string or a comment too: an engine may see other tokens than we do.

    >>> asks_elsewhere("ASK { SERVICE <https://a.example/> { ?s ?p ?o } }"), asks_elsewhere("ASK { ?service ?p ?o }")
    (True, False)
    """
    words = (found for found in re.finditer(_SERVICE, query) if found[1])
    return any(
        number >= _MOST_LOOKED_AT or re.compile(_CALLED).match(query, found.end()) for number, found in enumerate(words)
    )
