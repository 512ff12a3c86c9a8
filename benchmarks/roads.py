"""How fast travel matrices are: `python -m benchmarks.roads --osm FILE [--places 200]`.

One run compares, on the same roads, the same places and the same weights: NetworkX's Dijkstra (bidirectional search
not used: one search per place reaches all others), scipy's compiled Dijkstra as the product uses it, and the
contraction hierarchy where it is installed. Ratios are within the run, so the machine does not matter. All values are
asserted equal.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from routing.matrix import UNREACHABLE
from routing.problem import Place
from routing.roads import contraction
from routing.roads.graph import SearchGraph, search_graph, unpack
from routing.roads.network import MAIN_ZONE, RoadNetwork
from routing.roads.opening import open_network
from routing.roads.snap import snap
from routing.roads.speeds import Profile
from routing.roads.travel import Method, travel_matrix

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return the result of `work` and its processor seconds."""
    begin = time.process_time()
    result = work()
    return result, time.process_time() - begin


def random_places(network: RoadNetwork, count: int, seed: int) -> list[Place]:
    """Return places within some hundred metres of random nodes of the mainland."""
    rng = np.random.default_rng(seed)
    nodes = rng.choice(np.flatnonzero(network.node_zone == MAIN_ZONE), count)
    lat = network.node_lat[nodes] + rng.normal(0, 0.0005, count)
    lon = network.node_lon[nodes] + rng.normal(0, 0.0005, count)
    return [Place(id=str(i), lat=float(lat[i]), lon=float(lon[i])) for i in range(count)]


def by_networkx(graph: SearchGraph) -> NDArray[np.int64]:
    """Return the seconds between all places by NetworkX on the very graph that scipy searches."""
    arcs = nx.from_scipy_sparse_array(graph.matrix, create_using=nx.DiGraph)
    seconds = np.full((len(graph.sources), len(graph.sinks)), UNREACHABLE, dtype=np.int64)
    for i, source in enumerate(graph.sources.tolist()):
        reached = nx.single_source_dijkstra_path_length(arcs, source)
        for j, sink in enumerate(graph.sinks.tolist()):
            if sink in reached:
                seconds[i, j] = -(-unpack(np.array([reached[sink]]))[0][0] // 100)
    np.fill_diagonal(seconds, 0)
    return seconds


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--osm", type=Path, required=True, help="any road file Hoolering opens")
    parser.add_argument("--places", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()

    network, opening = timed(lambda: open_network(options.osm))
    places = random_places(network, options.places, options.seed)
    (snapped, _), snapping = timed(lambda: snap(network, places))
    print(f"{options.osm.name}: {network.nodes} nodes, {network.edges} directed edges, {options.places} places")
    print(f"opened in {opening:.1f} s, snapped in {snapping * 1000:.0f} ms (index included)")

    matrix, scipy_seconds = timed(lambda: travel_matrix(network, snapped))
    print(f"scipy        {scipy_seconds:8.3f} s   seconds and metres")
    if contraction.available():
        first, cold = timed(lambda: travel_matrix(network, snapped, method=Method.CONTRACTION))
        again, warm = timed(lambda: travel_matrix(network, snapped, method=Method.CONTRACTION))
        np.testing.assert_array_equal(first.seconds["car"], matrix.seconds["car"])
        np.testing.assert_array_equal(again.seconds["car"], matrix.seconds["car"])
        print(f"contraction  {warm:8.3f} s   {scipy_seconds / warm:.1f} x scipy; {cold:.1f} s with ordering the roads")
    graph = search_graph(network, snapped, Profile())
    seconds, networkx_seconds = timed(lambda: by_networkx(graph))
    np.testing.assert_array_equal(seconds, matrix.seconds["car"])
    print(f"networkx     {networkx_seconds:8.3f} s   seconds only, equal values")
    print(f"scipy is {networkx_seconds / scipy_seconds:.0f} times faster than networkx")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
