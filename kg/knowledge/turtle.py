"""Turtle that people read and that is the same for the same graph: entities first, then facts, then claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.knowledge import terms as t
from kg.knowledge.iris import CHARACTERS

_SECTIONS: Final = ("id", "", "fact", "claim")
_PREDICATES: Final = (
    t.TYPE,
    t.RDFS_LABEL,
    t.ALT_LABEL,
    t.RDF_SUBJECT,
    t.RDF_PREDICATE,
    t.RDF_OBJECT,
    t.SPEAKER,
    t.TEXT,
)
_SAID: Final = (t.RDF_SUBJECT, t.RDF_PREDICATE, t.RDF_OBJECT, t.SPEAKER, t.SUPPORT)
"""What facts and claims are sorted by."""

_RANKS: Final = {predicate: f"{rank:02d}" for rank, predicate in enumerate(_PREDICATES)}
_PREFIX_USED: Final = re.compile(r"(?:^|[\s^])([A-Za-z][\w.-]*|):")
_HEADER: Final = re.compile(r"(?:@prefix [^\n]*\n)*")
_TOGETHER: Final = 5_000
"""So many subjects are written at a time: the text of all of them is held once, not several times."""
_SUBJECT_END: Final = re.compile(r" \.\n(?=.)")


def write_turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write the triples of some quads as Turtle, sorted, one subject after the other with an empty line between.

    The prefixes id, fact and claim, where given, make the sections; facts and claims follow the order of what they
    say. Prefixes that nothing uses are left out. A triple that stands in several graphs is written once.
    """
    sections = [(prefixes[name], rank) for rank, name in enumerate(_SECTIONS) if name and name in prefixes]
    subjects: dict[object, list[Triple]] = {}
    for triple in {quad.triple for quad in quads}:
        subjects.setdefault(triple.subject, []).append(triple)
    groups = [sorted(triples, key=_triple_order) for triples in subjects.values()]
    del subjects
    groups.sort(key=lambda triples: _subject_order(triples, sections))
    bodies: list[str] = []
    declared: set[str] = set()
    for start in range(0, len(groups), _TOGETHER):
        triples = (triple for triples in groups[start : start + _TOGETHER] for triple in triples)
        written = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes))
        header, body = _split((written or b"").decode())
        used = set(_PREFIX_USED.findall(body))
        declared.update(line for line in header if line.split()[1].rstrip(":") in used)
        bodies.append(_SUBJECT_END.sub(" .\n\n", body))
    return "\n".join((*sorted(declared), "", "\n".join(bodies)))


def _split(text: str) -> tuple[list[str], str]:
    """Split Turtle into the lines that declare prefixes and the rest."""
    header = _HEADER.match(text)
    assert header is not None
    return header[0].splitlines(), text[header.end() :]


def _subject_order(triples: list[Triple], sections: Iterable[tuple[str, int]]) -> tuple[int, list[str], str]:
    """Sort entities by IRI, and facts and claims by what they say."""
    subject = triples[0].subject
    iri = subject.value if isinstance(subject, NamedNode) else str(subject)
    rank = next((rank for namespace, rank in sections if iri.startswith(namespace)), _SECTIONS.index(""))
    said: dict[NamedNode, str] = {}
    for triple in triples:
        if triple.predicate in _SAID:
            said.setdefault(triple.predicate, _place(str(triple.object)))
    return rank, [said[predicate] for predicate in _SAID if predicate in said], iri


def _triple_order(triple: Triple) -> tuple[str, str]:
    predicate = triple.predicate
    return _RANKS.get(predicate) or predicate.value, _place(str(triple.object))


def _place(term: str) -> str:
    """Make passages sort by their place in the text, not by their digits."""
    article, found, numbers = term.rpartition(CHARACTERS)
    return article + found + ",".join(number.zfill(10) for number in numbers.split(",")) if found else term
