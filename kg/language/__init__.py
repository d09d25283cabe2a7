"""Reads English: a spaCy pipeline that finds sentences, tags, lemmas, trees and names.

Importing this package is light: spaCy and the model are loaded by the call that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.errors import PipelineError

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINE_NAME: Final = "kg_en"
PIPELINE_VERSION: Final = "0.3.0"

MAX_CHARACTERS: Final = 10_000_000
"""How long a text may be: it is read in windows, so that memory is no reason for spaCy's limit."""

__all__ = ["PIPELINE_NAME", "PIPELINE_VERSION", "load_pipeline"]


def load_pipeline(name_or_path: str | None = None) -> Language:
    """Load the shipped English pipeline, or any other that spaCy can load by its name or path.

    Raises PipelineError where there is no such pipeline, or where it cannot be loaded. The shipped one labels trees
    as Universal Dependencies do; its `meta["label_scheme"]` says so.
    """
    import spacy

    import kg.language.components  # registers the component, for saved pipelines too
    import kg.language.tokenizer  # noqa: F401  registers the tokenizer

    if name_or_path is not None:
        return _load_other(name_or_path)
    nlp = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "kg.GuardedTokenizer.v1"}}})
    nlp.add_pipe("kg_reader")
    nlp.max_length = MAX_CHARACTERS
    nlp.meta.update(
        name=PIPELINE_NAME,
        version=PIPELINE_VERSION,
        description="English tags, features, lemmas, sentences, trees and names, all from one small encoder",
        license="CC BY-SA 4.0 (model), Apache-2.0 (code)",
        label_scheme="UD",
    )
    return nlp


def _load_other(name_or_path: str) -> Language:
    import spacy

    try:
        return spacy.load(name_or_path)
    except (OSError, ValueError, ImportError, TypeError, AttributeError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise PipelineError(
            f"the pipeline {name_or_path!r} cannot be loaded ({reason}); install it, for example with "
            f"`python -m spacy download {name_or_path}` or `pip install {name_or_path}`, or leave --pipeline out"
        ) from error
