"""The spaCy component `kg_coreference`: groups of spans that stand for the same thing, after any pipeline that parses.

As components of spaCy do, it writes each group to `doc.spans` under the key `coref_clusters_1`, `coref_clusters_2`, ….
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import PipelineError
from kg.language.antecedents import FILES, Scorer, load_scorer
from kg.language.quotations import find_speech
from kg.language.syntax import Syntax

NAME: Final = "kg_coreference"
PREFIX: Final = "coref_clusters"


class CoreferenceClusters:
    """Sets on a Doc which of its spans stand for the same thing; in the order of their first spans."""

    def __init__(self, scorer: Scorer | None = None) -> None:
        self._scorer = scorer

    @property
    def scorer(self) -> Scorer:
        """The scorer: the shipped one unless another was read from disk."""
        return self._scorer or load_scorer()

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc. Raises PipelineError when it has no dependency tree."""
        if len(doc) and not doc.has_annotation("DEP"):
            raise PipelineError(f"{NAME} needs a dependency tree; add it after a parser")
        syntax = Syntax(doc)
        clusters = self.scorer.find_links(syntax, find_speech(syntax)).find_clusters()
        for number, phrases in enumerate(clusters, 1):
            doc.spans[f"{PREFIX}_{number}"] = [Span(doc, phrase.start, phrase.end) for phrase in phrases]
        return doc

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the scorer's files to a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (Path(path) / name).write_bytes(self.scorer.files[name])

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> CoreferenceClusters:
        """Read the scorer from a folder."""
        self._scorer = Scorer.from_folder(Path(path))
        return self


@Language.factory(NAME, requires=["token.dep", "token.pos", "token.tag"], assigns=["doc.spans"])
def make_clusters(nlp: Language, name: str) -> CoreferenceClusters:
    """Make the component."""
    return CoreferenceClusters()
