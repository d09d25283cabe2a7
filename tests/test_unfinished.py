"""A graph whose last build did not come to its end is shown with a warning, until one does."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from explored import make_graph, party
from starlette.testclient import TestClient

import kg
from kg.cli import run
from kg.making import distrust
from kg.serve import make_app
from kg.store import OxigraphStore
from kg.vocabulary import DEFAULT_BASE

TOLD = "a build has not come to its end"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_graph(tmp_path / "a\x1b[31mb", party())


def stop_a_build(folder: Path) -> None:
    """Leave a store as a build does that is killed while it reads."""
    with OxigraphStore(folder / "store") as store:
        distrust(store, DEFAULT_BASE)


@pytest.mark.parametrize("command", [["query", "entities"], ["show", "Harbour Party"], ["check"], ["export"]])
def test_commands_warn_and_answer(folder, capsys, caplog, tmp_path, command):
    arguments = [*command, "--graph", str(folder)]
    if command[0] == "export":
        arguments.append(str(tmp_path / "out.nt"))
    codes = [run(arguments)]
    assert TOLD not in caplog.text
    stop_a_build(folder)
    codes.append(run(arguments))
    assert caplog.text.count(TOLD) == 1
    assert "\x1b" not in caplog.text
    assert f"{tmp_path}/a\\x1b[31mb: {TOLD}" in caplog.text
    assert codes[0] == codes[1]
    assert capsys.readouterr().err.count("Traceback") == 0


def test_the_server_warns_when_it_starts(folder, caplog):
    stop_a_build(folder)
    with TestClient(make_app(folder), base_url="http://localhost") as client:
        assert client.get("/").status_code == 200
        assert client.get("/").status_code == 200
    assert [record.levelno for record in caplog.records if TOLD in record.message] == [logging.WARNING]


def test_a_build_ends_the_warning(folder, caplog, monkeypatch):
    monkeypatch.setattr("kg.making.draw", lambda *_, output: output.write_text("a picture"))
    stop_a_build(folder)
    with kg.build(output=folder) as graph:
        assert graph.query("entities").rows
    assert TOLD not in caplog.text
    with kg.open_graph(folder):
        pass
    assert TOLD not in caplog.text
