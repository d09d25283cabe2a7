"""Articles are read in processes of their own: as many as wanted, and none of them can stop the others."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import killing_pipeline
import pytest
from killing_pipeline import BROKEN, CRASHED, ENDED, HOARDS, KEEPS, KILLED, NAME, STOPPED
from tiny_pipeline import make_pipeline

import kg
from kg.build_report import BuildReport
from kg.cli import run
from kg.errors import PipelineError, SettingError

LEADS = "Ada Lind leads Harbour Party."
PEOPLE = ("Ada Lind", "Bo Ek", "Cy Dahl", "Di Holm")


@pytest.fixture(autouse=True)
def sketch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw nothing: it takes longer than all else, and no test here looks at it."""
    monkeypatch.setattr("kg.making.draw", lambda *_, output: output.write_text("a picture"))


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    killing_pipeline.install(folder)
    monkeypatch.syspath_prepend(str(folder))
    return folder


def write(path: Path, *texts: str) -> Path:
    path.write_text("".join(json.dumps({"id": f"a{i:03}", "text": text}) + "\n" for i, text in enumerate(texts)))
    return path


def build(source: Path | tuple[()], output: Path, **options) -> BuildReport:
    with kg.build(source, output, pipeline=NAME, **options) as graph:
        assert graph.report is not None
        return graph.report


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def rejected(folder: Path) -> list[dict[str, str]]:
    path = folder / "rejected.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_any_number_of_workers_makes_the_same_bytes(installed: Path, tmp_path: Path) -> None:
    texts = [f"{PEOPLE[i % 4]} met {PEOPLE[i % 3]}. {PEOPLE[i % 2]} leads Harbour Party." for i in range(120)]
    source = write(tmp_path / "a.jsonl", *texts, BROKEN)
    for workers in (1, 2):
        report = build(source, tmp_path / str(workers), workers=workers)
        assert (report.new, report.set_aside) == (120, 1)
        assert len(killing_pipeline.processes(installed)) == workers
    with kg.build(source, tmp_path / "own", pipeline=make_pipeline()):
        pass
    own, one, two = (files(tmp_path / name) for name in ("own", "1", "2"))
    assert one == two
    assert {name: own[name] for name in ("graph.ttl", "graph.svg")}.items() <= one.items()


def test_a_few_articles_are_read_in_one_process(installed: Path, tmp_path: Path) -> None:
    build(write(tmp_path / "a.jsonl", *[LEADS] * 20), tmp_path / "out", workers=4)
    assert len(killing_pipeline.processes(installed)) == 1


def test_an_article_that_ends_its_process_costs_only_itself(installed: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", LEADS, KILLED, "Bo Ek met Ada Lind.", CRASHED, ENDED, "Cy Dahl met Bo Ek.")
    heard: list[kg.Issue] = []
    report = build(source, tmp_path / "out", workers=1, on_issue=heard.append)
    assert (report.new, report.set_aside, report.articles) == (3, 3, 3)
    assert [issue.source for issue in heard] == ["a001", "a003", "a004"]
    reasons = [issue.message for issue in heard]
    for reason, word in zip(reasons, ("killed", "SIGSEGV", "exit code 3"), strict=True):
        assert word in reason
    assert [(line["id"], line["text"]) for line in rejected(tmp_path / "out")] == [
        ("a001", KILLED),
        ("a003", CRASHED),
        ("a004", ENDED),
    ]
    assert [line["reason"] for line in rejected(tmp_path / "out")] == reasons


def test_an_article_that_takes_too_long_is_ended_and_the_others_go_on_beside_it(
    installed: Path, tmp_path: Path
) -> None:
    source = write(tmp_path / "a.jsonl", STOPPED, *[f"{each} leads Harbour Party." for each in PEOPLE])
    report = build(source, tmp_path / "out", workers=1, time_limit=3)
    assert (report.new, report.set_aside) == (4, 1)
    assert "took more than 3 s" in report.issues[0].message
    assert rejected(tmp_path / "out")[0]["id"] == "a000"


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say what a process holds")
def test_an_article_that_takes_too_much_memory_costs_only_itself(installed: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", LEADS, HOARDS, "Bo Ek met Ada Lind.")
    report = build(source, tmp_path / "out", workers=1)
    assert (report.new, report.set_aside) == (2, 1)
    assert [str(issue) for issue in report.issues] == [
        "a001: could not be read (it takes too much memory); split it into shorter texts"
    ]
    assert len(killing_pipeline.processes(installed)) == 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not say what a process holds")
def test_a_process_that_has_come_to_hold_much_is_replaced_and_no_article_lost(installed: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", LEADS, KEEPS, "Bo Ek met Ada Lind.", KEEPS)
    report = build(source, tmp_path / "out", workers=1)
    assert (report.new, report.set_aside) == (4, 0)
    assert len(killing_pipeline.processes(installed)) == 2


def test_what_was_set_aside_is_passed_over_until_it_changes_or_is_asked_for(installed: Path, tmp_path: Path) -> None:
    source, out = write(tmp_path / "a.jsonl", LEADS, BROKEN), tmp_path / "out"
    build(source, out)
    killing_pipeline.processes(installed)
    before = files(out)
    report = build(source, out)
    assert (report.unchanged, report.passed_over, report.set_aside) == (1, 1, 0)
    assert [str(issue) for issue in report.issues] == [
        f"{out / 'rejected.jsonl'}: 1 set aside before, passed over; `kg build --retry-rejected` reads again"
    ]
    assert killing_pipeline.processes(installed) == set()
    assert files(out) == before
    report = build(source, out, retry_rejected=True)
    assert (report.passed_over, report.set_aside) == (0, 1)
    assert files(out) == before
    write(source, LEADS, "Bo Ek met Cy Dahl.")
    report = build(source, out)
    assert (report.new, report.passed_over, report.set_aside) == (1, 0, 0)
    assert not (out / "rejected.jsonl").exists()


def test_retrying_needs_no_sources(installed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = write(tmp_path / "a.jsonl", LEADS, STOPPED), tmp_path / "out"
    build(source, out, time_limit=1)
    line = rejected(out)[0]
    (out / "rejected.jsonl").write_text(json.dumps({**line, "text": "Bo Ek met Cy Dahl."}) + "\n")
    assert run(["build", "--retry-rejected", "-o", str(out), "--pipeline", NAME]) == 0
    assert not (out / "rejected.jsonl").exists()
    with kg.open_graph(out) as graph:
        assert graph.query("ASK { ?a rdfs:label 'Cy Dahl'@en }")
    assert re.search(r"articles in the graph +2\n", capsys.readouterr().out)


def test_a_removed_article_is_no_longer_set_aside(installed: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    build(write(tmp_path / "a.jsonl", LEADS, BROKEN), out)
    report = build((), out, remove=["a001"])
    assert (report.set_aside, report.issues) == (0, [])
    assert rejected(out) == []


def test_a_damaged_line_of_what_was_set_aside_is_passed_over(installed: Path, tmp_path: Path) -> None:
    source, out = write(tmp_path / "a.jsonl", LEADS, BROKEN), tmp_path / "out"
    build(source, out)
    whole = (out / "rejected.jsonl").read_bytes()
    (out / "rejected.jsonl").write_bytes(b'\xff{"id": 1}\n[[\n7\n' + whole + whole[: len(whole) // 2])
    assert build(source, out).passed_over == 1
    assert (out / "rejected.jsonl").read_bytes() == whole


def test_a_process_that_cannot_load_the_pipeline_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, load, message in (
        ("raising", "raise OSError('no weights')", "no weights"),
        ("ending", "os._exit(4)", "exit code 4"),
    ):
        folder = tmp_path / name
        folder.mkdir()
        killing_pipeline.install(folder, load=load)
        with monkeypatch.context() as patch:
            patch.syspath_prepend(str(folder))
            with pytest.raises(PipelineError, match=message):
                build(write(tmp_path / "a.jsonl", LEADS), tmp_path / "out")
        assert not (tmp_path / "out").exists()


def test_processes_that_die_on_everything_end_the_build(installed: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", LEADS, *[ENDED] * 12)
    with pytest.raises(PipelineError, match="memory"):
        build(source, tmp_path / "out", workers=2)
    with kg.open_graph(tmp_path / "out") as graph:
        assert len(list(graph.store.graphs())) == 1


def test_a_build_that_is_killed_leaves_no_process_behind(installed: Path, tmp_path: Path) -> None:
    source = write(tmp_path / "a.jsonl", STOPPED)
    code = f"import kg; kg.build({str(source)!r}, {str(tmp_path / 'out')!r}, pipeline={NAME!r})"
    path = os.pathsep.join([str(installed), *filter(None, sys.path)])
    building = subprocess.Popen([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": path})
    worker: set[int] = set()
    while not worker:
        assert building.poll() is None
        worker = killing_pipeline.processes(installed)
        time.sleep(0.05)
    building.kill()
    building.wait()
    (pid,) = worker
    with suppress(ProcessLookupError):
        while not is_gone(pid):
            time.sleep(0.05)


def is_gone(pid: int) -> bool:
    """Say whether a process has ended, waited for or not."""
    os.kill(pid, 0)
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("options", [{"workers": 0}, {"time_limit": 0}, {"time_limit": float("nan")}])
def test_settings_that_read_nothing_are_refused(options: dict[str, float], tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=next(iter(options))):
        build(write(tmp_path / "a.jsonl", LEADS), tmp_path / "out", **options)


def test_a_loaded_pipeline_cannot_be_shared_among_workers(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="name it"):
        kg.build(write(tmp_path / "a.jsonl", LEADS), pipeline=make_pipeline(), workers=2)
