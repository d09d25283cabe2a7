"""Commands of kg in processes that can be killed: at a moment, or while they write.

A command reads with the tiny pipeline, draws next to nothing, and writes in small parts. Before each write (of the
store, or of a file that takes its name) it tells so; whoever started it can then kill it while the engine is at work.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(
    [
        "spacy.lang.en",
        "kg.cli.app",
        "kg.builder",
        "kg.deciding",
        "kg.identity",
        "kg.extract.reading",
        "kg.export",
        "kg.serve",
    ]
)
_LONGEST = 120.0

ONTOLOGY = """
@prefix c: <https://coast.example/terms#> .
@prefix kg: <https://kg.example/ontology/core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://coast.example/terms> a owl:Ontology ; rdfs:label "coast"@en .
c:Human a owl:Class ; rdfs:label "human"@en ; kg:nameLabel "PERSON" ; owl:disjointWith c:Club .
c:Club a owl:Class ; rdfs:label "club"@en ; kg:nameLabel "ORG" .
c:leads a owl:ObjectProperty ; rdfs:label "leads"@en ; rdfs:domain c:Human ; rdfs:range c:Club ;
    kg:frame [ a kg:Verb ; kg:lemma "lead" ; kg:subject kg:Subject ; kg:object kg:Object ] .
c:met a owl:ObjectProperty ; rdfs:label "met"@en ; rdfs:domain c:Human ; rdfs:range c:Human ;
    kg:frame [ a kg:Verb ; kg:lemma "meet" ; kg:subject kg:Subject ; kg:object kg:Object ] .
c:criticised a owl:ObjectProperty ; rdfs:label "criticised"@en ; rdfs:domain c:Human ; rdfs:range c:Human ;
    kg:frame [ a kg:Verb ; kg:lemma "criticise" ; kg:subject kg:Subject ; kg:object kg:Object ] .
"""
"""What the sentences of the tiny pipeline mean; the shipped ontologies take longer to load than all the rest."""


@dataclass(frozen=True)
class Ended:
    """A command that came to its end: its exit code, what it wrote, the texts it parsed, its writes, and seconds."""

    code: int
    out: str
    err: str
    texts: list[str]
    writes: int
    seconds: float


@dataclass(frozen=True)
class Moment:
    """When to kill: before a write of this number, or (where that is None) at once; then so many seconds later."""

    write: int | None
    after: float


def run(*words: object, before: Callable[[], None] | None = None) -> Ended:
    """Run a command to its end, after something else in the same process."""
    ended = _start(words, None, before)
    assert ended is not None
    return ended


def kill(moment: Moment, *words: object) -> Ended | None:
    """Run a command and kill it; give how it ended when it was faster."""
    return _start(words, moment)


def _start(words: tuple[object, ...], moment: Moment | None, before: Callable[[], None] | None = None) -> Ended | None:
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_run, args=(theirs, [str(word) for word in words], before))
    process.start()
    theirs.close()
    try:
        assert ours.poll(_LONGEST)
        assert ours.recv() == "ready"
        ours.send("go")
        return _watch(ours, moment)
    finally:
        process.kill()
        process.join()
        ours.close()


def _watch(ours: Connection, moment: Moment | None) -> Ended | None:
    """Follow a command until it is to be killed, or has ended."""
    if moment is not None and moment.write is None:
        time.sleep(moment.after)
    end = time.monotonic() + _LONGEST
    while time.monotonic() < end:
        if moment is not None and moment.write is None and not ours.poll():
            return None
        told = ours.recv()
        if isinstance(told, Ended):
            return told
        if moment is not None and told == moment.write:
            time.sleep(moment.after)
            return None
    raise AssertionError("the command hangs")


def _run(theirs: Connection, words: list[str], before: Callable[[], None] | None) -> None:
    from tiny_pipeline import make_pipeline, texts_read

    from kg import cli

    nlp = make_pipeline()
    writes = _prepare(theirs, nlp)
    theirs.send("ready")
    theirs.recv()
    if before is not None:
        before()
    out, err = io.StringIO(), io.StringIO()
    began = time.monotonic()
    with redirect_stdout(out), redirect_stderr(err):
        code = cli.run(words)
    seconds = time.monotonic() - began
    theirs.send(Ended(code, out.getvalue(), err.getvalue(), texts_read(nlp), writes(), seconds))


def _prepare(theirs: Connection, nlp: Any) -> Callable[[], int]:
    """Replace the pipeline and the picture, and let every write be told; give what counts the writes."""
    import kg.journal
    import kg.keeping
    import kg.making
    import kg.readings
    import kg.store.oxigraph
    import kg.working
    from kg.store.oxigraph import OxigraphStore, _Embedded
    from kg.working import OwnProcess

    kg.working.Workers = lambda *_, **__: OwnProcess(nlp)
    kg.making.draw = draw_nothing
    kg.readings.group_articles.__defaults__ = (2, 1000)
    kg.keeping.TOGETHER = 100  # two or three of these small articles, so that some are written and others not yet
    kg.keeping.PATIENCE = 0.0
    kg.store.oxigraph._BULK = 60  # what is written is small too: both ways of writing are to be killed
    number = 0

    def telling(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal number
            theirs.send(number)
            number += 1
            return function(*args, **options)

        return call

    kg.journal._write_all = _in_halves(telling(kg.journal._write_all))
    Path.unlink = telling(Path.unlink)
    _Embedded.add = telling(_Embedded.add)
    _Embedded._write = telling(_Embedded._write)
    OxigraphStore._flush = telling(OxigraphStore._flush)
    Path.replace = telling(Path.replace)
    Path.rename = telling(Path.rename)
    os.fsync = telling(os.fsync)
    return lambda: number


def _in_halves(write: Callable[[Any, bytes], None]) -> Callable[[Any, bytes], None]:
    """Let what is written be half there for a while."""

    def write_halves(file: Any, data: bytes) -> None:
        middle = len(data) // 2
        write(file, data[:middle])
        write(file, data[middle:])

    return write_halves


def draw_nothing(store: Any, ontology: Any, *, output: Path) -> None:
    """Stand in for the picture, which takes longer than all the rest; it tells which graph it shows."""
    from hashlib import blake2s

    from kg.files import replace_file
    from kg.store import DEFAULT_GRAPH

    with replace_file(output) as file:
        file.write(blake2s("".join(sorted(map(str, store.quads(graph=DEFAULT_GRAPH)))).encode()).hexdigest().encode())


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Callable[[float], None]]]:
    """Serve a graph with corrections; give the address, and what kills the server after so many seconds."""
    ours, theirs = _PROCESSES.Pipe()
    process = _PROCESSES.Process(target=_serve, args=(theirs, str(folder)))
    process.start()
    theirs.close()
    timers = []

    def kill(after: float) -> None:
        timers.append(threading.Timer(after, process.kill))
        timers[-1].start()

    try:
        assert ours.poll(_LONGEST)
        yield ours.recv(), kill
    finally:
        for timer in timers:
            timer.join()
        process.kill()
        process.join()
        ours.close()


def _serve(theirs: Connection, folder: str) -> None:
    import kg.making
    from kg.serve import serve

    kg.making.draw = draw_nothing
    serve(folder, port=0, edit=True, on_start=theirs.send)
