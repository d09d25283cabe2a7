"""Articles become evidence in worker processes: as many as wanted, each replaced when it ends or is ended.

A process that dies, or takes too long, costs the article that it was reading, and nothing else.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final, Protocol

from kg.errors import PipelineError, SettingError
from kg.escape import escape
from kg.evidence import Evidence, EvidenceMaker
from kg.model import Article, Issue
from kg.ontology import Ontology
from kg.readings import ArticleReader
from kg.worker import Broken, Found, Full, Hello, Names, Ready, Task

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.linking import Linking

TIME_LIMIT: Final = 120.0
"""Seconds that an article may take, for each `LIMITED_CHARACTERS` of it; some hundred times what it does take."""
LIMITED_CHARACTERS: Final = 100_000

_LONGEST: Final = 1_000_000
_LOG: Final = logging.getLogger("kg")
_CODE: Final = (
    "import sys; sys.path[:] = sys.argv[2:]; sys.argv[1:] = sys.argv[1:2]; "
    "from kg.worker import work; work(int(sys.argv[1]))"
)
_THREADS: Final = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_WORTH: Final = 160_000
"""Another worker starts when so many characters wait for it: with fewer the others are done before it has loaded."""
_LEAST: Final = 5_000
"""Every article counts as so many characters at least."""
_AHEAD: Final = 8
_AHEAD_CHARACTERS: Final = 40_000
"""A process is given articles before it asks for them, so many and so long that its socket takes them in any case."""
_SOCKET_BYTES: Final = 4_000_000
"""How much may wait to be taken from a socket, if the system allows it, before who sends it has to wait."""
_DYING: Final = 2.0
"""Seconds in which a process whose side of the socket is closed has ended."""
_MOST_DEATHS: Final = 8
"""After so many workers have died with no article read in between, it is not the articles."""


class EvidenceReader(Protocol):
    """What turns articles into evidence."""

    @property
    def pipeline(self) -> str | Language | None:
        """The pipeline that reads, as it was given."""

    def start(self) -> None:
        """Begin to load the pipeline, where that goes on beside other work."""

    def load(self, ontology: Ontology) -> None:
        """Load the pipeline, to read with an ontology; raise PipelineError where that cannot be done."""

    def read(
        self, articles: Iterable[Article], ontology: Ontology, base: str, linking: Linking | None
    ) -> Iterator[tuple[Article, Evidence | Issue]]:
        """Yield each article, in any order, with its evidence or the issue that sets it aside; raise as `load` does."""

    def close(self) -> None:
        """Let go of everything."""


def count_cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def open_reader(pipeline: str | Language | None, workers: int | None, time_limit: float) -> EvidenceReader:
    """Open what reads articles: a loaded pipeline here, any other in up to `workers` processes, one a core when None.

    Raises SettingError for numbers with which nothing can be read.
    """
    if workers is not None and workers < 1:
        raise SettingError(f"workers is {workers}; give a number of 1 or more")
    if not 0 < time_limit <= _LONGEST:
        raise SettingError(f"time_limit is {time_limit}; give seconds, more than 0 and at most {_LONGEST:,}")
    if pipeline is None or isinstance(pipeline, str):
        return Workers(pipeline, most=workers or count_cores(), time_limit=time_limit)
    if workers is not None and workers > 1:
        raise SettingError("a loaded pipeline reads in this process alone; name it for workers to load it")
    return OwnProcess(pipeline)


class OwnProcess:
    """Reads in this process, with a pipeline that is loaded: nothing can end an article here."""

    def __init__(self, pipeline: Language) -> None:
        self.pipeline = pipeline

    def start(self) -> None:
        """Do nothing: the pipeline is loaded."""

    def load(self, ontology: Ontology) -> None:
        """Look whether the pipeline can be used."""
        ArticleReader(ontology, self.pipeline).load()

    def read(
        self, articles: Iterable[Article], ontology: Ontology, base: str, linking: Linking | None
    ) -> Iterator[tuple[Article, Evidence | Issue]]:
        """Yield the articles in order, each with its evidence or its issue."""
        reader = ArticleReader(ontology, self.pipeline)
        reader.known_names = None if linking is None else linking.names
        maker = EvidenceMaker(ontology, base)
        for article, found in reader.read_each(articles):
            yield article, found if isinstance(found, Issue) else maker.make(found)

    def close(self) -> None:
        """Do nothing: the pipeline is not ours."""


class Workers:
    """Reads in up to `most` processes, one article after the other in each, with a limit on how long one may take.

    `time_limit` is in seconds for each `LIMITED_CHARACTERS` of an article. One process starts at first, others while
    there is enough to read for them.
    """

    def __init__(self, pipeline: str | None, *, most: int, time_limit: float = TIME_LIMIT) -> None:
        self.pipeline = pipeline
        self._most = most
        self._time_limit = time_limit
        self._task: Task | None = None
        self._workers: list[_Worker] = []
        self._waiting: deque[Article] = deque()
        self._deaths = 0

    def start(self) -> None:
        """Start a process, which loads its libraries before it needs anything more from here."""
        self._workers.append(_Worker(self._time_limit))

    def load(self, ontology: Ontology) -> None:
        """Wait until the first process has loaded the pipeline; raise PipelineError where it cannot."""
        self._task = Task(ontology, self.pipeline, _LOG.isEnabledFor(logging.DEBUG))
        if not self._workers:
            self.start()
        while not any(worker.is_ready for worker in self._workers):
            for _ in self._hear():
                pass

    def read(
        self, articles: Iterable[Article], ontology: Ontology, base: str, linking: Linking | None
    ) -> Iterator[tuple[Article, Evidence | Issue]]:
        """Yield each article as soon as it was read, with its evidence or the issue that sets it aside."""
        names = Names(base, None if linking is None else linking.index.path.parent)
        left = iter(articles)
        first = next(left, None)
        if first is None:
            return
        self._waiting.append(first)
        self.load(ontology)
        while True:
            self._hand_out(left, names)
            if not self._waiting and not any(worker.articles for worker in self._workers):
                return
            yield from self._hear()

    def close(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def _hand_out(self, articles: Iterator[Article], names: Names) -> None:
        """Give every process that has little left to do an article, and start others where that is worth it."""
        while self._count_waiting() < _WORTH * self._most and (article := next(articles, None)):
            self._waiting.append(article)
        while self._waiting:
            ready = (worker for worker in self._workers if worker.has_room(self._waiting[0]))
            idlest = min(ready, key=lambda worker: len(worker.articles), default=None)
            if idlest is None or not idlest.give(self._waiting[0], names):
                break
            self._waiting.popleft()
        loading = sum(not worker.is_ready for worker in self._workers)
        while len(self._workers) < self._most and self._count_waiting() >= _WORTH * (loading + 1):
            self.start()
            loading += 1
        if self._waiting and not self._workers:
            self.start()

    def _count_waiting(self) -> int:
        return sum(max(_LEAST, len(article.text)) for article in self._waiting)

    def _hear(self) -> Iterator[tuple[Article, Evidence | Issue]]:
        """Wait for what the processes tell, or for the end of the time that an article has."""
        deadlines = [worker.deadline for worker in self._workers if worker.articles]
        patience = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        told = wait([worker.connection for worker in self._workers], patience)
        for worker in list(self._workers):
            if worker.connection in told:
                yield from self._take(worker)
            elif worker.articles and worker.deadline <= time.monotonic() and not worker.connection.poll():
                yield self._give_up(worker, f"took more than {worker.limit():,.0f} s")

    def _take(self, worker: _Worker) -> Iterator[tuple[Article, Evidence | Issue]]:
        try:
            message = worker.connection.recv()
            if isinstance(message, Hello):
                worker.connection.send(self._task)
        except (EOFError, OSError):
            yield from self._bury(worker)
            return
        if isinstance(message, Broken):
            raise PipelineError(message.message)
        if isinstance(message, Ready):
            worker.is_ready = True
        elif isinstance(message, Found):
            self._deaths = 0
            yield worker.take(message)
        elif isinstance(message, Full):
            self._retire(worker)

    def _bury(self, worker: _Worker) -> Iterator[tuple[Article, Evidence | Issue]]:
        """Set the article aside on which a process died; others that it was given go to another one."""
        self._deaths += 1
        how = worker.end(_DYING)
        if self._deaths >= _MOST_DEATHS or (not worker.is_ready and len(self._workers) == 1):
            raise PipelineError(f"the process that reads articles {how}; see how much memory is free, then try again")
        if worker.articles:
            yield self._give_up(worker, f"the process that read it {how}")
        else:
            self._workers.remove(worker)

    def _give_up(self, worker: _Worker, why: str) -> tuple[Article, Evidence | Issue]:
        article = worker.articles.popleft()
        self._retire(worker)
        return article, Issue(escape(article.id), f"could not be read ({why})")

    def _retire(self, worker: _Worker) -> None:
        """End a process; what it has not read yet goes to another one."""
        worker.end()
        self._workers.remove(worker)
        self._waiting.extendleft(reversed(worker.articles))


class _Worker:
    """One process, the socket to it, and the articles that it was given: the one that it reads comes first."""

    def __init__(self, time_limit: float) -> None:
        ours, theirs = socket.socketpair()
        for side in (ours, theirs):
            with suppress(OSError):
                side.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SOCKET_BYTES)
        with theirs:
            command = [sys.executable, "-c", _CODE, str(theirs.fileno()), *map(os.path.abspath, sys.path)]
            try:
                self._process = subprocess.Popen(
                    command,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=os.environ | _THREADS,
                    process_group=0,
                )
            except OSError as error:
                ours.close()
                raise PipelineError(f"no process can be started to read articles ({error.strerror})") from error
        self.connection = Connection(ours.detach())
        self.is_ready = False
        self.articles: deque[Article] = deque()
        self.deadline = 0.0
        self._time_limit = time_limit
        self._named = False

    def has_room(self, article: Article) -> bool:
        """Say whether the process can be given an article now."""
        if not self.is_ready or not self.articles:
            return self.is_ready
        characters = sum(len(each.text) for each in (*self.articles, article))
        return len(self.articles) < _AHEAD and characters <= _AHEAD_CHARACTERS

    def give(self, article: Article, names: Names) -> bool:
        """Give the process an article to read; say whether it takes it."""
        try:
            if not self._named:
                self.connection.send(names)
                self._named = True
            self.connection.send(article)
        except OSError:
            return False
        self.articles.append(article)
        if len(self.articles) == 1:
            self._set_deadline()
        return True

    def take(self, found: Found) -> tuple[Article, Evidence | Issue]:
        """Take what was found in the article that the process read."""
        article = self.articles.popleft()
        self._set_deadline()
        if found.log:
            _LOG.debug("in the process that reads %s\n%s", escape(article.id), found.log)
        return article, found.what

    def limit(self) -> float:
        """Give the seconds that the article being read may take."""
        return self._time_limit * max(1.0, len(self.articles[0].text) / LIMITED_CHARACTERS)

    def end(self, patience: float = 0.0) -> str:
        """End the process, at once or when it has not ended by itself after some seconds; say how it ended."""
        self.connection.close()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        assert self._process.stdin is not None
        self._process.stdin.close()
        code = self._process.returncode
        if code == -signal.SIGKILL:
            return "was killed, as happens where memory runs out"
        return f"crashed ({signal.Signals(-code).name})" if code < 0 else f"ended (exit code {code})"

    def _set_deadline(self) -> None:
        if self.articles:
            self.deadline = time.monotonic() + self.limit()
