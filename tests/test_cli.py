from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_pipeline import make_pipeline

import kg
from kg.cli import output, run

LEADS = "Ada Lind leads Harbour Party."
CRITICISED = "Bo Ek criticised Ada Lind."
SHAPE = (
    "@prefix my: <https://my.example/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix kg: <https://kg.example/ontology/core#> .\n"
    "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
    "<https://my.example> a owl:Ontology .\n"
    'my:Being a owl:Class ; rdfs:label "being"@en ; rdfs:comment "Whoever has a name."@en ;\n'
    '    kg:nameLabel "PERSON", "ORG" .\n'
    'my:heads a owl:ObjectProperty ; rdfs:label "heads"@en ; rdfs:comment "Is the head of."@en ;\n'
    "    rdfs:domain my:Being ; rdfs:range my:Being ; rdfs:subPropertyOf <https://schema.org/knows> ;\n"
    '    kg:frame [ a kg:Verb ; kg:lemma "lead" ; kg:example "Ada Lind leads Harbour Party." ] .\n'
    "my:Headed a sh:NodeShape ; sh:targetSubjectsOf my:heads ;\n"
    '    sh:property [ sh:path my:heads ; sh:maxCount 0 ; sh:message "nobody heads anything" ] .\n'
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    articles = [
        {"id": "a", "text": LEADS, "title": "Red \x1b[31malert\x9b", "published": "2024-05-03"},
        {"id": "b", "text": CRITICISED},
    ]
    (folder / "articles.jsonl").write_text("\n".join(map(json.dumps, articles)))
    kg.build(folder / "articles.jsonl", folder / "out", pipeline=make_pipeline()).close()
    return folder / "out"


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands read with the tiny pipeline, in this process."""
    from kg.working import OwnProcess

    monkeypatch.setattr("kg.language.load_pipeline", lambda name=None: make_pipeline())
    monkeypatch.setattr("kg.working.Workers", lambda *_, **__: OwnProcess(make_pipeline()))


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    def call(*arguments: object) -> tuple[int, str, str]:
        code = run([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


# -- build ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tiny")
def test_build_prints_what_it_did(command: Command, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(LEADS)
    code, out, err = command("build", tmp_path / "one.txt", "-o", tmp_path / "out")
    rows = dict(line.rsplit(maxsplit=1) for line in out.splitlines() if line.strip())
    assert code == 0
    assert (rows["articles read"], rows["  new"], rows["set aside"]) == ("1", "1", "0")
    assert rows["  leads"] == "1"
    assert f"see {tmp_path / 'out' / 'graph.ttl'}" in err
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"store", "graph.ttl", "graph.svg"}
    again = command("build", tmp_path / "one.txt", "-o", tmp_path / "out")[1]
    assert dict(line.rsplit(maxsplit=1) for line in again.splitlines() if line.strip())["  unchanged"] == "1"


@pytest.mark.usefixtures("tiny")
def test_build_ends_with_1_when_an_article_was_set_aside(command: Command, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text(LEADS)
    (tmp_path / "two.txt").write_text("Kaboom.")
    code, out, err = command("build", tmp_path, "-o", tmp_path / "out")
    assert code == 1
    assert "articles read" in out
    (line,) = [line for line in err.splitlines() if "two" in line]
    assert line.startswith("two: could not be read (RuntimeError: the parser broke)")
    assert "Traceback" not in err


@pytest.mark.usefixtures("tiny")
def test_debug_shows_where_an_article_broke(command: Command, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "two.txt").write_text(f"{LEADS} Kaboom.")
    logger = logging.getLogger("kg")
    try:
        assert command("--debug", "build", tmp_path, "-o", tmp_path / "out")[0] == 1
    finally:
        logger.setLevel(logging.NOTSET)
    assert any(record.exc_info and "the parser broke" in str(record.exc_info[1]) for record in caplog.records)


@pytest.mark.usefixtures("tiny")
def test_build_reads_standard_input(command: Command, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport kg.language\n"
        "from tiny_pipeline import make_pipeline\nkg.language.load_pipeline = lambda name=None: make_pipeline()\n"
        f"from kg.cli import run\nsys.exit(run(['build', '-', '-o', {str(tmp_path / 'out')!r}]))"
    )
    done = subprocess.run([sys.executable, "-c", script], input=LEADS, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Ada Lind" in (tmp_path / "out" / "graph.ttl").read_text()


def test_build_does_not_take_an_empty_name_for_the_folder_where_it_is(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.txt").write_text(LEADS)
    monkeypatch.chdir(tmp_path)
    code, out, err = command("build", "")
    assert (code, out) == (1, "")
    assert err.startswith("'': is no name of a file or folder")


def test_build_without_sources_is_wrong_usage(command: Command) -> None:
    code, out, err = command("build")
    assert (code, out) == (2, "")
    assert "SOURCE" in err


def test_build_without_any_article_says_so(command: Command, tmp_path: Path) -> None:
    code, out, err = command("build", tmp_path / "nothing", "-o", tmp_path / "out")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1].startswith("kg: no article could be read")


@pytest.mark.parametrize("base", ["nowhere", "https://a b/", "https://[/", "https://x/\udcff/"])
def test_a_wrong_setting_is_wrong_usage(base: str, command: Command, tmp_path: Path) -> None:
    code, _, err = command("build", tmp_path, "--base", base)
    assert code == 2
    assert err.startswith("kg: the base is")


# -- query ------------------------------------------------------------------------------------------------


def test_query_prints_a_table_and_counts_rows_apart(command: Command, outputs: Path) -> None:
    code, out, err = command("query", "SELECT ?who ?what { ?who pol:leads ?what }", "--graph", outputs)
    assert code == 0
    assert out.splitlines()[0].split() == ["who", "what"]
    assert out.splitlines()[-1].split() == ["id:ada-lind", "id:harbour-party"]
    assert err == "1 row\n"


def test_query_reads_a_file_and_writes_csv(command: Command, outputs: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("# who\nSELECT ?name { ?x pol:leads ?y ; rdfs:label ?name }")
    assert command("query", tmp_path / "q.rq", "-f", "csv", "--graph", outputs)[:2] == (0, "name\r\nAda Lind\r\n")


def test_query_reads_a_file_of_any_name_and_names_it_when_its_query_is_wrong(
    command: Command, outputs: Path, tmp_path: Path
) -> None:
    question = tmp_path / "question.txt"
    question.write_text("ASK {}")
    assert command("query", question, "--graph", outputs)[:2] == (0, "yes\n")
    question.write_text("SELECT ?x {")
    code, _, err = command("query", question, "--graph", outputs)
    assert code == 1
    assert err.startswith(f"kg: {question}: not a SPARQL query: line 1")


def test_a_value_can_have_any_name(command: Command, outputs: Path) -> None:
    words = (
        "ASK { ?x rdfs:label ?l FILTER(STR(?l) = $text && $text = $self) }",
        "--set",
        "text=Ada Lind",
        "--set",
        "self=Ada Lind",
    )
    assert command("query", *words, "--graph", outputs)[:2] == (0, "yes\n")


def test_query_asks_a_named_query_with_a_value(command: Command, outputs: Path) -> None:
    code, out, _ = command("query", "--name", "evidence", "--set", "name=ADA LIND", "-f", "json", "--graph", outputs)
    assert code == 0
    words = {row["words"]["value"] for row in json.loads(out)["results"]["bindings"]}
    assert "Ada Lind leads Harbour Party" in words


def test_query_lists_the_named_queries(command: Command) -> None:
    code, out, _ = command("query", "--list")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(kg.query.named.named_queries())


def test_query_answers_ask_and_describe(command: Command, outputs: Path) -> None:
    assert command("query", "ASK { id:ada-lind pol:leads ?x }", "--graph", outputs)[:2] == (0, "yes\n")
    assert "id:ada-lind a pol:" in command("query", "DESCRIBE id:ada-lind", "--graph", outputs)[1]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        ((), 2, "--list"),
        (("ASK {}", "--name", "entities"), 2, "--list"),
        (("ASK {}", "--format", "xml"), 2, "table, csv, tsv, json"),
        (("ASK {}", "--set", "name"), 2, "NAME=VALUE"),
        (("--name", "entitys"), 1, 'did you mean "entities"'),
        (("--name", "claims"), 1, "--set name="),
        (("SELECT ?x {",), 1, "line 1"),
        (("DROP ALL",), 1, "would change the graph"),
        (("no/such.rq",), 1, "no/such.rq: cannot be read"),
        (("",), 1, "the query is empty"),
        (("SELECT \udcff",), 1, "character 8 is not UTF-8"),
        (("ASK { ?x ?y $z }", "--set", "z=\udcff"), 1, "is not UTF-8"),
        (("SELECT (<x:f>(1) AS ?x) {}",), 1, "cannot be answered: The custom function <x:f>"),
        (("SELECT * { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }",), 1, "kg stays offline"),
    ],
)
def test_what_is_wrong_with_a_query_is_told(
    arguments: tuple[str, ...], code: int, told: str, command: Command, outputs: Path
) -> None:
    found, out, err = command("query", *arguments, "--graph", outputs)
    assert (found, out) == (code, "")
    assert told in err
    assert "Traceback" not in err


@pytest.mark.parametrize("arguments", [("query", "ASK {}"), ("show", "Ada"), ("export", "x.ttl"), ("check",)])
def test_a_folder_without_a_graph_is_told(arguments: tuple[str, ...], command: Command, tmp_path: Path) -> None:
    code, _, err = command(*arguments, "--graph", tmp_path)
    assert code == 1
    assert err.splitlines()[-1].startswith(f"kg: {tmp_path}: holds no graph; build one")


# -- show, export, draw, check -----------------------------------------------------------------------------


def test_show_prints_facts_with_their_words_and_no_control_character(command: Command, outputs: Path) -> None:
    code, out, _ = command("show", "ada lind", "--graph", outputs)
    assert code == 0
    assert "leads Harbour Party" in out
    assert "**Ada Lind leads Harbour Party**." in out
    assert "Red \\x1b[31malert\\x9b, 2024-05-03" in out
    assert all(each.isprintable() or each == "\n" for each in out)


def test_show_writes_json(command: Command, outputs: Path) -> None:
    code, out, _ = command("show", "id:ada-lind", "--json", "--graph", outputs)
    assert code == 0
    told = json.loads(out)
    assert told["thing"]["label"] == "Ada Lind"
    assert [fact["object"]["label"] for fact in told["facts"] if fact["relation"]["label"] == "leads"] == [
        "Harbour Party"
    ]


def test_show_tells_near_names(command: Command, outputs: Path) -> None:
    code, out, err = command("show", "Ada Lindt", "--graph", outputs)
    assert (code, out) == (1, "")
    assert 'did you mean "Ada Lind"' in err


def test_export_and_draw_write_files(command: Command, outputs: Path, tmp_path: Path) -> None:
    assert command("export", tmp_path / "g.csv", "--graph", outputs)[0] == 0
    assert command("draw", "--around", "Ada Lind", "--hops", "2", "-o", tmp_path / "g.png", "--graph", outputs)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g-edges.csv", "g-nodes.csv", "g.png"]
    code, _, err = command("export", tmp_path / "g.xls", "--graph", outputs)
    assert code == 2
    assert "graphml" in err


def test_check_of_an_ontology_tells_what_is_wrong(command: Command, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.ttl", tmp_path / "bad.ttl"
    good.write_text(SHAPE)
    bad.write_text(SHAPE.replace('kg:lemma "lead" ;', ""))
    assert command("check", "--ontology", good)[:2] == (0, "")
    code, out, err = command("check", "--ontology", bad)
    assert code == 1
    assert "bad.ttl:" in out
    assert "problem" in err


def test_check_of_a_graph_lists_what_breaks_a_shape(command: Command, tmp_path: Path) -> None:
    pytest.importorskip("pyshacl")
    mine = tmp_path / "mine.ttl"
    mine.write_text(SHAPE)
    (tmp_path / "a.txt").write_text(LEADS)
    kg.build(tmp_path / "a.txt", tmp_path / "out", ontology=mine, pipeline=make_pipeline()).close()
    code, out, err = command("check", "--graph", tmp_path / "out")
    assert code == 1
    assert "Ada Lind <https://kg.example/id/ada-lind>: nobody heads anything (heads)" in out
    assert err == "1 problem\n"


# -- extract, explain --------------------------------------------------------------------------------------


@pytest.mark.usefixtures("tiny")
def test_extract_writes_json_lines_in_the_order_of_the_articles(command: Command, tmp_path: Path) -> None:
    lines = [{"id": "b", "text": CRITICISED}, {"id": "x"}, {"id": "a", "text": LEADS}]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, lines)))
    code, out, err = command("extract", tmp_path / "in.jsonl")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert "in.jsonl:2" in err
    assert list(dict.fromkeys(record["article"] for record in records)) == ["b", "a"]
    assert {record["kind"] for record in records} == {"mention", "statement"}


@pytest.mark.usefixtures("tiny")
def test_explain_shows_parse_names_and_statements(command: Command) -> None:
    code, out, _ = command("explain", LEADS)
    assert code == 0
    for told in ("leads lead VBZ", "tagged PERSON", "pol:leads", "asserted", "name pattern … Party"):
        assert told in out
    assert command("explain", "  ")[0] == 2
    assert command("explain", "\udcff")[0] == 2


# -- all ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["build", "query", "show", "export", "draw", "check", "extract", "explain"])
def test_help_teaches_with_an_example(name: str, command: Command) -> None:
    code, out, _ = command(name, "--help")
    assert code == 0
    assert f"\n  kg {name} " in out


def test_the_version_is_shown(command: Command) -> None:
    assert command("--version")[:2] == (0, f"kg {kg.__version__}\n")


@pytest.mark.parametrize(
    "words",
    [("bi\x1b[31mld",), ("build", "--\x1b[31m"), ("query", "ASK {}", "-f", "\x1b[31m"), ("draw", "--hops", "\x1b")],
)
def test_wrong_usage_is_told_without_control_characters(words: tuple[str, ...], command: Command) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert err.startswith("Usage: kg")
    assert all(each.isprintable() or each == "\n" for each in err)


def test_an_unknown_command_is_wrong_usage(command: Command) -> None:
    assert command("bild")[0] == 2


def test_a_terminal_is_given_no_control_character(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    output.write("a\x1b[0m\tb\n")
    assert capsys.readouterr().out == "a\x1b[0m\tb\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    output.write("a\x1b[0m\tb\n")
    assert capsys.readouterr().out == "a\\x1b[0m\tb\n"


def test_json_holds_no_control_character_and_means_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"text": "Łódź \x1b \x9b \u202e \U000e0001 “”"}
    output.write_json(value)
    line = capsys.readouterr().out
    assert line.rstrip("\n").isprintable()
    assert "Łódź" in line
    assert json.loads(line) == value


def test_a_reader_who_leaves_early_sees_no_traceback(outputs: Path) -> None:
    words = ["query", "SELECT * { ?a ?b ?c . ?d ?e ?f }", "-f", "csv", "--graph", str(outputs)]
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode in (0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_an_interrupt_ends_a_query_that_takes_long(outputs: Path) -> None:
    each = " . ".join(f"?s{number} ?p{number} ?o{number}" for number in range(8))
    words = ["query", f"SELECT (COUNT(*) AS ?n) {{ {each} }}", "--graph", str(outputs)]
    with subprocess.Popen([sys.executable, "-m", "kg", *words], stderr=subprocess.PIPE, text=True) as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == -signal.SIGINT
        assert process.stderr is not None
        assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="there is no full device")
def test_output_that_cannot_be_written_is_told_in_one_line(outputs: Path) -> None:
    with Path("/dev/full").open("w") as full:
        words = [sys.executable, "-m", "kg", "query", "entities", "-f", "csv", "--graph", str(outputs)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr == "kg: standard output cannot be written (No space left on device); send it elsewhere\n"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such descriptors")
def test_closed_streams_break_no_command(outputs: Path) -> None:
    script = 'exec "$@" >&- 2>&- <&-'
    words = [sys.executable, "-m", "kg", "query", "entities", "--graph", str(outputs)]
    assert subprocess.run(["sh", "-c", script, "sh", *words]).returncode == 0


def test_standard_input_that_is_closed_is_told(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert command("extract", "-") == (1, "", "standard input: is closed; send articles to it, or name files\n")


def test_what_programs_read_is_utf_8_whatever_the_locale(outputs: Path) -> None:
    words = ("query", 'SELECT ("Łódź" AS ?x) {}', "-f", "csv", "--graph", str(outputs))
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        capture_output=True,
        env={
            "PATH": "",
            "PYTHONUTF8": "1",
            "PYTHONIOENCODING": "ascii",
            "PYTHONPATH": str(Path(kg.__file__).parents[1]),
        },
    )
    assert done.stdout.decode() == "x\r\nŁódź\r\n"


def test_a_fault_of_kg_itself_is_one_line(command: Command, monkeypatch: pytest.MonkeyPatch, outputs: Path) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise TypeError("this\nand that")

    monkeypatch.setattr("kg.query.query_folder", fail)
    code, out, err = command("query", "ASK {}", "--graph", outputs)
    assert (code, out) == (1, "")
    assert err == "kg: this should not happen (TypeError: this and that); --debug shows where, please report it\n"


def test_an_interrupt_ends_tidily(command: Command, monkeypatch: pytest.MonkeyPatch, outputs: Path) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.query.query_folder", interrupt)
    code, out, err = command("query", "ASK {}", "--graph", outputs)
    assert code != 0
    assert out == ""
    assert "Traceback" not in err
