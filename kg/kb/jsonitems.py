"""The objects in the lists of a JSON document, one at a time, and the line at which it is none."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterator
from typing import Any, Final, NamedTuple, TextIO

from kg.errors import SourceError
from kg.kb.files import KbFile

MAX_VALUE: Final = 1 << 26
"""So many characters one object may have; what is longer is rather a quotation mark that is never closed."""

_CHUNK: Final = 1 << 18
_OF_NUMBERS: Final = "0123456789.eE+-"
_BLANKS: Final = " \t\n\r"


class Item(NamedTuple):
    """An object of one of the lists of a document, and the line on which it begins."""

    list: str
    line: int
    value: dict[str, Any]


def iter_items(file: KbFile, lists: Collection[str]) -> Iterator[Item]:
    """Iterate over the objects in those lists of a document, in its order; no more than one object is held.

    What else the document holds is passed over. Raises SourceError, with the line, where it is no JSON or no UTF-8, or
    when it has none of the lists; OSError when it cannot be read.
    """
    with file.open() as raw, io.TextIOWrapper(raw, encoding="utf-8-sig") as stream:
        scanner = _Scanner(stream)
        try:
            yield from _iter(scanner, lists)
        except UnicodeDecodeError:
            raise SourceError(f"is not UTF-8 after line {scanner.last_line()}; save it in that encoding") from None


def _iter(scanner: _Scanner, lists: Collection[str]) -> Iterator[Item]:
    seen = False
    if scanner.peek() == "{":
        for key in scanner.iter_keys():
            wanted = key in lists and scanner.peek() == "["
            seen = seen or wanted
            for line, value in scanner.iter_values():
                if wanted and isinstance(value, dict):
                    yield Item(key, line, value)
    else:
        for _ in scanner.iter_values():
            pass
    if scanner.peek():
        raise scanner.fault("there is more after its end")
    if not seen:
        raise SourceError(f"has none of the lists {', '.join(lists)}, so it is no Popolo; leave it out")


class _Scanner:
    """A text that is parsed value by value, of which no more than the value at hand is held."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._position = 0
        self._line = 1
        self._ended = False
        self._decoder = json.JSONDecoder()

    def peek(self) -> str:
        """Give the next character that is no blank; empty at the end."""
        while True:
            for position in range(self._position, len(self._text)):
                if self._text[position] not in _BLANKS:
                    self._advance(position)
                    return self._text[position]
            self._advance(len(self._text))
            if self._ended:
                return ""
            self._fill()

    def iter_keys(self) -> Iterator[str]:
        """Iterate over the keys of the object that begins here; the caller takes the value of each before the next."""
        self._take("{")
        if self.peek() == "}":
            self._take("}")
            return
        while True:
            if self.peek() != '"':
                raise self.fault("a key is missing")
            key = str(self._value())
            self._take(":")
            self.peek()
            yield key
            if self._take(",}") == "}":
                return

    def iter_values(self) -> Iterator[tuple[int, object]]:
        """Iterate over the values of the list that begins here, or over the one value, each with its line."""
        if self.peek() != "[":
            yield self._line, self._value()
            return
        self._take("[")
        if self.peek() == "]":
            self._take("]")
            return
        while True:
            self.peek()
            yield self._line, self._value()
            if self._take(",]") == "]":
                return

    def last_line(self) -> int:
        """Give the line to which the text is known."""
        return self._line + self._text.count("\n", self._position)

    def fault(self, problem: str, position: int | None = None) -> SourceError:
        """Make the error that a place of the text, the one where it is now, is no JSON."""
        line = self._line + (0 if position is None else self._text.count("\n", self._position, position))
        return SourceError(f"line {line} is no JSON ({problem}); mend it there")

    def _value(self) -> object:
        self.peek()
        while True:
            try:
                value, end = self._decoder.raw_decode(self._text, self._position)
            except json.JSONDecodeError as error:
                if self._ended or len(self._text) - self._position > MAX_VALUE:
                    raise self.fault(error.msg[:1].lower() + error.msg[1:], error.pos) from None
            except RecursionError:
                raise self.fault("it is nested too deep") from None
            else:
                if self._ended or not self._may_go_on(value, end):
                    self._advance(end)
                    return value
            self._fill()

    def _may_go_on(self, value: object, end: int) -> bool:
        """Say whether a number could be cut off by the end of what is held."""
        return isinstance(value, int | float) and not self._text[end:].strip(_OF_NUMBERS)

    def _take(self, characters: str) -> str:
        found = self.peek()
        if not found:
            raise self.fault("it ends too early")
        if found not in characters:
            raise self.fault(f"expecting {' or '.join(characters)}")
        self._position += 1
        return found

    def _advance(self, position: int) -> None:
        self._line += self._text.count("\n", self._position, position)
        self._position = position

    def _fill(self) -> None:
        rest = self._text[self._position :]
        more = self._stream.read(max(_CHUNK, len(rest)))
        self._ended = not more
        self._text, self._position = rest + more, 0
