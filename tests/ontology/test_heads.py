"""The heads of ontologies are read as the whole files are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError
from kg.ontology import load_ontology, load_prefixes, shipped_ontologies

OWL = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"


@pytest.mark.parametrize(
    "path", [None, *shipped_ontologies()], ids=lambda path: "default" if path is None else path.name
)
def test_prefixes_are_those_of_the_loaded_ontology(path: Path | None) -> None:
    files = () if path is None else (path,)
    assert list(load_prefixes(*files).items()) == list(load_ontology(*files).prefixes.items())


@pytest.mark.parametrize(
    "text",
    [
        OWL + "<urn:o> a owl:Ontology . <urn:a> a <urn:b> .\nPrefix late:\t<urn:late#>\nlate:x a late:y .",
        OWL + "@prefix a: <urn:a#> . a:x a a:y .\n<urn:o> owl:imports <urn:p> ; a owl:Ontology .",
        OWL + "@prefix a: <urn:a#> . <urn:o> a owl:Ontology . a:x a:y a:z . @prefix a: <urn:other#> .",
        OWL + 'owl:x owl:y "no prefix of: <urn:this#> file" .',
        OWL,
        "",
    ],
)
def test_prefixes_are_found_wherever_they_are_declared(text: str, tmp_path: Path) -> None:
    (tmp_path / "o.ttl").write_text(text, "utf-8")
    assert load_prefixes(tmp_path / "o.ttl") == load_ontology(tmp_path / "o.ttl").prefixes


def test_what_cannot_be_read_is_told_with_its_file(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl: cannot be read"):
        load_prefixes(tmp_path / "none.ttl")
    (tmp_path / "o.ttl").write_text("no turtle", "utf-8")
    with pytest.raises(OntologyError, match=r"o\.ttl:1:1"):
        load_prefixes(tmp_path / "o.ttl")
