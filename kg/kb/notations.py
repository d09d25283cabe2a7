"""Identifiers: the code that a register gives a thing, as an IRI where the register has them."""

from __future__ import annotations

import re
from typing import Final

from kg.kb.entries import WIKIDATA, global_id

REGISTERS: Final = {
    "wikidata": WIKIDATA + "{}",
    "qid": WIKIDATA + "{}",
    "viaf": "http://viaf.org/viaf/{}",
    "isni": "https://isni.org/isni/{}",
    "orcid": "https://orcid.org/{}",
    "gnd": "https://d-nb.info/gnd/{}",
    "lcnaf": "http://id.loc.gov/authorities/names/{}",
    "geonames": "https://sws.geonames.org/{}/",
    "ror": "https://ror.org/{}",
}
"""IRIs of well-known registers by the names that sources give them; {} stands for the code."""

_IGNORED: Final = re.compile(r"[\W_]+")
_CODE: Final = re.compile(r"[\w.~-]+", re.ASCII)


def register(scheme: str) -> str:
    """Give the name under which `REGISTERS` may have a scheme: "Wikidata ID" is "wikidata"."""
    plain = _IGNORED.sub("", scheme.lower())
    return plain.removesuffix("id") if plain not in REGISTERS else plain


def identify(scheme: str, code: str) -> str:
    """Give the IRI of what a register calls by a code, or "scheme:code"; empty without a code.

    >>> identify("wikidata", "Q42"), identify("ISNI", "0000 0001 2103 2683"), identify("gss", "E14000763")
    ('http://www.wikidata.org/entity/Q42', 'https://isni.org/isni/0000000121032683', 'gss:E14000763')
    """
    if not code:
        return ""
    pattern = REGISTERS.get(register(scheme))
    plain = code.replace(" ", "")
    if pattern is not None and _CODE.fullmatch(plain):
        return pattern.format(plain)
    known = global_id(code)
    return known if known.startswith(("http://", "https://")) else f"{scheme}:{code}" if scheme else code
