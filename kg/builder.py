"""Articles in, graph out: reads what is new, keeps the evidence, and makes the knowledge of all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from pyoxigraph import Literal, NamedNode, Quad

from kg.draw import draw
from kg.errors import SettingError, SourceError
from kg.fingerprints import article_fingerprint, reading_fingerprint
from kg.folder import (
    PICTURE,
    STORE,
    TURTLE,
    article_graphs,
    find_base,
    keep_ontology,
    load_given,
    load_kept_ontology,
    write_if_changed,
)
from kg.graph import Graph, open_graph
from kg.identity import make_entities
from kg.knowledge import (
    MIN_CONFIDENCE,
    article_iri,
    graph_prefixes,
    make_knowledge,
    read_reading,
    write_reading,
    write_turtle,
)
from kg.model import Article, Issue, Reading, Referent
from kg.ontology import Ontology, load_ontology
from kg.ontology.near import did_you_mean
from kg.read import read_articles
from kg.readings import ArticleReader
from kg.report import BuildReport
from kg.store import DEFAULT_GRAPH, MemoryStore, OxigraphStore, Store
from kg.vocabulary import DCTERMS, DEFAULT_BASE, KG, TYPE

if TYPE_CHECKING:
    from spacy.language import Language

Sources: TypeAlias = str | Path | Iterable[str | Path]
Ontologies: TypeAlias = Ontology | str | Path | Iterable[str | Path]

_FINGERPRINT: Final = NamedNode(KG + "fingerprint")
_IDENTIFIER: Final = NamedNode(DCTERMS + "identifier")
_TYPE: Final = NamedNode(TYPE)
_REFERENT: Final = NamedNode(KG + "Referent")
_COUNTED: Final = {KG + "Fact": "facts", KG + "QualifiedFact": "qualified", KG + "Claim": "claims"}
_BASE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|^`\\]+[/#]")


def build(
    sources: Sources = (),
    output: str | Path | None = None,
    *,
    ontology: Ontologies | None = None,
    pipeline: str | Language | None = None,
    base: str | None = None,
    min_confidence: float = MIN_CONFIDENCE,
    remove: Iterable[str] = (),
    reread: bool = False,
    on_issue: Callable[[Issue], object] | None = None,
    on_article: Callable[[], object] | None = None,
) -> Graph:
    """Read articles into a graph in a folder, or in memory when `output` is None; `graph.report` says what was done.

    What the folder holds already stays: an article that would read as it did before is not read again (unless
    `reread`), a changed one replaces its evidence, others are added; `remove` takes articles out by their ids. Then the
    knowledge is made anew of all evidence, and graph.ttl and graph.svg are written where they change. Ontologies and
    base are those given, else those that the folder was built with, else all shipped ontologies and
    `kg.DEFAULT_BASE`. Statements less sure than `min_confidence` stay evidence. What cannot be read is set aside:
    `on_issue` hears of it at once. `on_article` is called after each article.

    Raises SourceError when there is no article at all, OntologyError, PipelineError, StoreError, SettingError.
    """
    _check_settings(base, min_confidence)
    report = BuildReport()
    log = _IssueLog(report, on_issue)
    folder = None if output is None else Path(output)
    known = folder is not None and (folder / STORE).is_dir()
    articles = _open_sources(log.articles(read_articles(sources)), empty=not known)
    if ontology is not None:
        loaded = load_given(ontology)
    else:
        loaded = load_ontology() if folder is None else load_kept_ontology(folder)
    reader = ArticleReader(loaded, pipeline)
    if not known:
        reader.load()  # a pipeline that is missing must not leave an empty graph behind
    store = MemoryStore() if folder is None else OxigraphStore(folder / STORE)
    try:
        builder = _Builder(store, loaded, base, log)
        builder.remove(remove)
        builder.add(articles, reader, reread=reread, on_article=on_article)
        builder.make_knowledge(min_confidence)
        if folder is not None:
            keep_ontology(folder, loaded)
            report.files = _write_products(store, loaded, builder.base, folder)
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

    def __init__(self, store: Store, ontology: Ontology, base: str | None, log: _IssueLog) -> None:
        self.store = store
        self.ontology = ontology
        self.log = log
        self.report = log.report
        old = find_base(store)
        self.base = base or old or DEFAULT_BASE
        if old is not None and old != self.base:
            self._move(old)

    def _move(self, old: str) -> None:
        """Write the evidence again under another base: no article needs to be read for it."""
        for graph in article_graphs(self.store, old):
            reading = read_reading(self.store.quads(graph=graph))
            self._keep(reading, self._fingerprint(graph) or "")
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
        context = reading_fingerprint(self.ontology, reader.pipeline)

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

    def make_knowledge(self, min_confidence: float) -> None:
        """Make the default graph of all evidence, and count what it holds; raise SourceError when there is nothing."""
        graphs = article_graphs(self.store, self.base)
        self.report.articles = len(graphs)
        if not graphs and not self.report.removed:
            raise _nothing()
        entities = make_entities(self._referents(graphs), self.ontology, self.base)
        self.report.entities = len(entities)
        quads = make_knowledge(self._readings(graphs), entities, self.ontology, self.base, min_confidence)
        self.report.graph_changed = bool(self.store.replace_graph(DEFAULT_GRAPH, self._counted(quads)))

    def _readings(self, graphs: Iterable[NamedNode]) -> Iterator[Reading]:
        return (read_reading(self.store.quads(graph=graph)) for graph in graphs)

    def _referents(self, graphs: Iterable[NamedNode]) -> Iterator[tuple[str, Referent]]:
        """Iterate over the referents alone: of an article they are the smaller part."""
        for graph in graphs:
            nodes = (graph, *(quad.subject for quad in self.store.quads(None, _TYPE, _REFERENT, graph=graph)))
            reading = read_reading(quad for node in nodes for quad in self.store.quads(node, graph=graph))
            for referent in reading.referents:
                yield reading.article.id, referent

    def _counted(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        relations: Counter[str] = Counter()
        kinds: Counter[str] = Counter()
        of_entity = f"<{self.base}id/"
        for quad in quads:
            predicate = quad.predicate.value
            if predicate in self.ontology.properties and str(quad.subject).startswith(of_entity):
                relations[predicate] += 1
            elif predicate == TYPE and isinstance(quad.object, NamedNode):
                kinds[quad.object.value] += 1
            yield quad
        for iri, name in _COUNTED.items():
            setattr(self.report, name, kinds[iri])
        ranked = sorted((-number, self.ontology.label(iri)) for iri, number in relations.items())
        self.report.relations = tuple((label, -number) for number, label in ranked)


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


def _write_products(store: Store, ontology: Ontology, base: str, folder: Path) -> tuple[Path, ...]:
    """Write the knowledge as Turtle and as a picture, each only where it changes."""
    turtle, picture = folder / TURTLE, folder / PICTURE
    text = write_turtle(store.quads(graph=DEFAULT_GRAPH), graph_prefixes(base, ontology.prefixes))
    if write_if_changed(turtle, text.encode()) or not picture.exists():
        draw(store, ontology, output=picture)
    return turtle, picture
