"""Dependency trees out of scores: the best tree with exactly one root."""

from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.floating[Any]]
Heads = npt.NDArray[np.int64]


def find_heads(scores: Scores) -> Heads:
    """Give each word's head so that all make one tree with one root, whose head is itself.

    `scores[i, j]` says how well word j is the head of word i, `scores[i, i]` how well word i is the root. The best
    head of each word is taken where that is a tree already; otherwise the maximum spanning tree is found
    (Chu and Liu 1965, Edmonds 1967) under a root of its own, from which a second edge costs more than any gains.
    """
    heads: Heads = scores.argmax(axis=1).astype(np.int64)
    if is_tree(heads):
        return heads
    size = len(scores)
    weights = np.full((size + 1, size + 1), -np.inf)
    weights[:size, :size] = scores
    np.fill_diagonal(weights, -np.inf)
    spread = float(scores.max() - scores.min()) + 1.0
    weights[:size, size] = np.diagonal(scores) - size * spread
    heads = _contract(weights, size)[:size]
    return np.where(heads == size, np.arange(size), heads)


def is_tree(heads: Heads) -> bool:
    """Say whether heads make one tree with one root, whose head is itself."""
    places = np.arange(len(heads))
    if int((heads == places).sum()) != 1:
        return False
    above = heads
    for _ in range(max(1, len(heads).bit_length())):
        above = above[above]
    return bool((above == above[0]).all())


def _contract(weights: Scores, root: int) -> Heads:
    """Take each word's best head and, while a cycle is left, make it one word and solve the smaller problem."""
    levels = []
    while True:
        heads: Heads = weights.argmax(axis=1).astype(np.int64)
        heads[root] = root
        cycle = _find_cycle(heads, root)
        if cycle is None:
            break
        inside = np.zeros(len(weights), dtype=bool)
        inside[cycle] = True
        outside, members = np.flatnonzero(~inside), np.flatnonzero(inside)
        kept = weights[members, heads[members]]
        entering = weights[np.ix_(members, outside)] - kept[:, None]
        leaving = weights[np.ix_(outside, members)]
        levels.append((heads, outside, members, entering.argmax(axis=0), leaving.argmax(axis=1)))
        smaller = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
        smaller[:-1, :-1] = weights[np.ix_(outside, outside)]
        smaller[-1, :-1] = entering.max(axis=0)
        smaller[:-1, -1] = leaving.max(axis=1)
        weights, root = smaller, int(np.searchsorted(outside, root))
    for level in reversed(levels):
        heads = _expand(heads, *level)
    return heads


def _expand(found: Heads, heads: Heads, outside: Heads, members: Heads, entries: Heads, exits: Heads) -> Heads:
    """Put the words of a cycle back, which is broken where its best edge from outside comes in.

    `entries` says for each word outside which member hangs on it best, `exits` on which member it hangs best.
    """
    result = heads.copy()
    merged = len(outside)
    real = np.append(outside, -1)[found[:merged]]
    result[outside] = np.where(found[:merged] == merged, members[exits], real)
    entry = int(found[merged])
    result[members[entries[entry]]] = outside[entry]
    return result


def _find_cycle(heads: Heads, root: int) -> list[int] | None:
    seen = np.zeros(len(heads), dtype=np.int64)
    seen[root] = -1
    for start in range(len(heads)):
        place, path = start, start + 1
        while seen[place] == 0:
            seen[place] = path
            place = int(heads[place])
        if seen[place] == path:
            cycle = [place]
            while int(heads[cycle[-1]]) != place:
                cycle.append(int(heads[cycle[-1]]))
            return cycle
    return None
