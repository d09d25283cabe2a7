"""Every example sentence of every shipped ontology says what its frame is there to find."""

import pytest

from kg.extract.reading import read_doc
from kg.language import load_pipeline
from kg.language.lexicon import Lexicon
from kg.model import Article
from kg.ontology import load_ontology, shipped_ontologies

ONTOLOGY = load_ontology(*shipped_ontologies())
EXAMPLES = [(frame, example) for frame in ONTOLOGY.frames for example in frame.examples]


@pytest.fixture(scope="module")
def rules():
    """The rules by which statements were found in each example sentence."""
    lexicon = Lexicon(ONTOLOGY)
    sentences = list(dict.fromkeys(example for _, example in EXAMPLES))
    docs = load_pipeline().pipe(sentences)
    readings = {
        text: read_doc(doc, Article("example", text), lexicon) for text, doc in zip(sentences, docs, strict=True)
    }
    return {text: {s.rule.rsplit(" (", 1)[0] for s in reading.statements} for text, reading in readings.items()}


def test_every_frame_of_the_shipped_ontologies_has_an_example():
    assert [frame.name for frame in ONTOLOGY.frames if not frame.examples] == []


@pytest.mark.parametrize(
    ("frame", "example"), EXAMPLES, ids=[f"{frame.name}: {example}" for frame, example in EXAMPLES]
)
def test_a_frame_of_the_term_finds_something_in_its_example(frame, example, rules):
    of_the_term = {other.name for other in ONTOLOGY.frames if ONTOLOGY.is_a(other.term, frame.term)}
    assert rules[example] & of_the_term, f"{example!r} gave {sorted(rules[example]) or 'nothing'}"
