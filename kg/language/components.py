"""The spaCy component that runs the shipped model: tags, features, lemmas, sentences, trees, names and vectors."""

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.vocab import Vocab

from kg.language.encoder import FILES, Encoder, Floats, Numbers, Reading
from kg.language.layout import find_breaks, find_moves, is_read
from kg.language.names import NameTags
from kg.language.shapes import find_shapes
from kg.language.tree import find_heads
from kg.language.windows import Window, Words, read_windows

WEIGHTS: Final = Path(__file__).parent / "weights"
"""The folder of the shipped model."""
CUTS: Final = "kg_cut_sentences"
"""Key of `Doc.user_data`: how many sentences were cut because no window could hold them."""
WINDOW_PIECES: Final = 192

_COLUMNS: Final = ["TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP"]
Columns = npt.NDArray[np.uint64]
_UNREAD: Final = {"[": ("-LRB-", "PUNCT", "punct"), "]": ("-RRB-", "PUNCT", "punct")}
_FACTORY: Final = "kg_reader"
_ASSIGNS: Final = [
    "token.tag",
    "token.pos",
    "token.morph",
    "token.lemma",
    "token.dep",
    "token.head",
    "token.is_sent_start",
    "doc.sents",
    "doc.ents",
    "doc.tensor",
]


class Reader:
    """Sets all that the model says on a Doc; the same Doc gets the same, whatever is read before or beside it."""

    def __init__(self, vocab: Vocab, *, window_pieces: int = WINDOW_PIECES, keep_vectors: bool = True) -> None:
        self.vocab = vocab
        self.window_pieces = window_pieces
        self.keep_vectors = keep_vectors
        self._encoder: Encoder | None = None
        self._classes: _Classes | None = None

    @property
    def encoder(self) -> Encoder:
        """The model: the shipped one unless another was read from disk."""
        if self._encoder is None:
            self._encoder = Encoder.from_folder(WEIGHTS)
        return self._encoder

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a Doc; sentences that it has already are kept.

        White space gets the tag _SP, an editor's square bracket that of a bracket; both hang on the word before them,
        or at the start on the first word, and the model reads as if they were not there.
        """
        places = np.array([token.i for token in doc if is_read(token)], dtype=np.int64)
        columns = _make_blank(doc, places)
        if not len(places):
            _set_columns(doc, columns)
            return doc
        words = [doc[place] for place in places.tolist()]
        texts = [word.text for word in words]
        given = self._find_words(doc, words, texts)
        vectors: list[Floats] = []
        names: list[tuple[int, int, str]] = []
        cuts = 0
        for window in read_windows(self.encoder, given, window_pieces=self.window_pieces):
            self._settle(window, texts, places, columns)
            vectors.append(window.reading.states[window.first : window.first + window.end - window.start])
            names += self._find_names(window)
            cuts += window.cut
        _set_columns(doc, columns)
        doc.set_ents([Span(doc, int(places[start]), int(places[end - 1]) + 1, kind) for start, end, kind in names])
        if self.keep_vectors:
            tensor = _spread(np.concatenate(vectors), places, len(doc))
            doc.tensor = tensor  # type: ignore[assignment]
        if cuts:
            doc.user_data[CUTS] = cuts
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Give the model as bytes."""
        return util.to_bytes({name: partial(self.encoder.files.__getitem__, name) for name in FILES}, exclude)

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> "Reader":
        """Take the model from what `to_bytes` gave."""
        files: dict[str, bytes] = {}
        util.from_bytes(data, {name: partial(files.__setitem__, name) for name in FILES}, exclude)
        self._take(Encoder(files))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the model's files to a folder."""
        Path(path).mkdir(parents=True, exist_ok=True)
        for name in FILES:
            (Path(path) / name).write_bytes(self.encoder.files[name])

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> "Reader":
        """Read the model from a folder."""
        self._take(Encoder.from_folder(Path(path)))
        return self

    def _take(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._classes = None

    def _find_words(self, doc: Doc, words: list[Token], texts: list[str]) -> Words:
        spaces = [bool(word.whitespace_) or (word.i + 1 < len(doc) and not is_read(doc[word.i + 1])) for word in words]
        return Words(
            pieces=self.encoder.pieces.find(texts),
            shapes=find_shapes(texts, spaces),
            breaks=find_breaks(doc),
            moves=find_moves(doc),
            starts=_find_given_starts(doc) if doc.has_annotation("SENT_START") else None,
        )

    def _settle(self, window: Window, texts: list[str], places: Numbers, columns: Columns) -> None:
        """Write down what a window says of the words it settles."""
        classes = self._find_classes()
        reading, first, size = window.reading, window.first, window.end - window.start
        rows = slice(first, first + size)
        heads = _find_all_heads(reading.arcs[rows, rows], window.starts)
        labels = classes.labels[self.encoder.label(np.ascontiguousarray(reading.states[rows]), heads)]
        labels[heads == np.arange(size)] = classes.root
        here = places[window.start : window.end]
        columns[here, 0] = classes.tags[reading.tags[rows]]
        columns[here, 1] = classes.parts[reading.parts[rows]]
        columns[here, 2] = classes.features[reading.features[rows]]
        columns[here, 3] = self._find_lemmas(texts[window.start : window.end], reading, rows)
        columns[here, 4] = (here[heads] - here).astype(np.uint64)
        columns[here, 5] = labels

    def _find_lemmas(self, texts: list[str], reading: Reading, rows: slice) -> list[int]:
        names, lemmatizer = self.encoder.classes, self.encoder.lemmatizer
        lemmas = []
        for text, tag, rules in zip(texts, reading.tags[rows].tolist(), reading.rules[rows].tolist(), strict=True):
            lemma = lemmatizer.find(text, names["tags"][tag], [names["rules"][rule] for rule in rules])
            lemmas.append(self.vocab.strings.add(lemma))
        return lemmas

    def _find_names(self, window: Window) -> list[tuple[int, int, str]]:
        """Find the names of the settled words, none across the start of a sentence."""
        tags = self._find_classes().names
        bounds = [*np.flatnonzero(window.starts).tolist(), len(window.starts)]
        found = []
        for start, end in pairwise(bounds):
            scores = window.reading.names[window.first + start : window.first + end]
            offset = window.start + start
            found += [(offset + left, offset + right, kind) for left, right, kind in tags.find_names(scores)]
        return found

    def _find_classes(self) -> "_Classes":
        if self._classes is None:
            self._classes = _Classes(self.vocab, self.encoder.classes)
        return self._classes


class _Classes:
    """The model's classes as the numbers under which spaCy keeps them."""

    def __init__(self, vocab: Vocab, classes: dict[str, list[str]]) -> None:
        def store(names: list[str]) -> npt.NDArray[np.uint64]:
            return np.array([vocab.strings.add(name) for name in names], dtype=np.uint64)

        self.tags = store(classes["tags"])
        self.parts = store(classes["parts"])
        self.labels = store(classes["labels"])
        self.root = vocab.strings.add("ROOT")
        self.features = np.array([vocab.morphology.add(name) for name in classes["features"]], dtype=np.uint64)
        self.names = NameTags.from_tags(classes["names"])


def _find_given_starts(doc: Doc) -> list[bool]:
    """Say of each token that is read whether it is the first such token of a sentence the Doc has."""
    firsts = set()
    for sentence in doc.sents:
        firsts.update([token.i for token in sentence if is_read(token)][:1])
    return [token.i in firsts for token in doc if is_read(token)]


def _find_all_heads(arcs: Floats, starts: npt.NDArray[np.bool_]) -> Numbers:
    """Find the heads of several sentences, each by itself."""
    heads = np.zeros(len(arcs), dtype=np.int64)
    bounds = [*np.flatnonzero(starts).tolist(), len(arcs)]
    for start, end in pairwise(bounds):
        heads[start:end] = find_heads(arcs[start:end, start:end]) + start
    return heads


def _make_blank(doc: Doc, places: Numbers) -> Columns:
    """Make the rows of all tokens, those that are not read filled in."""
    columns = np.zeros((len(doc), len(_COLUMNS)), dtype=np.uint64)
    strings = doc.vocab.strings
    for token in doc:
        if not is_read(token):
            before = int(np.searchsorted(places, token.i)) - 1
            head = int(places[max(before, 0)]) if len(places) else 0
            tag, part, label = _UNREAD.get(token.text, ("_SP", "SPACE", "dep"))
            label = label if len(places) or token.i else "ROOT"
            columns[token.i] = (
                strings.add(tag),
                strings.add(part),
                doc.vocab.morphology.add(""),
                token.orth,
                np.int64(head - token.i).astype(np.uint64),
                strings.add(label),
            )
    return columns


def _set_columns(doc: Doc, columns: Columns) -> None:
    if len(doc):
        doc.from_array(_COLUMNS, columns)  # type: ignore[arg-type]


def _spread(vectors: Floats, places: Numbers, size: int) -> Floats:
    """Give each token a row, of zeros where it is white space."""
    tensor = np.zeros((size, vectors.shape[1]), dtype=np.float32)
    tensor[places] = vectors
    return tensor


@Language.factory(
    _FACTORY,
    assigns=_ASSIGNS,
    default_config={"window_pieces": WINDOW_PIECES, "keep_vectors": True},
)
def make_reader(nlp: Language, name: str, window_pieces: int, keep_vectors: bool) -> Reader:
    """Make the component; the shipped model is opened when it is first needed."""
    return Reader(nlp.vocab, window_pieces=window_pieces, keep_vectors=keep_vectors)
