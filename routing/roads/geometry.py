"""Lines to draw: the way of a leg, and the roads behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from routing.roads.graph import search_graph
from routing.roads.kinds import RoadClass
from routing.roads.network import RoadNetwork
from routing.roads.snap import Snapped
from routing.roads.speeds import Profile

Line = tuple[tuple[float, float], ...]
"""Points as (lat, lon)."""

_NONE = -9999
"""What scipy writes for a node without a predecessor."""


def leg_lines(
    network: RoadNetwork, snapped: Snapped, legs: Iterable[tuple[str, str]], profile: Profile
) -> dict[tuple[str, str], Line]:
    """Return the way driven on each leg, a pair of place ids, from house to house along the fastest path.

    It is the very path that `travel_matrix` measures. A leg that cannot be driven, and a leg to the place itself, has
    no line: (). KeyError for a place that was not snapped.
    """
    row = {place: i for i, place in enumerate(snapped.places)}
    wanted = [(leg, row[leg[0]], row[leg[1]]) for leg in dict.fromkeys(legs)]
    if not wanted:
        return {}
    graph = search_graph(network, snapped, profile)
    origins = sorted({origin for _, origin, _ in wanted})
    _, before = dijkstra(graph.matrix, indices=graph.sources[origins], return_predecessors=True)
    before_of = dict(zip(origins, before, strict=True))
    entry = _Entries(graph.matrix.indptr, graph.matrix.indices, graph.arc_of_entry)

    lines: dict[tuple[str, str], Line] = {}
    for leg, origin, destination in wanted:
        nodes = _walk_back(before_of[origin], int(graph.sinks[destination]))
        arcs = [entry.arc(a, b) for a, b in pairwise(nodes)]
        parts = [
            _part(network.shape(int(graph.arcs.edge[arc])), graph.arcs.start[arc], graph.arcs.stop[arc])
            for arc in arcs
            if origin != destination
        ]
        lines[leg] = _house_to_house(snapped, origin, destination, parts) if parts else ()
    return lines


def leg_line(network: RoadNetwork, snapped: Snapped, origin: str, destination: str, profile: Profile) -> Line:
    """Return the way of one leg; see `leg_lines`, which is faster for many."""
    return leg_lines(network, snapped, [(origin, destination)], profile)[origin, destination]


def background(
    network: RoadNetwork, south: float, west: float, north: float, east: float
) -> Mapping[RoadClass, tuple[Line, ...]]:
    """Return the roads that touch a box in degrees, by class, each drawn once; ice roads are left out."""
    if network.edges == 0:
        return {}
    begin = network.shape_start[:-1]
    inside = (
        (np.maximum.reduceat(network.shape_lat, begin) >= south)
        & (np.minimum.reduceat(network.shape_lat, begin) <= north)
        & (np.maximum.reduceat(network.shape_lon, begin) >= west)
        & (np.minimum.reduceat(network.shape_lon, begin) <= east)
        & ~network.ice
    )
    lines: dict[RoadClass, list[Line]] = {}
    for edge in network.links[inside[network.links]]:
        lines.setdefault(RoadClass(network.road_class[edge]), []).append(_rounded(network.shape(int(edge))))
    return {kind: tuple(lines[kind]) for kind in sorted(lines)}


class _Entries:
    """Find the arc behind the matrix entry of two nodes."""

    def __init__(
        self, row_start: NDArray[np.int32], columns: NDArray[np.int32], arc_of_entry: NDArray[np.int64]
    ) -> None:
        self.row_start, self.columns, self.arc_of_entry = row_start, columns, arc_of_entry

    def arc(self, tail: int, head: int) -> int:
        """Return the row in the graph's arcs; columns are sorted within each row."""
        begin, end = int(self.row_start[tail]), int(self.row_start[tail + 1])
        return int(self.arc_of_entry[begin + np.searchsorted(self.columns[begin:end], head)])


def _walk_back(before: NDArray[np.int32], node: int) -> list[int]:
    """Return the nodes of the path to `node` in driving order; only `node` where no path leads there."""
    nodes = [node]
    while before[nodes[-1]] != _NONE:
        nodes.append(int(before[nodes[-1]]))
    return nodes[::-1]


def _part(shape: NDArray[np.float64], start: float, stop: float) -> NDArray[np.float64]:
    """Return the rows of (lat, lon) between two shares of a shape, measured in a local plane."""
    flat = shape * np.array([1.0, np.cos(np.radians(shape[0, 0]))])
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(flat, axis=0).T))])
    begin, end = start * along[-1], stop * along[-1]
    within = shape[(along > begin) & (along < end)]
    ends = [[np.interp(at, along, shape[:, 0]), np.interp(at, along, shape[:, 1])] for at in (begin, end)]
    return np.concatenate([ends[:1], within, ends[1:]])


def _house_to_house(snapped: Snapped, origin: int, destination: int, parts: list[NDArray[np.float64]]) -> Line:
    first = [[snapped.lat[origin], snapped.lon[origin]]]
    last = [[snapped.lat[destination], snapped.lon[destination]]]
    line = _rounded(np.concatenate([first, *parts, last]))
    return tuple(point for i, point in enumerate(line) if i == 0 or point != line[i - 1])


def _rounded(shape: NDArray[np.float64]) -> Line:
    """Return points to six decimals, a tenth of a metre."""
    return tuple((round(float(lat), 6), round(float(lon), 6)) for lat, lon in shape)
