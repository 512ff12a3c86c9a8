"""Customizable contraction hierarchies (Dibbelt, Strasser, Wagner 2016) by RoutingKit, where it is installed.

The order of contraction depends on the roads alone, so it is kept; a profile only re-weighs it. A single query then
takes microseconds, but lengths need the path of every pair: on a county the condensed graph and `scipy` are faster,
see `benchmarks/roads.py`. Times are the same to the centisecond as those of `scipy`; where two ways are equally fast
another one may be measured, so lengths may differ there.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from routing.roads.graph import LENGTH_SPAN, SearchGraph
from routing.roads.network import RoadNetwork


def available() -> bool:
    """Tell whether the optional package `routingkit-cch` is installed."""
    return find_spec("routingkit_cch") is not None


def packed_by_contraction(network: RoadNetwork, graph: SearchGraph) -> NDArray[np.float64]:
    """Return the packed weights from every source to every sink of `graph`, infinite where there is no way."""
    import routingkit_cch as kit  # noqa: PLC0415 - optional

    entries = graph.matrix
    tail = np.repeat(np.arange(entries.shape[0]), np.diff(entries.indptr))
    places = np.concatenate([graph.sources, graph.sinks])
    order = [*places.tolist(), *_order(network)]  # places first: they lie on no way between others
    hierarchy = kit.CCH(order, tail.tolist(), entries.indices.tolist(), False)
    metric = kit.CCHMetric(hierarchy, (entries.data // LENGTH_SPAN).astype(np.int64).tolist())
    query = kit.CCHQuery(metric)
    packed = np.full((len(graph.sources), len(graph.sinks)), np.inf)
    for i, source in enumerate(graph.sources.tolist()):
        for j, sink in enumerate(graph.sinks.tolist()):
            result = query.run(source, sink)
            if result.distance is not None:
                packed[i, j] = entries.data[result.arc_path].sum()
            del result  # the next run refuses to start while a result is alive
    return packed


@lru_cache(maxsize=4)
def _order(network: RoadNetwork) -> tuple[int, ...]:
    """Return the network's nodes in the order to contract them, by inertial flow."""
    import routingkit_cch as kit  # noqa: PLC0415 - optional

    return tuple(
        kit.compute_order_inertial(
            network.nodes,
            network.tail.tolist(),
            network.head.tolist(),
            network.node_lat.tolist(),
            network.node_lon.tolist(),
        )
    )
