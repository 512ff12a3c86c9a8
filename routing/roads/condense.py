"""Shrink a graph to the nodes that matter: exact distances between kept nodes on a fraction of the graph.

Most nodes of a road network lie on dead ends, along chains, or join a few roads, and no question is asked about them.
Such a node is taken out and the ways through it become arcs between its neighbours. This is the contraction step of
contraction hierarchies (Geisberger et al. 2008) without witness searches, stopped where it no longer pays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

MAX_NEIGHBOURS = 4
"""A node with three neighbours leaves no more arcs than it takes; beyond four, arcs multiply faster than nodes go."""

WORTHWHILE = 0.01
"""Stop when a round takes out less than this share of the nodes left."""


@dataclass(frozen=True, kw_only=True, eq=False)
class _Arcs:
    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    weight: NDArray[np.float64]


def condense(matrix: csr_array, kept: NDArray[np.int64]) -> tuple[csr_array, NDArray[np.int64]]:
    """Return a smaller matrix with the same distances between the nodes `kept`, and their positions in it.

    `matrix` holds the weights of arcs, each at most once. Deterministic.
    """
    size = matrix.shape[0]
    arcs = _Arcs(
        tail=np.repeat(np.arange(size), np.diff(matrix.indptr)),
        head=matrix.indices.astype(np.int64),
        weight=matrix.data,
    )
    alive = np.ones(size, dtype=np.bool_)
    free = np.ones(size, dtype=np.bool_)
    free[kept] = False
    # Any order will do; a shuffled one takes out many nodes at once along a chain.
    rank = np.random.default_rng(0).permutation(size)
    while True:
        chosen = _independent(arcs, alive & free, rank)
        if chosen.sum() <= WORTHWHILE * alive.sum():
            break
        arcs = _without(arcs, chosen, size)
        alive &= ~chosen
    position = np.cumsum(alive) - 1
    count = int(alive.sum())
    row_start = np.searchsorted(position[arcs.tail], np.arange(count + 1))
    return csr_array((arcs.weight, position[arcs.head], row_start), shape=(count, count)), position[kept]


def _independent(arcs: _Arcs, free: NDArray[np.bool_], rank: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which free nodes with few neighbours to take out now, no two of them side by side."""
    size = len(free)
    pair = np.unique(np.minimum(arcs.tail, arcs.head) * size + np.maximum(arcs.tail, arcs.head))
    one, other = np.divmod(pair, size)
    neighbours = np.bincount(one, minlength=size) + np.bincount(other, minlength=size)
    candidate = free & (neighbours <= MAX_NEIGHBOURS)
    both = candidate[one] & candidate[other]
    one, other = one[both], other[both]
    candidate[np.where(rank[one] < rank[other], other, one)] = False
    return candidate


def _without(arcs: _Arcs, gone: NDArray[np.bool_], size: int) -> _Arcs:
    """Return the arcs with the ways through nodes `gone` in place of the arcs that touch them."""
    into, out = gone[arcs.head], gone[arcs.tail]
    enter, leave = np.flatnonzero(into), np.flatnonzero(out)  # arcs are sorted by tail, so `leave` is by node
    first = np.searchsorted(arcs.tail[leave], arcs.head[enter])
    count = np.searchsorted(arcs.tail[leave], arcs.head[enter], side="right") - first
    a = np.repeat(enter, count)
    b = leave[np.repeat(first - np.cumsum(count) + count, count) + np.arange(len(a))]
    through = arcs.tail[a] != arcs.head[b]
    a, b, rest = a[through], b[through], ~(into | out)
    return _lightest(
        np.concatenate([arcs.tail[rest], arcs.tail[a]]),
        np.concatenate([arcs.head[rest], arcs.head[b]]),
        np.concatenate([arcs.weight[rest], arcs.weight[a] + arcs.weight[b]]),
        size,
    )


def _lightest(tail: NDArray[np.int64], head: NDArray[np.int64], weight: NDArray[np.float64], size: int) -> _Arcs:
    """Return the lightest of parallel arcs, sorted by tail and head."""
    key = tail * size + head
    order = np.argsort(key, kind="stable")
    key, weight = key[order], weight[order]
    first = np.flatnonzero(np.diff(key, prepend=-1))
    kept_tail, kept_head = np.divmod(key[first], size)
    return _Arcs(tail=kept_tail, head=kept_head, weight=np.minimum.reduceat(weight, first) if len(first) else weight)
