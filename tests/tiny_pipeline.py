"""A pipeline that parses sentences of the form NAME VERB NAME, so that tests of what comes after need no model."""

from __future__ import annotations

import itertools
import re

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

VERBS = {"leads": "lead", "criticised": "criticise", "met": "meet"}
BROKEN = "Kaboom"
PROBE = "This is a test."


class TinyParser:
    """Makes a Doc with tags, tree and names; a text with the word Kaboom breaks it. Counts the texts it was given."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.texts: list[str] = []

    def __call__(self, text: str) -> Doc:
        self.texts.append(text)
        if BROKEN in text:
            raise RuntimeError("the parser broke\non this text")
        found = list(re.finditer(r"\w+|[^\w\s]", text))
        words = [each[0] for each in found]
        spaces = [text[each.end() : each.end() + 1] == " " for each in found]
        doc = Doc(self.vocab, words=words, spaces=spaces, **parse(words))
        assert doc.text == text, "a tiny text has single blanks between its words and none at its end"
        return doc

    def to_bytes(self, **kwargs: object) -> bytes:
        return b""


def parse(words: list[str]) -> dict[str, list]:
    heads, deps, pos, tags, lemmas, ents, starts = [], [], [], [], [], [], []
    first = 0
    while first < len(words):
        end = next((i + 1 for i in range(first, len(words)) if words[i] == "."), len(words))
        verb = next((i for i in range(first, end) if words[i] in VERBS), first)
        for i in range(first, end):
            starts.append(i == first)
            is_name = words[i][0].isupper()
            begins = is_name and (i == first or not words[i - 1][0].isupper())
            start = i if begins else heads[i - 1] if is_name and deps[-1] == "flat" else i - 1
            if i == verb:
                row = (
                    i,
                    "ROOT",
                    "VERB",
                    "VBZ" if words[i].endswith("s") else "VBD",
                    VERBS.get(words[i], words[i].lower()),
                    "O",
                )
            elif begins:
                row = (verb, "nsubj" if i < verb else "obj", "PROPN", "NNP", words[i], f"B-{kind_of(words, i)}")
            elif is_name:
                row = (start, "flat", "PROPN", "NNP", words[i], f"I-{kind_of(words, start)}")
            else:
                row = (verb, "punct", "PUNCT", ".", words[i], "O")
            for column, value in zip((heads, deps, pos, tags, lemmas, ents), row, strict=True):
                column.append(value)
        first = end
    return {
        "heads": heads, "deps": deps, "pos": pos, "tags": tags, "lemmas": lemmas, "ents": ents, "sent_starts": starts,
    }  # fmt: skip


def kind_of(words: list[str], start: int) -> str:
    """Hold names that end in Party for organisations, all others for people."""
    name = itertools.takewhile(lambda word: word[0].isupper(), words[start:])
    return "ORG" if "Party" in name else "PERSON"


def make_pipeline() -> Language:
    nlp = spacy.blank("en")
    nlp.tokenizer = TinyParser(nlp.vocab)
    return nlp


def texts_read(nlp: Language) -> list[str]:
    assert isinstance(nlp.tokenizer, TinyParser)
    return [text for text in nlp.tokenizer.texts if text != PROBE]
