"""Word pieces: the numbers under which the encoder knows the parts of a word."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tokenizers import Tokenizer

MAX_WORD_PIECES: Final = 12
"""A longer word is known by its first pieces; only the first one speaks for the word, so that nothing is lost."""
_LONGEST_WORD: Final = 200
_CACHE_SIZE: Final = 100_000


class Pieces:
    """The encoder's own word-piece vocabulary, read once, with the pieces of words seen before kept at hand."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.start = _find_id(tokenizer, "[CLS]")
        self.stop = _find_id(tokenizer, "[SEP]")
        self._unknown = (_find_id(tokenizer, "[UNK]"),)
        self._known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def from_text(cls, text: str) -> "Pieces":
        """Read the tokenizer from the text of its JSON file."""
        tokenizer = Tokenizer.from_str(text)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(tokenizer)

    @classmethod
    def from_file(cls, path: Path) -> "Pieces":
        """Read the tokenizer's JSON file."""
        return cls.from_text(path.read_text(encoding="utf-8"))

    def find(self, words: Sequence[str]) -> list[tuple[int, ...]]:
        """Give the piece ids of each word: at least one, at most `MAX_WORD_PIECES`."""
        if len(self._known) > _CACHE_SIZE:
            self._known.clear()
        return [self._find_word(word) for word in words]

    def is_piece(self, word: str) -> bool:
        """Say whether a word is one whole piece of the vocabulary."""
        return self.tokenizer.token_to_id(word) is not None

    def _find_word(self, word: str) -> tuple[int, ...]:
        known = self._known.get(word)
        if known is None:
            encoding = self.tokenizer.encode(word[:_LONGEST_WORD], add_special_tokens=False)
            known = self._known[word] = tuple(encoding.ids[:MAX_WORD_PIECES]) or self._unknown
        return known


def _find_id(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no piece {piece}; it is not the one of the encoder")
    return int(number)
