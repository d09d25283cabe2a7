"""What decides how an article reads, in one hash: its text, the ontology, the pipeline and the reading code itself."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Final

import kg.language
from kg.model import Article
from kg.ontology import Ontology

if TYPE_CHECKING:
    from spacy.language import Language

_PACKAGE: Final = Path(kg.language.__file__).parents[1]
_READING_CODE: Final = ("language", "extract")
_TRAINING: Final = "training"
_WEIGHTS: Final = Path(kg.language.__file__).parent / "weights"
_META: Final = "meta.json"
_SIZE: Final = 16


def article_fingerprint(article: Article, context: str) -> str:
    """Hash what an article says and tells of itself; `context` is that of `reading_fingerprint`.

    Where it was read from does not count: the same article in another folder reads the same.
    """
    fields = (article.id, article.text, article.title, article.published, article.url, article.author)
    return _digest([context.encode(), json.dumps(fields).encode()])


def reading_fingerprint(ontology: Ontology, pipeline: str | Language | None, known_names: Iterable[str] = ()) -> str:
    """Hash what all articles of a run are read with, without loading a pipeline.

    `known_names` are hashes of the files of a knowledge base.
    """
    ontologies = (source.text.encode() for source in ontology.triples.sources)
    names = (digest.encode() for digest in known_names)
    return _digest([_code().encode(), _describe_pipeline(pipeline).encode(), *ontologies, *names])


def _describe_pipeline(pipeline: str | Language | None) -> str:
    if pipeline is None:
        return "shipped " + _shipped_pipeline()
    if not isinstance(pipeline, str):
        return f"{pipeline.meta['name']} {pipeline.meta['version']} {' '.join(pipeline.pipe_names)}"
    folder = Path(pipeline)
    if (folder / _META).is_file():  # any other folder is no pipeline, which loading it will tell
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return _digest(os.fsencode(f"{path.relative_to(folder)} {path.stat().st_size}") for path in files)
    try:
        return f"{pipeline} {metadata.version(pipeline)}"
    except metadata.PackageNotFoundError:
        return pipeline


@cache
def _shipped_pipeline() -> str:
    files = sorted(path for path in _WEIGHTS.iterdir() if path.suffix in (".onnx", ".json"))
    return _digest(path.read_bytes() for path in files)


@cache
def _code() -> str:
    paths = [path for name in _READING_CODE for path in (_PACKAGE / name).rglob("*.py")]
    return _digest(path.read_bytes() for path in sorted(paths) if _TRAINING not in path.parts)


def _digest(parts: Iterable[bytes]) -> str:
    total = blake2b(digest_size=_SIZE)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()
