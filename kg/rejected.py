"""Articles that could not be read: set aside in a file of the graph's folder, so that no later build stops at them.

Each line of the file is an article as JSON Lines has them, with the reason and the fingerprint of what it would have
been read as; it is an input like any other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.folder import REJECTED, write_if_changed
from kg.model import Article

_REQUIRED: Final = ("id", "text", "reason", "fingerprint")
_OPTIONAL: Final = ("title", "published", "url", "author", "source")


@dataclass(frozen=True, slots=True)
class Rejection:
    """An article that could not be read: why, and its fingerprint (`kg.fingerprints.article_fingerprint`) then."""

    article: Article
    reason: str
    fingerprint: str


class Rejected:
    """The articles set aside in a folder; in memory alone where there is no folder.

    A line is added when an article is set aside; `write` leaves one line for each article, sorted by id. Lines that
    cannot be read are passed over.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / REJECTED
        self._found = {} if self._path is None else {each.article.id: each for each in _read(self._path)}

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Rejection]:
        return iter(sorted(self._found.values(), key=lambda each: each.article.id))

    def after(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Iterate over articles, then over those set aside before that were not among them."""
        waiting = {each.article.id: each.article for each in self}
        for article in articles:
            waiting.pop(article.id, None)
            yield article
        yield from waiting.values()

    def has(self, article: str, fingerprint: str) -> bool:
        """Say whether an article was set aside as it is now."""
        found = self._found.get(article)
        return found is not None and found.fingerprint == fingerprint

    def add(self, article: Article, reason: str, fingerprint: str) -> None:
        """Set an article aside; raise StoreError when the file cannot be written."""
        self._found[article.id] = rejection = Rejection(article, reason, fingerprint)
        if self._path is None:
            return
        try:
            with self._path.open("a+b") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - 1))
                torn = file.read(1) not in (b"", b"\n")  # a build was stopped in the middle of a line
                file.write(b"\n" * torn + _line(rejection))
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be written ({error.strerror}); see that it is writable") from error

    def remove(self, article: str) -> bool:
        """Forget an article; say whether it was set aside."""
        return self._found.pop(article, None) is not None

    def write(self) -> None:
        """Write what is set aside now; no file where that is nothing. Raises StoreError when that cannot be done."""
        if self._path is None:
            return
        if self._found:
            write_if_changed(self._path, b"".join(map(_line, self)))
            return
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{self._path}: cannot be removed ({error.strerror})") from error


def _line(rejection: Rejection) -> bytes:
    fields = {name: value for name, value in asdict(rejection.article).items() if value is not None}
    fields |= {"reason": rejection.reason, "fingerprint": rejection.fingerprint}
    return json.dumps(fields, ensure_ascii=False).encode() + b"\n"


def _read(path: Path) -> Iterator[Rejection]:
    """Yield what the lines of a file say; of lines on one article the last counts."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror}); move it away") from error
    for line in lines:
        with suppress(ValueError, RecursionError):
            if (found := _rejection(json.loads(line))) is not None and _line(found):  # half a character has no line
                yield found


def _rejection(fields: object) -> Rejection | None:
    if not isinstance(fields, dict) or not all(isinstance(fields.get(name), str) for name in _REQUIRED):
        return None
    kept = {name: fields[name] for name in _OPTIONAL if isinstance(fields.get(name), str)}
    return Rejection(Article(fields["id"], fields["text"], **kept), fields["reason"], fields["fingerprint"])
