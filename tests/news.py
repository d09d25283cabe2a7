"""What the shipped pipeline and the shipped ontologies read out of one short text, as lines that a test can compare.

The pipeline is loaded once for all tests, and each text is read once; a sentence takes some ten milliseconds.
"""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from kg.extract.reading import read_doc
from kg.language import load_pipeline
from kg.language.lexicon import Lexicon
from kg.model import Article, Iri, Reading, Ref, Statement, Status
from kg.ontology import load_ontology, shipped_ontologies
from kg.vocabulary import TYPE

FRIDAY = "2019-05-10"
"""The day of each article that is given no other."""


def told(text: str, *relations: str, published: str | None = FRIDAY) -> set[str]:
    """Return what a text says by some relations (by all when none is given), "is" being that something is of a class.

    A line is "Ada Lund chairs Harbour Board" with what keeps it from a plain fact in brackets: "[Former]",
    "[since 2015, until 2018]", "[possible]", "[claimed by Bram Quist]".
    """
    reading = read(text, published)
    found = (s for s in reading.statements if not relations or relation_of(s) in relations)
    return {describe(reading, statement) for statement in found}


@cache
def read(text: str, published: str | None = FRIDAY) -> Reading:
    return read_doc(_pipeline()(text), Article("article", text, published=published), _lexicon())


def relation_of(statement: Statement) -> str:
    return "is" if statement.predicate == TYPE else _local(statement.predicate)


def describe(reading: Reading, statement: Statement) -> str:
    labels = {referent.id: referent.label for referent in reading.referents}
    end = statement.object
    thing = labels[end.id] if isinstance(end, Ref) else _local(end.iri) if isinstance(end, Iri) else end.text
    kept = ", ".join(_kept(statement, labels))
    return f"{labels[statement.subject]} {relation_of(statement)} {thing}" + (f" [{kept}]" if kept else "")


def _kept(statement: Statement, labels: dict[str, str]) -> list[str]:
    kept = []
    if statement.status is not Status.ASSERTED:
        kept.append(str(statement.status) + (f" by {labels[statement.speaker]}" if statement.speaker else ""))
    if (qualification := statement.qualification) is not None:
        kept += [qualification.kind] if qualification.kind else []
        kept += [f"since {qualification.start}"] if qualification.start else []
        kept += [f"until {qualification.end}"] if qualification.end else []
    return kept


def _local(iri: str) -> str:
    return iri.rpartition("#")[2]


@cache
def _pipeline() -> Language:
    return load_pipeline()


@cache
def _lexicon() -> Lexicon:
    return Lexicon(load_ontology(*shipped_ontologies()))
