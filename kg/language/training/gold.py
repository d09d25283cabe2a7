"""Docs of gold words, for what is trained or measured over what the pipeline makes of them."""

from collections.abc import Sequence
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from kg.language.training.corpora import Document

_CLOSING: Final = frozenset(".,;:!?)]%")


def make_doc(nlp: Language, document: Document, *, given_starts: bool) -> Doc:
    """Make a Doc of gold words, a line break before each paragraph but the first; nothing is read yet."""
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[bool] = []
    for sentence in document:
        if words and sentence.starts_paragraph:
            words, spaces, starts = [*words, "\n"], [*spaces, False], [*starts, False]
        words += sentence.words
        spaces += sentence.spaces or guess_spaces(sentence.words)
        starts += [place == 0 for place in range(len(sentence.words))]
    sent_starts: list[bool | int | None] | None = [*starts] if given_starts else None
    return Doc(nlp.vocab, words=words, spaces=spaces, sent_starts=sent_starts)


def read_doc(nlp: Language, document: Document, *, given_starts: bool = False) -> Doc:
    """Run a pipeline over gold words."""
    doc = make_doc(nlp, document, given_starts=given_starts)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def guess_spaces(words: Sequence[str]) -> list[bool]:
    """Say of each word whether white space follows, for sets that do not: none beside marks that close or open."""
    after = [*words[1:], ""]
    return [
        word not in {"(", "[", "$", "£"} and not (next_word in _CLOSING or next_word.startswith(("'", "n't")))
        for word, next_word in zip(words, after, strict=True)
    ]
