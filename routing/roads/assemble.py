"""Put nodes and drafted edges together into a network: keep what hangs together, report what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from routing.errors import RoadsError
from routing.findings import Finding
from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import NO_TWIN, RoadNetwork
from routing.roads.report import CutOff, RoadsReport

ZONE_METRES = 2000
"""An isolated part with at least this much road (both directions counted) may be an island worth keeping."""

CUT_OFF_SHOWN = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class DraftEdge:
    """One directed edge as an importer sees it; `shape` has rows of (lat, lon) from tail to head."""

    tail: int
    head: int
    length: float
    road_class: RoadClass
    shape: NDArray[np.float64]
    surface: Surface = Surface.UNKNOWN
    limit: int = 0
    ice: bool = False

    def reversed(self) -> DraftEdge:
        """Return the same road driven the other way."""
        return replace(self, tail=self.head, head=self.tail, shape=self.shape[::-1])


def assemble(
    node_lat: NDArray[np.float64],
    node_lon: NDArray[np.float64],
    drafts: Sequence[DraftEdge],
    report: RoadsReport,
    *,
    zone_metres: float = ZONE_METRES,
) -> RoadNetwork:
    """Return the network of all strongly connected parts with at least `zone_metres` of road, the largest always.

    Parts are joined by roads that can be driven both there and back, ice roads not counted. What is dropped goes into
    the report. RoadsError with `roads.no-way-back` where nothing is left.
    """
    part = _strong_parts(len(node_lat), drafts)
    metres = np.zeros(int(part.max(initial=0)) + 1)
    for draft in drafts:
        if not draft.ice and part[draft.tail] == part[draft.head]:
            metres[part[draft.tail]] += draft.length
    zone_of_part, dropped = _choose_zones(metres, zone_metres)
    zone = zone_of_part[part]
    kept = [
        draft
        for draft in drafts
        if min(zone[draft.tail], zone[draft.head]) >= 0 and (draft.ice or zone[draft.tail] == zone[draft.head])
    ]
    if not kept:
        raise RoadsError([Finding(code="roads.no-way-back", file=report.source)])
    completed = replace(
        report,
        cut_parts=len(dropped),
        cut_metres=round(metres[dropped].sum()),
        cut_off=tuple(_describe(p, part, metres, node_lat, node_lon) for p in dropped[:CUT_OFF_SHOWN]),
        unknown_surface_metres=round(sum(draft.length for draft in kept if draft.surface is Surface.UNKNOWN)),
    )
    return _arrays(node_lat, node_lon, zone, kept, completed)


def _arrays(
    node_lat: NDArray[np.float64],
    node_lon: NDArray[np.float64],
    zone: NDArray[np.int32],
    kept: Sequence[DraftEdge],
    report: RoadsReport,
) -> RoadNetwork:
    """Return the network of the nodes that have a zone and of the drafts `kept`, nodes numbered anew."""
    nodes = np.flatnonzero(zone >= 0)
    number = np.full(len(node_lat), -1, dtype=np.int32)
    number[nodes] = np.arange(len(nodes), dtype=np.int32)
    points = np.concatenate([draft.shape for draft in kept])
    return RoadNetwork(
        node_lat=np.asarray(node_lat, dtype=np.float64)[nodes],
        node_lon=np.asarray(node_lon, dtype=np.float64)[nodes],
        node_zone=zone[nodes],
        tail=number[[draft.tail for draft in kept]],
        head=number[[draft.head for draft in kept]],
        length=np.array([draft.length for draft in kept], dtype=np.float64),
        road_class=np.array([draft.road_class for draft in kept], dtype=np.int8),
        surface=np.array([draft.surface for draft in kept], dtype=np.int8),
        limit=np.array([draft.limit for draft in kept], dtype=np.int16),
        ice=np.array([draft.ice for draft in kept], dtype=np.bool_),
        twin=_twins(kept),
        shape_start=np.concatenate([[0], np.cumsum([len(draft.shape) for draft in kept])]).astype(np.int64),
        shape_lat=np.ascontiguousarray(points[:, 0]),
        shape_lon=np.ascontiguousarray(points[:, 1]),
        report=report,
    )


def _strong_parts(nodes: int, drafts: Sequence[DraftEdge]) -> NDArray[np.int32]:
    """Return each node's strongly connected part, ice roads not counted."""
    firm = [(draft.tail, draft.head) for draft in drafts if not draft.ice]
    tail, head = np.array(firm, dtype=np.int64).reshape(-1, 2).T
    graph = csr_array((np.ones(len(tail)), (tail, head)), shape=(nodes, nodes))
    _, part = connected_components(graph, directed=True, connection="strong")
    return np.asarray(part, dtype=np.int32)


def _choose_zones(metres: NDArray[np.float64], zone_metres: float) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
    """Return the zone of each part (-1 dropped), and the dropped parts that have road, longest first."""
    order = np.argsort(-metres, kind="stable")
    zone = np.full(len(metres), -1, dtype=np.int32)
    kept = [p for rank, p in enumerate(order) if rank == 0 or metres[p] >= zone_metres]
    zone[kept] = np.arange(len(kept), dtype=np.int32)
    return zone, order[len(kept) :][metres[order[len(kept) :]] > 0]


def _describe(
    number: int,
    part: NDArray[np.int32],
    metres: NDArray[np.float64],
    node_lat: NDArray[np.float64],
    node_lon: NDArray[np.float64],
) -> CutOff:
    node = int(np.argmax(part == number))
    return CutOff(
        metres=round(metres[number]), lat=round(float(node_lat[node]), 6), lon=round(float(node_lon[node]), 6)
    )


def _twins(drafts: Sequence[DraftEdge]) -> NDArray[np.int32]:
    """Pair each edge with one of the same shape the other way round; `NO_TWIN` where there is none."""
    waiting: dict[tuple[int, int, bool, bytes], list[int]] = {}
    twin = np.full(len(drafts), NO_TWIN, dtype=np.int32)
    for i, draft in enumerate(drafts):
        partners = waiting.get((draft.head, draft.tail, draft.ice, np.ascontiguousarray(draft.shape[::-1]).tobytes()))
        if partners:
            other = partners.pop()
            twin[i], twin[other] = other, i
        else:
            key = (draft.tail, draft.head, draft.ice, np.ascontiguousarray(draft.shape).tobytes())
            waiting.setdefault(key, []).append(i)
    return twin
