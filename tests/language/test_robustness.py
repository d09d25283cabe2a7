"""Text as it comes: what must hold of names, sentences and time whatever the model thinks of the words."""

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import kg.language
from kg.errors import SourceError
from kg.language.layout import find_dateline, find_moves
from kg.language.lexicon import Lexicon
from kg.language.proper_names import find_names, same_name
from kg.language.syntax import Syntax
from kg.ontology import load_ontology

from .docs import make_doc
from .ships import SEA, ships

SLEPT = "slept=sleep/VBD/root ."
SNIPPETS = Path(__file__).parent.parent / "benchmarks" / "robustness.toml"


@pytest.fixture(scope="module")
def nlp():
    return kg.language.load_pipeline()


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(load_ontology())


def names(doc, lexicon=None):
    syntax = Syntax(doc)
    lexicon = lexicon or ships()
    return find_names(syntax, lexicon, lexicon.noun_hits(syntax))


def tagged(notation, label="PERSON"):
    """Return the names where the tagger took all words before the verb for one name."""
    doc = make_doc(f"{notation} {SLEPT}")
    doc.ents = [doc.char_span(0, doc.text.index(" slept"), label=label, alignment_mode="contract")]
    return [name.text for name in names(doc)]


def untagged(text):
    """Return the names of a text whose words are all proper nouns, found without the tagger."""
    words = spacy.blank("en")(text)
    doc = Doc(
        words.vocab,
        words=[token.text for token in words],
        spaces=[bool(token.whitespace_) for token in words],
        pos=["PROPN" if token.is_alpha else "PUNCT" for token in words],
        tags=["NNP" if token.is_alpha else "." for token in words],
        heads=[0] * len(words),
        deps=["ROOT", *["dep"] * (len(words) - 1)],
        lemmas=[token.lower_ for token in words],
    )
    return [name.text for name in names(doc)]


# -- titles, honours and marks around names ------------------------------------------------------------------


@pytest.mark.parametrize(
    "title",
    ["Captain/NNP/compound>Ada", "Chief/NNP/compound>Skipper Skipper/NNP/compound>Ada", "Judge/NNP/compound>Ada",
     "Detective/NNP/compound>Inspector Inspector/NNP/compound>Ada", "Sergeant/NNP/compound>Ada",
     "Archbishop/NNP/compound>Ada", "Prof./NNP/compound>Ada Dr./NNP/compound>Ada", "Ex/NNP/dep>Ada -"],
)  # fmt: skip
def test_a_title_that_the_tagger_took_in_is_no_part_of_the_name(title):
    assert tagged(f"{title} Ada/NNP/nsubj>slept Lund/NNP/flat>Ada") == ["Ada Lund"]


def test_a_word_of_a_name_that_is_a_title_elsewhere_stays():
    text = "Ada/NNP/nsubj>slept Captain/NNP/flat>Ada Lund/NNP/flat>Ada"
    assert tagged(text) == ["Ada Captain Lund"]


@pytest.mark.parametrize("label", ["ORG", "LOC"])
def test_the_name_of_a_thing_keeps_a_word_that_is_a_title_of_people(label):
    assert tagged("General/NNP/compound>Ropes Ropes/NNP/nsubj>slept", label) == ["General Ropes"]


@pytest.mark.parametrize("honour", ["OBE", "QC", "KC", "MBE", "PhD"])
def test_an_honour_after_a_name_is_no_part_of_it(honour):
    assert tagged(f"Ada/NNP/nsubj>slept Lund/NNP/flat>Ada {honour}/NNP/flat>Ada") == ["Ada Lund"]


@pytest.mark.parametrize("label", ["ORG", "LOC", "PERSON"])
def test_an_honour_after_a_comma_is_no_name(label):
    notation = f"Ada_Lund/NNP/nsubj>slept/PERSON , OBE/NNP/appos>Ada_Lund/{label} , {SLEPT}"
    assert [name.text for name in names(make_doc(notation))] == ["Ada Lund"]


def test_an_honorific_votes_for_a_person_against_the_tagger():
    (name,) = names(make_doc(f"Mr/NNP/compound>Lund Lund/NNP/nsubj>slept/LOC {SLEPT}"))
    assert [(vote.of_class.removeprefix(SEA), vote.weight) for vote in name.votes] == [("Place", 1.0), ("Person", 2.0)]


def test_a_month_that_is_a_person_s_name_is_one_unless_it_dates():
    assert tagged("April/NNP/nsubj>slept") == ["April"]
    assert [
        n.text for n in names(make_doc(f"In/IN/case>April April/NNP/obl>slept/PERSON Ada/NNP/nsubj>slept {SLEPT}"))
    ] == ["Ada"]


@pytest.mark.parametrize("prefix", ["Pro", "Anti", "Non", "Mid"])
def test_a_prefix_is_no_name(prefix):
    assert prefix not in untagged(f"{prefix}-Gull Ada")


def test_a_dash_between_two_names_parts_them_and_a_hyphen_does_not():
    assert untagged("Upsala–Gull") == ["Upsala", "Gull"]
    assert untagged("Upsala-Gull") == ["Upsala-Gull"]


@pytest.mark.parametrize("text", ["J. K. Marr", "J.K. Marr", "J K Marr"])
def test_initials_are_written_in_many_ways_and_are_one(text):
    assert same_name(text) == "J K Marr"


@pytest.mark.parametrize(("one", "other"), [("O’Dowd", "O'Dowd"), ("D’Arcy", "D'Arcy")])
def test_an_apostrophe_is_straight_or_curly_in_one_name(one, other):
    assert same_name(one) == same_name(other)


def test_a_name_in_small_letters_is_a_name_where_all_is_small():
    small = make_doc("ada_lund/NNP/nsubj>slept/PERSON slept=sleep/VBD/root .")
    assert [name.text for name in names(small)] == ["ada lund"]
    mixed = make_doc(
        "ada_lund/NNP/nsubj>slept/PERSON slept=sleep/VBD/root .\nBram/NNP/nsubj>left left=leave/VBD/root ."
    )
    assert [name.text for name in names(mixed)] == ["Bram"]


def test_a_known_individual_is_known_in_a_headline_in_capitals():
    notation = (
        "ALL/DT/det>SHIPS SHIPS/NNS/nsubj>slept OF/IN/case>PORTS PORTS/NNS/nmod>SHIPS NOW/RB/advmod>slept "
        f"IN/IN/case>NORLAND NORLAND/NNP/obl>slept {SLEPT}"
    )
    assert SEA + "Norland" in [name.individual for name in names(make_doc(notation))]


# -- date lines and sentences --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["LONDON, 3 May — ", "PORT SENNICK (AP) -- ", "Oslo, 12 June 2019 – ", "Wenlow, Friday — ", "Oslo (AP) — ",
     "GENEVA, Sept. 2 (AP) - ", "St. Olave, May 3 — "],
)  # fmt: skip
def test_a_date_line_ends_where_the_text_goes_on(line):
    assert find_dateline(f"{line}Rain fell.") == len(line)


@pytest.mark.parametrize("text", ["Ada Lund — the mayor — left.", "Rain fell, and 3 May — a day — was dry.", "A B-C"])
def test_not_every_dash_ends_a_date_line(text):
    assert find_dateline(text) == 0


def test_the_name_that_opens_a_date_line_is_a_place():
    doc = make_doc(f"LUND/NNP/dep>slept/PERSON – Ada/NNP/nsubj>slept/PERSON {SLEPT}")
    found = {name.text: [vote.of_class.removeprefix(SEA) for vote in name.votes] for name in names(doc)}
    assert found["Ada"] == ["Person"]
    assert found["LUND"] == ["Person", "Place"]


@pytest.mark.parametrize(
    ("text", "word", "move"),
    [("He left. “None stayed.”", "None", -1), ("“No,” Ada said.", "Ada", None), ("It is No. 12 now.", "12", None),
     ("He left.” Ada stayed.", "”", 1), ("He left. Ada stayed.", "Ada", 0), ('He left. "None stayed."', "None", -1)],
)  # fmt: skip
def test_no_sentence_starts_amid_marks(text, word, move):
    doc = spacy.blank("en")(text)
    assert find_moves(doc)[[token.text for token in doc].index(word)] == move


def test_the_snippets_of_the_table_are_many_and_of_many_kinds():
    kinds = tomllib.loads(SNIPPETS.read_text(encoding="utf-8"))
    assert len(kinds) >= 12
    assert sum(map(len, kinds.values())) >= 120


# -- bad input -----------------------------------------------------------------------------------------------

BAD = {
    "one word": "word",
    "no letter": "🙂👩‍👩‍👧" * 200,
    "control characters": "a\x00b\x07\x1b[0m \x7f" * 200,
    "marks of direction": "\u202eAda\u202c \u2066Lund\u2069 \u200f\u200e" * 100,
    "spaces": "Ada" + " " * 100_000 + "Lund",
    "lines": "\n" * 50_000,
    "an endless word": "x" * 200_000,
    "no sentence end": "and the river ran under stones " * 300,
    "quotation marks": "“" * 2_000,
    "brackets": "(..) […] " * 500,
    "hyphens": "a-b-" * 1_000,
    "one name": "Ada Lund " * 1_000,
    "patterns": "House of the " * 1_000,
    "another script": "汉字 мэр города " * 300,
}


@pytest.mark.parametrize("kind", BAD)
def test_any_text_is_read_and_its_names_are_found(nlp, lexicon, kind):
    doc = nlp(BAD[kind])
    assert doc.text == BAD[kind]
    found = names(doc, lexicon)
    assert all(0 <= name.start < name.end <= len(doc) for name in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["\ud800", "Ada \udfff slept."])
def test_half_a_surrogate_pair_is_said_in_one_line(nlp, text):
    with pytest.raises(SourceError, match="half a surrogate pair at character"):
        nlp(text)


def test_a_text_longer_than_a_million_characters_is_no_error(nlp):
    text = "x" * 2_000_000
    assert nlp(text).text == text


@pytest.mark.parametrize("piece", ["Ada Lund met the House of the Gulls. ", "OBE, ", "Mr "])
def test_the_time_for_names_grows_with_the_text_and_not_faster(lexicon, piece):
    def seconds(times):
        words = spacy.blank("en")(piece * times)
        doc = Doc(
            words.vocab, words=[token.text for token in words], spaces=[bool(token.whitespace_) for token in words],
            pos=["PROPN"] * len(words), tags=["NNP"] * len(words), lemmas=[token.lower_ for token in words],
            heads=list(range(len(words))), deps=["ROOT"] * len(words),
        )  # fmt: skip
        syntax = Syntax(doc)
        hits = lexicon.noun_hits(syntax)
        start = time.process_time()
        find_names(syntax, lexicon, hits)
        return time.process_time() - start

    seconds(10)
    assert seconds(2_000) < 20 * max(seconds(500), 0.01)
