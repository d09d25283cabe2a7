"""The spaCy component `kg_statements`: what a Doc says, on the Doc, after any pipeline that parses.

`doc._.statements`, `doc._.referents` and `doc._.attributions` are records of `kg.model`; the spans of mentions stand in
`doc.spans["mentions"]`, each with its form as label and the id of its referent as id. All are in text order.
"""

from __future__ import annotations

from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import PipelineError
from kg.extract.reading import read_doc
from kg.language.lexicon import Lexicon
from kg.model import Article, Mention
from kg.ontology import Ontology, load_ontology

NAME: Final = "kg_statements"
MENTIONS: Final = "mentions"
EXTENSIONS: Final = ("statements", "referents", "attributions")


class Statements:
    """Sets on a Doc what it says; its ontology is loaded once, when the component is made."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._lexicon = Lexicon(ontology)

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc. Raises PipelineError when it has no dependency tree."""
        if len(doc) and not doc.has_annotation("DEP"):
            raise PipelineError(f"{NAME} needs a dependency tree; add it after a parser")
        reading = read_doc(doc, Article("doc", doc.text), self._lexicon)
        doc._.statements = reading.statements
        doc._.referents = reading.referents
        doc._.attributions = reading.attributions
        doc.spans[MENTIONS] = [_find_span(doc, mention) for mention in reading.mentions]
        return doc


def _find_span(doc: Doc, mention: Mention) -> Span:
    start, end = mention.span.start, mention.span.end
    span = doc.char_span(start, end, mention.kind.value, span_id=mention.referent, alignment_mode="expand")
    assert span is not None
    return span


@Language.factory(NAME, default_config={"ontology": None})
def make_statements(nlp: Language, name: str, ontology: str | None) -> Statements:
    """Make the component; `ontology` is the path of a Turtle file, None for all that are shipped."""
    for extension in EXTENSIONS:
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=())
    return Statements(load_ontology() if ontology is None else load_ontology(ontology))
