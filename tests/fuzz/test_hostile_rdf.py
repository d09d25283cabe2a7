"""RDF and queries that were made to harm: nothing is fetched, nothing grows, and nothing ends the process."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from explored import make_graph, vote

from kg.check import check_graph
from kg.cli import run
from kg.decisions import read_decisions
from kg.errors import OntologyError, QueryError, SourceError
from kg.graph import Graph
from kg.kb import build_index
from kg.model import Issue
from kg.nesting import DEEPEST, MOST_JOINED
from kg.ontology import load_ontology
from kg.ontology.lint import lint
from kg.query import run_query
from kg.store import DEFAULT_GRAPH, MemoryStore
from kg.vocabulary import DEFAULT_BASE

from .deciding import HEAD as DECISIONS
from .ontologies import HEAD
from .shaping import QUADS

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
ELEMENT = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"><rdf:Description rdf:about="http://x.example/1">
<rdfs:label>Ada {}</rdfs:label></rdf:Description></rdf:RDF>"""
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "lol">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
ONTOLOGY = HEAD + ':A a owl:Class ; rdfs:label "A"@en .\n:c a owl:ObjectProperty ; rdfs:label "c"@en .\n'


class Listener:
    """A port on this machine that counts who calls."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/x"
        self.calls = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.socket.shutdown(socket.SHUT_RDWR)
    made.socket.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a graph once; decisions on it are put in its folder by the tests."""
    return make_graph(tmp_path_factory.mktemp("graph"), vote())


def index(tmp_path: Path, name: str, text: str) -> tuple[list[str], list[str]]:
    """Give the labels of a knowledge base and the issues."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    issues: list[Issue] = []
    try:
        with build_index([path], tmp_path / "out", issues.append) as made:
            return [entry.label for entry in made], [each.message for each in issues]
    except SourceError:
        return [], [each.message for each in issues]


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "o.ttl"
    path.write_text(text, encoding="utf-8")
    return path


# -- entities ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "doctype",
    [
        LAUGHS,
        '<!DOCTYPE a [<!ENTITY l9 "&x;"><!ENTITY x "&l9;">]>',
        f'<!DOCTYPE a [<!ENTITY l9 "{"a" * 1000}">]>',
        '<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % l9 "x">]>',
        '<!DOCTYPE a [<!ENTITY l9 "&#38;l8;">]>',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p; <!ENTITY l9 "x">]>',
        f'<?xml version="1.0" encoding="nonsense"?>{LAUGHS}',
    ],
)
def test_entities_that_grow_or_lie_elsewhere_are_refused(tmp_path: Path, doctype: str) -> None:
    labels, (issue,) = index(tmp_path, "kb.rdf", doctype + ELEMENT.format("&l9;"))
    assert labels == []
    assert issue.startswith("line 1 ")
    assert issue.endswith("; nothing of it is used")


def test_entities_for_namespaces_are_put_in(tmp_path: Path) -> None:
    declared = '<?xml version="1.0"?><!DOCTYPE rdf:RDF [<!ENTITY lind "Lind">]>'
    assert index(tmp_path, "kb.owl", declared + ELEMENT.format("&lind;")) == (["Ada Lind"], [])


# -- the network ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '{{"@context": "{}", "@id": "http://x.example/1", "name": "Ada"}}',
        '{{"@context": {{"@import": "{}"}}, "@id": "http://x.example/1", "name": "Ada"}}',
        '{{"@context": ["{}", {{"name": "http://schema.org/name"}}], "@id": "http://x.example/1", "name": "Ada"}}',
        '{{"@context": {{"a": {{"@id": "urn:a", "@context": "{}"}}}}, "@id": "urn:1", "a": {{"urn:n": "Ada"}}}}',
    ],
)
def test_contexts_elsewhere_are_not_fetched(tmp_path: Path, listener: Listener, text: str) -> None:
    labels, issues = index(tmp_path, "kb.jsonld", text.format(listener.address))
    assert labels == []
    assert len(issues) <= 1
    assert listener.calls == 0


def test_a_definition_elsewhere_is_not_fetched(tmp_path: Path, listener: Listener) -> None:
    labels, _ = index(tmp_path, "kb.rdf", f'<!DOCTYPE a SYSTEM "{listener.address}">{ELEMENT.format("Lind")}')
    assert labels == ["Ada Lind"]
    assert listener.calls == 0


def test_imports_elsewhere_are_not_fetched(tmp_path: Path, listener: Listener) -> None:
    path = write(tmp_path, f"{ONTOLOGY}<http://x.example/o> a owl:Ontology ; owl:imports <{listener.address}> .\n")
    assert load_ontology(path).classes
    assert any(f"owl:imports <{listener.address}> is neither shipped" in issue.message for issue in lint([path]))
    assert listener.calls == 0


def test_a_rule_that_would_ask_another_server_is_refused(tmp_path: Path, listener: Listener) -> None:
    rule = f"CONSTRUCT {{ ?a :c ?b }} WHERE {{ SERVICE <{listener.address}> {{ ?b :c ?a }} }}"
    shape = f':S a sh:NodeShape ; sh:targetClass :A ; sh:rule [ a sh:SPARQLRule ; sh:construct "{rule}" ] .\n'
    path = write(tmp_path, ONTOLOGY + shape)
    with pytest.raises(OntologyError, match="would ask another server, and kg stays offline"):
        load_ontology(path)
    assert any("would ask another server" in issue.message for issue in lint([path]))
    assert listener.calls == 0


def test_a_shape_that_would_ask_another_server_is_refused(tmp_path: Path, listener: Listener) -> None:
    query = f"SELECT $this WHERE {{ SERVICE <{listener.address}> {{ $this ?p ?o }} }}"
    path = write(tmp_path, f'{ONTOLOGY}:S a sh:NodeShape ; sh:targetClass :A ; sh:sparql [ sh:select "{query}" ] .\n')
    with MemoryStore() as store, pytest.raises(OntologyError, match="would ask another server"):
        check_graph(Graph(store, load_ontology(path), base=DEFAULT_BASE))
    assert listener.calls == 0


# -- nesting ----------------------------------------------------------------------------------------------

DEEP = 100_000
NESTED = {
    "parentheses": "SELECT * {{ ?s ?p ?o FILTER({}1{}) }}".format("(" * DEEP, ")" * DEEP),
    "groups": "SELECT * " + "{" * DEEP + "}" * DEEP,
    "calls": "SELECT * {{ ?s ?p ?o FILTER({}1{}) }}".format("STR(" * DEEP, ")" * DEEP),
    "blank nodes": "SELECT * {{ ?s ?p {}1{} }}".format("[ ?p " * DEEP, "]" * DEEP),
    "queries": "SELECT * {{{}{}}}".format("{ SELECT * {" * DEEP, "}}" * DEEP),
    "paths": "SELECT * {{ ?s {}<a:b>{} ?o }}".format("(" * DEEP, ")" * DEEP),
    "sequences": "SELECT * {{ ?s <a:b>{} ?o }}".format("/<a:b>" * DEEP),
    "negations": "SELECT * {{ ?s ?p ?o FILTER({}1) }}".format("!" * DEEP),
    "conjunctions": "SELECT * {{ ?s ?p ?o FILTER(1{}) }}".format(" && 1" * DEEP),
    "unions": "SELECT * {{ {{}} {} }}".format("UNION {}" * DEEP),
    "filters": "SELECT * {{ ?s ?p ?o {} }}".format("FILTER(1) " * DEEP),
    "options": "SELECT * {{ ?s ?p ?o {} }}".format("OPTIONAL { ?s ?p ?o } " * DEEP),
    "unclosed": "SELECT * " + "{" * DEEP,
}


@pytest.mark.parametrize("name", NESTED)
def test_a_query_that_would_end_the_process_is_refused(name: str) -> None:
    with MemoryStore() as store, pytest.raises(QueryError, match="too much for the engine"):
        run_query(store, NESTED[name], {}, {})


def test_queries_below_the_limits_are_answered() -> None:
    deep, many = DEEPEST - 2, MOST_JOINED - 1
    queries = (
        f"ASK {{ FILTER({'(' * deep}1{')' * deep}) }}",
        f"ASK {{ FILTER({'STR(' * deep}1{')' * deep} = '1') }}",
        f"ASK {'{' * deep}{'}' * deep}",
        f"ASK {{ FILTER(1{'+1' * many}) }}",
        f"ASK {{ FILTER({'!' * many}0) }}",
        f"ASK {{ VALUES ?x {{ {'<http://a.example/b-c/d> ex:a-b -1 ' * 600} }} }}",
    )
    with MemoryStore() as store:
        for text in queries:
            assert run_query(store, text, {}, {"ex": "http://x.example/"}), text[:60]


def test_lists_and_blank_nodes_may_nest_in_turtle(tmp_path: Path) -> None:
    nested = f":A rdfs:seeAlso {'( ' * 9_999}{' )' * 9_999} , {'[ :c ' * 9_999}1{' ]' * 9_999} .\n"
    assert load_ontology(write(tmp_path, ONTOLOGY + nested)).classes


def test_triples_in_triples_a_hundred_thousand_deep_are_refused(tmp_path: Path) -> None:
    nested = f":A :c {'<<( :A :c ' * DEEP}1{' )>>' * DEEP} .\n"
    with pytest.raises(OntologyError, match="triples stand in triples"):
        load_ontology(write(tmp_path, HEAD + nested))
    with pytest.raises(SourceError, match="holds triples in triples"):
        read_decisions(tmp_path / "o.ttl", DEFAULT_BASE)
    labels, (issue,) = index(tmp_path, "kb.ttl", HEAD + nested)
    assert labels == []
    assert issue.startswith("has triples in triples, too deep")


def test_a_rule_nested_too_deep_is_refused(tmp_path: Path) -> None:
    rule = f"CONSTRUCT {{ ?a :c ?b }} WHERE {{ ?b :c ?a FILTER({'(' * 1000}1{')' * 1000}) }}"
    shape = f':S a sh:NodeShape ; sh:targetClass :A ; sh:rule [ a sh:SPARQLRule ; sh:construct "{rule}" ] .\n'
    path = write(tmp_path, ONTOLOGY + shape)
    with pytest.raises(OntologyError, match="too much for the engine"):
        load_ontology(path)
    assert any("too much for the engine" in issue.message for issue in lint([path]))


# -- what the fuzzers found -------------------------------------------------------------------------------


@pytest.mark.parametrize("confidence", ['"high"', "1.5", "-1", '"NaN"', '""'])
def test_a_confidence_that_is_none_is_told_with_its_value(tmp_path: Path, confidence: str) -> None:
    frame = f':c kg:frame [ a kg:Verb ; kg:lemma "see" ; kg:confidence {confidence} ] .\n'
    path = write(tmp_path, ONTOLOGY + frame)
    with pytest.raises(OntologyError, match=r"as kg:confidence; give a number from 0 to 1$"):
        load_ontology(path)
    assert any("kg:confidence" in issue.message for issue in lint([path]))


@pytest.mark.parametrize("text", ["", "  "])
def test_a_rule_without_a_query_is_told(tmp_path: Path, text: str) -> None:
    shape = f':S a sh:NodeShape ; sh:targetClass :A ; sh:rule [ a sh:SPARQLRule ; sh:construct "{text}" ] .\n'
    path = write(tmp_path, ONTOLOGY + shape)
    rules = {rule.iri for rule in load_ontology().rules}
    assert {rule.iri for rule in load_ontology(path).rules} <= rules
    assert any("has no sh:construct" in issue.message for issue in lint([path]))


def test_a_text_that_is_none_of_its_datatype_logs_no_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = write(tmp_path, f'{ONTOLOGY}:S a sh:NodeShape ; sh:targetClass :A ; sh:name "x"^^xsd:date .\n')
    ontology = load_ontology(path)
    assert ontology.shapes
    assert ontology.graph
    assert caplog.records == []


def test_shapes_that_cannot_be_used_are_an_error_of_the_ontology(tmp_path: Path) -> None:
    path = write(tmp_path, f"{ONTOLOGY}:S a sh:NodeShape ; sh:targetClass :A ; sh:minCount 1 .\n")
    with MemoryStore() as store:
        store.replace_graph(DEFAULT_GRAPH, QUADS)
        graph = Graph(store, load_ontology(path), base=DEFAULT_BASE)
        with pytest.raises(OntologyError, match=r"^the shapes of the ontology cannot be used "):
            check_graph(graph)


ONE = 'decision:a-one kg:thing id:x ; rdfs:label "x" .\n'
RENAMED = (
    'decision:a a kg:Decision , kg:Rename ; kg:by "me" ; kg:name "X" ; kg:one decision:a-one ; prov:endedAtTime {} .\n'
)
NOW = '"2024-05-03T10:00:00Z"'


@pytest.mark.parametrize("when", ['"0001-01-01T00:00:00+12:00"', '"9999-12-31T23:59:59-12:00"', '"2024-05-03"'])
def test_a_time_that_has_none_in_utc_is_told(tmp_path: Path, when: str) -> None:
    path = write(tmp_path, DECISIONS + RENAMED.format(when) + ONE)
    with pytest.raises(SourceError, match="is no time with a zone"):
        read_decisions(path, DEFAULT_BASE)


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ('kg:thing "x y" ; rdfs:label "x"', "kg:thing is a text; give an IRI"),
        ('kg:thing id:x ; rdfs:label "x" ; kg:anchor "x y"', "kg:anchor is a text; give an IRI"),
        ("kg:thing id:x ; rdfs:label id:x", "<http://www.w3.org/2000/01/rdf-schema#label> is an IRI; give a text"),
    ],
)
def test_a_target_is_an_iri_with_texts(tmp_path: Path, part: str, told: str) -> None:
    path = write(tmp_path, f"{DECISIONS}{RENAMED.format(NOW)}decision:a-one {part} .\n")
    with pytest.raises(SourceError) as caught:
        read_decisions(path, DEFAULT_BASE)
    assert str(caught.value).endswith(told)


@pytest.mark.parametrize("code", ["\\u001B[31m", "\\u0007", "\\u0000", "\\u0020", "\\u202E", "\\u0085"])
def test_codes_in_the_iris_of_decisions_are_shown_as_escapes(
    folder: Path, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    part = f'decision:a-one kg:thing <https://kg.example/id/x{code}> ; rdfs:label "x{code}" .\n'
    (folder / "decisions.ttl").write_text(DECISIONS + RENAMED.format(NOW) + part, encoding="utf-8")
    assert run(["decisions", "--graph", str(folder)]) in (0, 1)
    shown = capsys.readouterr()
    assert "should not happen" not in shown.err
    assert all(each.isprintable() or each == "\n" for each in shown.err), ascii(shown.err)


@pytest.mark.parametrize("value", ["<script>", "<x>", "ex:<", "<http://[>"])
def test_a_value_that_looks_like_an_iri_and_is_none_is_a_text(value: str) -> None:
    with MemoryStore() as store:
        found = run_query(store, "SELECT ($name AS ?x) {}", {"name": value}, {"ex": "http://x.example/"})
    assert found.rows == [(value,)]


def test_triples_are_written_to_tsv_as_they_can_be_read() -> None:
    with MemoryStore() as store:
        text = 'SELECT * { VALUES ?x { <<( <urn:a> <urn:b> <<( <urn:a> <urn:b> "x\\ty"@en )>> )>> } }'
        found = run_query(store, text, {}, {})
    assert found.write("tsv") == '?x\n<<( <urn:a> <urn:b> <<( <urn:a> <urn:b> "x\\ty"@en )>> )>>\n'


def test_half_a_surrogate_pair_in_a_knowledge_base_leaves_that_item_out(tmp_path: Path) -> None:
    text = '{"persons": [\n{"id": "1", "name": "Ada \\ud800"},\n{"id": "2", "name": "Bo Ek"}]}'
    labels, issues = index(tmp_path, "kb.json", text)
    assert labels == ["Bo Ek"]
    assert issues == ["has half a surrogate pair in a text, so it is left out; write the whole character"]


def test_half_a_surrogate_pair_among_the_articles_set_aside_is_passed_over(tmp_path: Path) -> None:
    from kg.rejected import Rejected

    good = '{"id": "1", "text": "x", "reason": "slow", "fingerprint": "0"}\n'
    (tmp_path / "rejected.jsonl").write_text(good + good.replace('"1"', '"2"').replace('"x"', '"\\ud800"'))
    rejected = Rejected(tmp_path)
    rejected.write()
    assert [each.article.id for each in Rejected(tmp_path)] == ["1"]
