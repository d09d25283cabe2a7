import subprocess
import sys
from pathlib import Path

import pytest
from sea_domain import HEADER, write

from kg.errors import OntologyError
from kg.ontology import find_ontology, load_ontology, shipped_ontologies
from kg.vocabulary import KG

POLITICS = "https://kg.example/ontology/politics"


def names_of(*files: Path) -> list[str]:
    return [source.path.name for source in load_ontology(*files).triples.sources]


def test_the_core_is_shipped_first():
    assert shipped_ontologies()[0].name == "core.ttl"
    assert all(path.is_file() for path in shipped_ontologies())


def test_without_a_file_politics_and_places_are_loaded():
    assert names_of() == ["core.ttl", "politics.ttl", "countries.ttl", "places.ttl"]


def test_a_shipped_ontology_is_found_by_its_name_and_a_file_before_it(sea: Path):
    assert find_ontology("business").name == "business.ttl"
    assert find_ontology(sea) == sea


def test_what_is_neither_a_file_nor_shipped_is_refused_with_the_names():
    with pytest.raises(OntologyError, match=r"no such file.* core, business, countries, places or politics"):
        find_ontology("busines")


def test_given_files_are_loaded_beside_the_core_alone(sea: Path):
    assert names_of(sea) == ["core.ttl", "sea.ttl"]


def test_an_import_of_a_shipped_ontology_is_loaded_before_the_file_that_asks(tmp_path: Path):
    file = write(tmp_path, f"<https://sea.example/> owl:imports <{POLITICS}> .")
    names = names_of(file)
    assert names[0] == "core.ttl"
    assert names.index("politics.ttl") < names.index("sea.ttl")


def test_a_given_file_takes_the_place_of_the_shipped_one_of_its_iri(tmp_path: Path):
    own = tmp_path / "own.ttl"
    own.write_text(f"<{POLITICS}> a <http://www.w3.org/2002/07/owl#Ontology> .", encoding="utf-8")
    file = write(tmp_path, f"<https://sea.example/> owl:imports <{POLITICS}> .")
    assert names_of(file, own) == ["core.ttl", "own.ttl", "sea.ttl"]


def test_files_that_import_one_another_are_loaded_once_each(tmp_path: Path):
    one = write(tmp_path, "<https://sea.example/> owl:imports <https://land.example/> .")
    other = tmp_path / "land.ttl"
    text = HEADER.replace("<https://sea.example/> a", "<https://land.example/> owl:imports <https://sea.example/> ; a")
    other.write_text(text, encoding="utf-8")
    assert names_of(one, other, one) == ["core.ttl", "land.ttl", "sea.ttl"]


def test_a_missing_file_says_what_to_give(tmp_path: Path):
    with pytest.raises(OntologyError, match=r"nowhere\.ttl: cannot be read .*; give the path of a Turtle file"):
        load_ontology(tmp_path / "nowhere.ttl")


def test_a_folder_says_to_name_its_files(tmp_path: Path):
    with pytest.raises(OntologyError, match="is a folder; name the Turtle files in it"):
        load_ontology(tmp_path)


def test_a_syntax_error_names_file_line_and_column(tmp_path: Path):
    file = write(tmp_path, "ex:A a owl:Class ; rdfs:label .")
    with pytest.raises(OntologyError, match=rf"sea\.ttl:{HEADER.count(chr(10)) + 1}:\d+: .*; correct the Turtle there"):
        load_ontology(file)


def test_another_encoding_names_the_line(tmp_path: Path):
    file = tmp_path / "latin.ttl"
    file.write_bytes(HEADER.encode() + 'ex:A rdfs:label "caf\u00e9" .'.encode("latin-1"))
    with pytest.raises(OntologyError, match=r"latin\.ttl:10: is not UTF-8; save the file in that encoding"):
        load_ontology(file)


def test_a_byte_order_mark_is_read_over(tmp_path: Path):
    file = tmp_path / "mark.ttl"
    file.write_bytes(b"\xef\xbb\xbf" + HEADER.encode() + b'ex:A a owl:Class ; rdfs:label "a" .')
    assert load_ontology(file).label("https://sea.example/#A") == "a"


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        ('[ kg:lemma "x" ]', "a frame of ex:a has no type; give it exactly one of kg:ClassNoun"),
        ("[ a kg:Verb , kg:Role ]", "has kg:Verb, kg:Role; give it exactly one of"),
        ("[ a kg:Verb ; kg:object kg:Possesor ]", f"has <{KG}Possesor> as kg:object; give one of kg:Subject"),
        ("[ a kg:RelationalNoun ; kg:bearer kg:Frame ]", f"has <{KG}Frame> as kg:bearer; give one of kg:Subject"),
    ],
)
def test_a_frame_that_cannot_be_understood_names_its_term(tmp_path: Path, frame: str, message: str):
    file = write(tmp_path, f"ex:a a owl:ObjectProperty ; kg:frame {frame} .")
    with pytest.raises(OntologyError) as caught:
        load_ontology(file)
    assert message in str(caught.value)
    assert "sea.ttl: a frame of ex:a" in str(caught.value)


def test_a_score_of_other_than_two_properties_is_refused(tmp_path: Path):
    file = write(tmp_path, "ex:A a owl:Class ; kg:score ( ex:a ex:b ex:c ) .")
    with pytest.raises(OntologyError, match="has 3 properties; give a list of two"):
        load_ontology(file)


def test_loading_imports_neither_rdflib_nor_spacy_nor_matplotlib():
    code = (
        "import sys; from kg.ontology import load_ontology; load_ontology();"
        "print(sorted({'rdflib', 'spacy', 'matplotlib', 'rapidfuzz'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
