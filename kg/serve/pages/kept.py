"""What is made once for a state of the graph: in threads of their own where it takes long, so that no page waits."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from kg.check import Contradiction, read_contradiction
from kg.knowledge.contradictions import Conflict, Kind, find_conflicts
from kg.serve.pages.dates import DatedThings
from kg.serve.pages.reader import Reader
from kg.serve.pages.search_index import SearchIndex
from kg.serve.pages.totals import Totals
from kg.serve.pages.wanted import find_weakest

if TYPE_CHECKING:
    from kg.serve.snapshot import Snapshot

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
PATIENCE: Final = 0.4
"""Seconds that a page waits for what is still being made before it says so."""


class Later(Generic[T]):
    """A value that the first who asks for it has made by a thread."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = threading.Lock()
        self._started = False
        self._done = threading.Event()
        self._value: T | None = None

    def start(self) -> None:
        """Have it made, if it is not being made yet."""
        with self._lock:
            if not self._started:
                self._started = True
                threading.Thread(target=self._run, daemon=True).start()

    def get(self, patience: float | None = None) -> T | None:
        """Give the value; None when it is not there after some seconds, or could not be made."""
        self.start()
        self._done.wait(patience)
        return self._value

    @property
    def ready(self) -> bool:
        """Whether there is nothing to wait for."""
        return self._done.is_set()

    def _run(self) -> None:
        try:
            self._value = self._make()
        except Exception:  # a page shows less, and the log why
            _LOG.exception("a part of the pages could not be made")
        finally:
            self._done.set()


class PageCache:
    """The pages that were asked for last, by the name of their content; safe in threads."""

    def __init__(self, most_bytes: int = 32 << 20) -> None:
        self._most = most_bytes
        self._held = 0
        self._lock = threading.Lock()
        self._pages: OrderedDict[str, tuple[bytes, str]] = OrderedDict()

    def get(self, name: str) -> tuple[bytes, str] | None:
        """Give the bytes and the media type of a page."""
        with self._lock:
            found = self._pages.get(name)
            if found is not None:
                self._pages.move_to_end(name)
            return found

    def put(self, name: str, page: tuple[bytes, str]) -> None:
        """Keep a page; those that were not asked for longest make room."""
        with self._lock:
            if name not in self._pages:
                self._pages[name] = page
                self._held += len(page[0])
            while self._held > self._most and self._pages:
                self._held -= len(self._pages.popitem(last=False)[1][0])


class Kept:
    """What pages share of one state: `reader` at once, the others when they are made."""

    def __init__(self, snapshot: Snapshot) -> None:
        store, ontology, base = snapshot.store, snapshot.ontology, snapshot.base
        self.reader = Reader(store, ontology, base)
        self.pages = PageCache()
        self.search = Later(self._index)
        self.totals = Later(self._count)
        self.dated = Later(lambda: DatedThings(self.reader))
        self.weakest = Later(lambda: find_weakest(self.reader))
        self._conflicts = Later(self._find_conflicts)
        self._parts: tuple[Later[Any], ...] = (self.search, self.totals, self.dated, self.weakest, self._conflicts)

    def _index(self) -> SearchIndex:
        index = self.reader.index = SearchIndex(self.reader)
        return index

    def _count(self) -> Totals:
        totals = self.reader.totals = Totals(self.reader, self.search.get())
        return totals

    def _find_conflicts(self) -> Conflicts:
        """Find them after all else is made, as they take longest and are wanted least."""
        for each in self._parts[:-1]:
            each.get()
        return Conflicts(self.reader)

    @property
    def state(self) -> str:
        """Tell apart what is ready and what is not, for pages that show both."""
        return "".join(str(int(each.ready)) for each in self._parts)

    def conflicts(self, patience: float = PATIENCE) -> Conflicts | None:
        """Give what contradicts what in the graph; None while it is being looked for."""
        return self._conflicts.get(patience)


class Conflicts:
    """The contradictions of a state, the worst first, each made of its facts when it is shown.

    `reasons` tell of each fact that stands against another what kind of conflict it is, in words.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        changes = find_conflicts(reader.store, reader.ontology)
        self._found = [each for each in changes if each.kind is not Kind.CHANGE]
        self._by_thing: dict[str, list[Conflict]] = {}
        self._by_fact: dict[str, list[Conflict]] = {}
        self.reasons: dict[str, str] = {}
        for each in self._found:
            self._by_thing.setdefault(each.thing, []).append(each)
            for fact in (*(fact for facts in each.values for fact in facts), *each.claims):
                self._by_fact.setdefault(fact, []).append(each)
                self.reasons.setdefault(fact, f"{each.kind.capitalize()}: {each.reason}")

    def __len__(self) -> int:
        return len(self._found)

    def shown(self, limit: int, offset: int = 0) -> list[Contradiction]:
        """Give some of them."""
        return list(map(self._read, self._found[offset : offset + limit]))

    def about(self, iri: str, limit: int) -> list[Contradiction]:
        """Give some of those about a thing."""
        return list(map(self._read, self._by_thing.get(iri, ())[:limit]))

    def of(self, statement: str) -> list[Contradiction]:
        """Give those that a fact or claim is part of."""
        return list(map(self._read, self._by_fact.get(statement, ())))

    def _read(self, found: Conflict) -> Contradiction:
        return read_contradiction(found, self._reader)


def make_kept(snapshot: Snapshot) -> Kept:
    """Make what pages keep of a state; to be given to `Snapshot.cached`."""
    return Kept(snapshot)
