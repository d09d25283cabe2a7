"""Articles in, graph out: reads what is new, keeps the evidence, and makes the knowledge of all of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.build_report import BuildReport
from kg.decisions import Decision, decisions_graph, read_decisions
from kg.errors import SettingError, SourceError
from kg.fingerprints import article_fingerprint, reading_fingerprint
from kg.folder import (
    DECISIONS,
    KB,
    STORE,
    article_graphs,
    find_base,
    keep_ontology,
    load_given,
    load_kept_ontology,
)
from kg.graph import Graph, open_graph
from kg.knowledge import MIN_CONFIDENCE, article_iri, read_reading, write_reading
from kg.making import Maker, Resolved, counted, open_linking, report_decisions, settings_graph, write_products
from kg.model import Article, Issue, Reading
from kg.ontology import Ontology, load_ontology
from kg.ontology.near import did_you_mean
from kg.read import read_articles
from kg.readings import ArticleReader
from kg.store import MemoryStore, OxigraphStore, Store
from kg.vocabulary import DCTERMS, DEFAULT_BASE, KG

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.linking import Linking

Sources: TypeAlias = str | Path | Iterable[str | Path]
Ontologies: TypeAlias = Ontology | str | Path | Iterable[str | Path]

_FINGERPRINT: Final = NamedNode(KG + "fingerprint")
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
    on_issue: Callable[[Issue], object] | None = None,
    on_article: Callable[[], object] | None = None,
) -> Graph:
    """Read articles into a graph in a folder, or in memory when `output` is None; `graph.report` says what was done.

    What the folder holds already stays: an article that would read as it did before is not read again (unless
    `reread`), a changed one replaces its evidence, others are added; `remove` takes articles out by their ids. Then the
    knowledge is made anew of all evidence and of the decisions in the folder, and graph.ttl and graph.svg are written
    where they change. `kb` are files of a knowledge base (Popolo JSON, RDF, CSV) that entities are linked to; with
    `kb_facts` what these say comes along. It stays with the folder until another is given, or none (an empty list).
    Ontologies and base are those given, else those that the folder was built with, else all shipped
    ontologies and `kg.DEFAULT_BASE`. Statements less sure than `min_confidence` stay evidence. What cannot be read is
    set aside: `on_issue` hears of it at once, and of decisions that wait. `on_article` is called after each article.

    Raises SourceError when there is no article at all, and for decisions that cannot be read or contradict each other,
    with nothing changed; OntologyError, PipelineError, StoreError, SettingError.
    """
    _check_settings(base, min_confidence)
    if kb is not None and output is None:
        raise SettingError("a knowledge base needs a folder to keep its index in; give one as the output")
    report = BuildReport()
    log = _IssueLog(report, on_issue)
    folder = None if output is None else Path(output)
    known = folder is not None and (folder / STORE).is_dir()
    if folder is not None:
        read_decisions(folder / DECISIONS, DEFAULT_BASE)  # what is wrong with the file is told before anything is done
    articles = _open_sources(log.articles(read_articles(sources)), empty=not known)
    if ontology is not None:
        loaded = load_given(ontology)
    else:
        loaded = load_ontology() if folder is None else load_kept_ontology(folder)
    reader = ArticleReader(loaded, pipeline)
    if not known:
        # Neither decisions that contradict each other nor a missing pipeline must leave an empty graph behind.
        _Builder(MemoryStore(), loaded, base, log, folder).check_decisions()
        reader.load()
    store = MemoryStore() if folder is None else OxigraphStore(folder / STORE)
    try:
        builder = _Builder(store, loaded, base, log, folder)
        builder.check_decisions()
        builder.move()
        builder.remove(remove)
        builder.use(kb, facts=kb_facts)
        builder.add(articles, reader, reread=reread, on_article=on_article)
        builder.make_knowledge(min_confidence)
        if folder is not None:
            keep_ontology(folder, loaded)
            report.files = write_products(store, loaded, builder.base, folder)
    except BaseException:
        store.close()
        raise
    if folder is None:
        return Graph(store, loaded, base=builder.base, report=report)
    store.close()
    return open_graph(folder, ontology=loaded, report=report)


def count_articles(sources: Sources) -> int:
    """Count the articles of some sources, for a progress bar; what cannot be read is passed over."""
    return sum(isinstance(found, Article) for found in read_articles(sources))


class _IssueLog:
    """Takes note of what cannot be read, and tells it on."""

    def __init__(self, report: BuildReport, on_issue: Callable[[Issue], object] | None) -> None:
        self.report = report
        self._on_issue = on_issue

    def note(self, issue: Issue) -> None:
        """Take note of something that sets no article aside."""
        self.report.issues.append(issue)
        if self._on_issue is not None:
            self._on_issue(issue)

    def set_aside(self, issue: Issue) -> None:
        """Take note of an article, or a source, that could not be read."""
        self.report.set_aside += 1
        self.note(issue)

    def articles(self, found: Iterable[Article | Issue]) -> Iterator[Article]:
        """Iterate over the articles; an issue right before an article of the same place does not set it aside."""
        last: Issue | None = None
        for each in found:
            if isinstance(each, Article):
                if last is not None and last.source == each.source:
                    self.report.set_aside -= 1
                last = None
                yield each
            else:
                last = each
                self.set_aside(each)


class _Builder:
    """One build: the store that it writes, and what it has done so far."""

    def __init__(self, store: Store, ontology: Ontology, base: str | None, log: _IssueLog, folder: Path | None) -> None:
        self.store = store
        self.ontology = ontology
        self.log = log
        self.report = log.report
        self.folder = folder
        self.linking: Linking | None = None
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
        if self.old is None or self.old == self.base:
            return
        for graph in article_graphs(self.store, self.old):
            reading = read_reading(self.store.quads(graph=graph))
            self._keep(reading, self._fingerprint(graph) or "")
            self.store.remove_graph(graph)
        for graph in (decisions_graph(self.old), settings_graph(self.old)):
            self.store.remove_graph(graph)
        self.report.evidence_changed = True

    def remove(self, articles: Iterable[str]) -> None:
        """Take the evidence of articles out."""
        for article in dict.fromkeys(articles):
            known = self._ids()
            if article in known and self.store.remove_graph(NamedNode(article_iri(self.base, article))):
                self.report.removed += 1
                self.report.evidence_changed = True
            else:
                near = did_you_mean(article, known) or "; see its id in the graph"
                self.log.set_aside(Issue(article, f"is no article of the graph, so it was not removed{near}"))

    def _ids(self) -> list[str]:
        found = (quad.object for quad in self.store.quads(None, _IDENTIFIER))
        return [each.value for each in found if isinstance(each, Literal)]

    def add(
        self,
        articles: Iterable[Article],
        reader: ArticleReader,
        *,
        reread: bool,
        on_article: Callable[[], object] | None,
    ) -> None:
        """Read the articles that are new or changed, and keep their evidence."""
        reader.known_names = None if self.linking is None else self.linking.names
        digests = () if self.linking is None else self.linking.digests
        context = reading_fingerprint(self.ontology, reader.pipeline, digests)

        def done() -> None:
            if on_article is not None:
                on_article()

        def unread() -> Iterator[Article]:
            for article in articles:
                known = self._fingerprint(NamedNode(article_iri(self.base, article.id)))
                if known == article_fingerprint(article, context) and not reread:
                    self.report.unchanged += 1
                    done()
                else:
                    yield article

        for reading in reader.read(unread()):
            if isinstance(reading, Issue):
                self.log.set_aside(reading)
            else:
                self._count(reading)
                self._keep(reading, article_fingerprint(reading.article, context))
            done()

    def _count(self, reading: Reading) -> None:
        known = self._fingerprint(NamedNode(article_iri(self.base, reading.article.id))) is not None
        self.report.changed += known
        self.report.new += not known

    def _keep(self, reading: Reading, fingerprint: str) -> None:
        graph = NamedNode(article_iri(self.base, reading.article.id))
        mark = Quad(graph, _FINGERPRINT, Literal(fingerprint), graph)
        if self.store.replace_graph(graph, (*write_reading(reading, self.base), mark)):
            self.report.evidence_changed = True

    def _fingerprint(self, graph: NamedNode) -> str | None:
        found = next(iter(self.store.quads(graph, _FINGERPRINT, graph=graph)), None)
        return found.object.value if found is not None and isinstance(found.object, Literal) else None

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
        """Make the default graph of all evidence, and count what it holds; raise SourceError when there is nothing."""
        maker = Maker(self.store, self.ontology, self.base, self.linking)
        self.report.articles = len(maker.graphs)
        if not maker.graphs and not self.report.removed:
            raise _nothing()
        resolved = maker.resolve(self._decisions(self.base))
        self._refuse(resolved)
        for issue in resolved.application.issues:
            self.log.note(issue)
        report_decisions(resolved, self.report)
        quads = counted(maker.knowledge(resolved, min_confidence), self.report, self.ontology, self.base)
        self.report.graph_changed = maker.keep(resolved, quads, min_confidence)


def _check_settings(base: str | None, min_confidence: float) -> None:
    if not 0 <= min_confidence <= 1:
        raise SettingError(f"min_confidence is {min_confidence}; give a number from 0 to 1")
    if base is not None and not _is_base(base):
        raise SettingError(f'the base is "{base}"; give an IRI that ends in / or #, such as {DEFAULT_BASE}')


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
