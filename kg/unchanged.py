"""Whether the knowledge of a graph is still that of its evidence: a hash of all that it was made of besides.

The hash stands in the store. It is taken out before evidence changes, so that it never vouches for other evidence.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from kg.ontology import Ontology

_PACKAGE: Final = Path(__file__).parent
_MAKING_CODE: Final = ("decisions", "identity", "kb", "knowledge", "ontology")
_MAKING_MODULES: Final = ("linking.py", "making.py", "sentences.py", "unchanged.py", "vocabulary.py")
_TRAINING: Final = "training"
_SUFFIXES: Final = {".py", ".json", ".npz", ".txt"}
_SIZE: Final = 16


def making_fingerprint(
    ontology: Ontology, decisions: Iterable[Quad], settings: Iterable[Quad], known: Iterable[str] = ()
) -> str:
    """Hash all that knowledge is made of, its evidence apart: ontologies, decisions, settings, and the code itself.

    `known` are hashes of the files of a knowledge base.
    """
    parts = [_code(), *(source.text for source in ontology.triples.sources)]
    for each in (decisions, settings):
        parts.append("\n".join(sorted(map(str, each))))
    return digest(part.encode() for part in (*parts, *known))


def digest(parts: Iterable[bytes]) -> str:
    """Hash some bytes, each with its length."""
    total = blake2b(digest_size=_SIZE)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


@cache
def _code() -> str:
    folders = (path for name in _MAKING_CODE for path in (_PACKAGE / name).rglob("*") if path.suffix in _SUFFIXES)
    paths = [path for path in folders if _TRAINING not in path.parts]
    paths += [_PACKAGE / name for name in _MAKING_MODULES]
    return digest(path.read_bytes() for path in sorted(paths))
