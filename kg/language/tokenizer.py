"""A guard before spaCy's tokenizer: text without white space is handed to it in slices."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from spacy.language import Language, create_tokenizer
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import registry

from kg.errors import SourceError

LONGEST_CHUNK: Final = 500
"""Characters without white space that are looked at together; spaCy's time grows with the square of them."""

_HALF: Final = re.compile("[\ud800-\udfff]")
_LONG: Final = re.compile(rf"\S{{{LONGEST_CHUNK + 1},}}")


class GuardedTokenizer:
    """Tokenizes as the tokenizer inside does, but in linear time: a longer chunk is cut into slices first."""

    def __init__(self, inner: Tokenizer) -> None:
        self.inner = inner
        self.vocab = inner.vocab

    def __call__(self, text: str) -> Doc:
        """Make the Doc of a text; its text is the same to the character.

        Raises SourceError where the text has half a surrogate pair, which no Doc can hold.
        """
        half = _HALF.search(text)
        if half is not None:
            raise SourceError(f"has half a surrogate pair at character {half.start()}; write the whole character")
        if _LONG.search(text) is None:
            whole: Doc = self.inner(text)
            return whole
        words: list[str] = []
        spaces: list[bool] = []
        for part in _iter_parts(text):
            doc = self.inner(part)
            words += [token.text for token in doc]
            spaces += [bool(token.whitespace_) for token in doc]
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the inner tokenizer as bytes."""
        return bytes(self.inner.to_bytes(exclude=exclude))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "GuardedTokenizer":
        """Take the inner tokenizer from bytes."""
        self.inner.from_bytes(data, exclude=exclude)
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the inner tokenizer to a file."""
        self.inner.to_disk(path, exclude=exclude)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "GuardedTokenizer":
        """Read the inner tokenizer from a file."""
        self.inner.from_disk(path, exclude=exclude)
        return self


def _iter_parts(text: str) -> Iterator[str]:
    """Cut a text into its long chunks, in slices and with the space after them, and what stands between them."""
    place = 0
    for match in _LONG.finditer(text):
        if match.start() > place:
            yield text[place : match.start()]
        end = match.end() + text[match.end() : match.end() + 1].count(" ")
        for start in range(match.start(), match.end(), LONGEST_CHUNK):
            stop = start + LONGEST_CHUNK
            yield text[start : end if stop >= match.end() else stop]
        place = end
    if place < len(text):
        yield text[place:]


@registry.tokenizers("kg.GuardedTokenizer.v1")  # type: ignore[untyped-decorator]
def create_guarded_tokenizer() -> Callable[[Language], GuardedTokenizer]:
    """Give what makes a pipeline's tokenizer: the guard around the one that spaCy has for the language."""
    make_inner = create_tokenizer()
    return lambda nlp: GuardedTokenizer(make_inner(nlp))
