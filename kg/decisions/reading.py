"""Reading decisions: all of a file, or an error that names the line."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from kg.decisions import terms as t
from kg.decisions.records import (
    Add,
    Content,
    Decision,
    Different,
    End,
    Kind,
    Reject,
    Relation,
    Rename,
    Same,
    Speech,
    Target,
    Undo,
)
from kg.errors import SourceError
from kg.model import Iri, Qualification, Status, Value
from kg.nesting import has_deep_triples
from kg.vocabulary import KG, XSD

_MARKS: Final = re.compile(r"(<<<<<<<|=======|>>>>>>>)(\s|$)")
_IRI: Final = re.compile(rf"(.*[/#]){t.DECISIONS}/([A-Za-z0-9_.-]+)")
_MOVED: Final = ("id/", "article/", f"{t.DECISIONS}/")
_STATUSES: Final = {KG + status.capitalize(): status for status in Status}
_TARGET: Final = (t.THING, t.LABEL, t.EXACT, t.ANCHOR)
_COMMON: Final = (t.TYPE, t.WHEN, t.BY, t.WHY)
_RELATION: Final = (t.SUBJECT, t.PREDICATE, t.OBJECT, t.QUALIFICATION, t.FROM, t.UNTIL)
_PARTS: Final = {
    Kind.SAME: (t.ONE, t.OTHER),
    Kind.DIFFERENT: (t.ONE, t.OTHER),
    Kind.RENAME: (t.ONE, t.NAME),
    Kind.REJECT: (*_RELATION, t.STATUS, t.TEXT, t.SPEAKER, t.STATED_IN, t.QUOTED),
    Kind.ADD: (t.SUBJECT, t.PREDICATE, t.OBJECT),
    Kind.UNDO: (t.UNDOES,),
}

Term = NamedNode | Literal
_Node = dict[NamedNode, list[Term]]


def read_decisions(path: Path, base: str) -> list[Decision]:
    """Read the decisions of a file in the order of their times; none when there is no such file.

    What was written under another base is read under this one. Raises SourceError, with the line, for what is not
    UTF-8, not Turtle, or no decision: nothing of such a file counts.
    """
    if path.is_fifo():  # nobody may ever write into it
        raise SourceError(f"{path}: is no regular file; see that it is a file of decisions")
    try:
        data = path.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}); see that it is a file of decisions") from error
    return _File(path, data).decisions(base)


class _File:
    """A file of decisions as its nodes and lines."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path = path
        try:
            self.lines = data.decode().split("\n")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise SourceError(f"{path}:{line}: is not UTF-8; save the file in that encoding") from error
        for line, text in enumerate(self.lines, start=1):
            if _MARKS.match(text):
                raise SourceError(
                    f"{path}:{line}: git left both sides of a merge here; keep the lines of both sides, and take out "
                    "those that begin with <<<<<<<, ======= and >>>>>>>"
                )
        if has_deep_triples(data):
            raise SourceError(f"{path}: holds triples in triples; decisions are of IRIs and texts alone")
        self.nodes: dict[str, _Node] = {}
        try:
            for quad in pyoxigraph.parse(data, format=RdfFormat.TURTLE):
                self._add(quad.subject, quad.predicate, quad.object)
        except SyntaxError as error:
            what = error.msg.split(": ", 1)[-1]
            raise SourceError(
                f"{path}:{error.lineno}: is not Turtle ({what}); correct that line or take it out"
            ) from error

    def _add(self, subject: object, predicate: NamedNode, object: object) -> None:
        if not isinstance(subject, NamedNode) or not isinstance(object, NamedNode | Literal):
            name = str(subject if isinstance(subject, BlankNode) else object)
            raise SourceError(f"{self.path}: holds {name}, which has no IRI; decisions are of IRIs and texts alone")
        values = self.nodes.setdefault(subject.value, {}).setdefault(predicate, [])
        if object not in values:
            values.append(object)

    def decisions(self, base: str) -> list[Decision]:
        found = [iri for iri, node in self.nodes.items() if t.DECISION in node.get(t.TYPE, ())]
        parts = {
            value.value
            for iri in found
            for values in self.nodes[iri].values()
            for value in values
            if isinstance(value, NamedNode)
        }
        for iri, node in self.nodes.items():
            if iri not in found and not (iri in parts and t.THING in node):
                raise self.wrong(iri, f"<{iri}> is no decision and no part of one; take it out")
        read = [_Reader(self, iri, base).decision() for iri in found]
        return sorted(read, key=lambda decision: decision.order)

    def place(self, iri: str) -> str:
        """Give the file, and the first line that a node is the subject of, as "file:line"."""
        local = re.escape(iri.rpartition("/")[2])
        subject = re.compile(rf"(?:<{re.escape(iri)}>|\S*:{local}(?![\w-]))")
        line = next((n for n, text in enumerate(self.lines, start=1) if subject.match(text.strip())), 1)
        return f"{self.path}:{line}"

    def wrong(self, iri: str, problem: str) -> SourceError:
        """Make the error that says what is wrong with a node."""
        return SourceError(f"{self.place(iri)}: {problem}")


class _Reader:
    """Reads one decision of a file."""

    def __init__(self, file: _File, iri: str, base: str) -> None:
        self.file = file
        self.iri = iri
        self.node = file.nodes[iri]
        found = _IRI.fullmatch(iri)
        if found is None:
            raise file.wrong(iri, f"<{iri}> is no IRI of a decision; it should end in {t.DECISIONS}/ and a name")
        self.own, self.base = found[1], base

    def decision(self) -> Decision:
        kinds = [kind for kind, node in t.KINDS.items() if node in self.node[t.TYPE]]
        if len(kinds) != 1 or len(self.node[t.TYPE]) != 2:
            raise self.wrong(f"is not a kg:Decision of one kind; kinds are {', '.join(map(_name, t.KINDS.values()))}")
        known = {*_COMMON, *_PARTS[kinds[0]]}
        for predicate in self.node:
            if predicate not in known:
                raise self.wrong(f"{_name(predicate)} is nothing that kg knows of a kg:{kinds[0].capitalize()}")
        return Decision(
            self._moved(NamedNode(self.iri)),
            self._text(t.BY),
            self._when(),
            _CONTENTS[kinds[0]](self),
            self._text(t.WHY) if t.WHY in self.node else None,
            self.file.place(self.iri),
        )

    def same(self) -> Content:
        return Same(self._target(t.ONE), self._target(t.OTHER))

    def different(self) -> Content:
        return Different(self._target(t.ONE), self._target(t.OTHER))

    def rename(self) -> Content:
        return Rename(self._target(t.ONE), self._text(t.NAME))

    def add(self) -> Content:
        return Add(self._relation())

    def undo(self) -> Content:
        return Undo(self._iri(t.UNDOES))

    def reject(self) -> Content:
        relation = self._relation() if t.PREDICATE in self.node or t.STATUS not in self.node else None
        if t.STATUS not in self.node:
            return Reject(relation)
        status = _STATUSES.get(self._one(self.node, t.STATUS).value)
        if status is None:
            raise self.wrong("has a kg:status that is none")
        speech = Speech(
            status,
            self._text(t.TEXT),
            self._target(t.SPEAKER) if t.SPEAKER in self.node else None,
            self._iri(t.STATED_IN) if t.STATED_IN in self.node else None,
            self._text(t.QUOTED) == "true" if t.QUOTED in self.node else None,
        )
        return Reject(relation, speech)

    def _relation(self) -> Relation:
        kind = self._iri(t.QUALIFICATION).removeprefix(KG) if t.QUALIFICATION in self.node else None
        start, end = (self._text(each) if each in self.node else None for each in (t.FROM, t.UNTIL))
        qualification = Qualification(kind, start, end)
        return Relation(
            self._target(t.SUBJECT),
            self._iri(t.PREDICATE),
            self._object(),
            None if qualification == Qualification() else qualification,
        )

    def _object(self) -> End:
        term = self._one(self.node, t.OBJECT)
        if isinstance(term, Literal):
            return Value(term.value, XSD + "string" if term.language else term.datatype.value)
        return self._target(t.OBJECT) if term.value in self.file.nodes else Iri(term.value)

    def _target(self, role: NamedNode) -> Target:
        term = self._one(self.node, role)
        node = self.file.nodes.get(term.value, {})
        if not isinstance(term, NamedNode) or t.THING not in node:
            raise self.wrong(f"{_name(role)} names nothing that the file says the kg:thing of")
        for predicate in node:
            if predicate not in _TARGET:
                raise self.file.wrong(term.value, f"{_name(predicate)} is nothing that kg knows of a kg:Target")
        return Target(
            self._as_iri(t.THING, self._one(node, t.THING)),
            self._as_text(t.LABEL, self._one(node, t.LABEL)),
            tuple(self._as_iri(t.ANCHOR, anchor) for anchor in node.get(t.ANCHOR, ())),
            tuple(self._as_text(t.EXACT, words) for words in node.get(t.EXACT, ())),
        )

    def _when(self) -> str:
        written = self._text(t.WHEN)
        try:
            when = datetime.fromisoformat(written)
            if when.tzinfo is not None:
                return write_time(when)
        except (ValueError, OverflowError):  # the first and last days of the calendar have no time in UTC
            pass
        raise self.wrong(f'"{written}" is no time with a zone; give one such as 2024-05-03T10:00:00Z')

    def _iri(self, predicate: NamedNode) -> str:
        return self._as_iri(predicate, self._one(self.node, predicate))

    def _text(self, predicate: NamedNode) -> str:
        return self._as_text(predicate, self._one(self.node, predicate))

    def _as_iri(self, predicate: NamedNode, term: Term) -> str:
        if isinstance(term, Literal):
            raise self.wrong(f"{_name(predicate)} is a text; give an IRI")
        return self._moved(term)

    def _as_text(self, predicate: NamedNode, term: Term) -> str:
        if isinstance(term, NamedNode):
            raise self.wrong(f"{_name(predicate)} is an IRI; give a text")
        return term.value

    def _one(self, node: _Node, predicate: NamedNode) -> Term:
        values = node.get(predicate, [])
        if len(values) != 1:
            told = "; keep one" if values else "; add it, or take the decision out"
            raise self.wrong(f"has {len(values) or 'no'} values of {_name(predicate)}{told}")
        return values[0]

    def _moved(self, term: Term) -> str:
        """Give an IRI as it is under the base of the graph."""
        rest = term.value.removeprefix(self.own)
        return self.base + rest if rest != term.value and rest.startswith(_MOVED) else term.value

    def wrong(self, problem: str) -> SourceError:
        return self.file.wrong(self.iri, f"the decision {self.iri.rpartition('/')[2]} {problem}")


_CONTENTS: Final[dict[Kind, Callable[[_Reader], Content]]] = {
    Kind.SAME: _Reader.same,
    Kind.DIFFERENT: _Reader.different,
    Kind.RENAME: _Reader.rename,
    Kind.REJECT: _Reader.reject,
    Kind.ADD: _Reader.add,
    Kind.UNDO: _Reader.undo,
}


def write_time(when: datetime) -> str:
    """Write a time as decisions have it: in UTC, to the millisecond.

    >>> write_time(datetime(2024, 5, 3, 10, tzinfo=UTC))
    '2024-05-03T10:00:00.000Z'
    """
    return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _name(node: NamedNode) -> str:
    return f"kg:{node.value.removeprefix(KG)}" if node.value.startswith(KG) else f"<{node.value}>"
