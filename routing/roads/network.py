"""The road network as frozen arrays: nodes, directed edges, their shapes, and how it came about."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from routing.roads.kinds import LOCAL
from routing.roads.report import RoadsReport

MAIN_ZONE = 0
NO_ZONE = -1
NO_TWIN = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class RoadNetwork:
    """Roads that can be driven, `n` nodes and `m` directed edges.

    Nodes: `node_lat`, `node_lon` (float64), `node_zone` (int32). Zones are strongly connected parts that no road
    joins: 0 is the mainland (the largest), the others are islands with roads of their own.

    Edges: `tail` and `head` are nodes (int32); `length` metres (float64); `road_class` and `surface` the values of
    `RoadClass` and `Surface` (int8); `limit` the signed speed limit in km/h, 0 where none is signed (int16); `ice`
    marks ice roads, which join zones while they are open (bool); `twin` is the same road driven the other way, or
    `NO_TWIN` on a one-way road (int32).

    Shapes: edge `e` runs through `shape_lat[shape_start[e] : shape_start[e + 1]]` and the same of `shape_lon`
    (float64; `shape_start` int64 of size m + 1), from tail to head, both ends included.
    """

    node_lat: NDArray[np.float64]
    node_lon: NDArray[np.float64]
    node_zone: NDArray[np.int32]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    length: NDArray[np.float64]
    road_class: NDArray[np.int8]
    surface: NDArray[np.int8]
    limit: NDArray[np.int16]
    ice: NDArray[np.bool_]
    twin: NDArray[np.int32]
    shape_start: NDArray[np.int64]
    shape_lat: NDArray[np.float64]
    shape_lon: NDArray[np.float64]
    report: RoadsReport

    def __post_init__(self) -> None:
        for name in ARRAYS:
            getattr(self, name).setflags(write=False)

    @property
    def nodes(self) -> int:
        """Return the number of nodes."""
        return len(self.node_lat)

    @property
    def edges(self) -> int:
        """Return the number of directed edges."""
        return len(self.tail)

    @cached_property
    def content_id(self) -> str:
        """Return 16 hex digits that change with any array: the key for caches of matrices and maps."""
        digest = hashlib.sha256()
        for name in ARRAYS:
            digest.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return digest.hexdigest()[:16]

    @cached_property
    def links(self) -> NDArray[np.int64]:
        """Return one edge per road: of two twins the first, and every one-way edge."""
        edge = np.arange(self.edges)
        return np.asarray(edge[(self.twin == NO_TWIN) | (edge < self.twin)], dtype=np.int64)

    @cached_property
    def link_zone(self) -> NDArray[np.int32]:
        """Return the zone of each of `links`, `NO_ZONE` on ice."""
        return np.where(self.ice[self.links], np.int32(NO_ZONE), self.node_zone[self.tail[self.links]])

    @cached_property
    def lacks_local_roads(self) -> bool:
        """Tell whether houses may lie kilometres from the next road, as in a layer of state roads or a schematic."""
        local = np.isin(self.road_class, [int(kind) for kind in LOCAL])
        return self.report.schematic or bool(self.length[local].sum() < 0.2 * self.length.sum())

    def shape(self, edge: int) -> NDArray[np.float64]:
        """Return the shape of `edge` from tail to head, rows of (lat, lon)."""
        part = slice(int(self.shape_start[edge]), int(self.shape_start[edge + 1]))
        return np.column_stack([self.shape_lat[part], self.shape_lon[part]])


ARRAYS = tuple(field.name for field in fields(RoadNetwork) if field.name != "report")
