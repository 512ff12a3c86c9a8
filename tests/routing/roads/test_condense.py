"""A condensed graph is smaller and keeps every distance between the nodes that matter."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from routing.roads.condense import condense


def matrix_of(size: int, arcs: dict[tuple[int, int], int]) -> csr_array:
    """Return the sparse matrix of arcs (tail, head) with their weights; zeros are stored."""
    pairs = np.array(sorted(arcs), dtype=np.int64).reshape(-1, 2)
    weight = np.array([arcs[a, b] for a, b in sorted(arcs)], dtype=np.float64)
    return csr_array((weight, pairs[:, 1], np.searchsorted(pairs[:, 0], np.arange(size + 1))), shape=(size, size))


@st.composite
def graphs(draw):
    """Draw a sparse directed graph with weights from 0 on, and some of its nodes."""
    size = draw(st.integers(1, 25))
    node = st.integers(0, size - 1)
    pair = st.tuples(node, node).filter(lambda p: p[0] != p[1])
    arcs = draw(st.dictionaries(pair, st.integers(0, 2**40), max_size=50)) if size > 1 else {}
    kept = draw(st.lists(node, min_size=1, max_size=6, unique=True))
    return size, arcs, kept


@settings(max_examples=150, deadline=None)
@given(graphs())
def test_distances_between_kept_nodes_stay(graph):
    """Whatever is taken out, no distance between kept nodes changes, nor does an unreachable one become reachable."""
    size, arcs, kept = graph
    matrix, nodes = matrix_of(size, arcs), np.array(kept, dtype=np.int64)
    small, position = condense(matrix, nodes)
    before = dijkstra(matrix, indices=nodes)[:, nodes]
    np.testing.assert_array_equal(dijkstra(small, indices=position)[:, position], before)


def test_chains_and_dead_ends_vanish():
    """A chain of a hundred nodes with a dead end at each leaves little more than its ends."""
    arcs = {}
    for node in range(99):
        arcs[node, node + 1] = arcs[node + 1, node] = 1
    for node in range(100):
        arcs[node, node + 100] = arcs[node + 100, node] = 1
    small, position = condense(matrix_of(200, arcs), np.array([0, 99]))
    assert small.shape[0] <= 4
    assert dijkstra(small, indices=position[0])[position[1]] == pytest.approx(99)
