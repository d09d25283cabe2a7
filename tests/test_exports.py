from __future__ import annotations

import subprocess
import sys

import kg

PUBLIC = {
    "Article", "Attribution", "BuildReport", "DEFAULT_BASE", "Entity", "Fetching", "Graph", "Issue", "KgError",
    "Mention", "Ontology", "OntologyError", "PipelineError", "Qualification", "QueryError", "QueryResult", "Reading",
    "Referent", "SettingError", "SourceError", "Span", "Statement", "Status", "StoreError", "Value", "build",
    "explain", "extract_articles", "load_ontology", "load_pipeline", "open_graph", "read_articles",
}  # fmt: skip
HEAVY = (
    "spacy",
    "matplotlib",
    "onnxruntime",
    "trafilatura",
    "torch",
    "pyshacl",
    "rdflib",
    "networkx",
    "numpy",
    "scipy",
)


def loaded_by(code: str) -> tuple[str, list[str]]:
    found = f"import sys\nprint([name for name in {HEAVY} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", f"{code}\n{found}"], capture_output=True, text=True, check=True)
    *output, last = run.stdout.splitlines()
    return "\n".join(output), eval(last)


def test_the_public_names_are_these() -> None:
    assert set(kg.__all__) == PUBLIC
    assert set(dir(kg)) >= PUBLIC


def test_every_public_name_is_there_and_is_not_a_module() -> None:
    for name in PUBLIC:
        assert type(getattr(kg, name)).__name__ != "module", name


def test_an_unknown_name_is_an_attribute_error() -> None:
    assert not hasattr(kg, "no_such_name")


def test_a_name_stays_what_it_is_when_its_module_is_imported() -> None:
    output, _ = loaded_by(
        "import kg, kg.builder, kg.explanation, kg.graph, kg.query\nprint(callable(kg.build), callable(kg.explain))"
    )
    assert output == "True True"


def test_importing_kg_is_light() -> None:
    assert loaded_by("import kg")[1] == []


def test_the_command_answers_help_without_loading_what_it_does_not_need() -> None:
    for arguments in (["--help"], ["build", "--help"], ["query", "--help"], ["query", "--list"]):
        output, loaded = loaded_by(f"from kg.cli import run\nassert run({arguments}) == 0")
        assert output
        assert loaded == []
