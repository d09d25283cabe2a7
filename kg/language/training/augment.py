"""Training sentences as news may print them: other cases, no final stop, curly quotes, and names never seen."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from random import Random
from typing import Final

from kg.language.training.corpora import Document, Sentence, Tree

_SMALL_WORDS: Final = frozenset("a an and as at but by for from in into nor of on or over the to up with".split())
_NO_STOP_SHARE: Final = 0.05
_CURLY_SHARE: Final = 0.25
_NO_SPACES_SHARE: Final = 0.1
_RENAMED_SHARE: Final = 0.25
_KEPT_SHARE: Final = 0.3
_COINED_SHARE: Final = 0.5
_LONGEST_COINED: Final = 11
_COMMON: Final = 3
"""How often a word is written small in the sets to be no name by itself."""
_CURLY: Final = {
    straight: straight.replace("'", "’") for straight in ("'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "'", "s'")
}
_CURLY_TAGS: Final = {"``": {'"': "“", "'": "‘"}, "''": {'"': "”", "'": "’"}}


def vary_window(sentences: Document, random: Random, coiner: "NameCoiner | None" = None) -> Document:
    """Give the window as it is, or with its names, case, quotes, spacing or last stops changed, all by chance."""
    changed = sentences
    if coiner is not None and random.random() < _RENAMED_SHARE:
        changed = coiner.rename(changed, random)
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


class NameCoiner:
    """Writes other names in the place of those of a sentence, so that the words around a name must tell its type.

    A word of a person or a place becomes another such word of the sets, or one that was never seen, made letter by
    letter as those words are made. Of an organisation only its first word changes, and only before others: its last
    ones ("Party", "Council") are what tells it. Words that are also written small ("New", "River") stay. One word
    becomes the same new word all over a window.
    """

    def __init__(self, documents: Iterable[Document]) -> None:
        sentences = [sentence for document in documents for sentence in document]
        small = Counter(word for sentence in sentences for word in sentence.words if word.islower())
        self._common = frozenset(word for word, count in small.items() if count >= _COMMON)
        pools: defaultdict[str, set[str]] = defaultdict(set)
        for sentence in sentences:
            for place, word in enumerate(sentence.words):
                kind = self._find_changeable(sentence, place)
                if kind is not None:
                    pools[kind].add(word)
        self._pools = {kind: sorted(words) for kind, words in pools.items()}
        self._follows = {kind: _find_follows(words) for kind, words in self._pools.items()}

    def rename(self, sentences: Document, random: Random) -> Document:
        """Give the sentences with other names."""
        chosen: dict[str, str] = {}
        return [self._rename(sentence, random, chosen) for sentence in sentences]

    def _rename(self, sentence: Sentence, random: Random, chosen: dict[str, str]) -> Sentence:
        words = list(sentence.words)
        for place, word in enumerate(sentence.words):
            kind = self._find_changeable(sentence, place)
            if kind is not None:
                if word not in chosen:
                    chosen[word] = word if random.random() < _KEPT_SHARE else self._choose(kind, random)
                words[place] = chosen[word]
        if sentence.tree is None:
            return replace(sentence, words=tuple(words))
        old = zip(sentence.words, words, sentence.tree.lemmas, strict=True)
        lemmas = tuple(after if lemma == before else lemma for before, after, lemma in old)
        return replace(sentence, words=tuple(words), tree=replace(sentence.tree, lemmas=lemmas))

    def _find_changeable(self, sentence: Sentence, place: int) -> str | None:
        """Give the type of the name that a word belongs to, None for a word that is of none or that must stay."""
        names, word = sentence.names, sentence.words[place]
        if names is None or len(names[place]) != 1 or word.lower() in self._common:
            return None
        (tag,) = names[place]
        kind = tag[2:]
        if kind not in ("PERSON", "LOC", "ORG") or not (word.istitle() and word.isalpha() and len(word) > 2):
            return None
        longer = place + 1 < len(names) and names[place + 1] == frozenset({f"I-{kind}"})
        return kind if kind != "ORG" or (tag.startswith("B-") and longer) else None

    def _choose(self, kind: str, random: Random) -> str:
        if random.random() >= _COINED_SHARE:
            return random.choice(self._pools[kind])
        letters = last = ""
        while len(letters) < _LONGEST_COINED:
            letter = random.choice(self._follows[kind][last])
            if letter == " " and len(letters) > 2:
                break
            letters = letters + letter if letter != " " else ""
            last = letters[-2:]
        return letters.capitalize()


def _find_follows(words: Iterable[str]) -> dict[str, list[str]]:
    """Collect the letters, and the space at the end, that follow each pair of letters; fewer at the beginning."""
    follows: defaultdict[str, list[str]] = defaultdict(list)
    for word in words:
        text = f"{word.lower()} "
        for end in range(len(text)):
            follows[text[max(0, end - 2) : end]].append(text[end])
    return dict(follows)
