"""Deciding on a graph in a folder: a decision is recorded, and the knowledge made anew at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.build_report import BuildReport
from kg.decisions import (
    Content,
    Decision,
    Describer,
    Desk,
    Evidence,
    Facts,
    Namer,
    Standing,
    decision_iri,
    decisions_graph,
    find_author,
    read_decisions,
    requests,
    write_decisions,
    write_time,
)
from kg.decisions.records import Undo
from kg.errors import SettingError, SourceError
from kg.files import replace_file
from kg.folder import DECISIONS, base_of, find_store, load_kept_ontology, open_writer
from kg.making import Maker, Resolved, counted, is_written, open_linking, report_decisions, write_products
from kg.model import Issue
from kg.store import DEFAULT_GRAPH, OxigraphStore
from kg.vocabulary import KG

_STANDING: Final = NamedNode(KG + "standing")
_ATTRIBUTES: Final = ".gitattributes"
_MERGED: Final = "# Every line of a decision stands for itself: a merge keeps those of both sides.\n{} merge=union\n"
_MOST_AT_ONCE: Final = 2
"""How many decisions a command makes at most: another name undoes the one before."""
_COUNTS: Final = ("entities", "facts", "qualified", "claims")

Request = Callable[[Desk], list[Content]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of decisions: those recorded, each in words, and the graph before and after.

    `issues` tell which of them wait or are superfluous. `files` are those of the graph, where it changed.
    """

    decisions: tuple[Decision, ...]
    told: tuple[str, ...]
    before: BuildReport
    after: BuildReport
    issues: tuple[Issue, ...]
    changed: bool
    files: tuple[Path, ...] = ()

    @property
    def changes(self) -> dict[str, tuple[int, int]]:
        """How many entities, facts, qualified facts and claims there were and are, where that changed."""
        pairs = {name: (getattr(self.before, name), getattr(self.after, name)) for name in _COUNTS}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision of a graph, in words, and what became of it when the knowledge was last made."""

    decision: Decision
    told: str
    standing: Standing


def same(folder: Path, a: str, b: str, *, why: str | None = None, by: str | None = None) -> Outcome:
    """Decide that two things are one. Raises SettingError for names that mean none or several, as all here do.

    So do decisions that contradict earlier ones, with both in the message; nothing changes then.
    """
    return decide(folder, partial(requests.same, a=_text(a), b=_text(b)), why=why, by=by)


def different(folder: Path, a: str, b: str, *, why: str | None = None, by: str | None = None) -> Outcome:
    """Decide that two things are never one, also two that are one in the graph."""
    return decide(folder, partial(requests.different, a=_text(a), b=_text(b)), why=why, by=by)


def rename(
    folder: Path, thing: str, name: str, *, why: str | None = None, by: str | None = None, replace: bool = False
) -> Outcome:
    """Decide what a thing is called; `replace` undoes an earlier decision on it."""
    request = partial(requests.rename, a=_text(thing), name=_text(name), replace=replace)
    return decide(folder, request, why=why, by=by)


def reject(folder: Path, *fact: str, why: str | None = None, by: str | None = None) -> Outcome:
    """Decide that a fact does not hold or a claim was not made: by its IRI, or by subject, property and object."""
    words = tuple(map(_text, fact))
    return decide(folder, lambda desk: requests.reject(desk, *words), why=why, by=by)


def add(
    folder: Path, subject: str, predicate: str, object: str, *, why: str | None = None, by: str | None = None
) -> Outcome:
    """Decide that a fact holds; it needs a reason, as no article gives one."""
    if why is None or not why.strip():
        raise SettingError("a fact that no article says needs a reason; give it, as in --why TEXT")
    words = _text(subject), _text(predicate), _text(object)
    return decide(folder, lambda desk: requests.add(desk, *words), why=why, by=by)


def undo(folder: Path, decision: str | None = None, *, why: str | None = None, by: str | None = None) -> Outcome:
    """Decide that an earlier decision no longer holds: the one named, or the last that was made."""
    return decide(folder, partial(requests.undo, name=None if decision is None else _text(decision)), why=why, by=by)


def decide(folder: Path, request: Request, *, why: str | None = None, by: str | None = None) -> Outcome:
    """Record what a request wants, and make the knowledge anew; on an error nothing has changed."""
    author = _line(by) if by is not None else find_author()
    if not author:
        raise SettingError("nobody decides this; say who does, as in --by NAME")
    reason = None if why is None else _line(why) or None
    with _opened(folder) as session:
        repeated = session.find_stopped(request, author)
        if repeated:
            return replace(session.record([]), decisions=tuple(repeated), told=session.tell(repeated))
        contents = request(session.desk())
        return session.record(session.sign(contents, author, reason))


def import_decisions(folder: Path, file: Path) -> Outcome:
    """Take in the decisions of a file that are not recorded yet. Raises SourceError for a file that is none of them."""
    if not file.exists():
        raise SourceError(f"{file}: there is no such file; name one that `kg decisions --export` wrote")
    with _opened(folder) as session:
        known = {decision.iri: decision for decision in session.decisions}
        given = read_decisions(file, session.maker.base)
        for decision in given:
            if decision != known.get(decision.iri, decision):
                other = known[decision.iri].source
                raise SourceError(f"{decision.source}: says something else of <{decision.iri}> than {other}")
        return session.record([each for each in given if each.iri not in known])


def export_decisions(folder: Path, file: Path) -> int:
    """Write all decisions to a file, and say how many there are."""
    store = find_store(folder)
    with OxigraphStore(store, read_only=True) as opened:
        base = base_of(opened)
    decisions = read_decisions(folder / DECISIONS, base)
    _write(file, write_decisions(decisions, base))
    return len(decisions)


def list_decisions(folder: Path) -> list[Recorded]:
    """Give all decisions in the order of their times."""
    with OxigraphStore(find_store(folder), read_only=True) as store:
        base = base_of(store)
        decisions = read_decisions(folder / DECISIONS, base)
        graph = decisions_graph(base)
        found = {
            quad.subject.value: Standing(quad.object.value)
            for quad in store.quads(None, _STANDING, graph=graph)
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        }
    describer = Describer(load_kept_ontology(folder), decisions)
    return [Recorded(each, describer.say(each), found.get(each.iri, Standing.PENDING)) for each in decisions]


class _Session:
    """A graph that is open for decisions: no one else can write it meanwhile."""

    def __init__(self, store: OxigraphStore, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.file = folder / DECISIONS
        self.ontology = load_kept_ontology(folder)
        base = base_of(store)
        self.maker = Maker(store, self.ontology, base, open_linking(folder, store, self.ontology, base))
        self.decisions = read_decisions(self.file, self.maker.base)
        self.min_confidence = self.maker.min_confidence()
        self.contradictions: list[Issue] = []
        self.issues: frozenset[Issue] = frozenset()

    def desk(self) -> Desk:
        """Give what a request looks at; what was decided elsewhere, or by a process that was killed, is done first."""
        resolved = self.maker.resolve(self.decisions)
        self.contradictions, self.issues = resolved.contradictions, frozenset(resolved.application.issues)
        if not self.contradictions:
            if not self.maker.knows(self.decisions):
                quads = list(self.maker.knowledge(resolved, self.min_confidence))
                self.maker.keep(resolved, quads, self.min_confidence)
            if not is_written(self.store, self.maker.base):
                write_products(self.store, self.ontology, self.maker.base, self.folder)
        return self._desk(self.decisions, resolved)

    def _desk(self, decisions: list[Decision], resolved: Resolved) -> Desk:
        return Desk(
            Namer(resolved.entities, Evidence(self.store, self.maker.base), self.ontology),
            Facts(self.store),
            self.ontology,
            tuple(decisions),
            resolved.application.judgement.undone,
            resolved.application.named,
        )

    def find_stopped(self, request: Request, author: str) -> list[Decision]:
        """Find the last decisions, where these are just what is wanted and the process that recorded them was killed.

        Whoever was told nothing of a decision gives the command again: that is no second decision.
        """
        if self.maker.knows(self.decisions) and is_written(self.store, self.maker.base):
            return []
        for number in range(1, min(_MOST_AT_ONCE, len(self.decisions)) + 1):
            earlier, last = self.decisions[:-number], self.decisions[-number:]
            resolved = self.maker.resolve(earlier)
            if resolved.contradictions or any(each.by != author for each in last):
                continue
            with suppress(SettingError):
                if request(self._desk(earlier, resolved)) == [each.content for each in last]:
                    return last
        return []

    def tell(self, decisions: list[Decision]) -> tuple[str, ...]:
        """Say what was decided, one line for each."""
        return tuple(map(Describer(self.ontology, self.decisions).tell, decisions))

    def sign(self, contents: Iterable[Content], by: str, why: str | None) -> list[Decision]:
        """Make decisions of what is wanted, each at a time of its own."""
        taken = {decision.when for decision in self.decisions}
        now = datetime.now(UTC)
        signed = []
        for content in contents:
            while write_time(now) in taken:
                now += timedelta(milliseconds=1)
            taken.add(write_time(now))
            unnamed = Decision(f"{self.maker.base}decision/", by, write_time(now), content, why)
            signed.append(replace(unnamed, iri=decision_iri(unnamed, self.maker.base)))
        return signed

    def record(self, new: list[Decision]) -> Outcome:
        """Record decisions and make the knowledge anew; all is made before anything is written."""
        decisions = [*self.decisions, *new]
        resolved = self.maker.resolve(decisions)
        if resolved.contradictions and not self._mends(new, resolved):
            raise SettingError("\n".join(map(str, (*resolved.contradictions, "nothing was recorded"))))
        before, after = BuildReport(), BuildReport()
        knowledge = self._count(self.store.quads(graph=DEFAULT_GRAPH), before)
        if not resolved.contradictions:
            knowledge = self._count(self.maker.knowledge(resolved, self.min_confidence), after)
            report_decisions(resolved, after)
        if new:
            _write(self.file, write_decisions(decisions, self.maker.base))
            _let_git_merge(self.folder)
        told = tuple(map(Describer(self.ontology, decisions).tell, new))
        if resolved.contradictions:
            return Outcome(tuple(new), told, before, before, tuple(resolved.contradictions), changed=False)
        changed = self.maker.keep(resolved, knowledge, self.min_confidence)
        files = write_products(self.store, self.ontology, self.maker.base, self.folder)
        issues = tuple(issue for issue in resolved.application.issues if issue not in self.issues)
        return Outcome(tuple(new), told, before, after, issues, changed, files if changed else ())

    def _mends(self, new: Iterable[Decision], resolved: Resolved) -> bool:
        """Let contradictions that git brought in be undone one after the other."""
        undoing = all(isinstance(decision.content, Undo) for decision in new)
        return undoing and len(resolved.contradictions) < len(self.contradictions)

    def _count(self, quads: Iterable[Quad], report: BuildReport) -> list[Quad]:
        return list(counted(quads, report, self.ontology, self.maker.base))


@contextmanager
def _opened(folder: Path) -> Iterator[_Session]:
    find_store(folder)
    with open_writer(folder) as store:
        yield _Session(store, folder)


def _write(path: Path, text: str) -> None:
    with replace_file(path) as file:
        file.write(text.encode())


def _let_git_merge(folder: Path) -> None:
    """Tell git how decisions are merged, unless the folder tells it something already."""
    attributes = folder / _ATTRIBUTES
    if not attributes.exists():
        _write(attributes, _MERGED.format(DECISIONS))


def _line(text: str) -> str:
    return " ".join(_text(text).split())


def _text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise SettingError(f"{text!r} is not UTF-8; write it as such") from None
    return text
