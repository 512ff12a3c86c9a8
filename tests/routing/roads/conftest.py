"""Small networks to try roads on."""

from collections.abc import Callable

import numpy as np
import pytest

from routing.problem import Place
from routing.roads.assemble import DraftEdge, assemble
from routing.roads.kinds import RoadClass, Surface
from routing.roads.network import RoadNetwork
from routing.roads.report import RoadsReport
from routing.roads.sphere import shape_metres

LAT, LON = 58.4, 26.7

Build = Callable[..., RoadNetwork]


def build_network(points: list[tuple[float, float]], roads: list[dict], zone_metres: float = 0) -> RoadNetwork:
    """Return a network of `points` (lat, lon) and `roads`, dicts with `ends` and any field of a draft edge."""
    drafts = []
    for road in roads:
        tail, head = road["ends"]
        shape = np.array([points[tail], *road.get("via", []), points[head]], dtype=np.float64)
        edge = DraftEdge(
            tail=tail,
            head=head,
            length=road.get("length", shape_metres(shape)),
            road_class=road.get("road_class", RoadClass.TERTIARY),
            surface=road.get("surface", Surface.PAVED),
            limit=road.get("limit", 0),
            ice=road.get("ice", False),
            shape=shape,
        )
        drafts += [edge] if road.get("oneway") else [edge, edge.reversed()]
    lat, lon = np.array(points, dtype=np.float64).T
    return assemble(lat, lon, drafts, RoadsReport(source="small"), zone_metres=zone_metres)


@pytest.fixture(scope="session")
def build() -> Build:
    """Return the builder of small networks."""
    return build_network


@pytest.fixture(scope="session")
def square(build: Build) -> RoadNetwork:
    """Return a square about 1.1 km high and wide, its south side one-way to the east; node 0 is south-west."""
    points = [(LAT, LON), (LAT, LON + 0.02), (LAT + 0.01, LON + 0.02), (LAT + 0.01, LON)]
    return build(points, [{"ends": (0, 1), "oneway": True}, {"ends": (1, 2)}, {"ends": (2, 3)}, {"ends": (3, 0)}])


@pytest.fixture(scope="session")
def archipelago(build: Build) -> RoadNetwork:
    """Return a mainland road of 5 km, an island road of 2 km 8 km to the north-east, and an ice road between them."""
    points = [(LAT, LON), (LAT, LON + 0.09), (LAT + 0.06, LON + 0.15), (LAT + 0.06, LON + 0.19)]
    return build(points, [{"ends": (0, 1)}, {"ends": (2, 3)}, {"ends": (1, 2), "ice": True}])


@pytest.fixture(scope="session")
def place() -> Callable[[str, float, float], Place]:
    """Return the maker of places by offset in degrees from the south-west corner."""
    return lambda name, up, right: Place(id=name, lat=LAT + up, lon=LON + right)
