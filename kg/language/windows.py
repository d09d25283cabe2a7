"""The way of a long text through the model: windows of whole sentences, one after the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.language.encoder import MAX_PIECES, Encoder, Reading

_CONTEXT: Final = 24
"""Words before a forced cut that the next window reads again, to know where it is."""
_LEAST_SETTLED: Final = 0.3
"""The share of a window that must be settled, so that the work grows with the text and not faster."""
_CUT_AFTER: Final = 0.6
"""The share of a window after which a sentence too long for it may be cut."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: pieces and shape of each, and whether a line break says that a sentence starts.

    `moves` say by how many words a sentence starts sooner or later than the model says, None for not at all. Where
    `starts` is given, it says where sentences start, and the model is not asked.
    """

    pieces: Sequence[tuple[int, ...]]
    shapes: Sequence[int]
    breaks: Sequence[bool]
    moves: Sequence[int | None]
    starts: Sequence[bool] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A window that was read: it settles the words from `start` to `end`, which are `reading`'s rows from `first` on.

    `starts` says for each settled word whether a sentence starts; `cut` that the last sentence was too long for any
    window and goes on in the next.
    """

    start: int
    end: int
    first: int
    reading: Reading
    starts: npt.NDArray[np.bool_]
    cut: bool = False


def read_windows(encoder: Encoder, words: Words, *, window_pieces: int) -> Iterator[Window]:
    """Read a document in windows of about `window_pieces`, which settle each of its words once and in order.

    A window settles its whole sentences; the next starts with the unfinished one. Where a sentence fills almost the
    whole window, a larger one is read; one that fills the largest is cut, and the next window reads some words before
    the cut again.
    """
    start, context, budget = 0, 0, window_pieces
    size = len(words.pieces)
    while start < size:
        begin = start - context
        end = _fill(words, begin, budget)
        reading = encoder.read(words.pieces[begin:end], words.shapes[begin:end], words.breaks[begin:end])
        starts = _find_starts(reading, words, begin)
        starts[: context + 1] = [*[False] * context, True]
        last = int(np.flatnonzero(starts)[-1])
        if end == size or words.breaks[end]:
            settled, cut = end, False
        elif last > (_LEAST_SETTLED if budget < MAX_PIECES else _CUT_AFTER) * len(starts):
            settled, cut = begin + last, False
        elif budget < MAX_PIECES:
            budget = min(2 * budget, MAX_PIECES)
            continue
        else:
            settled, cut = begin + _find_cut(reading, context), True
        yield Window(start, settled, context, reading, starts[context : settled - begin], cut)
        start, context, budget = settled, (_CONTEXT if cut else 0), max(window_pieces, budget if cut else budget // 2)


def _fill(words: Words, start: int, budget: int) -> int:
    """Find where a window ends: with the last paragraph that ends in its second half, else where it is full."""
    pieces, end, good = 0, start, 0
    size = len(words.pieces)
    while end < size:
        added = len(words.pieces[end]) + (words.breaks[end] and end > start)
        if end > start and pieces + added > budget:
            break
        if words.breaks[end] and pieces > budget // 2:
            good = end
        pieces += added
        end += 1
    return end if end == size or words.breaks[end] or not good else good


def _find_starts(reading: Reading, words: Words, begin: int) -> npt.NDArray[np.bool_]:
    here = slice(begin, begin + len(reading.starts))
    if words.starts is not None:
        return np.array(words.starts[here], dtype=bool)
    starts: npt.NDArray[np.bool_] = reading.starts > 0
    moves = words.moves[here]
    for place in np.flatnonzero(starts).tolist():
        move = moves[place]
        if move != 0:
            starts[place] = False
            if move is not None and 0 <= place + move < len(starts) and moves[place + move] is not None:
                starts[place + move] = True
    starts |= np.array(words.breaks[here], dtype=bool)
    return starts


def _find_cut(reading: Reading, context: int) -> int:
    """Choose the word before which a sentence too long for any window is cut: the likeliest start of its last part."""
    size = len(reading.starts)
    after = max(context + 1, int(size * _CUT_AFTER))
    return after + int(reading.starts[after:].argmax())
