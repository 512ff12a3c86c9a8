"""Put places on the road: the nearest point of the nearest road of the zone a place belongs to.

A place listed as lying on an island snaps to that island's own roads, every other place to the mainland: nothing is
ever snapped across water.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray

from routing.findings import Finding, Findings, Severity
from routing.problem import Place
from routing.roads.network import MAIN_ZONE, NO_ZONE, RoadNetwork
from routing.roads.sphere import Plane, beeline
from routing.wording import LANGUAGES
from routing.wording.format import distance

NO_EDGE = -1


@dataclass(frozen=True, kw_only=True)
class SnapLimits:
    """How far a place may lie from the road, in metres: beyond `review` a warning, beyond `error` it has no road."""

    review: float
    error: float


FULL_LIMITS = SnapLimits(review=300, error=2000)
SPARSE_LIMITS = SnapLimits(review=2000, error=5000)
"""For networks without local roads: a layer of state roads, or a schematic."""


def default_limits(network: RoadNetwork) -> SnapLimits:
    """Return the limits that suit how dense `network` is."""
    return SPARSE_LIMITS if network.lacks_local_roads else FULL_LIMITS


@dataclass(frozen=True, kw_only=True, eq=False)
class Snapped:
    """Places on the road, row by row in the order of `places`.

    `edge` is one of the network's `links`, `NO_EDGE` for a place without a road; `along` the share of it from its tail
    (0 to 1); `metres` from the place to the road; `lat`, `lon` the place itself.
    """

    places: tuple[str, ...]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    edge: NDArray[np.int64]
    along: NDArray[np.float64]
    metres: NDArray[np.float64]

    @property
    def on_road(self) -> NDArray[np.bool_]:
        """Tell which places have a road."""
        return np.asarray(self.edge != NO_EDGE)


class ZoneIndex:
    """The roads of one zone, ready to be searched for the nearest."""

    def __init__(self, network: RoadNetwork, plane: Plane, zone: int) -> None:
        self.plane = plane
        self.links = network.links[network.link_zone == zone]
        self.lines = [_line(plane, network.shape(int(link))) for link in self.links]
        self.tree = shapely.STRtree(self.lines)

    def nearest(
        self, lat: NDArray[np.float64], lon: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
        """Return for each point the edge, the share along it and the metres to it; of equally near edges the first."""
        points = shapely.points(self.plane.project(lat, lon))
        asked, found = self.tree.query_nearest(points)
        order = np.lexsort((found, asked))
        _, first = np.unique(asked[order], return_index=True)
        chosen = found[order][first]
        lines = np.asarray(self.lines, dtype=object)[chosen]
        along = np.asarray(shapely.line_locate_point(lines, points, normalized=True), dtype=np.float64)
        spots = shapely.get_coordinates(shapely.line_interpolate_point(lines, along, normalized=True))
        road_lat, road_lon = self.plane.unproject(spots)
        return self.links[chosen], np.clip(along, 0, 1), beeline(lat, lon, road_lat, road_lon)


class SnapIndex:
    """All zones of one network, each indexed when first asked for."""

    def __init__(self, network: RoadNetwork) -> None:
        self.network = network
        self.plane = Plane(lat0=float(network.node_lat.mean()))
        self._zones: dict[int, ZoneIndex] = {}

    def zone(self, number: int) -> ZoneIndex:
        """Return the index of one zone."""
        if number not in self._zones:
            self._zones[number] = ZoneIndex(self.network, self.plane, number)
        return self._zones[number]

    def island_zone(self, lat: NDArray[np.float64], lon: NDArray[np.float64], within: float) -> int:
        """Return the zone off the mainland that lies nearest to most of the points; `NO_ZONE` where none is near."""
        best, best_metres = NO_ZONE, within
        for number in np.unique(self.network.link_zone):
            if number in (MAIN_ZONE, NO_ZONE):
                continue
            metres = float(np.median(self.zone(int(number)).nearest(lat, lon)[2]))
            if metres <= best_metres:
                best, best_metres = int(number), metres
        return best


@lru_cache(maxsize=4)
def snap_index(network: RoadNetwork) -> SnapIndex:
    """Return the index of `network`, built once."""
    return SnapIndex(network)


def snap(
    network: RoadNetwork,
    places: Sequence[Place],
    *,
    islands: Iterable[Collection[str]] = (),
    limits: SnapLimits | None = None,
) -> tuple[Snapped, Findings]:
    """Put `places` on the roads of `network`.

    Each of `islands` names the places (the harbour there among them) that only a crossing joins to the mainland.
    Findings: `roads.place-far`, `roads.place-too-far`, `roads.island-without-roads`.
    """
    limits = limits or default_limits(network)
    index = snap_index(network)
    ids = tuple(place.id for place in places)
    lat = np.array([place.lat for place in places], dtype=np.float64)
    lon = np.array([place.lon for place in places], dtype=np.float64)
    edge = np.full(len(ids), NO_EDGE, dtype=np.int64)
    along = np.zeros(len(ids))
    metres = np.zeros(len(ids))
    findings = Findings()
    for zone, members in _by_zone(index, ids, lat, lon, islands=islands, within=limits.error):
        if zone == NO_ZONE:
            findings.extend(_no_island(ids[i]) for i in members)
            continue
        edge[members], along[members], metres[members] = index.zone(zone).nearest(lat[members], lon[members])
    findings.extend(_far(ids, edge, metres, limits))
    edge[metres > limits.error] = NO_EDGE
    return Snapped(places=ids, lat=lat, lon=lon, edge=edge, along=along, metres=metres), findings


def _by_zone(
    index: SnapIndex,
    ids: tuple[str, ...],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    *,
    islands: Iterable[Collection[str]],
    within: float,
) -> list[tuple[int, NDArray[np.intp]]]:
    """Return the rows of each island with its zone, then the rest with the mainland."""
    ashore = np.ones(len(ids), dtype=np.bool_)
    groups = []
    for island in islands:
        members = np.flatnonzero([name in island for name in ids])
        ashore[members] = False
        if len(members):
            groups.append((index.island_zone(lat[members], lon[members], within), members))
    if ashore.any():
        groups.append((MAIN_ZONE, np.flatnonzero(ashore)))
    return groups


def _line(plane: Plane, shape: NDArray[np.float64]) -> shapely.LineString:
    return shapely.LineString(plane.project(shape[:, 0], shape[:, 1]))


def _no_island(place: str) -> Finding:
    return Finding(code="roads.island-without-roads", field="lat", found=place)


def _far(
    ids: tuple[str, ...], edge: NDArray[np.int64], metres: NDArray[np.float64], limits: SnapLimits
) -> Iterable[Finding]:
    for row in np.flatnonzero((edge != NO_EDGE) & (metres > limits.review)):
        too_far = metres[row] > limits.error
        limit = limits.error if too_far else limits.review
        yield Finding(
            code="roads.place-too-far" if too_far else "roads.place-far",
            severity=Severity.ERROR if too_far else Severity.WARNING,
            field="lat",
            found=ids[row],
            details={
                f"{name}_{lang}": distance(float(value), lang)
                for name, value in (("distance", metres[row]), ("limit", limit))
                for lang in LANGUAGES
            },
        )
