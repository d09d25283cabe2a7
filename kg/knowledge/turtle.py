"""Turtle that people read and that is the same for the same graph: entities first, then facts, then claims."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.knowledge import terms as t

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
_RANKS: Final = {predicate: f"{rank:02d}" for rank, predicate in enumerate(_PREDICATES)}
_PREFIX_USED: Final = re.compile(r"(?:^|[\s^])([A-Za-z][\w.-]*|):")
_SUBJECT_END: Final = re.compile(r" \.\n(?=.)")
_NUMBER: Final = re.compile(r"\d+")


def write_turtle(quads: Iterable[Quad], prefixes: Mapping[str, str]) -> str:
    """Write the triples of some quads as Turtle, sorted, one subject after the other with an empty line between.

    Facts follow the order of what they say. Prefixes that nothing uses are left out. The prefixes id, fact and claim, where given, also make the sections.
    Triples that stand in several graphs are written once.
    """
    sections = [(prefixes[name], rank) for rank, name in enumerate(_SECTIONS) if name and name in prefixes]
    subjects: dict[object, list[Triple]] = {}
    for triple in {quad.triple for quad in quads}:
        subjects.setdefault(triple.subject, []).append(triple)
    triples = (
        triple
        for subject in sorted(subjects, key=lambda subject: _subject_order(subject, subjects[subject], sections))
        for triple in sorted(subjects[subject], key=_triple_order)
    )
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=dict(prefixes))
    text = (written or b"").decode()
    header = re.match(r"(?:@prefix [^\n]*\n)*", text)
    assert header is not None
    body = text[header.end() :]
    used = set(_PREFIX_USED.findall(body))
    declared = (line for line in header.group().split("\n") if line and line.split()[1].rstrip(":") in used)
    return "\n".join((*sorted(declared), "", _SUBJECT_END.sub(" .\n\n", body)))


def _subject_order(
    subject: object, triples: Iterable[Triple], sections: Iterable[tuple[str, int]]
) -> tuple[int, list[tuple[str, str]], str]:
    """Sort entities by IRI, and facts and claims by what they say."""
    iri = subject.value if isinstance(subject, NamedNode) else str(subject)
    rank = next((rank for namespace, rank in sections if iri.startswith(namespace)), _SECTIONS.index(""))
    said = {
        triple.predicate: _natural(str(triple.object)) for triple in sorted(triples, key=_triple_order, reverse=True)
    }
    return rank, [said[predicate] for predicate in _SAID if predicate in said], iri


def _triple_order(triple: Triple) -> tuple[str, str, str]:
    predicate = triple.predicate
    return _RANKS.get(predicate, "99") + predicate.value, *_natural(str(triple.object))


def _natural(text: str) -> tuple[str, str]:
    """Sort passages by their place in the text, not by their digits."""
    return _NUMBER.sub(lambda number: number[0].zfill(9), text), text
