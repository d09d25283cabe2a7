"""The terms of the graph as nodes: what evidence and knowledge are written in."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.vocabulary import DCTERMS, KG, LABEL, OA, ORG, RDF, RDFS, SCHEMA, SKOS
from kg.vocabulary import TYPE as RDF_TYPE

TYPE: Final = NamedNode(RDF_TYPE)
RDFS_LABEL: Final = NamedNode(LABEL)
RDF_SUBJECT: Final = NamedNode(RDF + "subject")
RDF_PREDICATE: Final = NamedNode(RDF + "predicate")
RDF_OBJECT: Final = NamedNode(RDF + "object")
SUB_CLASS_OF: Final = NamedNode(RDFS + "subClassOf")
ALT_LABEL: Final = NamedNode(SKOS + "altLabel")
EXACT_MATCH: Final = NamedNode(SKOS + "exactMatch")

ARTICLE: Final = NamedNode(KG + "Article")
IDENTIFIER: Final = NamedNode(DCTERMS + "identifier")
READ_FROM: Final = NamedNode(DCTERMS + "source")
TEXT: Final = NamedNode(SCHEMA + "text")
HEADLINE: Final = NamedNode(SCHEMA + "headline")
PUBLISHED: Final = NamedNode(SCHEMA + "datePublished")
URL: Final = NamedNode(SCHEMA + "url")
AUTHOR: Final = NamedNode(SCHEMA + "author")
ABOUT: Final = NamedNode(SCHEMA + "about")

REFERENT: Final = NamedNode(KG + "Referent")
NAMED: Final = NamedNode(KG + "named")
NAME_MENTION: Final = NamedNode(KG + "NameMention")
NOMINAL_MENTION: Final = NamedNode(KG + "NominalMention")
PRONOUN_MENTION: Final = NamedNode(KG + "PronounMention")
REFERS_TO: Final = NamedNode(KG + "refersTo")

PASSAGE: Final = NamedNode(KG + "Passage")
START: Final = NamedNode(OA + "start")
END: Final = NamedNode(OA + "end")
EXACT: Final = NamedNode(OA + "exact")

STATEMENT: Final = NamedNode(KG + "Statement")
SUBJECT_PASSAGE: Final = NamedNode(KG + "subjectPassage")
OBJECT_PASSAGE: Final = NamedNode(KG + "objectPassage")
LEXICAL: Final = NamedNode(KG + "lexical")
EVIDENCE: Final = NamedNode(KG + "evidence")
STATUS: Final = NamedNode(KG + "status")
STATUS_CUE: Final = NamedNode(KG + "statusCue")
SPEAKER: Final = NamedNode(KG + "speaker")
RULE: Final = NamedNode(KG + "rule")
CONFIDENCE: Final = NamedNode(KG + "confidence")
QUALIFICATION: Final = NamedNode(KG + "qualification")
FROM: Final = NamedNode(KG + "from")
UNTIL: Final = NamedNode(KG + "until")

ATTRIBUTION: Final = NamedNode(KG + "Attribution")
SOURCE: Final = NamedNode(KG + "source")
CUE: Final = NamedNode(KG + "cue")
QUOTED: Final = NamedNode(KG + "quoted")

FACT: Final = NamedNode(KG + "Fact")
QUALIFIED_FACT: Final = NamedNode(KG + "QualifiedFact")
CLAIM: Final = NamedNode(KG + "Claim")
SUPPORT: Final = NamedNode(KG + "support")
STATED_IN: Final = NamedNode(KG + "statedIn")
INFERRED_FROM: Final = NamedNode(KG + "inferredFrom")

BY_DECISION: Final = NamedNode(KG + "decision")

MEMBERSHIP: Final = NamedNode(ORG + "Membership")
ORG_MEMBER: Final = NamedNode(ORG + "member")
ORG_ORGANIZATION: Final = NamedNode(ORG + "organization")
