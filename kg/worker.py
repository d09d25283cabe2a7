"""A worker process: reads articles, and sends back the evidence of each. `kg.working` starts it and says what to do.

Both sides send pickles over one socket, and only this one reads what the other wrote. Standard input is the life line:
it ends with the process at its other end, and this one with it.
"""

from __future__ import annotations

import io
import logging
import os
import resource
import threading
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import PipelineError
from kg.evidence import Evidence, EvidenceMaker
from kg.model import Article, Issue
from kg.ontology import Ontology
from kg.readings import ArticleReader

if TYPE_CHECKING:
    from kg.kb import Gazetteer

_OOM_SCORE: Final = Path("/proc/self/oom_score_adj")
_OOM_FIRST: Final = "800"
_STATUS: Final = Path("/proc/self/status")

ROOM: Final = 1_000_000_000
"""Bytes that an article may take beside what the process held before the first one, for each `ROOM_CHARACTERS`.

Prose takes a third of it at most.
"""
ROOM_CHARACTERS: Final = 100_000
_ZONE_ARTICLES: Final = 512
"""After so many articles the words that were met in them are forgotten."""
_FULL: Final = ROOM // 2
"""A process that holds so much more than at first is not given another article: what it holds does not go away."""


@dataclass(frozen=True, slots=True)
class Task:
    """What all articles are read with; with `debug` what the package logs comes back too."""

    ontology: Ontology
    pipeline: str | None
    debug: bool


@dataclass(frozen=True, slots=True)
class Names:
    """What IRIs begin with, and the folder of a knowledge base whose names are known, where there is one."""

    base: str
    kb: Path | None


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one article: its evidence, or the issue that sets it aside; and what the package logged."""

    what: Evidence | Issue
    log: str


class Hello:
    """The process has loaded its libraries, and waits for its task."""


class Ready:
    """The process has loaded the pipeline, and waits for articles."""


class Full:
    """The process has come to hold much memory, and reads no more: another is to take its place."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The pipeline cannot be loaded: why."""

    message: str


def work(socket: int) -> None:
    """Do what the process at the other end of a socket asks, until it asks no more."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with suppress(OSError):
        _OOM_SCORE.write_text(_OOM_FIRST)  # where memory runs out, a worker costs one article, its parent the run
    with suppress(EOFError, OSError), Connection(socket) as connection:
        _run(connection)


def _end_with_parent() -> None:
    with suppress(OSError):
        while os.read(0, 1):
            pass
    os._exit(1)


def _run(connection: Connection) -> None:
    """Load the pipeline and say so, then answer each article, one after the other."""
    import kg.extract.reading
    import kg.language.components  # noqa: F401  takes a while: meanwhile the other side loads the ontology

    connection.send(Hello())
    task: Task = connection.recv()
    log = _open_log() if task.debug else io.StringIO()
    reader = ArticleReader(task.ontology, task.pipeline)
    try:
        reader.load()
    except PipelineError as error:
        connection.send(Broken(str(error)))
        return
    connection.send(Ready())
    names: Names = connection.recv()
    maker = EvidenceMaker(task.ontology, names.base)
    if names.kb is not None:
        reader.known_names = _open_names(names.kb, task.ontology)
    room = _Room()
    while True:
        with reader.zone():
            for _ in range(_ZONE_ARTICLES):
                article: Article = connection.recv()
                room.open(len(article.text))
                reading = reader.read_one(article)
                found = reading if isinstance(reading, Issue) else maker.make(reading)
                room.close()
                connection.send(Found(found, log.getvalue()))
                log.seek(0)
                log.truncate()
                if room.is_full():
                    connection.send(Full())
                    return


class _Room:
    """The memory that this process may take for an article; does nothing where the system has no such limit."""

    def __init__(self) -> None:
        self._before = _count_bytes()
        self._usual = None if self._before is None else resource.getrlimit(resource.RLIMIT_DATA)

    def open(self, characters: int) -> None:
        """Let Python raise MemoryError, not the system end the process, where an article of so many takes too much."""
        if self._before is not None and self._usual is not None:
            wanted = self._before + int(ROOM * max(1.0, characters / ROOM_CHARACTERS))
            most = [wanted, *(limit for limit in self._usual if limit != resource.RLIM_INFINITY)]
            resource.setrlimit(resource.RLIMIT_DATA, (min(most), self._usual[1]))

    def close(self) -> None:
        """Give back the limit that there was."""
        if self._usual is not None:
            resource.setrlimit(resource.RLIMIT_DATA, self._usual)

    def is_full(self) -> bool:
        """Say whether the process holds much more than at first."""
        held = _count_bytes()
        return self._before is not None and held is not None and held > self._before + _FULL


def _count_bytes() -> int | None:
    """Give the bytes that count against the limit of the system; None where it does not say."""
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return None


def _open_names(kb: Path, ontology: Ontology) -> Gazetteer:
    from kg.kb import open_index
    from kg.linking import Linking

    index = open_index(kb)
    assert index is not None
    return Linking(index, ontology, facts=False).names


def _open_log() -> io.StringIO:
    log = io.StringIO()
    logging.basicConfig(level=logging.WARNING, format="%(name)s: %(message)s", stream=log)
    logging.getLogger("kg").setLevel(logging.DEBUG)
    return log
