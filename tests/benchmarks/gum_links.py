"""GUM's named things: the mentions of its documents that name something with an article in Wikipedia."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

_MARK = re.compile(r"\((?P<opened>\d+)-(?P<type>[a-z]+)-(?P<rest>[^()]*)|(?P<closed>\d+)\)|\)")
_LINK = 5
"""Which of the fields after the type is the link: infstat, salience, centering, minspan and coreference go before."""
_NAME_END = re.compile(r"\s*[,;:(\[].*|\s+['’]s?$", re.DOTALL)
_DETERMINERS = frozenset(("DT", "PRP$", "PDT", "WDT"))


class Token(NamedTuple):
    """A word of a document: its characters, tags, and the number of its head in the document, itself at the root."""

    start: int
    end: int
    pos: str
    tag: str
    head: int


class GoldMention(NamedTuple):
    """A mention: its characters, the group that it is of, the type and the link of the group, and its name if any."""

    start: int
    end: int
    group: str
    type: str
    link: str | None
    name: str | None


@dataclass(slots=True)
class Document:
    """A document of GUM: its text as its tokens make it, and all its mentions."""

    name: str
    title: str | None = None
    created: str | None = None
    text: str = ""
    tokens: list[Token] = field(default_factory=list)
    mentions: list[GoldMention] = field(default_factory=list)


def read_documents(folder: Path) -> Iterator[Document]:
    """Yield the documents of the `*.conllu` files of a folder, by name."""
    for path in sorted(folder.glob("*.conllu")):
        yield _read(path)


def _read(path: Path) -> Document:
    document = Document(path.stem)
    open_mentions: list[tuple[str, str, str | None, int]] = []
    found: list[tuple[str, str, str | None, int, int]] = []
    paragraph, first = "", 0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# meta::title = "):
            document.title = line.split(" = ", 1)[1]
        elif line.startswith("# meta::dateCreated = "):
            document.created = line.split(" = ", 1)[1]
        elif line.startswith("# newpar") and document.text:
            paragraph = "\n\n"
        elif line.startswith("# sent_id"):
            first = len(document.tokens)
        columns = line.split("\t")
        if not columns[0].isdigit():
            continue
        document.text = f"{document.text.rstrip()}{paragraph}" if paragraph else document.text
        paragraph = ""
        start = len(document.text)
        document.text += columns[1]
        here = len(document.tokens)
        head = first + int(columns[6]) - 1 if columns[6] != "0" else here
        document.tokens.append(Token(start, len(document.text), columns[3], columns[4], head))
        entity = next((part for part in columns[9].split("|") if part.startswith("Entity=")), "")
        for mark in _MARK.finditer(entity):
            if mark["opened"]:
                rest = mark["rest"].split("-")
                open_mentions.append((mark["opened"], mark["type"], "-".join(rest[_LINK:]) or None, here))
            else:
                back = _last(open_mentions, mark["closed"])
                found.append((*open_mentions.pop(back), here))
        if "SpaceAfter=No" not in columns[9]:
            document.text += " "
    for group, kind, link, begin, end in sorted(found, key=lambda each: (each[3], -each[4])):
        name = _name(document, begin, end)
        document.mentions.append(
            GoldMention(document.tokens[begin].start, document.tokens[end].end, group, kind, link, name)
        )
    return document


def _last(opened: list[tuple[str, str, str | None, int]], group: str | None) -> int:
    """Find the mention that a closing bracket ends: that of its group, or the one opened last."""
    return max((n for n, each in enumerate(opened) if group is None or each[0] == group), default=-1)


def _name(document: Document, begin: int, end: int) -> str | None:
    """Give the name that a mention is, without determiners and what follows a comma; None when it is none."""
    span = document.tokens[begin : end + 1]
    heads = [n for n, token in enumerate(span) if not begin <= token.head <= end or token.head == begin + n]
    if not heads or span[heads[0]].pos != "PROPN":
        return None
    while span[0].tag in _DETERMINERS and len(span) > 1:
        span = span[1:]
    return _NAME_END.sub("", document.text[span[0].start : span[-1].end]).strip() or None
