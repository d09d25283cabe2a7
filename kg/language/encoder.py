"""The shipped model: reads one window of words and says of each what it is and what it belongs to."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import onnxruntime

from kg.errors import PipelineError
from kg.language.lemmas import Lemmatizer
from kg.language.pieces import Pieces

FILES: Final = ("reader.onnx", "labeller.onnx", "tokenizer.json", "classes.json", "lemmas.json")
MAX_PIECES: Final = 510
"""The most pieces of words and separators that one window can have."""

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model says of one window, each row one word.

    `arcs[i, j]` scores word j as the head of word i, its diagonal word i as a root; `starts` are log-odds; `rules`
    has several columns, the likeliest rule first.
    """

    states: Floats
    tags: Numbers
    parts: Numbers
    features: Numbers
    rules: Numbers
    starts: Floats
    names: Floats
    arcs: Floats


class Encoder:
    """The exported network with its word pieces and classes; each call reads one window alone, on one thread.

    What it says of a window depends on nothing but that window.
    """

    def __init__(self, files: dict[str, bytes]) -> None:
        """Start from the bytes of `FILES`; raise PipelineError where one is missing or is not what it should be."""
        missing = [name for name in FILES if name not in files]
        if missing:
            raise PipelineError(f"the language model lacks {missing[0]}; install the package again")
        self.files = files
        self.pieces = Pieces.from_text(files["tokenizer.json"].decode("utf-8"))
        self.classes: dict[str, list[str]] = json.loads(files["classes.json"])
        self.lemmatizer = Lemmatizer(json.loads(files["lemmas.json"]), self.pieces.is_piece)
        self._reader = open_session(files, "reader.onnx")
        self._labeller = open_session(files, "labeller.onnx")

    @classmethod
    def from_folder(cls, folder: Path) -> "Encoder":
        """Read the model from a folder."""
        return cls({name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()})

    def __reduce__(self) -> tuple[type["Encoder"], tuple[dict[str, bytes]]]:
        return Encoder, (self.files,)

    def read(self, words: Sequence[tuple[int, ...]], shapes: Sequence[int], breaks: Sequence[bool]) -> Reading:
        """Read one window: the pieces and the shape of each word, and whether a paragraph starts with it.

        All must fit into `MAX_PIECES`, with one more piece for each paragraph after the first word.
        """
        pieces, spread = [self.pieces.start], [0]
        firsts: list[int] = []
        for word, shape, starts in zip(words, shapes, breaks, strict=True):
            if starts and firsts:
                pieces.append(self.pieces.stop)
                spread.append(0)
            firsts.append(len(pieces))
            pieces.extend(word)
            spread.extend([shape] * len(word))
        pieces.append(self.pieces.stop)
        spread.append(0)
        inputs = {"pieces": pieces, "shapes": spread, "firsts": firsts}
        feed = {name: np.array(values, dtype=np.int64) for name, values in inputs.items()}
        states, tags, parts, features, rules, names, starts_, arcs, roots = self._reader.run(_OUTPUTS, feed)
        np.fill_diagonal(arcs, roots[:, 0])
        return Reading(states, tags, parts, features, rules, starts_[:, 0], names, arcs)

    def label(self, states: Floats, heads: Numbers) -> Numbers:
        """Give the label of each word under its head, by the states of all; never that of a root."""
        (labels,) = self._labeller.run(["label"], {"words": states, "heads": states[heads]})
        return np.asarray(labels, dtype=np.int64)


_OUTPUTS: Final = ["states", "tag", "part", "feature", "rule", "name", "start", "arc", "root"]


def open_session(files: dict[str, bytes], name: str) -> onnxruntime.InferenceSession:
    """Open one exported graph on one thread; raise PipelineError where it is no such graph."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(files[name], options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime has no published root for its errors
        raise PipelineError(
            f"the language model's {name} cannot be opened ({error}); install the package again"
        ) from error
