"""Articles become readings: the language and extraction stages composed, one small group of articles at a time."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from kg.errors import PipelineError
from kg.escape import escape
from kg.knowledge import in_order
from kg.model import Article, Issue, Reading
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from kg.language.lexicon import KnownNames, Lexicon

_LOG: Final = logging.getLogger("kg")
_GROUP_SIZE: Final = 16
_GROUP_CHARACTERS: Final = 100_000
_ZONE_GROUPS: Final = 64
"""After so many groups the words of their articles are forgotten, so that memory does not grow with the corpus."""


class ArticleReader:
    """Reads articles with one ontology and one pipeline; the pipeline is loaded when the first article comes.

    `pipeline` is a loaded spaCy pipeline, the name or path of one, or None for the shipped one. `known_names` are
    names of a knowledge base, where there is one; to be set before the first article is read.
    """

    def __init__(self, ontology: Ontology, pipeline: str | Language | None = None) -> None:
        self.ontology = ontology
        self.pipeline = pipeline
        self.known_names: KnownNames | None = None
        self._nlp: Language | None = None

    def read(self, articles: Iterable[Article]) -> Iterator[Reading | Issue]:
        """Yield the reading of each article in order, or in its place the issue that sets it aside.

        Raises PipelineError when there is no such pipeline, or when it finds no dependency trees.
        """
        return (found for _, found in self.read_each(articles))

    def read_each(self, articles: Iterable[Article]) -> Iterator[tuple[Article, Reading | Issue]]:
        """Yield each article with what `read` gives for it."""
        groups = group_articles(articles)
        while True:
            first = next(groups, None)
            if first is None:
                return
            nlp = self.load()
            with self.zone():
                for article, doc in _annotate_ahead(nlp, chain((first,), islice(groups, _ZONE_GROUPS - 1))):
                    yield article, doc if isinstance(doc, Issue) else _read(article, doc, self._lexicon)

    def read_one(self, article: Article) -> Reading | Issue:
        """Give what `read` gives for one article, in this thread alone."""
        doc = _annotate_one(self.load(), article)
        return doc if isinstance(doc, Issue) else _read(article, doc, self._lexicon)

    @cached_property
    def _lexicon(self) -> Lexicon:
        from kg.language.lexicon import Lexicon

        return Lexicon(self.ontology, self.known_names)

    def load(self) -> Language:
        """Load the pipeline, once; raise PipelineError as `read` does."""
        if self._nlp is None:
            self._nlp = load_parser(self.pipeline)
        return self._nlp

    def zone(self) -> AbstractContextManager[object]:
        """Open a zone at whose end the words of the articles read in it are forgotten.

        A loaded pipeline that was given may be in use elsewhere, where its words are still wanted: they stay.
        """
        is_own = self.pipeline is None or isinstance(self.pipeline, str)
        return self.load().memory_zone() if is_own else nullcontext()


def load_parser(pipeline: str | Language | None) -> Language:
    """Load a pipeline as `kg.load_pipeline` does; raise PipelineError also for one that finds no dependency trees."""
    from kg.language import load_pipeline

    nlp = load_pipeline(pipeline) if pipeline is None or isinstance(pipeline, str) else pipeline
    # What a pipeline keeps for good it makes with its first text: that must not happen in a zone.
    if not nlp("This is a test.").has_annotation("DEP"):
        name = pipeline if isinstance(pipeline, str) else nlp.meta["name"]
        raise PipelineError(f"the pipeline {name!r} finds no dependency trees; choose one with a parser")
    return nlp


def group_articles(
    articles: Iterable[Article], size: int = _GROUP_SIZE, characters: int = _GROUP_CHARACTERS
) -> Iterator[list[Article]]:
    """Yield articles in groups of at most so many, and of at most so many characters where that is more than one."""
    group: list[Article] = []
    length = 0
    for article in articles:
        if group and (len(group) == size or length + len(article.text) > characters):
            yield group
            group, length = [], 0
        group.append(article)
        length += len(article.text)
    if group:
        yield group


def _annotate_ahead(nlp: Language, groups: Iterable[list[Article]]) -> Iterator[tuple[Article, Doc | Issue]]:
    """Annotate each group in a thread while what the group before says is taken out: models run outside of Python."""
    with ThreadPoolExecutor(1, thread_name_prefix="kg-language") as thread:
        before: Future[list[tuple[Article, Doc | Issue]]] | None = None
        for group in groups:
            after = thread.submit(_annotate, nlp, group)
            if before is not None:
                yield from before.result()
            before = after
        if before is not None:
            yield from before.result()


def _annotate(nlp: Language, articles: list[Article]) -> list[tuple[Article, Doc | Issue]]:
    """Run the pipeline on a group at once; where this fails, article by article, to find the one at fault."""
    docs: list[Doc] = []
    try:
        docs.extend(nlp.pipe([article.text for article in articles]))
    except Exception:
        _LOG.debug("a group of articles could not be annotated at once", exc_info=True)
    if len(docs) == len(articles):
        return list(zip(articles, docs, strict=True))
    return [(article, _annotate_one(nlp, article)) for article in articles]


def _annotate_one(nlp: Language, article: Article) -> Doc | Issue:
    try:
        return nlp(article.text)
    except Exception as error:
        return _set_aside(article, error)


def _read(article: Article, doc: Doc, lexicon: Lexicon) -> Reading | Issue:
    from kg.extract.reading import read_doc

    try:
        reading = read_doc(doc, article, lexicon)
        return replace(in_order(reading), chains=reading.chains, guesses=reading.guesses)  # which no graph keeps
    except Exception as error:
        return _set_aside(article, error)


def _set_aside(article: Article, error: Exception) -> Issue:
    """Make the issue of an article on which the code failed: whatever it was, the run goes on."""
    _LOG.debug("article %s could not be read", article.id, exc_info=error)
    if isinstance(error, MemoryError):
        return Issue(escape(article.id), "could not be read (it takes too much memory); split it into shorter texts")
    lines = str(error).splitlines() or [""]
    reason = escape(f"{type(error).__name__}: {lines[0]}".rstrip(": "))
    return Issue(escape(article.id), f"could not be read ({reason}); --debug shows where")
