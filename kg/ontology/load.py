"""Files → Ontology: which files, in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import OntologyError
from kg.ontology.turtle import Source, local_name, merge_prefixes, read_head, read_source

if TYPE_CHECKING:
    from kg.ontology.ontology import Ontology

_CORE: Final = "core.ttl"
_DEFAULT: Final = "places.ttl"
"""What news in general is read with: places, and the countries and politics that it imports."""


def shipped_ontologies() -> tuple[Path, ...]:
    """Give the Turtle files that come with the package, the core first, the others by name."""
    package = Path(__file__).parents[1]
    for folder in (package / "ontologies", package.parent / "ontologies"):
        if (folder / _CORE).is_file():
            return tuple(sorted(folder.glob("*.ttl"), key=lambda path: (path.name != _CORE, path.name)))
    raise OntologyError(f"{package / 'ontologies'}: the shipped ontologies are missing; install the package again")


def find_ontology(name: str | Path) -> Path:
    """Give the path of an ontology: a file, or the name of one that is shipped ("business").

    Raises OntologyError when there is neither.
    """
    path = Path(name)
    if path.is_file():
        return path
    shipped = {each.stem: each for each in shipped_ontologies()}
    if str(name) in shipped:
        return shipped[str(name)]
    raise OntologyError(f"{name}: there is no such file; name the Turtle file of an ontology, or {_either(shipped)}")


def _either(names: Iterable[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} or {last}"


def load_ontology(*files: str | Path) -> Ontology:
    """Load the core and the files, with the shipped ontologies that they import; without a file, places and politics.

    Raises OntologyError for a file that cannot be read, is not Turtle, or holds a frame that cannot be understood.
    """
    from kg.ontology.ontology import make_ontology

    return make_ontology(read_sources(*files))


def load_prefixes(*files: str | Path) -> dict[str, str]:
    """Give the prefixes of the ontology that `load_ontology` makes of some files, without making it.

    Raises OntologyError for a file that cannot be read or whose beginning is not Turtle.
    """
    return merge_prefixes(read_sources(*files, read=read_head))


def read_sources(*files: str | Path, read: Callable[[Path], Source] = read_source) -> tuple[Source, ...]:
    """Parse the core, then the files, each after what it imports; without a file, places and politics."""
    core, *others = shipped_ontologies()
    given = [
        read(path) for path in dict.fromkeys(Path(file) for file in (core, *(files or [core.with_name(_DEFAULT)])))
    ]
    ordered: dict[Path, Source] = {}
    known = {source.iri: source for source in reversed(given) if source.iri}
    shipped = list(others)

    def find(iri: str) -> Source | None:
        shipped.sort(key=lambda path: path.stem != local_name(iri))  # which mostly is its name
        while iri not in known and shipped:
            source = read(shipped.pop(0))
            known.setdefault(source.iri or str(source.path), source)
        return known.get(iri)

    def add(source: Source, importing: tuple[Path, ...] = ()) -> None:
        path = source.path.resolve()
        if path in ordered or path in importing:
            return
        for iri in source.imports:
            imported = find(iri)
            if imported is not None:
                add(imported, (*importing, path))
        ordered[path] = source

    for source in given:
        add(source)
    return tuple(ordered.values())
