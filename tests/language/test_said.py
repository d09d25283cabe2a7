"""Who says what in whole sentences, with the shipped pipeline: every way of saying that news has."""

from __future__ import annotations

import pytest
from spacy.language import Language

import kg.language
from kg.language.quotations import find_speech
from kg.language.syntax import Syntax

DIRECT = [
    ("“The harbour stays open,” said Orla Venn.", "Orla Venn", "The harbour stays open,"),
    ("'We sail at noon,' said Orla Venn.", "Orla Venn", "We sail at noon,"),
    ("Orla Venn wrote on Twitter: “The harbour stays open.”", "Orla Venn", "The harbour stays open."),
    ("In the words of Orla Venn, “the harbour is our house”.", "Orla Venn", "the harbour is our house"),
    ("Asked whether the harbour would close, Orla Venn replied: “No.”", "Orla Venn", "No."),
    ("“We will not sell, not now,” Venn, 45, told the Daily Ferry.", "Venn", "We will not sell, not now,"),
    ("Remarked Venn, “The boats are ours.”", "Venn", "The boats are ours."),
    ("“The harbour closes,” Orla Venn said, citing Odd Marsh.", "Orla Venn", "The harbour closes,"),
    ("“The harbour,” Orla Venn said, “stays open.”", "Orla Venn", "stays open."),
    ("“We have the money,” Orla Venn said. “And we have the boats.”", "Orla Venn", "And we have the boats."),
    ("Venn spoke.\n“The harbour stays open.\n“We have the money,” Venn said.", "Venn", "The harbour stays open."),
    ("“He told me ‘the harbour is closed’ and left,” Orla Venn said.", "He", "the harbour is closed"),
]  # fmt: skip
REPORTED = [
    ("Orla Venn said the harbour would stay open.", "Orla Venn", "the harbour would stay open"),
    ("Orla Venn told reporters that the harbour would stay open.", "Orla Venn", "that the harbour would stay open"),
    ("According to Orla Venn, the harbour will stay open.", "Orla Venn", "the harbour will stay open"),
    ("In a post on Facebook, Orla Venn said the harbour would close.", "Orla Venn", "the harbour would close"),
    ("Harbour will stay open, says minister", "minister", "Harbour will stay open"),
    ("A statement by the Fishery Board said the harbour would close.", "Board", "the harbour would close"),
    ("Orla Venn denied that the harbour would close.", "Orla Venn", "that the harbour would close"),
]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.language.load_pipeline()


def said(nlp: Language, text: str, *, quoted: bool) -> list[tuple[str, str]]:
    doc = nlp(text)
    found = [each for each in find_speech(Syntax(doc)) if each.quoted is quoted and each.speaker is not None]
    return [(doc[each.speaker].text, doc[each.start : each.end].text) for each in found]


@pytest.mark.parametrize(("text", "speaker", "content"), DIRECT)
def test_what_is_quoted_has_its_speaker(nlp: Language, text: str, speaker: str, content: str) -> None:
    assert (speaker.split()[0], content) in said(nlp, text, quoted=True)


@pytest.mark.parametrize(("text", "speaker", "content"), REPORTED)
def test_what_is_reported_has_its_speaker(nlp: Language, text: str, speaker: str, content: str) -> None:
    assert (speaker.split()[0], content) in said(nlp, text, quoted=False)


@pytest.mark.parametrize(
    "text",
    [
        "The so-called “harbour tax” was in a “serious” condition.",
        "Her film “The Long Harbour” opened on Friday.",
        "The captains' union met the workers' council of the '90s.",
    ],
)
def test_scare_quotes_titles_and_apostrophes_are_no_speech(nlp: Language, text: str) -> None:
    assert find_speech(Syntax(nlp(text))) == []
