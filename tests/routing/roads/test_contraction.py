"""The contraction hierarchy finds the times that Dijkstra finds."""

import numpy as np
import pytest

from routing.errors import UsageError
from routing.roads import travel
from routing.roads.opening import open_network
from routing.roads.snap import snap
from routing.roads.speeds import Profile, Season
from routing.roads.travel import Method, travel_matrix

kit = pytest.importorskip("routingkit_cch")


def test_islands_one_way_roads_and_seasons_agree(square, archipelago, place):
    """Small networks, every pair, every profile."""
    spots = [("a", 0, 0.005), ("b", 0, 0.015), ("c", 0.012, 0.01), ("d", 0.01, 0.004), ("e", 0.06, 0.18)]
    places = [place(*spot) for spot in spots]
    profiles = [Profile(), Profile(name="ice", ice_road=True, season=Season.WINTER)]
    for network, island in [(square, []), (archipelago, [{"e"}])]:
        snapped, _ = snap(network, places, islands=island)
        slow = travel_matrix(network, snapped, profiles)
        fast = travel_matrix(network, snapped, profiles, method=Method.CONTRACTION)
        for name in ("car", "ice"):
            np.testing.assert_array_equal(fast.seconds[name], slow.seconds[name])
            np.testing.assert_array_equal(fast.metres[name], slow.metres[name])


@pytest.mark.shared
def test_a_real_network_agrees(shared, place):
    """The state roads of Tartu county: every second, and lengths but for equally fast ways."""
    network = open_network(shared / "geo/tartumaa/teed_2018.osm.pbf")
    chosen = np.linspace(0, network.nodes - 1, 25).astype(int)
    places = [place(str(n), network.node_lat[n] - 58.4 + 0.001, network.node_lon[n] - 26.7) for n in chosen]
    snapped, _ = snap(network, places)
    slow = travel_matrix(network, snapped).seconds["car"], travel_matrix(network, snapped).metres["car"]
    fast = travel_matrix(network, snapped, method=Method.CONTRACTION)
    np.testing.assert_array_equal(fast.seconds["car"], slow[0])
    assert (fast.metres["car"] != slow[1]).mean() < 0.01


def test_without_the_package_the_way_out_is_named(square, place, monkeypatch):
    """An optional package that is missing is a usage error, not a traceback."""
    monkeypatch.setattr(travel, "available", lambda: False)
    snapped, _ = snap(square, [place("a", 0, 0)])
    with pytest.raises(UsageError, match="dijkstra"):
        travel_matrix(square, snapped, method=Method.CONTRACTION)
