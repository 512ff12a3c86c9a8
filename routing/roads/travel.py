"""Travel times and lengths between snapped places: the matrix a plan is made with."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from routing.matrix import UNREACHABLE, Matrix
from routing.roads.graph import DECIMETRES, search_graph, unpack
from routing.roads.network import RoadNetwork
from routing.roads.snap import Snapped
from routing.roads.speeds import CENTISECONDS, Profile

CHUNK = 100
"""Sources searched at once: a row is as long as the network has nodes."""


def travel_matrix(network: RoadNetwork, snapped: Snapped, profiles: Iterable[Profile] = (Profile(),)) -> Matrix:
    """Return whole seconds and whole metres along the same fastest path, for every profile.

    Of equally fast paths the shortest is taken. Times are sums of whole centiseconds rounded up to seconds, so the
    triangle inequality holds exactly: from a to c never takes longer than from a to b and from b to c. Lengths are
    rounded to the nearest metre. Drives between house and road are included. A place without a road, and an island
    without an open ice road, is `UNREACHABLE`.
    """
    seconds, metres = {}, {}
    for profile in profiles:
        seconds[profile.name], metres[profile.name] = _tables(network, snapped, profile)
    return Matrix(places=snapped.places, seconds=seconds, metres=metres)


def _tables(network: RoadNetwork, snapped: Snapped, profile: Profile) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    graph = search_graph(network, snapped, profile)
    count = len(snapped.places)
    seconds = np.full((count, count), UNREACHABLE, dtype=np.int64)
    metres = np.full((count, count), UNREACHABLE, dtype=np.int64)
    for begin in range(0, count, CHUNK):
        rows = slice(begin, min(begin + CHUNK, count))
        packed = dijkstra(graph.matrix, indices=graph.sources[rows])[:, graph.sinks]
        found = np.isfinite(packed)
        time, way = unpack(packed[found])
        seconds[rows][found] = -(-time // CENTISECONDS)
        metres[rows][found] = (way + DECIMETRES // 2) // DECIMETRES
    np.fill_diagonal(seconds, 0)
    np.fill_diagonal(metres, 0)
    return seconds, metres
