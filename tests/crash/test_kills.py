"""Commands that are killed at 40 moments, from a fixed seed: nothing half done, nothing lost, and they finish."""

from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest
from pyoxigraph import Quad

from crash import killing
from crash.killing import Ended, Moment
from kg import deciding
from kg.cli import run
from kg.decisions import read_decisions
from kg.folder import JOURNAL, article_graphs, open_writer
from kg.store import DEFAULT_GRAPH, OxigraphStore

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")

SEED = 7
KILLS = {"build": 14, "build again": 8, "move": 4, "same": 7, "export": 3, "serve": 4}
BASE = "https://kg.example/"
NAMES = ("Ada Lind", "Bo Ek", "Cy Dahl", "Dee Voss", "Eva Storm", "Finn Moe")
CLUBS = ("Gull", "Tern", "Heron", "Plover", "Dunlin", "Curlew", "Avocet", "Petrel", "Godwit", "Skua", "Puffin", "Knot")
ARTICLES = {
    f"{number:02d}": f"{NAMES[number % 6]} leads {club} Party. {NAMES[(number + 1) % 6]} met {NAMES[number % 6]}."
    for number, club in enumerate(CLUBS)
}
CHANGED = {
    "01": "Bo Ek criticised Cy Dahl.",
    "07": "Ada Lind met Finn Moe.",
    "20": "Gus Hall leads Coast Party.",
    "21": "Gus Hall met Bo Ek.",
}  # fmt: skip
DECIDED = (("same", "Ada Lind", "Eva Storm"), ("rename", "Bo Ek", "Commodore Ek"))
WANTED = ("same", "Cy Dahl", "Dee Voss")
WHO = ("--by", "Tess Ester", "--why", "the register says so")

Graphs = dict[str, frozenset[Quad]]


def write(folder: Path, articles: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    return folder


def build(out: Path, articles: Path, *options: object) -> tuple[object, ...]:
    return ("build", articles, "-o", out, "--ontology", articles.with_name("coast.ttl"), *options)


def graphs(out: Path, base: str = BASE) -> Graphs:
    """Give the quads of each article that is in a graph, or waits to be, by its name; the graph stays as it is."""
    with TemporaryDirectory() as place:
        shutil.copytree(out, place, dirs_exist_ok=True)
        with open_writer(Path(place)) as store:
            return {name.value: frozenset(store.quads(graph=name)) for name in article_graphs(store, base)}


def knowledge(out: Path) -> frozenset[Quad]:
    with OxigraphStore(out / "store", read_only=True) as store:
        return frozenset(store.quads(graph=DEFAULT_GRAPH))


def decided(out: Path) -> list[str]:
    return [each.iri for each in read_decisions(out / "decisions.ttl", BASE)]


def products(out: Path) -> tuple[bytes, bytes]:
    return (out / "graph.ttl").read_bytes(), (out / "graph.svg").read_bytes()


def left(out: Path) -> list[str]:
    """Give the names of all that a killed process left."""
    marks = (".part", JOURNAL)
    return sorted(path.name for path in out.rglob("*") if path.name.endswith(marks) or path.name.startswith(".serve"))


def moments(command: str, ended: Ended) -> Iterator[tuple[int, Moment]]:
    """Choose when to kill: every other time at a write, else at any time of what the command takes."""
    chance = random.Random(f"{SEED} {command}")
    for number in range(KILLS[command]):
        if number % 2:
            yield number, Moment(chance.randrange(ended.writes), chance.random() * 0.003)
        else:
            yield number, Moment(None, chance.random() * ended.seconds)


def answers(out: Path, capsys: pytest.CaptureFixture[str]) -> bool:
    """See that a graph opens, or that one line says that there is none yet."""
    code = run(["query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--graph", str(out)])
    said = capsys.readouterr()
    if code:
        assert "holds no graph" in said.err
        assert said.err.count("\n") == 1
        assert not (out / "store").exists()
    return not code


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("kills")
    (place / "coast.ttl").write_text(killing.ONTOLOGY, "utf-8")
    write(place / "articles", ARTICLES)
    write(place / "changed", ARTICLES | CHANGED)
    return place


@pytest.fixture(scope="module")
def whole(place: Path) -> tuple[Path, Ended]:
    """Give a graph that was built undisturbed, and how."""
    out = place / "whole"
    ended = killing.run(*build(out, place / "articles"))
    assert ended.code == 0, ended.err
    assert len(ended.texts) == len(ARTICLES) == len(graphs(out))
    return out, ended


@pytest.fixture(scope="module")
def kept(place: Path, whole: tuple[Path, Ended]) -> Path:
    """Give a graph on which people decided."""
    out = place / "kept"
    shutil.copytree(whole[0], out)
    for words in DECIDED:
        ended = killing.run(*words, *WHO, "--graph", out)
        assert ended.code == 0, ended.err
    return out


def test_a_build_that_is_killed_holds_whole_articles_and_goes_on(place, whole, tmp_path, capsys):
    expected, ended = graphs(whole[0]), whole[1]
    seen = set()
    for number, moment in moments("build", ended):
        out = tmp_path / str(number)
        killing.kill(moment, *build(out, place / "articles"))
        found = graphs(out) if answers(out, capsys) else {}
        assert found.items() <= expected.items(), moment
        seen.add(len(found))
        again = killing.run(*build(out, place / "articles"))
        assert again.code == 0, again.err
        assert len(again.texts) == len(ARTICLES) - len(found), moment
        assert graphs(out) == expected
        assert products(out) == products(whole[0])
        assert left(out) == []
    assert len(seen) > 3, "the moments do not spread over the articles"


def test_a_build_on_a_graph_loses_nothing_that_was_decided(place, kept, tmp_path, capsys):
    target = tmp_path / "target"
    shutil.copytree(kept, target)
    ended = killing.run(*build(target, place / "changed"))
    assert len(ended.texts) == len(CHANGED)
    before, after = graphs(kept), graphs(target)
    for number, moment in moments("build again", ended):
        out = tmp_path / str(number)
        shutil.copytree(kept, out)
        killing.kill(moment, *build(out, place / "changed"))
        assert answers(out, capsys)
        found = graphs(out)
        assert before.keys() <= found.keys()
        assert all(quads in (before.get(name), after[name]) for name, quads in found.items()), moment
        assert knowledge(out) in (knowledge(kept), knowledge(target)), moment
        assert decided(out) == decided(kept)
        done = sum(found.get(f"{BASE}article/{name}") == after[f"{BASE}article/{name}"] for name in CHANGED)
        again = killing.run(*build(out, place / "changed"))
        assert again.code == 0, again.err
        assert len(again.texts) == len(CHANGED) - done, moment
        assert products(out) == products(target)
        assert decided(out) == decided(kept)
        assert left(out) == []


def test_a_move_to_another_base_that_is_killed_reads_nothing_again(place, whole, tmp_path, capsys):
    base = "https://b.example/"
    target = tmp_path / "target"
    shutil.copytree(whole[0], target)
    move = ("--base", base)
    ended = killing.run(*build(target, place / "articles", *move))
    assert ended.texts == []
    for number, moment in moments("move", ended):
        out = tmp_path / str(number)
        shutil.copytree(whole[0], out)
        killing.kill(moment, *build(out, place / "articles", *move))
        assert answers(out, capsys)
        found = graphs(out) | graphs(out, base)
        assert found.items() <= (graphs(target, base) | graphs(whole[0])).items(), moment
        assert len({name.rpartition("/")[2] for name in found}) == len(ARTICLES)
        again = killing.run(*build(out, place / "articles", *move))
        assert (again.code, again.texts) == (0, []), again.err
        assert graphs(out) == {}
        assert products(out) == products(target)


def test_a_decision_that_is_killed_is_made_or_not(kept, tmp_path, capsys):
    target = tmp_path / "target"
    shutil.copytree(kept, target)
    ended = killing.run(*WANTED, *WHO, "--graph", target)
    assert ended.code == 0, ended.err
    before = decided(kept)
    for number, moment in moments("same", ended):
        out = tmp_path / str(number)
        shutil.copytree(kept, out)
        killing.kill(moment, *WANTED, *WHO, "--graph", out)
        assert answers(out, capsys)
        assert knowledge(out) in (knowledge(kept), knowledge(target)), moment
        assert decided(out)[: len(before)] == before
        assert len(decided(out)) <= len(before) + 1
        finished = products(out) == products(target)
        again = killing.run(*WANTED, *WHO, "--graph", out)
        assert again.code == 0 or (finished and "are one thing already" in again.err), again.err
        assert again.texts == []
        assert len(decided(out)) == len(before) + 1, moment
        assert products(out) == products(target), moment
        assert left(out) == []


def test_an_export_that_is_killed_leaves_the_file_as_it_was(kept, tmp_path, capsys):
    target = tmp_path / "target.trig"
    ended = killing.run("export", target, "--graph", kept)
    assert ended.code == 0, ended.err
    for number, moment in moments("export", ended):
        file = tmp_path / str(number) / "graph.trig"
        file.parent.mkdir()
        file.write_text("as it was", "utf-8")
        killing.kill(moment, "export", file, "--graph", kept)
        assert file.read_bytes() in (b"as it was", target.read_bytes()), moment
        assert killing.run("export", file, "--graph", kept).code == 0
        assert file.read_bytes() == target.read_bytes()
        assert left(file.parent) == []
    assert answers(kept, capsys)


def test_a_server_that_is_killed_has_kept_each_correction_that_it_confirmed(kept, tmp_path, capsys):
    chance = random.Random(f"{SEED} serve")
    for number in range(KILLS["serve"]):
        out = tmp_path / str(number)
        shutil.copytree(kept, out)
        confirmed, asked = serve_and_kill(out, chance)
        assert answers(out, capsys)
        now = deciding.list_decisions(out)
        told = " ".join(each.told for each in now)
        assert [each.decision.iri for each in now[: len(DECIDED)]] == decided(kept)
        assert all(name in told for name in confirmed)
        assert len(now) <= len(DECIDED) + asked
        assert killing.run("rename", "Finn Moe", "Finn Last", *WHO, "--graph", out).code == 0
        with OxigraphStore(out / "store", read_only=True) as store:
            text = " ".join(map(str, store.quads(graph=DEFAULT_GRAPH)))
        assert all(name in text for name in (*confirmed, "Finn Last"))


def serve_and_kill(out: Path, chance: random.Random) -> tuple[list[str], int]:
    """Serve a graph, and kill it while corrections are made; give the names that it confirmed, and how many it got."""
    confirmed: list[str] = []
    asked = 0
    with killing.served(out) as (address, kill), httpx.Client(base_url=address, timeout=30) as client:
        kill(chance.random() * 1.5)
        for thing in ("Cy Dahl", "Dee Voss", *(f"{club} Party" for club in CLUBS)):
            name = f"{thing} Renamed"
            form = {"action": "rename", "a": thing, "name": name, "by": "Tess Ester", "why": "so it is"}
            try:
                asked += 1
                answer = client.post("/corrections", data=form)
            except httpx.TransportError:
                break
            if answer.status_code == 303:
                confirmed.append(name)
    return confirmed, asked
