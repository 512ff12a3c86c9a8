"""Travel times and lengths between snapped places: the matrix a plan is made with."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from routing.errors import UsageError
from routing.matrix import UNREACHABLE, Matrix
from routing.roads.condense import condense
from routing.roads.contraction import available, packed_by_contraction
from routing.roads.graph import DECIMETRES, SearchGraph, search_graph, unpack
from routing.roads.network import RoadNetwork
from routing.roads.snap import Snapped
from routing.roads.speeds import CENTISECONDS, Profile

CHUNK = 100
"""Sources searched at once: a row is as long as the network has nodes."""

CONDENSE_FROM = 30
"""Places from which shrinking the graph first costs less than it saves; for a few, searching it as it is is faster."""


class Method(StrEnum):
    """How the ways are searched. Both give the same times."""

    DIJKSTRA = "dijkstra"
    CONTRACTION = "contraction"


def travel_matrix(
    network: RoadNetwork,
    snapped: Snapped,
    profiles: Iterable[Profile] = (Profile(),),
    *,
    method: Method = Method.DIJKSTRA,
) -> Matrix:
    """Return whole seconds and whole metres along the same fastest path, for every profile.

    Of equally fast paths the shortest is taken. Times are sums of whole centiseconds rounded up to seconds, so the
    triangle inequality holds exactly: from a to c never takes longer than from a to b and from b to c. Lengths are
    rounded to the nearest metre. Drives between house and road are included. A place without a road, and an island
    without an open ice road, is `UNREACHABLE`.

    `CONTRACTION` needs the package `routingkit-cch`; UsageError without it.
    """
    if method is Method.CONTRACTION and not available():
        raise UsageError("method 'contraction' needs the package routingkit-cch; 'dijkstra' works without it")
    seconds, metres = {}, {}
    for profile in profiles:
        graph = search_graph(network, snapped, profile)
        packed = packed_by_contraction(network, graph) if method is Method.CONTRACTION else _packed_by_dijkstra(graph)
        seconds[profile.name], metres[profile.name] = _tables(packed)
    return Matrix(places=snapped.places, seconds=seconds, metres=metres)


def _packed_by_dijkstra(graph: SearchGraph) -> NDArray[np.float64]:
    """Return the packed weights from every source to every sink, infinite where there is no way."""
    count = len(graph.sources)
    matrix, ends = graph.matrix, np.concatenate([graph.sources, graph.sinks])
    if count >= CONDENSE_FROM:
        matrix, ends = condense(matrix, ends)
    sources, sinks = ends[:count], ends[count:]
    packed = np.empty((count, count))
    for begin in range(0, count, CHUNK):
        rows = slice(begin, begin + CHUNK)
        packed[rows] = dijkstra(matrix, indices=sources[rows])[:, sinks]
    return packed


def _tables(packed: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    seconds = np.full(packed.shape, UNREACHABLE, dtype=np.int64)
    metres = np.full(packed.shape, UNREACHABLE, dtype=np.int64)
    found = np.isfinite(packed)
    time, way = unpack(packed[found])
    seconds[found] = -(-time // CENTISECONDS)
    metres[found] = (way + DECIMETRES // 2) // DECIMETRES
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(metres, 0)
    return seconds, metres
