"""What a network holds, in figures."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import NO_TWIN, RoadNetwork


def summary(network: RoadNetwork) -> dict[str, object]:
    """Return plain data for JSON: sizes, kilometres of road by class and surface, zones, the id and the report.

    A road counts once, whichever way it may be driven; the report counts metres as it says.
    """
    links = network.links
    km = network.length[links] / 1000
    return {
        "content_id": network.content_id,
        "nodes": network.nodes,
        "directed_edges": network.edges,
        "km": round(float(km.sum()), 1),
        "km_by_class": {c.label: _sum(km, network.road_class[links] == c) for c in RoadClass},
        "km_by_surface": {s.label: _sum(km, network.surface[links] == s) for s in Surface},
        "km_one_way": _sum(km, network.twin[links] == NO_TWIN),
        "km_by_zone": [_sum(km, network.link_zone == zone) for zone in range(int(network.node_zone.max()) + 1)],
        "km_ice": _sum(km, network.ice[links]),
        "report": network.report.as_dict(),
    }


def _sum(km: NDArray[np.float64], chosen: NDArray[np.bool_]) -> float:
    return round(float(km[chosen].sum()), 1)
