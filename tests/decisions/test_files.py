"""The file of decisions: how it is written, read, merged, and what is told of a bad one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.cli import run
from kg.decisions import decision_iri, find_author, read_decisions, write_decisions
from kg.decisions.records import Add, Decision, Different, Reject, Relation, Rename, Same, Speech, Target, Undo
from kg.errors import SettingError, SourceError
from kg.model import Iri, Qualification, Status, Value
from kg.vocabulary import TYPE, XSD

from .conftest import BASE, Harbour

WHEN = "2024-05-03T10:00:00.000Z"
GIT = shutil.which("git")

texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), min_size=1, max_size=12)
passages = st.integers(0, 99).map(lambda start: f"{BASE}article/seven#char={start},{start + 3}")
things = st.builds(
    Target,
    st.sampled_from([f"{BASE}id/ada-lind", f"{BASE}id/łódź"]),
    texts,
    st.lists(passages, max_size=3, unique=True).map(lambda found: tuple(sorted(found))),
    st.lists(texts, max_size=2, unique=True).map(lambda found: tuple(sorted(found))),
)
qualifications = st.sampled_from([None, Qualification("Former"), Qualification(None, "2016", "2017-05")])
ends = st.one_of(
    things, st.just(Iri("https://harbour.example/ontology#Blue")), st.builds(Value, texts, st.just(XSD + "string"))
)
relations = st.builds(Relation, things, st.sampled_from([TYPE, "https://harbour.example/ontology#steers"]), ends)
speeches = st.builds(
    Speech,
    st.sampled_from(Status),
    texts,
    st.none() | things,
    st.sampled_from([None, f"{BASE}article/seven"]),
    st.sampled_from([None, True, False]),
)
contents = st.one_of(
    st.builds(Same, things, things),
    st.builds(Different, things, things),
    st.builds(Rename, things, texts),
    st.builds(Reject, st.builds(Relation, things, st.just(TYPE), ends, qualifications)),
    st.builds(Reject, st.none() | relations, speeches),
    st.builds(Add, relations),
    st.just(Undo(f"{BASE}decision/0123456789abcdef")),
)


def sign(content, by: str = "Eva", why: str | None = None, when: str = WHEN) -> Decision:
    unnamed = Decision(f"{BASE}decision/", by, when, content, why)
    return Decision(decision_iri(unnamed, BASE), by, when, content, why)


# -- written and read ---------------------------------------------------------------------------------------


@given(st.lists(st.builds(sign, contents, texts, st.none() | texts), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_written_is_read_again_and_every_line_is_a_statement(tmp_path: Path, decisions: list[Decision]) -> None:
    path = tmp_path / "decisions.ttl"
    text = write_decisions(decisions, BASE)
    path.write_text(text, encoding="utf-8", newline="")
    assert read_decisions(path, BASE) == sorted(set(decisions), key=lambda each: each.order)
    assert write_decisions(reversed(decisions), BASE) == text
    assert all(line.endswith(" .") for line in text.split("\n") if line and not line.startswith("#"))


def test_decisions_stand_in_the_order_of_their_times(tmp_path: Path) -> None:
    one = Target(f"{BASE}id/ada-lind", "Ada Lind")
    times = ["2024-05-03T10:00:00.500Z", "2023-05-03T10:00:00.000Z", "2024-05-03T10:00:00.000Z"]
    text = write_decisions([sign(Rename(one, "Lady"), when=when) for when in times], BASE)
    written = [line.split('"')[1] for line in text.splitlines() if "endedAtTime" in line]
    assert written == sorted(times)


def test_a_time_of_any_zone_is_read(tmp_path: Path) -> None:
    path = tmp_path / "decisions.ttl"
    text = write_decisions([sign(Rename(Target(f"{BASE}id/a", "A"), "B"))], BASE)
    path.write_text(text.replace(WHEN, "2024-05-03T12:00:00+02:00"))
    assert [each.when for each in read_decisions(path, BASE)] == [WHEN]


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.ttl", BASE) == []


# -- bad files ---------------------------------------------------------------------------------------------


def broken(change: str, harbour: Harbour) -> None:
    """Change a good file, in which the decision begins on line 13 and its target on line 18."""
    before, after = change.split(" → ")
    text = harbour.decisions.read_text()
    assert before in text
    harbour.decisions.write_text(text.replace(before, after, 1))


@pytest.mark.parametrize(
    ("change", "line", "told"),
    [
        ("kg:by → kg:by kg:by", 16, "is not Turtle ("),
        ('"Eva" → "Eva', 16, "is not Turtle ("),
        ("decision: → entscheidung:", 13, "has not been declared"),
        ('kg:by "Eva" → kg:by kg:Eva', 13, "kg:by is an IRI; give a text"),
        ('kg:by "Eva" → kg:by "Eva", "Bo"', 13, "has 2 values of kg:by; keep one"),
        ("kg:by → kg:von", 13, "kg:von is nothing that kg knows of a kg:Rename"),
        ("kg:Rename → kg:Merge", 13, "is not a kg:Decision of one kind; kinds are kg:Same, kg:Different"),
        ('kg:name "Lady" → kg:why "Lady"', 13, "has no values of kg:name; add it, or take the decision out"),
        ("Z\" → \"", 13, "is no time with a zone; give one such as 2024-05-03T10:00:00Z"),
        ("kg:thing → kg:ding", 18, "is no decision and no part of one; take it out"),
        ("rdfs:label → rdfs:comment", 18, "nothing that kg knows of a kg:Target"),
        ("kg:one → kg:other", 13, "kg:other is nothing that kg knows of a kg:Rename"),
        ("kg:one decision:{} → kg:one id:x", 18, "is no decision and no part of one"),
        ("kg:one → kg:one id:x, ", 13, "has 2 values of kg:one; keep one"),
        ("https://kg.example/decision/> → https://kg.example/deed/>", 13, "is no IRI of a decision"),
        ("# kg build → <<<<<<< mine\n# kg build", 2, "git left both sides of a merge here"),
        ("id:ada-lind → []", 1, "which has no IRI"),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_with_its_line_and_nothing_is_applied(
    change: str, line: int, told: str, harbour: Harbour
) -> None:
    name = harbour.kg("rename", "Ada Lind", "Lady")[0].partition("[")[2].partition(",")[0]
    before = harbour.turtle
    broken(change.replace("{}", f"{name}-one"), harbour)
    for words in (("rename", "Bo Ek", "Bob"), ("undo",), ("decisions",)):
        (message,) = harbour.kg(*words, code=1)
        assert message.startswith(f"kg: {harbour.decisions}")
        assert told in message
    with pytest.raises(SourceError) as error:
        harbour.build()
    place = str(error.value).removeprefix(str(harbour.decisions))
    assert place.startswith(f":{line}:") or change.endswith("[]")
    assert harbour.turtle == before


def test_a_file_that_is_not_utf_8_or_no_file_is_told(harbour: Harbour) -> None:
    harbour.decisions.write_bytes(b"# decisions\n# \xff\n")
    assert harbour.kg("undo", code=1)[0].startswith(f"kg: {harbour.decisions}:2: is not UTF-8")
    harbour.decisions.unlink()
    harbour.decisions.mkdir()
    assert "cannot be read" in harbour.kg("undo", code=1)[0]


def test_a_bad_file_in_a_folder_without_a_graph_makes_none(empty: Harbour) -> None:
    empty.out.mkdir()
    empty.decisions.write_text("what?")
    (empty.folder / "a.txt").write_text("Ada Lind leads.")
    with pytest.raises(SourceError, match=r"decisions.ttl:1: is not Turtle"):
        kg.build(empty.folder / "a.txt", empty.out)
    assert [path.name for path in empty.out.iterdir()] == ["decisions.ttl"]


# -- merged files ------------------------------------------------------------------------------------------


def apart(harbour: Harbour, mine: Iterable[tuple[str, ...]], theirs: Iterable[tuple[str, ...]]) -> tuple[Path, Path]:
    """Let two people decide on copies of one graph, and give the files of both."""
    files = []
    for name, commands in (("mine", mine), ("theirs", theirs)):
        copy = Harbour(harbour.folder / name, harbour._capsys)
        shutil.copytree(harbour.out, copy.out)
        for words in commands:
            copy.kg(*words, "--by", name)
        files.append(copy.decisions)
    return files[0], files[1]


@pytest.mark.skipif(GIT is None, reason="git is not here")
def test_git_merges_what_two_people_decided(harbour: Harbour) -> None:
    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=Eva", "-c", "user.email=eva@kg.example", *words]
        return subprocess.run(command, cwd=harbour.out, check=True, capture_output=True, text=True).stdout

    git("init", "-q", "-b", "main")
    harbour.kg("rename", "Velmar", "Port of Velmar")
    git("add", "decisions.ttl", ".gitattributes")
    git("commit", "-qm", "first")
    branches = {
        "mine": [("rename", "Ada Lind", "Lady Lind"), ("reject", "Bo Ek", "steers", "Gull Club")],
        "theirs": [("rename", "Bo Ek", "Commodore Ek"), ("reject", "Ada Lind", "rival of", "Commodore Ek")],
    }
    for branch, commands in branches.items():
        git("checkout", "-q", "-b", branch, "main")
        for words in commands:
            harbour.kg(*words, "--by", branch, "--why", "so")
        git("commit", "-qam", branch)
    git("merge", "-q", "-m", "both", "mine")
    report = harbour.build()
    assert (report.decisions, report.issues) == (5, [])
    assert {"Lady Lind", "Commodore Ek", "Port of Velmar"} <= set(harbour.labels().values())
    assert harbour.facts("rivalOf") == set()
    assert harbour.facts("steers") == {("Lady Lind", "Tern Rowing Club")}
    merged = read_decisions(harbour.decisions, BASE)
    harbour.kg("rename", "Tern Rowing Club", "The Terns")
    harbour.kg("undo")
    text = harbour.decisions.read_text()
    assert write_decisions(read_decisions(harbour.decisions, BASE), BASE) == text
    assert [each for each in read_decisions(harbour.decisions, BASE) if each in merged] == merged


def test_what_git_says_of_merges_already_stays(harbour: Harbour) -> None:
    attributes = harbour.out / ".gitattributes"
    attributes.write_text("*.ttl -diff\n")
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    assert attributes.read_text() == "*.ttl -diff\n"


def test_contradictions_of_a_merged_file_are_told_with_both_lines_and_undone_one_by_one(harbour: Harbour) -> None:
    mine, theirs = apart(
        harbour,
        [("same", "Ada Lind", "Bo Ek"), ("rename", "Velmar", "Port of Velmar")],
        [("different", "Ada Lind", "Bo Ek"), ("rename", "Velmar", "Velmar Haven")],
    )
    both = {*read_decisions(mine, BASE), *read_decisions(theirs, BASE)}
    harbour.decisions.write_text(write_decisions(both, BASE))
    lines = harbour.decisions.read_text().splitlines()
    before, evidence = harbour.turtle, sorted(harbour.rows("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } }"))
    heard: list[kg.Issue] = []
    with pytest.raises(SourceError, match=r"contradict each other, so the graph stays as it was; undo one of each"):
        harbour.build(on_issue=heard.append, remove=["one"])
    assert len(heard) == 2
    for issue, words in zip(heard, (("is the same as", "is not"), ("Port of", "Haven")), strict=True):
        assert all(word in issue.message for word in words)
        first, second = int(issue.source.rpartition(":")[2]), int(issue.message.split("(line ")[1].partition(")")[0])
        assert all("a kg:Decision" in lines[number - 1] for number in (first, second))
    assert harbour.turtle == before
    assert sorted(harbour.rows("SELECT ?g ?s { GRAPH ?g { ?s ?p ?o } }")) == evidence
    assert "nothing was recorded" in harbour.kg("rename", "Bo Ek", "Commodore Ek", code=1)[-1]
    by_words = {(each.by, each.kind): each.iri for each in both}
    told = harbour.kg("undo", by_words["mine", "same"], "--by", "Eva")
    assert "Velmar Haven" in told[1]
    assert told[-1] == "the graph stays as it is"
    harbour.kg("undo", by_words["theirs", "rename"].rpartition("/")[2], "--by", "Eva")
    assert harbour.build().issues == []
    assert "Port of Velmar" in harbour.labels().values()
    assert {"Ada Lind", "Bo Ek"} <= set(harbour.labels().values())


def test_contradictions_in_a_folder_without_a_graph_make_none(harbour: Harbour) -> None:
    mine, theirs = apart(harbour, [("rename", "Velmar", "Port of Velmar")], [("rename", "Velmar", "Velmar Haven")])
    text = write_decisions({*read_decisions(mine, BASE), *read_decisions(theirs, BASE)}, BASE)
    fresh = Harbour(harbour.folder / "fresh", harbour._capsys)
    fresh.out.mkdir(parents=True)
    fresh.decisions.write_text(text)
    (fresh.folder / "a.txt").write_text("Ada Lind leads.")
    with pytest.raises(SourceError, match="contradict each other"):
        kg.build(fresh.folder / "a.txt", fresh.out)
    assert [path.name for path in fresh.out.iterdir()] == ["decisions.ttl"]


def test_undoings_that_undo_each_other_are_told(harbour: Harbour) -> None:
    harbour.kg("rename", "Velmar", "Port of Velmar")
    harbour.kg("undo")
    harbour.kg("undo", next(each for each in read_decisions(harbour.decisions, BASE) if each.kind == "undo").iri)
    first, second = (each for each in read_decisions(harbour.decisions, BASE) if each.kind == "undo")
    text = harbour.decisions.read_text()
    line = f"decision:{first.iri.rpartition('/')[2]} kg:undoes "
    old = next(each for each in text.splitlines() if each.startswith(line))
    harbour.decisions.write_text(text.replace(old, f"{line}<{second.iri}> ."))
    heard: list[kg.Issue] = []
    with pytest.raises(SourceError):
        harbour.build(on_issue=heard.append)
    assert "undo each other; take one of them out of the file" in heard[0].message


def test_an_undo_of_what_is_not_there_waits(harbour: Harbour) -> None:
    harbour.decisions.write_text(write_decisions([sign(Undo(f"{BASE}decision/0123456789abcdef"))], BASE))
    (issue,) = harbour.build().issues
    assert "waits: there is no such decision" in issue.message


# -- from one graph to another -----------------------------------------------------------------------------


def test_decisions_go_from_one_graph_to_another_of_another_base(harbour: Harbour, tmp_path: Path) -> None:
    mine, theirs = apart(harbour, [("rename", "Ada Lind", "Lady Lind")], [("rename", "Bo Ek", "Commodore Ek")])
    other = Harbour(mine.parents[1], harbour._capsys)
    assert other.kg("decisions", "--export", tmp_path / "mine.ttl") == [f"wrote 1 decision to {tmp_path / 'mine.ttl'}"]
    assert (tmp_path / "mine.ttl").read_bytes() == mine.read_bytes()
    there = Harbour(theirs.parents[1], harbour._capsys)
    there.ontology = harbour.ontology
    there.build(base="https://news.example/g/")
    said = there.kg("decisions", "--import", tmp_path / "mine.ttl")
    assert said[0].startswith('Ada Lind is called "Lady Lind" [')
    assert {"Lady Lind", "Commodore Ek"} <= set(there.labels().values())
    assert "nothing new was decided" in there.kg("decisions", "--import", tmp_path / "mine.ttl")


def test_what_contradicts_is_not_taken_in(harbour: Harbour) -> None:
    mine, theirs = apart(harbour, [("same", "Ada Lind", "Bo Ek")], [("different", "Ada Lind", "Bo Ek")])
    there = Harbour(theirs.parents[1], harbour._capsys)
    before = there.turtle, theirs.read_bytes()
    lines = there.kg("decisions", "--import", mine, code=1)
    assert "contradict each other" in lines[0]
    assert lines[-1] == "nothing was recorded"
    mine.write_text(mine.read_text().replace('"mine"', '"somebody else"'))
    text = theirs.read_text()
    theirs.write_text(text)
    assert "no such file" in there.kg("decisions", "--import", there.folder / "none.ttl", code=1)[0]
    assert (there.turtle, theirs.read_bytes()) == before


def test_one_decision_that_two_files_tell_otherwise_is_refused(harbour: Harbour, tmp_path: Path) -> None:
    harbour.kg("rename", "Bo Ek", "Commodore Ek", "--why", "promoted")
    other = tmp_path / "other.ttl"
    other.write_text(harbour.decisions.read_text().replace("promoted", "demoted"))
    (line,) = harbour.kg("decisions", "--import", other, code=1)
    assert line.startswith(f"kg: {other}:13: says something else of ")


def test_export_and_import_at_once_are_wrong_usage(harbour: Harbour) -> None:
    harbour.kg("decisions", "--export", "a.ttl", "--import", "b.ttl", code=2)


# -- asked ---------------------------------------------------------------------------------------------------


def test_decisions_are_listed_with_what_became_of_them(harbour: Harbour) -> None:
    assert harbour.kg("decisions") == ["0 decisions"]
    harbour.kg("rename", "Bo Ek", "Commodore Ek", "--by", "Cy", "--why", "promoted")
    harbour.kg("undo", "--by", "Eva")
    lines = [json.loads(line) for line in harbour.kg("decisions", "--json")]
    assert [(each["kind"], each["by"], each["why"], each["standing"]) for each in lines] == [
        ("rename", "Cy", "promoted", "undone"),
        ("undo", "Eva", None, "applied"),
    ]
    text = " ".join(harbour.kg("decisions"))
    for told in ("promoted", "Bo Ek is called", "undone", "2 decisions"):
        assert told in text


def test_what_came_by_git_is_pending_until_it_is_applied_and_any_command_applies_it(harbour: Harbour) -> None:
    mine, _ = apart(harbour, [("rename", "Ada Lind", "Lady Lind")], [])
    shutil.copy(mine, harbour.decisions)
    assert json.loads(harbour.kg("decisions", "--json")[0])["standing"] == "pending"
    harbour.kg("rename", "Lady Lind", "Dame Ada", "--replace")
    assert harbour.labels()["ada-lind"] == "Dame Ada"


def test_sparql_can_ask_who_decided_what_of_whom(harbour: Harbour) -> None:
    harbour.kg("rename", "Bo Ek", "Commodore Ek", "--by", "Cy", "--why", "promoted")
    query = """SELECT ?by ?why ?name ?standing { GRAPH ?g {
        ?d a kg:Decision , kg:Rename ; kg:by ?by ; kg:why ?why ; kg:name ?name ; kg:standing ?standing ;
           schema:about id:bo-ek ; prov:endedAtTime ?when FILTER(YEAR(?when) > 2000) } }"""
    assert harbour.rows(query) == [("Cy", "promoted", "Commodore Ek", "applied")]
    assert harbour.rows("SELECT ?d { ?d a kg:Decision }") == []


# -- commands ------------------------------------------------------------------------------------------------


def test_a_decision_loads_no_language_library(harbour: Harbour) -> None:
    code = (
        "import sys, kg.making\n"
        "kg.making.draw = lambda store, ontology, output: output.write_text('')\n"
        "from kg.cli import run\n"
        f"words = ['rename', 'Bo Ek', 'Commodore Ek', '--by', 'Eva', '--graph', {str(harbour.out)!r}]\n"
        "assert run(words) == 0\n"
        "print(sorted({'spacy', 'onnxruntime', 'trafilatura', 'torch'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_picture_is_drawn_of_what_was_decided(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    code = run(["rename", "Bo Ek", "Commodore Ek", "--by", "Eva", "--graph", str(harbour.out)])
    assert code == 0
    assert "Commodore Ek" in (harbour.out / "graph.svg").read_text()


def test_a_folder_without_a_graph_is_told(empty: Harbour) -> None:
    for words in (("same", "a", "b"), ("undo",), ("decisions",), ("decisions", "--import", __file__)):
        assert "holds no graph; build one" in empty.kg(*words, code=1)[0]


def test_a_graph_that_is_being_written_is_told(harbour: Harbour) -> None:
    from kg.store import OxigraphStore

    with OxigraphStore(harbour.out / "store"):
        assert "another writer has it open" in harbour.kg("rename", "Bo Ek", "Commodore Ek", code=1)[0]
    assert not harbour.decisions.exists()


def test_somebody_decides(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "--by NAME" in harbour.kg("rename", "Bo Ek", "Commodore Ek", "--by", " ", code=1)[0]
    monkeypatch.setattr("kg.decisions.author._git_name", lambda: "")
    monkeypatch.setenv("LOGNAME", "eva")
    assert find_author() == "eva"
    monkeypatch.setattr("getpass.getuser", fail)
    with pytest.raises(SettingError, match="--by NAME"):
        find_author()


def fail() -> str:
    raise OSError("no login")


@pytest.mark.parametrize("name", ["same", "different", "rename", "reject", "add", "undo", "decisions"])
def test_help_teaches_with_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    assert f"\n  kg {name}" in capsys.readouterr().out


def test_two_decisions_of_one_moment_have_times_of_their_own(harbour: Harbour, monkeypatch: pytest.MonkeyPatch) -> None:
    import kg.deciding

    moment = kg.deciding.datetime(2024, 5, 3, 10, tzinfo=kg.deciding.UTC)

    class Clock(kg.deciding.datetime):
        @classmethod
        def now(cls, tz=None):
            return moment

    monkeypatch.setattr("kg.deciding.datetime", Clock)
    harbour.kg("rename", "Bo Ek", "Commodore Ek")
    harbour.kg("rename", "Commodore Ek", "Admiral Ek", "--replace")
    assert [each.when[-4:] for each in read_decisions(harbour.decisions, BASE)] == ["000Z", "001Z", "002Z"]
    assert harbour.labels()["bo-ek"] == "Admiral Ek"
