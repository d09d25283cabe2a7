"""RDF: SKOS concepts, and whatever else has a name, in any of its usual serialisations."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, islice
from typing import BinaryIO, Final, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import SourceError
from kg.kb.entities import check_entities
from kg.kb.entries import ALIAS, FOREIGN, LABEL, WIKIDATA, KnownFact, KnownType, Piece, global_id, plain_date
from kg.kb.files import KbFile
from kg.nesting import has_deep_triples
from kg.vocabulary import DCTERMS, OWL, RDF, RDFS, SCHEMA, SKOS, TYPE

_FORMATS: Final = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}

_MOST: Final = 10_000
"""So many triples of one subject are held."""

_OLD_SCHEMA: Final = "http://schema.org/"
_FOAF: Final = "http://xmlns.com/foaf/0.1/"
_DBPEDIA: Final = "http://dbpedia.org/ontology/"
_DIRECT: Final = "http://www.wikidata.org/prop/direct/"

_LABELS: Final = frozenset((SKOS + "prefLabel", RDFS + "label", SCHEMA + "name", _FOAF + "name"))
_ALIASES: Final = frozenset(
    (SKOS + "altLabel", SKOS + "hiddenLabel", SCHEMA + "alternateName", DCTERMS + "alternative", _FOAF + "nick")
)
_SAME: Final = frozenset((OWL + "sameAs", SKOS + "exactMatch"))
_PAGE: Final = SCHEMA + "sameAs"
_CODES: Final = frozenset((SKOS + "notation", DCTERMS + "identifier", SCHEMA + "identifier"))
_STARTS: Final = frozenset(
    (
        SCHEMA + "birthDate", SCHEMA + "foundingDate", _DBPEDIA + "birthDate", _DBPEDIA + "foundingDate",
        _DIRECT + "P569", _DIRECT + "P571",
    )
)  # fmt: skip
_ENDS: Final = frozenset(
    (
        SCHEMA + "deathDate", SCHEMA + "dissolutionDate", _DBPEDIA + "deathDate", _DBPEDIA + "dissolutionDate",
        _DIRECT + "P570", _DIRECT + "P576",
    )
)  # fmt: skip
_NO_FACTS: Final = frozenset(
    (
        SKOS + "inScheme", SKOS + "topConceptOf", SKOS + "hasTopConcept", RDFS + "seeAlso", RDFS + "isDefinedBy",
        SCHEMA + "image", SCHEMA + "url", _FOAF + "depiction", _FOAF + "isPrimaryTopicOf", _FOAF + "page",
    )
)  # fmt: skip
"""Properties whose values are no things that articles name."""
_TERMS: Final = frozenset(
    (
        OWL + "Class", OWL + "ObjectProperty", OWL + "DatatypeProperty", OWL + "AnnotationProperty", OWL + "Ontology",
        RDFS + "Class", RDFS + "Datatype", RDF + "Property", SKOS + "ConceptScheme",
    )
)  # fmt: skip
"""Types of what belongs to a vocabulary, not to the world."""


def read_rdf(file: KbFile) -> Iterator[Piece]:
    """Iterate over what triples say of each IRI, a piece for each row of triples with one subject.

    Graphs do not matter; blank nodes and the terms of vocabularies are passed over. Raises SourceError, with the line,
    when it cannot be parsed, or when it would make the parser end the process, OSError when it cannot be read.
    """
    format = _FORMATS[file.suffix]
    with file.open() as stream:
        if format == RdfFormat.RDF_XML:
            check_entities(stream)
            stream.seek(0)
        quads = parse(cast("BinaryIO", _Shallow(stream)), format=format, rename_blank_nodes=True)
        try:
            for subject, rows in groupby(quads, key=lambda quad: quad.subject):
                while isinstance(subject, NamedNode) and (some := list(islice(rows, _MOST))):
                    if (piece := _piece(subject.value, some)) is not None:
                        yield piece
        except SyntaxError as error:
            what = error.msg.split(": ", 1)[-1]
            line = "" if error.lineno is None else f"line {error.lineno} "
            raise SourceError(f"{line}is no {file.suffix[1:]} ({what}); mend it there") from None


class _Shallow:
    """A stream in which no triples stand too deep in triples; what the parser reads is looked at on its way."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        if has_deep_triples(data):
            raise SourceError("has triples in triples, too deep; write each as a statement of its own")
        return data


def _piece(subject: str, quads: list[Quad]) -> Piece | None:
    names: list[tuple[int, str]] = []
    types: list[KnownType] = []
    same: list[str] = []
    pages: list[str] = []
    codes: list[str] = []
    facts: list[KnownFact] = []
    start = end = None
    for quad in quads:
        predicate, value = quad.predicate.value, quad.object
        if predicate.startswith(_OLD_SCHEMA):
            predicate = SCHEMA + predicate.removeprefix(_OLD_SCHEMA)
        if isinstance(value, Literal):
            text = " ".join(value.value.split())
            if predicate in _LABELS and text:
                names.append((_rank(value.language, LABEL), text))
            elif predicate in _ALIASES and text:
                names.append((_rank(value.language, ALIAS), text))
            elif predicate in _CODES and text:
                codes.append(text)
            elif predicate in _STARTS:
                start = start or plain_date(text)
            elif predicate in _ENDS:
                end = end or plain_date(text)
        elif isinstance(value, NamedNode):
            iri = global_id(value.value) or value.value
            if predicate == TYPE:
                types.append(KnownType(value.value))
            elif predicate in _SAME or (predicate == _PAGE and iri.startswith(WIKIDATA)):
                same.append(iri)
            elif predicate == _PAGE:
                pages.append(iri)
            elif predicate not in _NO_FACTS:
                facts.append(KnownFact(predicate, iri))
    if any(kind.text in _TERMS for kind in types):
        return None
    return Piece(
        global_id(subject) or subject,
        tuple(names),
        tuple(types),
        tuple(same),
        tuple(pages),
        tuple(codes),
        tuple(facts),
        start,
        end,
    )


def _rank(language: str | None, rank: int) -> int:
    """Rank a name by its language: English, or none ("mul" is Wikidata's for all languages), goes before others."""
    return rank if language is None or language.split("-")[0].lower() in ("en", "mul") else FOREIGN
