"""The component `kg_coreference` in a pipeline of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from kg.errors import PipelineError
from kg.language import load_pipeline
from kg.language.clusters import NAME, PREFIX, CoreferenceClusters

from .docs import make_doc

TEXT = "Ada Marsh bought the harbour hotel in May. She sold it a year later, and her brother said she had been cheated."


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    nlp = load_pipeline()
    nlp.add_pipe(NAME)
    return nlp


def find_groups(doc: spacy.tokens.Doc) -> list[list[str]]:
    return [[span.text for span in spans] for key, spans in doc.spans.items() if key.startswith(PREFIX)]


def test_a_person_and_her_pronouns_are_one_group(nlp: spacy.language.Language) -> None:
    groups = find_groups(nlp(TEXT))
    assert ["Ada Marsh", "She", "her", "she"] in groups


def test_the_groups_are_numbered_from_one(nlp: spacy.language.Language) -> None:
    keys = [key for key in nlp(TEXT).spans if key.startswith(PREFIX)]
    assert keys == [f"{PREFIX}_{number}" for number in range(1, len(keys) + 1)]


def test_a_pipeline_on_disk_finds_the_same(nlp: spacy.language.Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    again = spacy.load(tmp_path / "pipeline")
    assert find_groups(again(TEXT)) == find_groups(nlp(TEXT))


def test_a_text_of_no_words_has_no_groups(nlp: spacy.language.Language) -> None:
    assert find_groups(nlp("")) == []
    assert find_groups(nlp(" \n ")) == []


def test_the_component_needs_a_tree() -> None:
    with pytest.raises(PipelineError, match="dependency tree"):
        CoreferenceClusters()(spacy.blank("en")("Ada left."))


def test_a_tree_by_hand_will_do() -> None:
    doc = make_doc("""
        Ada_Marsh/NNP/nsubj>left/PERSON left=leave/VBD/root the harbour/NN/obj>left .
        she/PRP/nsubj>sold sold=sell/VBD/root her/PRP$/nmod:poss>boat boat/NN/obj>sold .
    """)
    (group,) = find_groups(CoreferenceClusters()(doc))
    assert {"she", "her"} <= set(group)
