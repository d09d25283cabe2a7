"""What an article is read with, and what the knowledge is made of, each in one hash; the code itself counts.

The hash of the knowledge stands in the store. It is taken out before evidence changes, so that it never vouches for
other evidence.
"""

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
    from pyoxigraph import Quad
    from spacy.language import Language

_PACKAGE: Final = Path(kg.language.__file__).parents[1]
_READING_CODE: Final = ("language", "extract")
_MAKING_CODE: Final = (
    "decisions", "identity", "kb", "knowledge", "ontology",
    "fingerprints.py", "linking.py", "making.py", "sentences.py", "vocabulary.py",
)  # fmt: skip
_COUNTING: Final = {".py", ".json", ".npz", ".txt"}
_TRAINING: Final = "training"
_WEIGHTS: Final = Path(kg.language.__file__).parent / "weights"
_META: Final = "meta.json"
_SIZE: Final = 16


def article_fingerprint(article: Article, context: str) -> str:
    """Hash what an article says and tells of itself; `context` is that of `reading_fingerprint`.

    Where it was read from does not count: the same article in another folder reads the same.
    """
    fields = (article.id, article.text, article.title, article.published, article.url, article.author)
    return digest([context.encode(), json.dumps(fields).encode()])


def reading_fingerprint(ontology: Ontology, pipeline: str | Language | None, known_names: Iterable[str] = ()) -> str:
    """Hash what all articles of a run are read with, without loading a pipeline.

    `known_names` are hashes of the files of a knowledge base.
    """
    ontologies = (source.text.encode() for source in ontology.triples.sources)
    names = (name.encode() for name in known_names)
    return digest([_code(_READING_CODE).encode(), _describe_pipeline(pipeline).encode(), *ontologies, *names])


def making_fingerprint(
    ontology: Ontology, decisions: Iterable[Quad], settings: Iterable[Quad], known: Iterable[str] = ()
) -> str:
    """Hash all that knowledge is made of, its evidence apart: ontologies, decisions, settings, and the code itself.

    `known` are hashes of the files of a knowledge base.
    """
    parts = [_code(_MAKING_CODE), *(source.text for source in ontology.triples.sources)]
    for each in (decisions, settings):
        parts.append("\n".join(sorted(map(str, each))))
    return digest(part.encode() for part in (*parts, *known))


def _describe_pipeline(pipeline: str | Language | None) -> str:
    if pipeline is None:
        return "shipped " + _shipped_pipeline()
    if not isinstance(pipeline, str):
        return f"{pipeline.meta['name']} {pipeline.meta['version']} {' '.join(pipeline.pipe_names)}"
    folder = Path(pipeline)
    if (folder / _META).is_file():  # any other folder is no pipeline, which loading it will tell
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return digest(os.fsencode(f"{path.relative_to(folder)} {path.stat().st_size}") for path in files)
    try:
        return f"{pipeline} {metadata.version(pipeline)}"
    except metadata.PackageNotFoundError:
        return pipeline


@cache
def _shipped_pipeline() -> str:
    files = sorted(path for path in _WEIGHTS.iterdir() if path.suffix in (".onnx", ".json"))
    return digest(path.read_bytes() for path in files)


@cache
def _code(parts: tuple[str, ...]) -> str:
    """Hash folders and modules of the package: code, and what it learned."""
    found = (
        path for part in parts for path in ((_PACKAGE / part).rglob("*") if "." not in part else [_PACKAGE / part])
    )
    paths = [path for path in found if path.suffix in _COUNTING and _TRAINING not in path.parts]
    return digest(path.read_bytes() for path in sorted(paths))


def digest(parts: Iterable[bytes]) -> str:
    """Hash some bytes, each with its length."""
    total = blake2b(digest_size=_SIZE)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()
