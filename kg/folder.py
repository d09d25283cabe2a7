"""The folder of a graph: where its store, its pictures and the ontologies that it was built with are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.errors import StoreError
from kg.escape import escape
from kg.files import remove_left, remove_left_folders, replace_file
from kg.journal import recover
from kg.ontology import find_ontology, load_ontology, load_prefixes, shipped_ontologies
from kg.ontology.load import read_sources
from kg.store import OxigraphStore, Store
from kg.vocabulary import DEFAULT_BASE, KG

if TYPE_CHECKING:
    from kg.ontology import Ontology

DEFAULT_FOLDER: Final = Path("outputs")
STORE: Final = "store"
TURTLE: Final = "graph.ttl"
KB: Final = "kb.sqlite"
PICTURE: Final = "graph.svg"
ONTOLOGIES: Final = "ontologies"
DECISIONS: Final = "decisions.ttl"
REJECTED: Final = "rejected.jsonl"
JOURNAL: Final = "journal.nq"
FETCHED: Final = "fetched.sqlite"
"""What was fetched before; no part of the graph, and made anew where it is missing."""
RESTORED: Final = ".restored"
"""The folder in which a backup waits, whole, for what it replaces; there for a moment, or after a kill."""

PARTS: Final = (STORE, JOURNAL, DECISIONS, ONTOLOGIES, KB, REJECTED, TURTLE, PICTURE, ".gitattributes")
"""All that a graph is, and what is written beside it: files, and the folders of the store and of its ontologies."""

MADE_OF: Final = NamedNode(KG + "madeOf")
SETTINGS: Final = "settings"
"""What follows the base in the name of the graph that tells, by MADE_OF, of what the knowledge was made."""

_ARTICLE: Final = "article/"


def find_store(folder: Path) -> Path:
    """Give the folder of the store of a graph; raise StoreError when there is none."""
    store = folder / STORE
    check_restored(folder)
    if not store.is_dir():
        raise StoreError(f"{folder}: holds no graph; build one (`kg build ARTICLES -o {folder}`) or name its folder")
    return store


def open_writer(folder: Path) -> OxigraphStore:
    """Open the store of a graph for writing, made where there is none, and see to what killed processes left beside it.

    Raises StoreError when it cannot be opened.
    """
    check_restored(folder)
    store = OxigraphStore(folder / STORE)
    try:
        recover(store, folder / JOURNAL)
    except BaseException:
        store.close()
        raise
    remove_left(folder)
    remove_left_folders(folder)
    return store


def check_restored(folder: Path) -> None:
    """Raise StoreError for a folder in which a restore was stopped half-way."""
    if (folder / RESTORED).is_dir():
        raise StoreError(f"{folder}: `kg restore` was stopped here; run it again, as before, to finish it")


def load_kept_ontology(folder: Path) -> Ontology:
    """Load the ontologies that a graph was built with: the copies in its folder, or all that are shipped."""
    return load_ontology(*_kept_files(folder))


def load_kept_prefixes(folder: Path) -> dict[str, str]:
    """Give the prefixes of the ontologies that a graph was built with, without loading these."""
    return load_prefixes(*_kept_files(folder))


def _kept_files(folder: Path) -> list[Path]:
    return sorted((folder / ONTOLOGIES).glob("*.ttl"))


def keep_ontology(folder: Path, ontology: Ontology) -> None:
    """Keep copies of the files of an ontology with the graph; none when they are those that are read by default.

    Raises StoreError when they cannot be written.
    """
    sources = list(ontology.triples.sources)
    if {source.text for source in sources} == {source.text for source in read_sources()}:
        sources = []
    core = shipped_ontologies()[0].name
    sources = [source for source in sources if source.path.name != core]
    kept = folder / ONTOLOGIES
    names = {f"{number:02d}-{_plain(source.path)}": source.text for number, source in enumerate(sources, start=1)}
    for name, text in names.items():
        write_if_changed(kept / name, text.encode())
    for stale in kept.glob("*.ttl"):
        if stale.name not in names:
            stale.unlink()
    if kept.is_dir() and not any(kept.iterdir()):
        kept.rmdir()


def write_if_changed(path: Path, data: bytes) -> bool:
    """Write a file whole, unless it holds just that already; say whether it was written."""
    if holds(path, data):
        return False
    with replace_file(path) as file:
        file.write(data)
    return True


def holds(path: Path, data: bytes) -> bool:
    """Say whether a file is there and holds just that."""
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def article_graphs(store: Store, base: str) -> list[NamedNode]:
    """Give the names of the graphs that hold the evidence of articles, sorted."""
    return [name for name in store.graphs() if name.value.startswith(base + _ARTICLE)]


def find_bases(store: Store) -> list[str]:
    """Find the bases of the IRIs of a store by the names of its articles: one, or several while it moves to another."""
    return list(dict.fromkeys(_iter_bases(store)))


def find_base(store: Store) -> str | None:
    """Find the base of the IRIs of a store; None when it holds no article.

    It is that of the knowledge, which tells it at once; where there is none yet the names of the articles tell it.
    """
    made = next(iter(store.quads(None, MADE_OF)), None)
    if made is not None and isinstance(made.graph_name, NamedNode):
        return made.graph_name.value.removesuffix(SETTINGS)
    return next(_iter_bases(store), None)


def _iter_bases(store: Store) -> Iterator[str]:
    return (name.value.rpartition(_ARTICLE)[0] for name in store.graphs() if _ARTICLE in name.value)


def warn_unfinished(store: Store, folder: Path) -> None:
    """Log a warning where a build has not come to its end, so that the knowledge is not that of all articles."""
    if any(store.quads(None, MADE_OF)):
        return
    if not (folder / JOURNAL).exists() and next(_iter_bases(store), None) is None:
        return
    import logging  # here, as few graphs need it and every query waits

    logging.getLogger("kg").warning(
        "%s: a build has not come to its end, so this may be what was known before it; if none runs, run it again",
        escape(str(folder)),
    )


def base_of(store: Store) -> str:
    """Give the base of the IRIs of a store, that of new stores when it holds no article."""
    return find_base(store) or DEFAULT_BASE


def load_given(given: Ontology | str | Path | Iterable[str | Path]) -> Ontology:
    """Load an ontology from files, those that they import and the core; one that is loaded stays as it is."""
    from kg.ontology import Ontology

    if isinstance(given, Ontology):
        return given
    files = [given] if isinstance(given, str | Path) else list(given)
    return load_ontology(*map(find_ontology, files))


def _plain(path: Path) -> str:
    """Give the name of a file without the number that a copy of it has."""
    number, dash, rest = path.name.partition("-")
    return rest if dash and number.isdecimal() else path.name
