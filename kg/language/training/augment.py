"""Training sentences as news may print them: other cases, no final stop, curly quotes."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import Final

from kg.language.training.corpora import Document, Sentence, Tree

_SMALL_WORDS: Final = frozenset(
    "a an and as at but by for from in into nor of on or over the to up with".split()  # noqa: SIM905
)
_NO_STOP_SHARE: Final = 0.05
_CURLY_SHARE: Final = 0.35
_NO_SPACES_SHARE: Final = 0.1
_CURLY: Final = {
    straight: straight.replace("'", "’") for straight in ("'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "'", "s'")
}
_CURLY_TAGS: Final = {"``": {'"': "“", "'": "‘"}, "''": {'"': "”", "'": "’"}}


def vary_window(sentences: Document, random: Random) -> Document:
    """Give the window as it is, or with its case, quotes, spacing or last stops changed, all by chance."""
    changed = sentences
    draw = random.random()
    for share, change in _CASES:
        if 0 <= draw < share:
            changed = [replace(sentence, words=change(sentence.words)) for sentence in changed]
        draw -= share
    if random.random() < _CURLY_SHARE:
        changed = [_curl_quotes(sentence) for sentence in changed]
    if random.random() < _NO_SPACES_SHARE:
        changed = [replace(sentence, spaces=None) for sentence in changed]
    return [_cut_stop(sentence) if random.random() < _NO_STOP_SHARE else sentence for sentence in changed]


def _lower(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)


def _upper(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.upper() for word in words)


def _capitalise(words: Iterable[str]) -> tuple[str, ...]:
    """Write as headlines do: each word with a capital but the small ones, these only at the start."""
    return tuple(
        word if number and (word in _SMALL_WORDS or len(word) < 4) else word[:1].upper() + word[1:]
        for number, word in enumerate(words)
    )


_CASES: Final[tuple[tuple[float, Callable[[Iterable[str]], tuple[str, ...]]], ...]] = (
    (0.05, _lower),
    (0.05, _upper),
    (0.05, _capitalise),
)


def _curl_quotes(sentence: Sentence) -> Sentence:
    if sentence.tree is None or not any("'" in word or '"' in word for word in sentence.words):
        return sentence
    words = tuple(
        _CURLY_TAGS.get(tag, _CURLY).get(word, word)
        for word, tag in zip(sentence.words, sentence.tree.tags, strict=True)
    )
    return replace(sentence, words=words)


def _cut_stop(sentence: Sentence) -> Sentence:
    """Cut a final mark that no other word hangs on."""
    tree, last = sentence.tree, len(sentence.words) - 1
    if tree is None or last < 1 or tree.parts[last] != "PUNCT" or last in tree.heads:
        return sentence
    cut = Tree(
        tree.tags[:last],
        tree.parts[:last],
        tree.features[:last],
        tree.lemmas[:last],
        tree.heads[:last],
        tree.labels[:last],
    )
    return replace(
        sentence,
        words=sentence.words[:last],
        spaces=None if sentence.spaces is None else (*sentence.spaces[: last - 1], True),
        tree=cut,
        names=None if sentence.names is None else sentence.names[:last],
    )
