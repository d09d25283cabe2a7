"""Turtle files as they stand: parsed by pyoxigraph, indexed by subject, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import OntologyError
from kg.nesting import has_deep_triples
from kg.vocabulary import LABEL, OWL, PREFIXES, RDF, TYPE

Term = ox.NamedNode | ox.BlankNode | ox.Literal

_FIRST: Final = RDF + "first"
_REST: Final = RDF + "rest"
_NIL: Final = RDF + "nil"
_LOCAL: Final = re.compile(r"\w(?:[\w.-]*[\w-])?")
_DECLARED: Final = re.compile(rb"prefix\s+[\w.-]*:\s*<")


class TurtleError(OntologyError):
    """A file is not Turtle: `source` is "file:line:column", `problem` the message without it."""

    def __init__(self, source: str, problem: str) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = source
        self.problem = problem


class TermError(OntologyError):
    """What a file says of a term cannot be understood: `problem` is the message without the file."""

    def __init__(self, path: Path, term: str, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.term = term
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Source:
    """One parsed file. `triples` are subject key, predicate IRI, object; `iri` is that of its owl:Ontology."""

    path: Path
    text: str = field(repr=False)
    triples: tuple[tuple[str, str, Term], ...] = field(repr=False)
    prefixes: dict[str, str]
    iri: str | None
    imports: tuple[str, ...]


def key(term: object) -> str:
    """Name a node: its IRI, or "_:" and the identifier of a blank node."""
    if isinstance(term, ox.NamedNode):
        return term.value
    return str(term)


def is_blank(node: str) -> bool:
    """Say whether a key is that of a blank node."""
    return node.startswith("_:")


def local_name(iri: str) -> str:
    """Give what follows the last "#", "/" or ":".

    >>> local_name("https://kg.example/ontology/core#Frame")
    'Frame'
    """
    return re.split(r"[#/:]", iri)[-1]


def compact_iri(iri: str, namespaces: Iterable[tuple[str, str]]) -> str:
    """Shorten an IRI by the first pair of prefix and namespace that fits; give it in angle brackets when none does.

    >>> compact_iri("http://www.w3.org/2002/07/owl#Class", [("owl", "http://www.w3.org/2002/07/owl#")])
    'owl:Class'
    """
    for prefix, namespace in namespaces:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def read_source(path: Path) -> Source:
    """Parse a Turtle file; raise OntologyError when it cannot be read, TurtleError where it is not Turtle."""
    data = _read(path)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise TurtleError(f"{path}:{line}", "is not UTF-8; save the file in that encoding") from error
    try:
        parser = ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        triples = tuple(_iter_triples(parser, path))
    except SyntaxError as error:
        raise _turtle_error(path, error) from error
    return Source(path, text, triples, dict(parser.prefixes), *_about(triples))


def read_head(path: Path) -> Source:
    """Parse a Turtle file as far as its prefixes and what its owl:Ontology says; mistakes after that are passed over.

    The text of the source is empty, and its triples are those that had to be read. Raises as `read_source` does.
    """
    data = _read(path)
    declared = len(_DECLARED.findall(data.lower()))
    triples: list[tuple[str, str, Term]] = []
    about = None
    try:
        parser = ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
        for triple in _iter_triples(parser, path):
            triples.append(triple)
            about = about or _about((triple,))[0]
            if about not in (None, triple[0]) and not is_blank(triple[0]) and len(parser.prefixes) >= declared:
                break
    except SyntaxError as error:
        raise _turtle_error(path, error) from error
    return Source(path, "", tuple(triples), dict(parser.prefixes), *_about(triples))


def merge_prefixes(sources: Iterable[Source]) -> dict[str, str]:
    """Give the standard prefixes and those of some files; a prefix or namespace known already stays as it is."""
    prefixes = dict(PREFIXES)
    for source in sources:
        for prefix, namespace in source.prefixes.items():
            if namespace not in prefixes.values():
                prefixes.setdefault(prefix, namespace)
    return prefixes


def by_length(prefixes: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Give pairs of prefix and namespace, the longest namespace first."""
    return tuple(sorted(prefixes.items(), key=lambda pair: (-len(pair[1]), pair)))


def _read(path: Path) -> bytes:
    if path.is_fifo() or path.is_char_device():  # may never end
        raise OntologyError(f"{path}: is no regular file; give the path of a Turtle file")
    try:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except IsADirectoryError as error:
        raise OntologyError(f"{path}: is a folder; name the Turtle files in it") from error
    except OSError as error:
        raise OntologyError(f"{path}: cannot be read ({error.strerror}); give the path of a Turtle file") from error
    if has_deep_triples(data):
        raise OntologyError(f"{path}: triples stand in triples, too deep; write each as a statement of its own")
    return data


def _about(triples: Iterable[tuple[str, str, Term]]) -> tuple[str | None, tuple[str, ...]]:
    """Give the IRI of the first owl:Ontology, and the IRIs of all that is imported."""
    iris = [s for s, p, o in triples if p == TYPE and key(o) == OWL + "Ontology"]
    return iris[0] if iris else None, tuple(key(o) for _, p, o in triples if p == OWL + "imports")


def _iter_triples(quads: Iterable[ox.Quad], path: Path) -> Iterator[tuple[str, str, Term]]:
    for subject, predicate, value, _ in quads:
        if isinstance(value, ox.Triple):
            raise OntologyError(f"{path}: a triple is used as an object; write it as a statement of its own")
        yield subject.value if isinstance(subject, ox.NamedNode) else str(subject), predicate.value, value


def _turtle_error(path: Path, error: SyntaxError) -> TurtleError:
    what = error.msg.split(": ", 1)[-1]
    undeclared = re.search(r"prefix (\S*:) has not been declared", what)
    advice = f"add a line such as @prefix {undeclared[1]} <…> ." if undeclared else "correct the Turtle there"
    return TurtleError(f"{path}:{error.lineno}:{error.offset}", f"{what}; {advice}")


class Triples:
    """All triples of some files by subject and predicate; values keep the order of the files and of their text."""

    def __init__(self, sources: tuple[Source, ...]) -> None:
        self.sources = sources
        self._values: dict[str, dict[str, list[Term]]] = {}
        self._home: dict[str, Source] = {}
        for source in sources:
            for subject, predicate, value in source.triples:
                values = self._values.setdefault(subject, {}).setdefault(predicate, [])
                if value not in values:
                    values.append(value)
                self._home.setdefault(subject, source)

    def __contains__(self, subject: str) -> bool:
        return subject in self._values

    def __iter__(self) -> Iterator[tuple[str, str, Term]]:
        for subject, predicates in self._values.items():
            for predicate, values in predicates.items():
                for value in values:
                    yield subject, predicate, value

    def subjects(self) -> Iterator[str]:
        """Iterate over all subjects in order of first appearance."""
        return iter(self._values)

    def home(self, subject: str) -> Source:
        """Give the first file that says something of the subject."""
        return self._home[subject]

    def predicates(self, subject: str) -> dict[str, list[Term]]:
        """Give all that is said of a subject: predicate IRI to values."""
        return self._values.get(subject, {})

    def values(self, subject: str, predicate: str) -> list[Term]:
        """Give all values of a predicate."""
        return self._values.get(subject, {}).get(predicate, [])

    def nodes(self, subject: str, predicate: str) -> list[str]:
        """Give the keys of those values that are IRIs or blank nodes."""
        return [key(value) for value in self.values(subject, predicate) if not isinstance(value, ox.Literal)]

    def iris(self, subject: str, predicate: str) -> list[str]:
        """Give those values that are IRIs."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, ox.NamedNode)]

    def texts(self, subject: str, predicate: str) -> list[str]:
        """Give the words of those values that are literals, one space between two of them, without repetition."""
        found = (value.value for value in self.values(subject, predicate) if isinstance(value, ox.Literal))
        return list(dict.fromkeys(" ".join(text.split()) for text in found))

    def label(self, subject: str) -> str | None:
        """Give the rdfs:label: the English one, else one without a language, else the first."""
        labels = [value for value in self.values(subject, LABEL) if isinstance(value, ox.Literal)]
        labels.sort(key=lambda value: (not (value.language or "").startswith("en"), value.language is not None))
        return labels[0].value if labels else None

    def items(self, node: str) -> list[str]:
        """Give the keys of the nodes in an RDF list."""
        items: list[str] = []
        seen: set[str] = set()
        while node != _NIL and node not in seen:
            seen.add(node)
            items += self.nodes(node, _FIRST)
            node = next(iter(self.nodes(node, _REST)), _NIL)
        return items

    def has_type(self, subject: str, *types: str) -> bool:
        """Say whether a subject is declared to be of one of the types."""
        return not set(types).isdisjoint(self.nodes(subject, TYPE))
