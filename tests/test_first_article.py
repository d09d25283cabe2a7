"""The article that the project started from, where it lies beside this checkout, and copies with every name changed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.model import Article

FILE = Path(__file__).parents[2] / "shared" / "data" / "articles" / "no-confidence-vote.txt"
POL = "https://kg.example/ontology/politics#"
NAMES = (
    "Joan",
    "Ryan",
    "Jeremy",
    "Corbyn",
    "Labour",
    "Israeli",
    "Israel",
    "Enfield",
    "Greater London",
    "Jewish Chronicle",
    "Benjamin",
    "Netanyahu",
    "Nelson",
    "Mandela",
    "Palestinians",
    "Palestine",
)
COPIES = {
    "as it is": NAMES,
    "renamed": (
        "Ada", "Thorne", "Oliver", "Bexley", "Unity", "Norwegian", "Norway", "Wexcombe", "Cornwall",
        "Harbour Chronicle", "Anders", "Solberg", "Miriam", "Okonkwo", "Swedes", "Sweden",
    ),
    "renamed again": (
        "Priya", "Whitlock", "Desmond", "Farrow", "Concord", "Kenyan", "Kenya", "Marlow", "Lancashire",
        "Forest Chronicle", "Joseph", "Okello", "Helen", "Lindqvist", "Ugandans", "Uganda",
    ),
}  # fmt: skip

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the first article is not beside this checkout")


class Reading:
    """What is extracted from one copy, asked by the names of the article as it is."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = dict(zip(NAMES, names, strict=True))
        self.text = self.write(FILE.read_text(encoding="utf-8"))
        self.records = list(kg.extract_articles([Article("first", self.text)]))
        self.statements = [each for each in self.records if each["kind"] == "statement"]
        self.asserted = {self.key(each) for each in self.statements if each["status"] == "asserted"}

    def write(self, text: str) -> str:
        """Put the names of the copy into a text."""
        return re.sub(r"\b(" + "|".join(NAMES) + r")\b", lambda match: self.names[match[1]], text)

    @staticmethod
    def key(statement: dict[str, Any]) -> tuple[str, str, str]:
        thing = statement["object"]
        name = thing.get("label") if "label" in thing else thing["value"]
        return statement["subject"]["label"], statement["predicate"]["iri"].removeprefix(POL).split("#")[-1], name

    def says(self, subject: str, predicate: str, thing: str) -> bool:
        return (self.write(subject), predicate, self.write(thing)) in self.asserted

    def spoken(self, words: str) -> set[str]:
        """Give the speakers of all attributed passages that hold the words."""
        words = self.write(words)
        return {
            each["speaker"]["label"]
            for each in self.records
            if each["kind"] == "attribution" and each["speaker"] and words in self.text[slice(*each["content_span"])]
        }


@pytest.fixture(scope="module", params=COPIES.values(), ids=COPIES.keys())
def reading(request: pytest.FixtureRequest) -> Reading:
    return Reading(request.param)


@pytest.mark.parametrize(
    ("subject", "predicate", "thing"),
    [
        ("Joan Ryan", "type", "member of parliament"),
        ("Joan Ryan", "memberOfParty", "UK Labour Party"),
        ("Joan Ryan", "chairs", "Labour Friends of Israel"),
        ("Joan Ryan", "represents", "Enfield North"),
        ("Joan Ryan", "criticised", "Jeremy Corbyn"),
        ("Jeremy Corbyn", "leads", "UK Labour Party"),
        ("Jeremy Corbyn", "memberOfParty", "UK Labour Party"),
        ("Enfield North", "type", "constituency"),
        ("Enfield North", "locatedIn", "Greater London"),
        ("Benjamin Netanyahu", "headOfGovernment", "Israel"),
        ("Labour Friends of Israel", "type", "lobby group"),
        ("Jewish Chronicle", "type", "newspaper"),
        ("confidence vote: Joan Ryan", "concerns", "Joan Ryan"),
        ("confidence vote: Joan Ryan", "votesFor", "95"),
        ("confidence vote: Joan Ryan", "votesAgainst", "92"),
        ("confidence vote: Joan Ryan", "outcome", "carried"),
        ("Enfield North", "memberCount", "1000"),
    ],
)
def test_the_article_asserts(reading: Reading, subject: str, predicate: str, thing: str) -> None:
    assert reading.says(subject, predicate, thing)


def test_what_grew_was_less_before(reading: Reading) -> None:
    former = {reading.key(each) for each in reading.records if each["kind"] == "qualified"}
    assert (reading.write("Enfield North"), "memberCount", "300") in former


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("smeared", "members"),
        ("fuelled", "members"),
        ("is not interested in Middle East peace", "Joan Ryan"),
        ("appals", "Joan Ryan"),
        ("All the media has been attacking", "one Jewish member"),
        ("is critical of Israel", "one Jewish member"),
        ("responsible for precisely that", "Another pro-Corbyn member"),
        ("I have never called", "Joan Ryan"),
        ("I've never called for him", "Joan Ryan"),
        ("I've never said he was", "Joan Ryan"),
        ("the most important figure for me", "Joan Ryan"),
        ("you can change the world", "Nelson Mandela"),
    ],
)
def test_the_article_attributes(reading: Reading, words: str, speaker: str) -> None:
    assert any(found.startswith(reading.write(speaker)) for found in reading.spoken(words))


def test_nothing_inside_a_quotation_is_asserted(reading: Reading) -> None:
    quoted = [each["content_span"] for each in reading.records if each["kind"] == "attribution" and each["quoted"]]
    asserted = [
        each
        for each in reading.statements
        if each["status"] == "asserted" and each["predicate"]["iri"].startswith(POL)
        for start, end in quoted
        if start <= each["evidence"]["start"] and each["evidence"]["end"] <= end
    ]
    netanyahu = reading.write("Benjamin Netanyahu")  # the words in the editor's brackets are the article's own
    assert [each for each in asserted if each["subject"]["label"] != netanyahu] == []


def test_the_article_never_says(reading: Reading) -> None:
    ryan, corbyn, netanyahu, mandela, israel = map(
        reading.write, ("Joan Ryan", "Jeremy Corbyn", "Benjamin Netanyahu", "Nelson Mandela", "Israel")
    )
    ends = [(subject, thing) for subject, _, thing in reading.asserted]
    assert not any({ryan, other} == set(pair) for pair in ends for other in (netanyahu, mandela))
    leads = {(subject, thing) for subject, predicate, thing in reading.asserted if predicate in ("leads", "chairs")}
    assert (corbyn, israel) not in leads
    assert (corbyn, reading.write("Labour Friends of Israel")) not in leads
    assert (ryan, reading.write("UK Labour Party")) not in leads


def test_one_party_and_one_member_of_parliament(reading: Reading) -> None:
    parties = {
        each["entity"] for each in reading.records if each["kind"] == "mention" and POL + "Party" in each["types"]
    }
    assert len(parties) == 1
    carriers = {
        each["entity"]
        for each in reading.records
        if each["kind"] == "mention"
        and each["text"] in (reading.write("Ryan"), reading.write("Joan Ryan"), "the rebel MP")
    }
    assert len(carriers) == 1
