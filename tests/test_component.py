from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc
from tiny_pipeline import make_pipeline

import kg
from kg.errors import PipelineError
from kg.extract.component import NAME
from kg.model import Referent, Statement

ROOT = Path(__file__).parents[1]
TEXT = "Ada Lind leads Harbour Party. Bo Ek criticised Ada Lind."
ONTOLOGY = (
    "@prefix my: <https://my.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix kg: <https://kg.example/ontology/core#> .\n"
    'my:Being a owl:Class ; rdfs:label "being"@en ; kg:nameLabel "PERSON", "ORG" .\n'
    'my:heads a owl:ObjectProperty ; rdfs:label "heads"@en ; rdfs:domain my:Being ; rdfs:range my:Being ;\n'
    '    kg:frame [ a kg:Verb ; kg:lemma "lead" ] .\n'
)


def test_the_component_sets_what_a_doc_says() -> None:
    nlp = make_pipeline()
    nlp.add_pipe(NAME)
    doc = nlp(TEXT)
    assert {each.predicate.rpartition("#")[2] for each in doc._.statements} >= {"leads", "criticised"}
    assert all(isinstance(each, Statement) for each in doc._.statements)
    assert all(isinstance(each, Referent) for each in doc._.referents)
    assert [referent.label for referent in doc._.referents] == ["Ada Lind", "Harbour Party", "Bo Ek"]
    assert doc._.attributions == ()
    assert [(span.text, span.label_, span.id_) for span in doc.spans["mentions"]] == [
        ("Ada Lind", "name", "r1"),
        ("Harbour Party", "name", "r2"),
        ("Bo Ek", "name", "r3"),
        ("Ada Lind", "name", "r1"),
    ]


def test_the_component_takes_an_ontology(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(ONTOLOGY)
    nlp = make_pipeline()
    nlp.add_pipe(NAME, config={"ontology": str(tmp_path / "mine.ttl")})
    (statement,) = [each for each in nlp(TEXT)._.statements if not each.predicate.endswith("type")]
    assert statement.predicate == "https://my.example/heads"


def test_the_component_needs_a_tree() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe(NAME)
    with pytest.raises(PipelineError, match="dependency tree"):
        nlp("Ada Lind left.")
    assert nlp("")._.statements == ()


def test_the_component_works_after_the_shipped_pipeline() -> None:
    nlp = kg.load_pipeline()
    nlp.add_pipe(NAME)
    doc = nlp("Ada Lind, the chair of the Harbour Society, left.")
    assert doc._.referents
    assert all(doc.text[each.start_char : each.end_char] == each.text for each in doc.spans["mentions"])


def test_the_component_follows_a_doc_made_by_hand() -> None:
    nlp = make_pipeline()
    component = nlp.add_pipe(NAME)
    doc = Doc(
        nlp.vocab,
        ["Ada", "left", "."],
        heads=[1, 1, 1],
        deps=["nsubj", "ROOT", "punct"],
        pos=["PROPN", "VERB", "PUNCT"],
    )
    assert component(doc) is doc


def test_spacy_finds_the_component_by_its_entry_point() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    factories = project["entry-points"]["spacy_factories"]
    assert NAME in factories
    for name, target in factories.items():
        module, _, attribute = target.partition(":")
        assert callable(getattr(import_module(module), attribute))
        assert spacy.Language.get_factory_meta(name).factory == name


def test_loading_the_entry_point_is_enough_to_add_the_component() -> None:
    """What spaCy does for a name that it does not know: it loads the entry point and asks again."""
    code = (
        "import spacy, importlib.metadata as m\n"
        "nlp = spacy.blank('en')\n"
        "m.EntryPoint('kg_statements', 'kg.extract.component:make_statements', 'spacy_factories').load()\n"
        "print(type(nlp.add_pipe('kg_statements')).__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert done.stdout.strip() == "Statements", done.stderr
