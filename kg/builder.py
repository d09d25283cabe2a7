"""Articles in, graph out: reads what is new, keeps the evidence, and makes the knowledge of all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.build_report import BuildReport, IssueLog
from kg.decisions import Decision, decisions_graph, read_decisions
from kg.errors import SettingError, SourceError
from kg.escape import escape
from kg.evidence import EvidenceMaker
from kg.fingerprints import article_fingerprint, reading_fingerprint
from kg.folder import (
    DECISIONS,
    FETCHED,
    JOURNAL,
    KB,
    REJECTED,
    STORE,
    article_graphs,
    find_base,
    find_bases,
    keep_ontology,
    load_given,
    load_kept_ontology,
    open_writer,
)
from kg.garbage import looked_for_seldom
from kg.graph import Graph, open_graph
from kg.journal import Journal
from kg.keeping import Keeper, find_fingerprint
from kg.knowledge import MIN_CONFIDENCE, article_iri, read_reading
from kg.making import (
    Maker,
    Remembered,
    Resolved,
    counted,
    distrust,
    open_linking,
    report_decisions,
    settings_graph,
    write_products,
)
from kg.model import Article, Issue
from kg.ontology import Ontology, load_ontology
from kg.ontology.near import did_you_mean
from kg.read import read_articles
from kg.read.fetch import Fetching
from kg.rejected import Rejected
from kg.store import MemoryStore, Store
from kg.vocabulary import DCTERMS, DEFAULT_BASE
from kg.working import TIME_LIMIT, EvidenceReader, open_reader

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.linking import Linking

Sources: TypeAlias = str | Path | Iterable[str | Path]
Ontologies: TypeAlias = Ontology | str | Path | Iterable[str | Path]

_IDENTIFIER: Final = NamedNode(DCTERMS + "identifier")
_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+[/#]")


def build(
    sources: Sources = (),
    output: str | Path | None = None,
    *,
    ontology: Ontologies | None = None,
    pipeline: str | Language | None = None,
    base: str | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    kb: str | Path | Iterable[str | Path] | None = None,
    kb_facts: bool = False,
    remove: Iterable[str] = (),
    reread: bool = False,
    retry_rejected: bool = False,
    workers: int | None = None,
    time_limit: float = TIME_LIMIT,
    fetching: Fetching | None = None,
    on_issue: Callable[[Issue], object] | None = None,
    on_article: Callable[[], object] | None = None,
    on_stage: Callable[[str], object] | None = None,
) -> Graph:
    """Read articles into a graph in a folder, or in memory when `output` is None; `graph.report` says what was done.

    What the folder holds already stays: an article that would read as it did before is not read again (unless
    `reread`), a changed one replaces its evidence, others are added; `remove` takes articles out by their ids. Then the
    knowledge is made anew of all evidence and of the decisions in the folder, and graph.ttl and graph.svg are written
    where they change. `kb` are files of a knowledge base (Popolo JSON, RDF, CSV) that entities are linked to; with
    `kb_facts` what these say comes along. It stays with the folder until another is given, or none (an empty list).
    Ontologies and base are those given, else those that the folder was built with, else all shipped
    ontologies and `kg.DEFAULT_BASE`. Statements less sure than `min_confidence` stay evidence. What cannot be read is
    set aside: `on_issue` hears of it at once, and of decisions that wait. `on_article` is called after each article,
    `on_stage` with what is done from then on, in words.

    Articles are read in up to `workers` processes, as many as there are cores when None, each of which may take
    `time_limit` seconds for an article (for each 100,000 characters of a longer one); a loaded pipeline reads in this
    process, without a limit. An article on which the reading fails, or its process ends, is kept in rejected.jsonl in
    the folder, and passed over from then on unless it or what it is read with changes, or with `retry_rejected`: then
    all of the file are read again, those that the sources do not give included. What web addresses among the sources
    give, fetched as `fetching` says, is kept in the folder, and asked for later only where it has changed.

    Raises SourceError when there is no article at all, and for decisions that cannot be read or contradict each other,
    with nothing changed; OntologyError, PipelineError, StoreError, SettingError.
    """
    _check_settings(base, min_confidence)
    if kb is not None and output is None:
        raise SettingError("a knowledge base needs a folder to keep its index in; give one as the output")
    report = BuildReport()
    log = IssueLog(report, on_issue)
    folder = None if output is None else Path(output)
    known = folder is not None and (folder / STORE).is_dir()
    if folder is not None:
        read_decisions(folder / DECISIONS, DEFAULT_BASE)  # what is wrong with the file is told before anything is done
    reader = open_reader(pipeline, workers, time_limit)
    rejected = Rejected(folder)
    tell_stage = on_stage or _tell_nobody
    with closing(reader):
        given = log.articles(read_articles(sources, fetching=_remember(fetching or Fetching(), folder)))
        if retry_rejected:
            given = rejected.after(given)
        articles = _open_sources(given, empty=not known)
        if not known:
            reader.start()
        if ontology is not None:
            loaded = load_given(ontology)
        else:
            loaded = load_ontology() if folder is None else load_kept_ontology(folder)
        if not known:
            # Neither decisions that contradict each other nor a missing pipeline must leave an empty graph behind.
            _Builder(MemoryStore(), loaded, base, log, folder).check_decisions()
            reader.load(loaded)
        store = MemoryStore() if folder is None else open_writer(folder)
        try:
            builder = _Builder(store, loaded, base, log, folder)
            builder.check_decisions()
            builder.move()
            builder.remove(remove, rejected)
            builder.use(kb, facts=kb_facts)
            with looked_for_seldom():
                tell_stage("reading")
                builder.add(articles, reader, rejected, _Again(reread, retry_rejected), on_article or _tell_nobody)
                reader.close()
                tell_stage("making the knowledge")
                builder.make_knowledge(min_confidence)
                if folder is not None:
                    tell_stage("writing")
                    keep_ontology(folder, loaded)
                    report.files = write_products(store, loaded, builder.base, folder, builder.knowledge)
        except BaseException:
            store.close()
            raise
    if folder is None:
        return Graph(store, loaded, base=builder.base, report=report)
    builder.knowledge = None
    store.close()
    return open_graph(folder, ontology=loaded, report=report)


def count_articles(sources: Sources) -> int:
    """Count the articles of some sources, for a progress bar; what cannot be read is passed over."""
    return sum(isinstance(found, Article) for found in read_articles(sources))


@dataclass(frozen=True, slots=True)
class _Again:
    """What is read again though it has not changed: articles that the graph knows, and those set aside before."""

    known: bool
    rejected: bool


class _Builder:
    """One build: the store that it writes, and what it has done so far."""

    def __init__(self, store: Store, ontology: Ontology, base: str | None, log: IssueLog, folder: Path | None) -> None:
        self.store = store
        self.ontology = ontology
        self.log = log
        self.report = log.report
        self.folder = folder
        self.linking: Linking | None = None
        self.remembered = Remembered()
        self.knowledge: list[Quad] | None = None
        self.old = find_base(store)
        self.base = base or self.old or DEFAULT_BASE

    def check_decisions(self) -> None:
        """Refuse decisions that contradict each other, before anything changes."""
        maker = Maker(self.store, self.ontology, self.old or self.base)
        decisions = self._decisions(maker.base)
        if not maker.knows(decisions):
            self._refuse(maker.resolve(decisions))

    def _decisions(self, base: str) -> list[Decision]:
        return [] if self.folder is None else read_decisions(self.folder / DECISIONS, base)

    def _refuse(self, resolved: Resolved) -> None:
        for issue in resolved.contradictions:
            self.log.note(issue)
        if resolved.contradictions:
            assert self.folder is not None
            raise SourceError(
                f"{self.folder / DECISIONS}: holds decisions that contradict each other, so the graph stays as it was; "
                "undo one of each two (`kg undo NAME`)"
            )

    def move(self) -> None:
        """Write the evidence again under another base, where that is wanted: no article needs to be read for it."""
        for old in find_bases(self.store):  # several where a build was stopped that moved them
            if old != self.base:
                self._move_from(old)

    def _move_from(self, old: str) -> None:
        keeper = self._open_keeper(BuildReport())
        maker = EvidenceMaker(self.ontology, self.base)
        for graph in article_graphs(self.store, old):
            reading = read_reading(self.store.quads(graph=graph))
            fingerprint = find_fingerprint(self.store, graph) or ""
            keeper.keep(reading.article.id, maker.make(reading), fingerprint, partial(self.store.remove_graph, graph))
        keeper.write()
        settings = settings_graph(self.base)
        if not any(self.store.quads(graph=settings)):
            kept = self.store.quads(graph=settings_graph(old))
            self.store.replace_graph(settings, [Quad(settings, each.predicate, each.object, settings) for each in kept])
            distrust(self.store, self.base)
        for graph in (decisions_graph(old), settings_graph(old)):
            self.store.remove_graph(graph)
        self.report.evidence_changed = True

    def remove(self, articles: Iterable[str], rejected: Rejected) -> None:
        """Take the evidence of articles out, and what was set aside of them."""
        for article in dict.fromkeys(articles):
            was_rejected = rejected.remove(article)
            known = self._ids()
            if article in known:
                distrust(self.store, self.base)
            if article in known and self.store.remove_graph(NamedNode(article_iri(self.base, article))):
                self.report.removed += 1
                self.report.evidence_changed = True
            elif not was_rejected:
                near = did_you_mean(article, known) or "; see its id in the graph"
                self.log.set_aside(Issue(article, f"is no article of the graph, so it was not removed{near}"))

    def _ids(self) -> list[str]:
        found = (quad.object for quad in self.store.quads(None, _IDENTIFIER))
        return [each.value for each in found if isinstance(each, Literal)]

    def add(
        self,
        articles: Iterable[Article],
        reader: EvidenceReader,
        rejected: Rejected,
        again: _Again,
        done: Callable[[], object],
    ) -> None:
        """Read the articles that are new or changed, and keep their evidence; call `done` after each."""
        digests = () if self.linking is None else self.linking.digests
        context = reading_fingerprint(self.ontology, reader.pipeline, digests)
        keeper = self._open_keeper(self.report)

        def unread() -> Iterator[Article]:
            for article in articles:
                fingerprint = article_fingerprint(article, context)
                if keeper.fingerprint(article.id) == fingerprint and not again.known:
                    self.report.unchanged += 1
                    rejected.remove(article.id)
                elif rejected.has(article.id, fingerprint) and not (again.known or again.rejected):
                    self.report.passed_over += 1
                else:
                    yield article
                    continue
                done()

        with ExitStack() as last:
            last.callback(rejected.write)
            last.callback(keeper.write)
            for article, found in reader.read(unread(), self.ontology, self.base, self.linking):
                fingerprint = article_fingerprint(article, context)
                if isinstance(found, Issue):
                    rejected.add(article, found.message, fingerprint)
                    self.log.set_aside(found)
                    done()
                else:
                    keeper.keep(article.id, found, fingerprint, partial(_tell_kept, article.id, rejected, done))
        if self.report.passed_over:
            assert self.folder is not None
            told = f"{self.report.passed_over:,} set aside before, passed over; `kg build --retry-rejected` reads again"
            self.log.note(Issue(escape(str(self.folder / REJECTED)), told))

    def _open_keeper(self, report: BuildReport) -> Keeper:
        journal = Journal(None if self.folder is None else self.folder / JOURNAL)
        return Keeper(self.store, self.base, self.remembered, report, journal)

    def use(self, kb: str | Path | Iterable[str | Path] | None, *, facts: bool) -> None:
        """Use the knowledge base that is given, or else the one that the folder has."""
        if self.folder is None:
            return
        if kb is None:
            self.linking = open_linking(self.folder, self.store, self.ontology, self.base)
            return
        files = [kb] if isinstance(kb, str | Path) else list(kb)
        if not files:
            (self.folder / KB).unlink(missing_ok=True)
            return
        from kg.kb import build_index
        from kg.linking import Linking

        self.linking = Linking(build_index(files, self.folder, self.log.note), self.ontology, facts=facts)

    def make_knowledge(self, min_confidence: float) -> None:
        """Make the default graph of all evidence, where it is not that already, and count what it holds.

        Raises SourceError when there is nothing.
        """
        maker = Maker(self.store, self.ontology, self.base, self.linking, self.remembered)
        self.report.articles = len(maker.graphs)
        if not maker.graphs and not self.report.removed:
            raise _nothing()
        decisions = self._decisions(self.base)
        if maker.is_made(decisions, min_confidence):
            maker.count_made(self.report)
            return
        resolved = maker.resolve(decisions)
        self._refuse(resolved)
        for issue in resolved.application.issues:
            self.log.note(issue)
        report_decisions(resolved, self.report)
        quads = counted(maker.knowledge(resolved, min_confidence), self.report, self.ontology, self.base)
        self.knowledge = list(quads)
        maker.forget()
        self.report.graph_changed = maker.keep(resolved, self.knowledge, min_confidence)


def _check_settings(base: str | None, min_confidence: float) -> None:
    if not 0 <= min_confidence <= 1:
        raise SettingError(f"min_confidence is {min_confidence}; give a number from 0 to 1")
    if base is not None and not _is_base(base):
        raise SettingError(f'the base is "{base}"; give an IRI that ends in / or #, such as {DEFAULT_BASE}')


def _remember(fetching: Fetching, folder: Path | None) -> Fetching:
    return fetching if folder is None or fetching.memory else replace(fetching, memory=folder / FETCHED)


def _tell_kept(article: str, rejected: Rejected, done: Callable[[], object]) -> None:
    rejected.remove(article)
    done()


def _tell_nobody(*_: object) -> None:
    pass


def _is_base(base: str) -> bool:
    try:
        return _BASE.fullmatch(NamedNode(base).value) is not None
    except ValueError:
        return False


def _open_sources(articles: Iterator[Article], *, empty: bool) -> Iterator[Article]:
    """Look for the first article: without one a store that is not there yet is not made."""
    first = next(articles, None)
    if first is None:
        if empty:
            raise _nothing()
        return iter(())
    return chain((first,), articles)


def _nothing() -> SourceError:
    return SourceError("no article could be read and the graph is empty; name files or folders with articles")
